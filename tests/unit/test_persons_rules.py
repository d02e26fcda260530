"""Dates of birth as far as known, and who may still be a child."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang.persons import rules

ON = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "minor"),
    [
        ("2008-11-23", False),
        ("2008-11-24", True),
        ("2008-11", True),  # may be born on the 30th
        ("2008-10", False),
        ("2008", True),
        ("2007", False),
        ("", False),
    ],
)
def test_an_unknown_part_counts_in_favour_of_the_child(born: str, minor: bool) -> None:
    assert rules.is_minor(born, ON) is minor


def test_born_on_29_february_is_of_age_on_1_march() -> None:
    assert rules.is_minor("2008-02-29", date(2026, 2, 28))
    assert not rules.is_minor("2008-02-29", date(2026, 3, 1))


@pytest.mark.parametrize("born", ["17-05-2009", "2009-13", "2009-02-30", "200", "2009-5-1", "0000"])
def test_a_date_of_birth_that_is_none_is_refused(born: str) -> None:
    with pytest.raises(rules.UnreadableClaim):
        rules.check_identity(rules.Identity("Fantasia", birth_date=born))


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_less_precision_never_makes_a_minor_of_age(born: date) -> None:
    precise = rules.is_minor(born.isoformat(), ON)

    assert not precise or rules.is_minor(born.isoformat()[:7], ON)
    assert not precise or rules.is_minor(born.isoformat()[:4], ON)


def test_nobody_without_a_name_is_claimed() -> None:
    with pytest.raises(rules.UnreadableClaim):
        rules.check_identity(rules.Identity("  "))
