"""What every kind of agreement and disagreement is worth, in thousandths of a bit: fitted, then kept.

bench/screening_fit.py makes data/weights.json; nothing here is set by hand but its form.
"""

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from screening.compiled import inlined
from screening.spelling import Ints


class Weights(NamedTuple):
    """pairs: (KINDS, 3) of a pair: constant, and per mille of the rarity on the query's and the list's side
    left: (3, 2) of a part that is missing, extra, or of one of each: constant, per mille of its rarity
    dates: (13,) by how dates of birth compare
    rest: (8,) see below
    """

    pairs: Ints
    left: Ints
    dates: Ints
    rest: Ints


MISSING, EXTRA, CLASH = range(3)
# LENIENT: per mille that omissions count when the query's tail may be cut off.
# SOFTEST: the most that names may speak against an equal document.
(
    LENIENT,
    SEX_SAME,
    SEX_DIFFERENT,
    NATIONALITY_SAME,
    NATIONALITY_DIFFERENT,
    DOCUMENT_LONG,
    DOCUMENT_SHORT,
    SOFTEST,
) = range(8)


@cache
def weights() -> Weights:
    return weights_from(json.loads(files("screening").joinpath("data/weights.json").read_text()))


def weights_from(table: dict[str, list[int]]) -> Weights:
    return Weights(*(np.array(table[name], np.int32) for name in Weights._fields))


@inlined
def of_pair(w: Weights, kind: int, query: int, listed: int) -> int:
    """A pair of parts of this rarity."""
    return w.pairs[kind, 0] + (w.pairs[kind, 1] * query + w.pairs[kind, 2] * listed) // 1000


@inlined
def of_left(w: Weights, which: int, rarity: int) -> int:
    """What it costs that a part of this rarity is left over; positive."""
    return w.left[which, 0] + w.left[which, 1] * rarity // 1000
