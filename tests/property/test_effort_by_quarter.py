"""Quarters, and what the numbers of quarters come to in the days of a report."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang.national_picture.rules import Asked, Kind, Span
from samenhang.national_picture.rules.effort import (
    Quarter,
    UnknownQuarter,
    added_up,
    quarter_of,
    read_quarter,
)

days = st.dates(date(2012, 1, 1), date(2040, 12, 31))
near, numbers = st.dates(date(2020, 1, 1), date(2022, 12, 31)), st.integers(0, 50)


@given(days)
def test_each_day_is_in_one_quarter_and_quarters_follow_one_another(day: date) -> None:
    here = quarter_of(day)

    assert day in here.window
    assert here.back(-1).window.since - here.window.until == timedelta(days=1)
    assert here.back().back(-1) == read_quarter(str(here)) == here


@pytest.mark.parametrize("text", ["", "2026", "2026-0", "2026-5", "26-1", "2026-1-1", "٢٠٢٦-1", "2026- 1"])
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(UnknownQuarter):
        read_quarter(text)


@given(near, near, st.dictionaries(st.builds(Quarter, st.integers(2020, 2022), st.integers(1, 4)), numbers))
def test_a_sum_is_of_whole_quarters_within_the_days_without_a_gap(
    one: date, other: date, entered: dict[Quarter, int]
) -> None:
    asked = Asked(max(one, other), min(one, other))
    found = added_up(Span(Kind.PERIOD), asked, entered)

    if found is not None:
        quarters, value = found
        assert value == sum(entered[quarter] for quarter in quarters)
        assert asked.period.since <= quarters[0].window.since
        assert quarters[-1].window.until <= asked.period.until
        assert [quarter.back() for quarter in quarters[1:]] == quarters[:-1]
