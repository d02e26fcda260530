"""Official lists in their publishers' formats: the UN consolidated list and OFAC's SDN list.

Only what screening needs is read, and only of persons: entities, vessels and aircraft
are counted. Faults in the input become problems beside the result. After a fatal one
nothing of the list is given, because a list read by half would look like one on which
people were removed.

Sources: UN Security Council, https://scsanctions.un.org (sc-sanctions.xsd); OFAC,
"SDN List data formats" (dat_spec.txt): sdn.csv and alt.csv have no header and `-0- ` for nothing.
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element, ParseError

import pycountry
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

Publisher = Literal["UN", "OFAC"]
Quality = Literal["good", "low", "aka", "fka", "nka", "unstated"]

# Every year of a range becomes a date of its own; a wider one says nothing about age.
WIDEST_RANGE = 15
NOTHING, END = "-0-", "\x1a"
SDN_COLUMNS, ALT_COLUMNS = 12, 5
# Names that the publishers use and ISO 3166-1 does not.
COUNTRIES = {
    "burma": "MMR",
    "congo, democratic republic of the": "COD",
    "congo, republic of the": "COG",
    "cote d ivoire": "CIV",
    "democratic republic of the congo": "COD",
    "iran (islamic republic of)": "IRN",
    "korea, north": "PRK",
    "korea, south": "KOR",
    "kosovo": "XKX",
    "macedonia, the former yugoslav republic of": "MKD",
    "palestinian": "PSE",
    "russia": "RUS",
    "state of palestine": "PSE",
    "the gambia": "GMB",
    "turkey": "TUR",
}
MONTHS = {name: i for i, name in enumerate("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(), 1)}
# Numbers that people show who they are with; not tax, phone or case numbers.
_OFAC_DOCUMENT = re.compile(
    r"(?:alt\. )?(?:Diplomatic |Stateless Person )?(?:Passport|National ID No\.|Identification Number|Cedula No\.|D\.N\.I\."
    r"|C\.U\.R\.P\.|National Foreign ID Number|Residency Number|Travel Document Number) ([^(;]+)"
)
_OFAC_BIRTH = re.compile(r"(?:alt\. )?DOB (?:circa )?(.+)")
_OFAC_NATIONALITY = re.compile(r"(?:alt\. )?(?:nationality|citizen) (.+)")
_OFAC_GENDER = re.compile(r"Gender (Male|Female)\b")
_ENGLISH_DATE = re.compile(r"(?:(?:([0-9]{1,2}) )?([A-Z][a-z]{2}) )?([0-9]{4})\Z")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}\Z")


class NotAList(ValueError):  # noqa: N818 - it names what the file is
    """The content is no list in a format that we read."""


@dataclass(frozen=True)
class Problem:
    """What could not be read, and where: a person's number, a row or the file."""

    where: str
    message: str
    fatal: bool = False


@dataclass(frozen=True)
class Alias:
    """One alias as published. UN grades it good or low; OFAC says also, formerly or now known as."""

    name: str
    quality: Quality


