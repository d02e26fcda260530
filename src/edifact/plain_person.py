"""Somebody on a PAXLST whose group is plain, read by one expression made from the tables.

Nearly everybody is: one name, each value in its place. Segment by segment (paxlst) is the way for
all others.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import Field, fields
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Any

from edifact import dates, names
from edifact.groups import Group, NotPlain, gap
from edifact.paxlst_tables import KINDS, PERSON
from edifact.paxlst_values import LISTS, address, contacts, several
from edifact.records import Document, Passenger, of_all_fields
from edifact.separators import USUAL, Separators
from edifact.table import Row

REPEATED = {*LISTS, ("COM", "")}  # segments whose values a person may have several of
SINGLE = [row for row in PERSON if not {(row.tag, row.qualifier), (row.tag, "")} & REPEATED][1:]
DOCUMENTS = 2  # that a plain group has at most


def groups(text: str, marks: Separators) -> Iterator[re.Match[str]]:
    """The plain persons of a list in text."""
    person, other = "NAD" + marks.element, "TIF" + marks.element
    for match in _expression(marks, gap(text, marks)).finditer(text):
        # Somebody glued to what comes before must not be lost.
        if text.find(person, match.start("kind"), match.end()) < 0 and text.find(other, *match.span()) < 0:
            yield match


@lru_cache(maxsize=16)
def _expression(marks: Separators, gap: str) -> re.Pattern[str]:
    """One NAD with what follows it, in any order, and then its documents.

    Each name in braces of a row of the table becomes a group of that name. gap: what stands
    between segments.
    """
    element, component, end = (re.escape(mark) for mark in (marks.element, marks.component, marks.terminator))
    letters = "".join(c for c in map(chr, range(33, 127)) if c not in _special(marks))
    word = "[" + re.escape(letters) + "]"
    naming = "".join(c for c in letters if c not in "</,")  # these may stand between surname and given names
    named, spaced = f"[{re.escape(naming)}]", f"[ {re.escape(naming)}]"
    # Bounded, so that a list without terminators is not looked through again from each person.
    anything = f"[ {re.escape(letters)}{component}{element}]{{0,500}}"
    rest = f"{component}[ {re.escape(letters)}{component}]*"
    more = f"(?:{rest})?"  # components that nobody asks for
    unless_named = f"(?:(?<!{element}){rest})?"  # but where there is no code, its name is asked for
    capitals = "".join(c for c in letters if not c.islower())
    code, day, number = f"[{re.escape(capitals)}]*", "[0-9]{8}|[0-9]{6}", "[0-9]{1,4}"
    plain = {"ATT": code, "NAT": code, "LOC": code, "DTM": day, "MEA": number}

    def row(line: Row) -> str:
        (name, at, place), *_ = line.names
        parts = [[re.escape(part) for part in e] for e in line.parts[: at + 1]]
        parts[at][place:] = [f"(?P<{name}>{plain.get(line.tag, word + '*')})"]
        after = unless_named if line.tag in ("LOC", "NAT") else more
        return element.join([line.tag, *(component.join(part) for part in parts)]) + after

    several = (
        line.tag + element + (line.qualifier + f"(?=[{component}{element}{end}])" if line.qualifier else "")
        for line in PERSON
        if {(line.tag, line.qualifier), (line.tag, "")} & REPEATED
    )
    lines = [*map(row, SINGLE), f"(?P<several>{'|'.join(dict.fromkeys(several))}){anything}"]
    name = f"(?P<surname>{named}{spaced}*)(?P<given_names_raw>(?:{component}{spaced}*)*)"
    person = (
        f"NAD{element}(?P<kind>{'|'.join(KINDS)}){element * 3}{name}(?P<addresses>(?:{element}{anything})?)"
    )
    next_ = end + gap
    documents = [
        f"(?:{next_}DOC{element}(?P<type{n}>{code}){more}(?:{element}(?P<number{n}>{word}*){more})?"
        f"(?:{next_}DTM{element}36{component}(?P<expiry{n}>{day}){more}"
        f"|{next_}LOC{element}91{element}(?P<issuer{n}>{code}){more})*)?"
        for n in range(DOCUMENTS)
    ]
    following = f"(?={next_}(?:NAD|CNT|UNT|TDT){element})"
    return re.compile(f"{next_}{person}(?:{next_}(?:{'|'.join(lines)}))*{''.join(documents)}{following}")


def _special(marks: Separators) -> str:
    """What is not plain: characters that carry meaning here or may repeat a value."""
    return marks.element + marks.component + marks.terminator + marks.release + marks.repetition


make_passenger, make_document = of_all_fields(Passenger), of_all_fields(Document)
FIELDS = {field.name: index for index, field in enumerate(fields(Passenger))}
SURNAME, GIVEN, RAW, KIND, BORN, BIRTH_TEXT = (
    FIELDS[name] for name in ("surname", "given_names", "given_names_raw", "kind", "birth_date", "birth_text")
)
PAPERS, BAGS, WEIGHT = (FIELDS[name] for name in ("documents", "bag_count", "bag_weight_kg"))
GROUPS = _expression(USUAL, "").groupindex  # the same of all separators
ADDRESSES, SEVERAL = GROUPS["addresses"] - 1, GROUPS["several"] - 1


def _source(field: Field[Any]) -> int:
    """Where a field comes from: a group of the expression, or the default among EMPTY after them."""
    name = "birth_date" if field.name == "birth_text" else field.name
    if name in GROUPS and field.default != () and field.name != "birth_date":
        return GROUPS[name] - 1
    return len(GROUPS) + EMPTY.index(field.default)


EMPTY = ("", (), None)
in_order = itemgetter(*map(_source, fields(Passenger)))


def passenger(group: Group, sent: Callable[[], date | None]) -> Passenger:
    """Whom the group describes. sent: gives the day that resolves two-digit years.

    Raises NotPlain where a date is none.
    """
    values = group.match.groups("")
    told = list(in_order(values + EMPTY))
    raw, surname, born, bags, weight = (
        told[RAW][1:],
        told[SURNAME],
        told[BIRTH_TEXT],
        told[BAGS],
        told[WEIGHT],
    )
    if not raw.isalpha():
        raw = " ".join(part.strip() for part in raw.split(group.known.marks.component) if part.strip())
    told[SURNAME], told[RAW], told[GIVEN] = surname.rstrip(), raw, names.cleaned(raw, glued=False)
    told[KIND] = KINDS[told[KIND]]
    told[PAPERS] = _documents(values, sent)
    if born:
        told[BORN] = _day(born, sent, dates.birth_date)
    told[BAGS], told[WEIGHT] = int(bags) if bags else None, int(weight) if weight else None
    if values[ADDRESSES] or values[SEVERAL]:
        _take_lists(told, group)
    return make_passenger(*told)


def _documents(values: tuple[str, ...], sent: Callable[[], date | None]) -> tuple[Document, ...]:
    found: tuple[Document, ...] = ()
    for n in range(-4 * DOCUMENTS, 0, 4):
        kind, number, expiry, issuer = values[n : n + 4 or None]
        if kind or number or issuer or expiry:
            expires = _day(expiry, sent, dates.expiry_date) if expiry else None
            found = (*found, make_document(kind, number, issuer, expires))
    return found


def _day(text: str, sent: Callable[[], date | None], read: Callable[[str, date | None], date]) -> date:
    try:
        return date.fromisoformat(text) if len(text) == 8 else read(text, sent())
    except ValueError as error:
        raise NotPlain(text) from error


def _take_lists(told: list[Any], group: Group) -> None:
    """The values that may be repeated, from their segments: few people have them."""
    for segment, _, _ in group.parts():
        if segment.tag == "NAD":
            found: dict[str, tuple[Any, ...]] = {"addresses": address(segment)}
        elif segment.tag == "COM":
            found = {"contacts": contacts(segment)}
        else:
            found = several(segment) or {}
        for name, values in found.items():
            told[FIELDS[name]] += values
