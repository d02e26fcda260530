"""Reading a list of travellers: CSV and xlsx, with what is wrong row by row."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from samenhang.exchange.rules.movements import Whereabouts
from samenhang.exchange.rules.zones import Zone
from samenhang.foundation.spreadsheets import UNPACKED, NotASheet, read_sheet
from samenhang.risk.rules.sheets import entries

HEAD = ["surname", "given names", "born", "municipality", "status", "since", "basis"]
ROW = ["Fantasia", "Pippi", "30-4-2001", "Nergenshuizen", "left", "1-2-2026", "Politiewet 2012 art. 3"]
ZONES = [
    Zone("Strijdgebied", date(2025, 6, 1), "An imaginary minister", "An imaginary letter", date(2026, 6, 30))
]
TODAY = date(2026, 11, 23)


def xlsx(rows: list[list[str]]) -> bytes:
    """A workbook as spreadsheet programs write it: days as dates or as numbers."""
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append([int(cell) if cell.isdigit() and len(cell) == 5 else cell or None for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_whatever_separates_it(separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (HEAD, ROW))

    good, problems = entries(read_sheet(text.encode("utf-8-sig")), TODAY, ZONES)

    assert not problems
    assert (good[0].identity.surname, good[0].identity.birth_date) == ("Fantasia", "2001-04-30")
    assert (good[0].seen.status, good[0].seen.true_on) == (Whereabouts.LEFT, date(2026, 2, 1))


def test_xlsx_is_read_with_its_days_as_numbers_and_its_empty_cells() -> None:
    rows = [HEAD, [*ROW[:5], "46054", ROW[6]], ["", "", "", "", "", "", ""], ["Verzonsel", "", *ROW[2:]]]

    good, problems = entries(read_sheet(xlsx(rows)), TODAY, ZONES)

    assert not problems
    assert [(one.row, one.identity.surname, one.seen.true_on) for one in good] == [
        (2, "Fantasia", date(2026, 2, 1)), (4, "Verzonsel", date(2026, 2, 1)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "text"),
    [(0, ""), (2, "31-2-2001"), (3, ""), (4, "gone"), (5, "soon"), (5, "1-1-2030"), (6, "")],
)
def test_a_row_that_does_not_fit_is_named_and_the_others_still_fit(place: int, text: str) -> None:
    wrong = [*ROW[:place], text, *ROW[place + 1 :]]
    if place == 0:
        wrong[1] = ""
    other = ["Verzonsel", *ROW[1:]]

    good, problems = entries([HEAD, wrong, other], TODAY, ZONES)

    assert [one.row for one in problems] == [2]
    assert [one.row for one in good] == [3]


def test_the_same_person_twice_a_missing_column_and_no_sheet_at_all_are_said() -> None:
    good, problems = entries([HEAD, ROW, ROW], TODAY, ZONES)
    assert ([one.row for one in good], [one.row for one in problems]) == ([2], [3])
    with pytest.raises(NotASheet, match="municipality"):
        entries([HEAD[:3] + HEAD[4:], ROW], TODAY, ZONES)
    for broken in (b"PK\x03\x04 broken", b""):
        with pytest.raises(NotASheet):
            entries(read_sheet(broken), TODAY, ZONES)


def test_a_day_that_a_spreadsheet_knows_as_a_day_is_one() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append([*HEAD])
    book.active.append([*ROW[:5], date(2026, 2, 1), ROW[6]])
    file = io.BytesIO()
    book.save(file)

    good, problems = entries(read_sheet(file.getvalue()), TODAY, ZONES)

    assert (good[0].seen.true_on, problems) == (date(2026, 2, 1), [])


def test_a_file_that_unpacks_to_far_more_than_it_is_is_refused_unread() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (UNPACKED + 1))

    with pytest.raises(NotASheet):
        read_sheet(file.getvalue())


def test_who_is_in_a_conflict_zone_is_in_an_area_that_counted_that_day() -> None:
    head = [*HEAD, "place"]
    there = [[*ROW[:4], "in-zone", day, ROW[6], place] for day, place in (
        ("1-6-2026", "strijdgebied"), ("1-7-2026", "Strijdgebied"), ("1-6-2026", "Elderland"),
    )]  # fmt: skip
    rows = [[f"Verzonsel{number}", *row[1:]] for number, row in enumerate(there)]

    good, problems = entries([head, *rows], date(2026, 8, 1), ZONES)

    assert ([one.row for one in good], [one.row for one in problems]) == ([2], [3, 4])
    assert "Strijdgebied" in problems[1].text
