"""Where an airport lies and what time it keeps: from airportsdata (MIT), which is about airports alone."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from zoneinfo import ZoneInfo

import airportsdata


@dataclass(frozen=True, slots=True)
class Airport:
    """latitude, longitude: degrees, north and east positive. zone: as the IANA names it."""

    code: str
    name: str
    city: str
    latitude: float
    longitude: float
    zone: str


def airport(code: str) -> Airport | None:
    """The airport with this IATA code; None when nobody knows it."""
    row = _table().get(code)
    if row is None:
        return None
    return Airport(code, row["name"], row["city"], row["lat"], row["lon"], row["tz"])


def instant(local: str, code: str) -> datetime | None:
    """The moment that is ``local`` (ISO text) at that airport; None when either says nothing.

    Of an hour that comes twice, when summer time ends, the first is meant.
    """
    found = airport(code)
    if not local or found is None:
        return None
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(found.zone))


@cache
def _table() -> dict[str, airportsdata.Airport]:
    return airportsdata.load("IATA")


@cache
def positions() -> tuple[tuple[float, float], ...]:
    """Where airports lie, as latitude and longitude: together they let coasts be guessed."""
    return tuple((row["lat"], row["lon"]) for row in _table().values())
