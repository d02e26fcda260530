"""Measures, and the documents behind decisions."""

from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.access.rules import may_do
from samenhang.journal import Actor
from samenhang.measures.rules import DECIDED, FELT, OPEN, RUNNING, Status
from samenhang.measures.rules.findings import Kind


class MeasureQuerySet(ProtectedQuerySet["Measure"]):
    """Questions about measures. Each answers with a queryset, so they chain."""

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def decided_between(self, since: date, until: date) -> Self:
        """Imposed in the window, both days included, and not withdrawn since."""
        return self.filter(status__in=DECIDED, decided_on__gte=since, decided_on__lte=until)

    def pending_on(self, on: date) -> Self:
        """Begun by that day, and that day neither decided nor withdrawn."""
        undecided = Q(decided_on__isnull=True) | Q(decided_on__gt=on)
        return self.filter(undecided, suggested_on__lte=on).filter(
            Q(ended_on__isnull=True) | Q(ended_on__gt=on)
        )

    def in_force_on(self, on: date) -> Self:
        """Started, and neither lapsed nor ended by that day."""
        return (
            self.filter(status__in=DECIDED, starts_on__lte=on)
            .filter(Q(notified_on__isnull=False) | Q(notice_deferred_until__isnull=False))
            .filter(Q(lapses_on__isnull=True) | Q(lapses_on__gt=on))
            .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
            .exclude(pk__in=_suspended(on))
        )

    def due_to_start(self, on: date) -> Self:
        return self.filter(status=Status.NOTIFIED, starts_on__lte=on).order_by("starts_on", "pk")

    def due_to_lapse(self, on: date) -> Self:
        return self.filter(status__in=RUNNING, lapses_on__lte=on).order_by("lapses_on", "pk")

    def ending_before(self, on: date) -> Self:
        """In force with an end in sight, or without one and due for review: whatever comes, decide."""
        reviewed = Q(lapses_on__isnull=True, review_on__lte=on)
        soon = self.filter(Q(lapses_on__lte=on) | reviewed, status=Status.IN_FORCE)
        return soon.order_by("lapses_on", "review_on", "pk")

    def about(self, person_id: int) -> Self:
        return self.filter(person_id=person_id).order_by("-suggested_on", "pk")

    def beside(self, measure: "Measure") -> Self:
        """What else is under way or in force for the same person, the last suggested first."""
        return self.open().about(measure.person_id).exclude(pk=measure.pk)

    def without_effect(self) -> Self:
        """Those that came into force and of which nobody wrote down what they did."""
        seen = Effect.objects.unscoped("only whether somebody wrote one down").values("measure_id")
        return self.filter(status__in=FELT).exclude(pk__in=seen)

    def of_case(self, case_id: int) -> Self:
        return self.filter(case_id=case_id).order_by("-suggested_on", "pk")

    def waiting_for(self, actor: Actor) -> Self:
        """The next step is the actor's own deed, and no step that needs somebody else after them."""
        user, body = actor.user, actor.organisation_id
        steps = {
            "measure.check": Q(status=Status.SUGGESTED) & ~Q(suggested_by=user),
            "measure.suggest": Q(status=Status.CHECKED, suggested_by=user),
            "measure.record-decision": Q(status=Status.CHECKED),
            "measure.confirm-record": Q(status=Status.RECORDED) & ~Q(decided_by=user),
            "measure.decide": Q(status=Status.PROPOSED, authority_id=body)
            & ~Q(suggested_by=user)
            & ~Q(checked_by=user),
            "measure.notify": Q(status=Status.IMPOSED)
            | Q(status__in=DECIDED, notified_on__isnull=True, notice_deferred_until__lte=actor.today),
        }
        mine = Q(pk__in=[])
        for deed, waits in steps.items():
            if may_do(deed, actor.roles):
                mine |= waits
        return self.filter(mine).order_by("starts_on", "suggested_on", "pk")


