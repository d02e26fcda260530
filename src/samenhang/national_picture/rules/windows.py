"""From which day until which day a figure counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices


class Kind(TextChoices):
    """``period``: the report's own first and last day. ``own``: days of the figure. ``day``: the last day."""

    PERIOD = "period"
    OWN = "own"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day up to and including the last. Empty when it has not begun."""

    since: date
    until: date

    @property
    def begun(self) -> bool:
        return self.since <= self.until

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until


# House policy: counted over fewer days, even a larger number tells of a day, and so of somebody.
SHORTEST = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Asked:
    """The days a report was asked for; without a first day, 1 January of the last day's year."""

    until: date
    since: date | None = None

    @property
    def period(self) -> Window:
        return Window(self.since or date(self.until.year, 1, 1), self.until)

    @property
    def is_short(self) -> bool:
        """Its first day is so near to the last that a count could point at one day."""
        return self.until - self.period.since + timedelta(days=1) < SHORTEST


def so_far(today: date) -> Asked:
    """The year until now; in its first weeks the last four."""
    asked = Asked(today)
    return Asked(today, today - SHORTEST + timedelta(days=1)) if asked.is_short else asked


@dataclass(frozen=True, slots=True)
class Span:
    """The window as the definition of a figure has it."""

    kind: Kind
    since: date | None = None
    until: date | None = None

    def cut(self, asked: Asked) -> Window:
        """The days that count in this report.

        A figure with days of its own keeps its first day whatever first day was
        asked, and is cut at the report's last day: an earlier report counts what
        had happened by then. Two reports with other first days would let a
        reader subtract, so that none of them moves such a figure.
        """
        if self.kind == Kind.PERIOD:
            return asked.period
        if self.kind == Kind.DAY:
            return Window(asked.until, asked.until)
        assert self.since is not None
        return Window(self.since, min(self.until or asked.until, asked.until))
