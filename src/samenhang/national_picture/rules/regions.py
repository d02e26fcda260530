"""Whether the same criteria are used alike: what each municipality decides, beside the country."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from math import sqrt

from samenhang.national_picture.rules.precision import SUPPRESSED, Stated, Word, is_small, stated

# A municipality that is further from the country than this many standard deviations is pointed out.
FAR = 2.0


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the triage panel of one municipality decided: how many weighings, and how many it took up.

    elsewhere: where the others belonged, by outcome. May be fewer than the others: see ``OutcomeTally``.
    """

    municipality: str
    decided: int
    taken_up: int
    elsewhere: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """One municipality beside the country. deviation: in standard deviations; above zero takes up more.

    deviations: the same of each outcome elsewhere.
    """

    weighed: Weighed
    deviation: float
    deviations: Mapping[str, float] = field(default_factory=dict)

    @property
    def far(self) -> bool:
        return abs(self.deviation) > FAR

    @property
    def shown_decided(self) -> tuple[Stated, Stated]:
        """How many were weighed, and how many taken up: not what is small, nor what would tell the rest."""
        decided, taken_up = self.weighed.decided, self.weighed.taken_up
        if is_small(decided):
            return SUPPRESSED, SUPPRESSED
        tells = is_small(taken_up) or is_small(decided - taken_up)
        return stated(Word.EXACT, decided), SUPPRESSED if tells else stated(Word.EXACT, taken_up)

    @property
    def shown(self) -> Mapping[str, Stated]:
        """What may be read of each outcome elsewhere: all of them, or none when one is small.

        Beside the number that was not taken up, who knows two of three knows the third.
        """
        small = any(is_small(number) for number in self.weighed.elsewhere.values())
        return {
            outcome: SUPPRESSED if small else stated(Word.EXACT, number)
            for outcome, number in self.weighed.elsewhere.items()
        }

    @property
    def far_elsewhere(self) -> Mapping[str, float]:
        """The outcomes that may be read and are far from the country, with by how much."""
        shown = {outcome for outcome, said in self.shown.items() if said != SUPPRESSED}
        return {one: by for one, by in self.deviations.items() if one in shown and abs(by) > FAR}


def compare(all_weighed: Collection[Weighed]) -> list[Compared]:
    """Each municipality, the furthest from the country first.

    By how much the number taken up, or of an outcome elsewhere, differs from what the share
    of the whole country would give for as many weighings, in standard deviations of that
    number (binomial): a small number of weighings deviates far only when it could hardly be chance.
    """
    decided = sum(one.decided for one in all_weighed)
    taken = sum(one.taken_up for one in all_weighed)
    outcomes = {outcome for one in all_weighed for outcome in one.elsewhere}
    came = {outcome: sum(one.elsewhere.get(outcome, 0) for one in all_weighed) for outcome in outcomes}
    found = [
        Compared(
            one,
            _deviation(one.taken_up, one.decided, taken, decided),
            {
                outcome: _deviation(one.elsewhere.get(outcome, 0), one.decided, all_, decided)
                for outcome, all_ in came.items()
            },
        )
        for one in all_weighed
    ]
    return sorted(found, key=lambda one: (-abs(one.deviation), one.weighed.municipality))


def _deviation(number: int, of: int, in_the_country: int, of_all: int) -> float:
    share = in_the_country / of_all if of_all else 0.0
    spread = sqrt(of * share * (1 - share))
    return (number - of * share) / spread if spread else 0.0
