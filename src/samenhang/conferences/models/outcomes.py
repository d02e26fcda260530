"""What comes of an item: markers of what was said, decisions with dissents, actions."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.conferences import rules
from samenhang.conferences.models.meeting import Item


class MarkerQuerySet(ProtectedQuerySet["Marker"]):
    def of(self, item: Item) -> Self:
        return self.filter(item=item).order_by("said_at", "pk")

    def waiting(self) -> Self:
        return self.filter(stage=rules.MarkerStage.SAID).order_by("confirm_by", "pk")

    def waiting_for(self, organisation_id: int) -> Self:
        """What this organisation said and did not confirm yet."""
        return self.waiting().filter(organisation_id=organisation_id)


class Marker(Protected):
    """One line: this organisation said something aloud. Read by who heard it, and by nobody else.

    wording: as the chair wrote it; empty once confirmed, taken back or lapsed.
    statement: in the provider's own words, after it confirmed.
    """

    reference = reference_field("CM")
    item = models.ForeignKey("conferences.Item", models.PROTECT, related_name="markers")
    speaker = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    wording = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField()
    confirm_by = models.DateField()
    stage = models.CharField(max_length=10, choices=rules.MarkerStage, default=rules.MarkerStage.SAID)
    statement = models.ForeignKey(
        "exchange.Statement", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MarkerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_marker_keeps_its_wording_only_while_it_waits",
                condition=(Q(stage="said") & ~Q(wording="")) | (~Q(stage="said") & Q(wording="")),
            ),
            models.CheckConstraint(
                name="a_confirmed_marker_has_its_statement",
                condition=~Q(stage="confirmed") | Q(statement__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class DecisionQuerySet(ProtectedQuerySet["Decision"]):
    def of(self, item: Item) -> Self:
        return self.filter(item=item).order_by("pk")

    def made_at(self, items: Iterable[Item]) -> Self:
        """What was decided at these items and stands, the last first."""
        stood = (rules.DecisionStage.TAKEN, rules.DecisionStage.MINUTED, rules.DecisionStage.CONFIRMED)
        return self.filter(item__in=list(items), stage__in=stood).order_by("-decided_at", "-pk")


class Decision(Protected):
    """What the conference decided, why that is in proportion, and why nothing lighter will do.

    withdrawn_because: why a proposal, or what was decided by mistake, no longer counts.
    """

    reference = reference_field("CD")
    item = models.ForeignKey("conferences.Item", models.PROTECT, related_name="decisions")
    wording = models.TextField()
    proportionality = models.TextField()
    subsidiarity = models.TextField()
    stage = models.CharField(max_length=10, choices=rules.DecisionStage, default=rules.DecisionStage.PROPOSED)
    proposed_by = models.CharField(max_length=40)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.TextField(blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_decision_says_why_nothing_lighter",
                condition=~Q(wording="") & ~Q(proportionality="") & ~Q(subsidiarity=""),
            ),
            models.CheckConstraint(
                name="a_decision_is_dated_once_it_is_made",
                condition=Q(stage__in=["proposed", "discussed"], decided_at__isnull=True)
                | (~Q(stage__in=["proposed", "discussed"]) & Q(decided_at__isnull=False))
                | Q(stage="withdrawn"),
            ),
            models.CheckConstraint(
                name="a_decision_that_is_withdrawn_says_why",
                condition=~Q(stage="withdrawn") | ~Q(withdrawn_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class DissentQuerySet(ProtectedQuerySet["Dissent"]):
    def on(self, decisions: "Iterable[Decision]") -> Self:
        return self.filter(decision_id__in=[one.pk for one in decisions]).order_by("pk")


class Dissent(Protected):
    """An organisation at the table thinks otherwise, and says why."""

    reference = reference_field("CX")
    decision = models.ForeignKey("conferences.Decision", models.PROTECT, related_name="dissents")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    reasons = models.TextField()
    said_at = models.DateTimeField()

    objects = DissentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "organisation"], name="an_organisation_dissents_once")
        ]

    def __str__(self) -> str:
        return self.reference


class ActionQuerySet(ProtectedQuerySet["Action"]):
    def of(self, item: Item) -> Self:
        return self.filter(item=item).order_by("due_on", "pk")

    def asked_at(self, items: Iterable[Item]) -> Self:
        """What was asked at these items and is not over."""
        asked = self.filter(item__in=list(items)).exclude(stage__in=rules.ENDINGS)
        return asked.order_by("due_on", "pk")

    def waiting_for(self, user_id: int) -> Self:
        """What this person still has to do."""
        over = rules.ENDINGS
        return self.filter(owner_id=user_id).exclude(stage__in=over).order_by("due_on", "pk")

    def expired(self) -> Self:
        """Past its day, and nobody took it up with the organisation."""
        return self.filter(stage=rules.ActionStage.EXPIRED).order_by("due_on", "pk")

    def past_its_day(self, today: date) -> Self:
        return self.filter(stage__in=rules.NOT_OVER, due_on__lt=today).order_by("due_on", "pk")


class Action(Protected):
    """What one person will do before a day. Whoever sits at the case reads it."""

    reference = reference_field("CN")
    item = models.ForeignKey("conferences.Item", models.PROTECT, related_name="actions")
    what = models.TextField()
    owner = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    due_on = models.DateField()
    stage = models.CharField(max_length=12, choices=rules.ActionStage, default=rules.ActionStage.OPEN)
    result = models.TextField(blank=True)
    asked_at = models.DateTimeField()

    objects = ActionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_action_that_is_over_says_what_came_of_it",
                condition=~Q(stage__in=["done", "not_possible"]) | ~Q(result=""),
            )
        ]

    def __str__(self) -> str:
        return self.reference
