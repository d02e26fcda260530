"""Each row of the law of travel data names tests that exist, or says openly that nothing does it.

So does each requirement of the letter about travel data, and about the person-centred approach.
"""

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
OPERATIONS = TESTS.parent / "docs" / "operations"
LAW = OPERATIONS / "law-of-travel-data.md"
APPROACH = OPERATIONS / "requirements-of-the-approach.md"
LETTER = OPERATIONS / "requirements-of-travel-data.md"
NAMED = re.compile(r"`((?:unit|integration|property|journeys)/\w+\.py)::(\w+)`")
ASKED = ["S35", "S36", "S37", "S38", "S39", "S40", "S59", "S60", "S77"]


def rows(page: Path) -> list[list[str]]:
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_each_row_has_a_test_or_says_that_it_is_open() -> None:
    assert (len(rows(LAW)) >= 22, len(rows(APPROACH)) >= 23) == (True, True)
    both = [*rows(LAW), *rows(APPROACH)]
    assert [row[0] for row in both if not NAMED.search(row[3]) and "**open**" not in row[2].lower()] == []


def test_each_requirement_of_the_letter_has_a_place_and_a_test() -> None:
    assert [row[0].partition(":")[0] for row in rows(LETTER)] == ASKED
    assert [row[0] for row in rows(LETTER) if not NAMED.search(row[3]) or not row[1]] == []


@pytest.mark.parametrize("page", [LAW, LETTER, APPROACH], ids=lambda page: page.stem)
def test_every_test_that_the_page_names_exists(page: Path) -> None:
    named = NAMED.findall(page.read_text(encoding="utf-8"))

    missing = [
        f"{file}::{test}"
        for file, test in named
        if f"def {test}(" not in (TESTS / file).read_text(encoding="utf-8")
    ]

    assert missing == []
