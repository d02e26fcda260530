"""One queried name ready to compare: its parts, and neighbouring parts written as one."""

from typing import NamedTuple

import numpy as np

from screening.compiled import compiled
from screening.keys import FOLD, key
from screening.likeness import (
    FOLDED,
    INITIAL,
    LEAST,
    LETTERS,
    MERGED,
    MERGED_NEAR,
    NONE,
    ONES,
    PREFIX,
    SAME,
    SOFT,
    Masks,
    fill_masks,
    follow,
    kind_of,
    may_share,
    same_bones,
    same_row,
    share,
)
from screening.listing import FOLD_A, FOLD_B, FOLD_LETTERS, RARITY, A, B, Listing, slot_of
from screening.listing import LETTERS as PART_LETTERS
from screening.rarity import common_key, most
from screening.spelling import MAX_LETTERS, MAX_PARTS, Bytes, Ints, fold, glued_title, read_parts
from screening.weights import EXTRA, Weights, of_left

# Single parts, those less a glued title, and two or three neighbours as one.
MAX_FORMS = 4 * MAX_PARTS
LONGEST_MERGE = 3
# ICAO 9303: the name field of a passport's machine-readable zone holds 39 characters, two of them
# between surname and given names; a name that long may have lost its tail.
FULL = 37
# Joined parts must agree closely, or neighbours would swallow each other; per mille.
MERGED_LEAST, SHORTEST_MERGED = 860, 5

# The columns of a form, of which the first are the parts: where its letters and its fold stand, the
# sets of these, which parts it joins, its rarity, what leaving these parts over would cost, and how
# many letters of a glued title were left out.
F_A, F_B, F_FOLD_A, F_FOLD_B, F_SET, F_FOLD_SET, F_FIRST, F_COUNT, F_RARITY, F_SAVED, F_TITLE = range(11)
# What is known of the whole name: parts, forms, whether the tail may be cut off, what leaving all of
# it over would cost.
PARTS, FORMS, FULL_NAME, ALL_EXTRA = range(4)


class Look(NamedTuple):
    """Room for one queried name, written over by the next.

    letters: of the parts; folds: of the forms; forms: (MAX_FORMS, 11); whole: (4,)
    masks: of letters and of folds
    """

    letters: Bytes
    folds: Bytes
    forms: Ints
    whole: Ints
    masks: Masks
    cuts: Ints
    room: Bytes


def new_look() -> Look:
    size = MAX_LETTERS * MAX_PARTS
    return Look(
        np.zeros(size, np.uint8), np.zeros(MAX_FORMS * MAX_LETTERS, np.uint8),
        np.zeros((MAX_FORMS, 11), np.int32), np.zeros(4, np.int32),
        np.zeros((MAX_FORMS, 2, 26), np.uint64), np.zeros(MAX_PARTS + 1, np.int32),
        np.zeros(4 * MAX_LETTERS, np.uint8),
    )  # fmt: skip


@compiled
def prepare(look: Look, listing: Listing, w: Weights, text: Bytes, start: int, stop: int) -> int:
    """Lay out a queried name and its forms; tell how many parts it has."""
    cuts, forms, whole = look.cuts, look.forms, look.whole
    parts = read_parts(text, start, stop, look.letters, cuts)
    whole[PARTS], whole[FORMS] = parts, 0
    whole[FULL_NAME] = 1 if cuts[parts] + parts - 1 >= FULL else 0
    whole[ALL_EXTRA] = 0
    for i in range(parts):
        _add(look, i, 1, 0)
        forms[i, F_RARITY] = _rarity(look, listing, i)
        forms[i, F_SAVED] = of_left(w, EXTRA, forms[i, F_RARITY])
        whole[ALL_EXTRA] += forms[i, F_SAVED]
    for i in range(parts):
        title = glued_title(look.letters, cuts[i], cuts[i + 1])
        if title and cuts[i + 1] - cuts[i] - title >= 2:
            _add(look, i, 1, title)
    for n in range(2, LONGEST_MERGE + 1):
        for i in range(parts - n + 1):
            if SHORTEST_MERGED <= cuts[i + n] - cuts[i] <= MAX_LETTERS:
                _add(look, i, n, 0)
    return parts


