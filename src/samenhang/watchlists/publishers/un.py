"""The UN Security Council's consolidated list in XML (sc-sanctions.xsd, https://scsanctions.un.org)."""

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

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

_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}\Z")


def read(content: bytes) -> PublishedList:
    """Read the whole list; a DTD or broken XML gives nobody and a fatal problem."""
    digest = hashlib.sha256(content).hexdigest()
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as fault:
        # A DTD can read files of the machine or unfold without end: no list needs one.
        kind = "forbidden" if isinstance(fault, DefusedXmlException) else "broken"
        return PublishedList("UN", None, digest, (), (Problem("file", f"{kind} XML: {fault}", fatal=True),))
    problems: list[Problem] = []
    persons = tuple(_un_person(element, problems) for element in root.iterfind("INDIVIDUALS/INDIVIDUAL"))
    problems.extend(repeated(persons))
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
    number = tidy(element.findtext("REFERENCE_NUMBER"))
    if not number:
        number = f"DATAID {tidy(element.findtext('DATAID'))}"
        problems.append(Problem(number, "no reference number"))
    names = (element.findtext(f"{place}_NAME") for place in ("FIRST", "SECOND", "THIRD", "FOURTH"))
    nationalities = (tidy(value.text) for value in element.iterfind("NATIONALITY/VALUE"))
    return ListedPerson(
        number=number,
        name=" ".join(name for name in map(tidy, names) if name),
        aliases=tuple(_un_aliases(element)),
        birth_dates=unique(_un_birth_dates(element, number, problems)),
        nationalities=countries(filter(None, nationalities), number, problems),
        documents=unique(tidy(found.text) for found in element.iterfind("INDIVIDUAL_DOCUMENT/NUMBER")),
        listed_on=_day(element.findtext("LISTED_ON")),
        programmes=unique([tidy(element.findtext("UN_LIST_TYPE"))]),
        sex={"Male": "M", "Female": "F"}.get(tidy(element.findtext("GENDER"))),
        original_name=tidy(element.findtext("NAME_ORIGINAL_SCRIPT")),
    )


def _un_aliases(element: Element) -> Iterator[Alias]:
    qualities: dict[str, Quality] = {"good": "good", "low": "low"}
    for alias in element.iterfind("INDIVIDUAL_ALIAS"):
        if name := tidy(alias.findtext("ALIAS_NAME")):
            yield Alias(name, qualities.get(tidy(alias.findtext("QUALITY")).lower(), "unstated"))


def _un_birth_dates(element: Element, number: str, problems: list[Problem]) -> Iterator[str]:
    for birth in element.iterfind("INDIVIDUAL_DATE_OF_BIRTH"):
        exact, year = tidy(birth.findtext("DATE")), tidy(birth.findtext("YEAR"))
        first, last = tidy(birth.findtext("FROM_YEAR")), tidy(birth.findtext("TO_YEAR"))
        if _ISO_DATE.match(exact):
            yield exact[:10]
        elif _YEAR.match(year):
            yield year
        elif _YEAR.match(first) and _YEAR.match(last):
            yield from years(int(first), int(last), number, problems)
        elif exact or year or first or last:
            problems.append(Problem(number, "unreadable date of birth"))
