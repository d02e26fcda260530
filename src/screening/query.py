"""One queried name ready to compare: its parts, and neighbouring parts written as one."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.compiled import compiled, fetch, inlined
from screening.keys import CUT_OFF, FOLD, WHOLE, Words, key, slot_of
from screening.likeness import (
    FOLDED,
    HARD,
    INITIAL,
    LEAST,
    LETTERS_LEAST,
    MERGED,
    MERGED_NEAR,
    NONE,
    ONE_LETTER,
    ONE_SOUND,
    ONES,
    PREFIX,
    SAME,
    SLIP,
    SOUND,
    SOUND_LEAST,
    Masks,
    bits_in,
    common,
    fill_masks,
    follow,
    kind_of,
    letters_of,
    may_share,
    one_letter,
    same_bones,
    same_row,
)
from screening.likeness import LETTERS as ALIKE
from screening.listing import (
    FOLD_A,
    FOLD_B,
    FOLD_LETTERS,
    LETTERS,
    RARITY,
    A,
    B,
    Listing,
    members_of,
    sizes_of,
)
from screening.rarity import World, common_key, most
from screening.same_names import Same, fold_name, same_names
from screening.spelling import (
    LETTERS_OF_PARTS,
    MAX_LETTERS,
    MAX_PARTS,
    Bytes,
    Ints,
    glued_title,
    read_parts,
)
from screening.weights import EXTRA, MISSING, Weights, of_left, of_pair

Longs = NDArray[np.int64]

# Single parts, those less a glued title, and two or three neighbours as one.
MAX_FORMS = 4 * MAX_PARTS
LONGEST_MERGE = 3
# ICAO 9303: the name field of a passport's machine-readable zone holds 39 characters, two of them
# between surname and given names; a name that long may have lost its tail.
FULL = 37
# Joined parts must agree closely, or neighbours would swallow each other; per mille.
MERGED_LEAST, SHORTEST_MERGED = 860, 5

# The most listed parts that one form may resemble.
MAX_NEAR = 64
# Parts that are remembered, a power of two, and what resembles them.
REMEMBERED, REMEMBERED_NEAR = 1 << 17, 1 << 19
# What is remembered of a part, in one row: its hash; its rarity, above per mille of the letters that may
# differ in a pair worth having, above the same if the consonants agree; and where what resembles it stands,
# and how many.
K_HASH, K_WORTH, K_NEAR_AT, K_NEAR_COUNT = range(4)
K_RARITY, K_DIFFER, _PER_MILLE = 32, 16, (1 << 16) - 1

# What sift reads of the forms, beside each other: how many letters they and their folds have, per mille
# of these that may differ, and may if the consonants agree, and whether they join parts.
S_SIZE, S_FOLD_SIZE, S_DIFFER, S_SOFT, S_JOINED = range(5)
# Single letters and names that may be cut off are compared whatever their letters.
WHATEVER = 2_000
# The columns of a form, of which the first are the parts: where its letters and its fold stand, which
# parts it joins, its rarity, what leaving these parts over would cost, and how many letters of a glued
# title were left out.
F_A, F_B, F_FOLD_A, F_FOLD_B, F_FIRST, F_COUNT, F_RARITY, F_SAVED, F_TITLE = range(9)
# What is known of the whole name: parts, forms, whether the tail may be cut off, what leaving all of
# it over would cost, and the letters of the longest part.
PARTS, FORMS, FULL_NAME, ALL_EXTRA, LONGEST = range(5)


class Memory(NamedTuple):
    """What is known of parts met before, by hash: travellers share them.

    known: (REMEMBERED, 4) by the last bits of the hash, K_NEAR_COUNT -1 if not yet known
    near: (n, 3) rows, as candidates.py has them: MAX_NEAR for each of the forms of the name at hand, and
    after these what is remembered
    used: (1,) how much of near is
    """

    known: Longs
    near: Longs
    used: Longs


def new_memory() -> Memory:
    # From the beginning of a line on, so that no row lies across two.
    known = np.zeros(4 * REMEMBERED + 8, np.int64)
    first = -known.ctypes.data % 64 // 8
    return Memory(
        known[first : first + 4 * REMEMBERED].reshape(REMEMBERED, 4),
        np.zeros((MAX_FORMS * MAX_NEAR + REMEMBERED_NEAR, 3), np.int64),
        np.full(1, MAX_FORMS * MAX_NEAR, np.int64),
    )  # fmt: skip


@inlined
def forget(memory: Memory) -> None:
    """Begin to remember what resembles a part anew; its rarity stays known."""
    memory.known[:, K_NEAR_COUNT] = -1
    memory.used[0] = MAX_FORMS * MAX_NEAR


class Look(NamedTuple):
    """Room for one queried name, written over by the next.

    letters: of the parts; folds: of the forms; forms: (MAX_FORMS, 9); whole: (5,)
    masks: of letters and of folds, once they are needed; filled: (2, MAX_FORMS) 1 if they are
    hashes: of the parts, as memory has them
    sets: (2, MAX_FORMS) the letters of the forms and of their folds, as letters_of gives them
    sizes: (5, MAX_FORMS) what sift reads beside
    """

    letters: Bytes
    folds: Bytes
    forms: Ints
    whole: Ints
    masks: Masks
    filled: Bytes
    cuts: Ints
    room: Bytes
    hashes: Longs
    sets: Words
    sizes: Ints
    memory: Memory
    same: Same


def new_look() -> Look:
    return Look(
        np.zeros(LETTERS_OF_PARTS, np.uint8), np.zeros(MAX_FORMS * MAX_LETTERS, np.uint8),
        np.zeros((MAX_FORMS, 9), np.int32), np.zeros(5, np.int32),
        np.zeros((MAX_FORMS, 2, 26), np.uint64), np.zeros((2, MAX_FORMS), np.uint8),
        np.zeros(MAX_PARTS + 2, np.int32),
        np.zeros(4 * MAX_LETTERS, np.uint8), np.zeros(MAX_PARTS, np.int64),
        np.zeros((2, MAX_FORMS), np.uint64), np.zeros((5, MAX_FORMS), np.int32), new_memory(),
        same_names(),
    )  # fmt: skip


@inlined
def prepare(look: Look, listing: Listing, w: Weights, text: Bytes, start: int, stop: int) -> int:
    """Lay out a queried name and its forms; tell how many parts it has."""
    cuts, forms, whole = look.cuts, look.forms, look.whole
    parts = read_parts(text, start, stop, look.letters, cuts)
    whole[PARTS], whole[FORMS] = parts, 0
    whole[FULL_NAME] = 1 if cuts[parts] + parts - 1 >= FULL else 0
    whole[ALL_EXTRA] = whole[LONGEST] = 0
    for i in range(parts):
        whole[LONGEST] = max(whole[LONGEST], cuts[i + 1] - cuts[i])
        _add(look, i, 1, 0)
        # What resembles a part is not the same when the name may be cut off.
        tag = CUT_OFF if whole[FULL_NAME] else WHOLE
        look.hashes[i] = np.int64(key(tag, look.letters, forms[i, F_A], forms[i, F_B]))
        fetch(look.memory.known, look.hashes[i] & (REMEMBERED - 1))
    for i in range(parts):
        _recall(look, listing, w, i)
        whole[ALL_EXTRA] += forms[i, F_SAVED]
    for i in range(parts):
        title = glued_title(look.letters, cuts[i], cuts[i + 1])
        if title and cuts[i + 1] - cuts[i] - title >= 2:
            _add(look, i, 1, title)
            _differ(look, whole[FORMS] - 1, look.sizes[S_DIFFER, i], look.sizes[S_SOFT, i])
    for n in range(2, LONGEST_MERGE + 1):
        for i in range(parts - n + 1):
            if SHORTEST_MERGED <= cuts[i + n] - cuts[i] <= MAX_LETTERS:
                _add(look, i, n, 0)
    return parts


@inlined
def _add(look: Look, first: int, count: int, title: int) -> None:
    forms, form = look.forms, look.whole[FORMS]
    if form == MAX_FORMS:
        return
    a, b = look.cuts[first], look.cuts[first + count] - title
    c = forms[form - 1, F_FOLD_B] if form else 0
    d = fold_name(look.letters, a, b, look.folds, c, look.same)
    forms[form, F_A], forms[form, F_B], forms[form, F_FOLD_A], forms[form, F_FOLD_B] = a, b, c, d
    look.filled[0, form] = look.filled[1, form] = 0
    look.sets[0, form] = letters_of(look.letters, a, b)
    look.sets[1, form] = letters_of(look.folds, c, d)
    forms[form, F_FIRST], forms[form, F_COUNT], forms[form, F_TITLE] = first, count, title
    forms[form, F_RARITY] = forms[form, F_SAVED] = 0
    if form >= look.whole[PARTS]:
        for i in range(first, first + count):
            forms[form, F_RARITY] += forms[i, F_RARITY]
            forms[form, F_SAVED] += forms[i, F_SAVED]
    look.sizes[S_SIZE, form], look.sizes[S_FOLD_SIZE, form] = b - a, d - c
    look.sizes[S_DIFFER, form], look.sizes[S_SOFT, form] = 1000 - MERGED_LEAST, 0
    look.sizes[S_JOINED, form] = 0 if count == 1 else 1
    look.whole[FORMS] = form + 1


@inlined
def _recall(look: Look, listing: Listing, w: Weights, form: int) -> None:
    """What is told of a part by itself, found once for all names that have it."""
    memory, forms = look.memory, look.forms
    known, slot = memory.known, slot_in(memory, look.hashes[form])
    if known[slot, K_HASH] != look.hashes[form]:
        known[slot, K_HASH], known[slot, K_NEAR_COUNT] = look.hashes[form], -1
        rarity = _rarity(look, listing, form)
        rarest, saved = np.int64(listing.guess[-1]), of_left(w, EXTRA, rarity)
        letters = _least(w, ALIKE, LETTERS_LEAST, (rarity, saved, rarest))
        letters = min(letters, _least_slip(w, look.sizes[S_SIZE, form], (rarity, saved, rarest)))
        sound = _least(w, SOUND, SOUND_LEAST, (rarity, saved, rarest))
        differ, soft = 1000 - letters, 1000 - min(letters, sound)
        known[slot, K_WORTH] = rarity << K_RARITY | differ << K_DIFFER | soft
    elif known[slot, K_NEAR_COUNT] > 0:
        fetch(memory.near, known[slot, K_NEAR_AT])
    worth = known[slot, K_WORTH]
    forms[form, F_RARITY] = worth >> K_RARITY
    forms[form, F_SAVED] = of_left(w, EXTRA, forms[form, F_RARITY])
    _differ(look, form, worth >> K_DIFFER & _PER_MILLE, worth & _PER_MILLE)


@inlined
def slot_in(memory: Memory, hashed: int) -> int:
    """Where a part is remembered, or would be: in one of two places, so that few drive each other out."""
    known, slot = memory.known, hashed & (REMEMBERED - 1)
    other = slot ^ 1
    if known[slot, K_HASH] == hashed or known[slot, K_HASH] == 0:
        return slot
    return other if known[other, K_HASH] == hashed or known[other, K_HASH] == 0 else slot


@inlined
def _least(w: Weights, first: int, shares: tuple[int, ...], part: tuple[int, int, int]) -> int:
    """The least agreement, per mille, that brings anything with any listed part; 1000 if none does.

    part: its rarity, what leaving it over would cost, and the rarity that no listed part exceeds
    """
    rarity, saved, rarest = part
    saved += max(of_left(w, MISSING, 0), of_left(w, MISSING, rarest))
    least = 1000
    for k in range(len(shares)):
        if max(of_pair(w, first + k, rarity, 0), of_pair(w, first + k, rarity, rarest)) + saved > 0:
            least = min(least, shares[k])
    return least


@inlined
def _least_slip(w: Weights, size: int, part: tuple[int, int, int]) -> int:
    """Per mille of the letters that one wrong letter leaves in common; 1000 if that brings nothing."""
    rarity, saved, rarest = part
    saved += max(of_left(w, MISSING, 0), of_left(w, MISSING, rarest))
    for kind in (SLIP, ONE_LETTER, ONE_SOUND):
        if max(of_pair(w, kind, rarity, 0), of_pair(w, kind, rarity, rarest)) + saved > 0:
            return 1000 - 1000 // size - 1
    return 1000


@inlined
def _differ(look: Look, form: int, letters: int, sound: int) -> None:
    """Note how much of a part may differ."""
    single = look.sizes[S_SIZE, form] == 1 or look.whole[FULL_NAME]
    look.sizes[S_DIFFER, form], look.sizes[S_SOFT, form] = WHATEVER if single else letters, sound


@compiled
def _rarity(look: Look, listing: Listing, form: int) -> int:
    """As rare as the listed parts that fold alike; if there are none, as the world says."""
    letters, parts = listing.letters, listing.parts
    a, b, c, d = (
        look.forms[form, F_A],
        look.forms[form, F_B],
        look.forms[form, F_FOLD_A],
        look.forms[form, F_FOLD_B],
    )
    sought = common_key(look.letters, a, b, look.folds, c, d)
    slot = slot_of(key(FOLD, look.folds, c, d), listing.slots)
    first, last = members_of(listing.slots, slot)
    for i in range(first, last):
        p = listing.members[i]
        if same_row(look.folds, c, d, letters, parts[p, FOLD_A], parts[p, FOLD_B]) and sought == common_key(
            letters, parts[p, A], parts[p, B], letters, parts[p, FOLD_A], parts[p, FOLD_B]
        ):
            return np.int64(parts[p, RARITY])
    table = World(listing.common, listing.common_bits, listing.guess)
    known = most(look.letters, a, b, table, look.room, look.same)
    return min(known, np.int64(listing.guess[-1]))


@inlined
def fill(look: Look, form: int, row: int) -> None:
    """Have the masks of a form ready: most forms are compared with nothing. row: 1 for the fold."""
    if look.filled[row, form] == 0:
        look.filled[row, form] = 1
        forms = look.forms
        if row:
            fill_masks(look.masks, form, 1, look.folds, forms[form, F_FOLD_A], forms[form, F_FOLD_B])
        else:
            fill_masks(look.masks, form, 0, look.letters, forms[form, F_A], forms[form, F_B])


@inlined
def sift(look: Look, listing: Listing, p: int) -> int:
    """Which forms can agree with a listed part so that it matters, as bits: most cannot, by their letters."""
    spelt, folded = listing.sets[p, LETTERS], listing.sets[p, FOLD_LETTERS]
    size, fold_size, _ = sizes_of(listing.sets, p)
    sets, sizes, may, short = look.sets, look.sizes, 0, 1 if size == 1 else 0
    for form in range(look.whole[FORMS]):
        one, other = sets[0, form] ^ spelt, sets[1, form] ^ folded
        # Of every thousand letters so many may differ; more if the consonants agree.
        soft = sizes[S_SOFT, form] if other & HARD == np.uint64(0) else 0
        may_differ = max(sizes[S_DIFFER, form], soft)
        if (
            1000 * bits_in(one) <= may_differ * (sizes[S_SIZE, form] + size)
            or 1000 * bits_in(other) <= may_differ * (sizes[S_FOLD_SIZE, form] + fold_size)
            or short > sizes[S_JOINED, form]
        ):
            may |= 1 << form
    return may


@inlined
def resemblance(look: Look, listing: Listing, form: int, p: int) -> int:
    """How a form of the query and a listed part that it may resemble agree."""
    forms, parts, letters = look.forms, listing.parts, listing.letters
    a, b, c, d = forms[form, F_A], forms[form, F_B], parts[p, A], parts[p, B]
    fa, fb, fc, fd = forms[form, F_FOLD_A], forms[form, F_FOLD_B], parts[p, FOLD_A], parts[p, FOLD_B]
    size, other, single = b - a, d - c, forms[form, F_COUNT] == 1
    soft = (look.sets[1, form] ^ listing.sets[p, FOLD_LETTERS]) & HARD == np.uint64(0)
    least = MERGED_LEAST if not single else LEAST if soft else LETTERS_LEAST[-1]
    spelt = may_share(look.sets[0, form], listing.sets[p, LETTERS], size + other, least)
    if spelt and same_row(look.letters, a, b, letters, c, d):
        return SAME if single else MERGED
    folded = may_share(look.sets[1, form], listing.sets[p, FOLD_LETTERS], fb - fa + fd - fc, least)
    if folded and same_row(look.folds, fa, fb, letters, fc, fd):
        return FOLDED if single else MERGED
    # Letters in common, of how many: as written, and folded.
    one, two = (0, 1), (0, 1)
    if spelt:
        fill(look, form, 0)
        one = (common(follow(look.masks, form, 0, letters, c, d, ONES), size), size + other)
    if folded:
        fill(look, form, 1)
        state = follow(look.masks, form, 1, letters, fc, fd, ONES)
        two = (common(state, fb - fa), fb - fa + fd - fc)
    if not single:
        near = 2000 * one[0] >= least * one[1] or 2000 * two[0] >= least * two[1]
        return MERGED_NEAR if near else NONE
    kind = NONE
    if 2000 * one[0] >= least * one[1] or 2000 * two[0] >= least * two[1]:
        kind = kind_of(one, two, soft and same_bones(look.folds, fa, fb, letters, fc, fd, look.room))
    if kind == NONE or kind > ALIKE:
        if look.whole[FULL_NAME] and size < other and same_row(look.letters, a, b, letters, c, c + size):
            return PREFIX
        if kind == NONE and (size == 1 or other == 1) and look.letters[a] == letters[c]:
            return INITIAL
    if SOUND <= kind < PREFIX:
        apart = one_letter(look.letters, a, b, letters, c, d)
        if apart != NONE:
            return ONE_SOUND if kind < ALIKE else apart
    return kind
