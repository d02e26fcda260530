"""Terms of law: calendar months, ceilings, and the Algemene termijnenwet where it applies."""

from datetime import date

import pytest

from samenhang.grounds.rules import BadDuration, Duration, UnknownTerm, deadline, deciders, proposers, term

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("code", "start", "lapsed_on"),
    [
        ("TW-MELD", date(2026, 1, 15), date(2026, 7, 15)),
        ("TW-MELD", date(2025, 8, 31), date(2026, 2, 28)),
        ("PASS-ALERT", date(2024, 2, 29), date(2026, 2, 28)),
        ("OTS", date(2026, 3, 1), date(2027, 3, 1)),
        ("VOTS", date(2026, 11, 30), date(2027, 2, 28)),
        ("BRP-DEREG", date(2026, 3, 1), None),
    ],
)
def test_a_measure_lapses_at_the_maximum_of_the_law(code: str, start: date, lapsed_on: date | None) -> None:
    assert term(code, start) == lapsed_on


def test_a_measure_is_never_lengthened_because_it_ends_on_a_sunday() -> None:
    lapsed_on = term("VOTS", date(2026, 3, 27))

    assert lapsed_on == date(2026, 6, 27)
    assert lapsed_on.weekday() >= 5


@pytest.mark.parametrize(
    ("start", "duration", "last_day"),
    [
        (date(2026, 11, 23), "P6W", date(2027, 1, 4)),  # a Monday
        (date(2026, 11, 13), "P6W", date(2026, 12, 28)),  # Christmas, second day, Sunday
        (date(2026, 3, 6), "P4W", date(2026, 4, 7)),  # Good Friday up to Easter Monday
        (date(2026, 4, 7), "P4W", date(2026, 5, 6)),  # 5 May is a holiday in the Act every year
        (date(2026, 4, 4), "P6M", date(2026, 10, 4)),  # longer than three months: a Sunday it stays
        (date(2026, 11, 21), "PT24H", date(2026, 11, 22)),  # terms in hours are left alone
    ],
)
def test_a_time_to_act_ends_on_a_working_day_where_the_act_says_so(
    start: date, duration: str, last_day: date
) -> None:
    assert deadline(start, duration) == last_day


@pytest.mark.parametrize("text", ["", "P", "6M", "P6", "PT", "P1.5Y", "P-1D", "P6M "])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(BadDuration):
        Duration.read(text)


def test_who_decides_follows_the_day() -> None:
    assert deciders("BEN-TOESLAG", date(2014, 6, 30)) == {"BDTOES"}
    assert deciders("BEN-TOESLAG", date(2019, 12, 31)) == {"BDTOES"}
    assert deciders("BEN-TOESLAG", date(2020, 1, 1)) == {"TOES"}
    assert deciders("PASS-ALERT", date(2014, 6, 30)) == {"JENV", "VENJ"}
    assert deciders("PASS-ALERT", TODAY) == {"JENV"}
    assert deciders("FAM-SUP", date(2015, 9, 30)) == {"COLL"}
    assert deciders("BEN-SZ", TODAY) == {"UWV", "SVB"}


def test_the_conference_decides_nothing_and_instructs_no_prosecutor() -> None:
    assert "CASUS" not in proposers("CR-140A", TODAY)
    assert "CASUS" not in proposers("TW-MELD", TODAY)
    assert deciders("CR-140A", TODAY) == {"OM"}


def test_an_unknown_kind_is_an_error_with_a_hint() -> None:
    with pytest.raises(UnknownTerm, match="TW-MELD"):
        term("TW-MELDT", TODAY)
