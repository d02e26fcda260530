"""Which listed parts resemble those of the query, and what each may be worth."""

from typing import NamedTuple

import numpy as np

from screening.compiled import fetch, inlined
from screening.keys import MAX_KEYS, Words, all_keys, folded_keys, slot_of
from screening.likeness import HARD, MERGED, NONE, bits_in
from screening.likeness import LETTERS as ALIKE
from screening.listing import (
    FOLD_LETTERS,
    LETTERS,
    POST_A,
    POST_B,
    RARITY,
    Listing,
    is_marked,
    members_of,
    sizes_of,
)
from screening.query import (
    F_A,
    F_B,
    F_COUNT,
    F_FOLD_A,
    F_FOLD_B,
    F_RARITY,
    F_SAVED,
    FORMS,
    K_HASH,
    K_NEAR_AT,
    K_NEAR_COUNT,
    MAX_FORMS,
    MAX_NEAR,
    PARTS,
    S_FOLD_SIZE,
    S_SIZE,
    Longs,
    Look,
    Memory,
    forget,
    resemblance,
    slot_in,
)
from screening.spelling import MAX_PARTS, Ints
from screening.weights import MISSING, Weights, of_left, of_pair

# The least agreement by which a part finds names; the pairing goes further down.
FINDS, FINDS_LEAST = ALIKE + 3, 740
# What resembles a form, in one row: the gain, above so many bits, and how far the part is from the last;
# where its posts begin, above where they end; and in short who bears it, as the listing has it.
RANK, POSTS, BORNE = range(3)
GAIN, PART = 32, (1 << 32) - 1


class Near(NamedTuple):
    """Room for what resembles the forms of one queried name, written over by the next.

    at, count: (MAX_FORMS,) where in memory.near the listed parts are that resemble a form
    seen: (v,) the last form that met a part; met: (v,) the parts that it met
    forms: (1,) how many forms there were; keys: of the form
    """

    at: Ints
    count: Ints
    seen: Longs
    met: Ints
    forms: Longs
    keys: Words


def new_near(listing: Listing) -> Near:
    return Near(
        np.zeros(MAX_FORMS, np.int32), np.zeros(MAX_FORMS, np.int32), np.zeros(len(listing.parts), np.int64),
        np.zeros(len(listing.parts), np.int32), np.zeros(1, np.int64), np.zeros(MAX_KEYS, np.uint64),
    )  # fmt: skip


@inlined
def find_near(near: Near, look: Look, listing: Listing, w: Weights) -> None:
    """The listed parts that resemble each form, by what they may be worth."""
    memory, slot = look.memory, np.int64(0)
    # Only between two names: until then the forms of one name point into what is remembered.
    if memory.used[0] + MAX_PARTS * MAX_NEAR > len(memory.near):
        forget(memory)
    for form in range(look.whole[FORMS]):
        near.at[form], near.count[form] = form * MAX_NEAR, 0
        remembered = form < look.whole[PARTS]
        if remembered:
            slot = slot_in(memory, look.hashes[form])
            # Another part of this name may have taken its place.
            remembered = memory.known[slot, K_HASH] == look.hashes[form]
        if remembered and memory.known[slot, K_NEAR_COUNT] >= 0:
            near.at[form], near.count[form] = memory.known[slot, K_NEAR_AT], memory.known[slot, K_NEAR_COUNT]
        else:
            _search_near(near, look, listing, w, form)
            if remembered:
                _remember(near, memory, slot, form)


@inlined
def _search_near(near: Near, look: Look, listing: Listing, w: Weights, form: int) -> None:
    parts, forms, met = listing.parts, look.forms, near.met
    for i in range(_meet(near, look, listing, form)):
        p = met[i]
        if _worth_comparing(look, form, listing, p) and parts[p, POST_A] < parts[p, POST_B]:
            kind = resemblance(look, listing, form, p)
            if kind != NONE and (kind <= FINDS or kind >= MERGED):
                rarity = parts[p, RARITY]
                gain = of_pair(w, kind, forms[form, F_RARITY], rarity) + of_left(w, MISSING, rarity)
                _note(near, look.memory.near, listing, (form, p, gain + forms[form, F_SAVED]))


@inlined
def _meet(near: Near, look: Look, listing: Listing, form: int) -> int:
    """Put the parts that have a key of the form into near.met, each once, and tell how many.

    In rounds, so that what each round reads comes together.
    """
    forms, seen, keys, met, slots = look.forms, near.seen, near.keys, near.met, listing.slots
    near.forms[0] += 1
    turn = near.forms[0]
    a, b, c, d = forms[form, F_A], forms[form, F_B], forms[form, F_FOLD_A], forms[form, F_FOLD_B]
    if forms[form, F_COUNT] == 1:
        count = all_keys(look.letters, a, b, look.folds, c, d, look.room, keys)
    else:
        count = folded_keys(look.folds, c, d, keys)
    marked = found = 0
    for k in range(count):
        if is_marked(keys[k], listing.marks):
            keys[marked] = keys[k]
            fetch(slots, np.int64(keys[k] & np.uint64(len(slots) - 1)))
            marked += 1
    for k in range(marked):
        first, last = members_of(slots, slot_of(keys[k], slots))
        for i in range(first, last):
            p = listing.members[i]
            if seen[p] != turn:
                seen[p] = turn
                fetch(listing.sets, p)
                fetch(listing.parts, p)
                met[found] = p
                found += 1
    return found


@inlined
def _remember(near: Near, memory: Memory, slot: int, form: int) -> None:
    """Keep what resembles a part."""
    count, at = np.int64(near.count[form]), memory.used[0]
    memory.known[slot, K_NEAR_AT], memory.known[slot, K_NEAR_COUNT] = at, count
    for i in range(count):
        for column in range(3):
            memory.near[at + i, column] = memory.near[form * MAX_NEAR + i, column]
    memory.used[0] = at + count


@inlined
def _worth_comparing(look: Look, form: int, listing: Listing, p: int) -> bool:
    """Whether the letters they have allow for an agreement that finds; cheaper than comparing."""
    spelt = look.sets[0, form] ^ listing.sets[p, LETTERS]
    folded = look.sets[1, form] ^ listing.sets[p, FOLD_LETTERS]
    if folded & HARD == np.uint64(0):
        return True
    size, fold_size, _ = sizes_of(listing.sets, p)
    fold_size += look.sizes[S_FOLD_SIZE, form]
    if 1000 * bits_in(folded) <= (1000 - FINDS_LEAST) * fold_size:
        return True
    return 1000 * bits_in(spelt) <= (1000 - FINDS_LEAST) * (size + look.sizes[S_SIZE, form])


@inlined
def _note(near: Near, found: Longs, listing: Listing, one: tuple[int, int, int]) -> None:
    """Keep a part that resembles a form, the most worth first; of equals the first part of the list.

    one: the form, the part, and what it gains
    """
    form, p, gain = one
    parts = listing.parts
    first, count = form * MAX_NEAR, np.int64(near.count[form])
    if gain <= 0:
        return
    rank = gain << GAIN | (PART - p)
    if count == MAX_NEAR:
        if rank <= found[first + count - 1, RANK]:
            return
        count -= 1
    else:
        near.count[form] = count + 1
    i = first + count
    while i > first and found[i - 1, RANK] < rank:
        for column in range(3):
            found[i, column] = found[i - 1, column]
        i -= 1
    found[i, RANK] = rank
    found[i, POSTS] = np.int64(parts[p, POST_A]) << GAIN | np.int64(parts[p, POST_B])
    found[i, BORNE] = listing.borne[p]