@dataclass(frozen=True)
class ListedPerson:
    """One person as published.

    birth_dates: ISO, as precise as published; ranges as their years
    nationalities: ISO 3166-1 alpha-3; sex: "M", "F" or None
    listed_on: UN only; original_name: in its own script, UN only
    """

    number: str
    name: str
    aliases: tuple[Alias, ...] = ()
    birth_dates: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    listed_on: date | None = None
    programmes: tuple[str, ...] = ()
    sex: str | None = None
    original_name: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name to screen with; aliases that the publisher wrote in one field come apart."""
        several = (part.strip() for alias in self.aliases for part in alias.name.split(";"))
        return tuple(dict.fromkeys(name for name in (self.name, self.original_name, *several) if name))


@dataclass(frozen=True)
class PublishedList:
    """A list as read. digest: SHA-256 of the file, or of both digests (sdn, alt) of a pair."""

    publisher: Publisher
    generated_on: date | None
    digest: str
    persons: tuple[ListedPerson, ...]
    problems: tuple[Problem, ...]
    others: int = 0

    @property
    def usable(self) -> bool:
        """Whether the whole list was read: only then may it replace an earlier one."""
        return bool(self.persons) and not any(problem.fatal for problem in self.problems)


@dataclass(frozen=True)
class Changes:
    """What a new list changes; changed holds (before, after)."""

    added: tuple[ListedPerson, ...]
    changed: tuple[tuple[ListedPerson, ListedPerson], ...]
    removed: tuple[ListedPerson, ...]


class _Row(NamedTuple):
    """One line of sdn.csv, as far as we use it."""

    number: str
    name: str
    kind: str
    programmes: str
    remarks: str


def read(*contents: bytes) -> PublishedList:
    """Read a list, its format seen from its content: one UN file, or OFAC's sdn with its alt, in any order.

    Raises NotAList for anything else. Never raises on faults inside a recognised list.
    """
    formats = [_format_of(content) for content in contents]
    match sorted(formats):
        case ["un"]:
            return _read_un(contents[0])
        case ["sdn"]:
            return _read_ofac(contents[0], None)
        case ["alt", "sdn"]:
            return _read_ofac(contents[formats.index("sdn")], contents[formats.index("alt")])
        case ["alt"]:
            raise NotAList("OFAC's alt.csv holds aliases only; add the sdn.csv of the same day.")
        case _:
            raise NotAList("Give one UN list, or one OFAC sdn.csv with its alt.csv.")


def compare(old: Iterable[ListedPerson], new: Iterable[ListedPerson]) -> Changes:
    """What happened between two lists of one publisher, by number and in its order.

    The order in which a publisher gives aliases, dates and the like is no change.
    """
    before = {person.number: person for person in old}
    after = {person.number: person for person in new}
    both = sorted(before.keys() & after.keys())
    pairs = ((before[number], after[number]) for number in both)
    return Changes(
        added=tuple(after[number] for number in sorted(after.keys() - before.keys())),
        changed=tuple((one, other) for one, other in pairs if _content(one) != _content(other)),
        removed=tuple(before[number] for number in sorted(before.keys() - after.keys())),
    )


def _content(person: ListedPerson) -> tuple[object, ...]:
    return (
        person.name,
        Counter(person.aliases),
        set(person.birth_dates),
        set(person.nationalities),
        set(person.documents),
        person.listed_on,
        set(person.programmes),
        person.sex,
        person.original_name,
    )


def _format_of(content: bytes) -> str:
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") and b"<CONSOLIDATED_LIST" in content:
        return "un"
    rows = csv.reader(io.StringIO(_decode(content[:65_536])))
    try:
        first = next(rows, [])
    except csv.Error:
        first = []
    numbered = bool(first) and first[0].strip().isdigit()
    if numbered and len(first) == SDN_COLUMNS:
        return "sdn"
    if numbered and len(first) == ALT_COLUMNS and first[1].strip().isdigit():
        return "alt"
    raise NotAList("Neither a UN consolidated list (XML) nor OFAC's sdn.csv or alt.csv.")


def _decode(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _tidy(text: str | None) -> str:
    return " ".join((text or "").split())


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _country(name: str) -> str | None:
    """The alpha-3 code of a country as publishers write it; None if unknown."""
    known = COUNTRIES.get(name.lower())
    if known:
        return known
    try:
        return str(pycountry.countries.lookup(name).alpha_3)
    except LookupError:
        return None


def _countries(names: Iterable[str], number: str, problems: list[Problem]) -> tuple[str, ...]:
    codes = []
    for name in names:
        code = _country(name)
        if code:
            codes.append(code)
        else:
            problems.append(Problem(number, f"nationality {name!r} is no known country"))
    return _unique(codes)


def _repeated(persons: Iterable[ListedPerson]) -> Iterator[Problem]:
    for number, times in Counter(person.number for person in persons).items():
        if times > 1:
            yield Problem(number, f"the number occurs {times} times")


# UN


def _read_un(content: bytes) -> PublishedList:
    digest = hashlib.sha256(content).hexdigest()
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as fault:
        # A DTD can read files of the machine or unfold without end: no list needs one.
        kind = "forbidden" if isinstance(fault, DefusedXmlException) else "broken"
        return PublishedList("UN", None, digest, (), (Problem("file", f"{kind} XML: {fault}", fatal=True),))
    problems: list[Problem] = []
    persons = tuple(
        _un_person(element, problems) for element in root.iterfind("INDIVIDUALS/INDIVIDUAL")
    )
    problems.extend(_repeated(persons))
    if not persons:
        problems.append(Problem("file", "no person in it", fatal=True))
    generated = _day(root.get("dateGenerated"))
    others = sum(1 for _ in root.iterfind("ENTITIES/ENTITY"))
    return PublishedList("UN", generated, digest, persons, tuple(problems), others)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _un_person(element: Element, problems: list[Problem]) -> ListedPerson:
    number = _tidy(element.findtext("REFERENCE_NUMBER"))
    if not number:
        number = f"DATAID {_tidy(element.findtext('DATAID'))}"
        problems.append(Problem(number, "no reference number"))
    names = (element.findtext(f"{place}_NAME") for place in ("FIRST", "SECOND", "THIRD", "FOURTH"))
    countries = (_tidy(value.text) for value in element.iterfind("NATIONALITY/VALUE"))
    return ListedPerson(
        number=number,
        name=" ".join(name for name in map(_tidy, names) if name),
        aliases=tuple(_un_aliases(element)),
        birth_dates=_unique(_un_birth_dates(element, number, problems)),
        nationalities=_countries(filter(None, countries), number, problems),
        documents=_unique(_tidy(found.text) for found in element.iterfind("INDIVIDUAL_DOCUMENT/NUMBER")),
        listed_on=_day(element.findtext("LISTED_ON")),
        programmes=_unique([_tidy(element.findtext("UN_LIST_TYPE"))]),
        sex={"Male": "M", "Female": "F"}.get(_tidy(element.findtext("GENDER"))),
        original_name=_tidy(element.findtext("NAME_ORIGINAL_SCRIPT")),
    )


def _un_aliases(element: Element) -> Iterator[Alias]:
    qualities: dict[str, Quality] = {"good": "good", "low": "low"}
    for alias in element.iterfind("INDIVIDUAL_ALIAS"):
        if name := _tidy(alias.findtext("ALIAS_NAME")):
            yield Alias(name, qualities.get(_tidy(alias.findtext("QUALITY")).lower(), "unstated"))


def _un_birth_dates(element: Element, number: str, problems: list[Problem]) -> Iterator[str]:
    for birth in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        exact, year = _tidy(birth.findtext("DATE")), _tidy(birth.findtext("YEAR"))
        first, last = _tidy(birth.findtext("FROM_YEAR")), _tidy(birth.findtext("TO_YEAR"))
        if _ISO_DATE.match(exact):
            yield exact[:10]
        elif _YEAR.match(year):
            yield year
        elif _YEAR.match(first) and _YEAR.match(last):
            yield from _years(int(first), int(last), number, problems)
        elif exact or year or first or last:
            problems.append(Problem(number, "unreadable date of birth"))


def _years(first: int, last: int, number: str, problems: list[Problem]) -> Iterator[str]:
    if 0 <= last - first < WIDEST_RANGE:
        yield from (f"{year:04}" for year in range(first, last + 1))
    else:
        problems.append(Problem(number, f"range of birth years {first} to {last} left out"))


# OFAC


def _read_ofac(sdn: bytes, alt: bytes | None) -> PublishedList:
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
    problems.extend(_repeated(persons))
    if not persons:
        problems.append(Problem("file", "no person in it", fatal=True))
    if any(problem.fatal for problem in problems):
        persons = ()
    return PublishedList("OFAC", None, digest, persons, tuple(problems), len(rows) - len(persons))


def _rows(content: bytes, columns: int, file: str, problems: list[Problem]) -> Iterator[list[str]]:
    """Rows of the right width, cells tidied and empty for `-0-`. The file's closing Ctrl-Z is no row."""
    # Strict, so that a file that ends inside a quoted cell is seen to be cut short.
    reader = csv.reader(io.StringIO(_decode(content), newline=""), strict=True)
    ended = False
    try:
        for cells in reader:
            if not cells or cells == [END]:
                ended = ended or bool(cells)
                continue
            if len(cells) != columns or not cells[0].strip().isdigit():
                problems.append(Problem(f"{file}, line {reader.line_num}", "not a row of this list", fatal=True))
                continue
            yield ["" if cell.strip() == NOTHING else _tidy(cell) for cell in cells]
    except csv.Error as fault:
        problems.append(Problem(f"{file}, line {reader.line_num}", f"broken CSV: {fault}", fatal=True))
    if content and not ended:
        problems.append(Problem(file, "no end mark: perhaps cut short"))


