"""Roles, articles with what must be proved, and the grounds on which Dutch law reaches an offence.

Data with source, days and mark (``data/``): whoever wants another role, article or condition changes
a file. Texts stand there in both languages, because they are those of the law and of the letter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from samenhang.foundation import reference_data
from samenhang.foundation.language import language
from samenhang.grounds.rules.law import Period

AREA = "samenhang.prosecution"
NAMES = ("roles", "offences", "reach")
Text = Mapping[str, str]


class TrackFault(Exception):
    """The tables are unsound, so nothing may be offered from them. A bug, not a refusal."""


@dataclass(frozen=True, slots=True)
class Named:
    """A role, an element or a condition: its code, and what it is called."""

    code: str
    name: Text
    means: Text | None = None

    def __str__(self) -> str:
        return in_words(self.name)


@dataclass(frozen=True, slots=True)
class Article:
    """What is forbidden: between which days, how well it was read, and what must be proved."""

    code: str
    article: str
    name: Text
    valid_from: date | None
    valid_until: date | None
    mark: str
    source: Text
    elements: tuple[Named, ...]

    def holds(self, on: date) -> bool:
        return Period(self.valid_from, self.valid_until).covers(on)

    @property
    def read_from(self) -> str:
        return in_words(self.source)

    def element(self, code: str) -> Named | None:
        return next((one for one in self.elements if one.code == code), None)

    def __str__(self) -> str:
        return f"{self.article}: {in_words(self.name)}"


@dataclass(frozen=True, slots=True)
class Ground:
    """On what Dutch law reaches an offence.

    abroad: whether for one outside the Netherlands. dual: only if it is punishable there too. offences:
    codes of the only articles it is for; empty for all.
    """

    code: str
    article: str
    name: Text
    valid_from: date | None
    valid_until: date | None
    mark: str
    source: Text
    abroad: bool
    dual: bool
    offences: tuple[str, ...]
    conditions: tuple[Named, ...]

    def holds(self, on: date) -> bool:
        return Period(self.valid_from, self.valid_until).covers(on)

    @property
    def read_from(self) -> str:
        return in_words(self.source)

    def __str__(self) -> str:
        return f"{self.article}: {in_words(self.name)}"


def in_words(text: Text) -> str:
    return text[language()]


@cache
def roles() -> Mapping[str, Named]:
    return {row["code"]: Named(row["code"], row["name"], row["means"]) for row in tables()["roles"]["roles"]}


@cache
def articles() -> Mapping[str, Article]:
    return {row["code"]: _article(row) for row in tables()["offences"]}


@cache
def grounds() -> Mapping[str, Ground]:
    return {row["code"]: _ground(row) for row in tables()["reach"]}


@cache
def tables() -> Mapping[str, Any]:
    """The checked tables by name. Raises TrackFault with every fault found."""
    found = {name: reference_data.read(AREA, f"{name}.json") for name in NAMES}
    wrong = list(faults(found))
    if wrong:
        raise TrackFault("\n".join(wrong))
    return found


def faults(found: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with each table by itself, and then between them."""
    broken = [fault for name in NAMES for fault in reference_data.schema_faults(AREA, name, found[name])]
    yield from broken
    if broken:  # what lies between rows can only be asked of valid ones
        return
    lists = {"roles": found["roles"]["roles"], "offences": found["offences"], "reach": found["reach"]}
    for name, rows in lists.items():
        yield from reference_data.doubles(name, (row["code"] for row in rows))
    known = {row["code"] for row in found["offences"]}
    for row in found["reach"]:
        for code in set(row["offences"]) - known:
            yield f"reach: {row['code']} is for an unknown article {code}"
        if row["abroad"] and not row["conditions"]:
            yield f"reach: {row['code']} reaches abroad without a condition"
    for row in (*found["offences"], *found["reach"]):
        # ISO dates sort as text
        if row["valid_from"] and row["valid_until"] and row["valid_until"] < row["valid_from"]:
            yield f"{row['code']}: ends before it begins"


def _article(row: Mapping[str, Any]) -> Article:
    elements = tuple(Named(**one) for one in row["elements"])
    return Article(**{**row, **_days(row), "elements": elements})


def _ground(row: Mapping[str, Any]) -> Ground:
    rest = {key: value for key, value in row.items() if key != "dual_criminality"}
    conditions = tuple(Named(**one) for one in row["conditions"])
    changed = {"dual": row["dual_criminality"], "offences": tuple(row["offences"]), "conditions": conditions}
    return Ground(**{**rest, **_days(row), **changed})


def _days(row: Mapping[str, Any]) -> dict[str, date | None]:
    return {key: date.fromisoformat(row[key]) if row[key] else None for key in ("valid_from", "valid_until")}
