"""A list of travellers as a spreadsheet: reading CSV and xlsx, and saying what is wrong row by row."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

from samenhang.exchange.rules import Incomplete, Information, Source
from samenhang.exchange.rules.movements import Seen, Whereabouts, check_seen
from samenhang.foundation.errors import Refused
from samenhang.persons.rules import Identity, UnreadableClaim, check_identity

LARGEST, MOST_ROWS = 2_000_000, 2_000
UNPACKED = 20_000_000  # bytes of one part of an xlsx file
# The columns, each with the names it may have; the first row of the sheet names them in any order.
COLUMNS = {
    "surname": ("surname", "achternaam"),
    "given_names": ("given names", "voornamen"),
    "born": ("born", "geboren"),
    "municipality": ("municipality", "gemeente"),
    "status": ("status", "toestand"),
    "since": ("since", "sinds"),
    "place": ("place", "plaats"),
    "source": ("source", "bron"),
    "information": ("information", "informatie"),
    "basis": ("basis", "grondslag"),
}
OPTIONAL = ("given_names", "born", "place", "source", "information")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# Day 1 of a spreadsheet is 1 January 1900, and it believes that 1900 was a leap year.
DAY_ZERO = date(1899, 12, 30)


class NotASheet(Refused):
    code = "not-a-sheet"
    status = 422


@dataclass(frozen=True, slots=True)
class Entry:
    """One traveller as the sheet has it. row: its number in the sheet."""

    row: int
    identity: Identity
    municipality: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one row, for who made the sheet."""

    row: int
    text: str


def read_sheet(data: bytes) -> list[list[str]]:
    """The cells of the first sheet, as text. Raises NotASheet."""
    if len(data) > LARGEST:
        raise NotASheet(_("This file is too large: 2 MB at most."))
    rows = _xlsx(data) if data[:2] == b"PK" else _csv(data)
    if len(rows) > MOST_ROWS + 1:
        raise NotASheet(_("At most %d travellers at a time.") % MOST_ROWS)
    return rows


def entries(rows: list[list[str]], today: date) -> tuple[list[Entry], list[Problem]]:
    """What can be taken in, and what cannot, row by row. Raises NotASheet when a column is missing."""
    if not rows:
        raise NotASheet(_("This sheet is empty."))
    places = _columns(rows[0])
    good: list[Entry] = []
    problems: list[Problem] = []
    first: dict[Identity, int] = {}
    for number, cells in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        said = {name: cells[at].strip() if at < len(cells) else "" for name, at in places.items()}
        try:
            entry = _entry(number, said, today)
        except (Incomplete, UnreadableClaim, NotASheet) as refusal:
            problems.append(Problem(number, str(refusal)))
            continue
        if entry.identity in first:
            same = first[entry.identity]
            problems.append(Problem(number, _("The same name and day of birth stand in row %d.") % same))
            continue
        first[entry.identity] = number
        good.append(entry)
    return good, problems


def _columns(heads: list[str]) -> Mapping[str, int]:
    named = {head.strip().casefold(): at for at, head in enumerate(heads)}
    found = {
        column: next(named[name] for name in names if name in named)
        for column, names in COLUMNS.items()
        if any(name in named for name in names)
    }
    missing = [COLUMNS[column][0] for column in COLUMNS if column not in found and column not in OPTIONAL]
    if missing:
        raise NotASheet(_("The first row must name these columns too: %s.") % ", ".join(missing))
    return found


def _entry(number: int, said: Mapping[str, str], today: date) -> Entry:
    identity = Identity(
        said["surname"], said.get("given_names", ""), _born(said.get("born", "")), "list of travellers"
    )
    check_identity(identity)
    seen = Seen(
        _status(said["status"]),
        _day(said["since"]),
        said["basis"],
        place=said.get("place", ""),
        source_evaluation=_choice(Source, said.get("source", ""), Source.UNKNOWN),
        information_evaluation=_choice(Information, said.get("information", ""), Information.UNCONFIRMED),
    )
    check_seen(seen, today)
    if not said["municipality"]:
        raise NotASheet(_("The home municipality is missing."))
    return Entry(number, identity, said["municipality"], seen)


def _status(text: str) -> Whereabouts:
    for one in Whereabouts:
        if text.casefold() in (one.value, str(one.label).casefold()):
            return one
    known = ", ".join(one.value for one in Whereabouts)
    raise NotASheet(_("“%(text)s” is no status. Use one of: %(known)s.") % {"text": text, "known": known})


def _choice(kinds: type[Source] | type[Information], text: str, otherwise: str) -> str:
    if not text:
        return otherwise
    if text.upper() not in kinds.values:
        known = ", ".join(kinds.values)
        raise NotASheet(
            _("“%(text)s” is no evaluation. Use one of: %(known)s.") % {"text": text, "known": known}
        )
    return text.upper()


def _day(text: str) -> date:
    parts = re.split(r"[-/.]", text)
    try:
        if text.isdigit() and len(text) == 5:
            return DAY_ZERO + timedelta(days=int(text))
        year, month, day = parts if len(parts[0]) == 4 else parts[::-1]
        return date(int(year), int(month), int(day))
    except (ValueError, OverflowError):
        raise NotASheet(_("“%s” is no day. Write it as 31-12-2026.") % text) from None


def _born(text: str) -> str:
    """As far as known: 30-4-2001, 4-2001 or 2001, to ISO."""
    if not text or re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return text
    if text.isdigit() and len(text) == 5:
        return _day(text).isoformat()
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
        raise NotASheet(_("This file is no spreadsheet that can be read: save it as CSV or xlsx.")) from None


def _xlsx(data: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            sheet = min(name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
            shared = "xl/sharedStrings.xml"
            texts = [_text(one) for one in _part(archive, shared)] if shared in names else []
            return [*_rows(_part(archive, sheet), texts)]
    except (zipfile.BadZipFile, ParseError, ValueError, KeyError, IndexError, NotImplementedError):
        raise NotASheet(_("This file is no spreadsheet that can be read: save it as CSV or xlsx.")) from None


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as part:
        data = part.read(UNPACKED + 1)
    if len(data) > UNPACKED:
        raise ValueError
    return fromstring(data)


def _rows(sheet: Element, texts: list[str]) -> Iterator[list[str]]:
    number = 0
    for row in sheet.iter(f"{MAIN}row"):
        wanted = int(row.get("r", number + 1))
        yield from ([] for _gap in range(min(wanted - number - 1, MOST_ROWS)))
        number = wanted
        cells: dict[int, str] = {}
        for cell in row.iter(f"{MAIN}c"):
            value = cell.find(f"{MAIN}v")
            text = (value.text or "") if value is not None else _text(cell)
            at = _place(cell.get("r", "")) if cell.get("r") else len(cells)
            cells[at] = texts[int(text)] if cell.get("t") == "s" else text.removesuffix(".0")
        yield [cells.get(at, "") for at in range(max(cells, default=-1) + 1)]


def _text(node: Element) -> str:
    return "".join(part.text or "" for part in node.iter(f"{MAIN}t"))


def _place(reference: str) -> int:
    at = 0
    for letter in re.match(r"[A-Z]{1,2}", reference)[0]:  # type: ignore[index]
        at = at * 26 + ord(letter) - 64
    return at - 1
