"""Trying a rule on made travellers before it may meet anybody: whom would it single out?

As many of each culture of names, so that a small one is seen as well as a large one. What a rule
does to them goes through the same reading and the same facts as real bookings. The shares are
those of invented journeys: they show which way a rule leans, not how often it will match.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from math import sqrt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from edifact.made_journeys import journeys
from samenhang.criteria.rules.expressions import Expression, read
from samenhang.criteria.rules.facts import facts_of
from samenhang.foundation.errors import Refused
from samenhang.travel.rules.permitted import Told, flight_fields, told_of, travellers

EACH, SEED = 1500, 1
# House policy: all automatic matches of the EU together were 0.59 % of passengers (COM(2020) 305).
MOST = 0.01
# House policy: what approvers must answer for. By chance the two intervals of 95 % seldom part.
TIMES = 2.0
_95 = 1.96


# How the generator's cultures of names are called on a page.
LABELS = {
    "Dutch": gettext_lazy("Dutch names"),
    "Turkish": gettext_lazy("Turkish names"),
    "Moroccan": gettext_lazy("Moroccan names"),
    "Arabic": gettext_lazy("Arabic names"),
    "Hindustani": gettext_lazy("Hindustani names"),
    "Polish": gettext_lazy("Polish names"),
    "English": gettext_lazy("English names"),
    "Spanish": gettext_lazy("Spanish names"),
    "West African": gettext_lazy("West African names"),
    "Chinese": gettext_lazy("Chinese names"),
    "Indonesian": gettext_lazy("Indonesian names"),
    "Ukrainian": gettext_lazy("Ukrainian names"),
}


class TooWide(Refused):
    code = "too-wide"


@dataclass(frozen=True, slots=True)
class Row:
    """One culture of names in a trial."""

    culture: str
    travellers: int
    matches: int

    @property
    def label(self) -> str:
        return str(LABELS.get(self.culture, self.culture))

    @property
    def share(self) -> float:
        return self.matches / self.travellers if self.travellers else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Within which the share lies with 95 % confidence (Wilson 1927)."""
        if not self.travellers:
            return 0.0, 1.0
        square = _95**2 / self.travellers
        middle = (self.share + square / 2) / (1 + square)
        half = (
            _95
            / (1 + square)
            * sqrt(self.share * (1 - self.share) / self.travellers + square / 4 / self.travellers)
        )
        return max(0.0, middle - half), min(1.0, middle + half)


def run(when: str, unless: str, *, on: date, each: int, seed: int = SEED) -> list[Row]:
    """What the rule does to so many made travellers of each culture. Raises NotAnExpression."""
    asked, against = read(when), read(unless)
    seen: Counter[str] = Counter()
    matched: Counter[str] = Counter()
    for culture, told in made(each, on=on, seed=seed):
        seen[culture] += 1
        matched[culture] += matches(asked, against, told)
    return [Row(culture, count, matched[culture]) for culture, count in seen.items()]


def made(each: int, *, on: date, seed: int) -> Iterator[tuple[str, Told]]:
    """Culture and facts of made travellers, by the way that real ones go."""
    for journey in journeys(each, on=on, seed=seed):
        flight = flight_fields(journey.message.flights[0])
        for traveller in travellers(journey.message):
            yield journey.culture, facts_of(told_of(traveller), flight).told()


def matches(when: Expression, unless: Expression, told: Told) -> bool:
    """True and not spoken against. A fact that is missing on either side makes no match."""
    return when.holds(told) is True and unless.holds(told) is False


def together(rows: Sequence[Row]) -> Row:
    return Row("", sum(row.travellers for row in rows), sum(row.matches for row in rows))


def leaning(rows: Sequence[Row]) -> list[Row]:
    """The cultures matched more than TIMES as often as all others together, and not by chance."""
    everybody = together(rows)
    found = []
    for row in rows:
        others = Row("", everybody.travellers - row.travellers, everybody.matches - row.matches)
        if row.share > TIMES * others.share and row.interval[0] > others.interval[1]:
            found.append(row)
    return found


def check_narrow(rows: Sequence[Row]) -> None:
    """Raises TooWide."""
    share = together(rows).share
    if share > MOST:
        raise TooWide(
            _(
                "In the trial this rule matches %(share)s %% of travellers. "
                "More than %(most)s %% is not targeted."
            )
            % {"share": round(100 * share, 1), "most": round(100 * MOST)}
        )


def stored(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]


def rows_of(result: Sequence[dict[str, Any]]) -> list[Row]:
    """What ``stored`` made."""
    return [Row(**row) for row in result]
