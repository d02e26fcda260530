"""The keys by which parts find each other: two parts are compared if they share one."""

import numpy as np
from numpy.typing import NDArray

from screening.compiled import compiled, inlined
from screening.spelling import Bytes, bones

Words = NDArray[np.uint64]

# A part of MAX_LETTERS has no more keys than this.
MAX_KEYS = 128
WHOLE, FOLD, LESS, BONES = 1, 2, 3, 4
# Shorter rows of letters are not looked up with one left out: too much would be alike.
SHORTEST, SHORTEST_FOLD, SHORTEST_BONES = 4, 4, 5

_OFFSET, _PRIME, _SHIFT = np.uint64(14695981039346656037), np.uint64(1099511628211), np.uint64(32)


@inlined
def key(tag: int, letters: Bytes, a: int, b: int, skip: int) -> np.uint64:
    """A 64-bit hash (FNV-1a, mixed) of letters[a:b] without the one at skip."""
    h = (_OFFSET ^ np.uint64(tag)) * _PRIME
    for i in range(a, b):
        if i != skip:
            h = (h ^ np.uint64(letters[i] + 8)) * _PRIME
    h ^= h >> _SHIFT
    return h * _PRIME


@compiled
def _with_each_left_out(tag: int, letters: Bytes, a: int, b: int, keys: Words, count: int) -> int:
    for i in range(a, b):
        # Of doubled letters it does not matter which is left out.
        if i == a or letters[i] != letters[i - 1]:
            keys[count] = key(tag, letters, a, b, i)
            count += 1
    return count


@compiled
def folded_keys(folds: Bytes, a: int, b: int, keys: Words) -> int:
    """The fold, and the fold less any one letter: one wrong, lost, added or swapped letter is found."""
    keys[0] = key(FOLD, folds, a, b, -1)
    return _with_each_left_out(FOLD, folds, a, b, keys, 1) if b - a >= SHORTEST_FOLD else 1


@compiled
def all_keys(letters: Bytes, a: int, b: int, folds: Bytes, c: int, d: int, room: Bytes, keys: Words) -> int:
    """Fill keys and tell how many: folded, the same as written (BAUD and BQUD), and by the consonants."""
    count = folded_keys(folds, c, d, keys)
    if b - a >= SHORTEST:
        keys[count] = key(LESS, letters, a, b, -1)
        count = _with_each_left_out(LESS, letters, a, b, keys, count + 1)
    size = bones(folds, c, d, room, 0)
    if size >= 2:
        keys[count] = key(BONES, room, 0, size, -1)
        count += 1
    if size >= SHORTEST_BONES:
        count = _with_each_left_out(BONES, room, 0, size, keys, count)
    return count
