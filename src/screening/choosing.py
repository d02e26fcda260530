"""Which of the names that share parts with the query promise most, and so are compared part by part.

A name promises the gains of the parts that resemble a queried one, less what leaving its own parts over
costs, with what date and sex say. Forms are looked up from the rarest on; as soon as enough names promise
more than what is left can bring, it is not read: neither a part, nor the years of birth of its bearers.
"""

from typing import NamedTuple

import numpy as np

from screening.candidates import GAIN, PART, POSTS, RANK, Near, new_near
from screening.compiled import fetch, inlined
from screening.dates import compare_dates
from screening.keys import Words
from screening.listing import (
    BORN,
    OWNER,
    POST_A,
    POST_B,
    POST_SPAN,
    POST_TOTAL,
    POSTED,
    SPAN_BITS,
    Listing,
)
from screening.listing import SPAN as PARTS_OF
from screening.persons import DATES, Persons, best_date
from screening.posts import (
    R_BESIDE,
    R_FIRST,
    R_GAIN,
    R_LAST,
    R_MOST,
    RANGES,
    Need,
    plan,
    price_of,
    sift_posts,
    worth_of,
)
from screening.query import (
    F_COUNT,
    F_FIRST,
    FORMS,
    MAX_FORMS,
    MAX_NEAR,
    PARTS,
    Longs,
    Look,
)
from screening.spelling import MAX_PARTS
from screening.weights import SEX_DIFFERENT, SEX_SAME, Weights

# What a promise may leave out, because only pairing shows it.
MARGIN = 4_000
# The columns of a name: the last query that kept it; where its bearer's dates stand, above how many, above
# the sex.
MET, BESIDE = range(2)
# The columns of the heap: the rank, the name, and where its parts stand, above how many.
RANKED, NAMED, SPAN = range(3)
DATES_BITS, SEX_BITS = 8, 2
_DATES, _SEX = (1 << DATES_BITS) - 1, (1 << SEX_BITS) - 1
# The parts that resemble the query have their bits among so many words: most that do not have none there.
_WORDS = 64
# What a room counts: queries, names in the heap, queried parts.
TURN, HEAP, USED = range(3)
# Posts that wait for each other, so that what is read of their names comes together: waiting is slow.
TOGETHER = 64
# A link: how much a listed part brings to each of some queried ones, which these are, its next link, and
# the form that joins them.
# Its place stands in so many bits under the query.
L_SHARE, L_FIRST, L_LAST, L_NEXT, L_FORM = range(5)
LINK_BITS = 16


class Choice(NamedTuple):
    """Room for choosing among the names of one list.

    names: (n, 2)
    heads: (v,) the last link of a part, only where marks has its bit; links: (l, 5)
    heap: (k, 3) the best so far, the least of them first
    order, size: (MAX_FORMS,) forms by how many names they would touch; later: the most that the rest adds
    ranges: (r, 5) posts to read; waiting: (r,) posts whose names may promise enough
    gains: (MAX_PARTS,) what a name brings to each queried part; left at zero by whoever used it
    """

    names: Longs
    marks: Words
    heads: Longs
    links: Longs
    heap: Longs
    counts: Longs
    order: Longs
    size: Longs
    later: Longs
    ranges: Longs
    waiting: Longs
    gains: Longs
    near: Near


def new_choice(listing: Listing, listed: Persons, w: Weights, most: int) -> Choice:
    names = np.zeros((len(listing.names), 2), np.int64)
    first, last = listed.starts[:-1, DATES], listed.starts[1:, DATES]
    dates = first << DATES_BITS | np.minimum(last - first, _DATES)
    names[:, BESIDE] = (dates << SEX_BITS | listed.sex)[listing.names[:, OWNER]]
    longest = int((listing.parts[:, POST_B] - listing.parts[:, POST_A]).max(initial=0))
    return Choice(
        names, np.zeros(_WORDS, np.uint64),
        np.zeros(len(listing.parts), np.int64), np.zeros((MAX_FORMS * MAX_NEAR, 5), np.int64),
        np.zeros((most, 3), np.int64), np.zeros(3, np.int64),
        np.zeros(MAX_FORMS, np.int64), np.zeros(MAX_FORMS, np.int64), np.zeros(MAX_FORMS + 1, np.int64),
        np.zeros((MAX_FORMS * RANGES, 5), np.int64), np.zeros(TOGETHER + longest, np.int64),
        np.zeros(MAX_PARTS, np.int64), new_near(listing),
    )  # fmt: skip


