"""Times in messages are local to the airport and carry no zone."""

from datetime import UTC, datetime

from samenhang.travel.rules.airports import airport, instant


def test_an_airport_is_known_by_its_code_with_its_place() -> None:
    schiphol = airport("AMS")

    assert schiphol is not None
    assert (round(schiphol.latitude), round(schiphol.longitude)) == (52, 5)
    assert airport("QQQ1") is None


def test_a_local_time_becomes_the_moment_it_is_in_that_season() -> None:
    assert instant("2026-03-01T09:15", "AMS") == datetime(2026, 3, 1, 8, 15, tzinfo=UTC)
    assert instant("2026-07-01T09:15", "AMS") == datetime(2026, 7, 1, 7, 15, tzinfo=UTC)
    assert instant("2026-07-01T09:15", "IST") == datetime(2026, 7, 1, 6, 15, tzinfo=UTC)


def test_nothing_is_made_of_an_unknown_airport_or_no_time() -> None:
    assert instant("2026-07-01T09:15", "QQQ1") is None
    assert instant("", "AMS") is None
