"""From which resemblance a pair becomes a hit, list by list, and how many false hits a threshold brings."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from screening import DEFAULT_THRESHOLD

# Bits of evidence that somebody may choose from.
CANDIDATES = (2.0, 3.0, 4.0, 4.5, 5.0, 5.5, 6.0, 7.0, 8.0, 10.0)
# Traffic is looked at over so many days; while nothing was screened yet, this many travel on a day.
TRAFFIC_DAYS, SUPPOSED = 28, 10_000
# The one-sided 95 % point of the normal distribution.
_Z = 1.6449


class UnknownThreshold(Refused):
    code = "unknown-threshold"
    status = 422


class ThresholdStands(Refused):
    code = "threshold-stands"


@dataclass(frozen=True, slots=True)
class Level:
    """bits: the threshold of one list. setting: reference of the deed that set it; empty for the default."""

    bits: float
    setting: str = ""


DEFAULT = Level(DEFAULT_THRESHOLD)


@dataclass(frozen=True, slots=True)
class Levels:
    """The thresholds of one moment. own: by the key of the issuer whose list it is.

    lowest: of all that ever held. Searching from there refreshes also what is queued
    from a time when the threshold was lower, so that a higher one lets nothing go stale.
    """

    own: Mapping[int, Level]
    lowest: float

    def of(self, issuer: int) -> Level:
        return self.own.get(issuer, DEFAULT)


@dataclass(frozen=True, slots=True)
class Traffic:
    """Passengers screened on a usual day and on the busiest one. known: counted here, not supposed."""

    usual: int
    busiest: int
    known: bool

    @classmethod
    def over(cls, days: list[int]) -> "Traffic":
        """From the passengers of each day on which there were any."""
        if not days:
            return cls(SUPPOSED, SUPPOSED, known=False)
        return cls(round(sum(days) / len(days)), max(days), known=True)


@dataclass(frozen=True, slots=True)
class Expected:
    """What one threshold would bring. pairs: of so many made-up travellers (sample) with the list."""

    bits: float
    pairs: int
    sample: int

    def a_day(self, passengers: int) -> float:
        """False hits to expect among so many passengers."""
        return self.pairs / self.sample * passengers

    def at_most(self, passengers: int) -> float:
        """So many or fewer, with 95 % confidence: what chance in the sample leaves open.

        One-sided limit of a Poisson count after Wilson and Hilferty (1931); off by 1 % at none.
        """
        n = self.pairs + 1
        limit: float = n * (1 - 1 / (9 * n) + _Z / (3 * n**0.5)) ** 3
        return limit / self.sample * passengers


@dataclass(frozen=True, slots=True)
class Forecast:
    """Every candidate with what it would bring, of one list as it is now. entries: persons on it."""

    entries: int
    rows: tuple[Expected, ...]
    alerts_version: str
    library: str

    def of(self, bits: float) -> Expected:
        return next(row for row in self.rows if row.bits == bits)

    def as_shown(self, bits: float, traffic: Traffic) -> dict[str, Any]:
        """What stays beside the decision: on what it was based."""
        row = self.of(bits)
        return {
            "entries": self.entries,
            "passengers": traffic.usual,
            "a_day": round(row.a_day(traffic.usual), 6),
            "at_most": round(row.at_most(traffic.usual), 6),
            "sample": row.sample,
            "alerts_version": self.alerts_version,
            "library": self.library,
        }


def check_choice(bits: float, standing: Level) -> None:
    """Raises UnknownThreshold and ThresholdStands."""
    if bits not in CANDIDATES:
        raise UnknownThreshold(_("Choose one of the thresholds of the table."))
    if bits == standing.bits and standing.setting:
        raise ThresholdStands(_("This threshold holds already."))


def sample_size(entries: int) -> int:
    """Made-up travellers to compare: fewer with a long list, which gives as many pairs and takes longer."""
    return max(5_000, min(40_000, 400_000_000 // max(1, entries)))