@inlined
def choose(room: Choice, look: Look, listing: Listing, listed: Persons, w: Weights, need: Need) -> int:
    """Put the names that promise most in the heap, and tell how many: so many at the most."""
    room.counts[HEAP] = 0
    room.counts[TURN] += 1
    room.counts[USED] = look.whole[PARTS]
    count, many = _order(room, look), 0
    posts, ranges, waiting, waits = listing.posts, room.ranges, room.waiting, 0
    for k in range(count):
        first = room.near.at[room.order[k]]
        some = (first, first + room.near.count[room.order[k]], room.later[k + 1])
        many = plan(ranges, many, listing, w, need, (look.memory.near, some))
    _link_all(room, look, count)
    for r in range(many):
        least = _least(room, need)
        if ranges[r, R_MOST] >= least:
            cost = (ranges[r, R_GAIN] - least + 1) * 1000
            span = (ranges[r, R_FIRST], ranges[r, R_LAST], cost, ranges[r, R_BESIDE])
            more = sift_posts(w, need, posts, span, waiting, waits)
            for k in range(waits, more):
                fetch(listing.name_parts, posts[waiting[k], POST_SPAN] >> SPAN_BITS)
                fetch(room.names, posts[waiting[k], POSTED])
            waits = more
        if waits >= TOGETHER or r + 1 == many:
            for at in range(waits):
                _meet(room, listing, listed, w, need, waiting[at])
            waits = 0
    return int(room.counts[HEAP])


@inlined
def _order(room: Choice, look: Look) -> int:
    """Forms by how many names they would touch, and the most that all later ones add; tell how many."""
    found, forms, order, size = look.memory.near, look.forms, room.order, room.size
    count = 0
    for form in range(look.whole[FORMS]):
        if room.near.count[form] == 0:
            continue
        names, first = 0, room.near.at[form]
        for i in range(first, first + room.near.count[form]):
            names += (found[i, POSTS] & PART) - (found[i, POSTS] >> GAIN)
            fetch(room.heads, PART - (found[i, RANK] & PART))
        k = count
        while k > 0 and size[k - 1] > names:
            size[k], order[k] = size[k - 1], order[k - 1]
            k -= 1
        size[k], order[k] = names, form
        count += 1
    room.later[count] = 0
    for k in range(count - 1, -1, -1):
        form, later = order[k], 0
        share, part = (found[room.near.at[form], RANK] >> GAIN) // forms[form, F_COUNT], forms[form, F_FIRST]
        for i in range(part, part + forms[form, F_COUNT]):
            room.gains[i] = max(room.gains[i], share)
        for i in range(look.whole[PARTS]):
            later += room.gains[i]
        room.later[k] = later
    for i in range(look.whole[PARTS]):
        room.gains[i] = 0
    return count


@inlined
def _link_all(room: Choice, look: Look, count: int) -> None:
    """From each part that resembles a form, what it brings to which."""
    links, heads, forms, turn, at = room.links, room.heads, look.forms, room.counts[TURN], 0
    for k in range(_WORDS):
        room.marks[k] = np.uint64(0)
    for k in range(count):
        form = room.order[k]
        first, part = room.near.at[form], forms[form, F_FIRST]
        for i in range(first, first + room.near.count[form]):
            p, gain = PART - (look.memory.near[i, RANK] & PART), look.memory.near[i, RANK] >> GAIN
            linked = heads[p] >> LINK_BITS == turn
            room.marks[p >> 6 & (_WORDS - 1)] |= np.uint64(1) << np.uint64(p & 63)
            links[at, L_SHARE] = gain if forms[form, F_COUNT] == 1 else gain // forms[form, F_COUNT]
            links[at, L_FIRST], links[at, L_LAST] = part, part + forms[form, F_COUNT]
            links[at, L_NEXT] = heads[p] & ((1 << LINK_BITS) - 1) if linked else -1
            links[at, L_FORM] = form
            heads[p] = turn << LINK_BITS | at
            at += 1