@compiled
def _add(look: Look, first: int, count: int, title: int) -> None:
    forms, form = look.forms, look.whole[FORMS]
    if form == MAX_FORMS:
        return
    a, b = look.cuts[first], look.cuts[first + count] - title
    c = forms[form - 1, F_FOLD_B] if form else 0
    d = fold(look.letters, a, b, look.folds, c)
    forms[form, F_A], forms[form, F_B], forms[form, F_FOLD_A], forms[form, F_FOLD_B] = a, b, c, d
    forms[form, F_SET] = fill_masks(look.masks, form, 0, look.letters, a, b)
    forms[form, F_FOLD_SET] = fill_masks(look.masks, form, 1, look.folds, c, d)
    forms[form, F_FIRST], forms[form, F_COUNT], forms[form, F_TITLE] = first, count, title
    forms[form, F_RARITY] = forms[form, F_SAVED] = 0
    if form >= look.whole[PARTS]:
        for i in range(first, first + count):
            forms[form, F_RARITY] += forms[i, F_RARITY]
            forms[form, F_SAVED] += forms[i, F_SAVED]
    look.whole[FORMS] = form + 1


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
    for i in range(listing.spans[slot, 0], listing.spans[slot, 1]):
        p = listing.members[i]
        if same_row(look.folds, c, d, letters, parts[p, FOLD_A], parts[p, FOLD_B]) and sought == common_key(
            letters, parts[p, A], parts[p, B], letters, parts[p, FOLD_A], parts[p, FOLD_B]
        ):
            return np.int64(parts[p, RARITY])
    known = most(look.letters, a, b, listing.common, listing.common_bits, listing.guess, look.room)
    return min(known, np.int64(listing.guess[-1]))


@compiled
def resemblance(look: Look, parts: Ints, letters: Bytes, form: int, p: int) -> int:
    """How a form of the query and a listed part agree."""
    forms = look.forms
    a, b, c, d = forms[form, F_A], forms[form, F_B], parts[p, A], parts[p, B]
    fa, fb, fc, fd = forms[form, F_FOLD_A], forms[form, F_FOLD_B], parts[p, FOLD_A], parts[p, FOLD_B]
    size, other, single = b - a, d - c, forms[form, F_COUNT] == 1
    if not single and (size > 2 * other or other > 2 * size):
        return NONE
    least = LEAST if single else MERGED_LEAST
    spelt = may_share(forms[form, F_SET], parts[p, PART_LETTERS], size + other, least)
    if spelt and same_row(look.letters, a, b, letters, c, d):
        return SAME if single else MERGED
    folded = may_share(forms[form, F_FOLD_SET], parts[p, FOLD_LETTERS], fb - fa + fd - fc, least)
    if folded and same_row(look.folds, fa, fb, letters, fc, fd):
        return FOLDED if single else MERGED
    best = 0
    if spelt:
        best = share(follow(look.masks, form, 0, letters, c, d, ONES), size, other)
    if folded:
        best = max(best, share(follow(look.masks, form, 1, letters, fc, fd, ONES), fb - fa, fd - fc))
    if not single:
        return MERGED_NEAR if best >= MERGED_LEAST else NONE
    kind = NONE
    if best >= LEAST:
        soft = ((forms[form, F_FOLD_SET] ^ parts[p, FOLD_LETTERS]) | SOFT) == SOFT
        kind = kind_of(best, soft and same_bones(look.folds, fa, fb, letters, fc, fd, look.room))
    if kind == NONE or kind > LETTERS:
        if look.whole[FULL_NAME] and size < other and same_row(look.letters, a, b, letters, c, c + size):
            return PREFIX
        if kind == NONE and (size == 1 or other == 1) and look.letters[a] == letters[c]:
            return INITIAL
    return kind
