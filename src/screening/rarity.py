"""How rare a part is, in thousandths of a bit: from the list, and from the world at large.

A list is small and peculiar: that a name occurs once on it does not make the name rare. The
table data/common_parts.tsv is the project's own estimate; parts that it lacks are judged by
their length, the same for every language. The higher chance counts.
"""

import math
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np

from screening.compiled import compiled, maker
from screening.keys import FOLD, WHOLE, Words, key
from screening.parts import Spellings, distinct, pack_names, read
from screening.same_names import Same, fold_name, same_names
from screening.spelling import A, Bytes, E, Ints, L, U, glued_title

# The chance that a traveller bears a given part that the table lacks, by its letters: few
# letters make few different parts. Nothing is judged rarer than the last.
UNKNOWN = (1.0, 1 / 30, 1 / 100, 1 / 300, 1 / 2_000, 1 / 10_000, 1 / 100_000)
# The counts of a list are blended with this many unseen people, among whom a part nobody
# listed has this chance.
BACKGROUND = 5_000
UNSEEN = 2.0**-13
# Folding makes short parts fall together that have nothing in common: LE and LI.
LONGEST_UNFOLDED = 3
SHORTEST_HALF = 2
LONGEST_GUESS = len(UNKNOWN) - 1


class World(NamedTuple):
    """(w,) keys of the parts that are common somewhere, ascending, and the bits of each; bits by length."""

    keys: Words
    bits: Ints
    guess: Ints


def thousandths(bits: float) -> int:
    return round(bits * 1_000)


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


@cache
def world() -> World:
    """The table by key; of parts that fold alike the highest chance."""
    table = per_mille()
    spellings, which = distinct(read(pack_names(list(table))))
    keys = common_keys(spellings)[which]
    bits = np.array([thousandths(-math.log2(often / 1_000)) for often in table.values()], np.int32)
    order = np.lexsort((bits, keys))
    unique, first = np.unique(keys[order], return_index=True)
    guess = np.array([thousandths(-math.log2(chance)) for chance in UNKNOWN], np.int32)
    return World(unique, bits[order][first], guess)


def common_keys(spellings: Spellings) -> Words:
    """(v,) the keys under which spellings count as one part."""
    keys = np.empty(len(spellings.starts) - 1, np.uint64)
    _common_keys(spellings, keys)
    return keys


@compiled
def _common_keys(s: Spellings, keys: Words) -> None:
    for i in range(len(keys)):
        keys[i] = common_key(
            s.letters, s.starts[i], s.starts[i + 1], s.folds, s.fold_starts[i], s.fold_starts[i + 1]
        )


@compiled
def common_key(letters: Bytes, a: int, b: int, folds: Bytes, c: int, d: int) -> np.uint64:
    return key(WHOLE, letters, a, b) if b - a <= LONGEST_UNFOLDED else key(FOLD, folds, c, d)


def bits_of_counts(counts: Ints, persons: int) -> Ints:
    """Bits by how many of the listed persons bear a part."""
    distinct_counts, which = np.unique(counts, return_inverse=True)
    total = persons + BACKGROUND
    bits = [
        thousandths(math.log2(total / (count + BACKGROUND * UNSEEN))) for count in distinct_counts.tolist()
    ]
    return np.array(bits, np.int32)[which]


def most_bits(part: str) -> float:
    """The most bits that an upper-case part may count for."""
    spellings, _ = distinct(read(pack_names([part])))
    return int(most_of(spellings, world())[0]) / 1_000


def most_of(spellings: Spellings, table: World) -> Ints:
    """(v,) the most that each part may count for, by the world at large."""
    bits = np.empty(len(spellings.starts) - 1, np.int32)
    _most_of(spellings, table, bits, same_names())
    return bits


@maker
def _most_of(s: Spellings, table: World, bits: Ints, same: Same) -> None:
    room = np.empty(64, np.uint8)
    for i in range(len(bits)):
        bits[i] = most(s.letters, s.starts[i], s.starts[i + 1], table, room, same)


@compiled
def most(letters: Bytes, a: int, b: int, table: World, room: Bytes, same: Same) -> int:
    """The most bits that letters[a:b] may count for.

    An article or a glued title does not make a common part rare (ALHASSAN), nor does writing
    two as one (MOHAMEDALI).
    """
    title, first = glued_title(letters, a, b), letters[a]
    article = b - a >= 6 and letters[a + 1] == L and (first == A or first == E or first == U)
    bits = 1 << 30
    for form in range(3):
        c, d = a, b
        if form == 1:
            d = b - title if title and b - a - title >= 2 else b
        elif form == 2 and article:
            c = a + 2
        length = table.guess[min(d - c, LONGEST_GUESS)]
        known = _known(letters, c, d, table, room, same)
        bits = min(bits, length if known < 0 else min(known, length))
    for i in range(a + SHORTEST_HALF, b - SHORTEST_HALF + 1):
        one = _known(letters, a, i, table, room, same)
        if one >= 0:
            other = _known(letters, i, b, table, room, same)
            if other >= 0:
                bits = min(bits, one + other)
    return bits


@compiled
def _known(letters: Bytes, a: int, b: int, table: World, room: Bytes, same: Same) -> int:
    """What the table says of letters[a:b], -1 if it is not there."""
    sought = common_key(letters, a, b, room, 0, fold_name(letters, a, b, room, 0, same))
    common, low, high = table.keys, 0, len(table.keys)
    while low < high:
        middle = (low + high) // 2
        if common[middle] < sought:
            low = middle + 1
        else:
            high = middle
    return np.int64(table.bits[low]) if low < len(common) and common[low] == sought else -1
