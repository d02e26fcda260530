"""Weighings with their positions, and the notice of what was not taken up."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.access.rules import pack, unpack
from samenhang.cases import rules
from samenhang.grounds import rules as law
from samenhang.journal import Actor


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
    def criteria(self) -> rules.National:
        """The national set of the day on which the weighing was opened: it stays the same until the end."""
        return rules.criteria_on(timezone.localdate(self.opened_at))

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
