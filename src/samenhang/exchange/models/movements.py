"""Movements: what was known, and when, of where a person was."""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Min, OuterRef, Q, Subquery

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.exchange.rules import Information, Source, evaluation_in_words
from samenhang.exchange.rules.movements import AWAY, Whereabouts


class MovementQuerySet(ProtectedQuerySet["Movement"]):
    """Questions about movements, each as known at a moment: then, or now."""

    def known_by(self, moment: datetime) -> Self:
        """What stood at that moment: written down before it, and not yet corrected or withdrawn."""
        return (
            self.filter(known_at__lte=moment)
            .filter(Q(superseded_at__isnull=True) | Q(superseded_at__gt=moment))
            .filter(Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=moment))
        )

    def about(self, person_id: int) -> Self:
        return self.filter(person_id=person_id).order_by("-true_on", "-known_at", "-pk")

    def latest_on(self, on: date, *, known_by: datetime) -> Self:
        """For each person the last movement up to and including that day: one row a person."""
        stood = self.known_by(known_by).filter(true_on__lte=on)
        last = stood.filter(person=OuterRef("person")).order_by("-true_on", "-known_at", "-pk")
        return stood.filter(pk=Subquery(last.values("pk")[:1]))

    def left_between(self, since: date, until: date, *, known_by: datetime) -> Any:
        """One row for each person who was first away in the window: ``person_id`` and ``first``.

        Whoever left twice counts once, at the first time; both days included.
        """
        away = self.known_by(known_by).filter(status__in=AWAY).order_by()
        first = away.values("person_id").annotate(first=Min("true_on"))
        return first.filter(first__gte=since, first__lte=until)

    def returned_between(self, since: date, until: date, *, known_by: datetime) -> Any:
        """One row for each person who came back in the window: ``person_id`` and ``first``."""
        back = self.known_by(known_by).filter(status=Whereabouts.RETURNED).order_by()
        in_window = back.filter(true_on__gte=since, true_on__lte=until)
        return in_window.values("person_id").annotate(first=Min("true_on"))


class Movement(Protected):
    """What one organisation knows of one person's whereabouts from a day on.

    true_on: when it was so; known_at: when it was written down; superseded_at:
    when a correction took its place. What it says is never changed, so that the
    count of any past day can be made as it was known then. A correction takes
    the scope of what it corrects, so that it reaches everyone who had that.
    """

    reference = reference_field("T")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    status = models.CharField(max_length=13, choices=Whereabouts)
    true_on = models.DateField()
    place = models.CharField(max_length=80, blank=True)
    text = models.TextField(blank=True)
    basis = models.CharField(max_length=120)
    source_evaluation = models.CharField(max_length=1, choices=Source)
    information_evaluation = models.CharField(max_length=1, choices=Information)
    known_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = MovementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_movement_is_superseded_after_it_was_known",
                condition=Q(superseded_at__isnull=True) | Q(superseded_at__gte=F("known_at")),
            )
        ]
        indexes = [models.Index(fields=["person", "true_on"], name="movement_by_person")]

    def __str__(self) -> str:
        return self.reference

    @property
    def evaluation(self) -> str:
        """Source and information together, as police write it, with what it means: ``B2: …``."""
        return evaluation_in_words(self.source_evaluation, self.information_evaluation)
