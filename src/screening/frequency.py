"""How common name parts are among people at large: a floor under what one list makes of them.

A list is small and peculiar: that a name occurs once on it does not make the name rare. The
table data/common_parts.tsv is the project's own estimate; parts that it lacks are judged by
their length, the same for every language.
"""

import math
from functools import cache, lru_cache
from importlib.resources import files

from screening.spelling import fold, forms

# The chance that a traveller bears a given part that the table lacks, by its letters: few
# letters make few different parts. Nothing is judged rarer than the last.
UNKNOWN = {1: 1 / 30, 2: 1 / 100, 3: 1 / 300, 4: 1 / 2_000, 5: 1 / 10_000}
RAREST = 1 / 100_000
# Folding makes short parts fall together that have nothing in common: LE and LI.
LONGEST_UNFOLDED = 3


def per_mille() -> dict[str, float]:
    """What the table says of each part as it is written there, the highest where it says two things."""
    text = files("screening").joinpath("data/common_parts.tsv").read_text(encoding="utf-8")
    found: dict[str, float] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            often, _, parts = line.split("\t")
            for part in parts.split():
                found[part] = max(float(often), found.get(part, 0.0))
    return found


@lru_cache(maxsize=262_144)
def most_bits(part: str) -> float:
    """The most bits that an upper-case part may count for.

    An article does not make a common part rare (ALHASSAN), nor does writing two as one
    (MOHAMEDALI).
    """
    known = _known()
    halves = ((_key(part[:i]), _key(part[i:])) for i in range(2, len(part) - 1))
    merged = (
        -math.log2(known[one] * known[other]) for one, other in halves if one in known and other in known
    )
    return min(min(map(_bits, forms(part))), min(merged, default=math.inf))


def _bits(part: str) -> float:
    return -math.log2(max(_known().get(_key(part), 0.0), UNKNOWN.get(len(part), RAREST)))


def _key(part: str) -> str:
    return part if len(part) <= LONGEST_UNFOLDED else "~" + fold(part)


@cache
def _known() -> dict[str, float]:
    """Chance by the key of a part; of parts that fold alike the highest."""
    found: dict[str, float] = {}
    for part, often in per_mille().items():
        key = _key(part)
        found[key] = max(often / 1_000, found.get(key, 0.0))
    return found
