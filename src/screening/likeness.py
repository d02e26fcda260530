"""How alike two parts are: a kind of agreement, from the same letters down to none."""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from screening.compiled import inlined
from screening.spelling import A, Bytes, E, H, I, O, U, bones

# (forms, 2, 26) per letter the places where a form, or its fold, has it, as bits
Masks = NDArray[np.uint64]

# Kinds of agreement. What each is worth stands in the fitted weights, not in this order.
NONE, SAME, FOLDED = 0, 1, 2
# The consonants agree; letters in common, per mille, at least.
SOUND, SOUND_LEAST = 3, (850, 700, 500)
# They do not.
LETTERS, LETTERS_LEAST = 6, (920, 870, 800, 740, 670, 600)
PREFIX, MERGED, MERGED_NEAR, INITIAL = 12, 13, 14, 15
# One letter sets them apart: by a slip of the fingers, in another way, and so that the consonants agree.
SLIP, ONE_LETTER, ONE_SOUND = 16, 17, 18
KINDS = 19
LEAST = 500

# The letters of a part as one number: a bit for each letter there is, above these one for each that is
# there twice, and above these for the first twelve of the alphabet that are there thrice.
ALPHABET, _TWICE, _THRICE = np.uint64((1 << 26) - 1), np.uint64(26), np.uint64(52)
# Letters that may not differ if the consonants are to agree.
HARD = ALPHABET & ~np.uint64(1 << A | 1 << E | 1 << I | 1 << O | 1 << U | 1 << H)
ONES = np.uint64(0xFFFFFFFFFFFFFFFF)
_M1, _M2, _M4 = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333), np.uint64(0x0F0F0F0F0F0F0F0F)
# Keys that follow on one another, along and down the keyboard; and for each letter those beside it, as bits.
_KEYS = "QWERTYUIOP ASDFGHJKL ZXCVBNM QAZ WSX EDC RFV TGB YHN UJM IK OL WA ESZ RDX TFC YGV UHB IJN OKM PL"
_BESIDE = np.zeros(26, np.int32)
for _keys in _KEYS.split():
    for _one, _two in pairwise(ord(_key) - 65 for _key in _keys):
        _BESIDE[_one] |= 1 << _two
        _BESIDE[_two] |= 1 << _one
_BYTES, _U1, _U2, _U4, _U56 = np.uint64(0x0101010101010101), *map(np.uint64, (1, 2, 4, 56))


@inlined
def bits_in(x: np.uint64) -> int:
    """How many bits are set."""
    x = x - ((x >> _U1) & _M1)
    x = (x & _M2) + ((x >> _U2) & _M2)
    x = (x + (x >> _U4)) & _M4
    return np.int64((x * _BYTES) >> _U56)


@inlined
def fill_masks(masks: Masks, form: int, row: int, letters: Bytes, a: int, b: int) -> None:
    """Note where letters[a:b] has each letter."""
    for i in range(26):
        masks[form, row, i] = np.uint64(0)
    for i in range(a, b):
        masks[form, row, letters[i]] |= _U1 << np.uint64(i - a)


@inlined
def letters_of(letters: Bytes, a: int, b: int) -> np.uint64:
    """The letters of a part as one number."""
    once = twice = thrice = np.uint64(0)
    for i in range(a, b):
        one = _U1 << np.uint64(letters[i])
        thrice |= twice & one
        twice |= once & one
        once |= one
    return once | twice << _TWICE | thrice << _THRICE


@inlined
def follow(masks: Masks, form: int, row: int, letters: Bytes, a: int, b: int, state: np.uint64) -> np.uint64:
    """One row of the table of longest common subsequences, bit-parallel (Hyyrö 2004).

    Begin with all ones; go on with a next part to compare with both written as one.
    """
    for i in range(a, b):
        matched = state & masks[form, row, letters[i]]
        state = (state + matched) | (state - matched)
    return state


@inlined
def common(state: np.uint64, size: int) -> int:
    """Letters that a form of this size has in common with the parts that were followed."""
    return bits_in(~state & ((_U1 << np.uint64(size)) - _U1))


@inlined
def share(state: np.uint64, size: int, other: int) -> int:
    """Letters in common of two parts of these sizes, per mille of all."""
    return 2000 * common(state, size) // (size + other)


@inlined
def may_share(one: np.uint64, other: np.uint64, size: int, least: int) -> bool:
    """Whether parts of these letters, so many letters together, can share `least` per mille.

    A letter that only one of them has, or has more often, is no part of what they share.
    """
    return 1000 * bits_in(one ^ other) <= (1000 - least) * size


@inlined
def same_row(one: Bytes, a: int, b: int, other: Bytes, c: int, d: int) -> bool:
    if b - a != d - c:
        return False
    for i in range(b - a):
        if one[a + i] != other[c + i]:
            return False
    return True


@inlined
def same_bones(one: Bytes, a: int, b: int, other: Bytes, c: int, d: int, room: Bytes) -> bool:
    """Whether two folded parts have the same consonants, two at the least."""
    size = bones(one, a, b, room, 0)
    return size >= 2 and same_row(room, 0, size, room, 64, 64 + bones(other, c, d, room, 64))


@inlined
def kind_of(spelt: tuple[int, int], folded: tuple[int, int], sounds: bool) -> int:
    """The kind of agreement by the letters in common, of how many: as written, and folded.

    As many letters per mille as either has; compared without dividing, which is slow.
    """
    a, b = 2000 * spelt[0], spelt[1]
    c, d = 2000 * folded[0], folded[1]
    if sounds:
        for k in range(len(SOUND_LEAST)):
            if a >= SOUND_LEAST[k] * b or c >= SOUND_LEAST[k] * d:
                return SOUND + k
        return NONE
    for k in range(len(LETTERS_LEAST)):
        if a >= LETTERS_LEAST[k] * b or c >= LETTERS_LEAST[k] * d:
            return LETTERS + k
    return NONE


@inlined
def one_letter(one: Bytes, a: int, b: int, other: Bytes, c: int, d: int) -> int:
    """Whether two parts differ by one letter: NONE, ONE_LETTER, or SLIP where fingers do so.

    A slip takes the key beside, two letters in each other's place, or one letter twice.
    """
    if abs((b - a) - (d - c)) > 1:
        return NONE
    first = a
    while a < b and c < d and one[a] == other[c]:
        a += 1
        c += 1
    while b > a and d > c and one[b - 1] == other[d - 1]:
        b -= 1
        d -= 1
    if b - a == 1 and d - c == 1:
        return SLIP if _BESIDE[one[a]] >> other[c] & 1 else ONE_LETTER
    if b - a == 2 and d - c == 2:
        return SLIP if one[a] == other[c + 1] and one[a + 1] == other[c] else NONE
    if b - a + d - c != 1:
        return NONE
    more = one[a] if b > a else other[c]
    return SLIP if a > first and one[a - 1] == more else ONE_LETTER
