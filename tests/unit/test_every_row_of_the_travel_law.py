"""Each row of the law of travel data names tests that exist, or says openly that nothing does it."""

import re
from pathlib import Path

TESTS = Path(__file__).parent.parent
PAGE = TESTS.parent / "docs" / "operations" / "law-of-travel-data.md"
NAMED = re.compile(r"`((?:unit|integration|property)/\w+\.py)::(\w+)`")


def rows() -> list[list[str]]:
    lines = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def test_each_row_has_a_test_or_says_that_it_is_open() -> None:
    assert len(rows()) >= 22
    assert [row[0] for row in rows() if not NAMED.search(row[3]) and "**open**" not in row[2]] == []


def test_every_test_that_the_page_names_exists() -> None:
    named = NAMED.findall(PAGE.read_text(encoding="utf-8"))

    missing = [
        f"{file}::{test}"
        for file, test in named
        if f"def {test}(" not in (TESTS / file).read_text(encoding="utf-8")
    ]

    assert missing == []
