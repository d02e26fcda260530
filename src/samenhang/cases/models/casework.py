"""Cases and who sits at them."""

from collections.abc import Collection
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.cases import rules
from samenhang.cases.rules.ending import Outcome
from samenhang.journal import Actor
from samenhang.organisations.models import Covenant, Organisation


class CaseQuerySet(ProtectedQuerySet["Case"]):
    def ongoing(self) -> Self:
        # Said as what it is not: an equality would have the database take the index of reviews and sort.
        return self.exclude(status=rules.Status.CLOSED).order_by("opened_at", "pk")

    def to_review(self, by: date) -> Self:
        """Open or at rest, with a last day for the review up to this day: the most urgent first."""
        return self.filter(status__in=rules.REVIEWED, review_on__lte=by).order_by("review_on", "pk")

    def hanging_on_one(self, organisation_id: int) -> Self:
        """Of this organisation's own municipality, without both a lead and a deputy: the oldest first."""
        home = Organisation.objects.filter(pk=organisation_id).exclude(region="").values("region")
        return self.ongoing().filter(kept_by__lt=2, municipality__in=home)

    def proposed_for_closing(self) -> Self:
        return self.filter(status=rules.Status.CLOSING).order_by("decide_on", "pk")


class Case(Protected):
    """The joint work on one person by the parties of one region's case conference.

    review_on: the last day for the next review. decide_on: the day before which a proposal to
    close is decided. kept_by: how many people answer for it, of a lead and a deputy. best_interest: why it
    is in the interest of a child, as was written when it was taken up.
    """

    reference = reference_field("K")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="cases")
    weighing = models.OneToOneField(
        "cases.Weighing", models.PROTECT, null=True, blank=True, related_name="case"
    )
    covenant = models.ForeignKey(
        "organisations.Covenant", models.PROTECT, null=True, blank=True, related_name="+"
    )
    regime = models.CharField(max_length=8, choices=rules.Regime)
    municipality = models.CharField(max_length=80)
    status = models.CharField(max_length=9, choices=rules.Status, default=rules.Status.OPEN)
    opened_at = models.DateTimeField()
    review_on = models.DateField()
    decide_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome, blank=True)
    destroy_on = models.DateField(null=True, blank=True)
    best_interest = models.TextField(blank=True)
    kept_by = models.PositiveSmallIntegerField(default=0)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_case_stands_on_a_weighing_or_on_a_covenant",
                condition=Q(regime="wet-pga", weighing__isnull=False, covenant__isnull=True)
                | Q(regime="covenant", weighing__isnull=True, covenant__isnull=False),
            ),
            models.CheckConstraint(
                name="a_closed_case_knows_when_it_must_be_gone",
                condition=Q(
                    status__in=["open", "suspended", "closing"],
                    closed_at__isnull=True,
                    destroy_on__isnull=True,
                )
                | Q(status="closed", closed_at__isnull=False, destroy_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_closed_case_says_what_came_of_it", condition=~Q(status="closed") | ~Q(outcome="")
            ),
            models.CheckConstraint(
                name="a_proposal_to_close_is_decided_before_a_day",
                condition=~Q(status="closing") | Q(decide_on__isnull=False),
            ),
        ]
        indexes = [
            # The status stands last, so that a deep page begins at its place and reads no closed case.
            models.Index(fields=["opened_at", "id", "status"], name="case_in_order_of_opening"),
            models.Index(fields=["status", "review_on", "id"], name="case_in_order_of_review"),
            models.Index(
                fields=["municipality"], condition=Q(kept_by__lt=2), name="case_that_hangs_on_one_person"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def needs_fresh_judgement(self, on: date) -> bool:
        """A case by covenant, on a day when only the Act lets parties work together."""
        return self.regime == rules.Regime.COVENANT and rules.regime_on(on) == rules.Regime.ACT


class CasePartyQuerySet(ProtectedQuerySet["CaseParty"]):
    def of(self, case: Case) -> Self:
        return self.filter(case=case).order_by("joined_at", "pk")

    def active(self) -> Self:
        return self.filter(left_at__isnull=True)

    def by_covenant(self) -> Self:
        return self.active().filter(basis__startswith="covenant:").order_by("pk")


class CaseParty(Protected):
    """An organisation at the table of one case, and under what it sits there."""

    reference = reference_field("Y")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="parties")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    basis = models.CharField(max_length=60)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = CasePartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"],
                condition=Q(left_at__isnull=True),
                name="a_party_sits_at_a_case_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def seat(self) -> rules.Seat:
        return rules.Seat.SEATED if self.left_at is None else rules.Seat.LEFT


def covenants_of(organisations: Collection[Organisation], by: Actor) -> "models.QuerySet[Covenant]":
    """The covenants in force that day that hold all of them, the oldest first."""
    standing = Covenant.objects.filter(signed_on__lte=by.today).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=by.today)
    )
    for organisation in organisations:
        standing = standing.filter(organisations=organisation)
    return standing.order_by("signed_on", "pk")


def partners_of(organisations: Collection[Organisation], by: Actor) -> "models.QuerySet[Organisation]":
    """Who signed a covenant, in force that day, with all of them; they themselves among them."""
    signed = covenants_of(organisations, by).order_by()
    return Organisation.objects.filter(covenants__in=signed).distinct().order_by("name", "pk")


def covenant_between(organisations: Collection[Organisation], by: Actor) -> Covenant:
    """The oldest covenant in force that day that holds all of them. Raises NoCovenant."""
    covenant = covenants_of(organisations, by).first()
    if covenant is None:
        raise rules.NoCovenant(
            _("No covenant in force on this day holds all of these organisations. Sign one first.")
        )
    return covenant
