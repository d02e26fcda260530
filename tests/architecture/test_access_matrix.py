"""Rule 7: every address stands in the access matrix, and the matrix says what its oracle says."""

from collections.abc import Iterator
from typing import Any

from django.urls import get_resolver

from tests.access_matrix.oracle import LISTED, MATRIX, PEOPLE, YES, cell, matrix
from tests.access_matrix.table import ELSEWHERE, NOBODY_AT_ALL, routes, rows, waiting
from tests.architecture.house import ROOT

# Tested elsewhere is for what makes somebody signed in, and for nothing that shows a record.
THE_DOOR = ("foundation.", "organisations.")


def addresses(patterns: Any, before: str = "/") -> Iterator[tuple[str, str]]:
    """(address as in urls.py, module of the view) of every route."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, address)
        else:
            yield address, pattern.callback.__module__


def unlisted(found: set[str], known: set[str]) -> list[str]:
    """Sentences about addresses without a place in the matrix, and places without an address."""
    new = [
        f"{address}: add a [[route]] to tests/access_matrix/routes.toml (its head says how), then run"
        f" `uv run python -m tests.access_matrix`"
        for address in sorted(found - known)
    ]
    gone = [f"{address}: no longer exists; take it out of routes.toml" for address in sorted(known - found)]
    return new + gone


def test_every_address_stands_in_the_access_matrix() -> None:
    found = {address for address, _module in addresses(get_resolver().url_patterns)}

    listed = [*{route.path for route in routes()}, *waiting()]
    said = unlisted(found, set(listed))

    assert len(listed) == len(set(listed)), (
        "an address that has its row waits no longer: take it off the list"
    )
    assert not said, "\n" + "\n".join(said)


def test_the_matrix_that_people_read_is_what_the_oracle_says() -> None:
    kept = sorted(MATRIX.read_text(encoding="utf-8").splitlines())

    assert kept == sorted(matrix().splitlines()), (
        "run `uv run python -m tests.access_matrix`, and read the change"
    )


def test_only_the_door_is_tested_elsewhere() -> None:
    modules = dict(addresses(get_resolver().url_patterns))
    elsewhere = [route for route in routes() if ELSEWHERE in route.may.values()]

    for route in elsewhere:
        assert modules[route.path].removeprefix("samenhang.").startswith(THE_DOOR), route.path
        assert route.tested_by, route.path
        assert (ROOT / route.tested_by).exists(), route.tested_by


def test_every_route_has_somebody_who_may() -> None:
    """So that no refusal can come from what was posted instead of from who posted it."""
    for route in routes():
        for method in {row.method for row in rows(route)}:
            asked = [row for row in rows(route) if row.method == method]
            met = {cell(role, row) for row in asked for role in PEOPLE}

            assert met & {YES, LISTED} or route.may[method] == NOBODY_AT_ALL, route


def test_the_check_objects_to_an_address_that_is_new_and_to_one_that_went() -> None:
    said = unlisted({"/new/", "/kept/"}, {"/kept/", "/gone/"})

    assert [sentence.partition(":")[0] for sentence in said] == ["/new/", "/gone/"]
