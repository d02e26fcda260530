"""A journey as it was booked, leg by leg: when it goes, how much time is left, and a small map of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import cos, hypot, radians
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samenhang.foundation.page import Label
from samenhang.travel.rules import airports

# House policy: from here on somebody must be reached at the gate within the shift.
SOON = timedelta(hours=3)
WIDTH, HEIGHT = 640, 320  # of the map, in its own units
_LEAST = 16.0  # degrees of longitude: a short hop is shown with what lies around it
_GRID = 4  # units between two dots of land


@dataclass(frozen=True, slots=True)
class Leg:
    """One flight of a booking. Times are local to the airport; None when no message told them."""

    flight: str
    start: str
    end: str
    departs: datetime | date | None
    arrives: datetime | date | None
    here: bool

    @property
    def start_name(self) -> str:
        return _named(self.start)

    @property
    def end_name(self) -> str:
        return _named(self.end)


@dataclass(frozen=True, slots=True)
class Stop:
    """An airport on the map. after: whether its code stands to the right of it."""

    code: str
    x: int
    y: int
    after: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A leg on the map: its path, and where its number stands."""

    path: str
    number: int
    x: int
    y: int
    here: bool


@dataclass(frozen=True, slots=True)
class Map:
    """land: a path of dots, one where airports lie, so that coasts can be guessed without a chart."""

    land: str
    lines: tuple[Line, ...]
    stops: tuple[Stop, ...]
    width: int = WIDTH
    height: int = HEIGHT


def moment(text: str) -> datetime | date | None:
    """A local moment or day from ISO text; None when it is empty or unreadable."""
    for kind in (date, datetime):
        try:
            return kind.fromisoformat(text)
        except ValueError:
            continue
    return None


def legs_of(itinerary: Sequence[Mapping[str, str]], flight: Any) -> list[Leg]:
    """All legs of the booking in its order; at least the flight on which it was found."""
    known = [_leg(one, _is(one, flight)) for one in itinerary]
    if any(leg.here for leg in known):
        return known
    own = {name: getattr(flight, name) for name in _FIELDS}
    return [*known, _leg(own, True)]


def time_left(flight: Any, now: datetime) -> Label:
    """To the next thing that happens: it leaves, then it lands. Of a flight whose times are known."""
    leaves = airports.instant(flight.departs_at, flight.departure_airport)
    lands = airports.instant(flight.arrives_at, flight.arrival_airport)
    if leaves and leaves > now:
        return Label(_("Leaves in %s") % _span(leaves - now), _kind(leaves - now))
    if lands and lands > now:
        return Label(_("Lands in %s") % _span(lands - now), _kind(lands - now))
    if lands:
        return Label(_("Landed %s ago") % _span(now - lands), "neutral")
    return Label(_("Time not known"), "neutral")


def map_of(legs: Sequence[Leg]) -> Map | None:
    """None when no leg has two airports that are known."""
    known = {
        code: place for leg in legs for code in (leg.start, leg.end) if (place := airports.airport(code))
    }
    if len(known) < 2:
        return None
    frame = _Frame.around(known.values())
    at = {code: frame.point(place.latitude, place.longitude) for code, place in known.items()}
    lines = [
        _line(number, at[leg.start], at[leg.end], leg.here)
        for number, leg in enumerate(legs, 1)
        if leg.start in at and leg.end in at and leg.start != leg.end
    ]
    stops = [Stop(code, x, y, x < WIDTH * 0.8) for code, (x, y) in at.items()]
    return Map(frame.land(), tuple(lines), tuple(stops))


_FIELDS = (
    *("carrier", "number", "departure_airport", "arrival_airport", "departs_at", "arrives_at"),
    "departs_on",
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What part of the world is drawn: degrees; west may be below -180 beside the date line."""

    west: float
    north: float
    wide: float
    high: float
    turned: bool

    @classmethod
    def around(cls, places: Iterable[airports.Airport]) -> "_Frame":
        rows = list(places)
        turned = max(one.longitude for one in rows) - min(one.longitude for one in rows) > 180
        wests = [one.longitude % 360 if turned else one.longitude for one in rows]
        norths = [one.latitude for one in rows]
        middle = (max(norths) + min(norths)) / 2
        # A degree of longitude is shorter away from the equator.
        squeeze = max(0.3, cos(radians(middle)))
        wide = max(_LEAST, 1.4 * (max(wests) - min(wests)), 1.4 * (max(norths) - min(norths)) * 2 / squeeze)
        high = wide * squeeze * HEIGHT / WIDTH
        return cls((max(wests) + min(wests) - wide) / 2, middle + high / 2, wide, high, turned)

    def point(self, latitude: float, longitude: float) -> tuple[int, int]:
        east = longitude % 360 if self.turned else longitude
        across, down = (east - self.west) / self.wide, (self.north - latitude) / self.high
        return round(across * WIDTH), round(down * HEIGHT)

    def land(self) -> str:
        dots = {self.point(*place) for place in airports.positions()}
        shown = {
            (x // _GRID * _GRID, y // _GRID * _GRID) for x, y in dots if 0 <= x < WIDTH and 0 <= y < HEIGHT
        }
        return "".join(f"M{x} {y}h0" for x, y in sorted(shown))


def _line(number: int, start: tuple[int, int], end: tuple[int, int], here: bool) -> Line:
    """Bent to one side, so that the way back does not lie on the way there."""
    (x, y), (u, v) = start, end
    length = hypot(u - x, v - y) or 1.0
    bend = min(60.0, length / 6)
    across, down = (x + u) / 2 + (v - y) / length * bend, (y + v) / 2 - (u - x) / length * bend
    half = round((x + u) / 4 + across / 2), round((y + v) / 4 + down / 2)
    return Line(f"M{x} {y}Q{across:.0f} {down:.0f} {u} {v}", number, *half, here)


def _leg(told: Mapping[str, Any], here: bool) -> Leg:
    departs = told.get("departs_at") or ""
    known = moment(departs) or told.get("departs_on")
    return Leg(
        flight=f"{told.get('carrier', '')}{told.get('number', '')}",
        start=told.get("departure_airport", ""),
        end=told.get("arrival_airport", ""),
        departs=known,
        arrives=moment(told.get("arrives_at") or ""),
        here=here,
    )


def _is(told: Mapping[str, str], flight: Any) -> bool:
    same = all(
        told.get(name, "") == getattr(flight, name)
        for name in ("carrier", "number", "departure_airport", "arrival_airport")
    )
    day = flight.departs_on.isoformat() if flight.departs_on else ""
    return same and told.get("departs_at", "")[:10] in ("", day)


def _named(code: str) -> str:
    found = airports.airport(code)
    # The table says which part of the town as well; the town is what one knows.
    return f"{found.city.split(', ')[-1]} ({code})" if found and found.city else code


def _kind(left: timedelta) -> Any:
    return "warning" if left <= SOON else "info"


def _span(time: timedelta) -> str:
    minutes = int(time.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    hours = minutes // 60
    if hours < 48:
        return _("%(hours)d h %(minutes)02d") % {"hours": hours, "minutes": minutes % 60}
    return ngettext("%d day", "%d days", hours // 24) % (hours // 24)