def _ofac_aliases(
    content: bytes, numbers: set[str], problems: list[Problem]
) -> dict[str, tuple[Alias, ...]]:
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
    countries = [found[1] for remark in remarks if (found := _OFAC_NATIONALITY.match(remark))]
    documents = (found[1].strip() for remark in remarks if (found := _OFAC_DOCUMENT.match(remark)))
    gender = next((found[1] for remark in remarks if (found := _OFAC_GENDER.match(remark))), "")
    return ListedPerson(
        number=row.number,
        name=row.name,
        aliases=aliases,
        birth_dates=_unique(day for text in births for day in _ofac_dates(text, row.number, problems)),
        nationalities=_countries(countries, row.number, problems),
        documents=_unique(documents),
        programmes=_unique(row.programmes.split("] [")),
        sex={"Male": "M", "Female": "F"}.get(gender),
    )


def _ofac_dates(text: str, number: str, problems: list[Problem]) -> Iterator[str]:
    """One date ("10 Dec 1948", "Apr 1961", "1951") or the years of a range ("1951 to 1953")."""
    ends = [_english_date(part.strip()) for part in re.split(r" to |-", text.removeprefix("circa "))]
    if len(ends) == 1 and ends[0]:
        yield ends[0]
    elif len(ends) == 2 and ends[0] and ends[1]:
        yield from _years(int(ends[0][:4]), int(ends[1][:4]), number, problems)
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
