"""How many and when: the only place with numbers, and none of them is a figure of the report.

Each row gives a stretch of days and how many things happen in it, spread evenly
over working days; so that a reader can count by hand what an earlier report says.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from samenhang.desk.scenarios import names
from samenhang.desk.scenarios.letter.cast import TOWNS

SEED = 29754
Row = tuple[date, date, int]

LEFT: Sequence[Row] = (
    (date(2012, 1, 4), date(2012, 12, 20), 24),
    (date(2013, 1, 7), date(2013, 6, 20), 48),
    (date(2013, 7, 8), date(2013, 12, 19), 39),
    (date(2014, 1, 7), date(2014, 6, 18), 20),
)
RETURNED: Sequence[Row] = (
    (date(2013, 7, 9), date(2013, 12, 18), 19),
    (date(2014, 1, 9), date(2014, 6, 12), 14),
)
DEREGISTERED: Sequence[Row] = (
    (date(2012, 10, 2), date(2012, 12, 18), 2),
    (date(2013, 2, 5), date(2013, 12, 17), 18),
    (date(2014, 1, 14), date(2014, 6, 17), 14),
)
DEREGISTERED_AGAIN: Sequence[Row] = ((date(2014, 5, 6), date(2014, 6, 19), 2),)
ALERTED: Sequence[Row] = (
    (date(2012, 5, 8), date(2012, 6, 12), 2),
    (date(2013, 2, 12), date(2013, 12, 10), 15),
    (date(2014, 1, 14), date(2014, 6, 10), 2),
)
ALERTED_INTENDING: Sequence[Row] = ((date(2014, 2, 4), date(2014, 6, 17), 8),)
ALERTED_AGAIN: Sequence[Row] = ((date(2014, 6, 17), date(2014, 6, 24), 2),)
BENEFITS: Sequence[Row] = (
    (date(2012, 11, 6), date(2012, 11, 20), 1),
    (date(2013, 3, 5), date(2013, 12, 10), 19),
    (date(2014, 1, 21), date(2014, 6, 19), 16),
)
ALLOWANCES: Sequence[Row] = ((date(2014, 2, 11), date(2014, 5, 27), 7),)
FROZEN: Sequence[Row] = ((date(2013, 3, 12), date(2013, 11, 12), 4),)
TO_FREEZE: Sequence[Row] = ((date(2014, 3, 11), date(2014, 6, 10), 8),)
MINORS: Sequence[Row] = ((date(2013, 4, 9), date(2013, 11, 26), 4), (date(2014, 2, 18), date(2014, 5, 13), 2))
LETTERS: Sequence[Row] = (
    (date(2013, 1, 15), date(2013, 2, 28), 2),
    (date(2013, 3, 1), date(2013, 12, 19), 30),
    (date(2014, 1, 9), date(2014, 5, 30), 17),
    (date(2014, 6, 2), date(2014, 6, 12), 2),
)

INTENDING = sum(count for _first, _last, count in ALERTED_INTENDING)


@dataclass(frozen=True)
class Somebody:
    """An invented person. key: how the story knows them; town: the number of their home municipality."""

    key: str
    surname: str
    given: str
    born: date
    town: int

    @property
    def name(self) -> str:
        return f"{self.given} {self.surname}"

    @property
    def home(self) -> str:
        return TOWNS[self.town]


def days(rows: Sequence[Row]) -> list[date]:
    """The days of all rows, in order. The first of a row is its first day; none lies after its last."""
    return [
        working_day(first + (last - first) * number / max(count - 1, 1))
        for first, last, count in rows
        for number in range(count)
    ]


def working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(day.weekday() - 4, 0))


@cache
def travellers() -> tuple[Somebody, ...]:
    """Whoever leaves, in the order of their leaving."""
    return _people("reiziger", len(days(LEFT)), date(1974, 1, 1), date(1993, 12, 31))


@cache
def intending() -> tuple[Somebody, ...]:
    """Grown-ups who want to leave and do not."""
    return _people("voornemen", INTENDING, date(1980, 1, 1), date(1993, 12, 31))


@cache
def minors() -> tuple[Somebody, ...]:
    """Under eighteen all the time that is told here."""
    return _people("kind", len(days(MINORS)), date(1997, 1, 1), date(1998, 12, 31))


@cache
def recruiter() -> Somebody:
    return _people("werver", 1, date(1995, 1, 1), date(1995, 12, 31))[0]


def _people(key: str, count: int, first: date, last: date) -> tuple[Somebody, ...]:
    pick = random.Random(f"{SEED}{key}")  # noqa: S311 (names, no secrets)
    found: dict[str, Somebody] = {}
    while len(found) < count:
        surname, given = names.surname(pick), names.given_name(pick)
        born = first + timedelta(days=pick.randrange((last - first).days + 1))
        found.setdefault(
            f"{given} {surname}",
            Somebody(f"{key}{len(found)}", surname, given, born, len(found) % len(TOWNS)),
        )
    return tuple(found.values())
