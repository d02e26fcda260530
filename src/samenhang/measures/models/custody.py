"""Arrests, and the decisions by which somebody is held."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.exchange.models import Movement
from samenhang.exchange.rules.movements import Whereabouts
from samenhang.measures.rules.custody import BY_COURT, DECIDES, Held, Stage


class ArrestQuerySet(ProtectedQuerySet["Arrest"]):
    """Questions about arrests."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def about(self, person_id: int) -> Self:
        return self.filter(person_id=person_id).order_by("-arrested_on", "-pk")

    def between(self, since: date, until: date) -> Self:
        """Arrested in the window, both days included, and not withdrawn since."""
        return self.standing().filter(arrested_on__gte=since, arrested_on__lte=until)

    def of_returnees(self, *, known_by: datetime) -> Self:
        """Of persons who had come back by the day of their arrest, as known at that moment."""
        back = Movement.objects.unscoped("whether somebody had come back").known_by(known_by)
        returned = back.filter(
            person=OuterRef("person"), status=Whereabouts.RETURNED, true_on__lte=OuterRef("arrested_on")
        )
        return self.filter(Exists(returned))

    def held_until_before(self, on: date) -> Self:
        """Held, with a last term that ends by that day: extend, or let go."""
        held = self.standing().filter(released_on__isnull=True, held_until__lte=on)
        return held.order_by("held_until", "pk")


class Arrest(Protected):
    """That somebody was arrested: an event that the police or the prosecution reports. No judgement.

    held_until: the first day on which the last term no longer holds.
    """

    reference = reference_field("X")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    arrested_on = models.DateField()
    place = models.CharField(max_length=80)
    offences = models.CharField(max_length=200)
    suspected_of = models.TextField()
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=40)
    held_until = models.DateField(null=True, blank=True)
    released_on = models.DateField(null=True, blank=True)
    release_reason = models.TextField(blank=True)

    objects = ArrestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_is_released_before_the_arrest",
                condition=Q(released_on__isnull=True) | Q(released_on__gte=F("arrested_on")),
            )
        ]
        ordering = ["-arrested_on", "-pk"]

    def __str__(self) -> str:
        return self.reference


class CustodyQuerySet(ProtectedQuerySet["Custody"]):
    def of(self, arrest: Arrest) -> Self:
        return self.filter(arrest=arrest).order_by("starts_on", "pk")

    def extended_between(self, since: date, until: date) -> Self:
        """By which a court extended detention before trial in the window, in order of the decision."""
        by_court = self.filter(stage__in=BY_COURT, withdrawn_at__isnull=True)
        return by_court.filter(decided_on__gte=since, decided_on__lte=until).order_by("decided_on", "pk")


class Custody(Protected):
    """One decision, taken elsewhere and recorded here, by which somebody is held for a number of days."""

    reference = reference_field("E")
    arrest = models.ForeignKey("measures.Arrest", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=16, choices=Stage)
    decided_on = models.DateField()
    number = models.CharField(max_length=40, blank=True)
    days = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    objects = CustodyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_term_lasts_a_day_to_ninety", condition=Q(days__gte=1, days__lte=90)
            ),
            models.CheckConstraint(
                name="a_term_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.UniqueConstraint(fields=["arrest", "starts_on", "stage"], name="a_term_is_recorded_once"),
        ]
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def decides(self) -> str:
        """The code of the body that takes this kind of decision."""
        return DECIDES[Stage(self.stage)]

    def as_held(self) -> Held:
        return Held(Stage(self.stage), self.decided_on, self.starts_on, self.days, self.number)
