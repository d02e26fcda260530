"""OFAC's SDN list: sdn.csv with its aliases in alt.csv ("SDN List data formats", dat_spec.txt).

Both have no header, write `-0- ` for nothing and end with Ctrl-Z. What OFAC knows of a
person beside name and programme stands in one text, "remarks", of which only birth
dates, nationality, sex and identity documents are read.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from typing import NamedTuple

from samenhang.watchlists.publishers.records import (
    Alias,
    ListedPerson,
    Problem,
    PublishedList,
    Quality,
    countries,
    repeated,
    tidy,
    unique,
    years,
)

NOTHING, END = "-0-", "\x1a"
SDN_COLUMNS, ALT_COLUMNS = 12, 5
MONTHS = {
    name: i
    for i, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"], 1
    )
}
# Numbers that people show who they are with; not tax, phone or case numbers.
_OFAC_DOCUMENT = re.compile(
    r"(?:alt\. )?(?:Diplomatic |Stateless Person )?(?:Passport|National ID No\.|Identification Number"
    r"|Cedula No\.|D\.N\.I\."
    r"|C\.U\.R\.P\.|National Foreign ID Number|Residency Number|Travel Document Number) ([^(;]+)"
)
_OFAC_BIRTH = re.compile(r"(?:alt\. )?DOB (?:circa )?(.+)")
_OFAC_NATIONALITY = re.compile(r"(?:alt\. )?(?:nationality|citizen) (.+)")
_OFAC_GENDER = re.compile(r"Gender (Male|Female)\b")
_ENGLISH_DATE = re.compile(r"(?:(?:([0-9]{1,2}) )?([A-Z][a-z]{2}) )?([0-9]{4})\Z")


class _Row(NamedTuple):
    """One line of sdn.csv, as far as we use it."""

    number: str
    name: str
    kind: str
    programmes: str
    remarks: str


def decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def read(sdn: bytes, alt: bytes | None) -> PublishedList:
    """Read both files of one day; without alt.csv there are no aliases, which is said."""
    problems: list[Problem] = []
    digest = hashlib.sha256(sdn).hexdigest()
    if alt is None:
        problems.append(Problem("file", "no alt.csv with it: the list is read without its aliases"))
    else:
        digest = hashlib.sha256((digest + hashlib.sha256(alt).hexdigest()).encode()).hexdigest()
    rows = [
        _Row(cells[0], cells[1], cells[2], cells[3], cells[11])
        for cells in _rows(sdn, SDN_COLUMNS, "sdn.csv", problems)
    ]
    aliases = _ofac_aliases(alt or b"", {row.number for row in rows}, problems)
    persons = tuple(
        _ofac_person(row, aliases.get(row.number, ()), problems) for row in rows if row.kind == "individual"
    )
    problems.extend(repeated(persons))
    if not persons:
        problems.append(Problem("file", "no person in it", fatal=True))
    if any(problem.fatal for problem in problems):
        persons = ()
    return PublishedList("OFAC", None, digest, persons, tuple(problems), len(rows) - len(persons))


def _rows(content: bytes, columns: int, file: str, problems: list[Problem]) -> Iterator[list[str]]:
    """Rows of the right width, cells tidied and empty for `-0-`. The file's closing Ctrl-Z is no row."""
    # Strict, so that a file that ends inside a quoted cell is seen to be cut short.
    reader = csv.reader(io.StringIO(decode(content), newline=""), strict=True)
    ended = False
    try:
        for cells in reader:
            if not cells or cells == [END]:
                ended = ended or bool(cells)
                continue
            if len(cells) != columns or not cells[0].strip().isdigit():
                problems.append(
                    Problem(f"{file}, line {reader.line_num}", "not a row of this list", fatal=True)
                )
                continue
            yield ["" if cell.strip() == NOTHING else tidy(cell) for cell in cells]
    except csv.Error as fault:
        problems.append(Problem(f"{file}, line {reader.line_num}", f"broken CSV: {fault}", fatal=True))
    if content and not ended:
        problems.append(Problem(file, "no end mark: perhaps cut short"))


def _ofac_aliases(content: bytes, numbers: set[str], problems: list[Problem]) -> dict[str, tuple[Alias, ...]]:
    """Aliases by number. Those of records absent from sdn.csv are left out and said.

    alt.csv does not say whether a record is a person, so taking them up would screen
    people against the names of companies and ships.
    """
    qualities: dict[str, Quality] = {"aka": "aka", "fka": "fka", "nka": "nka"}
    aliases: dict[str, tuple[Alias, ...]] = {}
    for number, _, kind, name, _ in _rows(content, ALT_COLUMNS, "alt.csv", problems):
        if number not in numbers:
            problems.append(Problem(number, "alias of a record that sdn.csv lacks; left out"))
        elif name:
            aliases[number] = (*aliases.get(number, ()), Alias(name, qualities.get(kind, "unstated")))
    return aliases


def _ofac_person(row: _Row, aliases: tuple[Alias, ...], problems: list[Problem]) -> ListedPerson:
    remarks = [remark.strip().rstrip(".") for remark in row.remarks.split(";")]
    births = (found[1] for remark in remarks if (found := _OFAC_BIRTH.match(remark)))
    nationalities = [found[1] for remark in remarks if (found := _OFAC_NATIONALITY.match(remark))]
    documents = (found[1].strip() for remark in remarks if (found := _OFAC_DOCUMENT.match(remark)))
    gender = next((found[1] for remark in remarks if (found := _OFAC_GENDER.match(remark))), "")
    return ListedPerson(
        number=row.number,
        name=row.name,
        aliases=aliases,
        birth_dates=unique(day for text in births for day in _ofac_dates(text, row.number, problems)),
        nationalities=countries(nationalities, row.number, problems),
        documents=unique(documents),
        programmes=unique(row.programmes.split("] [")),
        sex={"Male": "M", "Female": "F"}.get(gender),
    )


def _ofac_dates(text: str, number: str, problems: list[Problem]) -> Iterator[str]:
    """One date ("10 Dec 1948", "Apr 1961", "1951") or the years of a range ("1951 to 1953")."""
    ends = [_english_date(part.strip()) for part in re.split(r" to |-", text.removeprefix("circa "))]
    if len(ends) == 1 and ends[0]:
        yield ends[0]
    elif len(ends) == 2 and ends[0] and ends[1]:
        yield from years(int(ends[0][:4]), int(ends[1][:4]), number, problems)
    else:
        problems.append(Problem(number, f"unreadable date of birth {text!r}"))


def _english_date(text: str) -> str | None:
    match = _ENGLISH_DATE.match(text)
    if not match:
        return None
    day, month, year = match.groups()
    if not month:
        return str(year)
    if month not in MONTHS:
        return None
    iso = f"{year}-{MONTHS[month]:02}"
    return f"{iso}-{int(day):02}" if day else iso
