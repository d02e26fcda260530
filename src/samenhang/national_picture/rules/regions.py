"""Whether the same criteria are used alike: how often each municipality takes up, beside the country."""

from collections.abc import Collection
from dataclasses import dataclass
from math import sqrt

# A municipality that is further from the country than this many standard deviations is pointed out.
FAR = 2.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the triage panel of one municipality decided: how many weighings, and how many it took up."""

    municipality: str
    decided: int
    taken_up: int


@dataclass(frozen=True, slots=True)
class Compared:
    """One municipality beside the country. deviation: in standard deviations; above zero takes up more."""

    weighed: Weighed
    deviation: float

    @property
    def far(self) -> bool:
        return abs(self.deviation) > FAR


def compare(all_weighed: Collection[Weighed]) -> list[Compared]:
    """Each municipality, the furthest from the country first.

    By how much the number taken up differs from what the share of the whole country would
    give for as many weighings, in standard deviations of that number (binomial): a small
    number of weighings deviates far only when it could hardly be chance.
    """
    decided = sum(one.decided for one in all_weighed)
    share = sum(one.taken_up for one in all_weighed) / decided if decided else 0.0
    found = [Compared(one, _deviation(one, share)) for one in all_weighed]
    return sorted(found, key=lambda one: (-abs(one.deviation), one.weighed.municipality))


def _deviation(one: Weighed, share: float) -> float:
    spread = sqrt(one.decided * share * (1 - share))
    return (one.taken_up - one.decided * share) / spread if spread else 0.0
