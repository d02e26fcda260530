"""Requests to recipients to delete or to take over a change; and what the data-protection officer is told."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.exchange.rules.receiving import DELETES, Outcome, Why
from samenhang.organisations.models import Organisation, User

OFFICER = "FG"


class RecallQuerySet(ProtectedQuerySet["Recall"]):
    """Questions about recalls, of the recipient."""

    def open(self) -> Self:
        return self.filter(outcome=Outcome.OPEN).order_by("due_on", "pk")

    def overdue(self, on: date) -> Self:
        return self.open().filter(due_on__lt=on)


class Recall(Protected):
    """What one recipient is asked to do with what it was given in one scope.

    It is the recipient's own record, so that it outlives the access to what it is about.
    item: the scope of what was given. words: what the giver says to the recipient; never what was recalled.
    answer: the certificate of deletion, or why the recipient keeps it.
    """

    reference = reference_field("RL")
    item = models.CharField(max_length=20, db_index=True)
    giver = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why)
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)

    objects = RecallQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answered_recall_says_what_and_by_whom",
                condition=Q(outcome=Outcome.OPEN, answered_at__isnull=True, answered_by="")
                | (~Q(outcome=Outcome.OPEN) & Q(answered_at__isnull=False) & ~Q(answered_by="")),
            ),
            models.CheckConstraint(
                name="what_is_deleted_or_kept_says_how_or_why",
                condition=~Q(outcome__in=[Outcome.CERTIFIED, Outcome.KEPT]) | ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def deletes(self) -> bool:
        return self.why in DELETES


class RefusalQuerySet(ProtectedQuerySet["Refusal"]):
    def open(self) -> Self:
        return self.filter(reviewed_at__isnull=True).order_by("told_at", "pk")


class Refusal(Protected):
    """A recipient keeps what was recalled: told to a data-protection officer, whose own record this is."""

    reference = reference_field("RF")
    recall = models.CharField(max_length=20, db_index=True)
    giver = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    keeper = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    reason = models.TextField()
    told_at = models.DateTimeField()
    opinion = models.TextField(blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=40, blank=True)

    objects = RefusalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_reviewed_refusal_says_what_and_by_whom",
                condition=Q(reviewed_at__isnull=True, opinion="", reviewed_by="")
                | (Q(reviewed_at__isnull=False) & ~Q(opinion="") & ~Q(reviewed_by="")),
            )
        ]

    def __str__(self) -> str:
        return self.reference


def officers_of(*bodies: Organisation) -> list[Organisation]:
    """Where their data protection officers work: at the body itself, or in an office for its region."""
    offices = Organisation.objects.filter(
        authority=OFFICER, region__in={"", *(body.region for body in bodies)}
    )
    return list(dict.fromkeys((*bodies, *offices)))


def is_outside(organisation_id: int) -> bool:
    """Whether nobody of this organisation can sign in here, so that it answers through another channel."""
    return not User.objects.filter(organisation_id=organisation_id, is_active=True, human=True).exists()
