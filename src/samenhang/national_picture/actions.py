"""Making the report: one question per figure, asked of the states below."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from samenhang.access import policy
from samenhang.cases.models import Case, Weighing
from samenhang.cases.rules import Stage
from samenhang.exchange.models import Signal
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status
from samenhang.national_picture.rules import Definition, Figure, Window, definitions
from samenhang.travel.models import Message, Passenger
from samenhang.travel.rules import State
from samenhang.watchlists.models import Alert, Hit, Judgement

# Counting looks at all records and shows none of them.
COUNTED = "counted for the report: numbers leave, records do not"


@transaction.atomic
def make_report(window: Window, *, by: Actor) -> tuple[Figure, ...]:
    """All figures of the progress report for one window. Raises NotYours."""
    policy.require_function(by, "report.make")
    figures = tuple(Figure(definition, window, _count(definition, window)) for definition in definitions())
    record("report.made", "", by=by, operation=Operation.CONSULTATION)
    return figures


def _count(definition: Definition, window: Window) -> int:
    if definition.kinds:
        return _measures_of(definition, window)
    return int(QUESTIONS[definition.key](window).count())


def _measures_of(definition: Definition, window: Window) -> int:
    """Imposed in the window and not withdrawn since: measures, or the persons they are about."""
    rows = _imposed(window).filter(kind__in=definition.kinds)
    return int(rows.values("person_id").distinct().count() if definition.persons else rows.count())


def _all(model: Any) -> Any:
    return model.objects.unscoped(COUNTED)


def _in(field: str, window: Window) -> dict[str, date]:
    return {f"{field}__date__gte": window.since, f"{field}__date__lte": window.until}


def _imposed(window: Window) -> Any:
    return _all(Measure).decided_between(window.since, window.until)


def _other(window: Window) -> Any:
    named = [kind for definition in definitions() for kind in definition.kinds]
    return _imposed(window).exclude(kind__in=named)


def _alerts(window: Window) -> Any:
    """Issued by the end of the last day, and not lifted by then."""
    issued = _all(Alert).filter(issued_at__date__lte=window.until)
    return issued.filter(Q(lifted_at__isnull=True) | Q(lifted_at__date__gt=window.until))


QUESTIONS: dict[str, Callable[[Window], Any]] = {
    "messages": lambda w: _all(Message).filter(state=State.READ, **_in("received_at", w)),
    "passengers": lambda w: _all(Passenger).filter(message__in=QUESTIONS["messages"](w).values("pk")),
    "alerts": _alerts,
    "hits": lambda w: _all(Hit).filter(**_in("found_at", w)),
    "hits_judged": lambda w: _all(Judgement).filter(**_in("at", w)),
    "hits_confirmed": lambda w: _all(Hit).confirmed().filter(**_in("finished_at", w)),
    "signals": lambda w: _all(Signal).filter(withdrawn_at__isnull=True, **_in("offered_at", w)),
    "weighings_not_taken_up": lambda w: _all(Weighing).filter(
        stage=Stage.NOT_TAKEN_UP, **_in("decided_at", w)
    ),
    "cases_opened": lambda w: _all(Case).filter(**_in("opened_at", w)),
    "measures_other": _other,
    "measures_lapsed": lambda w: _all(Measure).filter(
        status=Status.LAPSED, ended_on__gte=w.since, ended_on__lte=w.until
    ),
}
