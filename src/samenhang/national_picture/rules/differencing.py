"""What a reader can work out by subtracting published totals, and when a total must therefore stay inside.

A total over a window is the distance between two points in time: its first day,
and the day after its last. Published windows join such points; between any two
points that are joined, over however many reports, a reader knows the count. So
a new total may leave only when no distance that it makes known is small.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from samenhang.national_picture.rules.precision import SMALLEST_PUBLISHED
from samenhang.national_picture.rules.windows import Kind, Window

# What stands on a day is counted from the beginning of time.
BEGINNING = date(1, 1, 1)


@dataclass(frozen=True, slots=True)
class Total:
    """An exact total that was published, or wants to be, from one point in time to another."""

    start: date
    end: date
    counted: int


def total(kind: Kind, window: Window, counted: int) -> Total:
    start = BEGINNING if kind == Kind.DAY else window.since
    return Total(start, window.until + timedelta(days=1), counted)


def lets_subtract(new: Total, published: Iterable[Total]) -> bool:
    """Whether publishing ``new`` beside what was published makes a difference of one to four known.

    A total that says nothing new, such as the same once more, never does.
    """
    before = list(published)
    places = _places(before, new.start)
    if new.end in places:
        # Both ends were joined already: the reader knew this distance, unless the count was corrected.
        return 0 < abs(places[new.end] - new.counted) < SMALLEST_PUBLISHED
    ends = _places(before, new.end)
    return any(
        0 < abs(new.counted + ends[there] - places[here]) < SMALLEST_PUBLISHED
        for here in places
        for there in ends
        if (here, there) != (new.start, new.end)
    )


def _places(published: list[Total], origin: date) -> Mapping[date, int]:
    """Every point that published totals join to the origin, with its distance from there.

    Where reports contradict one another, as after a correction, the latest counts.
    """
    steps: dict[date, dict[date, int]] = {}
    for one in published:
        steps.setdefault(one.start, {})[one.end] = one.counted
        steps.setdefault(one.end, {})[one.start] = -one.counted
    found, waiting = {origin: 0}, [origin]
    while waiting:
        here = waiting.pop()
        for there, distance in steps.get(here, {}).items():
            if there not in found:
                found[there] = found[here] + distance
                waiting.append(there)
    return found
