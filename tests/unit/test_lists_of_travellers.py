"""Reading a list of travellers: CSV and xlsx, with what is wrong row by row."""

import io
import zipfile
from datetime import date

import pytest

from samenhang.exchange.rules.movements import Whereabouts
from samenhang.risk.rules.sheets import NotASheet, entries, read_sheet

HEAD = ["surname", "given names", "born", "municipality", "status", "since", "basis"]
ROW = ["Fantasia", "Pippi", "30-4-2001", "Nergenshuizen", "left", "1-2-2026", "Politiewet 2012 art. 3"]
TODAY = date(2026, 11, 23)


def xlsx(rows: list[list[str]]) -> bytes:
    """A workbook as spreadsheet programs write it: texts shared, days as numbers."""
    texts = [cell for row in rows for cell in row]
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    lines, number = [], 0
    for at, row in enumerate(rows, 1):
        cells = ""
        for place, cell in zip("ABCDEFGHIJ", row, strict=False):
            if cell.isdigit() and len(cell) == 5:
                cells += f'<c r="{place}{at}"><v>{cell}</v></c>'
            elif cell:
                cells += f'<c r="{place}{at}" t="s"><v>{number}</v></c>'
            number += 1
        lines.append(f'<row r="{at}">{cells}</row>')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        shared = "".join(f"<si><t>{text}</t></si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f"<sst {main}>{shared}</sst>")
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f"<worksheet {main}><sheetData>{''.join(lines)}</sheetData></worksheet>",
        )
    return file.getvalue()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_is_read_whatever_separates_it(separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (HEAD, ROW))

    good, problems = entries(read_sheet(text.encode("utf-8-sig")), TODAY)

    assert not problems
    assert (good[0].identity.surname, good[0].identity.birth_date) == ("Fantasia", "2001-04-30")
    assert (good[0].seen.status, good[0].seen.true_on) == (Whereabouts.LEFT, date(2026, 2, 1))


def test_xlsx_is_read_with_its_days_as_numbers_and_its_empty_cells() -> None:
    rows = [HEAD, [*ROW[:5], "46054", ROW[6]], ["", "", "", "", "", "", ""], ["Verzonsel", "", *ROW[2:]]]

    good, problems = entries(read_sheet(xlsx(rows)), TODAY)

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

    good, problems = entries([HEAD, wrong, other], TODAY)

    assert [one.row for one in problems] == [2]
    assert [one.row for one in good] == [3]


def test_the_same_person_twice_a_missing_column_and_no_sheet_at_all_are_said() -> None:
    good, problems = entries([HEAD, ROW, ROW], TODAY)
    assert ([one.row for one in good], [one.row for one in problems]) == ([2], [3])
    with pytest.raises(NotASheet, match="municipality"):
        entries([HEAD[:3] + HEAD[4:], ROW], TODAY)
    for broken in (b"PK\x03\x04 broken", b""):
        with pytest.raises(NotASheet):
            entries(read_sheet(broken), TODAY)
