"""Forms of one name that no rule of spelling brings together: those of one line of the table fold as one.

data/same_names.tsv is the project's own; ALIAKSANDR counts as ALEXANDER and UTHMAN as OTHMAN.
"""

from functools import cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.compiled import compiled, inlined
from screening.keys import FOLD, WHOLE, Words, key, slot_of
from screening.spelling import MAX_LETTERS, Bytes, Ints, fold

# Shorter forms are known only as they are written: CHONG and SONG fold alike.
LONGEST_AS_WRITTEN = 6
SPAN_AT = 32


class Same(NamedTuple):
    """slots: (s, 2) keys of forms, by open addressing, and where in letters the fold begins, above the end"""

    slots: Words
    letters: Bytes


def lines() -> list[tuple[bool, list[str]]]:
    """Per line of the table whether its first form counts as it is written, and all its forms."""
    text = files("screening").joinpath("data/same_names.tsv").read_text(encoding="utf-8")
    rows = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return [(row[0] == "=", row[row[0] == "=" :]) for row in rows]


@cache
def same_names() -> Same:
    table = lines()
    counts = [len(forms) for _, forms in table]
    forms = [form for _, several in table for form in several]
    starts = np.zeros(len(forms) + 1, np.int32)
    np.cumsum([len(form) for form in forms], out=starts[1:])
    letters = np.frombuffer("".join(forms).encode(), np.uint8) - np.uint8(65)
    size = 1 << (2 * len(forms)).bit_length()
    folds = np.zeros(MAX_LETTERS * len(table), np.uint8)
    same = Same(np.zeros((size, 2), np.uint64), folds)
    as_written = np.array([one for one, _ in table], np.bool_)
    ends = np.cumsum(counts).astype(np.int32)
    _enter(same, letters, starts, ends, as_written, np.zeros(MAX_LETTERS, np.uint8))
    return same


@compiled
def _enter(
    same: Same, letters: Bytes, starts: Ints, ends: Ints, as_written: NDArray[np.bool_], room: Bytes
) -> None:
    """A form that stands in two lines counts as in the first."""
    form = begin = 0
    for line in range(len(ends)):
        a, b = starts[form], starts[form + 1]
        end = fold(letters, a, b, same.letters, begin)
        if as_written[line]:
            end = begin + b - a
            for i in range(a, b):
                same.letters[begin + i - a] = letters[i]
        while form < ends[line]:
            a, b = starts[form], starts[form + 1]
            sought = _key(letters, a, b, room, 0, fold(letters, a, b, room, 0))
            slot = slot_of(sought, same.slots)
            if same.slots[slot, 0] == np.uint64(0):
                same.slots[slot, 0], same.slots[slot, 1] = sought, np.uint64(begin << SPAN_AT | end)
            form += 1
        begin = end


@inlined
def _key(letters: Bytes, a: int, b: int, folds: Bytes, c: int, d: int) -> np.uint64:
    return key(WHOLE, letters, a, b) if b - a <= LONGEST_AS_WRITTEN else key(FOLD, folds, c, d)


@inlined
def fold_name(letters: Bytes, a: int, b: int, out: Bytes, at: int, same: Same) -> int:
    """As fold, and for all forms of one name the same."""
    end = fold(letters, a, b, out, at)
    slot = slot_of(_key(letters, a, b, out, at, end), same.slots)
    span = np.int64(same.slots[slot, 1])
    if span == 0:
        return end
    first, last = span >> SPAN_AT, span & ((1 << SPAN_AT) - 1)
    for i in range(first, last):
        out[at + i - first] = same.letters[i]
    return int(at + last - first)
