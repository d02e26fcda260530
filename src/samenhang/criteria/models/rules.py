"""Rules, their versions, and who approved them."""

import hashlib
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.criteria.rules import APPROVED, OPEN, Offence, Stage
from samenhang.criteria.rules.trial import Row, rows_of
from samenhang.journal import Actor


class RuleQuerySet(ProtectedQuerySet["Rule"]):
    def by_name(self) -> Self:
        return self.order_by("name", "pk")


class Rule(Protected):
    """What a unit looks for in journeys, and whom a confirmed match goes to. Its versions say how.

    Its scope is its own. owner: who answers for it, and wrote the first version.
    """

    reference = reference_field("CR")
    name = models.CharField(max_length=120)
    recipient = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    owner = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    objects = RuleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"rule:{self.reference}"


class VersionQuerySet(ProtectedQuerySet["Version"]):
    """Questions about versions."""

    def of(self, rule: Rule) -> Self:
        """The newest first."""
        return self.filter(rule=rule).order_by("-number", "pk")

    def running(self, on: date) -> Self:
        """In force and within its term, whether or not anybody noted that the term is over."""
        return self.filter(stage=Stage.IN_FORCE, starts_on__lte=on, ends_on__gte=on).order_by("reference")

    def over(self, on: date) -> Self:
        """Whose term is over, and of which that was not noted yet."""
        return self.filter(stage__in=OPEN, ends_on__lt=on).order_by("pk")

    def to_approve_by(self, actor: Actor) -> Self:
        """For this person of the unit: what they neither wrote nor approved."""
        mine = self.filter(provider_id=actor.organisation_id, stage__in=APPROVED)
        done = Approval.objects.filter(version=models.OuterRef("pk"), user=actor.user_id)
        return mine.exclude(author=actor.user_id).exclude(models.Exists(done)).order_by("written_at", "pk")

    def edition(self, on: date) -> str:
        """Names which versions run that day; empty when none does."""
        references = list(self.running(on).values_list("reference", flat=True))
        return hashlib.sha256(",".join(references).encode()).hexdigest()[:20] if references else ""


class Version(Protected):
    """How a rule reads for a time. Never changed in what it says; another version follows it.

    when, unless: CEL over ``rules.facts.Facts``. trial: rows of ``rules.trial``, of the day tried_on.
    forgotten_…: finished matches that went with their passengers; their number stays for the precision.
    """

    reference = reference_field("CV")
    rule = models.ForeignKey(Rule, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=500)
    offence = models.CharField(max_length=12, choices=Offence)
    when = models.CharField(max_length=600)
    unless = models.CharField(max_length=600)
    starts_on = models.DateField()
    ends_on = models.DateField()
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.DRAFT)
    author = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    tried_on = models.DateField(null=True, blank=True)
    trial = models.JSONField(default=list)
    ended_at = models.DateTimeField(null=True, blank=True)
    forgotten_confirmed = models.PositiveIntegerField(default=0)
    forgotten_dismissed = models.PositiveIntegerField(default=0)

    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="a_rule_has_each_version_once"),
            models.UniqueConstraint(
                fields=["rule"], condition=Q(stage=Stage.IN_FORCE), name="one_version_of_a_rule_is_in_force"
            ),
            models.CheckConstraint(
                name="a_version_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="nothing_is_approved_that_was_not_tried",
                condition=Q(stage__in=(Stage.DRAFT, Stage.ENDED, Stage.WITHDRAWN))
                | Q(tried_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_version_has_an_end_if_and_only_if_it_is_over",
                condition=Q(stage__in=OPEN, ended_at__isnull=True)
                | (~Q(stage__in=OPEN) & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"version:{self.reference}"

    @property
    def rows(self) -> list[Row]:
        """The trial; empty until it was tried."""
        return rows_of(self.trial)


class Approval(models.Model):
    """One person of the unit says that a version may run, and why.

    leaning: why it may lean as its trial shows; empty when it does not.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="approvals")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)
    leaning = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "user"], name="nobody_approves_a_version_twice")
        ]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"approval:{self.pk}"
