"""What every thing to be judged keeps, and every judgement. Areas above make of it tables of their own."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.utils.functional import cached_property

from samenhang.access.models import Protected, ProtectedQuerySet
from samenhang.foundation.keys import KeyDestroyed, key_store
from samenhang.journal import Actor
from samenhang.judging.rules import REOPENED, UNFINISHED, Kind, Queue, Status
from samenhang.travel import sealing
from samenhang.travel.models import Passenger

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
        return self._with_last_judge().of_unit(actor).filter(waits).order_by("arrives", "pk")

    def to_confirm_by(self, actor: Actor) -> Self:
        """For this person as the second of the unit."""
        judged = self._with_last_judge().of_unit(actor).filter(status=Status.JUDGED)
        return judged.exclude(last_judge=actor.user_id).order_by("arrives", "pk")

    def in_order_of_review(self) -> Self:
        """Waiting first, then what others wait for; within these the oldest arrival first."""
        places = (When(status=status, then=Value(place)) for place, status in enumerate(UNFINISHED))
        rank = Case(*places, default=Value(len(UNFINISHED)))
        return self.alias(rank=rank).order_by("rank", "arrives", "pk")

    def _with_last_judge(self) -> Self:
        said = self.model.judgement().objects.unscoped("to know who spoke last").verdicts()
        last = said.filter(thing=OuterRef("pk")).order_by("-at", "-pk").values("user_id")[:1]
        return self.alias(last_judge=Subquery(last))


class Judged(Protected):
    """Something that was found in a passenger's record, for people to judge. Nothing follows by itself.

    Its scope is its own. quoted: what was found, in words and values of the record, sealed under the
    key of that record. revision: of the record, as it was looked at. arrives: ISO text, of the flight.
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
