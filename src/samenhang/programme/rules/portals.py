"""What each country built to receive travel data, as far as known: checked, dated data with its source.

The letter of 2014 names fourteen countries that got money for a national portal (note 4); Directive (EU)
2016/681 asks each member state for a passenger information unit (article 4). What nobody looked up is a
fact as well, marked so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from samenhang.programme.rules import tables


class PortalFault(Exception):
    """The table is unsound, so nothing may be shown from it. A bug, not a refusal."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a country: about its portal, grant, law or unit. text: by language."""

    about: str
    text: Mapping[str, str]
    known_on: date
    source: str
    read: str


@dataclass(frozen=True, slots=True)
class Country:
    code: str
    name: Mapping[str, str]
    facts: tuple[Fact, ...]


def portals_on(day: date) -> list[Country]:
    """The countries of which something was known on that day, with what was."""
    found = []
    for one in portals():
        known = tuple(fact for fact in one.facts if fact.known_on <= day)
        if known:
            found.append(Country(one.code, one.name, known))
    return found


@cache
def portals() -> tuple[Country, ...]:
    """The whole table, checked. Raises PortalFault with every fault found."""
    return read(tables.table("portals"))


def read(table: Any) -> tuple[Country, ...]:
    """Raises PortalFault."""
    if faults := list(faults_of(table)):
        raise PortalFault("\n".join(faults))
    return tuple(
        Country(row["code"], tables.in_both(row), tuple(_fact(fact) for fact in row["facts"]))
        for row in table["countries"]
    )


def faults_of(table: Any) -> Iterator[str]:
    """What is wrong with the table: against its schema, then countries that stand there twice."""
    broken = list(tables.schema_faults("portals", table))
    yield from broken or tables.twice("portals", [row["code"] for row in table["countries"]])


def _fact(row: Mapping[str, str]) -> Fact:
    return Fact(
        row["about"], tables.in_both(row), date.fromisoformat(row["known_on"]), row["source"], row["read"]
    )