class Measure(Protected):
    """One measure on one person, from suggestion to end.

    While it is suggested it is part of the plan of the case; once decided it is
    a decision of the authority that decided. ``basis`` is the ground that held
    on the day of the last step that depends on it.
    """

    reference = reference_field("M")
    kind = models.CharField(max_length=20)
    basis = models.CharField(max_length=400)
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.SUGGESTED)

    necessity = models.TextField()
    subsidiarity = models.TextField()
    intended = models.TextField(blank=True)
    suggested_by = models.CharField(max_length=40)
    suggested_on = models.DateField()

    legality = models.TextField(blank=True)
    checked_by = models.CharField(max_length=40, blank=True)

    authority = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    about = models.CharField(max_length=200, blank=True)
    reasons = models.TextField(blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40, blank=True)

    starts_on = models.DateField(null=True, blank=True)
    lapses_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(default=0)
    notified_on = models.DateField(null=True, blank=True)
    notice_deferred_until = models.DateField(null=True, blank=True)
    notice_ground = models.TextField(blank=True)
    # What stood here before it was put right: the day, when and why it changed. The first first.
    notice_before = models.JSONField(default=list, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_measure_has_a_decision_day_if_it_was_decided",
                condition=~Q(status__in=sorted(DECIDED))
                | Q(decided_on__isnull=False, starts_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_measure_lapses_after_it_starts",
                condition=Q(lapses_on__isnull=True) | Q(lapses_on__gt=F("starts_on")),
            ),
            models.CheckConstraint(
                name="a_lifted_or_lapsed_measure_has_an_end",
                condition=~Q(status__in=[Status.LIFTED, Status.LAPSED]) | Q(ended_on__isnull=False),
            ),
        ]
        ordering = ["-suggested_on", "pk"]

    def __str__(self) -> str:
        return f"measure:{self.reference}"

    @property
    def notice_waits(self) -> bool:
        """The person was not told yet, on a ground and until a day."""
        return self.notified_on is None and self.notice_deferred_until is not None

    @property
    def last_day(self) -> date | None:
        """The last day on which the measure is in force; it lapses on the next."""
        return self.lapses_on - timedelta(days=1) if self.lapses_on else None


class SuspensionQuerySet(ProtectedQuerySet["Suspension"]):
    def of(self, measure: Measure) -> Self:
        return self.filter(measure=measure).order_by("since", "pk")

    def running(self) -> Self:
        return self.filter(until__isnull=True)


class Suspension(Protected):
    """From which day until which a court let a measure not work. Seen by who sees the measure.

    since: the day of its decision. until: the first day on which the measure works again, empty before.
    """

    reference = reference_field("MS")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    body = models.CharField(max_length=160)
    number = models.CharField(max_length=60)
    words = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    ended_because = models.TextField(blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_suspension_ends_after_it_begins",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=["measure"],
                condition=Q(until__isnull=True),
                name="a_measure_is_suspended_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


def _suspended(on: date) -> models.QuerySet[Any, Any]:
    """Keys of the measures that a court let not work that day."""
    rows = Suspension.objects.unscoped("whether a measure worked that day").filter(since__lte=on)
    return rows.filter(Q(until__isnull=True) | Q(until__gt=on)).values("measure_id")


class FindingQuerySet(ProtectedQuerySet["Finding"]):
    def of(self, measure: Measure) -> Self:
        return self.filter(measure=measure).order_by("found_on", "pk")


class Finding(Protected):
    """What was looked into before a measure was decided. Seen by who sees the measure."""

    reference = reference_field("F")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    found_on = models.DateField()
    text = models.TextField(blank=True)
    number = models.CharField(max_length=40, blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    objects = FindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="advice_of_the_box_has_a_number_and_no_content",
                condition=~Q(kind="box-advice") | (Q(text="") & ~Q(number="")),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class EffectQuerySet(ProtectedQuerySet["Effect"]):
    def of(self, measure: Measure) -> Self:
        return self.filter(measure=measure).order_by("observed_on", "pk")


class Effect(Protected):
    """What somebody saw a measure do, beside what it was meant to do; and what it did besides. Never changed.

    adverse: what it did that nobody wanted, or in words that nothing of the kind was seen.
    """

    reference = reference_field("ME")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    observed_on = models.DateField()
    reached = models.TextField()
    adverse = models.TextField()
    recorded_by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()

    objects = EffectQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_effect_says_what_was_reached_and_what_it_did_besides",
                condition=~Q(reached="") & ~Q(adverse=""),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class DocumentQuerySet(ProtectedQuerySet["Document"]):
    """Documents behind measures."""


class Document(Protected):
    """A written decision, sealed on disk under a key of its own."""

    reference = reference_field("D")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    added_by = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return f"document:{self.reference}"
