"""A case on its way to another municipality, and what each source says of what it brought in."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.cases.models.casework import Case
from samenhang.cases.rules.moving import Move, Say


class TransferQuerySet(ProtectedQuerySet["Transfer"]):
    def of(self, case: Case) -> Self:
        return self.filter(case=case).order_by("-offered_at", "-pk")

    def waiting_for(self, organisation_id: int) -> Self:
        return self.filter(stage=Move.OFFERED, to_id=organisation_id).order_by("object_by", "pk")


class Transfer(Protected):
    """A case offered to the municipality where its person lives now. Read by both, in a scope of its own.

    object_by: the last day on which a source may hold something back. contributions,
    waiting, held_back: how many things sources brought in, how many are not answered yet, how
    many stay. rule: the rule of that day under which it was offered.
    """

    reference = reference_field("KT")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="transfers")
    of = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    to = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    reason = models.TextField()
    rule = models.CharField(max_length=60)
    object_by = models.DateField()
    contributions = models.PositiveSmallIntegerField(default=0)
    waiting = models.PositiveSmallIntegerField(default=0)
    held_back = models.PositiveSmallIntegerField(default=0)
    stage = models.CharField(max_length=10, choices=Move, default=Move.OFFERED)
    offered_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(stage="offered"), name="a_case_is_offered_to_one_municipality"
            ),
            models.CheckConstraint(name="a_case_goes_to_another_municipality", condition=~Q(of=F("to"))),
            models.CheckConstraint(
                name="a_refused_transfer_says_why", condition=~Q(stage="refused") | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ContributionQuerySet(ProtectedQuerySet["Contribution"]):
    def asked_by(self, transfer: Transfer) -> Self:
        return self.filter(transfer=transfer).order_by("pk")

    def waiting_for(self, organisation_id: int) -> Self:
        return self.filter(say=Say.OPEN, provider_id=organisation_id).order_by("object_by", "pk")


class Contribution(Protected):
    """One thing that a source brought into a case that moves, and whether it goes along. The source's own.

    source, source_scope: the statement, movement or signal. confirmed: that the conditions
    under which it was brought in hold for the other municipality as well.
    """

    reference = reference_field("KV")
    transfer = models.ForeignKey("cases.Transfer", models.PROTECT, related_name="asked")
    source = models.CharField(max_length=20)
    source_scope = models.CharField(max_length=20)
    special = models.BooleanField(default=False)
    object_by = models.DateField()
    say = models.CharField(max_length=5, choices=Say, default=Say.OPEN)
    confirmed = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_objection_has_a_reason", condition=~Q(say="stays") | ~Q(reason="")
            ),
            models.UniqueConstraint(
                fields=["transfer", "source"], name="a_source_is_asked_once_for_each_thing"
            ),
        ]

    def __str__(self) -> str:
        return self.reference
