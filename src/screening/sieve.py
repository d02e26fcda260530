"""Whether a name that was chosen can still reach the threshold, told for less than pairing costs.

What a name promised holds for the parts that were found by keys. To these comes at the most what each of
its other parts may bring, and neither side can use more parts than pair with any of the other.
"""

from screening.alignment import MATES, MET, MORE, TURN, Board, clash, kind_of_parts, may_join, value_of
from screening.choosing import L_FIRST, L_FORM, L_LAST, L_NEXT, LINK_BITS, Choice
from screening.choosing import TURN as CHOICE_TURN
from screening.compiled import inlined
from screening.likeness import NONE
from screening.listing import FIRST, LAST, RARITY, Listing
from screening.query import F_COUNT, F_FIRST, FORMS, LONGEST, SHORTEST_MERGED, Look, sift
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
    """False only if pairing cannot lift a name so far above its promise. sought: the name, and how far."""
    name, lift = sought
    first, last = listing.names[name, FIRST], listing.names[name, LAST]
    queried = listed = more = 0
    for j in range(first, last):
        p = listing.name_parts[j]
        if board.known[p, MET] != board.counts[TURN]:
            _meet(board, choice, look, listing, w, p)
        queried |= board.known[p, MATES]
        listed |= (1 << (j - first)) if board.known[p, MATES] else 0
        more += board.known[p, MORE]
    if more - clash(look, listing, w, name, queried, listed) >= lift:
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
    head, links = choice.heads[p], choice.links
    if head >> LINK_BITS == choice.counts[CHOICE_TURN]:
        at = head & ((1 << LINK_BITS) - 1)
        while at >= 0:
            found |= 1 << links[at, L_FORM]
            mates |= (1 << links[at, L_LAST]) - (1 << links[at, L_FIRST])
            at = links[at, L_NEXT]
    others = sift(look, listing, p) & ~found
    for form in range(look.whole[FORMS] if others else 0):
        if others >> form & 1:
            kind = kind_of_parts(board, look, listing, form, p)
            if kind != NONE:
                rarity = listing.parts[p, RARITY]
                _, value = value_of(look, w, (form, kind, 1), rarity, of_left(w, MISSING, rarity))
                if value > 0:
                    first, count = look.forms[form, F_FIRST], look.forms[form, F_COUNT]
                    mates |= ((1 << count) - 1) << first
                    more = max(more, value)
    board.known[p, MET], board.known[p, MATES], board.known[p, MORE] = board.counts[TURN], mates, more


@inlined
def beside_names(w: Weights) -> int:
    """The most that counts beside the name and is in no promise."""
    return int(max(0, w.rest[NATIONALITY_SAME], w.rest[NATIONALITY_DIFFERENT])) + ROUNDED
