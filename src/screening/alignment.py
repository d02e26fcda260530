"""Which part stands for which: the best pairing of two names, and what is left over.

Parts pair in any order, and up to three neighbouring parts together when one side writes them
as one. The pairing with the highest sum wins, so an agreement that is added can only raise it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.compiled import compiled, inlined
from screening.likeness import ALPHABET, MERGED, MERGED_NEAR, NONE, ONES, follow, may_share, share
from screening.listing import (
    FIRST,
    FOLD_A,
    FOLD_B,
    FOLD_LETTERS,
    LAST,
    LETTERS,
    RARITY,
    A,
    B,
    Listing,
    sizes_of,
)
from screening.query import (
    ALL_EXTRA,
    F_A,
    F_B,
    F_COUNT,
    F_FIRST,
    F_FOLD_A,
    F_FOLD_B,
    F_RARITY,
    F_SAVED,
    FORMS,
    FULL_NAME,
    LONGEST,
    LONGEST_MERGE,
    MAX_FORMS,
    MERGED_LEAST,
    PARTS,
    S_FOLD_SIZE,
    S_JOINED,
    S_SIZE,
    SHORTEST_MERGED,
    Look,
    fill,
    resemblance,
    sift,
)
from screening.spelling import Ints
from screening.weights import CLASH, LENIENT, MISSING, Weights, of_left, of_pair

MAX_LINKS = 64
# Pairings that are tried for two names; real ones need a few dozen.
MAX_TRIES = 4096
_UNKNOWN = 255

# The columns of a link: what it brings, its own weight, its kind, the parts on both sides, those as sets.
VALUE, WEIGHT, KIND, Q_FIRST, Q_COUNT, L_FIRST, L_COUNT, Q_SET, L_SET = range(9)
# What a board counts: links, links chosen, and the number of the queried name.
LINKS, CHOSEN, TURN = range(3)
# The columns of what the sieve knows of a listed part: which part, under the name it is known for; with which
# queried parts it may pair; the most that it brings beyond what it promised; and its rarity.
MET, MATES, MORE, RARE = range(4)
# Listed parts of which something is known at a time, by their last bits: a power of two.
KNOWN = 512


class Board(NamedTuple):
    """Room for pairing names with one queried name, written over by the next.

    links: (MAX_LINKS, 9) possible pairs; order: (4, MAX_LINKS) of which row 0 has those chosen
    rows: (KNOWN,) for which name, and below that for which listed part, kinds has a row
    kinds: (KNOWN, MAX_FORMS) how forms and parts agree, 255 where not yet compared
    known: (KNOWN, 4) what the sieve knows of listed parts
    """

    links: Ints
    order: NDArray[np.int64]
    rows: NDArray[np.int64]
    kinds: NDArray[np.uint8]
    known: NDArray[np.int64]
    counts: NDArray[np.int64]


def new_board() -> Board:
    return Board(
        np.zeros((MAX_LINKS, 9), np.int32), np.zeros((4, MAX_LINKS + 1), np.int64),
        np.zeros(KNOWN, np.int64), np.zeros((KNOWN, MAX_FORMS), np.uint8),
        np.zeros((KNOWN, 4), np.int64), np.zeros(3, np.int64),
    )  # fmt: skip


@inlined
def begin(board: Board) -> None:
    """Forget the name before."""
    board.counts[TURN] += 1


@inlined
def kind_of_parts(board: Board, look: Look, listing: Listing, form: int, part: int) -> int:
    """How a form and a listed part agree, compared once for all names that have the part."""
    row, known = part & (KNOWN - 1), board.counts[TURN] << 32 | part
    if board.rows[row] != known:
        board.rows[row] = known
        for other in range(look.whole[FORMS]):
            board.kinds[row, other] = _UNKNOWN
    kind = np.int64(board.kinds[row, form])
    if kind == _UNKNOWN:
        kind = resemblance(look, listing, form, part)
        board.kinds[row, form] = kind
    return kind


@compiled
def align(board: Board, look: Look, listing: Listing, w: Weights, name: int) -> int:
    """The sum of the best pairing with a listed name; its links are then board.order[0]."""
    first, last = listing.names[name, FIRST], listing.names[name, LAST]
    board.counts[LINKS] = 0
    base = -np.int64(look.whole[ALL_EXTRA])
    for j in range(first, last):
        part = listing.name_parts[j]
        _, _, rarity = sizes_of(listing.sets, part)
        base -= lenient(w, look, of_left(w, MISSING, rarity))
        may = sift(look, listing, part)
        for form in range(look.whole[FORMS]):
            if may >> form & 1:
                kind = kind_of_parts(board, look, listing, form, part)
                if kind != NONE:
                    _link(board, look, listing, w, (form, kind, first, j - first, 1))
    if look.whole[LONGEST] >= SHORTEST_MERGED:
        for j in range(first, last - 1):
            _join(board, look, listing, w, j, first, last)
    return _all(board, look, listing, w, name, base)


@inlined
def lenient(w: Weights, look: Look, price: int) -> int:
    """What an omission costs: less when the query's tail may be cut off."""
    return price * w.rest[LENIENT] // 1000 if look.whole[FULL_NAME] else price


