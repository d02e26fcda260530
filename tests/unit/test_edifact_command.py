import json
from datetime import date
from pathlib import Path

import pytest

from edifact.__main__ import main
from tests.messages import WHOLE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    (tmp_path / "a.edi").write_text(WHOLE + "\n" + WHOLE)
    (tmp_path / "below" / "b.txt").write_text("nothing of the kind")
    return tmp_path


def test_each_message_is_one_line_of_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["read", "--json", str(folder / "a.edi")])

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert [line["type"] for line in lines] == ["PAXLST", "PAXLST"]
    assert lines[0]["file"] == str(folder / "a.edi")
    first = lines[0]["passengers"][0]
    assert (first["surname"], first["birth_date"]) == ("VOORBEELD", date(1980, 2, 3).isoformat())
    assert first["documents"][0]["number"] == "SPECI2014"
    assert set(lines[0]["problems"][0]) == {"offset", "segment", "message"}


def test_a_folder_is_read_with_all_below_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["read", "--json", str(folder)])

    types = [json.loads(line)["type"] for line in capsys.readouterr().out.splitlines()]
    assert status == 0
    assert types == ["PAXLST", "PAXLST", "not EDIFACT: plain text"]


def test_a_missing_file_is_said_and_the_others_are_still_read(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["read", "--json", str(folder / "none.edi"), str(folder / "a.edi")])

    printed = capsys.readouterr()
    assert status == 1
    assert "cannot open" in printed.err
    assert "none.edi" in printed.err
    assert len(printed.out.splitlines()) == 2


def test_without_json_there_is_a_line_for_people(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["read", str(folder / "a.edi")])

    assert "XX123A AMS-IST  2 passengers" in capsys.readouterr().out
