"""Any spelling in any script to comparable Latin parts, and one spelling for transliteration variants.

A part is a row of letters, 0 for A to 25 for Z, in a buffer that the caller owns.
"""

import re
from functools import lru_cache

import numpy as np
from anyascii import anyascii
from numpy.typing import NDArray

from screening.compiled import compiled, inlined
from screening.scripts import told

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int32]

# Parts of a name that are compared: of more the longest, since those left out should be particles. Bounds the
# work per pair.
MAX_PARTS = 12
# Letters of a part that count: all of a passport's name field, and within one machine word.
MAX_LETTERS = 40
# Room for reading parts: one more than is kept.
LETTERS_OF_PARTS = MAX_LETTERS * (MAX_PARTS + 1)

TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MSTR", "MSTER", "DR", "PROF"})
_GONE, _DIVIDING = re.compile(r"['`]"), re.compile(r"[^A-Z]+")
_APOSTROPHES = re.compile(r"['`´‘’ʻʼʾʿ]")
A, B, C, D, E, F, G, H, I, J, K, L, M, N, O, P, Q, R, S, T, U, V, W, X, Y, Z = range(26)
_DIVIDES = 26
# For each letter the ones, as bits, with which it may begin a row that stands for another letter.
_BEGINS = np.zeros(26, np.int32)
for _one, _twos in (
    (A, (I, Y)), (C, (E, H, I, K, Z)), (D, (H, J, Z)), (E, (E, I, Y)), (G, (H,)), (I, (E, J, Y)), (K, (H, S)),
    (O, (O, U)), (P, (H,)), (Q, (U,)), (S, (C, H)), (T, (C, H, S, Z)), (Y, (O,)), (Z, (H,)),
):  # fmt: skip
    _BEGINS[_one] = sum(1 << two for two in _twos)
# Letters that are written for each other.
_FOR_EACH_OTHER = np.arange(26, dtype=np.uint8)
for _one, _other in ((C, K), (Q, K), (W, V), (J, I), (Y, I), (E, I), (O, U)):
    _FOR_EACH_OTHER[_one] = _other
_VOWELS = 1 << A | 1 << E | 1 << I | 1 << O | 1 << U


def plain(name: str) -> str:
    """A name in any script as ASCII; never raises."""
    if name.isascii():
        return name
    return anyascii(told(_APOSTROPHES.sub("", name))).encode("ascii", "replace").decode("ascii")


@inlined
def _letter(byte: int) -> int:
    """The letter a byte stands for: 0 to 25, 26 for what divides, -1 for an apostrophe."""
    if 65 <= byte <= 90:
        return byte - 65
    if 97 <= byte <= 122:
        return byte - 97
    return -1 if byte == 39 or byte == 96 else _DIVIDES


@lru_cache(maxsize=65_536)
def parts_of(name: str) -> tuple[str, ...]:
    """The parts of a name as compared, in upper case: what read_parts finds, for people to read."""
    text = _GONE.sub("", plain(name)).upper()
    words = [word[:MAX_LETTERS] for word in _DIVIDING.split(text) if word]
    if len(words) > MAX_PARTS:
        longest = sorted(range(len(words)), key=lambda i: (-len(words[i]), i))[:MAX_PARTS]
        words = [words[i] for i in sorted(longest)]
    return tuple([word for word in words if word not in TITLES] or words)


@compiled
def read_parts(text: Bytes, first: int, stop: int, letters: Bytes, starts: Ints) -> int:
    """Split text[first:stop] into parts, and tell how many.

    Fills letters, and starts so that part i is letters[starts[i]:starts[i + 1]]. Hyphens and
    spaces divide, apostrophes vanish, titles are left out unless the name is all titles.
    """
    count = _split(text, first, stop, letters, starts)
    kept = end = 0
    for i in range(count):
        a, b = starts[i], starts[i + 1]
        if is_title(letters, a, b):
            continue
        for j in range(a, b):
            letters[end + j - a] = letters[j]
        starts[kept] = end
        end += b - a
        kept += 1
    if kept == 0:
        return count  # Nothing was moved.
    starts[kept] = end
    return kept


@inlined
def _split(text: Bytes, first: int, stop: int, letters: Bytes, starts: Ints) -> int:
    count = end = 0
    starts[0] = 0
    for i in range(first, stop + 1):
        letter = _letter(text[i]) if i < stop else _DIVIDES
        if 0 <= letter < _DIVIDES:
            if end - starts[count] < MAX_LETTERS:
                letters[end] = letter
                end += 1
        elif letter == _DIVIDES and end > starts[count]:
            count += 1
            starts[count] = end
            if count > MAX_PARTS:
                end -= _leave_out_shortest(letters, starts)
                count -= 1
    return count


@compiled
def _leave_out_shortest(letters: Bytes, starts: Ints) -> int:
    """Of one part too many leave out the shortest, of equals the last; tell how many letters it had."""
    out = MAX_PARTS
    for i in range(MAX_PARTS - 1, -1, -1):
        if starts[i + 1] - starts[i] < starts[out + 1] - starts[out]:
            out = i
    size = starts[out + 1] - starts[out]
    for j in range(starts[out + 1], starts[MAX_PARTS + 1]):
        letters[j - size] = letters[j]
    for i in range(out + 1, MAX_PARTS + 1):
        starts[i] = starts[i + 1] - size
    return np.int64(size)


