"""One question per figure, asked of the states of the areas below. Nothing here knows a number."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from samenhang.cases.models import Case, Weighing
from samenhang.cases.rules import Stage
from samenhang.exchange.models import Signal
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status
from samenhang.national_picture.models import Release
from samenhang.national_picture.rules import (
    Asked,
    Counted,
    Definition,
    Figure,
    Signature,
    Window,
    editions,
    quoted,
)
from samenhang.organisations.models import User
from samenhang.persons.models import Person
from samenhang.persons.rules import is_minor
from samenhang.travel.models import Message
from samenhang.travel.rules import State
from samenhang.watchlists.models import Alert, Hit, Judgement

# Counting looks at all records and shows none of them.
COUNTED = "counted for the report: numbers leave, records do not"


def figure_of(definition: Definition, asked: Asked) -> Figure:
    """One figure as it stands now, with the release that holds for it."""
    if definition.origin == "quoted":
        return quoted(definition, asked)
    window = definition.window.cut(asked)
    counted = count(definition, window)
    return Figure(definition, window, counted, release=_signature(definition.key, window, counted))


def _signature(key: str, window: Window, counted: Counted) -> Signature | None:
    row = Release.objects.holding(key, window, counted)
    if row is None:
        return None
    official = User.objects.select_related("organisation").get(reference=row.released_by)
    on = timezone.localtime(row.released_at).date()
    return Signature(row.reference, official.name, official.organisation.name, on, row.reason)


def count(definition: Definition, window: Window) -> Counted:
    """The exact count of a figure in a window: a number, or the terms one by one."""
    answer = QUESTIONS[definition.question](window, definition.kinds)
    return answer if isinstance(answer, int | tuple) else int(answer.count())


def _all(model: Any) -> Any:
    return model.objects.unscoped(COUNTED)


def _in(field: str, window: Window) -> dict[str, date]:
    return {f"{field}__date__gte": window.since, f"{field}__date__lte": window.until}


def _imposed(window: Window, kinds: tuple[str, ...]) -> Any:
    """Imposed in the window and not withdrawn since."""
    return _all(Measure).decided_between(window.since, window.until).filter(kind__in=kinds)


def _persons(window: Window, kinds: tuple[str, ...]) -> Any:
    """The persons on whom such measures were imposed, each once."""
    return _imposed(window, kinds).order_by().values("person_id").distinct()


def _minors(window: Window, kinds: tuple[str, ...]) -> int:
    """Persons under eighteen on a day on which such a measure was imposed on them, each once."""
    imposed = list(_imposed(window, kinds).order_by().values_list("person_id", "decided_on"))
    people = _all(Person).filter(pk__in={person for person, _on in imposed})
    born = dict(people.values_list("pk", "birth_date"))
    return len({person for person, on in imposed if is_minor(born[person], on)})


def _pending(window: Window, kinds: tuple[str, ...]) -> Any:
    """Begun by the last day, and that day neither decided nor withdrawn."""
    begun = _all(Measure).filter(kind__in=kinds, suggested_on__lte=window.until)
    undecided = begun.filter(Q(decided_on__isnull=True) | Q(decided_on__gt=window.until))
    return undecided.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=window.until))


def _other(window: Window, _kinds: tuple[str, ...]) -> Any:
    """Of all kinds that no figure of the same edition names."""
    edition = next(e for e in editions() if any(d.question == "measures_other" for d in e.figures))
    named = [kind for definition in edition.figures for kind in definition.kinds]
    return _all(Measure).decided_between(window.since, window.until).exclude(kind__in=named)


def _alerts(window: Window, _kinds: tuple[str, ...]) -> Any:
    """Issued by the end of the last day, and not lifted by then."""
    issued = _all(Alert).filter(issued_at__date__lte=window.until)
    return issued.filter(Q(lifted_at__isnull=True) | Q(lifted_at__date__gt=window.until))


def _messages(window: Window, _kinds: tuple[str, ...] = ()) -> Any:
    return _all(Message).filter(state=State.READ, **_in("received_at", window))


def _passengers(window: Window, _kinds: tuple[str, ...]) -> int:
    """As the messages counted them: they themselves are gone after six months."""
    return int(_messages(window).aggregate(sum=Sum("newcomers"))["sum"] or 0)


Question = Callable[[Window, tuple[str, ...]], Any]
QUESTIONS: dict[str, Question] = {
    "measures": _imposed,
    "measured_persons": _persons,
    "minors": _minors,
    "pending": _pending,
    "measures_other": _other,
    "measures_lapsed": lambda w, _k: _all(Measure).filter(
        status=Status.LAPSED, ended_on__gte=w.since, ended_on__lte=w.until
    ),
    "messages": _messages,
    "passengers": _passengers,
    "alerts": _alerts,
    "hits": lambda w, _k: _all(Hit).filter(**_in("found_at", w)),
    "hits_judged": lambda w, _k: _all(Judgement).filter(**_in("at", w)),
    "hits_confirmed": lambda w, _k: _all(Hit).confirmed().filter(**_in("finished_at", w)),
    "signals": lambda w, _k: _all(Signal).filter(withdrawn_at__isnull=True, **_in("offered_at", w)),
    "weighings_not_taken_up": lambda w, _k: _all(Weighing).filter(
        stage=Stage.NOT_TAKEN_UP, **_in("decided_at", w)
    ),
    "cases_opened": lambda w, _k: _all(Case).filter(**_in("opened_at", w)),
}
