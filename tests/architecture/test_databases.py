"""What is not run on PostgreSQL uses no database: it sees none, and starts no program that knows one."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from tests.architecture.house import ROOT, Fault, none_of
from tests.databases import WITHOUT, Unasked, asks_a_database, knows_none

# Ways to a database that pass by the connections of the process that tests.
PAST = re.compile(
    r"\b(?:os\.fork|subprocess|multiprocessing|[Nn]ursery|psycopg|DATABASE_URL|blocker|ConnectionHandler)\b"
)
# What they start there knows no database.
HARMLESS = {
    "tests/architecture/test_contracts.py": "lint-imports reads the tree",
    "tests/architecture/test_databases.py": "names them",
    "tests/architecture/test_tree.py": "git lists the files",
    "tests/unit/test_files_of_the_report.py": "pdftotext reads a file",
    "tests/unit/test_the_fuzzer.py": "the fuzzer of a library, which knows no Django",
    "tests/unit/test_verifying_an_export.py": "the verifier of a library, which knows no Django",
}


def ways_past(files: Iterator[Path] | list[Path]) -> list[Fault]:
    return [
        Fault(file, number, f"{found[0]!r} may reach a database that the test did not ask for")
        for file in files
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if (found := PAST.search(line))
    ]


def test_who_asks_for_no_database_gets_none_and_does_not_learn_which_it_would_be(
    request: pytest.FixtureRequest,
) -> None:
    assert knows_none(request.node)
    with pytest.raises(Unasked):
        connection.cursor()
    with pytest.raises(Unasked):
        assert connection.vendor
    with pytest.raises(Unasked):
        assert connections["default"]


@pytest.mark.django_db
def test_who_asks_by_a_mark_gets_it(request: pytest.FixtureRequest) -> None:
    assert asks_a_database(request.node)
    assert not knows_none(request.node)
    assert connection.vendor


def test_who_asks_by_a_fixture_gets_it(request: pytest.FixtureRequest, db: None) -> None:
    assert not knows_none(request.node)
    assert connection.vendor


@pytest.mark.parametrize("folder", ["integration", "journeys", "browser", "access_matrix"])
def test_everything_of_the_other_folders_runs_on_both_databases(folder: str) -> None:
    class Somewhere:
        path = ROOT / "tests" / folder / "test_something.py"
        fixturenames = ("settings",)

        def get_closest_marker(self, _name: str) -> Any:
            return None

    assert not knows_none(Somewhere())


def test_no_program_that_such_a_test_starts_knows_a_database() -> None:
    files = [file for folder in WITHOUT for file in sorted((ROOT / "tests" / folder).rglob("*.py"))]
    faults = ways_past(file for file in files if str(file.relative_to(ROOT)) not in HARMLESS)

    assert not faults, none_of(faults)


def test_the_check_finds_what_it_should(tmp_path: Path) -> None:
    bad = tmp_path / "test_bad.py"
    bad.write_text("import subprocess\nfrom tests.nursery import Nursery\nimport os\n")

    assert [fault.line for fault in ways_past([bad])] == [1, 2]