@inlined
def is_title(letters: Bytes, a: int, b: int) -> bool:
    """MR MRS MS MISS MSTR MSTER DR PROF."""
    size = b - a
    if size == 4 and letters[a] == P:
        return letters[a + 1] == R and letters[a + 2] == O and letters[a + 3] == F
    return size >= 2 and glued_title(letters, a, b) == size


@inlined
def glued_title(letters: Bytes, a: int, b: int) -> int:
    """How many letters at the end of a part are a title as booking systems glue it on (MOLLYMRS)."""
    size = b - a
    last = letters[b - 1]
    if last == R and size >= 2:
        if letters[b - 2] == M or letters[b - 2] == D:
            return 2
        if size >= 4 and letters[b - 2] == T and letters[b - 3] == S and letters[b - 4] == M:
            return 4
        if size >= 5 and letters[b - 2] == E and letters[b - 3] == T and letters[b - 4] == S:
            return 5 if letters[b - 5] == M else 0
    if last == S and size >= 2:
        if letters[b - 2] == M:
            return 2
        if size >= 3 and letters[b - 2] == R and letters[b - 3] == M:
            return 3
        if size >= 4 and letters[b - 2] == S and letters[b - 3] == I and letters[b - 4] == M:
            return 4
    return 0


@inlined
def is_vowel(letter: int) -> bool:
    return (_VOWELS >> letter) & 1 == 1


@inlined
def fold(letters: Bytes, a: int, b: int, out: Bytes, at: int) -> int:
    """Write one spelling for the transliteration variants of a part to out[at:]; tell where it ends.

    MOHAMMED and MUHAMAD both become MUHAMAD. The aim is that spellings of one name fall
    together, not that the result can be pronounced.
    """
    end = at
    for i in range(a, b):
        if i > a and letters[i] == letters[i - 1] and not is_vowel(letters[i]):
            continue
        out[end] = letters[i]
        end += 1
    return _smooth(out, at, _transliterate(out, at, end))


@inlined
def _transliterate(out: Bytes, at: int, end: int) -> int:
    """One letter for what habits write as several: in place, since nothing grows."""
    r = w = at
    while r < end:
        one = out[r]
        two = out[r + 1] if r + 1 < end else _DIVIDES
        put, used = one, 1
        if _BEGINS[one] >> two & 1:
            three = out[r + 2] if r + 2 < end else _DIVIDES
            four = out[r + 3] if r + 3 < end else _DIVIDES
            put, used = _written(one, two, three, four)
            if one == Y and w > at and not is_vowel(out[w - 1]):
                put, used = I, 2
        out[w] = put
        w += 1
        r += used
    return w


@inlined
def _written(one: int, two: int, three: int, four: int) -> tuple[int, int]:
    """The letter that a row of letters stands for, and how many of them it takes up."""
    put, used = one, 1
    if two == H and (one == G or one == D or one == T or one == Z):
        used = 2
    elif two == H and (one == K or one == P):
        put, used = (H if one == K else F), 2
    elif one == S and two == H:
        used = 4 if three == C and four == H else 3 if three == C else 2
    elif one == S and two == C and three == H:
        used = 3
    elif one == T and two == S and three == C and four == H:
        put, used = C, 4
    elif one == T and two == C and three == H:
        put, used = C, 3
    elif one == T and (two == Z or two == S):
        put, used = Z, 2
    elif one == C and (two == H or two == Z):
        put, used = S, 2
    elif one == C and two == K:
        put, used = K, 2
    elif one == C and (two == E or two == I):
        put = S
    elif one == D and two == Z and three == H:
        put, used = J, 3
    elif one == D and (two == J or two == Z):
        put, used = (J if two == J else Z), 2
    elif one == Q and two == U and (three == E or three == I):
        put, used = K, 2
    elif one == K and two == S:
        put, used = X, 2
    elif one == O and (two == U or two == O):
        put, used = (V if two == U and three == A else U), 2
    elif (one == E and (two == E or two == I or two == Y)) or (
        (one == I and (two == E or two == Y or two == J)) or (one == A and (two == I or two == Y))
    ):
        put, used = I, 2
    return put, used


@inlined
def _smooth(out: Bytes, at: int, end: int) -> int:
    """One for letters that are written for each other, without silent H and doubles; in place."""
    for i in range(at, end):
        out[i] = _FOR_EACH_OTHER[out[i]]
    w = at
    for i in range(at, end):
        one = out[i]
        if one == H and i > at:
            bare = i < end - 1 and (is_vowel(out[i - 1]) or out[i - 1] == H or is_vowel(out[i + 1]))
            if not bare:
                continue
        if one == U and w > at + 1:
            if out[w - 1] == A or out[w - 1] == I:
                one = V
            elif out[w - 1] == V and (out[w - 2] == A or out[w - 2] == I):
                continue
        if w > at and out[w - 1] == one:
            continue
        out[w] = one
        w += 1
    return w


@inlined
def bones(folded: Bytes, a: int, b: int, out: Bytes, at: int) -> int:
    """The consonants of a folded part to out[at:], and how many: left when vowels are written by ear."""
    end = at
    for i in range(a, b):
        one = folded[i]
        if one != H and not is_vowel(one) and not (end > at and out[end - 1] == one):
            out[end] = one
            end += 1
    return end - at
