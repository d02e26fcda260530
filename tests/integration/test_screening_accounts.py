"""`samenhang screen accounts`: every row compared or told, in words, with an entry and nothing kept."""

import csv
import json
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from samenhang.journal.models import Entry
from samenhang.watchlists.accounts.results import HEADINGS
from screening import Entry as ListedEntry
from screening import Index
from tests.cast import StandingClock
from tests.unit.test_publishers import UN

pytestmark = pytest.mark.django_db

HEADING = "Rekeningnummer;Naam;Geboortedatum;Adres\n"
FANTASIO = "NL00TEST01;Fantasio van der Verzonnen;02-01-1970;Nergens 1\n"
NOBODY = "NL00TEST02;Bram Bedacht;03-04-1980;Nergens 2\n"


@pytest.fixture
def un(tmp_path: Path, clock: StandingClock) -> Path:
    file = tmp_path / "un.xml"
    file.write_text(UN, encoding="utf-8")
    return file


def screen(un: Path, content: str | bytes, *more: str) -> tuple[list[dict[str, str]], str]:
    """The results and what the command refused with."""
    accounts, out = un.parent / "accounts.csv", un.parent / "results.csv"
    accounts.write_bytes(content if isinstance(content, bytes) else content.encode())
    refusal = ""
    try:
        call_command("screen", "accounts", str(accounts), "--list", str(un), "--out", str(out), *more)
    except CommandError as fault:
        refusal = str(fault)
    if not out.exists():
        return [], refusal
    return list(csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())), refusal


def test_a_holder_on_the_list_is_told_in_words_with_an_entry_and_no_name_in_any_message(
    un: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows, refusal = screen(un, HEADING + NOBODY + FANTASIO, "--language", "en", "--json")

    [row] = rows
    assert refusal == ""
    assert tuple(row) == HEADINGS
    assert (row["line"], row["account"], row["result"]) == ("3", "NL00TEST01", "possible match")
    assert (row["listed"], row["strength"]) == ("UN DMi.001", "strong")
    assert "Name: FANTASIO / FANTASIO. Written the same in both." in row["speaks_for"]
    assert "Date of birth" in row["speaks_for"]
    said = capsys.readouterr()
    counts = json.loads(said.out)
    assert (counts["holders"], counts["matches"], counts["not_compared"]) == (2, 1, 0)
    assert "erzonnen" not in said.out + said.err
    entry = Entry.objects.get(event="accounts.screened")
    assert entry.subject == counts["reference"]


def test_rows_that_cannot_be_compared_are_results_with_their_line_and_what_to_do(un: Path) -> None:
    broken = (
        'NL00TEST03;"Karel Kapot;01-01-1990;Nergens 3\n'  # the quotation mark is never closed
        + FANTASIO
        + "NL00TEST04;Bram; Bedacht;03-04-1980;Nergens 4\n"
        + "NL00TEST05; ;03-04-1980;Nergens 5\n"
        + ";;;\n"
        + "NL00TEST06;Fantasio van der Verzonnen;someday;Nergens 6\n"
    ).encode() + b"NL00TEST07;Andr\xe9 Bedacht;03-04-1980;Nergens 7\n"

    rows, refusal = screen(un, HEADING.encode() + broken, "--language", "en")

    told = {(row["line"], row["result"].partition(":")[0]) for row in rows}
    assert told == {
        ("2", "not compared"),
        ("3", "possible match"),
        ("4", "not compared"),
        ("5", "not compared"),
        ("7", "compared without the date of birth, which is not readable"),
        ("7", "possible match"),
        ("8", "not compared"),
    }
    assert all(row["to_do"] for row in rows)
    assert "Not compared: 4 rows; without their date of birth: 1" in refusal
    assert "Kapot" not in refusal


def test_what_a_spreadsheet_would_calculate_is_written_as_text(un: Path) -> None:
    rows, _ = screen(un, HEADING + FANTASIO.replace("NL00TEST01", '"=cmd|calc"'))

    assert rows[0]["account"] == "'=cmd|calc"


def test_each_holder_of_a_joint_account_is_compared(un: Path) -> None:
    rows, _ = screen(un, HEADING + "NL1;Bram Bedacht en/of Fantasio van der Verzonnen;03-04-1980;X\n")

    assert [(row["line"], row["name"]) for row in rows] == [("2", "Fantasio van der Verzonnen")]


@pytest.mark.parametrize(
    ("heading", "more", "said"),
    [
        ("Jan Geheim;1980;x;y\n", (), "No column with names was recognised"),
        ("Naam;Name;x;y\n", (), "2 columns could be “name”"),
        (HEADING, ("--column", "surname=Familie"), "has no column “Familie”"),
    ],
)
def test_columns_that_are_not_clear_are_refused_without_telling_what_stands_there(
    heading: str, more: tuple[str, ...], said: str, un: Path
) -> None:
    rows, refusal = screen(un, heading + FANTASIO, "--language", "en", *more)

    assert (rows, said in refusal, "Geheim" in refusal) == ([], True, False)
    assert not Entry.objects.filter(event="accounts.screened").exists()
    assert sorted(path.name for path in un.parent.iterdir()) == ["accounts.csv", "un.xml"]


def test_a_column_can_be_named(un: Path) -> None:
    content = FANTASIO.replace("Fantasio van der Verzonnen", "Verzonnen, Fantasio van der")
    rows, _ = screen(un, "a;b;c;d\n" + content, "--column", "name=B", "--column", "birth-date=c")

    assert [row["line"] for row in rows] == ["2"]


def test_without_a_list_only_what_somebody_approved_here_is_used(un: Path) -> None:
    accounts = un.parent / "accounts.csv"
    accounts.write_text(HEADING + FANTASIO)
    call_command("lists", "import", str(un))

    with pytest.raises(CommandError, match="was approved"):
        call_command("screen", "accounts", str(accounts), "--language", "en")


def test_an_index_in_files_serves_as_a_list(un: Path) -> None:
    folder = Index.build([ListedEntry("L1", ("Fantasio van der Verzonnen",))]).save(un.parent)
    accounts, out = un.parent / "accounts.csv", un.parent / "results.csv"
    accounts.write_text(HEADING + FANTASIO)

    arguments = ["accounts", str(accounts), "--list", str(folder), "--out", str(out)]
    call_command("screen", *arguments, "--threshold", "4")

    assert [row["listed"] for row in csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())] == [
        "L1"
    ]


@pytest.mark.skipif(
    find_spec("pyarrow") is None,
    reason="pyarrow is not installed, so Parquet was NOT tried: uv sync --extra parquet, and again",
)
def test_a_parquet_file_is_read_with_its_own_dates(un: Path) -> None:
    import pyarrow
    from pyarrow import parquet

    file, out = un.parent / "accounts.parquet", un.parent / "results.csv"
    columns: dict[str, list[Any]] = {
        "first_name": ["Bram", "Fantasio"],
        "family_name": ["Bedacht", "van der Verzonnen"],
        "balance": [1, 2],
        "date_of_birth": [None, date(1970, 1, 2)],
    }
    parquet.write_table(pyarrow.table(columns), file)

    call_command("screen", "accounts", str(file), "--list", str(un), "--out", str(out))

    [row] = csv.DictReader(out.read_text(encoding="utf-8-sig").splitlines())
    assert (row["line"], "2 jan 1970 / 2 jan 1970" in row["speaks_for"]) == ("2", True)


def test_without_the_extra_a_parquet_file_is_refused_with_how_to_go_on(
    un: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)

    rows, refusal = screen(un, b"PAR1 and the rest")

    assert (rows, "samenhang[parquet]" in refusal) == ([], True)
