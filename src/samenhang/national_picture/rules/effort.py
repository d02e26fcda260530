"""How much police and service investigate, by quarter and never by person: what the body itself enters.

Our records hold messages, arrests and questions, and no investigation of the police nor the capacity of a
service. What they do not hold the body enters, with the document it comes from. An entry is corrected by
another one that follows it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.national_picture.rules.releasing import SHORTEST_REASON
from samenhang.national_picture.rules.windows import Asked, Kind, Span, Window


class UnknownQuarter(Refused):
    code = "unknown-quarter"
    status = 404


class NotEnterable(Refused):
    """Something is missing, or it cannot be known yet."""

    code = "not-enterable"
    status = 422


class EnteredMeanwhile(Refused):
    """Somebody else was first, so that this would correct what its writer did not see."""

    code = "entered-meanwhile"


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    year: int
    number: int

    @property
    def window(self) -> Window:
        after = date(self.year + self.number // 4, self.number % 4 * 3 + 1, 1)
        return Window(date(self.year, self.number * 3 - 2, 1), after - timedelta(days=1))

    @property
    def asked(self) -> Asked:
        return Asked(self.window.until, self.window.since)

    @property
    def label(self) -> str:
        return _("quarter %(number)s of %(year)s") % {"number": self.number, "year": self.year}

    def __str__(self) -> str:
        """As in an address: 2026-3."""
        return f"{self.year}-{self.number}"

    def back(self, steps: int = 1) -> "Quarter":
        place = self.year * 4 + self.number - 1 - steps
        return Quarter(place // 4, place % 4 + 1)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def last_ended(today: date) -> Quarter:
    return quarter_of(today).back()


def read_quarter(text: str) -> Quarter:
    """Raises UnknownQuarter."""
    year, _dash, number = text.partition("-")
    if (
        year.isascii()
        and year.isdecimal()
        and len(year) == 4
        and int(year) >= 2000
        and number in {"1", "2", "3", "4"}
    ):
        return Quarter(int(year), int(number))
    raise UnknownQuarter(_("There is no such quarter."))


@dataclass(frozen=True, slots=True)
class Told:
    """What a body says of one quarter. source: the document; source_on: its day; reason: of a correction."""

    value: int
    source: str
    source_on: date
    reason: str = ""


def check_told(told: Told, quarter: Quarter, before: int | None, today: date) -> None:
    """before: the value that stands there, if one does. Raises NotEnterable."""
    if quarter.window.until >= today:
        raise NotEnterable(_("This quarter is not over yet."))
    if not told.source.strip():
        raise NotEnterable(_("Name the document from which this number comes."))
    if not quarter.window.until < told.source_on <= today:
        raise NotEnterable(_("The document is of a day after the quarter, and not of a day to come."))
    if told.value < 0:
        raise NotEnterable(_("This is a number of things: nought or more."))
    if before is not None and len(told.reason.strip()) < SHORTEST_REASON:
        raise NotEnterable(_("A number stands here already. Say in a full sentence why this one is better."))


def added_up(span: Span, asked: Asked, by_quarter: Mapping[Quarter, int]) -> tuple[list[Quarter], int] | None:
    """The quarters that count in the days asked, and what they come to; None when that is not known.

    What stands on a day is that of the last quarter that was entered. What happened in a period is added up
    over the whole quarters in it, from its first one on, up to one that nobody entered: nothing is guessed.
    """
    window = span.cut(asked)
    if span.kind == Kind.DAY:
        known = [one for one in by_quarter if one.window.until <= window.until]
        return ([max(known)], by_quarter[max(known)]) if known else None
    here = quarter_of(window.since)
    if here.window.since < window.since:
        here = here.back(-1)
    found = []
    while here in by_quarter and here.window.until <= window.until:
        found.append(here)
        here = here.back(-1)
    return (found, sum(by_quarter[one] for one in found)) if found else None
