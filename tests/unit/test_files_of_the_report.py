"""JSON, CSV, HTML and PDF say the same, in both languages; a cell starts no formula; a PDF is tagged."""

import csv
import io
import json
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from samenhang.national_picture import files
from samenhang.national_picture.rules import (
    Asked,
    Figure,
    Report,
    Signature,
    edition_on,
    quoted,
)

MOMENT = datetime(2014, 6, 30, 9, 0, tzinfo=UTC)
JUNE = Asked(date(2014, 6, 30))
COUNTS = {
    "travellers_out": 128, "returned": 33, "official_messages": 47, "returnees_arrested": 2,
    "ptd_extension_days": (90, 60), "deregistered": 34, "passport_alerts": 29, "minors_stopped": 6,
    "benefits_stopped": 38, "freezes_done": 4, "freezes_pending": 8,
    "criminal_cases_traveller": 7, "criminal_cases_intended_traveller": 5, "criminal_cases_returnee": 6,
    "criminal_cases_recruiter": 0, "criminal_cases_facilitator": 0, "criminal_cases_financer": 0,
}  # fmt: skip
RELEASED = ("returnees_arrested", "ptd_extension_days", "freezes_done")
REASON = "De Kamer vroeg om dit totaal, en het wijst niemand aan."


def the_report(reason: str = REASON) -> Report:
    """The letter's figures as they would be counted, with its small totals released."""
    edition = edition_on(JUNE.until)
    signature = Signature("V-1", "Quebel Maanhof", "Ministerie", JUNE.until, reason)
    figures = tuple(
        quoted(definition, JUNE)
        if definition.origin == "quoted"
        else Figure(
            definition,
            definition.window.cut(JUNE),
            COUNTS[definition.key],
            release=signature if definition.key in RELEASED else None,
        )
        for definition in edition.figures
    )
    return Report(edition, JUNE, figures)


def told(language: str, *, exact: bool = False, reason: str = REASON) -> files.Told:
    return files.told(the_report(reason), files.Making(language, MOMENT, exact=exact))


