"""The keys by which parts find each other: two parts are compared if they share one."""

import numpy as np
from numpy.typing import NDArray

from screening.compiled import compiled, inlined
from screening.spelling import Bytes, bones

Words = NDArray[np.uint64]

# A part of MAX_LETTERS has no more keys than this.
MAX_KEYS = 128
WHOLE, FOLD, LESS, BONES, CUT_OFF = 1, 2, 3, 4, 5
# Shorter rows of letters are not looked up with one left out: too much would be alike.
SHORTEST, SHORTEST_FOLD, SHORTEST_BONES = 4, 4, 5

# A row of letters as a number in this base, modulo 2^64; odd, so that it can be divided by.
_BASE = np.uint64(0x9E3779B97F4A7C15)
_UNBASE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 1 << 64))
_TAG, _MIX = np.uint64(0xD1342543DE82EF95), np.uint64(0xBF58476D1CE4E5B9)
_SHIFT, _EIGHT = np.uint64(32), np.uint64(8)


@inlined
def _mixed(number: np.uint64, tag: int) -> np.uint64:
    h = number + np.uint64(tag) * _TAG
    h = (h ^ (h >> _SHIFT)) * _MIX
    return h ^ (h >> _SHIFT)


@inlined
def _number(letters: Bytes, a: int, b: int) -> np.uint64:
    h = np.uint64(0)
    for i in range(a, b):
        h = h * _BASE + np.uint64(letters[i]) + _EIGHT
    return h


@inlined
def key(tag: int, letters: Bytes, a: int, b: int) -> np.uint64:
    """A 64-bit hash of letters[a:b]."""
    return _mixed(_number(letters, a, b), tag)


@compiled
def _with_each_left_out(tag: int, letters: Bytes, a: int, b: int, keys: Words, count: int) -> int:
    """The keys of letters[a:b] without one of them: each from the whole, in a few steps."""
    whole, tail, power = _number(letters, a, b), np.uint64(0), np.uint64(1)
    for i in range(b - 1, a - 1, -1):
        one = (np.uint64(letters[i]) + _EIGHT) * power
        # Of doubled letters it does not matter which is left out.
        if i == b - 1 or letters[i] != letters[i + 1]:
            keys[count] = _mixed((whole - one - tail) * _UNBASE + tail, tag)
            count += 1
        tail += one
        power *= _BASE
    return count


@compiled
def folded_keys(folds: Bytes, a: int, b: int, keys: Words) -> int:
    """The fold, and the fold less any one letter: one wrong, lost, added or swapped letter is found."""
    keys[0] = key(FOLD, folds, a, b)
    return _with_each_left_out(FOLD, folds, a, b, keys, 1) if b - a >= SHORTEST_FOLD else 1


@compiled
def all_keys(letters: Bytes, a: int, b: int, folds: Bytes, c: int, d: int, room: Bytes, keys: Words) -> int:
    """Fill keys and tell how many: folded, the same as written (BAUD and BQUD), and by the consonants."""
    count = folded_keys(folds, c, d, keys)
    if b - a >= SHORTEST:
        keys[count] = key(LESS, letters, a, b)
        count = _with_each_left_out(LESS, letters, a, b, keys, count + 1)
    size = bones(folds, c, d, room, 0)
    if size >= 2:
        keys[count] = key(BONES, room, 0, size)
        count += 1
    if size >= SHORTEST_BONES:
        count = _with_each_left_out(BONES, room, 0, size, keys, count)
    return count


@inlined
def slot_of(key: np.uint64, slots: Words) -> int:
    """Where a key is, or would be. slots: (s, 2) the key, and something that goes with it."""
    mask = np.uint64(len(slots) - 1)
    slot = key & mask
    while slots[slot, 0] != key and slots[slot, 0] != np.uint64(0):
        slot = (slot + np.uint64(1)) & mask
    return np.int64(slot)
