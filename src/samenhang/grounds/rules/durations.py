"""Terms of law: ISO 8601 durations over calendar months, and days on which a term may not end.

A maximum duration of a measure is a ceiling: it is never lengthened because
its last day is a Sunday. Only a term within which somebody must act (objection,
appeal, a decision) is, and only where the Algemene termijnenwet applies.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import holidays

PATTERN = re.compile(
    r"P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?)?"
)


class BadDuration(ValueError):
    """Not an ISO 8601 duration of whole years, months, weeks, days, hours and minutes."""


@dataclass(frozen=True)
class Duration:
    """A term of law. Years and months are calendar ones: 31 August and six months is 28 February."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0

    @classmethod
    def read(cls, text: str) -> "Duration":
        """From ISO 8601, such as P6M or P3DT18H. Raises BadDuration."""
        if not (match := PATTERN.fullmatch(text)):
            raise BadDuration(text)
        return cls(**{unit: int(number or 0) for unit, number in match.groupdict().items()})

    @property
    def clock(self) -> timedelta:
        return timedelta(hours=self.hours, minutes=self.minutes)

    def after(self, start: date) -> date:
        """The same day so much later. Hours count as far as they fill whole days."""
        month = start.month - 1 + self.months + 12 * self.years
        year, month = start.year + month // 12, month % 12 + 1
        # A month without that day ends the term on its own last day.
        moved = date(year, month, min(start.day, monthrange(year, month)[1]))
        return moved + timedelta(weeks=self.weeks, days=self.days + self.clock.days)

    @property
    def may_be_extended(self) -> bool:
        """Whether the Algemene termijnenwet applies: its art. 4(a) leaves out hours and long terms."""
        return not (self.clock or self.years or self.months > 3 or self.weeks > 12 or self.days > 90)


def deadline(start: date, duration: str) -> date:
    """The last day to act when the term began to run after `start`, such as the day of notification.

    Six weeks from a Monday end on a Monday; a term that would end on a
    Saturday, Sunday or public holiday ends on the next working day (Algemene
    termijnenwet art. 1), unless that Act leaves the term alone. Not for
    deprivation of liberty (art. 4(c)) nor for the life of a measure: see `term`.
    Raises BadDuration.
    """
    term = Duration.read(duration)
    last = term.after(start)
    return next_working_day(last) if term.may_be_extended else last


def next_working_day(day: date) -> date:
    """The day itself, or the first after it that is no Saturday, Sunday or public holiday."""
    while day.weekday() >= 5 or day in _public_holidays(day.year):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=256)
def _public_holidays(year: int) -> frozenset[date]:
    """Algemene termijnenwet art. 3(1) and, as its equal, Good Friday (3(2)).

    Days that a royal decree equates under 3(3) are not in it.
    """
    # "optional": Liberation Day is in the Act every year, as a day off only each fifth.
    return frozenset(holidays.country_holidays("NL", years=year, categories=("public", "optional")))
