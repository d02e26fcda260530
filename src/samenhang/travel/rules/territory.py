"""Between which states a flight goes, and which flights within the Union may be processed at all.

Directive (EU) 2016/681 art. 2 and CJEU C-817/19, 162-174: flights between Member States only where a
Member State faces a terrorist threat, by a dated decision with reasons, or else selected routes and
airports, reviewed regularly. Flights inside one state are no matter of the directive at all (art. 3(2)-(3)).
"""

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from edifact import Flight
from samenhang.foundation.errors import Refused
from samenhang.grounds.rules.durations import Duration
from samenhang.travel.rules.permitted import Traveller

DATA = Path(__file__).parent.parent / "data" / "airports.json"
# Under which name of ``permitted.LEFT_BEHIND`` those are counted whom nothing lets us keep.
TURNED_AWAY = "within-the-union"


# Where nobody can see anybody, samples of any flight may be tried.
BENCH = ("bench", "")


class Scope(TextChoices):
    """Where a flight goes. UNPROVEN: an airport is not in the table, so it may lie in the Union."""

    EXTERNAL = "external"
    WITHIN = "within"
    INSIDE = "inside-one-state"
    UNPROVEN = "unproven"


class Why(TextChoices):
    """What lets flights within the Union in."""

    THREAT = "threat", gettext_lazy("A threat: all flights between Member States")
    ROUTES = "routes", gettext_lazy("Selected routes and airports")


# House limits after C-817/19, 171-172 and 174: strictly necessary in time, and regularly reviewed.
AT_MOST = {Why.THREAT: Duration(months=6), Why.ROUTES: Duration(months=12)}


@dataclass(frozen=True, slots=True)
class Selection:
    """A decision: all of them or these routes, on what basis, and the first and last day."""

    why: Why
    routes: str
    basis: str
    starts_on: date
    ends_on: date


class WithinTheUnion(Refused):
    code = "flight-within-the-union"
    status = 403


class NotSelectable(Refused):
    code = "not-selectable"


class StoredElsewhere(Refused):
    code = "stored-elsewhere"


class _Table:
    """``data/airports.json``, ready to look up."""

    def __init__(self) -> None:
        told = json.loads(DATA.read_text(encoding="utf-8"))
        self.state = {code: state for state, codes in told["airports"].items() for code in codes.split()}
        self.state |= {
            code: told["outermost"][state] for code, state in self.state.items() if state in told["outermost"]
        }
        self.members = {
            row["state"]: (
                date.fromisoformat(row["from"]),
                date.fromisoformat(row["until"]) if row["until"] else date.max,
            )
            for row in told["members"]
        }


@cache
def _table() -> _Table:
    return _Table()


def check_stored(state: str, on: date) -> None:
    """Directive art. 6(8): within the Union alone. state: as the operator says. Raises StoredElsewhere."""
    if not _is_member(state, on):
        raise StoredElsewhere(
            _(
                "Travel data may stand in a member state of the EU alone (PNR directive, article 6, "
                "paragraph 8). "
                "The operator says in which one: SAMENHANG_STORED_IN=NL."
            )
        )


def is_known(airport: str) -> bool:
    return airport in _table().state


def scope_of(airports: Iterable[str], on: date) -> Scope:
    """Where a flight goes that calls at these airports on that day.

    One airport known to lie outside the Union makes it a flight from or to a third country, stops
    included. An airport that nobody knows proves nothing, so nothing is assumed in favour of keeping.
    """
    table = _table()
    states = {table.state.get(code, "") for code in airports} or {""}
    members = {state for state in states if _is_member(state, on)}
    if states - members - {""}:
        return Scope.EXTERNAL
    if "" in states:
        return Scope.UNPROVEN
    return Scope.WITHIN if len(members) > 1 else Scope.INSIDE


def _is_member(state: str, on: date) -> bool:
    since, until = _table().members.get(state, (date.max, date.min))
    return since <= on <= until


def allowed(legs: Sequence[Flight], decisions: Collection[tuple[str, str]], on: date) -> list[bool]:
    """For each leg whether it may be processed. Legs of one flight number are one flight.

    decisions: ``(why, routes)`` of those that stand.
    """
    by_flight: dict[tuple[str, str], list[Flight]] = {}
    for leg in legs:
        by_flight.setdefault((leg.carrier, leg.number), []).append(leg)
    may = {flight: _may(several, decisions, on) for flight, several in by_flight.items()}
    return [may[leg.carrier, leg.number] for leg in legs]


def _may(legs: list[Flight], decisions: Collection[tuple[str, str]], on: date) -> bool:
    if BENCH in decisions:
        return True
    airports = [code for leg in legs for code in (leg.departure_airport, leg.arrival_airport)]
    match scope_of(airports, on):
        case Scope.EXTERNAL:
            return True
        case Scope.INSIDE:
            return False
        case Scope.UNPROVEN:
            return any(why == Why.THREAT for why, _routes in decisions)
        case _:
            ends = {frozenset((leg.departure_airport, leg.arrival_airport)) for leg in legs}
            return any(
                why == Why.THREAT or any(_covers(route, ends) for route in routes.split())
                for why, routes in decisions
            )


def _covers(route: str, ends: set[frozenset[str]]) -> bool:
    """A route holds in both directions; an airport alone selects all its flights."""
    here = set(route.split("-"))
    return any(here <= two for two in ends)


def leg_of(traveller: Traveller, legs: Sequence[Flight]) -> int:
    """The leg on which they board, else the one on which they leave, else the first."""
    boards = [i for i, leg in enumerate(legs) if leg.departure_airport == traveller.embarkation]
    leaves = [i for i, leg in enumerate(legs) if leg.arrival_airport == traveller.debarkation]
    return [*boards, *leaves, 0][0]


def turned_away(people: int, on: date) -> WithinTheUnion:
    return WithinTheUnion(
        _(
            "Nothing shows that this flight goes to or from a third country, and no decision lets flights "
            "within the EU in on %(day)s. Nobody of the %(people)d people was kept."
        )
        % {"day": date_format(on, "DATE_FORMAT"), "people": people}
    )


def tidy(routes: str) -> str:
    """``ams-ath, VIE`` as ``AMS-ATH VIE``. Raises NotSelectable."""
    found = [part for part in re.split(r"[\s,;]+", routes.upper()) if part]
    for route in found:
        ends = route.split("-")
        if len(ends) > 2 or len(set(ends)) != len(ends) or not all(is_known(code) for code in ends):
            raise NotSelectable(
                _("“%s” is no airport or route. Write airports as AMS and routes as AMS-ATH.") % route
            )
    return " ".join(dict.fromkeys(found))


def check_selection(wanted: Selection) -> None:
    """Raises NotSelectable."""
    if wanted.why == Why.ROUTES and not wanted.routes:
        raise NotSelectable(_("Name the routes or airports."))
    if wanted.why == Why.THREAT and wanted.routes:
        raise NotSelectable(_("A threat decision holds for all flights: leave the routes empty."))
    limit = AT_MOST[wanted.why].after(wanted.starts_on)
    if wanted.ends_on >= limit:
        raise NotSelectable(
            _("This decision may last %(months)d months at most. Review it then, and decide anew.")
            % {"months": AT_MOST[wanted.why].months}
        )
