"""Windows and holds. Both are the prosecution's own: nobody else reads them."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field


class WindowQuerySet(ProtectedQuerySet["Window"]):
    def open_at(self, now: datetime) -> Self:
        return self.filter(closes_at__gt=now).order_by("closes_at", "pk")

    def not_held(self, now: datetime) -> Self:
        return self.exclude(held_until__gt=now)

    def held_at(self, now: datetime) -> Self:
        return self.filter(held_until__gt=now).order_by("held_until", "pk")

    def open_or_held(self, now: datetime) -> Self:
        return self.filter(Q(closes_at__gt=now) | Q(held_until__gt=now)).order_by("closes_at", "pk")


class Window(Protected):
    """The time in which the prosecution may object to one step.

    step: the reference of what is about to be done; case, kind: enough to look it up in one's own systems.
    held_until: until when the step waits; empty when the prosecution did not object.
    """

    reference = reference_field("B")
    step = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20)
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    asker = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    held_until = models.DateTimeField(null=True, blank=True)

    objects = WindowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_window_closes_after_it_opens", condition=Q(closes_at__gt=F("opened_at"))
            )
        ]

    def __str__(self) -> str:
        return self.reference


class HoldQuerySet(ProtectedQuerySet["Hold"]):
    def on(self, window: Window) -> Self:
        return self.filter(window=window).order_by("-placed_at", "-pk")


class Hold(Protected):
    """One prosecutor's request to wait. Why stands in the journal alone, sealed."""

    reference = reference_field("H")
    window = models.ForeignKey(Window, models.PROTECT, related_name="+")
    placed_by = models.CharField(max_length=40)
    placed_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    renews = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="+")

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_hold_ends_after_it_begins", condition=Q(ends_at__gt=F("placed_at"))
            )
        ]

    def __str__(self) -> str:
        return self.reference
