"""What brings a case to its end: reviews, holds that postpone it, and the certificate that it is gone."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.cases import rules
from samenhang.cases.models.casework import Case
from samenhang.cases.models.weighing import Weighing
from samenhang.cases.rules.ending import FORGET_AFTER, OFFERED_WITHIN, Ground, forget_at
from samenhang.exchange.models import Movement, Recall, Reliance, Signal, Statement
from samenhang.exchange.rules import Status as Progress
from samenhang.persons.models import Person


class ReviewQuerySet(ProtectedQuerySet["Review"]):
    def of(self, case: Case) -> Self:
        """The latest first."""
        return self.filter(case=case).order_by("-reviewed_at", "-pk")


class Review(Protected):
    """Why a case stayed, or may end: what one review found. Never changed."""

    reference = reference_field("KR")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=8, choices=rules.Verdict)
    criteria_hold = models.BooleanField()
    reasons = models.TextField()
    lighter = models.TextField(blank=True)
    best_interest = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=40)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_case_stays_only_with_reasons_and_a_next_review",
                condition=(Q(verdict="close") & ~Q(reasons=""))
                | (Q(next_on__isnull=False) & ~Q(reasons="") & ~Q(lighter="")),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class HoldQuerySet(ProtectedQuerySet["Hold"]):
    def of(self, case: Case) -> Self:
        return self.filter(case=case).order_by("placed_at", "pk")

    def standing(self) -> Self:
        return self.filter(lifted_at__isnull=True)


class Hold(Protected):
    """Why a case is kept past its day: a complaint, supervision, or a court."""

    reference = reference_field("KH")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="holds")
    ground = models.CharField(max_length=11, choices=Ground)
    reason = models.TextField()
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=40)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.CharField(max_length=40, blank=True)
    lifted_because = models.TextField(blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_hold_is_lifted_by_somebody_with_a_reason",
                condition=Q(lifted_at__isnull=True, lifted_by="", lifted_because="")
                | (Q(lifted_at__isnull=False) & ~Q(lifted_by="") & ~Q(lifted_because="")),
            )
        ]

    def __str__(self) -> str:
        return self.reference


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of_weighings(self) -> Self:
        """Of signals that were weighed and not taken up: what keeps them in the figures."""
        return self.filter(case__startswith="W-")

    def of_region(self, region: str) -> Self:
        """Of one municipality, or of all when the region is empty."""
        return self.filter(municipality=region) if region else self

    def latest_first(self) -> Self:
        return self.order_by("-destroyed_at", "-pk")


class Certificate(models.Model):
    """That a case was destroyed: when, how many records of which kind, and nothing about anybody.

    Also of a weighing that took nothing up, of a signal that was never weighed, and of a traveller of a
    list that was taken back; the last has no municipality, which need not know of the list.
    case: the reference of it, which leads nowhere any more. kept_for: kinds of record under
    another law, for which the person was kept. keys_left: scopes whose keys still go.
    """

    reference = reference_field("KD")
    case = models.CharField(max_length=20, unique=True)
    municipality = models.CharField(max_length=80)
    closed_on = models.DateField()
    due_on = models.DateField()
    destroyed_at = models.DateTimeField()
    counts = models.JSONField()
    kept_for = models.JSONField()
    keys_left = models.JSONField()

    objects = CertificateQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference

    @property
    def what(self) -> str:
        """What was destroyed: a case, or one of the others by the first letter of its reference."""
        return {"W": _("Weighing"), "G": _("Signal"), "T": _("Traveller")}.get(self.case[:1], _("Case"))

    @property
    def days_late(self) -> int:
        """How many days after the day on which it had to be gone."""
        return max((timezone.localtime(self.destroyed_at).date() - self.due_on).days, 0)

    @property
    def records(self) -> int:
        return sum(self.counts.values())


def to_destroy(on: date) -> "ProtectedQuerySet[Case]":
    """Closed cases past their day that nothing holds, the oldest first. For the service of terms alone."""
    held = Hold.objects.unscoped("whether destruction is postponed").standing()
    due = Case.objects.unscoped("the service of terms looks at dates alone")
    due = due.filter(status=rules.Status.CLOSED, destroy_on__lte=on)
    return due.exclude(pk__in=held.values("case_id")).order_by("destroy_on", "pk")


def to_forget(now: datetime) -> "ProtectedQuerySet[Signal]":
    """Signals past their time that became no case, the oldest first. For the service of terms alone.

    Not while a recipient must still delete what was withdrawn, and say so.
    """
    over = now - FORGET_AFTER
    late = (
        Q(status=Progress.NOT_TAKEN_UP, weighed_at__lte=over)
        | Q(status=Progress.WITHDRAWN, weighed_at__lte=over)
        | Q(status=Progress.WITHDRAWN, withdrawn_at__lte=over)
        | Q(status=Progress.RECEIVED, submitted_at__lte=now - OFFERED_WITHIN)
    )
    due = Signal.objects.unscoped("the service of terms looks at dates alone").filter(late)
    became = Weighing.objects.unscoped("what became a case goes with it").filter(stage=rules.Stage.TAKEN_UP)
    asked = Recall.objects.unscoped("whether a recipient must still certify").open()
    due = due.exclude(pk__in=became.values("signal_id")).exclude(scope__in=asked.values("item"))
    return due.order_by("pk")


def forgotten_on(signal: Signal) -> date | None:
    """The day before which it is destroyed; None while it is weighed, and for what became a case."""
    taken_up = Weighing.objects.unscoped("only whether it became a case").filter(
        signal=signal, stage=rules.Stage.TAKEN_UP
    )
    if signal.status == Progress.TAKEN_UP or taken_up.exists():
        return None
    waits = signal.status == Progress.RECEIVED
    at = forget_at(signal.submitted_at, signal.weighed_at, signal.withdrawn_at, waits=waits)
    return timezone.localdate(at) if at else None


def scopes_given(case: Case) -> list[str]:
    """The scopes that were opened for this case alone."""
    elsewhere = Case.objects.unscoped("what another open case needs stays").ongoing().exclude(pk=case.pk)
    leaning = Reliance.objects.unscoped("given back at closing")
    needed = leaning.filter(dependant__in=[other.reference for other in elsewhere]).values("leans_on")
    ours = leaning.filter(dependant=case.reference).exclude(leans_on__in=needed).values("leans_on")
    said = Statement.objects.unscoped("given back at closing").filter(reference__in=ours)
    scopes = [one.scope for one in said]
    signals = Signal.objects.unscoped("given back at closing")
    if case.weighing_id is not None:
        of_case = Weighing.objects.unscoped("given back at closing").get(pk=case.weighing_id)
        scopes.append(signals.get(pk=of_case.signal_id).scope)
    if not elsewhere.filter(person_id=case.person_id).exists():
        scopes.append(Person.objects.unscoped("given back at closing").get(pk=case.person_id).scope)
        moved = Movement.objects.unscoped("given back at closing").about(case.person_id)
        scopes += moved.values_list("scope", flat=True)
    return list(dict.fromkeys(scopes))
