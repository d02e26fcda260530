"""Which listed names may be meant: those that share rare parts with the query, most first."""

from typing import NamedTuple

import numpy as np

from screening.compiled import compiled, inlined
from screening.keys import MAX_KEYS, Words, all_keys, folded_keys
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
from screening.persons import DATES, Persons, best_date
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
    MAX_NEAR,
    PARTS,
    REMEMBERED,
    Longs,
    Look,
    Memory,
    forget,
    resemblance,
)
from screening.spelling import MAX_PARTS, Ints
from screening.weights import LENIENT, MISSING, Weights, of_left, of_pair

# Names that a query may touch before its commonest parts are passed over.
BUDGET = 100_000
# What a promise may leave out, because only pairing shows it.
MARGIN = 4_000
# The least agreement by which a part finds names; the pairing goes further down.
FINDS, FINDS_LEAST = LETTERS + 3, 740
# What resembles a form is one number: the gain, above so many bits, and how far the part is from the last.
GAIN, PART = 32, (1 << 32) - 1
# What a field counts: names touched, names in the heap, turns taken.
TOUCHED, HEAP, TURN = range(3)
# The columns of a touched name: the last turn that touched it, above so many bits of what it gained; what
# leaving all of it over would cost, above the years in which its bearer may be born; and where its
# bearer's dates stand, above how many there are.
STATE, FIXED, DATED = range(3)
GAINED, YEARS_BITS, DATES_BITS = 24, 32, 8
_GAIN, _YEARS, _DATES = (1 << GAINED) - 1, (1 << YEARS_BITS) - 1, (1 << DATES_BITS) - 1


class Field(NamedTuple):
    """Room for the candidates of one queried name, ready for the next.

    near_at, near_count: (MAX_FORMS,) where in memory.near the listed parts are that resemble a form
    names: (n, 3) of every name; touched: the names that may be meant
    seen: (v,) the last form that met a part
    heap: (k, 2) the best so far, the least of them first: a rank, and the name
    order, size: (MAX_FORMS,) forms by how many names they would touch; later: the most that the rest adds
    """

    near_at: Ints
    near_count: Ints
    names: Longs
    touched: Ints
    seen: Longs
    heap: Longs
    counts: Longs
    keys: Words
    order: Longs
    size: Longs
    later: Longs


def new_field(listing: Listing, listed: Persons, w: Weights, most: int) -> Field:
    names = np.zeros((len(listing.names), 3), np.int64)
    total, parts = listing.names[:, TOTAL].astype(np.int64), listing.names[:, LAST] - listing.names[:, FIRST]
    price = int(w.left[MISSING, 0]) * parts + int(w.left[MISSING, 1]) * total // 1000
    names[:, FIXED] = price << YEARS_BITS | listing.names[:, YEARS].astype(np.int64) & _YEARS
    first, last = listed.starts[:-1, DATES], listed.starts[1:, DATES]
    dates = first << DATES_BITS | np.minimum(last - first, _DATES)
    names[:, DATED] = dates[listing.names[:, OWNER]]
    return Field(
        np.zeros(MAX_FORMS, np.int32), np.zeros(MAX_FORMS, np.int32), names,
        np.zeros(len(names) + 1, np.int32), np.zeros(len(listing.parts), np.int64),
        np.zeros((most, 2), np.int64), np.zeros(3, np.int64), np.zeros(MAX_KEYS, np.uint64),
        np.zeros(MAX_FORMS, np.int64), np.zeros(MAX_FORMS, np.int64), np.zeros(MAX_FORMS + 1, np.int64),
    )  # fmt: skip


@compiled
def find_near(field: Field, look: Look, listing: Listing, w: Weights) -> None:
    """The listed parts that resemble each form, by what they may be worth."""
    memory, slot = look.memory, np.int64(0)
    # Only between two names: until then the forms of one name point into what is remembered.
    if memory.used[0] + MAX_PARTS * MAX_NEAR > len(memory.near):
        forget(memory)
    for form in range(look.whole[FORMS]):
        field.near_at[form], field.near_count[form] = form * MAX_NEAR, 0
        remembered = form < look.whole[PARTS] and not look.whole[FULL_NAME]
        if remembered:
            slot = np.int64(look.hashes[form] & np.uint64(REMEMBERED - 1))
            if memory.keys[slot] == look.hashes[form]:
                if memory.near_count[slot] >= 0:
                    field.near_at[form] = memory.near_at[slot]
                    field.near_count[form] = memory.near_count[slot]
                    continue
            else:
                remembered = False  # Another part of this name took its place.
        _search_near(field, look, listing, w, form)
        if remembered:
            _remember(field, memory, slot, form)


@inlined
def _search_near(field: Field, look: Look, listing: Listing, w: Weights, form: int) -> None:
    parts, forms, seen, keys = listing.parts, look.forms, field.seen, field.keys
    field.counts[TURN] += 1
    turn = field.counts[TURN]
    a, b, c, d = forms[form, F_A], forms[form, F_B], forms[form, F_FOLD_A], forms[form, F_FOLD_B]
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
            if seen[p] == turn:
                continue
            seen[p] = turn
            if parts[p, POST_A] < parts[p, POST_B] and _worth_comparing(forms, form, parts, p):
                kind = resemblance(look, parts, listing.letters, form, p)
                if kind != NONE and (kind <= FINDS or kind >= MERGED):
                    rarity = parts[p, RARITY]
                    gain = of_pair(w, kind, forms[form, F_RARITY], rarity) + of_left(w, MISSING, rarity)
                    _note(field, look.memory.near, form, p, gain + forms[form, F_SAVED])


