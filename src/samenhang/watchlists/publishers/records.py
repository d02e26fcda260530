"""What a published list comes down to, and how its words are read."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import pycountry

Publisher = Literal["UN", "OFAC"]
Quality = Literal["good", "low", "aka", "fka", "nka", "unstated"]

# Every year of a range becomes a date of its own; a wider one says nothing about age.
WIDEST_RANGE = 15
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


class NotAList(ValueError):
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


def tidy(text: str | None) -> str:
    return " ".join((text or "").split())


def unique(texts: Iterable[str]) -> tuple[str, ...]:
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


def countries(names: Iterable[str], number: str, problems: list[Problem]) -> tuple[str, ...]:
    codes = []
    for name in names:
        code = _country(name)
        if code:
            codes.append(code)
        else:
            problems.append(Problem(number, f"nationality {name!r} is no known country"))
    return unique(codes)


def repeated(persons: Iterable[ListedPerson]) -> Iterator[Problem]:
    for number, times in Counter(person.number for person in persons).items():
        if times > 1:
            yield Problem(number, f"the number occurs {times} times")


def years(first: int, last: int, number: str, problems: list[Problem]) -> Iterator[str]:
    if 0 <= last - first < WIDEST_RANGE:
        yield from (f"{year:04}" for year in range(first, last + 1))
    else:
        problems.append(Problem(number, f"range of birth years {first} to {last} left out"))
