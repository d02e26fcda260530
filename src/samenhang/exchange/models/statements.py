"""Statements, signals and disclosures."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _

from samenhang.access.models import Grant, Protected, ProtectedQuerySet, reference_field
from samenhang.access.rules import JOINT_BODIES
from samenhang.exchange import rules
from samenhang.exchange.rules.receiving import Standing
from samenhang.grounds import rules as law
from samenhang.grounds.rules import countries
from samenhang.organisations.models import Organisation

# How a disclosure goes that is given to one organisation by itself, in a letter.
WRITTEN = "written"


class StatementQuerySet(ProtectedQuerySet["Statement"]):
    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def about(self, person_id: int | None) -> Self:
        return self.filter(person_id=person_id).order_by("true_from", "known_at", "pk")


class Statement(Protected):
    """One thing that one organisation says about one person, in its own words. Its scope is its own.

    true_from, true_until: when it was so. known_at: when the provider wrote it
    down. corrects: the statement in whose place this one came.
    """

    reference = reference_field("S")
    person = models.ForeignKey(
        "persons.Person", models.PROTECT, null=True, blank=True, related_name="statements"
    )
    kind = models.CharField(max_length=10, choices=rules.Kind)
    text = models.TextField()
    source_evaluation = models.CharField(max_length=1, choices=rules.Source)
    information_evaluation = models.CharField(max_length=1, choices=rules.Information)
    handling = models.CharField(max_length=2, choices=rules.Handling)
    basis = models.CharField(max_length=120)
    necessity = models.TextField(blank=True)
    special = models.BooleanField(default=False)
    true_from = models.DateField(null=True, blank=True)
    true_until = models.DateField(null=True, blank=True)
    known_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    objects = StatementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="special_data_has_its_necessity", condition=Q(special=False) | ~Q(necessity="")
            ),
            models.CheckConstraint(
                name="a_statement_ends_after_it_begins",
                condition=Q(true_from__isnull=True)
                | Q(true_until__isnull=True)
                | Q(true_until__gte=F("true_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def evaluation(self) -> str:
        """Source and information together, as police write it, with what it means: ``B2: …``."""
        return rules.evaluation_in_words(self.source_evaluation, self.information_evaluation)


class SignalQuerySet(ProtectedQuerySet["Signal"]):
    def latest_first(self) -> Self:
        return self.order_by("-submitted_at", "-pk")

    def not_offered(self) -> Self:
        return self.filter(status=rules.Status.RECEIVED).order_by("submitted_at", "pk")


class Signal(Protected):
    """A participant's report of worrying conduct of one person, for that person's home municipality."""

    reference = reference_field("G")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="signals")
    statements = models.ManyToManyField(
        "exchange.Statement", through="exchange.Holding", related_name="signals"
    )
    municipality = models.CharField(max_length=80)
    origin = models.CharField(max_length=10, choices=rules.Origin, default=rules.Origin.OWN_WORK)
    triage = models.PositiveSmallIntegerField(choices=rules.Triage, default=rules.Triage.ORDINARY)
    status = models.CharField(max_length=12, choices=rules.Status, default=rules.Status.RECEIVED)
    submitted_at = models.DateTimeField()
    submitted_by = models.CharField(max_length=40)
    offered_at = models.DateTimeField(null=True, blank=True)
    weighed_at = models.DateTimeField(null=True, blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_weighed_signal_says_when",
                condition=~Q(status__in=["taken_up", "not_taken_up"]) | Q(weighed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Holding(models.Model):
    """That a signal holds a statement: two keys and nothing else, so it is no protected record."""

    signal = models.ForeignKey("exchange.Signal", models.PROTECT, related_name="+")
    statement = models.ForeignKey("exchange.Statement", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signal", "statement"], name="a_signal_holds_a_statement_once")
        ]

    def __str__(self) -> str:
        return f"holding:{self.pk}"


class DisclosureQuerySet(ProtectedQuerySet["Disclosure"]):
    def of(self, scope: str) -> Self:
        return self.filter(scope=scope).order_by("disclosed_at", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-disclosed_at", "-pk")

    def given_by(self, organisation_id: int) -> Self:
        return self.filter(provider_id=organisation_id)

    def abroad(self) -> Self:
        """To bodies of other countries, and of the Union or the world."""
        return self.filter(recipient__authority__in=countries.beyond_the_border())

    def received_by(self, organisation_id: int) -> Self:
        return self.filter(recipient_id=organisation_id)

    def recalled(self) -> Self:
        """Asked back or changed, whatever became of that: the open ones and those that are over."""
        return self.filter(recalled_at__isnull=False)

    def to_answer(self) -> Self:
        """Given in writing to one organisation for itself, and neither accepted nor refused.

        What a joint body receives, or goes by itself, needs no answer: it may have one.
        """
        alone = self.filter(mode=WRITTEN).exclude(capacity__in=JOINT_BODIES)
        return alone.filter(standing=Standing.OFFERED).order_by("disclosed_at", "pk")

    def to_pursue(self, on: date) -> Self:
        """Recalled, and kept by the recipient or without a certificate after its last day."""
        late = Q(standing__in=[Standing.RECALLED, Standing.CHANGED], due_on__lt=on)
        return self.filter(late | Q(standing=Standing.KEPT)).order_by("due_on", "pk")


class Disclosure(Protected):
    """One category of one scope, given to one organisation under one rule.

    standing: what became of it. answer: why it was refused, or kept although it
    was recalled, or how it was deleted. recalled_at: the last time that its
    provider withdrew, corrected or recalled it; due_on: by when the recipient answers.
    """

    reference = reference_field("D")
    recipient = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=20)
    purpose = models.CharField(max_length=40)
    rule = models.CharField(max_length=60)
    basis = models.CharField(max_length=200)
    sentence = models.TextField()
    mode = models.CharField(max_length=10)
    disclosed_at = models.DateTimeField()
    disclosed_by = models.CharField(max_length=40)
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OFFERED)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.CharField(max_length=40, blank=True)
    recalled_at = models.DateTimeField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_refused_or_kept_disclosure_says_why",
                condition=~Q(standing__in=["refused", "kept", "deleted"]) | ~Q(answer=""),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def waits_for_answer(self) -> bool:
        """The same question as ``to_answer``, of one."""
        alone = self.mode == WRITTEN and self.capacity not in JOINT_BODIES
        return alone and self.standing == Standing.OFFERED


def seats(municipality: str) -> list[Organisation]:
    """Police, prosecution and mayor for this municipality, in that order.

    A regional police or prosecution body goes before the national one; a mayor
    is always of the place itself. Raises NobodyThere.
    """
    found = []
    for authority in rules.SEATS:
        bodies = Organisation.objects.all()
        if authority == "BURG":
            bodies = bodies.filter(region=municipality)
        body = bodies.body_for(authority, municipality)
        if body is None:
            raise rules.NobodyThere(
                _("%(body)s of %(municipality)s does not take part here. Ask your administrator.")
                % {"body": law.authority_label(authority), "municipality": municipality}
            )
        found.append(body)
    return found


def holders(held: Protected, at: datetime) -> list[str]:
    """References of the organisations that were given it: whom a recall must reach."""
    grants = Grant.objects.filter(scope=held.scope, starts_at__lte=at).exclude(
        organisation_id=held.provider_id
    )
    return sorted(set(grants.values_list("organisation__reference", flat=True)))