@inlined
def _least(room: Choice, need: Need) -> int:
    """What a further name must promise: as much as the last of those that are kept."""
    if room.counts[HEAP] < need.most:
        return need.least
    return max(need.least, int(room.heap[0, 0] + room.heap[0, 1]) >> 32)


@inlined
def first_link(room: Choice, p: int) -> int:
    """The first link of a listed part, -1 if it resembles nothing of the query."""
    if room.marks[p >> 6 & (_WORDS - 1)] >> np.uint64(p & 63) & np.uint64(1) == np.uint64(0):
        return -1
    head = room.heads[p]
    return head & ((1 << LINK_BITS) - 1) if head >> LINK_BITS == room.counts[TURN] else -1


@inlined
def _meet(room: Choice, listing: Listing, listed: Persons, w: Weights, need: Need, at: int) -> None:
    """Keep the name of a post if it promises enough."""
    born, span = int(listing.posts[at, BORN]), int(listing.posts[at, POST_SPAN])
    promise = _gains(room, listing, span >> SPAN_BITS, span & PARTS_OF) + worth_of(w, need, born)
    promise -= need.lenient * price_of(w, span & PARTS_OF, listing.posts[at, POST_TOTAL]) // 1000
    if promise < need.least:
        return
    # Only now what stands elsewhere; another post of the name tells if this was not its best date.
    name = int(listing.posts[at, POSTED])
    if room.names[name, MET] == room.counts[TURN]:
        return
    room.names[name, MET] = room.counts[TURN]
    beside = room.names[name, BESIDE]
    sex, dates = beside & _SEX, beside >> SEX_BITS & _DATES
    promise -= need.undated
    if sex and need.sex:
        promise += w.rest[SEX_SAME if sex == need.sex else SEX_DIFFERENT]
    if need.date and dates > 1:
        first = beside >> (DATES_BITS + SEX_BITS)
        verdict, _ = best_date(need.date, listed.dates, first, first + dates, w.dates)
        promise += w.dates[verdict] - w.dates[compare_dates(need.date, born)]
    if promise >= need.least:
        for j in range(span >> SPAN_BITS, (span >> SPAN_BITS) + (span & PARTS_OF)):
            fetch(listing.sets, listing.name_parts[j])
        fetch(listing.names, name)
        _push(room.heap, room.counts, need.most, (promise << 32) - name, name, span)


@inlined
def _gains(room: Choice, listing: Listing, first: int, count: int) -> int:
    """The most that the parts of a name bring to the queried ones together."""
    links, gains, total = room.links, room.gains, 0
    for j in range(first, first + count):
        at = first_link(room, int(listing.name_parts[j]))
        while at >= 0:
            for i in range(links[at, L_FIRST], links[at, L_LAST]):
                more = links[at, L_SHARE] - gains[i]
                if more > 0:
                    gains[i] += more
                    total += more
            at = links[at, L_NEXT]
    for k in range(room.counts[USED]):
        gains[k] = 0
    return total


@inlined
def _push(heap: Longs, counts: Longs, most: int, rank: int, name: int, span: int) -> None:
    """Keep the best of what was pushed."""
    size = counts[HEAP]
    if size < most:
        i = size
        counts[HEAP] = size + 1
        while i > 0 and heap[(i - 1) // 2, 0] > rank:
            for column in range(3):
                heap[i, column] = heap[(i - 1) // 2, column]
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
            for column in range(3):
                heap[i, column] = heap[child, column]
            i = child
    heap[i, RANKED], heap[i, NAMED], heap[i, SPAN] = rank, name, span
