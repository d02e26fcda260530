"""What a rule may see of a journey: the whole of it.

Each fact stands on a point of annex I to Directive (EU) 2016/681. What is missing is missing on
purpose: names, nationality and the state that issued a document (art. 6(4): never a criterion, nor
by a detour), sex and age (Charter art. 21), seats, numbers of tickets and of frequent flyers (they
say who somebody is, or nothing), contact and payment (not kept at all).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, get_type_hints

from django.utils.translation import gettext_lazy as _

Legs = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Facts:
    """One passenger's journey, without the passenger. None: no message told it."""

    carrier: str | None = None
    departure: str | None = None
    arrival: str | None = None
    airports: list[str] | None = None
    legs: int | None = None
    one_way: bool | None = None
    days_booked_ahead: int | None = None
    days_away: int | None = None
    bags: int | None = None
    baggage_kg: int | None = None
    split_booking: bool | None = None
    document_days_left: int | None = None

    def told(self) -> dict[str, Any]:
        """The facts that are known, by name."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name)) is not None}


# The point of annex I on which each fact stands, and what it says.
ANNEX: dict[str, tuple[str, object]] = {
    "carrier": ("18", _("Code of the carrier of this flight")),
    "departure": ("7, 18", _("Airport where this flight leaves")),
    "arrival": ("7, 18", _("Airport where this flight arrives")),
    "airports": ("7", _("All airports of the journey")),
    "legs": ("7", _("Number of flights in the journey")),
    "one_way": ("7", _("The journey does not end where it began")),
    "days_booked_ahead": ("2, 3", _("Days from booking until the first flight")),
    "days_away": ("3, 7", _("Days from the first flight until the last")),
    "bags": ("16", _("Number of bags")),
    "baggage_kg": ("16", _("Weight of the bags in kilograms")),
    "split_booking": ("11", _("The booking was split off from another")),
    "document_days_left": ("18", _("Days that the travel document is still valid after this flight")),
}
# Where somebody goes says much of where their family comes from: see ``expressions.check_rests_on_more``.
PLACES = ("carrier", "departure", "arrival", "airports")


def kinds() -> dict[str, Any]:
    """The type of each fact: str, int, bool or list[str]."""
    return {name: next(iter(hint.__args__)) for name, hint in get_type_hints(Facts).items()}


def facts_of(told: Mapping[str, Any], flight: Mapping[str, str]) -> Facts:
    """told: what is kept of a passenger (``travel.rules.permitted``). flight: as in an itinerary.

    Nothing in it raises: what a message told in an odd way is no fact.
    """
    legs: Legs = told["booking"].get("itinerary", [])
    leaves = _day(flight.get("departs_at", ""))
    first = _day(legs[0].get("departs_at", "")) if legs else leaves
    last = _day(legs[-1].get("departs_at", "")) if len(legs) > 1 else None
    airports = _airports(legs)
    return Facts(
        carrier=flight.get("carrier") or None,
        departure=flight.get("departure_airport") or None,
        arrival=flight.get("arrival_airport") or None,
        airports=airports or None,
        legs=len(legs) or None,
        one_way=airports[0] != airports[-1] if airports else None,
        days_booked_ahead=_between(_day(told["booking"].get("created_at", "")), first),
        days_away=_between(first, last),
        bags=told["bags"].get("count"),
        baggage_kg=told["bags"].get("weight_kg"),
        # Only a booking that is known can be known not to be split.
        split_booking=bool(told["booking"].get("split_locators")) if legs else None,
        document_days_left=_between(leaves, _expiry(told["documents"])),
    )


def flight_of(row: Any) -> dict[str, str]:
    """A stored flight as ``facts_of`` takes it."""
    return {
        "carrier": row.carrier,
        "departure_airport": row.departure_airport,
        "arrival_airport": row.arrival_airport,
        "departs_at": row.departs_at or (row.departs_on.isoformat() if row.departs_on else ""),
    }


def _airports(legs: Legs) -> list[str]:
    """In the order of travel, each stop once; empty when an airport is not known."""
    stops = [leg.get(end, "") for leg in legs for end in ("departure_airport", "arrival_airport")]
    if not all(stops):
        return []
    return [stop for place, stop in enumerate(stops) if place == 0 or stops[place - 1] != stop]


def _expiry(documents: list[dict[str, str]]) -> date | None:
    """The document that is valid longest: whoever has two may use either."""
    known = [day for one in documents if (day := _day(one.get("expiry", "")))]
    return max(known) if known else None


def _between(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start and end else None


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
