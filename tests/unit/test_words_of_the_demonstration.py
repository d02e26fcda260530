"""What the demonstration lets people write is what the law lets them give."""

from pathlib import Path

import pytest

from samenhang.desk import scenarios

# Told to a municipality or to everybody at a case: passenger data reach police, border police and prosecution
# alone, to investigate (the rows PINL-POL, PINL-KMAR and PINL-OM of disclosure_rules.json).
TOLD_AT_THE_TABLE = (
    "words_2026.py",
    "return_2026.py",
    "child_2026.py",
    "conference_2026.py",
    "partners_2026.py",
)


@pytest.mark.parametrize("name", TOLD_AT_THE_TABLE)
def test_nobody_at_a_case_is_told_of_a_hit(name: str) -> None:
    text = (Path(scenarios.__file__).parent / name).read_text(encoding="utf-8")

    assert "treffer" not in text.lower()


def test_the_source_of_a_name_that_a_municipality_reads_tells_of_no_hit() -> None:
    text = (Path(scenarios.__file__).parent / "story_2026.py").read_text(encoding="utf-8")

    assert "bevestigde treffer" not in text
    assert "Eigen signalering" not in text