@inlined
def _join(board: Board, look: Look, listing: Listing, w: Weights, j: int, first: int, last: int) -> None:
    """Links of queried parts with listed neighbours, from the j-th on, that they write as one."""
    length = fold_length = 0
    spelt = fold = np.uint64(0)
    for k in range(j, min(j + LONGEST_MERGE, last)):
        p = listing.name_parts[k]
        size, fold_size, _ = sizes_of(listing.sets, p)
        length += size
        fold_length += fold_size
        if length > look.whole[LONGEST] + 3:
            break
        spelt |= listing.sets[p, LETTERS] & ALPHABET
        fold |= listing.sets[p, FOLD_LETTERS] & ALPHABET
        for form in range(look.whole[FORMS] if k > j else 0):
            by_letters = _by_letters(look, form, (length, fold_length), (spelt, fold))
            best = 0
            if by_letters & 1:
                best = _shared(look, listing, form, 0, j, k + 1)
            if by_letters & 2:
                best = max(best, _shared(look, listing, form, 1, j, k + 1))
            if best >= MERGED_LEAST:
                kind = MERGED if best == 1000 else MERGED_NEAR
                _link(board, look, listing, w, (form, kind, first, j - first, k - j + 1))


@inlined
def may_join(look: Look, listing: Listing, j: int, last: int) -> bool:
    """Whether listed neighbours, from the j-th on, may be written as one by the query."""
    length = fold_length = 0
    spelt = fold = np.uint64(0)
    for k in range(j, min(j + LONGEST_MERGE, last)):
        p = listing.name_parts[k]
        size, fold_size, _ = sizes_of(listing.sets, p)
        length += size
        fold_length += fold_size
        if length > look.whole[LONGEST] + 3:
            break
        spelt |= listing.sets[p, LETTERS] & ALPHABET
        fold |= listing.sets[p, FOLD_LETTERS] & ALPHABET
        for form in range(look.whole[FORMS] if k > j else 0):
            if _by_letters(look, form, (length, fold_length), (spelt, fold)):
                return True
    return False


@inlined
def _by_letters(look: Look, form: int, lengths: tuple[int, int], sets: tuple[np.uint64, np.uint64]) -> int:
    """Whether a form may write joined parts of these letters: 1 as written, 2 folded, 3 both, 0 not."""
    size = look.sizes[S_SIZE, form]
    if look.sizes[S_JOINED, form] or size < SHORTEST_MERGED or abs(lengths[0] - size) > 3:
        return 0
    folded = look.sizes[S_FOLD_SIZE, form]
    one = may_share(look.sets[0, form] & ALPHABET, sets[0], size + lengths[0], MERGED_LEAST)
    two = may_share(look.sets[1, form] & ALPHABET, sets[1], folded + lengths[1], MERGED_LEAST)
    return (1 if one else 0) | (2 if two else 0)


@inlined
def _shared(look: Look, listing: Listing, form: int, row: int, first: int, last: int) -> int:
    """Letters that a form has in common with listed neighbours as one, per mille. row: 1 for the folds."""
    forms, parts = look.forms, listing.parts
    fill(look, form, row)
    state, length = ONES, 0
    for k in range(first, last):
        p = listing.name_parts[k]
        a, b = parts[p, FOLD_A if row else A], parts[p, FOLD_B if row else B]
        state = follow(look.masks, form, row, listing.letters, a, b, state)
        length += b - a
    size = forms[form, F_FOLD_B] - forms[form, F_FOLD_A] if row else forms[form, F_B] - forms[form, F_A]
    return share(state, size, length)


@inlined
def value_of(look: Look, w: Weights, link: tuple[int, int, int], listed: int, saved: int) -> tuple[int, int]:
    """The weight of a possible pair, and with what leaving its parts over would cost; 0, 0 if it is none.

    link: form, kind, and how many listed parts it joins; listed: their rarity; saved: their price
    """
    form, kind, n = link
    query = np.int64(look.forms[form, F_RARITY])
    weight = of_pair(w, kind, max(query, listed) if n > 1 else query, listed)
    value = weight + saved + np.int64(look.forms[form, F_SAVED])
    if value <= 0 or (weight <= 0 and n + look.forms[form, F_COUNT] > 2):
        return 0, 0
    return weight, value


