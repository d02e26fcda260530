"""What people made of hits, month by month: shares with their interval, and how long hits waited."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang.watchlists.rules.quality import WAITED, What, by_month, waited, wilson


# As published for the score interval (Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29).
@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(hits: int, of: int, low: float, high: float) -> None:
    share = wilson(hits, of)

    assert share is not None
    assert (share.low, share.high) == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))
    assert wilson(0, 0) is None


@settings(max_examples=50)
@given(st.integers(0, 500), st.integers(1, 500))
def test_the_share_lies_inside_its_interval(hits: int, more: int) -> None:
    share = wilson(hits, hits + more)

    assert share is not None
    assert 0 <= share.low <= share.value <= share.high <= 1


def test_a_wait_is_counted_under_the_first_bound_that_holds_it() -> None:
    assert [waited(timedelta(minutes=m)) for m in (0, 5, 6, 61, 10**7)] == [5, 5, 15, 120, WAITED[-1]]


def test_a_month_adds_its_days_and_half_of_the_first_judgements_came_within() -> None:
    rows = [
        (date(2026, 10, 31), What.FOUND, 0, 4),
        (date(2026, 11, 1), What.FIRST, 15, 2),
        (date(2026, 11, 9), What.FIRST, 480, 1),
        (date(2026, 11, 9), What.FIRST, 2_880, 2),
        (date(2026, 11, 30), What.CONFIRMED, 0, 1),
        (date(2026, 11, 30), What.NO_MATCH, 0, 3),
    ]

    november, october = by_month(rows)

    assert (november.first, october.first) == (date(2026, 11, 1), date(2026, 10, 1))
    assert november.median_wait == 480
    assert november.precision is not None
    assert november.precision.value == 0.25
    assert (october.counts[What.FOUND], october.precision, october.median_wait) == (4, None, None)
