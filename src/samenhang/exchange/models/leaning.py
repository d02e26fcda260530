"""What leans on what, and the duty to look again that begins when something under it falls."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.access.rules import JOINT_BODIES
from samenhang.journal import Actor


class Reliance(Protected):
    """One thing leans on another: two references. Seen by whoever may see what leans.

    leans_on: a statement, movement or official message, or what was built on
    one; dependant: what was built. Chains and loops of these are as deep as
    people make them. References and not keys, so that areas above can lean.
    """

    reference = reference_field("R")
    leans_on = models.CharField(max_length=20, db_index=True)
    dependant = models.CharField(max_length=20, db_index=True)

    objects = ProtectedQuerySet["Reliance"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leans_on", "dependant"], name="a_thing_leans_on_another_once")
        ]

    def __str__(self) -> str:
        return self.reference


class ReconsiderationQuerySet(ProtectedQuerySet["Reconsideration"]):
    """Questions about duties to look again."""

    def open(self) -> Self:
        return self.filter(reconsidered_at__isnull=True).order_by("reconsider_by", "pk")

    def to_do_by(self, actor: Actor) -> Self:
        """Open, and of the actor's own organisation or of a joint body. Combine with ``visible_to``."""
        ours = Q(provider_id=actor.organisation_id) | Q(provider__authority__in=JOINT_BODIES)
        return self.open().filter(ours)

    def overdue(self, on: date) -> Self:
        return self.open().filter(reconsider_by__lt=on)

    def of(self, things: Collection[str]) -> Self:
        return self.filter(thing__in=things).order_by("fell_at", "pk")

    def doubting(self, moment: datetime) -> Self:
        """As known at that moment: nobody looked again yet and said that the thing still stands."""
        return self.filter(fell_at__lte=moment).exclude(reconsidered_at__lte=moment, stands=True)

    def lost(self) -> Self:
        """The thing lost what it leans on itself, or somebody looked and it does not stand."""
        return self.filter(Q(depth=1) | Q(stands=False))

    def undermined(self, moment: datetime | None = None) -> Self:
        """Lost, or in doubt deeper down as long as nobody says that it stands; as known then, or now."""
        if moment is None:
            return self.exclude(depth__gt=1, stands=True)
        stands = Q(depth__gt=1, stands=True, reconsidered_at__lte=moment)
        return self.filter(fell_at__lte=moment).exclude(stands)


class Reconsideration(Protected):
    """The duty to look again at one thing, because one thing under it fell. Seen with the thing.

    thing: what leans; cause: what fell; through: what the thing itself leans on,
    on the shortest way to the cause; depth: how many steps that way has.
    stands: whether the thing holds without the cause, once somebody looked.
    """

    reference = reference_field("AG")
    thing = models.CharField(max_length=20, db_index=True)
    cause = models.CharField(max_length=20)
    through = models.CharField(max_length=20)
    depth = models.PositiveSmallIntegerField()
    fell_at = models.DateTimeField()
    reconsider_by = models.DateField()
    reconsidered_at = models.DateTimeField(null=True, blank=True)
    reconsidered_by = models.CharField(max_length=40, blank=True)
    stands = models.BooleanField(null=True, blank=True)
    outcome = models.TextField(blank=True)

    objects = ReconsiderationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["thing", "cause"], name="a_thing_is_reconsidered_once_for_a_cause"
            ),
            models.CheckConstraint(
                name="a_reconsideration_says_what_came_of_it",
                condition=Q(reconsidered_at__isnull=True, stands__isnull=True, outcome="")
                | (Q(reconsidered_at__isnull=False, stands__isnull=False) & ~Q(outcome="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


def things_under(thing: str) -> list[str]:
    """References of what this thing leans on itself: for who may read the thing."""
    leaning = Reliance.objects.unscoped("what lies under a thing that may be read").filter(dependant=thing)
    return sorted(leaning.values_list("leans_on", flat=True))
