"""Which listed names may be meant: those that share rare parts with the query, most first."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.compiled import compiled, inlined
from screening.keys import MAX_KEYS, WHOLE, Words, all_keys, folded_keys, key
from screening.likeness import LETTERS, MERGED, NONE, SOFT, bits_in
from screening.listing import (
    FIRST,
    FOLD_A,
    FOLD_B,
    FOLD_LETTERS,
    LAST,
    OWNER,
    POST_A,
    POST_B,
    RARITY,
    TOTAL,
    YEARS,
    A,
    B,
    Listing,
    is_marked,
    slot_of,
)
from screening.listing import LETTERS as PART_LETTERS
from screening.persons import DATES, Persons, best_date, date_of
from screening.query import (
    ALL_EXTRA,
    F_A,
    F_B,
    F_COUNT,
    F_FOLD_A,
    F_FOLD_B,
    F_FOLD_SET,
    F_RARITY,
    F_SAVED,
    F_SET,
    FORMS,
    FULL_NAME,
    MAX_FORMS,
    PARTS,
    Look,
    resemblance,
)
from screening.spelling import Ints
from screening.weights import LENIENT, MISSING, Weights, of_left, of_pair

Longs = NDArray[np.int64]

# The most listed parts that one form may resemble.
MAX_NEAR = 64
# Parts whose resemblances are remembered, a power of two.
REMEMBERED = 8_192
# Names that a query may touch before its commonest parts are passed over.
BUDGET = 100_000
# The least agreement by which a part finds names; the pairing goes further down.
FINDS, FINDS_LEAST = LETTERS + 3, 740
# What resembles a form is one number: the gain, above so many bits, and how far the part is from the last.
GAIN, PART = 32, (1 << 32) - 1
# What a field counts: names touched, names in the heap, turns taken.
TOUCHED, HEAP, TURN = range(3)


class Field(NamedTuple):
    """Room for the candidates of one queried name, left clean for the next.

    near: (MAX_FORMS, MAX_NEAR) the listed parts that resemble a form, most gain first; near_count: how many
    bits: (n,) what the shared parts may be worth; touched: the names that share any
    turn: (n,) the last form that touched a name; seen: (v,) the last form that met a part
    heap: (k, 2) the best so far, the least of them first: a rank, and the name
    known, known_count, known_near: what resembles parts met before, by hash
    order, size: (MAX_FORMS,) forms by how many names they would touch
    """

    near: Longs
    near_count: Ints
    bits: Ints
    touched: Ints
    turn: Longs
    seen: Longs
    heap: Longs
    counts: Longs
    keys: Words
    known: Words
    known_count: Ints
    known_near: Longs
    order: Longs
    size: Longs


def new_field(names: int, parts: int, most: int) -> Field:
    return Field(
        np.zeros((MAX_FORMS, MAX_NEAR), np.int64), np.zeros(MAX_FORMS, np.int32),
        np.zeros(names, np.int32), np.zeros(names, np.int32), np.zeros(names, np.int64),
        np.zeros(parts, np.int64), np.zeros((most, 2), np.int64), np.zeros(3, np.int64),
        np.zeros(MAX_KEYS, np.uint64), np.zeros(REMEMBERED, np.uint64),
        np.zeros(REMEMBERED, np.int32), np.zeros((REMEMBERED, MAX_NEAR), np.int64),
        np.zeros(MAX_FORMS, np.int64), np.zeros(MAX_FORMS, np.int64),
    )  # fmt: skip


@compiled
def find_near(field: Field, look: Look, listing: Listing, w: Weights) -> None:
    """The listed parts that resemble each form, by what they may be worth."""
    parts, forms, seen, keys = listing.parts, look.forms, field.seen, field.keys
    for form in range(look.whole[FORMS]):
        field.counts[TURN] += 1
        turn = field.counts[TURN]
        a, b, c, d = forms[form, F_A], forms[form, F_B], forms[form, F_FOLD_A], forms[form, F_FOLD_B]
        field.near_count[form] = 0
        slot, known = -1, np.uint64(0)
        if form < look.whole[PARTS] and not look.whole[FULL_NAME]:
            known = key(WHOLE, look.letters, a, b)
            slot = np.int64(known & np.uint64(REMEMBERED - 1))
            if field.known[slot] == known:
                _recall(field, slot, form)
                continue
        if forms[form, F_COUNT] == 1:
            count = all_keys(look.letters, a, b, look.folds, c, d, look.room, keys)
        else:
            count = folded_keys(look.folds, c, d, keys)
        for k in range(count):
            if not is_marked(keys[k], listing.marks):
                continue
            at = slot_of(keys[k], listing.slots)
            for i in range(listing.spans[at, 0], listing.spans[at, 1]):
                p = listing.members[i]
                if seen[p] != turn:
                    seen[p] = turn
                    if parts[p, POST_A] < parts[p, POST_B] and _worth_comparing(forms, form, parts, p):
                        kind = resemblance(look, parts, listing.letters, form, p)
                        if kind != NONE and (kind <= FINDS or kind >= MERGED):
                            rarity = parts[p, RARITY]
                            gain = of_pair(w, kind, forms[form, F_RARITY], rarity) + of_left(
                                w, MISSING, rarity
                            )
                            _note(field.near, field.near_count, form, p, gain + forms[form, F_SAVED])
        if slot >= 0:
            field.known[slot] = known
            _remember(field, slot, form)


@compiled
def _remember(field: Field, slot: int, form: int) -> None:
    """Travellers share parts: what resembles one is kept until another takes its place."""
    field.known_count[slot] = field.near_count[form]
    for i in range(field.near_count[form]):
        field.known_near[slot, i] = field.near[form, i]


@compiled
def _recall(field: Field, slot: int, form: int) -> None:
    field.near_count[form] = field.known_count[slot]
    for i in range(field.near_count[form]):
        field.near[form, i] = field.known_near[slot, i]


@inlined
def _worth_comparing(forms: Ints, form: int, parts: Ints, p: int) -> bool:
    """Whether the letters they have allow for an agreement that finds; cheaper than comparing."""
    folded = forms[form, F_FOLD_SET] ^ parts[p, FOLD_LETTERS]
    if folded | SOFT == SOFT:
        return True
    size = forms[form, F_FOLD_B] - forms[form, F_FOLD_A] + parts[p, FOLD_B] - parts[p, FOLD_A]
    if 1000 * bits_in(np.uint64(folded)) <= (1000 - FINDS_LEAST) * size:
        return True
    spelt = forms[form, F_SET] ^ parts[p, PART_LETTERS]
    size = forms[form, F_B] - forms[form, F_A] + parts[p, B] - parts[p, A]
    return 1000 * bits_in(np.uint64(spelt)) <= (1000 - FINDS_LEAST) * size


@compiled
def _note(near: Longs, near_count: Ints, form: int, part: int, gain: int) -> None:
    """Keep a part that resembles a form, the most worth first; of equals the first part of the list."""
    i = np.int64(near_count[form])
    if gain <= 0:
        return
    one = gain << GAIN | (PART - part)
    if i == MAX_NEAR:
        if one <= near[form, i - 1]:
            return
        i -= 1
    else:
        near_count[form] = i + 1
    while i > 0 and near[form, i - 1] < one:
        near[form, i] = near[form, i - 1]
        i -= 1
    near[form, i] = one


@compiled
def touch(field: Field, look: Look, listing: Listing) -> None:
    """Give every name that shares a part what that may be worth, beginning with the rarest parts."""
    near, bits, touched, turns, parts = field.near, field.bits, field.touched, field.turn, listing.parts
    posts, forms = listing.posts, look.whole[FORMS]
    # Forms by how many names they would touch; forms without any are left out.
    order, size = field.order, field.size
    count = 0
    for form in range(forms):
        names = 0
        for i in range(field.near_count[form]):
            p = PART - (near[form, i] & PART)
            names += parts[p, POST_B] - parts[p, POST_A]
        k = count
        while k > 0 and size[k - 1] > names:
            size[k], order[k] = size[k - 1], order[k - 1]
            k -= 1
        size[k], order[k] = names, form
        count += 1
    spent = found = 0
    for k in range(count):
        form = order[k]
        if spent and spent + size[k] > BUDGET:
            break
        spent += size[k]
        field.counts[TURN] += 1
        turn = field.counts[TURN]
        for i in range(field.near_count[form]):
            p, gain = PART - (near[form, i] & PART), near[form, i] >> GAIN
            for at in range(parts[p, POST_A], parts[p, POST_B]):
                name = posts[at]
                if turns[name] != turn:
                    turns[name] = turn
                    if bits[name] == 0:
                        touched[found] = name
                        found += 1
                    bits[name] += gain
    field.counts[TOUCHED] = found


@compiled
def choose(
    field: Field,
    look: Look,
    listing: Listing,
    w: Weights,
    asked: Persons,
    q: int,
    listed: Persons,
    least: int,
) -> int:
    """Put the names that promise most in the heap, at least `least` bits, and tell how many.

    Leaves the field clean.
    """
    bits, names, date = field.bits, listing.names, date_of(asked, q)
    lenient = w.rest[LENIENT] if look.whole[FULL_NAME] else 1000
    constant, share, best = w.left[MISSING, 0], w.left[MISSING, 1], 0
    for verdict in range(len(w.dates) if date else 0):
        best = max(best, w.dates[verdict])
    near, year = 0, date >> 9
    for one in range(year - 1, year + 2):
        near |= 1 << (one & 31)
    field.counts[HEAP] = 0
    for t in range(field.counts[TOUCHED]):
        name = field.touched[t]
        missing = (
            constant * (names[name, LAST] - names[name, FIRST]) + share * np.int64(names[name, TOTAL]) // 1000
        )
        promise = bits[name] - look.whole[ALL_EXTRA] - missing * lenient // 1000
        bits[name] = 0
        # Only a date of the same or the next year adds anything.
        if promise + (best if names[name, YEARS] & near else 0) < least:
            continue
        if date and names[name, YEARS]:
            e = names[name, OWNER]
            verdict, _ = best_date(
                date, listed.dates, listed.starts[e, DATES], listed.starts[e + 1, DATES], w.dates
            )
            promise += w.dates[verdict]
        if promise >= least:
            _push(field.heap, field.counts, (promise << 32) - name, name)
    return np.int64(field.counts[HEAP])


@inlined
def _push(heap: Longs, counts: Longs, rank: int, name: int) -> None:
    """Keep the best of what was pushed."""
    size = counts[HEAP]
    if size < len(heap):
        i = size
        counts[HEAP] = size + 1
        while i > 0 and heap[(i - 1) // 2, 0] > rank:
            heap[i, 0], heap[i, 1] = heap[(i - 1) // 2, 0], heap[(i - 1) // 2, 1]
            i = (i - 1) // 2
    elif rank <= heap[0, 0]:
        return
    else:
        i = 0
        while 2 * i + 1 < size:
            child = 2 * i + 1
            if child + 1 < size and heap[child + 1, 0] < heap[child, 0]:
                child += 1
            if heap[child, 0] >= rank:
                break
            heap[i, 0], heap[i, 1] = heap[child, 0], heap[child, 1]
            i = child
    heap[i, 0], heap[i, 1] = rank, name
