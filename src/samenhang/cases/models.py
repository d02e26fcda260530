"""Weighings and positions, cases and parties, and the notice of what was not taken up."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.access.rules import pack, unpack
from samenhang.cases import rules
from samenhang.grounds import rules as law
from samenhang.journal import Actor
from samenhang.organisations.models import Covenant, Organisation


class WeighingQuerySet(ProtectedQuerySet["Weighing"]):
    def open(self) -> Self:
        return self.filter(stage=rules.Stage.OPEN).order_by("opened_at", "pk")

    def waiting_for(self, actor: Actor) -> Self:
        """Open, and the actor's own seat is still empty. Combine with ``visible_to``."""
        if actor.authority not in rules.SEATS:
            return self.none()
        return self.open().exclude(seats_in__contains=pack([actor.authority]))


class Weighing(Protected):
    """The joint judgement of one signal. Its scope is the signal's; it is the triage panel's own.

    seats_in: whose positions are in, without what they say.
    """

    reference = reference_field("W")
    signal = models.OneToOneField("exchange.Signal", models.PROTECT, related_name="weighing")
    municipality = models.CharField(max_length=80)
    stage = models.CharField(max_length=12, choices=rules.Stage, default=rules.Stage.OPEN)
    seats_in = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = WeighingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_weighing_is_decided_when_it_is_no_longer_open",
                condition=Q(stage="open", decided_at__isnull=True)
                | (~Q(stage="open") & Q(decided_at__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def seats(self) -> tuple[str, ...]:
        return unpack(self.seats_in)


class PositionQuerySet(ProtectedQuerySet["Position"]):
    def on(self, weighing: Weighing) -> Self:
        return self.filter(weighing=weighing).order_by("taken_at", "pk")


class Position(Protected):
    """What one of the three judges. Its own organisation's until all are in; then the triage panel's."""

    reference = reference_field("V")
    weighing = models.ForeignKey("cases.Weighing", models.PROTECT, related_name="positions")
    seat = models.CharField(max_length=20)
    user = models.CharField(max_length=40)
    within = models.BooleanField()
    violence = models.TextField()
    extremism = models.TextField()
    social_relations = models.TextField()
    identification = models.TextField()
    self_reliance = models.TextField()
    taken_at = models.DateTimeField()

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["weighing", "seat"], name="one_position_per_seat"),
            models.UniqueConstraint(fields=["weighing", "user"], name="three_different_people"),
            models.CheckConstraint(name="three_seats_weigh", condition=Q(seat__in=list(rules.SEATS))),
            models.CheckConstraint(
                name="a_position_has_reasons_on_every_criterion",
                condition=~Q(violence="")
                & ~Q(extremism="")
                & ~Q(social_relations="")
                & ~Q(identification="")
                & ~Q(self_reliance=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Positions beside one another: a column for each seat, a row for each criterion of the Act."""

    seats: list[tuple[str, Position]]
    rows: list[tuple[str, list[str]]]


def side_by_side(positions: Iterable[Position]) -> SideBySide | None:
    """What may be seen of the positions, in the order in which they were taken; None when nothing may."""
    seen = list(positions)
    if not seen:
        return None
    rows = [
        (str(label), [getattr(one, code) for one in seen]) for code, (label, _help) in rules.CRITERIA.items()
    ]
    return SideBySide([(law.authority_label(one.seat), one) for one in seen], rows)


class CaseQuerySet(ProtectedQuerySet["Case"]):
    def ongoing(self) -> Self:
        return self.filter(status__in=rules.RUNNING).order_by("status", "opened_at", "pk")

    def to_review(self, by: date) -> Self:
        """Open, with a last day for the review up to this day: the most urgent first."""
        return self.filter(status=rules.Status.OPEN, review_on__lte=by).order_by("review_on", "pk")

    def proposed_for_closing(self) -> Self:
        return self.filter(status=rules.Status.CLOSING).order_by("decide_on", "pk")

    def to_destroy(self, on: date) -> Self:
        return self.filter(destroy_on__lte=on).order_by("destroy_on", "pk")


class Case(Protected):
    """The joint work on one person by the parties of one region's case conference.

    review_on: the last day for the next review. decide_on: the day before which a proposal to
    close is decided.
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
    destroy_on = models.DateField(null=True, blank=True)

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
                condition=Q(status__in=["open", "closing"], closed_at__isnull=True, destroy_on__isnull=True)
                | Q(status="closed", closed_at__isnull=False, destroy_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_proposal_to_close_is_decided_before_a_day",
                condition=~Q(status="closing") | Q(decide_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["status", "opened_at", "id"], name="case_in_order_of_opening")]

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


class ReviewQuerySet(ProtectedQuerySet["Review"]):
    def of(self, case: Case) -> Self:
        """The latest first."""
        return self.filter(case=case).order_by("-reviewed_at", "-pk")


class Review(Protected):
    """Why a case stayed, or may end: what one review found. Never changed."""

    reference = reference_field("KR")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=8, choices=rules.Verdict)
    criteria_hold = models.BooleanField()
    reasons = models.TextField()
    lighter = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=40)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_case_stays_only_with_reasons_and_a_next_review",
                condition=(Q(verdict="close") & ~Q(reasons=""))
                | (Q(next_on__isnull=False) & ~Q(reasons="") & ~Q(lighter="")),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class NoticeQuerySet(ProtectedQuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at__isnull=True).order_by("due_on", "pk")

    def overdue(self, on: date) -> Self:
        return self.unread().filter(due_on__lt=on)


class Notice(Protected):
    """Tells the participant that submitted it that a signal was not taken up (Wet PGA art. 5(6)); no more."""

    reference = reference_field("N")
    weighing = models.OneToOneField("cases.Weighing", models.PROTECT, related_name="notice")
    recipient = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_on = models.DateField()
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference


def covenant_between(organisations: Collection[Organisation], by: Actor) -> Covenant:
    """The oldest covenant in force that day that holds all of them. Raises NoCovenant."""
    standing = Covenant.objects.filter(signed_on__lte=by.today).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=by.today)
    )
    for organisation in organisations:
        standing = standing.filter(organisations=organisation)
    covenant = standing.order_by("signed_on", "pk").first()
    if covenant is None:
        raise rules.NoCovenant(
            _("No covenant in force on this day holds all of these organisations. Sign one first.")
        )
    return covenant
