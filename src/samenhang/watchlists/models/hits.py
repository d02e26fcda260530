"""Hits, and what people judged of them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.foundation.keys import KeyDestroyed, key_store
from samenhang.journal import Actor
from samenhang.travel import sealing
from samenhang.travel.models import Passenger
from samenhang.watchlists.models import queues
from samenhang.watchlists.models.runs import ScreeningRun
from samenhang.watchlists.rules.hits import REOPENED, SAID, UNFINISHED, Queue, Reason, Status

REMARK = "watchlists.remark"


class HitQuerySet(ProtectedQuerySet["Hit"]):
    """Questions about hits."""

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def waiting(self) -> Self:
        """For a first judgement."""
        return self.filter(status=Status.WAITING)

    def queue_of(self, actor: Actor) -> Queue:
        """What waits in this person's unit, beside the limits of this installation."""
        return queues.queue(self.filter(provider_id=actor.organisation_id).unfinished())

    def overloading(self, actor: Actor) -> Self:
        """The hit of this person's unit that has waited longest, when the queue is too large or too old."""
        mine = self.filter(provider_id=actor.organisation_id).unfinished()
        return self.filter(queues.overloading(mine, actor)).order_by("pk")

    def to_judge_by(self, actor: Actor) -> Self:
        """For a judgement by this person of the unit; what they could not decide is for a colleague."""
        mine = self._with_last_judge().filter(provider_id=actor.organisation_id)
        waits = models.Q(status=Status.WAITING) | (
            models.Q(status=Status.UNDECIDED) & ~models.Q(last_judge=actor.user_id)
        )
        return mine.filter(waits).order_by("arrives", "pk")

    def asked_by(self, actor: Actor) -> Self:
        """Of this person's unit: those of which an issuer must tell more."""
        return self.filter(provider_id=actor.organisation_id, status=Status.ASKED).order_by("arrives", "pk")

    def to_confirm_by(self, actor: Actor) -> Self:
        """For this person as the second of the unit: a match that a colleague judged."""
        mine = self._with_last_judge().filter(provider_id=actor.organisation_id)
        return mine.filter(status=Status.JUDGED).exclude(last_judge=actor.user_id).order_by("arrives", "pk")

    def _with_last_judge(self) -> Self:
        said = Judgement.objects.unscoped("to know who spoke last").verdicts()
        said = said.filter(hit=models.OuterRef("pk"))
        return self.alias(last_judge=models.Subquery(said.order_by("-at", "-pk").values("user_id")[:1]))

    def confirmed(self) -> Self:
        return self.filter(status=Status.CONFIRMED)

    def in_order_of_review(self) -> Self:
        """Waiting first, then what others wait for; within these the oldest arrival first."""
        rank = models.Case(
            *(models.When(status=status, then=place) for place, status in enumerate(UNFINISHED)),
            default=len(UNFINISHED),
        )
        return self.alias(rank=rank).order_by("rank", "arrives", "pk")

    def latest_first(self) -> Self:
        return self.order_by("-found_at", "-pk")


class Hit(Protected):
    """A resemblance of a passenger's record and an alert. Not a finding about a person.

    Its scope is its own. resemblance: bits of evidence that both records are of one
    person; shown nowhere but here. compared: the explanation, sealed under the key of the
    passenger's record, because it quotes it. listed: what of the alert the reviewer may see.
    revision: of the passenger's record, as it was compared. arrives: ISO text, of the flight.
    """

    reference = reference_field("H")
    run = models.ForeignKey(ScreeningRun, models.PROTECT, related_name="+")
    # The passenger's record goes when its time is over; ``actions.forget`` removes the hits before.
    passenger = models.ForeignKey("travel.Passenger", models.DO_NOTHING, related_name="hits")
    alert = models.ForeignKey("watchlists.Alert", models.PROTECT, related_name="hits")
    flight = models.ForeignKey("travel.Flight", models.PROTECT, related_name="+")
    issuer = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    resemblance = models.FloatField()
    compared = models.BinaryField()
    compared_under = models.CharField(max_length=40)
    listed = models.JSONField()
    arrives = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    found_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = HitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passenger", "alert"], name="a_passenger_resembles_an_alert_once"
            ),
            models.CheckConstraint(
                name="a_hit_is_finished_if_and_only_if_its_status_is_final",
                condition=Q(status__in=UNFINISHED, finished_at__isnull=True)
                | (~Q(status__in=UNFINISHED) & Q(finished_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["status", "arrives"], name="hit_queue")]

    def __str__(self) -> str:
        return f"hit:{self.reference}"

    @cached_property
    def explanation(self) -> dict[str, Any] | None:
        """``{listed_name, parts, evidence}`` of the comparison, or None once the passenger is masked."""
        try:
            return sealing.opened(bytes(self.compared), self.compared_under)
        except KeyDestroyed:
            return None

    def explain(self, explanation: dict[str, Any], passenger: Passenger) -> None:
        """Put this comparison with the passenger's record in place of the last; the caller saves."""
        self.compared_under = passenger.sealed_under
        self.compared = sealing.sealed(explanation, self.compared_under)
        self.explanation = explanation


class JudgementQuerySet(ProtectedQuerySet["Judgement"]):
    def of(self, hit: Hit) -> Self:
        return self.filter(hit=hit).order_by("at", "pk")

    def verdicts(self) -> Self:
        """Without those that only asked for a second opinion."""
        return self.exclude(verdict=REOPENED)


class Judgement(Protected):
    """What one person said of one hit, and why. In the scope of the hit; stays inside the unit.

    Never changed: a second opinion stands beside the first one, after the row that asked for it.

    second: said as the second person. remark: free text, sealed under the scope of the hit.
    """

    reference = reference_field("J")
    # A cascade would be SQL that no door marked; ``actions.forget`` removes them together.
    hit = models.ForeignKey(Hit, models.DO_NOTHING, related_name="judgements")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    second = models.BooleanField(default=False)
    verdict = models.CharField(max_length=9, choices=SAID)
    reason = models.CharField(max_length=20, choices=Reason)
    remark = models.BinaryField(default=b"")
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = JudgementQuerySet.as_manager()

    def __str__(self) -> str:
        return f"judgement:{self.reference}"

    def words(self) -> str:
        """The remark, opened. Raises KeyDestroyed once the hit was forgotten."""
        sealed = bytes(self.remark)
        return key_store().open(self.scope, sealed, context=REMARK).decode() if sealed else ""
