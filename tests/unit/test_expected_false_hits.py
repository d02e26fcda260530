"""What a sample of made-up travellers tells of a real day, and what it leaves open."""

import pytest

from samenhang.watchlists.rules.made_people import made_people
from samenhang.watchlists.rules.thresholds import SUPPOSED, Expected, Traffic, sample_size


# The exact one-sided 95 % limits of a Poisson count: half of chi-square at 2 (n + 1) degrees.
@pytest.mark.parametrize(
    ("pairs", "limit"), [(0, 2.996), (1, 4.744), (5, 10.513), (20, 29.062), (100, 118.0)]
)
def test_the_limit_is_that_of_a_poisson_count(pairs: int, limit: float) -> None:
    row = Expected(5.0, pairs, sample=1_000)

    assert row.at_most(1_000) == pytest.approx(limit, rel=0.015)
    assert row.a_day(250_000) == pairs * 250


def test_a_day_nobody_travelled_says_nothing_of_a_usual_day() -> None:
    assert Traffic.over([100, 300]) == Traffic(200, 300, known=True)
    assert Traffic.over([]) == Traffic(SUPPOSED, SUPPOSED, known=False)


def test_made_people_are_the_same_every_time_and_show_no_document() -> None:
    first, second = list(made_people(200)), list(made_people(200))

    assert first == second
    assert len({one.names for one in first}) > 150
    assert not any(one.documents or one.nationality for one in first)
    assert all(len(one.names[0]) <= 39 for one in first)


def test_a_longer_list_needs_fewer_made_people() -> None:
    assert [sample_size(entries) for entries in (0, 1_000, 20_000, 10**6)] == [40_000, 40_000, 20_000, 5_000]
