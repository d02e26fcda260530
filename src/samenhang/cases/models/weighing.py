"""Weighings with their positions, and the notice of what was not taken up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.access.rules import pack, unpack
from samenhang.cases import rules
from samenhang.cases.rules.opinions import Inquiry as Stands
from samenhang.exchange.rules import WEIGHED_WITHIN, Triage
from samenhang.grounds import rules as law
from samenhang.journal import Actor


class WeighingQuerySet(ProtectedQuerySet["Weighing"]):
    def open(self) -> Self:
        """What must be weighed first comes first, and of those what waits longest."""
        return self.filter(stage=rules.Stage.OPEN).order_by("triage", "opened_at", "pk")

    def timed(self) -> Self:
        """Each with ``round_began_at``: when it was opened, or came back to the three for this round."""
        asked = Inquiry.objects.unscoped("when a round began, and nothing else")
        before = asked.filter(weighing=OuterRef("pk"), round=OuterRef("round") - 1).values("answered_at")
        return self.annotate(round_began_at=Coalesce(Subquery(before[:1]), F("opened_at")))

    def waiting_for(self, actor: Actor) -> Self:
        """Open, and the actor's own seat is still empty. Combine with ``visible_to``."""
        if actor.authority not in rules.SEATS:
            return self.none()
        return self.open().exclude(seats_in__contains=pack([actor.authority])).timed()

    def to_take_over(self, actor: Actor) -> Self:
        """Seen elsewhere, where the actor's seat goes on with it, and did not say yet that it does."""
        mine = [one for one, seat in rules.TAKES_OVER.items() if seat == actor.authority]
        left = self.filter(stage=rules.Stage.NOT_TAKEN_UP, outcome__in=mine, taken_over_at__isnull=True)
        return left.order_by("decided_at", "pk")


