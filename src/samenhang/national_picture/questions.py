"""One question per figure, asked of the states of the areas below. Nothing here knows a number."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from samenhang.cases.models import Case, Certificate, Weighing
from samenhang.cases.rules import Stage
from samenhang.exchange.models import (
    Movement,
    OfficialMessage,
    Reconsideration,
    RegisteredQuestion,
    Signal,
)
from samenhang.exchange.rules.asking import REGISTERED_FOR
from samenhang.exchange.rules.movements import AWAY, Whereabouts
from samenhang.measures.models import Arrest, Custody, Measure
from samenhang.measures.rules import Status
from samenhang.national_picture.models import Delivery, Entry, Publication, Release
from samenhang.national_picture.rules import (
    Asked,
    Counted,
    Definition,
    Figure,
    Kind,
    Signature,
    Window,
    delivered,
    delivering,
    editions,
    effort,
    quoted,
)
from samenhang.national_picture.rules.differencing import lets_subtract
from samenhang.organisations.models import User
from samenhang.persons.models import Person
from samenhang.persons.rules import is_minor
from samenhang.prosecution.models import CriminalCase, RoleTally, SuspectedRole
from samenhang.prosecution.rules.tables import roles
from samenhang.travel.models import Message
from samenhang.travel.rules import State
from samenhang.watchlists.models import Alert, HitTally
from samenhang.watchlists.rules.quality import What

# Counting looks at all records and shows none of them.
COUNTED = "counted for the report: numbers leave, records do not"


@dataclass(frozen=True, slots=True)
class Ask:
    """What a question needs to know: which days, which kinds of measure, and the moment of asking."""

    window: Window
    kinds: tuple[str, ...]
    now: datetime


def figure_of(definition: Definition, asked: Asked, *, now: datetime) -> Figure:
    """One figure as it is known now, with the release that holds for it, beside what was published."""
    if definition.origin == "entered":
        return _entered(definition, asked, now)
    if definition.origin != "counted":
        return _delivered(definition, asked) or quoted(definition, asked)
    window = definition.window.cut(asked)
    answer = QUESTIONS[definition.question](Ask(window, definition.kinds, now))
    if answer is None:
        return Figure(definition, window)
    counted: Counted = answer if isinstance(answer, int | tuple) else int(answer.count())
    return _guarded(Figure(definition, window, counted, doubted=_doubted(definition, asked, now)), now)


def _guarded(figure: Figure, now: datetime) -> Figure:
    """With the release that holds for it, and held back where a reader could subtract published totals."""
    key = figure.definition.key
    if figure.counted is not None:
        figure = replace(figure, release=_signature(key, figure.window, figure.counted))
    if figure.total and lets_subtract(figure.total, Publication.objects.totals(key, now)):
        return replace(figure, held_back=True)
    return figure


def _entered(definition: Definition, asked: Asked, now: datetime) -> Figure:
    """What the body itself entered by quarter; it is small, released and subtracted as what is counted."""
    rows = Entry.objects.by_quarter(definition.key, now)
    values = {quarter: row.value for quarter, row in rows.items()}
    found = effort.added_up(definition.window, asked, values)
    if found is None:
        return Figure(definition, definition.window.cut(asked), origin="entered")
    quarters, value = found
    until = quarters[-1].window.until
    since = until if definition.window.kind == Kind.DAY else quarters[0].window.since
    source = _told_by(rows[quarters[-1]], len(quarters))
    return _guarded(Figure(definition, Window(since, until), value, origin="entered", source=source), now)


def _told_by(row: Entry, quarters: int) -> dict[str, str]:
    """By whom, from which document and when; of several quarters that of the last."""
    on, day = row.source_on.isoformat(), timezone.localtime(row.entered_at).date().isoformat()
    last = quarters > 1
    return {
        "nl": f"{row.organisation}, {row.source} ({on}), opgegeven op {day} ({row.reference})"
        + (f"; {quarters} kwartalen opgeteld, dit is het laatste" if last else ""),
        "en": f"{row.organisation}, {row.source} ({on}), entered on {day} ({row.reference})"
        + (f"; {quarters} quarters added up, this is the last" if last else ""),
    }


def _delivered(definition: Definition, asked: Asked) -> Figure | None:
    """What the body that knows this figure delivered for a window that had ended: it goes before a quotation.

    The signature is verified at every use, so that a changed row is no delivery.
    """
    row = Delivery.objects.last_word(definition.key, asked.until) if definition.delivered_by else None
    if row is None:
        return None
    data = bytes(row.statement)
    if not delivering.is_signed(data, bytes(row.signature), bytes(row.source_key.public)):
        return Figure(definition, definition.window.cut(asked), origin="delivered")
    statement = delivering.read(json.loads(data.removeprefix(delivering.CONTEXT)))
    return delivered(definition, statement, row.reference)


def _signature(key: str, window: Window, counted: Counted) -> Signature | None:
    row = Release.objects.holding(key, window, counted)
    if row is None:
        return None
    official = User.objects.select_related("organisation").get(reference=row.released_by)
    on = timezone.localtime(row.released_at).date()
    return Signature(row.reference, official.name, official.organisation.name, on, row.reason)


def _all(model: Any) -> Any:
    return model.objects.unscoped(COUNTED)


def _in(field: str, ask: Ask) -> dict[str, date]:
    return {f"{field}__date__gte": ask.window.since, f"{field}__date__lte": ask.window.until}


def _imposed(ask: Ask) -> Any:
    """Imposed in the window and not withdrawn since."""
    return _all(Measure).decided_between(ask.window.since, ask.window.until).filter(kind__in=ask.kinds)


def _persons(ask: Ask) -> Any:
    """The persons on whom such measures were imposed, each once."""
    return _imposed(ask).order_by().values("person_id").distinct()


def _minors(ask: Ask) -> int:
    """Persons under eighteen on a day on which such a measure was imposed on them, each once."""
    imposed = list(_imposed(ask).order_by().values_list("person_id", "decided_on"))
    people = _all(Person).filter(pk__in={person for person, _on in imposed})
    born = dict(people.values_list("pk", "birth_date"))
    return len({person for person, on in imposed if is_minor(born[person], on)})


def _pending(ask: Ask) -> Any:
    """Begun by the last day, and that day neither decided nor withdrawn."""
    return _all(Measure).pending_on(ask.window.until).filter(kind__in=ask.kinds)


def _other(ask: Ask) -> Any:
    """Of all kinds that no figure of the same edition names."""
    edition = next(e for e in editions() if any(d.question == "measures_other" for d in e.figures))
    named = [kind for definition in edition.figures for kind in definition.kinds]
    return _all(Measure).decided_between(ask.window.since, ask.window.until).exclude(kind__in=named)


def _lapsed(ask: Ask) -> Any:
    ended = _all(Measure).filter(ended_on__gte=ask.window.since, ended_on__lte=ask.window.until)
    return ended.filter(status=Status.LAPSED)


def _left(ask: Ask) -> Any:
    """Persons who were first away in the window, as far as is known now; each once."""
    window = ask.window
    return _all(Movement).left_between(window.since, window.until, known_by=ask.now)


def _returned(ask: Ask) -> Any:
    """Persons who came back in the window, as far as is known now; each once."""
    window = ask.window
    return _all(Movement).returned_between(window.since, window.until, known_by=ask.now)


def _official_messages(ask: Ask) -> Any:
    """Of the general service alone: the letter counts no messages of the military one."""
    sent = _all(OfficialMessage).sent_between(ask.window.since, ask.window.until)
    return sent.filter(provider__authority="AIVD")


def _arrests(ask: Ask) -> Any:
    """Arrests of persons who had come back by then."""
    arrests = _all(Arrest).between(ask.window.since, ask.window.until)
    return arrests.of_returnees(known_by=ask.now)


def _every_arrest(ask: Ask) -> Any:
    return _all(Arrest).between(ask.window.since, ask.window.until)


def _questions_to_the_police(ask: Ask) -> Any:
    """Sent in the window; not known where the register of questions was emptied since, wholly or in part."""
    if ask.window.since <= (ask.now - REGISTERED_FOR).date():
        return None
    return _all(RegisteredQuestion).sent().filter(asked__authority="POL", **_in("at", ask))


def _returnees_arrested(ask: Ask) -> Any:
    """The persons, each once."""
    return _arrests(ask).order_by().values("person_id").distinct()


def _extensions(ask: Ask) -> tuple[int, ...]:
    """By how many days courts extended the detention of those persons, decision by decision."""
    extended = _all(Custody).extended_between(ask.window.since, ask.window.until)
    return tuple(extended.filter(arrest__in=_arrests(ask).values("pk")).values_list("days", flat=True))


def _criminal_cases(role: str, ask: Ask) -> int:
    """That began in the window about somebody suspected to be this, as is said now; also those destroyed."""
    days = (ask.window.since, ask.window.until)
    began = _all(CriminalCase).standing().filter(began_on__range=days).values_list("pk", flat=True)
    standing = _all(SuspectedRole).filter(criminal_case__in=list(began), withdrawn_at__isnull=True)
    return int(standing.filter(role=role).count()) + RoleTally.objects.between(*days, role)


def _alerts(ask: Ask) -> Any:
    """Issued by the end of the last day, and not lifted by then."""
    issued = _all(Alert).filter(issued_at__date__lte=ask.window.until)
    return issued.filter(Q(lifted_at__isnull=True) | Q(lifted_at__date__gt=ask.window.until))


def _messages(ask: Ask) -> Any:
    return _all(Message).filter(state=State.READ, **_in("received_at", ask))


def _passengers(ask: Ask) -> int:
    """As the messages counted them: they themselves are gone after six months."""
    return int(_messages(ask).aggregate(sum=Sum("newcomers"))["sum"] or 0)


def _tallied(what: What, ask: Ask) -> int:
    """As the days counted them: hits are forgotten with their passengers, and a past period stays."""
    return HitTally.objects.between(ask.window.since, ask.window.until).total(what)


def _signals(ask: Ask) -> Any:
    return _all(Signal).filter(withdrawn_at__isnull=True, **_in("offered_at", ask))


def _not_taken_up(ask: Ask) -> Any:
    return _all(Weighing).filter(stage=Stage.NOT_TAKEN_UP, **_in("decided_at", ask))


def _forgotten(ask: Ask) -> int:
    """Weighings of these days that took nothing up and were destroyed since: certificates count them."""
    days = (ask.window.since, ask.window.until)
    return Certificate.objects.of_weighings().filter(closed_on__range=days).count()


QUESTIONS: dict[str, Callable[[Ask], Any]] = {
    "measures": _imposed,
    "measured_persons": _persons,
    "minors": _minors,
    "pending": _pending,
    "measures_other": _other,
    "measures_lapsed": _lapsed,
    "left": _left,
    "returned": _returned,
    "official_messages": _official_messages,
    "returnees_arrested": _returnees_arrested,
    "extensions": _extensions,
    "arrests": _every_arrest,
    "questions_to_the_police": _questions_to_the_police,
    "messages": _messages,
    "passengers": _passengers,
    "alerts": _alerts,
    "hits": lambda ask: _tallied(What.FOUND, ask),
    "hits_judged": lambda ask: _tallied(What.JUDGEMENT, ask),
    "hits_confirmed": lambda ask: _tallied(What.CONFIRMED, ask),
    "signals": lambda ask: _signals(ask).count() + _forgotten(ask),
    "weighings_not_taken_up": lambda ask: _not_taken_up(ask).count() + _forgotten(ask),
    "cases_opened": lambda ask: _all(Case).filter(**_in("opened_at", ask)),
    **{f"criminal_cases_{role.replace('-', '_')}": partial(_criminal_cases, role) for role in roles()},
}

# The records behind a figure that can lean on what somebody said; the other figures count what was received.
BEHIND: dict[str, Callable[[Ask], Any]] = {
    "arrests": _every_arrest,
    "measures": _imposed,
    "measured_persons": _imposed,
    "minors": _imposed,
    "pending": _pending,
    "measures_other": _other,
    "measures_lapsed": _lapsed,
    "left": lambda ask: _moved(ask).filter(status__in=AWAY),
    "returned": lambda ask: _moved(ask).filter(status=Whereabouts.RETURNED),
    "official_messages": _official_messages,
    "returnees_arrested": _arrests,
    "extensions": lambda ask: (
        _all(Custody)
        .extended_between(ask.window.since, ask.window.until)
        .filter(arrest__in=_arrests(ask).values("pk"))
    ),
    "signals": _signals,
    "weighings_not_taken_up": _not_taken_up,
    "cases_opened": QUESTIONS["cases_opened"],
}


def behind(definition: Definition, asked: Asked, *, now: datetime) -> Any:
    """The records that this figure counts and that can lean on a statement; None for other figures."""
    if definition.origin != "counted" or definition.question not in BEHIND:
        return None
    window = definition.window.cut(asked)
    return BEHIND[definition.question](Ask(window, definition.kinds, now)).order_by()


def _doubted(definition: Definition, asked: Asked, now: datetime) -> int:
    """How many of the records behind it must be looked at again, because something under them fell."""
    records = behind(definition, asked, now=now)
    if records is None:
        return 0
    duties = Reconsideration.objects.unscoped(COUNTED).doubting(now)
    return int(records.filter(reference__in=duties.values("thing")).count())


def _moved(ask: Ask) -> Any:
    known = _all(Movement).known_by(ask.now)
    return known.filter(true_on__gte=ask.window.since, true_on__lte=ask.window.until)
