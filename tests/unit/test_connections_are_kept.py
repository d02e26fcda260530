"""A connection to the database outlives the page it was opened for: a new one costs as much as a page."""

import pytest

from samenhang.config.settings import CONNECTION_LASTS, _database


@pytest.mark.parametrize("url", ["sqlite:////tmp/imaginary.sqlite3", "postgres://x:y@127.0.0.1/imaginary"])
def test_a_connection_is_kept_for_the_next_page(url: str) -> None:
    assert _database(url)["CONN_MAX_AGE"] == CONNECTION_LASTS > 0


def test_of_a_server_it_is_asked_first_whether_it_still_answers() -> None:
    assert _database("postgres://x:y@127.0.0.1/imaginary")["CONN_HEALTH_CHECKS"] is True