class Weighing(Protected):
    """The joint judgement of one signal. Its scope is the signal's; it is the triage panel's own.

    seats_in: whose positions are in, without what they say. round: which time the three weigh it.
    triage: of the signal. outcome: what they said together, once decided. taken_over_at: when who
    goes on with it said so.
    """

    reference = reference_field("W")
    signal = models.OneToOneField("exchange.Signal", models.PROTECT, related_name="weighing")
    municipality = models.CharField(max_length=80)
    triage = models.PositiveSmallIntegerField(choices=Triage, default=Triage.ORDINARY)
    stage = models.CharField(max_length=12, choices=rules.Stage, default=rules.Stage.OPEN)
    round = models.PositiveSmallIntegerField(default=1)
    seats_in = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=10, choices=rules.Opinion, blank=True)
    opened_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    taken_over_at = models.DateTimeField(null=True, blank=True)

    objects = WeighingQuerySet.as_manager()
    round_began_at: datetime

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_weighing_is_decided_when_it_is_no_longer_open",
                condition=Q(stage__in=["open", "waiting"], decided_at__isnull=True)
                | (~Q(stage__in=["open", "waiting"]) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="what_the_three_decided_has_its_outcome",
                condition=~Q(stage__in=["taken_up", "not_taken_up"]) | ~Q(outcome=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def criteria(self) -> rules.National:
        """The national set of the day on which the weighing was opened: it stays the same until the end."""
        return rules.criteria_on(timezone.localdate(self.opened_at))

    @property
    def due_on(self) -> date:
        """Before which day the three positions of this round should be in. Ask it of ``timed`` ones only.

        House policy: neither the Act nor the national criteria give a term. Who weighs afresh has as long
        as the first time, since what came in must be judged as well.
        """
        return timezone.localdate(self.round_began_at) + WEIGHED_WITHIN[Triage(self.triage)]

    @property
    def seats(self) -> tuple[str, ...]:
        return unpack(self.seats_in)


class PositionQuerySet(ProtectedQuerySet["Position"]):
    def of(self, weighing: Weighing) -> Self:
        """Of every round."""
        return self.filter(weighing=weighing).order_by("round", "taken_at", "pk")

    def on(self, weighing: Weighing) -> Self:
        """Of the round that it is in, or was decided in."""
        return self.of(weighing).filter(round=weighing.round)

    def on_the_child(self, weighing: Weighing) -> str:
        """What those who took it up wrote of the interest of the child; empty of who is no minor."""
        said = self.on(weighing).exclude(best_interest="").values_list("best_interest", flat=True)
        return "\n\n".join(dict.fromkeys(said))


class Position(Protected):
    """What one of the three judges. Its own organisation's until all are in; then the triage panel's.

    question: what the submitter must tell, of who needs more first. best_interest: of who takes up a minor.
    """

    reference = reference_field("V")
    weighing = models.ForeignKey("cases.Weighing", models.PROTECT, related_name="positions")
    seat = models.CharField(max_length=20)
    user = models.CharField(max_length=40)
    round = models.PositiveSmallIntegerField(default=1)
    opinion = models.CharField(max_length=10, choices=rules.Opinion)
    question = models.TextField(blank=True)
    violence = models.TextField()
    extremism = models.TextField()
    social_relations = models.TextField()
    identification = models.TextField()
    self_reliance = models.TextField()
    best_interest = models.TextField(blank=True)
    taken_at = models.DateTimeField()

    objects = PositionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["weighing", "round", "seat"], name="one_position_per_seat"),
            models.UniqueConstraint(fields=["weighing", "round", "user"], name="three_different_people"),
            models.CheckConstraint(
                name="who_needs_more_says_what", condition=~Q(opinion="more") | ~Q(question="")
            ),
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


def round_by_round(positions: Iterable[Position]) -> list[SideBySide]:
    """What may be seen of all rounds, the last one first."""
    rows = list(positions)
    rounds = sorted({one.round for one in rows}, reverse=True)
    tables = [side_by_side(one for one in rows if one.round == number) for number in rounds]
    return [one for one in tables if one is not None]


def side_by_side(positions: Iterable[Position]) -> SideBySide | None:
    """What may be seen of the positions, in the order in which they were taken; None when nothing may."""
    seen = list(positions)
    if not seen:
        return None
    rows = [
        (str(label), [getattr(one, code) for one in seen]) for code, (label, _help) in rules.CRITERIA.items()
    ]
    if any(one.best_interest for one in seen):
        rows.append((_("The interest of the child"), [one.best_interest for one in seen]))
    return SideBySide([(law.authority_label(one.seat), one) for one in seen], rows)


class InquiryQuerySet(ProtectedQuerySet["Inquiry"]):
    def of(self, weighing: Weighing) -> Self:
        return self.filter(weighing=weighing).order_by("round", "pk")

    def waiting_for(self, organisation_id: int) -> Self:
        """What this organisation was asked and did not answer."""
        asked = self.filter(organisation_id=organisation_id, stage=Stands.ASKED)
        return asked.order_by("due_on", "pk")

    def past_its_day(self, today: date) -> Self:
        return self.filter(stage=Stands.ASKED, due_on__lt=today).order_by("due_on", "pk")


class Inquiry(Protected):
    """What the three ask the participant that submitted a signal, once for each round.

    It is read by that participant, and by the three. Nobody else is asked: further data wait for
    unanimity (Wet PGA art. 5(4)). statement: with what it was answered; answer: or why not.
    """

    reference = reference_field("WQ")
    weighing = models.ForeignKey("cases.Weighing", models.PROTECT, related_name="inquiries")
    round = models.PositiveSmallIntegerField()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    what = models.TextField()
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    stage = models.CharField(max_length=10, choices=Stands, default=Stands.ASKED)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    statement = models.ForeignKey(
        "exchange.Statement", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["weighing", "round"], name="a_round_asks_once"),
            models.CheckConstraint(
                name="an_inquiry_that_was_answered_has_its_statement",
                condition=~Q(stage="answered") | Q(statement__isnull=False),
            ),
            models.CheckConstraint(
                name="who_knows_nothing_more_says_so", condition=~Q(stage="refused") | ~Q(answer="")
            ),
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
