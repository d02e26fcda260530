"""What a list found and what people made of it, month by month; counts only."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

# Upper bounds, in minutes, of how long a hit had waited for its first judgement; the last has none.
WAITED = (5, 15, 30, 60, 120, 240, 480, 720, 1_440, 2_880, 4_320, 10_080, 20_160, 40_320, 525_600)
# The two-sided 95 % point of the normal distribution.
_Z = 1.96


class What(TextChoices):
    """What is counted. Every judgement is counted as such; what it led to is counted beside it."""

    FOUND = "found", gettext_lazy("Hits found")
    JUDGEMENT = "judgement", gettext_lazy("Judgements, of a first and of a second person")
    FIRST = "first", gettext_lazy("Hits judged for the first time")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    NO_MATCH = "no-match", gettext_lazy("No match")
    UNDECIDED = "undecided", gettext_lazy("Cannot decide")
    ASKED = "asked", gettext_lazy("Issuer asked")
    LAPSED = "lapsed", gettext_lazy("Lapsed")
    REOPENED = "reopened", gettext_lazy("Opened again")


def waited(time: timedelta) -> int:
    """The bound under which this waiting time is counted, in minutes."""
    minutes = time / timedelta(minutes=1)
    return WAITED[min(bisect_left(WAITED, minutes), len(WAITED) - 1)]


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95 % interval."""

    value: float
    low: float
    high: float


def wilson(hits: int, of: int) -> Share | None:
    """The share with Wilson's score interval (1927); None of nothing."""
    if not of:
        return None
    share, z2 = hits / of, _Z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z / (1 + z2 / of) * (share * (1 - share) / of + z2 / (4 * of**2)) ** 0.5
    # Rounding may put an end of the interval a hair beyond the share itself.
    return Share(share, min(share, max(0.0, middle - half)), max(share, min(1.0, middle + half)))


@dataclass(slots=True)
class Month:
    """One calendar month of one list. first: its first day. waits: first judgements by bound in minutes."""

    first: date
    counts: Counter[str] = field(default_factory=Counter)
    waits: Counter[int] = field(default_factory=Counter)

    def add(self, what: str, minutes: int, count: int) -> None:
        self.counts[what] += count
        if what == What.FIRST:
            self.waits[minutes] += count

    @property
    def precision(self) -> Share | None:
        """Confirmed out of all that ended in this month as confirmed or as no match."""
        right = self.counts[What.CONFIRMED]
        return wilson(right, right + self.counts[What.NO_MATCH])

    @property
    def median_wait(self) -> int | None:
        """The bound, in minutes, within which half of the first judgements came; None without any."""
        bounds = sorted(self.waits)
        reached = accumulate(self.waits[bound] for bound in bounds)
        half = self.waits.total() / 2
        return next((bound for bound, so_far in zip(bounds, reached, strict=True) if so_far >= half), None)


def by_month(rows: Iterable[tuple[date, str, int, int]]) -> list[Month]:
    """From (day, what, minutes, count) in any order; the latest month first, months without any left out."""
    found: dict[date, Month] = {}
    for on, what, minutes, count in rows:
        first = on.replace(day=1)
        found.setdefault(first, Month(first)).add(what, minutes, count)
    return [found[first] for first in sorted(found, reverse=True)]
