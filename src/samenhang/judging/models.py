"""What every thing to be judged keeps, and every judgement. Areas above make of it tables of their own."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.foundation.keys import KeyDestroyed, key_store
from samenhang.journal import Actor
from samenhang.judging.rules import CLAIM_LASTS, REOPENED, UNFINISHED, Kind, Queue, Status
from samenhang.organisations.models import User
from samenhang.travel import sealing
from samenhang.travel.models import Passenger

NOTE = "judging.note"

if TYPE_CHECKING:
    _Thing = TypeVar("_Thing", bound="Judged")
    _Said = TypeVar("_Said", bound="Judgement")
else:
    _Thing = TypeVar("_Thing")
    _Said = TypeVar("_Said")


class JudgedQuerySet(ProtectedQuerySet[_Thing]):
    """Questions about things to be judged."""

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def of_unit(self, actor: Actor) -> Self:
        """Of this person's own unit, which alone judges them."""
        return self.filter(provider_id=actor.organisation_id)

    def queue_of(self, actor: Actor) -> Queue:
        """What waits in this person's unit, beside the limits of this installation."""
        waiting = self.of_unit(actor).unfinished()
        oldest = waiting.order_by("found_at", "pk").values_list("found_at", flat=True).first()
        return Queue(waiting.count(), oldest, settings.HITS_MOST, settings.HITS_HOURS)

    def overloading(self, actor: Actor) -> Self:
        """The one of this person's unit that has waited longest, when the queue is too large or too old.

        One question of the database, so that it can be counted with all other work.
        """
        waiting = self.of_unit(actor).unfinished()
        oldest = waiting.order_by("found_at", "pk").values("pk")[:1]
        late = Q(found_at__lt=actor.now - timedelta(hours=settings.HITS_HOURS))
        many = Q(Exists(waiting.order_by("pk")[settings.HITS_MOST : settings.HITS_MOST + 1]))
        return self.filter((late | many) & Q(pk=Subquery(oldest))).order_by("pk")

    def to_judge_by(self, actor: Actor) -> Self:
        """For a judgement by this person of the unit; what they could not decide is for a colleague."""
        waits = Q(status=Status.WAITING) | (Q(status=Status.UNDECIDED) & ~Q(last_judge=actor.user_id))
        return self._with_last_judge().of_unit(actor).filter(waits).free_for(actor).urgent_first(actor.now)

    def to_confirm_by(self, actor: Actor) -> Self:
        """For this person as the second of the unit."""
        judged = self._with_last_judge().of_unit(actor).filter(status=Status.JUDGED)
        return judged.exclude(last_judge=actor.user_id).free_for(actor).urgent_first(actor.now)

    def claimed(self, actor: Actor) -> Self:
        """What somebody of this person's unit has taken, and not left too long."""
        taken = self.of_unit(actor).unfinished().filter(claimed_at__gt=actor.now - CLAIM_LASTS)
        return taken.order_by("claimed_by", "arrives", "pk")

    def free_for(self, actor: Actor) -> Self:
        """Without what a colleague has taken."""
        left = Q(claimed_at=None) | Q(claimed_at__lte=actor.now - CLAIM_LASTS)
        return self.filter(left | Q(claimed_by=actor.user_id))

    def urgent_first(self, now: datetime) -> Self:
        """What waits before what ended; of what waits, flights that have still to land, the first on top.

        Flights are told in the time of their airport; here they are compared with ours, so that the two
        groups part some hours early or late. The page says how much time is left. Unknown is not landed.
        """
        here = timezone.localtime(now).isoformat()[:16]
        coming = Q(arrives="") | Q(arrives__gte=here) | Q(arrives=here[:10])
        rank = Case(
            When(coming & Q(status__in=UNFINISHED), then=Value(0)),
            When(status__in=UNFINISHED, then=Value(1)),
            default=Value(2),
        )
        return self.alias(rank=rank).order_by("rank", "arrives", "pk")

    def _with_last_judge(self) -> Self:
        said = self.model.judgement().objects.unscoped("to know who spoke last").verdicts()
        last = said.filter(thing=OuterRef("pk")).order_by("-at", "-pk").values("user_id")[:1]
        return self.alias(last_judge=Subquery(last))


