"""Questions of one partner to another: the asker's record, the asked one's, and the officers' register."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.exchange.rules.asking import Answering, Limit, Reply, Stage, Told


class QuestionQuerySet(ProtectedQuerySet["Question"]):
    """Questions about questions, of who asks."""

    def latest_first(self) -> Self:
        return self.order_by("-proposed_at", "-pk")

    def to_send_by(self, user: str) -> Self:
        """Proposed by a colleague: this person may be the second."""
        return self.filter(stage=Stage.PROPOSED).exclude(proposed_by=user).order_by("proposed_at", "pk")

    def to_read(self) -> Self:
        return self.filter(stage=Stage.TOLD).order_by("tells_at", "pk")

    def to_tell(self, now: datetime) -> Self:
        return self.filter(stage=Stage.SENT, tells_at__lte=now).order_by("tells_at", "pk")

    def gone_at(self, now: datetime) -> Self:
        return self.filter(gone_at__lte=now).order_by("gone_at", "pk")

    def sent_since(self, moment: datetime) -> Self:
        """Also those that were taken back after they were sent."""
        return self.filter(sent_at__gt=moment).order_by("sent_at", "pk")


class Question(Protected):
    """Does this organisation know this person? The record of who asks: never the answer, only what is told.

    about: the reference of the asker's own person. rule: which let it be asked. sealed:
    ``rules.asking.Called`` under the key of this row's reference. tells_at: when something is told, fixed by
    the sending. gone_at: when all of it vanishes.
    """

    reference = reference_field("HQ")
    asked = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    about = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    rule = models.CharField(max_length=60)
    sealed = models.BinaryField()
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.PROPOSED)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=40)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=40, blank=True)
    tells_at = models.DateTimeField(null=True, blank=True)
    told = models.CharField(max_length=8, choices=Told, blank=True)
    gone_at = models.DateTimeField()

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_question_goes_out_by_two_people",
                condition=Q(sent_at__isnull=True, sent_by="")
                | (Q(sent_at__isnull=False) & ~Q(sent_by="") & ~Q(sent_by=F("proposed_by"))),
            ),
            models.CheckConstraint(
                name="a_question_is_told_if_and_only_if_its_time_came",
                condition=(Q(stage__in=["told", "read"]) & ~Q(told=""))
                | (~Q(stage__in=["told", "read"]) & Q(told="")),
            ),
        ]
        indexes = [
            models.Index(fields=["gone_at"], name="questions_to_forget"),
            models.Index(fields=["stage", "tells_at"], name="questions_to_tell"),
            models.Index(fields=["provider", "sent_at"], name="questions_by_asker"),
        ]

    def __str__(self) -> str:
        return self.reference


class ReceivedQuestionQuerySet(ProtectedQuerySet["ReceivedQuestion"]):
    """Questions about received questions, of who is asked."""

    def latest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")

    def to_answer(self) -> Self:
        return self.filter(state=Answering.WAITING).order_by("tells_at", "pk")


class ReceivedQuestion(Protected):
    """The same question as the asked organisation has it, with its answer. Nobody else ever reads this row.

    question: the reference of the asker's record. sealed: as there, under the key of this row's reference.
    reply: empty while nobody answered.
    """

    reference = reference_field("HI")
    question = models.CharField(max_length=20, unique=True)
    asker = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=Answering, default=Answering.WAITING)
    reply = models.CharField(max_length=8, choices=Reply, blank=True)
    received_at = models.DateTimeField()
    tells_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)

    objects = ReceivedQuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answered_question_says_what_and_by_whom",
                condition=Q(reply="", answered_at__isnull=True, answered_by="")
                | (~Q(reply="") & Q(answered_at__isnull=False) & ~Q(answered_by="")),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class RegisteredQuestionQuerySet(ProtectedQuerySet["RegisteredQuestion"]):
    """What a data protection officer asks."""

    def since(self, moment: datetime) -> Self:
        return self.filter(at__gt=moment)

    def sent(self) -> Self:
        return self.filter(stopped="")

    def stopped_ones(self) -> Self:
        return self.exclude(stopped="").order_by("-at", "-pk")

    def over(self, moment: datetime) -> Self:
        return self.filter(at__lte=moment).order_by("at", "pk")


class RegisteredQuestion(Protected):
    """That somebody asked, or was stopped. For one officer; never about whom, nor what came of it."""

    reference = reference_field("HR")
    asker = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    asked = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    stopped = models.CharField(max_length=12, choices=Limit, blank=True)
    at = models.DateTimeField(db_index=True)

    objects = RegisteredQuestionQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference
