"""Breaches of personal data, and what was said and done about each."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.foundation.keys import key_store
from samenhang.oversight import rules
from samenhang.oversight.rules import ENDINGS, Risk, Stage, Told, WhyNotPersons

CONTEXT = "oversight.breach"


class BreachQuerySet(ProtectedQuerySet["PersonalDataBreach"]):
    """Questions about breaches."""

    def open(self) -> Self:
        """Those to do something about: whose clock ends first comes first."""
        return self.exclude(stage__in=ENDINGS).order_by("noticed_at", "pk")

    def ended(self) -> Self:
        return self.filter(stage__in=ENDINGS).order_by("-ended_at", "-pk")

    def noted_by_user(self, user: int | None) -> Self:
        return self.filter(noted_by=user).order_by("-noted_at", "-pk")

    def over(self, at: datetime) -> Self:
        """Whose term is over."""
        return self.filter(ended_at__lte=at - rules.KEPT_FOR)


class PersonalDataBreach(Protected):
    """One breach, as the office of one data protection officer answers for it. Its scope is its own.

    organisation: where it was noticed. told: ``rules.Told``, sealed under that scope. has_source: others gave
    these data or have them too. told_at, persons_told_at, source_told_at: when they were first told.
    same_as: the reference under which it goes on.
    """

    reference = reference_field("DL")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    noted_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    data = models.JSONField()
    persons = models.PositiveIntegerField(null=True, blank=True)
    records = models.PositiveIntegerField(null=True, blank=True)
    told = models.BinaryField()
    has_source = models.BooleanField()
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.NOTICED)
    risk = models.CharField(max_length=10, choices=Risk, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    persons_told_at = models.DateTimeField(null=True, blank=True)
    why_not_persons = models.CharField(max_length=10, choices=WhyNotPersons, blank=True)
    source_told_at = models.DateTimeField(null=True, blank=True)
    same_as = models.CharField(max_length=20, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_breach_has_an_end_if_and_only_if_it_ended",
                condition=Q(stage__in=ENDINGS, ended_at__isnull=False)
                | ~Q(stage__in=ENDINGS) & Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="the_authority_is_not_told_only_when_a_risk_is_unlikely",
                condition=~Q(stage=Stage.NOT_TOLD) | Q(risk=Risk.UNLIKELY),
            ),
            models.CheckConstraint(
                name="what_was_told_has_a_moment",
                condition=(~Q(stage=Stage.TOLD) | Q(told_at__isnull=False))
                & (~Q(stage=Stage.PERSONS_TOLD) | Q(persons_told_at__isnull=False))
                & (~Q(stage=Stage.PERSONS_NOT_TOLD) | ~Q(why_not_persons="")),
            ),
            models.CheckConstraint(
                name="what_was_noted_twice_names_the_other",
                condition=Q(stage=Stage.NOTED_TWICE) & ~Q(same_as="")
                | ~Q(stage=Stage.NOTED_TWICE) & Q(same_as=""),
            ),
        ]
        indexes = [models.Index(fields=["noted_by", "noted_at"], name="breach_by_who_noted_it")]

    def __str__(self) -> str:
        return self.reference

    @property
    def tell_before(self) -> datetime:
        return rules.tell_before(self.noticed_at)

    @property
    def source_open(self) -> bool:
        return self.has_source and self.source_told_at is None

    @property
    def clock_runs(self) -> bool:
        """Whether the authority still has to be told, or it said that it need not be."""
        return self.told_at is None and self.stage in (Stage.NOTICED, Stage.ASSESSED)

    def late(self, now: datetime) -> bool:
        """Whether the authority was told after the 72 hours, or still has to be."""
        if self.told_at is not None:
            return self.told_at > self.tell_before
        return self.clock_runs and now > self.tell_before

    def data_labels(self) -> list[str]:
        return [str(rules.Data(code).label) for code in self.data]

    def words(self) -> Told:
        """What was noted, opened. Raises KeyDestroyed after the term."""
        return Told.of_bytes(key_store().open(self.scope, bytes(self.told), context=CONTEXT))


class BreachStepQuerySet(ProtectedQuerySet["BreachStep"]):
    def of(self, breach: PersonalDataBreach) -> Self:
        return self.filter(breach=breach).select_related("by").order_by("at", "pk")


class BreachStep(Protected):
    """What was said or done about a breach, in phases. Never changed. In the scope of the breach.

    what: the state that it led to, ``rules.ADDED`` or ``rules.SOURCE_TOLD``. done_at: when somebody was told.
    """

    reference = reference_field("DS")
    breach = models.ForeignKey(PersonalDataBreach, models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    risk = models.CharField(max_length=10, choices=Risk, blank=True)
    why = models.CharField(max_length=10, choices=WhyNotPersons, blank=True)
    sealed = models.BinaryField()
    why_late = models.BinaryField(default=b"")
    done_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")

    objects = BreachStepQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference

    def words(self) -> str:
        return key_store().open(self.scope, bytes(self.sealed), context=CONTEXT).decode()

    def delay(self) -> str:
        """Why the authority was told late, or nothing."""
        sealed = bytes(self.why_late)
        return key_store().open(self.scope, sealed, context=CONTEXT).decode() if sealed else ""