@inlined
def _link(
    board: Board, look: Look, listing: Listing, w: Weights, link: tuple[int, int, int, int, int]
) -> None:
    """Note a possible pair."""
    form, kind, first, j, n = link
    at = board.counts[LINKS]
    if at == MAX_LINKS:
        return
    listed = saved = 0
    for k in range(first + j, first + j + n):
        _, _, rarity = sizes_of(listing.sets, listing.name_parts[k])
        listed += rarity
        saved += lenient(w, look, of_left(w, MISSING, rarity))
    weight, value = value_of(look, w, (form, kind, n), listed, saved)
    if value == 0:
        return
    links, i, m = board.links, look.forms[form, F_FIRST], look.forms[form, F_COUNT]
    links[at, VALUE], links[at, WEIGHT], links[at, KIND] = value, weight, kind
    links[at, Q_FIRST], links[at, Q_COUNT], links[at, L_FIRST], links[at, L_COUNT] = i, m, j, n
    links[at, Q_SET], links[at, L_SET] = ((1 << m) - 1) << i, ((1 << n) - 1) << j
    board.counts[LINKS] = at + 1


@inlined
def _all(board: Board, look: Look, listing: Listing, w: Weights, name: int, base: int) -> int:
    """All links if none excludes another: each adds, and makes good. Else the best of them."""
    links, total = board.links, base
    query_used = listed_used = 0
    for k in range(board.counts[LINKS]):
        if links[k, Q_SET] & query_used or links[k, L_SET] & listed_used:
            return _best(board, look, listing, w, name, base)
        query_used |= links[k, Q_SET]
        listed_used |= links[k, L_SET]
        total += links[k, VALUE]
        board.order[0, k] = k
    board.counts[CHOSEN] = board.counts[LINKS]
    return total - clash(look, listing, w, name, query_used, listed_used)


@compiled
def _best(board: Board, look: Look, listing: Listing, w: Weights, name: int, base: int) -> int:
    """Try the links by value, with and without each, as long as the sum can still become the best."""
    count, links = board.counts[LINKS], board.links
    chosen, order, trial, rest = board.order[0], board.order[1], board.order[2], board.order[3]
    _sort(links, order, count)
    rest[count] = 0
    for k in range(count - 1, -1, -1):
        rest[k] = rest[k + 1] + links[order[k], VALUE]
    best, total = np.int64(-(1 << 40)), base
    depth = taken = tries = query_used = listed_used = 0
    while True:
        tries += 1
        if depth < count and total + rest[depth] > best:
            k = order[depth]
            if not (links[k, Q_SET] & query_used or links[k, L_SET] & listed_used):
                query_used |= links[k, Q_SET]
                listed_used |= links[k, L_SET]
                total += links[k, VALUE]
                trial[taken] = depth
                taken += 1
            depth += 1
            continue
        if depth == count:
            value = total - clash(look, listing, w, name, query_used, listed_used)
            if value > best:
                best = value
                board.counts[CHOSEN] = taken
                for k in range(taken):
                    chosen[k] = order[trial[k]]
        if taken == 0 or tries > MAX_TRIES:
            return best
        # Back to the last link that was taken, and on without it.
        taken -= 1
        depth = trial[taken]
        k = order[depth]
        query_used ^= links[k, Q_SET]
        listed_used ^= links[k, L_SET]
        total -= links[k, VALUE]
        depth += 1


@inlined
def agrees(board: Board) -> bool:
    """Whether any pair of the best pairing speaks for the same person."""
    for k in range(board.counts[CHOSEN]):
        if board.links[board.order[0, k], WEIGHT] > 0:
            return True
    return False


@compiled
def _sort(links: Ints, order: NDArray[np.int64], count: int) -> None:
    """Links by value, the first of equals first."""
    for k in range(count):
        i = k
        while i > 0 and links[order[i - 1], VALUE] < links[k, VALUE]:
            order[i] = order[i - 1]
            i -= 1
        order[i] = k


@inlined
def clash(look: Look, listing: Listing, w: Weights, name: int, query_used: int, listed_used: int) -> int:
    """What it costs that both sides have parts which the other lacks: more than an omission."""
    extra = extras = missing = missings = 0
    for i in range(look.whole[PARTS]):
        if not query_used >> i & 1:
            extra += look.forms[i, F_RARITY]
            extras += 1
    if extras == 0:
        return 0
    first = listing.names[name, FIRST]
    for j in range(listing.names[name, LAST] - first):
        if not listed_used >> j & 1:
            missing += listing.parts[listing.name_parts[first + j], RARITY]
            missings += 1
    return price_of_clash(look, w, (extras, missings), (extra, missing))


@inlined
def price_of_clash(look: Look, w: Weights, counts: tuple[int, int], rarities: tuple[int, int]) -> int:
    """What so many extra and so many missing parts cost together, of these rarities."""
    price = w.left[CLASH, 0] * min(counts[0], counts[1])
    return lenient(w, look, price + w.left[CLASH, 1] * np.int64(min(rarities[0], rarities[1])) // 1000)
