"""Who came back and was not assessed, looked into or reviewed: on any day, as known then or as known now."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone

from samenhang.exchange.models import Movement, MovementQuerySet, Reconsideration
from samenhang.exchange.rules.movements import AWAY, Whereabouts
from samenhang.foundation.days import end_of
from samenhang.journal import Actor
from samenhang.risk.models.assessments import Assessment, AssessmentQuerySet, Contest
from samenhang.risk.models.returns import Passage, PassageQuerySet, ProsecutionReview
from samenhang.risk.rules import MADE
from samenhang.risk.rules.returns import BACK, QUIET_AFTER, assess_by

COUNTED = "counted for coverage: numbers leave, or persons whom the reader may see anyway"


@dataclass(frozen=True, slots=True)
class Coverage:
    """Keys of persons. returnees: whoever came back; travellers: whoever was away or came back.

    due: the last day for the assessment of each who lacks one.
    """

    on: date
    known_by: datetime
    returnees: frozenset[int]
    due: dict[int, date]
    uninvestigated: frozenset[int]
    travellers: frozenset[int]
    unreviewed: frozenset[int]

    @property
    def unassessed(self) -> frozenset[int]:
        return frozenset(self.due)

    @property
    def late(self) -> frozenset[int]:
        """Whose last day for the assessment is past."""
        return frozenset(person for person, day in self.due.items() if day < self.on)


def coverage(on: date, *, known_by: datetime, movements: MovementQuerySet) -> Coverage:
    """Who was covered on that day, as known at that moment. Only assessments count that were final, by two
    people, not stale, and made after the last return. movements: those that the reader may count."""
    moved = movements.known_by(known_by).filter(true_on__lte=on)
    back = _returns(moved)
    made = _assessed(on, known_by)
    away = moved.filter(status__in=[*AWAY, Whereabouts.RETURNED])
    travellers = frozenset(away.order_by().values_list("person_id", flat=True).distinct())
    reviews = ProsecutionReview.objects.unscoped(COUNTED).standing(on, known_by=known_by)
    reviewed = frozenset(reviews.values_list("person_id", flat=True))
    met = Passage.objects.unscoped(COUNTED).filter(stage__in=BACK, true_on__lte=on, known_at__lte=known_by)
    # The last day of each person stays.
    arrived = dict(met.order_by("true_on", "pk").values_list("person_id", "true_on"))
    return Coverage(
        on,
        known_by,
        frozenset(back),
        {one: assess_by(day) for one, day in back.items() if made.get(one, date.min) < day},
        frozenset(one for one, day in back.items() if arrived.get(one, date.min) < day),
        travellers,
        travellers - reviewed,
    )


def looked_up(person_id: int, on: date, *, known_by: datetime) -> dict[str, bool]:
    """What of the pack of a gate can be looked up: whether it is there, and nothing of what it says."""
    moved = every_movement().known_by(known_by).filter(true_on__lte=on, person_id=person_id)
    made, back = _assessed(on, known_by, person_id).get(person_id), _returns(moved).get(person_id)
    reviews = ProsecutionReview.objects.unscoped(COUNTED).of_people([person_id])
    return {
        "movement": moved.filter(status__in=[*AWAY, Whereabouts.RETURNED]).exists(),
        "return": back is not None,
        "review": reviews.standing(on, known_by=known_by).exists(),
        "assessment": made is not None and (back is None or made >= back),
    }


def to_assess(actor: Actor) -> MovementQuerySet:
    """The return of each who is back, may be known to the actor, and lacks an assessment that counts.

    The longest waiting first. One query, so that a menu can count it.
    """
    back = Movement.objects.visible_to(actor).latest_on(actor.today, known_by=actor.now)
    made = _counting(actor.today, actor.now).filter(
        person_id=OuterRef("person_id"), final_at__date__gte=OuterRef("true_on")
    )
    waiting = back.filter(status=Whereabouts.RETURNED).exclude(Exists(made.order_by()))
    return waiting.order_by("true_on", "pk")


def whereabouts(on: date, *, known_by: datetime, movements: MovementQuerySet) -> dict[str, int]:
    """How many persons were where on that day, as known at that moment; each once, by the last movement."""
    last = movements.latest_on(on, known_by=known_by)
    return dict(Counter(last.order_by().values_list("status", flat=True)))


def quiet(on: date, *, known_by: datetime, movements: MovementQuerySet) -> int:
    """Of how many persons who were away, or of whom it is not known, nothing new was heard for long."""
    last = movements.latest_on(on, known_by=known_by)
    return last.filter(status__in=[*AWAY, Whereabouts.UNKNOWN], true_on__lt=on - QUIET_AFTER).count()


def stages(on: date, *, known_by: datetime, passages: PassageQuerySet) -> dict[str, int]:
    """How many trajectories were at which stage on that day, as known at that moment."""
    last = passages.latest_on(on, known_by=known_by)
    return dict(Counter(last.order_by().values_list("stage", flat=True)))


def every_movement() -> MovementQuerySet:
    """For who counts the whole country: numbers leave, records do not."""
    return Movement.objects.unscoped(COUNTED)


def every_passage() -> PassageQuerySet:
    return Passage.objects.unscoped(COUNTED)


def _returns(moved: MovementQuerySet) -> dict[int, date]:
    """The last day on which each person came back."""
    back = moved.filter(status=Whereabouts.RETURNED).order_by()
    return dict(back.values("person_id").annotate(last=Max("true_on")).values_list("person_id", "last"))


def _assessed(on: date, known_by: datetime, person_id: int | None = None) -> dict[int, date]:
    """The day of the last assessment of each person that counted on that day."""
    rows = _counting(on, known_by)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    found: dict[int, date] = {}
    for person, made in rows.order_by("final_at", "pk").values_list("person_id", "final_at"):
        assert made is not None
        found[person] = timezone.localtime(made).date()
    return found


def _counting(on: date, known_by: datetime) -> AssessmentQuerySet:
    """Final, by two people, within its term, not contested, and leaning on nothing that fell."""
    moment = min(end_of(on), known_by)
    fallen = Reconsideration.objects.unscoped(COUNTED).undermined(known_by)
    contested = Contest.objects.unscoped(COUNTED).filter(made_at__lte=moment)
    contested = contested.filter(Q(answered_at__isnull=True) | Q(answered_at__gt=moment))
    return (
        Assessment.objects.unscoped(COUNTED)
        .filter(stage__in=MADE, second_in=True, final_at__lte=moment, valid_until__gte=on)
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gt=moment))
        .exclude(first=F("second"))
        .exclude(reference__in=fallen.values("thing"))
        .exclude(pk__in=contested.values("assessment"))
    )