class Judged(Protected):
    """Something that was found in a passenger's record, for people to judge. Nothing follows by itself.

    Its scope is its own. quoted: what was found, in words and values of the record, sealed under the
    key of that record. revision: of the record, as it was looked at. arrives: ISO text, of the flight.
    claimed_by: who has taken it, so that two do not do the same work; it hinders nobody else.
    A table of it names ``recipient_id``: the body that it goes to once two people agree.
    """

    # The passenger's record goes when its time is over; the areas above remove what was found before.
    passenger = models.ForeignKey("travel.Passenger", models.DO_NOTHING, related_name="+")
    flight = models.ForeignKey("travel.Flight", models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    quoted = models.BinaryField()
    quoted_under = models.CharField(max_length=40)
    arrives = models.CharField(max_length=16, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.WAITING)
    found_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)

    KIND: Kind
    recipient_id: int

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="a_%(class)s_is_finished_if_and_only_if_its_status_is_final",
                condition=Q(status__in=UNFINISHED, finished_at__isnull=True)
                | (~Q(status__in=UNFINISHED) & Q(finished_at__isnull=False)),
            )
        ]
        indexes = [models.Index(fields=["status", "arrives"], name="%(class)s_queue")]

    def __str__(self) -> str:
        return f"{self.KIND.name}:{self.reference}"

    @classmethod
    def doors(cls) -> "JudgedQuerySet[Any]":
        """To all of these, of whichever table: ``visible_to`` and ``unscoped`` lead in."""
        return cast("JudgedQuerySet[Any]", cls._default_manager.all())

    @classmethod
    def judgement(cls) -> Any:
        """The table of what people said of these: a ``Judgement``."""
        return cls._meta.get_field("judgements").related_model

    @cached_property
    def found(self) -> dict[str, Any] | None:
        """What was found, or None once the passenger is masked."""
        try:
            return sealing.opened(bytes(self.quoted), self.quoted_under)
        except KeyDestroyed:
            return None

    def quote(self, found: dict[str, Any], passenger: Passenger) -> None:
        """Put what was found in the record as it now is in place of the last; the caller saves."""
        self.quoted_under, self.revision = passenger.sealed_under, passenger.revision
        self.quoted = sealing.sealed(found, self.quoted_under)
        self.found = found

    @property
    def page(self) -> str:
        return reverse(self.KIND.page, args=[self.reference])

    def hold(self, user: int | None, at: datetime | None) -> None:
        """Let this person have it since then, or nobody; the caller saves."""
        self.claimed_by_id, self.claimed_at = user, at

    def holder(self, now: datetime) -> User | None:
        """Who has it, unless they took it too long ago."""
        stands = self.claimed_at is not None and self.claimed_at > now - CLAIM_LASTS
        return self.claimed_by if stands else None

    def check_stands(self, on: date) -> None:
        """Raises Refused when what it rests on is gone by that day, so that it may lead nowhere."""


class JudgementQuerySet(ProtectedQuerySet[_Said]):
    """Questions about judgements."""

    def of(self, thing: Judged) -> Self:
        return self.filter(thing=thing).order_by("at", "pk")

    def verdicts(self) -> Self:
        """Without those that only asked for a second opinion."""
        return self.exclude(verdict=REOPENED)


class Judgement(Protected):
    """What one person said of one thing, and why. In the scope of that thing; stays inside the unit.

    Never changed: a second opinion stands beside the first one, after the row that asked for it.
    second: said as the second person. remark: free text, sealed under the scope of the thing.
    A table of it has ``thing``, with the related name ``judgements``.
    """

    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    second = models.BooleanField(default=False)
    verdict = models.CharField(max_length=9)
    reason = models.CharField(max_length=20)
    remark = models.BinaryField(default=b"")
    revision = models.PositiveIntegerField()
    at = models.DateTimeField()

    REMARK: str

    objects = JudgementQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"judgement:{self.reference}"

    def write(self, remark: str) -> None:
        """Seal these words; the caller saves."""
        said = remark.strip()
        self.remark = key_store().seal(self.scope, said.encode(), context=self.REMARK) if said else b""

    def words(self) -> str:
        """The remark, opened. Raises KeyDestroyed once the thing was forgotten."""
        sealed = bytes(self.remark)
        return key_store().open(self.scope, sealed, context=self.REMARK).decode() if sealed else ""


def tables() -> list[type[Judged]]:
    """Of every kind of thing to be judged, whichever areas above there are."""
    return [table for table in apps.get_models() if issubclass(table, Judged)]


class ShiftQuerySet(ProtectedQuerySet["Shift"]):
    """Questions about shifts that were handed over."""

    def waiting(self) -> Self:
        """Nobody took it over yet; the oldest first."""
        return self.filter(taken_at=None).order_by("at", "pk")

    def to_take_over_by(self, actor: Actor) -> Self:
        mine = self.waiting().filter(provider_id=actor.organisation_id)
        return mine.exclude(given_by=actor.user_id)

    def taken(self) -> Self:
        return self.exclude(taken_at=None).order_by("-taken_at", "-pk")


class Shift(Protected):
    """What one person of a unit leaves to the next shift. Its scope is its own.

    note: free text, sealed under that scope. things: references of what they had.
    """

    reference = reference_field("SH")
    given_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    note = models.BinaryField()
    things = models.JSONField(default=list)
    at = models.DateTimeField()
    taken_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_shift_is_taken_over_by_somebody_if_and_only_if_at_a_moment",
                condition=Q(taken_by=None, taken_at=None) | Q(taken_by__isnull=False, taken_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"shift:{self.reference}"

    def words(self) -> str:
        return key_store().open(self.scope, bytes(self.note), context=NOTE).decode()
