"""A journey is a timetable and a map of it, and says how much time is left."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from samenhang.judging.rules import journeys
from samenhang.travel.models import Flight

FLIGHT = Flight(
    carrier="XX", number="123", departure_airport="IST", arrival_airport="AMS",
    departs_on=date(2026, 11, 23), departs_at="2026-11-23T07:10", arrives_at="2026-11-23T08:40",
)  # fmt: skip
BOOKED = [
    {"carrier": "XX", "number": "9", "departure_airport": "AMS", "arrival_airport": "IST",
     "departs_at": "2026-11-14T10:00", "arrives_at": "2026-11-14T15:30"},
    {"carrier": "XX", "number": "123", "departure_airport": "IST", "arrival_airport": "AMS",
     "departs_at": "2026-11-23T07:10", "arrives_at": "2026-11-23T08:40"},
]  # fmt: skip


def test_all_legs_of_the_booking_stand_in_its_order_and_the_one_where_it_was_found_is_marked() -> None:
    legs = journeys.legs_of(BOOKED, FLIGHT)

    assert [(leg.flight, leg.start, leg.here) for leg in legs] == [
        ("XX9", "AMS", False),
        ("XX123", "IST", True),
    ]
    assert legs[0].end_name == "Istanbul (IST)"
    assert [leg.flight for leg in journeys.legs_of([], FLIGHT)] == ["XX123"]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-11-23T04:00+00:00", "Leaves in 10 minutes"),  # 7:10 in Istanbul is 4:10 UTC
        ("2026-11-23T05:10+00:00", "Lands in 2 h 30"),  # 8:40 in Amsterdam is 7:40 UTC
        ("2026-11-26T08:40+00:00", "Landed 3 days ago"),
        ("2026-11-20T04:10+00:00", "Leaves in 3 days"),
    ],
)
def test_the_time_left_counts_in_the_zone_of_each_airport(now: str, said: str) -> None:
    with override("en"):
        assert journeys.time_left(FLIGHT, datetime.fromisoformat(now)).text == said


def test_every_known_airport_lies_inside_the_map_also_beyond_the_date_line() -> None:
    far = [{**BOOKED[0], "departure_airport": "AKL", "arrival_airport": "LAX"}]
    for legs in (journeys.legs_of(BOOKED, FLIGHT), journeys.legs_of(far, FLIGHT)[:1]):
        drawn = journeys.map_of(legs)

        assert drawn is not None
        assert len(drawn.lines) == len(legs)
        assert all(0 < stop.x < drawn.width and 0 < stop.y < drawn.height for stop in drawn.stops)
        assert drawn.land.startswith("M")
    there, back = journeys.map_of(journeys.legs_of(BOOKED, FLIGHT)).lines  # type: ignore[union-attr]
    assert there.path != back.path


def test_without_two_known_airports_there_is_no_map() -> None:
    unknown = [{**BOOKED[0], "arrival_airport": "QQQ"}]

    assert journeys.map_of(journeys.legs_of(unknown, FLIGHT)[:1]) is None
