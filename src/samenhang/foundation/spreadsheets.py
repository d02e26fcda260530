"""A spreadsheet that somebody brings: CSV or xlsx to rows of text, with what is wrong row by row.

And one that somebody takes along: no cell of it calculates.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TypeVar
from xml.etree.ElementTree import ParseError

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from samenhang.foundation.days import FIRST_YEAR, LAST_YEAR, can_be_meant
from samenhang.foundation.errors import Refused

LARGEST, MOST_ROWS, MOST_COLUMNS = 2_000_000, 2_000, 60
UNPACKED = 20_000_000  # bytes of all parts of an xlsx file together
# Day 1 of a spreadsheet is 1 January 1900, and it believes that 1900 was a leap year.
DAY_ZERO = date(1899, 12, 30)

# With these a spreadsheet begins to calculate; also their wide forms, and after what it skips.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")

# Whatever a workbook that is none makes its reader stumble over.
_UNREADABLE = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, ValueError, LookupError, TypeError,
    AttributeError, NotImplementedError, EOFError,
)  # fmt: skip

Said = Mapping[str, str]
Read = TypeVar("Read")


class NotASheet(Refused):
    code = "not-a-sheet"
    status = 422


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one row, for who made the sheet."""

    row: int
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns, each with the names it may have; the first row of a sheet names them in any order.

    longest: how many characters a cell may have, for the columns where less is kept than a cell may hold.
    """

    names: Mapping[str, tuple[str, ...]]
    optional: tuple[str, ...]
    longest: Mapping[str, int] = field(default_factory=dict)

    def places(self, heads: list[str]) -> Mapping[str, int]:
        """Where each column stands. Raises NotASheet when one is missing."""
        named = {head.strip().casefold(): at for at, head in enumerate(heads)}
        found = {
            column: next(named[name] for name in names if name in named)
            for column, names in self.names.items()
            if any(name in named for name in names)
        }
        lacking = [
            " / ".join(names)
            for column, names in self.names.items()
            if column not in found and column not in self.optional
        ]
        if lacking:
            raise NotASheet(
                _("The first row must name these columns too, each by one of its names: %s.")
                % "; ".join(lacking)
            )
        return found

    def check_lengths(self, said: Said) -> None:
        """Raises NotASheet."""
        for column, longest in self.longest.items():
            if len(said.get(column, "")) > longest:
                words = {"column": self.names[column][0], "most": longest}
                raise NotASheet(_("“%(column)s” is longer than %(most)d characters.") % words)


def harmless(text: str) -> str:
    """The text, which no spreadsheet takes for a formula: an apostrophe before it where it could."""
    rest = text.lstrip()
    before = text[: len(text) - len(rest)]
    return f"'{text}" if rest.startswith(_FORMULA) or not set(before).isdisjoint("\t\r\n") else text


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """These rows as a file: every cell quoted, an absent one empty, and none a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    for row in rows:
        writer.writerow([harmless("" if cell is None else str(cell)) for cell in row])
    return out.getvalue()


def read_sheet(data: bytes) -> list[list[str]]:
    """The cells of the first sheet, as text. Raises NotASheet."""
    if len(data) > LARGEST:
        raise NotASheet(_("This file is too large: 2 MB at most."))
    if (data[:2] != b"PK" and b"\0" in data) or data[:4] == b"%PDF":
        raise _unreadable()  # a picture, a PDF or an old workbook would be read as one strange first row
    rows = _xlsx(data) if data[:2] == b"PK" else _csv(data)
    if len(rows) > MOST_ROWS + 1:
        raise NotASheet(_("At most %d rows at a time.") % MOST_ROWS)
    return rows


def read_rows(
    rows: list[list[str]],
    columns: Columns,
    read: Callable[[int, Said], Read],
    same: Callable[[Read], object],
) -> tuple[list[Read], list[Problem]]:
    """What can be taken in, and what cannot, row by row. Raises NotASheet when a column is missing.

    read: makes an entry of the number of a row and its cells by column, or raises what is Refused.
    same: two entries with an equal answer are the same, and the second is a problem.
    """
    if not rows:
        raise NotASheet(_("This sheet is empty."))
    places = columns.places(rows[0])
    good: list[Read] = []
    problems: list[Problem] = []
    first: dict[object, int] = {}
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        said = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        try:
            columns.check_lengths(said)
            entry = read(number, said)
        except Refused as refusal:
            problems.append(Problem(number, str(refusal)))
            continue
        if same(entry) in first:
            text = _("The same name and day of birth stand in row %d.") % first[same(entry)]
            problems.append(Problem(number, text))
            continue
        first[same(entry)] = number
        good.append(entry)
    return good, problems


def choice(kinds: type[TextChoices], text: str, otherwise: str) -> str:
    """A code of these, typed in any case. Raises NotASheet."""
    if not text:
        return otherwise
    for value in kinds.values:
        if text.casefold() == value.casefold():
            return str(value)
    known = ", ".join(kinds.values)
    raise NotASheet(_("“%(text)s” is none of these: %(known)s.") % {"text": text, "known": known})


def day(text: str) -> date:
    """31-12-2026, 2026-12-31, or the number a spreadsheet writes for a day. Raises NotASheet."""
    parts = re.split(r"[-/.]", text)
    try:
        if text.isdigit() and len(text) == 5:
            return DAY_ZERO + timedelta(days=int(text))
        year, month, day_of_month = parts if len(parts[0]) == 4 else parts[::-1]
        read = date(int(year), int(month), int(day_of_month))
    except (ValueError, OverflowError):
        raise NotASheet(_("“%s” is no day. Write it as 31-12-2026.") % text) from None
    if not can_be_meant(read):
        words = {"text": text, "first": FIRST_YEAR, "last": LAST_YEAR}
        raise NotASheet(_("“%(text)s”: the year must lie between %(first)d and %(last)d.") % words)
    return read


def born(text: str) -> str:
    """As far as known: 30-4-2001, 4-2001 or 2001, to ISO."""
    if not text or re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return text
    if text.isdigit() and len(text) == 5:
        return day(text).isoformat()
    return "-".join(part.zfill(2) for part in reversed(re.split(r"[-/.]", text)))


def _csv(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    head = text.partition("\n")[0]
    separator = max(";,\t", key=head.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error:
        raise _unreadable() from None


def _xlsx(data: bytes) -> list[list[str]]:
    """openpyxl reads its XML through defusedxml, which refuses entities; sizes are refused here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED:
                raise _unreadable()
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # what a file claims of its own size is not believed
            limits = {"max_row": MOST_ROWS + 2, "max_col": MOST_COLUMNS}
            rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True, **limits)]
        finally:
            book.close()
    except _UNREADABLE:
        raise _unreadable() from None
    return _without_empty_end(rows)


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def _without_empty_end(rows: Iterable[list[str]]) -> list[list[str]]:
    kept = list(rows)
    while kept and not any(kept[-1]):
        kept.pop()
    return kept


def _unreadable() -> NotASheet:
    return NotASheet(_("This file is no spreadsheet that can be read: save it as CSV or xlsx."))
