"""Flight numbers, and airports with times paired to legs."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from edifact import dates
from edifact.envelope import Body
from edifact.records import Flight
from edifact.segments import Segment

# Carrier: two characters of which at least one a letter (IATA), or three letters (ICAO).
_FLIGHT = re.compile(r"([A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z])\s*0{0,4}([0-9]{1,5}[A-Z]?)$")


@dataclass
class Stop:
    """A LOC of the flight group (125 departure, 87 arrival, 92 other) with its DTM texts."""

    code: str
    airport: str
    departs: str = ""
    arrives: str = ""


def flight_number(text: str, carrier: str = "") -> tuple[str, str]:
    """("KL", "1234A") from KL1234A, KL 01234A, or from a number and its carrier.

    Gives ("", text) where no carrier can be told from it.
    """
    text = text.strip().upper()
    carrier = carrier.strip().upper()
    if carrier and text.startswith(carrier):
        return carrier, _unpadded(text[len(carrier) :].strip())
    match = _FLIGHT.match(text)
    if match is not None:
        return match[1], _unpadded(match[2])
    return carrier, _unpadded(text)


def _unpadded(number: str) -> str:
    return number.lstrip("0") or number


def legs(tdt: Segment, stops: list[Stop], body: Body, at: int) -> list[Flight]:
    """A place with a departure opens a leg, one with an arrival ends it.

    Where no times are given, 125 opens, 87 ends, and 92 does what is due. A flight
    without any place is still one leg. at: the place of the TDT among the segments of body.
    """
    carrier, number = flight_number(tdt.at(1), tdt.at(4))
    if not carrier:
        body.problem("no carrier can be told from the flight number", at)
    found: list[dict[str, Any]] = []
    flying = False
    for stop in stops:
        if stop.arrives or stop.departs:
            lands, leaves = bool(stop.arrives), bool(stop.departs)
        else:
            lands = stop.code == "87" or (stop.code == "92" and flying)
            leaves = not lands
        if lands:
            if not flying:
                found.append({})
            found[-1] |= {"arrival_airport": stop.airport, "arrives_at": _moment(at, stop.arrives, body)}
            flying = False
        if leaves:
            found.append({"departure_airport": stop.airport, "departs_at": _moment(at, stop.departs, body)})
            flying = True
    return [Flight(carrier=carrier, number=number, **leg) for leg in found or [{}]]


def _moment(at: int, text: str, body: Body) -> datetime | None:
    try:
        return dates.moment(text) if text else None
    except ValueError:
        body.problem("unreadable time of departure or arrival", at)
        return None


def travelled(tvl: Segment, body: Body) -> Flight:
    """The leg of a TVL: dates and times, airports, carrier (with operator), number (with class)."""
    departs, arrives = _times(tvl, body)
    carrier, operator = tvl.code(3), tvl.code(3, 1)
    return Flight(
        carrier=carrier,
        number=_unpadded(tvl.code(4)),
        departure_airport=tvl.code(1),
        arrival_airport=tvl.code(2),
        departs_at=departs,
        arrives_at=arrives,
        operating_carrier="" if operator == carrier else operator,
        booking_class=tvl.code(4, 1),
    )


def _times(tvl: Segment, body: Body) -> tuple[datetime | None, datetime | None]:
    parts = [tvl.at(0, n) for n in range(4)]
    if len(parts[2]) == 4 and not parts[3]:
        parts = [parts[0], parts[1], "", parts[2]]  # the date of arrival was left out altogether
    departs = _combined(parts[0], parts[1], body)
    # The day of arrival is that of departure when it is left out (PADIS).
    arrives = _combined(parts[2] or (parts[0] if parts[3] else ""), parts[3], body)
    return departs, arrives


def _combined(day: str, clock: str, body: Body) -> datetime | None:
    if not day:
        return None
    try:
        on = dates.travel_date(day, body.sent)
    except ValueError:
        body.problem("unreadable date of travel")
        return None
    try:
        return datetime.combine(on, dates.clock_time(clock or "0000"))
    except ValueError:
        body.problem("unreadable time of travel")
        return datetime.combine(on, dates.clock_time("0000"))
