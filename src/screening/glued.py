"""A whole name written as one word, divided where names that are known meet.

Parts find each other by their own letters, so ABDULLAHFICTIEVERIUS as one part resembles nobody. It is looked
up once more as ABDULLAH FICTIEVERIUS; whichever fits better counts.
"""

from dataclasses import replace

import numpy as np

from screening.compiled import compiled, maker
from screening.keys import FOLD, key, slot_of
from screening.likeness import same_row
from screening.listing import FOLD_A, FOLD_B, Listing, members_of
from screening.records import Query
from screening.same_names import Same, fold_name, same_names
from screening.spelling import MAX_LETTERS, Bytes, Ints, glued_title, parts_of

# Shorter words are one name.
SHORTEST = 8
# What a division costs: the fewest parts are best, those of two letters are seldom meant, and at most one
# that is not known, of four letters at the least, may stand among them.
_COST, _COST_OF_TWO, _COST_UNKNOWN, _LEAST_UNKNOWN = 10, 15, 30, 4
_MOST = 1 << 20


def divided(query: Query, listing: Listing) -> Query:
    """The query, with a name more for each of its names that is one long word and can be divided."""
    more = [found for name in query.names if (found := division(name, listing)) is not None]
    return replace(query, names=(*query.names, *more)) if more else query


def division(name: str, listing: Listing) -> str | None:
    """The name in parts; None if it has several already, or cannot be divided."""
    parts = parts_of(name)
    if len(parts) != 1 or len(parts[0]) < SHORTEST:
        return None
    word = parts[0]
    letters = np.frombuffer(bytearray(word, "ascii"), np.uint8) - np.uint8(65)
    size = len(letters) - int(glued_title(letters, 0, len(letters)))
    cuts = np.zeros(MAX_LETTERS + 1, np.int32)
    count = int(_divide(letters, size, listing, same_names(), np.zeros((6, MAX_LETTERS + 1), np.int32), cuts))
    if count < 2:
        return None
    return " ".join(word[cuts[i] : cuts[i + 1]] for i in range(count))


@maker
def _divide(letters: Bytes, size: int, listing: Listing, same: Same, rows: Ints, cuts: Ints) -> int:
    """The cheapest division of letters[:size], of equals that with the longest last part; tell of how many.

    rows: two of costs, without a part that is not known and with one; and two each of where one came from
    """
    costs, before, came = rows[0:2], rows[2:4], rows[4:6]
    room = np.empty(2 * MAX_LETTERS, np.uint8)
    for i in range(2):
        for j in range(size + 1):
            costs[i, j] = _MOST
    costs[0, 0] = 0
    for end in range(2, size + 1):
        for begin in range(end - 1):
            if begin == 0 and end == size:
                continue
            if costs[0, begin] == _MOST and costs[1, begin] == _MOST:
                continue
            known = _is_known(letters, begin, end, listing, same, room)
            if not known and end - begin < _LEAST_UNKNOWN:
                continue
            for unknown in range(2 if known else 1):
                cost = _COST if end - begin > 2 else _COST_OF_TWO
                into = unknown if known else 1
                total = costs[unknown, begin] + (cost if known else _COST_UNKNOWN)
                if total < costs[into, end]:
                    costs[into, end], before[into, end], came[into, end] = total, begin, unknown
    row = 0 if costs[0, size] <= costs[1, size] else 1
    if costs[row, size] >= _MOST or (row == 1 and _is_known(letters, 0, size, listing, same, room)):
        return 0  # A word that is known itself is not divided by guessing.
    count, at = 0, size
    while at > 0:
        cuts[count] = at
        count += 1
        row, at = came[row, at], before[row, at]
    for i in range(count // 2):
        cuts[i], cuts[count - 1 - i] = cuts[count - 1 - i], cuts[i]
    for i in range(count, 0, -1):
        cuts[i] = cuts[i - 1]
    cuts[0] = 0
    return count


@compiled
def _is_known(letters: Bytes, a: int, b: int, listing: Listing, same: Same, room: Bytes) -> bool:
    """Whether the list, or the world at large, has a part that folds like letters[a:b]."""
    size = fold_name(letters, a, b, room, 0, same)
    first, last = members_of(listing.slots, slot_of(key(FOLD, room, 0, size), listing.slots))
    for i in range(first, last):
        p = listing.members[i]
        if same_row(room, 0, size, listing.letters, listing.parts[p, FOLD_A], listing.parts[p, FOLD_B]):
            return True
    return False
