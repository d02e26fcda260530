"""Assessments of one case by two people, and results that came from elsewhere."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.exchange.models import Reconsideration, ReconsiderationQuerySet, Statement
from samenhang.journal import Actor
from samenhang.organisations.models import User
from samenhang.risk import rules
from samenhang.risk.rules import Stage


class AssessmentQuerySet(ProtectedQuerySet["Assessment"]):
    """Questions about assessments. None of them knows what an assessor said."""

    def latest_first(self) -> Self:
        return self.order_by("-planned_at", "-pk")

    def of_case(self, case_id: int) -> Self:
        """In the order of time."""
        return self.filter(case_id=case_id).order_by("planned_at", "pk")

    def waiting_for(self, user_id: int) -> Self:
        """What this person must write now."""
        first = Q(first_id=user_id, stage__in=[Stage.PLANNED, Stage.DRAFTING])
        reads = Q(stage=Stage.PEER_REVIEW) & (
            Q(second_id=user_id, second_in=False) | Q(first_id=user_id, second_in=True)
        )
        return self.filter(first | reads).order_by("planned_at", "pk")

    def fallen(self) -> Self:
        """Its evidence was withdrawn or corrected, or somebody looked again and it does not stand."""
        return self.filter(Exists(_duties().lost().filter(thing=OuterRef("reference"))))

    def undermined(self) -> Self:
        """The same, or in doubt: something fell under its evidence, and nobody looked again yet."""
        return self.filter(Exists(_duties().undermined().filter(thing=OuterRef("reference"))))

    def out_of_date(self, on: date) -> Self:
        """Final or contested, and past its last day."""
        return self.filter(stage__in=[Stage.FINAL, Stage.CONTESTED], valid_until__lt=on)

    def standing(self, on: date) -> Self:
        """What counts: final, by two people, within its term, and no statement under it has fallen."""
        return (
            self.filter(stage=Stage.FINAL, second_in=True, valid_until__gte=on)
            .exclude(first=F("second"))
            .exclude(
                pk__in=self.model.objects.unscoped("doubted ones do not count").undermined().values("pk")
            )
        )


class Assessment(Protected):
    """The frame of one assessment: of which case, with what, by whom, how far, and what protects.

    It holds no judgement. Its scope is the case's, so that it is shielded with it.
    second_in: whether the second assessor has given their opinion. protective, conditions: in the words
    of both, from when it is final, for who helps and need not read the rest.
    """

    reference = reference_field("RA")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    first = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    second = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    second_in = models.BooleanField(default=False)
    best_interest = models.TextField(blank=True)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.PLANNED)
    planned_at = models.DateTimeField()
    planned_by = models.CharField(max_length=40)
    final_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    protective = models.TextField(blank=True)
    conditions = models.TextField(blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="two_different_people_assess", condition=~Q(first=F("second"))),
            models.CheckConstraint(
                name="what_is_final_has_both_opinions_and_what_protects",
                condition=~Q(stage__in=["final", "contested", "stale", "superseded"])
                | (Q(second_in=True, final_at__isnull=False, valid_until__isnull=False) & ~Q(protective="")),
            ),
        ]
        indexes = [models.Index(fields=["person", "stage"], name="assessment_by_person")]

    def __str__(self) -> str:
        return self.reference

    def has_fallen(self) -> bool:
        """Whether a statement under it, however deep, was withdrawn or corrected and still leaves doubt."""
        return _duties().undermined().filter(thing=self.reference).exists()

    def counts_on(self, on: date) -> bool:
        """Whether it is final and neither out of date nor leaning on what fell."""
        return (
            self.stage == Stage.FINAL
            and self.valid_until is not None
            and self.valid_until >= on
            and not self.has_fallen()
        )

    @property
    def made_on(self) -> date | None:
        return timezone.localtime(self.final_at).date() if self.final_at else None


def current(case_ids: Iterable[int], actor: Actor) -> dict[int, Assessment]:
    """The last assessment of each case that counts today and that the actor may read, by the case's key."""
    rows = Assessment.objects.visible_to(actor).filter(case_id__in=list(case_ids)).standing(actor.today)
    return {one.case_id: one for one in rows.order_by("final_at", "pk")}


class OpinionQuerySet(ProtectedQuerySet["Opinion"]):
    def on(self, assessment: Assessment) -> Self:
        return self.filter(assessment=assessment).order_by("pk")


