"""Whether a name that was chosen can still reach the threshold, told for less than pairing costs.

What a name promised holds for the parts that were found by keys. To these comes at the most what each of
its other parts may bring, and neither side can use more parts than pair with any of the other.
"""

from screening.alignment import (
    KNOWN,
    MATES,
    MET,
    MORE,
    RARE,
    TURN,
    Board,
    kind_of_parts,
    may_join,
    price_of_clash,
    value_of,
)
from screening.candidates import GAIN
from screening.choosing import L_FIRST, L_FORM, L_LAST, L_NEXT, SPAN, Choice, first_link
from screening.compiled import inlined
from screening.likeness import NONE
from screening.listing import SPAN as PARTS_OF
from screening.listing import SPAN_BITS, Listing, sizes_of
from screening.query import F_COUNT, F_FIRST, F_RARITY, FORMS, LONGEST, PARTS, SHORTEST_MERGED, Look, sift
from screening.weights import (
    CLASH,
    LENIENT,
    MISSING,
    NATIONALITY_DIFFERENT,
    NATIONALITY_SAME,
    Weights,
    of_left,
)

# A promise is rounded, for each part of either side, by less than three thousandths of a bit.
ROUNDED = 72


@inlined
def is_bounded(w: Weights) -> bool:
    """Whether these weights are such that a sieve knows what it does: a trial of a fit may have others."""
    return bool(w.left[CLASH, 0] >= 0 and w.left[CLASH, 1] >= 0 and 0 <= w.rest[LENIENT] <= 1000)


@inlined
def can_reach(
    board: Board, choice: Choice, look: Look, listing: Listing, w: Weights, sought: tuple[int, int]
) -> bool:
    """False only if pairing cannot lift a name so far above its promise. sought: its place, and how far."""
    k, lift = sought
    first = choice.heap[k, SPAN] >> SPAN_BITS
    last = first + (choice.heap[k, SPAN] & PARTS_OF)
    queried = more = missing = missings = 0
    for j in range(first, last):
        p = int(listing.name_parts[j])
        at = p & (KNOWN - 1)
        if board.known[at, MET] != board.counts[TURN] << GAIN | p:
            _meet(board, choice, look, listing, w, p)
        mates = board.known[at, MATES]
        queried |= mates
        more += board.known[at, MORE]
        if mates == 0:
            missing += board.known[at, RARE]
            missings += 1
    if more >= lift:
        extra = extras = 0
        for i in range(look.whole[PARTS] if missings else 0):
            if not queried >> i & 1:
                extra += look.forms[i, F_RARITY]
                extras += 1
        if more - price_of_clash(look, w, (extras, missings), (extra, missing)) >= lift:
            return True
    if look.whole[LONGEST] >= SHORTEST_MERGED:
        for j in range(first, last - 1):
            if may_join(look, listing, j, last):
                return True
    return False


@inlined
def _meet(board: Board, choice: Choice, look: Look, listing: Listing, w: Weights, p: int) -> None:
    """Note with which queried parts a listed part may pair, and the most it brings beyond its promise."""
    mates = more = found = 0
    links = choice.links
    _, _, rarity = sizes_of(listing.sets, p)
    at = first_link(choice, p)
    while at >= 0:
        found |= 1 << links[at, L_FORM]
        mates |= (1 << links[at, L_LAST]) - (1 << links[at, L_FIRST])
        at = links[at, L_NEXT]
    others = sift(look, listing, p) & ~found
    for form in range(look.whole[FORMS] if others else 0):
        if others >> form & 1:
            kind = kind_of_parts(board, look, listing, form, p)
            if kind != NONE:
                _, value = value_of(look, w, (form, kind, 1), rarity, of_left(w, MISSING, rarity))
                if value > 0:
                    first, count = look.forms[form, F_FIRST], look.forms[form, F_COUNT]
                    mates |= ((1 << count) - 1) << first
                    more = max(more, value)
    known = board.known[p & (KNOWN - 1)]
    known[MET], known[MATES], known[MORE], known[RARE] = board.counts[TURN] << GAIN | p, mates, more, rarity


@inlined
def beside_names(w: Weights) -> int:
    """The most that counts beside the name and is in no promise."""
    return int(max(0, w.rest[NATIONALITY_SAME], w.rest[NATIONALITY_DIFFERENT])) + ROUNDED
