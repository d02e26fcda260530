"""Journeys on which a rule matched, and what people made of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.functional import cached_property

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.criteria.models.rules import Version
from samenhang.criteria.rules.matches import UNFINISHED, Outcome, Precision, Reason, Status
from samenhang.foundation.keys import KeyDestroyed, key_store
from samenhang.journal import Actor
from samenhang.travel import sealing
from samenhang.travel.models import Passenger
from samenhang.watchlists.models import queues
from samenhang.watchlists.rules.hits import Queue
from samenhang.watchlists.rules.screening import under_way_since

REMARK = "criteria.remark"


class Look(models.Model):
    """The rules of this edition were asked about this passenger, as their record then was."""

    passenger = models.OneToOneField("travel.Passenger", models.DO_NOTHING, related_name="+")
    revision = models.PositiveIntegerField()
    edition = models.CharField(max_length=20)

    def __str__(self) -> str:
        return f"look:{self.pk}"


def awaiting(on: date, edition: str) -> "QuerySet[Passenger]":
    """Whose journey is not completed, and whom the rules of this edition have not seen as they are now.

    Rules are for before arrival or departure alone (Directive (EU) 2016/681 art. 6(2)(a)).
    """
    since = under_way_since(on)
    landing = Q(flight__arrives_at__gte=since.isoformat())
    leaving = Q(flight__arrives_at="") & (Q(flight__departs_on__gte=since) | Q(flight__departs_on=None))
    rows = Passenger.objects.unscoped("a rule is asked about everybody who travels")
    seen = Look.objects.filter(passenger=OuterRef("pk"), revision=OuterRef("revision"), edition=edition)
    under_way = rows.filter(landing | leaving, masked_at=None, delete_on__gt=on)
    return under_way.exclude(Exists(seen)).order_by("pk")


class MatchQuerySet(ProtectedQuerySet["Match"]):
    """Questions about matches."""

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def queue_of(self, actor: Actor) -> Queue:
        """What waits in this person's unit, beside the limits of this installation."""
        return queues.queue(self.filter(provider_id=actor.organisation_id).unfinished())

    def overloading(self, actor: Actor) -> Self:
        """The match of this person's unit that has waited longest, when the queue is too large or too old."""
        mine = self.filter(provider_id=actor.organisation_id).unfinished()
        return self.filter(queues.overloading(mine, actor)).order_by("pk")

    def to_judge_by(self, actor: Actor) -> Self:
        """For this person of the unit; what they could not decide is for a colleague."""
        waits = Q(status=Status.WAITING) | (Q(status=Status.UNDECIDED) & ~Q(last=actor.user_id))
        return self._of(actor).filter(waits).order_by("arrives", "pk")

    def to_confirm_by(self, actor: Actor) -> Self:
        """For this person as the second of the unit."""
        mine = self._of(actor).filter(status=Status.JUDGED)
        return mine.exclude(last=actor.user_id).order_by("arrives", "pk")

    def in_order_of_review(self) -> Self:
        """What waits first; within that the oldest arrival."""
        rank = Case(
            *(When(status=status, then=Value(place)) for place, status in enumerate(UNFINISHED)),
            default=Value(len(UNFINISHED)),
        )
        return self.alias(rank=rank).order_by("rank", "arrives", "pk")

    def precision(self, versions: Iterable[Version]) -> dict[int, Precision]:
        """Of each version, with what was forgotten since."""
        rows = list(versions)
        finished = self.filter(version__in=[row.pk for row in rows]).values("version_id").order_by()
        counted = {
            one["version_id"]: one
            for one in finished.annotate(
                confirmed=Count("pk", filter=Q(status=Status.CONFIRMED)),
                dismissed=Count("pk", filter=Q(status=Status.DISMISSED)),
            )
        }
        none = {"confirmed": 0, "dismissed": 0}
        return {
            row.pk: Precision(
                counted.get(row.pk, none)["confirmed"] + row.forgotten_confirmed,
                counted.get(row.pk, none)["dismissed"] + row.forgotten_dismissed,
            )
            for row in rows
        }

    def _of(self, actor: Actor) -> Self:
        said = Ruling.objects.unscoped("to know who spoke last").filter(match=OuterRef("pk"))
        last = Subquery(said.order_by("-at", "-pk").values("user_id")[:1])
        return self.filter(provider_id=actor.organisation_id).alias(last=last)


class Match(Protected):
    """A version matched a passenger's journey. Says something of the journey; nothing follows by itself.

    Its scope is its own. facts: of the journey when it matched, sealed under the key of the
    passenger's record. about: what of the rule its recipient may see. revision: of the passenger's
    record. arrives: ISO text, of the flight.
    """

    reference = reference_field("M")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    # The passenger's record goes when its time is over; ``actions.forget`` removes the matches before.
    passenger = models.ForeignKey("travel.Passenger", models.DO_NOTHING, related_name="+")
    flight = models.ForeignKey("travel.Flight", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    about = models.JSONField()
    revision = models.PositiveIntegerField()
    facts = models.BinaryField()
    facts_under = models.CharField(max_length=40)
    arrives = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    found_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passenger", "version"], name="a_version_matches_a_passenger_once"
            ),
            models.CheckConstraint(
                name="a_match_is_finished_if_and_only_if_its_status_is_final",
                condition=Q(status__in=UNFINISHED, finished_at__isnull=True)
                | (~Q(status__in=UNFINISHED) & Q(finished_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["status", "arrives"], name="match_queue")]

    def __str__(self) -> str:
        return f"match:{self.reference}"

    @cached_property
    def told(self) -> dict[str, Any] | None:
        """The facts by name, or None once the passenger is masked."""
        try:
            return sealing.opened(bytes(self.facts), self.facts_under)
        except KeyDestroyed:
            return None

    def tell(self, told: dict[str, Any], passenger: Passenger) -> None:
        """Put these facts of the passenger's record in place of the last; the caller saves."""
        self.facts_under, self.revision = passenger.sealed_under, passenger.revision
        self.facts = sealing.sealed(told, self.facts_under)
        self.told = told


class RulingQuerySet(ProtectedQuerySet["Ruling"]):
    def of(self, match: Match) -> Self:
        return self.filter(match=match).order_by("at", "pk")


class Ruling(Protected):
    """What one person said of one match, and why. In the scope of the match; stays inside the unit.

    second: said as the second person. remark: free text, sealed under the scope of the match.
    """

    reference = reference_field("MR")
    match = models.ForeignKey(Match, models.DO_NOTHING, related_name="+")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    second = models.BooleanField(default=False)
    outcome = models.CharField(max_length=9, choices=Outcome)
    reason = models.CharField(max_length=20, choices=Reason)
    remark = models.BinaryField(default=b"")
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects = RulingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"ruling:{self.reference}"

    def words(self) -> str:
        """The remark, opened. Raises KeyDestroyed once the match was forgotten."""
        sealed = bytes(self.remark)
        return key_store().open(self.scope, sealed, context=REMARK).decode() if sealed else ""
