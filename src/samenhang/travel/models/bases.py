"""What the ministry decides for some days: whether, how long and of which flights data are processed."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from samenhang.foundation.identifiers import new_reference
from samenhang.foundation.once import once
from samenhang.organisations.models import User
from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.keeping import LONGEST_MONTHS, USUAL_MONTHS
from samenhang.travel.rules.territory import BENCH, Why

_Row = TypeVar("_Row", bound="Decided")


def is_bench() -> bool:
    """A home in which no person has an account yet: nobody can see anybody, and samples may be tried on it.

    From the first account on, what the ministry decided counts.
    """
    return not once("somebody has an account", User.objects.filter(human=True).exists)


class DecidedQuerySet(models.QuerySet[_Row]):
    """Questions about decisions with days."""

    def standing(self, on: date) -> Self:
        """Begun, not over and not ended; an end works at once, on its own day already."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), starts_on__lte=on, ends_on__gte=on)

    def newest_first(self) -> Self:
        return self.order_by("-starts_on", "-pk")


class Decided(models.Model):
    """An official of the ministry decides something for some days, says on which basis, and may end it.

    basis: the statute, as it is printed. starts_on, ends_on: both included. ended_on: the first
    day of an early end.
    """

    basis = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


def dated(what: str) -> list[models.BaseConstraint]:
    """What must be true of the days of every decision, under its own name."""
    return [
        models.CheckConstraint(name=f"{what}_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))),
        models.CheckConstraint(
            name=f"who_ended_{what}_is_known_if_and_only_if_it_was_ended",
            condition=Q(ended_on__isnull=True, ended_by__isnull=True)
            | Q(ended_on__isnull=False, ended_by__isnull=False),
        ),
    ]


class LegalBasisQuerySet(DecidedQuerySet["LegalBasis"]):
    """Questions about legal bases."""

    def kinds_on(self, on: date) -> frozenset[str]:
        """The kinds of data that may be processed that day: none, unless somebody switched it on."""
        if is_bench():
            return frozenset(Kind)
        kinds = self.standing(on).values_list("kind", flat=True)
        return once(f"legal bases of {on}", lambda: frozenset(kinds))


class LegalBasis(Decided):
    """On which statute one kind of travel data may be processed. Without one nothing is received or read."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "LB"))
    kind = models.CharField(max_length=3, choices=Kind)

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        constraints = dated("a_legal_basis")

    def __str__(self) -> str:
        return f"legal-basis:{self.reference}"


class KeepingTermQuerySet(DecidedQuerySet["KeepingTerm"]):
    """Questions about terms."""

    def by_kind(self, received: date) -> dict[str, list[tuple[str, int]]]:
        """``(reference, months)`` of what stands for data received that day."""
        terms = self.standing(received).values_list("kind", "reference", "months")
        found: dict[str, list[tuple[str, int]]] = {}
        for kind, reference, months in once(f"keeping terms of {received}", lambda: list(terms)):
            found.setdefault(kind, []).append((reference, months))
        return found


class KeepingTerm(Decided):
    """On which statute one kind of data, received on these days, is kept longer than six months."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "RT"))
    kind = models.CharField(max_length=3, choices=Kind)
    months = models.PositiveSmallIntegerField()

    objects = KeepingTermQuerySet.as_manager()

    class Meta:
        constraints = [
            *dated("a_keeping_term"),
            models.CheckConstraint(
                name="a_keeping_term_is_longer_than_usual_and_five_years_at_most",
                condition=Q(months__gt=USUAL_MONTHS, months__lte=LONGEST_MONTHS),
            ),
        ]

    def __str__(self) -> str:
        return f"keeping-term:{self.reference}"


class FlightSelectionQuerySet(DecidedQuerySet["FlightSelection"]):
    """Questions about selections."""

    def covering(self, on: date) -> Collection[tuple[str, str]]:
        """``(why, routes)`` of what lets flights within the Union in on that day."""
        if is_bench():
            return [BENCH]
        selections = self.standing(on).values_list("why", "routes")
        return once(f"flight selections of {on}", lambda: list(selections))


class FlightSelection(Decided):
    """Which flights within the Union are processed: all, for a threat, or these routes and airports.

    routes: ``AMS-ATH VIE``; empty for a threat. ends_on: the last day, or that before the review.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "FS"))
    why = models.CharField(max_length=6, choices=Why)
    routes = models.CharField(max_length=500, blank=True)

    objects = FlightSelectionQuerySet.as_manager()

    class Meta:
        constraints = [
            *dated("a_flight_selection"),
            models.CheckConstraint(
                name="a_flight_selection_names_routes_if_and_only_if_it_is_no_threat",
                condition=Q(why=Why.THREAT, routes="") | Q(why=Why.ROUTES) & ~Q(routes=""),
            ),
        ]

    def __str__(self) -> str:
        return f"flight-selection:{self.reference}"