class Opinion(Protected):
    """What one assessor says in words. Their organisation's until both are in; then the conference's."""

    reference = reference_field("RO")
    assessment = models.ForeignKey("risk.Assessment", models.PROTECT, related_name="opinions")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    judgement = models.CharField(max_length=40, blank=True)
    reasons = models.TextField(blank=True)
    protective = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    counter_evidence = models.TextField(blank=True)
    alternative = models.TextField(blank=True)
    missing = models.TextField(blank=True)
    scenarios = models.TextField(blank=True)
    on_difference = models.TextField(blank=True)
    given_at = models.DateTimeField(null=True, blank=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "user"], name="an_assessor_has_one_opinion"),
            models.CheckConstraint(
                name="a_given_opinion_is_complete",
                condition=Q(given_at__isnull=True)
                | (
                    ~Q(judgement="")
                    & ~Q(reasons="")
                    & ~Q(protective="")
                    & ~Q(counter_evidence="")
                    & ~Q(alternative="")
                    & ~Q(missing="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def sections(self) -> dict[str, str]:
        return {code: getattr(self, code) for code in rules.SECTIONS}


class AnswerQuerySet(ProtectedQuerySet["Answer"]):
    def of(self, opinions: "Iterable[Opinion]") -> Self:
        return self.filter(opinion_id__in=[one.pk for one in opinions]).order_by("pk")


class Answer(Protected):
    """What one assessor says of one indicator. Read by the two assessors' organisations alone."""

    reference = reference_field("RI")
    opinion = models.ForeignKey("risk.Opinion", models.PROTECT, related_name="answers")
    indicator = models.CharField(max_length=40)
    level = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField()

    objects = AnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opinion", "indicator"], name="an_indicator_is_answered_once")
        ]

    def __str__(self) -> str:
        return self.reference


class Evidence(models.Model):
    """That an answer leans on a statement: two keys and nothing else, so it is no protected record."""

    answer = models.ForeignKey("risk.Answer", models.CASCADE, related_name="+")
    statement = models.ForeignKey("exchange.Statement", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["answer", "statement"], name="an_answer_names_a_statement_once")
        ]

    def __str__(self) -> str:
        return f"evidence:{self.pk}"


class ContestQuerySet(ProtectedQuerySet["Contest"]):
    def on(self, assessment: Assessment) -> Self:
        return self.filter(assessment=assessment).order_by("made_at", "pk")

    def unanswered(self) -> Self:
        return self.filter(answered_at__isnull=True).order_by("made_at", "pk")

    def to_answer_by(self, user_id: int) -> Self:
        """Unanswered, and about an assessment that somebody else made. Combine with ``visible_to``."""
        mine = Assessment.objects.unscoped("by whom they were made")
        mine = mine.filter(Q(first_id=user_id) | Q(second_id=user_id))
        return self.unanswered().exclude(assessment__in=mine.values("pk"))


class Contest(Protected):
    """The person, or an organisation at the table, says that an assessment is wrong; and the answer."""

    reference = reference_field("RT")
    assessment = models.ForeignKey("risk.Assessment", models.PROTECT, related_name="contests")
    by_the_person = models.BooleanField()
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    words = models.TextField()
    made_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)

    objects = ContestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_answered_contest_says_what_and_by_whom",
                condition=Q(answered_at__isnull=True, answer="", answered_by="")
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(answered_by="")),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class ExternalResultQuerySet(ProtectedQuerySet["ExternalResult"]):
    def of_case(self, case_id: int) -> Self:
        return self.filter(case_id=case_id).order_by("assessed_on", "pk")


class ExternalResult(Protected):
    """What somebody elsewhere concluded with an instrument that is not here: no answers, no text of it."""

    reference = reference_field("RX")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    instrument = models.CharField(max_length=120)
    assessed_by = models.CharField(max_length=200)
    assessed_on = models.DateField()
    judgement = models.TextField()
    valid_until = models.DateField()
    report_at = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)

    objects = ExternalResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_result_ends_after_it_was_made", condition=Q(valid_until__gte=F("assessed_on"))
            )
        ]

    def __str__(self) -> str:
        return self.reference


def _duties() -> ReconsiderationQuerySet:
    return Reconsideration.objects.unscoped("whether what it leans on fell, whoever it is of")


def people(rows: "Iterable[Assessment]") -> dict[int, User]:
    """The assessors of these, by key: for who may read the rows."""
    keys = {key for row in rows for key in (row.first_id, row.second_id)}
    return User.objects.select_related("organisation").in_bulk(keys)


def leans_on(answers: "Iterable[Answer]", actor: Actor) -> dict[int, tuple[list[Statement], int]]:
    """For each answer, by key: the statements that the actor may read, and how many others there are."""
    keys = [one.pk for one in answers]
    links = list(Evidence.objects.filter(answer_id__in=keys).order_by("pk"))
    readable = Statement.objects.visible_to(actor).in_bulk({link.statement_id for link in links})
    found: dict[int, tuple[list[Statement], int]] = {}
    for key in keys:
        mine = [link.statement_id for link in links if link.answer_id == key]
        seen = [readable[one] for one in mine if one in readable]
        found[key] = (seen, len(mine) - len(seen))
    return found
