"""Public messages of other projects, read where they lie; they are not part of this repository.

The folder is named by SAMENHANG_SAMPLES, or is ../shared/travel/samples beside the repository.
Its MANIFEST.csv says what is in each file; `make conformance` prints the same comparison.
"""

import csv
import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from edifact import read
from edifact.__main__ import main
from scripts import conformance

ROOT = Path(__file__).parents[2]
SAMPLES = Path(os.environ.get("SAMENHANG_SAMPLES") or ROOT.parent / "shared" / "travel" / "samples")
MANIFEST = SAMPLES / "MANIFEST.csv"


def rows() -> Iterator[dict[str, str]]:
    if MANIFEST.is_file():
        with MANIFEST.open(encoding="utf-8", newline="") as lines:
            yield from csv.DictReader(lines)


ROWS = list(rows())
MISSING = f"NO SAMPLES at {SAMPLES}: real messages are NOT tested; set SAMENHANG_SAMPLES"
if not ROWS:
    warnings.warn(MISSING, stacklevel=1)  # a skip alone is only an "s"
here = pytest.mark.skipif(not ROWS, reason=MISSING)


@here
@pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
def test_a_public_sample_gives_what_its_manifest_says(row: dict[str, str]) -> None:
    data = (SAMPLES / row["file"]).read_bytes()

    line = conformance.compared(row, data)

    assert line.wrong == ""
    assert all(passenger.surname for message in read(data) for passenger in message.passengers)


@here
def test_the_command_reads_the_whole_folder(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["read", "--json", str(SAMPLES)])

    assert status == 0
    assert len(capsys.readouterr().out.splitlines()) >= len(ROWS)
