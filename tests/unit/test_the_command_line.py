"""What a person reads who mistypes."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

import pytest

from samenhang.config import cli
from samenhang.foundation.commands import add_day


def test_a_day_that_does_not_exist_is_told_with_how_to_write_one(capsys: pytest.CaptureFixture[str]) -> None:
    parser = ArgumentParser()
    add_day(parser, "--on", help_text="")

    assert parser.parse_args(["--on", "2026-03-31"]).on == date(2026, 3, 31)
    with pytest.raises(SystemExit):
        parser.parse_args(["--on", "2026-13-01"])
    assert "2026-13-01" in capsys.readouterr().err


def test_a_home_that_is_a_file_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMENHANG_HOME", "")
    (tmp_path / "file").write_text("x")

    with pytest.raises(SystemExit, match="is a file"):
        cli.main(["report", "progress", "--home", str(tmp_path / "file")])
    assert (tmp_path / "file").read_text() == "x"