class Cells(HTMLParser):
    """The words of a page, and the rows of its tables by their id."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[str, str] = {}
        self._row = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self._row = dict(attrs).get("id") or ""
        self.rows.setdefault(self._row, "")

    def handle_data(self, data: str) -> None:
        self.rows[self._row] = f"{self.rows.get(self._row, '')} {data}"


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.parametrize("language", files.LANGUAGES)
def test_json_csv_and_html_give_the_same_figures(language: str) -> None:
    values = told(language)

    from_json = json.loads(files.make(values, "json"))["figures"]
    from_csv = list(csv.DictReader(io.StringIO(files.make(values, "csv").decode())))
    from_html = Cells(files.make(values, "html").decode()).rows

    assert len(from_json) == len(from_csv) == 22 + 6  # those of the letter, and criminal cases by role
    for one, other in zip(from_json, from_csv, strict=True):
        flat = {**one, **one["window"], "chapter": str(one["chapter"])}
        value = ", ".join(map(str, one["value"])) if isinstance(one["value"], list) else str(one["value"])
        assert {**other, "value": value} == {name: flat[name] for name in other} | {"value": value}
        assert other["value"] == value
        row = plain(from_html[one["key"]])
        for part in (one["text"], one["unit"], one["definition"], one["source"], one["rule"]):
            assert plain(part) in row, one["key"]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")
@pytest.mark.parametrize("language", files.LANGUAGES)
def test_the_pdf_says_what_the_json_says(language: str) -> None:
    values = told(language)

    raw = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=files.make(values, "pdf"), capture_output=True, check=True
    ).stdout.decode()

    # A line may end after a hyphen.
    words = set(re.split(r"[\s-]+", raw))
    for row in values["rows"]:
        said = f"{row['text']} {row['unit']} {row['definition']} {row['source']} {row['rule']}"
        missing = [word for word in re.split(r"[\s-]+", said) if word not in words]
        assert not missing, (row["key"], missing)


def test_the_json_says_everything_in_one_order_however_it_was_kept() -> None:
    values = told("en", exact=True)
    shuffled = json.loads(json.dumps(values, sort_keys=True))

    rows = json.loads(files.make(values, "json"))["figures"]

    assert rows == json.loads(json.dumps(values["rows"]))
    assert files.make(shuffled, "json") == files.make(values, "json")


def test_the_letter_is_said_as_the_letter_says_it() -> None:
    said = {row["key"]: (row["value"], row["text"], row["precision"]) for row in told("nl")["rows"]}

    assert said["travellers_out"] == (130, "circa 130", "circa")
    assert said["returned"] == (30, "ruim dertig", "ruim")
    assert said["official_messages"] == (47, "47", "exact")
    assert said["returnees_arrested"] == (2, "twee", "exact")
    assert said["ptd_extension_days"] == ([90, 60], "90 en 60", "exact")
    assert said["deregistered"] == (30, "ruim dertig", "ruim")
    assert said["passport_alerts"] == (29, "29", "exact")
    assert said["minors_stopped"] == (6, "zes", "exact")
    assert said["benefits_stopped"] == (30, "ruim 30", "ruim")
    assert said["freezes_done"] == (4, "vier", "exact")
    assert said["freezes_pending"] == (8, "acht", "exact")
    assert said["eu_travellers"] == (3000, "ongeveer 3.000", "ongeveer")


def test_exact_counts_are_in_the_json_of_who_may_see_them_and_nowhere_else() -> None:
    for language in files.LANGUAGES:
        inside, outside = told(language, exact=True), told(language)

        assert {row["key"]: row["counted"] for row in inside["rows"]}["travellers_out"] == 128
        for form in files.FORMS:
            made = files.make(outside, form)
            assert b'"counted":' not in made
            if form != "pdf":
                assert not re.search(rb"\b(128|33|34|38)\b", made), form
        assert files.make(inside, "csv") == files.make(outside, "csv")
        assert files.make(inside, "html") == files.make(outside, "html")
        assert files.make(inside, "pdf") == files.make(outside, "pdf")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", " =", "\u00a0="])
def test_no_cell_of_the_csv_can_start_a_formula(start: str) -> None:
    values = told("en")
    values["rows"][0] |= {"definition": f'{start}HYPERLINK("x")', "source": f"{start}1+1"}

    first = next(csv.DictReader(io.StringIO(files.make(values, "csv").decode())))

    assert first["definition"] == f'\'{start}HYPERLINK("x")'
    assert first["source"].startswith("'")


def test_a_reason_cannot_become_markup() -> None:
    values = told("nl", reason='<script>alert("x")</script> #panic("x") *bold*')

    page = files.make(values, "html").decode()
    made = files.make(values, "pdf")

    assert "<script>" not in page
    assert made.startswith(b"%PDF-")


def test_a_pdf_is_tagged_in_its_language_and_always_the_same() -> None:
    for language in files.LANGUAGES:
        first, second = (files.make(told(language), "pdf") for _ in range(2))

        assert first == second
        assert b"/StructTreeRoot" in first
        assert f"/Lang({language})".encode() in first
        assert b"pdfuaid:part" in first


def test_the_page_stands_by_itself() -> None:
    page = files.make(told("nl"), "html").decode()

    assert '<html lang="nl">' in page
    assert not re.search(r"(src|href)=|@import|url\(", page), "nothing is fetched from elsewhere"
    assert page.count("<caption>") == page.count("<table>")


def test_what_is_not_known_is_said() -> None:
    page = files.make(told("nl"), "html").decode()

    assert "Deze uitgave heeft in dit hoofdstuk geen cijfer." in page  # chapter 4 of the letter
    assert "Concept: dit rapport is niet gepubliceerd." in page
    assert REASON in page
