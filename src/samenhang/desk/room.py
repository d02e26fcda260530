"""What the areas above know of the item on the chair's screen: what everybody in the room may read."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import combinations
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from samenhang.cases.models import Case
from samenhang.conferences.models import Item
from samenhang.conferences.models.room import OnScreen, read_by_all
from samenhang.exchange.models import Movement, Statement
from samenhang.grounds.rules import measure
from samenhang.journal import Actor
from samenhang.measures.models import Measure
from samenhang.measures.rules import OPEN
from samenhang.measures.rules.collisions import why_they_collide
from samenhang.measures.views.kinds import kind_name
from samenhang.risk.models import Assessment, current

# Words of a text that stands in full further down the screen.
SHOWN_WORDS = 20


@dataclass(frozen=True, slots=True)
class News:
    """Something that came after the assessment: the day it was known, what it is, in some words.

    happened_on: of a statement or movement, when it was so. status: how far a measure is.
    """

    came_on: date
    kind: str
    words: str
    happened_on: date | None = None
    status: str = ""


def beside(item: Item, screen: OnScreen, actor: Actor) -> dict[str, Any]:
    """Advice, measures, what gets in the way of what, and what came since: for every reader of the screen."""
    case = Case.objects.visible_to(actor).filter(pk=item.case_id).first()
    if case is None:
        return {}
    counts = current([case.pk], actor).get(case.pk)
    shown = Assessment.objects.visible_to(actor).filter(pk=counts.pk if counts else 0)
    assessment = next(iter(read_by_all(shown, screen.readers)), None)
    measures = read_by_all(Measure.objects.visible_to(actor).of_case(case.pk), screen.readers)
    moves = Movement.objects.visible_to(actor).known_by(actor.now).about(case.person_id)
    movements = read_by_all(moves, screen.readers)
    return {
        "assessment": assessment,
        "measures": [{"measure": one, "name": _name(one), "until": one.last_day} for one in measures],
        "collisions": _collisions(measures),
        "news": _since(assessment, screen.statements, movements, measures) if assessment else [],
    }


def since(case: Case, assessment: Assessment, actor: Actor) -> list[News]:
    """What came after the day of the assessment, as far as the actor may read it; for who sets the agenda."""
    return _since(
        assessment,
        list(Statement.objects.visible_to(actor).standing().about(case.person_id)),
        list(Movement.objects.visible_to(actor).known_by(actor.now).about(case.person_id)),
        list(Measure.objects.visible_to(actor).of_case(case.pk)),
    )


def _collisions(measures: list[Measure]) -> list[tuple[str, str, list[str]]]:
    """Of the measures that run or are under way: which two may get in each other's way, and why."""
    running = [one for one in measures if one.status in OPEN]
    pairs = [(one, other, why_they_collide(one.kind, other.kind)) for one, other in combinations(running, 2)]
    return [(_name(one), _name(other), why) for one, other, why in pairs if why]


def _since(
    assessment: Assessment, statements: list[Statement], movements: list[Movement], measures: list[Measure]
) -> list[News]:
    """What came after the day of the assessment, the last first."""
    rows = [
        News(_day(one.known_at), one.get_kind_display(), _some(one.text), one.true_from) for one in statements
    ]
    rows += [
        News(_day(one.known_at), _("Movement"), _some(f"{one.get_status_display()}. {one.text}"), one.true_on)
        for one in movements
    ]
    rows += [
        News(one.suggested_on, _name(one), _some(one.necessity), status=one.get_status_display())
        for one in measures
    ]
    return sorted(
        (one for one in rows if assessment.made_on and one.came_on > assessment.made_on),
        key=lambda one: one.came_on,
        reverse=True,
    )


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


def _some(text: str) -> str:
    return Truncator(text).words(SHOWN_WORDS)


def _name(row: Measure) -> str:
    return kind_name(measure(row.kind))
