"""In time is what the directives ask: bookings a day ahead, and a message once the flight is closed."""

from datetime import UTC, datetime, timedelta

import pytest

from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.carriers import Timing, minutes_after, missing
from samenhang.travel.rules.permitted import NOTHING

DAY = 24 * 60
DEPARTURE = datetime(2026, 7, 1, 6, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "first", "last", "late", "closed", "closed_late"),
    [
        (Kind.PNR, -2 * DAY, 5, False, True, False),
        (Kind.PNR, -DAY, -30, False, True, False),
        (Kind.PNR, -DAY + 1, 60, True, True, False),
        (Kind.PNR, -DAY, -31, False, False, False),
        (Kind.API, 61, 61, False, True, True),
        (Kind.API, -DAY, -DAY, False, False, False),
    ],
)
def test_each_margin_holds_to_the_minute(
    kind: Kind, first: int, last: int, late: bool, closed: bool, closed_late: bool
) -> None:
    timing = Timing(kind, first, last, DEPARTURE)

    assert (timing.late, timing.closed, timing.closed_late) == (late, closed, closed_late)


def test_minutes_are_counted_from_the_departure() -> None:
    assert minutes_after(DEPARTURE, DEPARTURE - timedelta(minutes=15)) == -15
    assert minutes_after(DEPARTURE, DEPARTURE + timedelta(seconds=119)) == 1
    assert minutes_after(None, DEPARTURE) is None


def test_before_its_last_message_is_due_a_flight_is_not_judged() -> None:
    timing = Timing(Kind.API, -DAY, -DAY, DEPARTURE)

    assert not timing.is_over(DEPARTURE + timedelta(minutes=60))
    assert timing.is_over(DEPARTURE + timedelta(minutes=61))


def test_nothing_told_lacks_every_element() -> None:
    assert set(missing([NOTHING]).values()) == {1}
    assert set(missing([]).values()) == {0}