@inlined
def _remember(field: Field, memory: Memory, slot: int, form: int) -> None:
    """Keep what resembles a part."""
    count, at = np.int64(field.near_count[form]), memory.used[0]
    memory.near_at[slot], memory.near_count[slot] = at, count
    for i in range(count):
        memory.near[at + i] = memory.near[form * MAX_NEAR + i]
    memory.used[0] = at + count


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


@inlined
def _note(field: Field, near: Longs, form: int, part: int, gain: int) -> None:
    """Keep a part that resembles a form, the most worth first; of equals the first part of the list."""
    first, count = form * MAX_NEAR, np.int64(field.near_count[form])
    if gain <= 0:
        return
    one = gain << GAIN | (PART - part)
    if count == MAX_NEAR:
        if one <= near[first + count - 1]:
            return
        count -= 1
    else:
        field.near_count[form] = count + 1
    i = first + count
    while i > first and near[i - 1] < one:
        near[i] = near[i - 1]
        i -= 1
    near[i] = one


class Need(NamedTuple):
    """What a name must promise, in thousandths of a bit and before its price.

    least: with what leaving all of the query over would cost; lenient: per mille that omissions count
    best: the most that a date may add; years: those in which it may, as a set
    """

    least: int
    lenient: int
    best: int
    years: int


@inlined
def need_of(look: Look, w: Weights, date: int, least: int) -> Need:
    best = 0
    for verdict in range(len(w.dates) if date else 0):
        best = max(best, int(w.dates[verdict]))
    years, year = 0, date >> 9
    for one in range(year - 1, year + 2):
        years |= 1 << (one & 31)
    lenient = int(w.rest[LENIENT]) if look.whole[FULL_NAME] else 1000
    return Need(least + int(look.whole[ALL_EXTRA]), lenient, best, years)


@inlined
def _order(field: Field, look: Look, parts: Ints) -> int:
    """Forms by how many names they would touch, and the most that all later ones add; tell how many."""
    near, order, size = look.memory.near, field.order, field.size
    count = 0
    for form in range(look.whole[FORMS]):
        if field.near_count[form] == 0:
            continue
        names, first = 0, field.near_at[form]
        for i in range(first, first + field.near_count[form]):
            p = PART - (near[i] & PART)
            names += parts[p, POST_B] - parts[p, POST_A]
        k = count
        while k > 0 and size[k - 1] > names:
            size[k], order[k] = size[k - 1], order[k - 1]
            k -= 1
        size[k], order[k] = names, form
        count += 1
    field.later[count] = 0
    for k in range(count - 1, -1, -1):
        field.later[k] = field.later[k + 1] + (near[field.near_at[order[k]]] >> GAIN)
    return count


@compiled
def touch(field: Field, look: Look, listing: Listing, need: Need) -> None:
    """Give every name that shares a part what that may be worth, beginning with the rarest parts.

    A name that cannot promise enough, whatever the later parts bring, is not taken up.
    """
    near, names, parts, posts = look.memory.near, field.names, listing.parts, listing.posts
    count = _order(field, look, parts)
    begun = field.counts[TURN] + 1
    spent = found = 0
    for k in range(count):
        form = field.order[k]
        if spent and spent + field.size[k] > BUDGET:
            break
        spent += field.size[k]
        field.counts[TURN] += 1
        turn, later, first = field.counts[TURN], field.later[k + 1], field.near_at[form]
        for i in range(first, first + field.near_count[form]):
            p, gain = PART - (near[i] & PART), near[i] >> GAIN
            for at in range(parts[p, POST_A], parts[p, POST_B]):
                name = posts[at]
                state = names[name, STATE]
                last = state >> GAINED
                if last == turn:
                    continue
                known = last >= begun
                names[name, STATE] = turn << GAINED | (gain + (state & _GAIN if known else 0))
                field.touched[found] = name
                found += not known and _promises(names[name, FIXED], gain + later, need)
    field.counts[TOUCHED] = found


@inlined
def _promises(fixed: int, gain: int, need: Need) -> bool:
    """Whether a name may promise enough, if its date agrees. Only one of these years adds anything."""
    date = need.best if fixed & need.years else 0
    return gain + date - (fixed >> YEARS_BITS) * need.lenient // 1000 >= need.least


@compiled
def choose(field: Field, w: Weights, need: Need, date: int, listed: Persons, most: int) -> int:
    """Put the names that promise most in the heap, and tell how many: so many at the most."""
    field.counts[HEAP] = 0
    for t in range(field.counts[TOUCHED]):
        name = np.int64(field.touched[t])
        gain, fixed = field.names[name, STATE] & _GAIN, field.names[name, FIXED]
        if not _promises(fixed, gain, need):
            continue
        promise = gain - (fixed >> YEARS_BITS) * need.lenient // 1000
        if date and fixed & _YEARS:
            first = field.names[name, DATED] >> DATES_BITS
            last = first + (field.names[name, DATED] & _DATES)
            verdict, _ = best_date(date, listed.dates, first, last, w.dates)
            promise += w.dates[verdict]
        if promise >= need.least:
            _push(field.heap, field.counts, most, (promise << 32) - name, name)
    return np.int64(field.counts[HEAP])


@inlined
def _push(heap: Longs, counts: Longs, most: int, rank: int, name: int) -> None:
    """Keep the best of what was pushed."""
    size = counts[HEAP]
    if size < most:
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
