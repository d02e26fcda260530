"""Name texts laid out as parts: which letters, in which name, and each distinct part once."""

from collections.abc import Sequence, Sized
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.compiled import compiled, maker
from screening.keys import WHOLE, Words, key
from screening.same_names import Same, fold_name, same_names
from screening.spelling import LETTERS_OF_PARTS, MAX_LETTERS, MAX_PARTS, Bytes, Ints, plain, read_parts

Offsets = NDArray[np.int64]


class Texts(NamedTuple):
    """Texts after one another: text i is data[starts[i]:starts[i + 1]]."""

    data: Bytes
    starts: Offsets


class Parts(NamedTuple):
    """(p,) parts of all names in order: their letters, and which name they begin and end.

    letters[starts[i]:starts[i + 1]] is part i; names[j]:names[j + 1] are the parts of name j
    """

    letters: Bytes
    starts: Offsets
    names: Offsets


class Spellings(NamedTuple):
    """(v,) distinct parts, by key: letters and fold of each."""

    letters: Bytes
    starts: Offsets
    folds: Bytes
    fold_starts: Offsets


def ends(rows: Sequence[Sized]) -> Offsets:
    """Where each row ends if they stand after one another, and before these where the first begins."""
    return np.fromiter(accumulate(map(len, rows), initial=0), np.int64, len(rows) + 1)


def pack(texts: Sequence[bytes]) -> Texts:
    """Texts after one another, copied once.

    Writable like what a file of an index is mapped to: for arrays that are not, numba would compile all anew.
    """
    return Texts(np.frombuffer(bytearray().join(texts), np.uint8), ends(texts))


def pack_ascii(texts: Sequence[str]) -> Texts:
    """Texts that should be ASCII: what is not becomes a question mark."""
    if len(texts) == 1:
        data = bytearray(texts[0], "ascii", "replace")
        return Texts(np.frombuffer(data, np.uint8), np.array((0, len(data)), np.int64))
    return Texts(np.frombuffer(bytearray("".join(texts), "ascii", "replace"), np.uint8), ends(texts))


def pack_names(names: Sequence[str]) -> Texts:
    """Names in any script as ASCII."""
    return pack_ascii([name if name.isascii() else plain(name) for name in names])


def read(texts: Texts) -> Parts:
    """Split every name into parts."""
    letters = np.empty(len(texts.data), np.uint8)
    starts = np.zeros(len(texts.data) + 1, np.int64)
    names = np.zeros(len(texts.starts), np.int64)
    _read(texts, letters, starts, names)
    count = int(names[-1])
    return Parts(letters[: starts[count]].copy(), starts[: count + 1].copy(), names)


@maker
def _read(texts: Texts, letters: Bytes, starts: Offsets, names: Offsets) -> None:
    room, cuts = np.empty(LETTERS_OF_PARTS, np.uint8), np.empty(MAX_PARTS + 2, np.int32)
    part = end = 0
    for i in range(len(names) - 1):
        count = read_parts(texts.data, texts.starts[i], texts.starts[i + 1], room, cuts)
        for j in range(count):
            for k in range(cuts[j], cuts[j + 1]):
                letters[end] = room[k]
                end += 1
            part += 1
            starts[part] = end
        names[i + 1] = part


def distinct(parts: Parts) -> tuple[Spellings, Ints]:
    """Each part once, by key; and (p,) which of them each part is."""
    keys = np.empty(len(parts.starts) - 1, np.uint64)
    _keys(parts.letters, parts.starts, keys)
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    starts, fold_starts = np.zeros((2, len(first) + 1), np.int64)
    size = int((parts.starts[1:] - parts.starts[:-1])[first].sum()) if len(first) else 0
    letters, folds = np.empty(size, np.uint8), np.empty(size + len(first) * MAX_LETTERS, np.uint8)
    found = Spellings(letters, starts, folds, fold_starts)
    _gather(parts, first, same_names(), found)
    return found._replace(folds=folds[: fold_starts[-1]].copy()), which.astype(np.int32)


@compiled
def _keys(letters: Bytes, starts: Offsets, keys: Words) -> None:
    for i in range(len(keys)):
        keys[i] = key(WHOLE, letters, starts[i], starts[i + 1])


@maker
def _gather(parts: Parts, first: Offsets, same: Same, into: Spellings) -> None:
    letters, starts, folds, fold_starts = into
    end = 0
    room = np.empty(MAX_LETTERS, np.uint8)
    for i in range(len(first)):
        a, b = parts.starts[first[i]], parts.starts[first[i] + 1]
        for j in range(a, b):
            letters[end + j - a] = parts.letters[j]
        end += b - a
        starts[i + 1] = end
        size = fold_name(parts.letters, a, b, room, 0, same)
        for j in range(size):
            folds[fold_starts[i] + j] = room[j]
        fold_starts[i + 1] = fold_starts[i] + size
