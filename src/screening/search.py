"""One batch of queries against one list, compiled: candidates, pairing, evidence, lines that explain."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from screening.alignment import (
    CHOSEN,
    KIND,
    L_COUNT,
    L_FIRST,
    L_SET,
    Q_COUNT,
    Q_FIRST,
    Q_SET,
    WEIGHT,
    Board,
    agrees,
    align,
    begin,
    clash,
    lenient,
    new_board,
)
from screening.candidates import find_near
from screening.choosing import MARGIN, Choice, choose, new_choice
from screening.compiled import Held, compiled, fetch, inlined, maker, opened, settled
from screening.dates import ELSEWHERE, SLIP, UNKNOWN
from screening.listing import FIRST, LAST, OWNER, RARITY, A, B, Listing
from screening.parts import Texts
from screening.persons import (
    BESIDE,
    DATE,
    DATE_VERDICT,
    DATES,
    DOCUMENT,
    DOCUMENTS,
    NAMES,
    Persons,
    best_date,
    compare_beside,
    date_of,
)
from screening.posts import need_of
from screening.query import ALL_EXTRA, F_RARITY, PARTS, Look, new_look, prepare
from screening.sieve import beside_names, can_reach, is_bounded
from screening.spelling import Ints
from screening.weights import EXTRA, MISSING, SOFTEST, Weights, of_left
from screening.wording import EXTRA as EXTRA_PART
from screening.wording import MISSING as MISSING_PART
from screening.wording import word_of

Longs = NDArray[np.int64]

SHORT_LIST = 2_000
# Names compared part by part for a query with a date of birth, which leaves few to choose from.
DATED = 48
# However high the threshold, names are chosen as for no higher a one than this, with a date and by name:
# parts written as one add far more to a promise than its margin (0202).
CHOSEN_DATED, CHOSEN_NAMED = -5_000, -8_000
# The columns of a match; after them what is found beside the name, as persons.py has it.
QUERY, ENTRY, NAME, ASKED, SCORE, LINES = range(6)
COLUMNS = 6 + BESIDE
# The columns of a line: how, as a word; the place and number of the query's parts and of the listed; its
# weight.
L_WORD, L_QUERY, L_QUERY_COUNT, L_LISTED, L_LISTED_COUNT, L_WEIGHT = range(6)
MAX_LINES = 24


class Room(NamedTuple):
    """What one thread needs to search one list, used again for every query.

    entries: (e, 2) the last query that an entry was kept for, and its place in kept
    kept: (e, COLUMNS) the entries found for a query; turn: (1,) the number of the query
    """

    look: Look
    board: Board
    choice: Choice
    entries: Longs
    kept: Ints
    turn: Longs
    lines: Ints


def new_room(listing: Listing, listed: Persons, w: Weights, most: int) -> Room:
    """most: candidates that are compared part by part, per queried name."""
    names, entries = len(listing.names), len(listed.sex)
    kept = np.zeros((entries + 1 if names <= SHORT_LIST else min(entries, most * 8) + 1, COLUMNS), np.int32)
    most = names if names <= SHORT_LIST else most
    return Room(
        new_look(), new_board(),
        new_choice(listing, listed, w, most), np.zeros((entries, 2), np.int64), kept, np.zeros(1, np.int64),
        np.zeros((MAX_LINES, 6), np.int32),
    )  # fmt: skip


def search(
    room: Room, listing: Listing, listed: Persons, names: Texts, asked: Persons, w: Weights,
    threshold: int, limit: int,
) -> tuple[Ints, Ints]:  # fmt: skip
    """As search_held, for whoever searches a list once."""
    held = Held(room, listing, listed, w)
    given = (names, asked, threshold, limit)
    return settled(search_held, held, *given)(held.address, *given)


@maker
def search_held(
    held: int, names: Texts, asked: Persons, threshold: int, limit: int
) -> tuple[Ints, Ints]:  # fmt: skip
    """Search all queries; (m, COLUMNS) matches in their order, best first for each, and their lines.

    held: where the room, the list, its persons and the weights are.
    LINES of a match counts its lines, which follow those of the match before.
    """
    room, listing, listed, w = opened(held)
    matches = np.empty((64, COLUMNS), np.int32)
    lines = np.empty((512, 6), np.int32)
    count = written = 0
    for q in range(len(asked.starts) - 1):
        kept = _search_one(room, listing, listed, names, asked, w, q, threshold)
        if kept == 0:
            continue
        order = _ranked(room.kept, kept)
        # The last name is still laid out.
        prepared = asked.starts[q + 1, NAMES] - 1
        for k in range(min(limit, kept)):
            if count == len(matches):
                matches = np.concatenate((matches, np.empty_like(matches)))
            if written + MAX_LINES > len(lines):
                lines = np.concatenate((lines, np.empty_like(lines)))
            for column in range(COLUMNS):
                matches[count, column] = room.kept[order[k], column]
            n = matches[count, ASKED]
            if n != prepared:
                _prepare_again(room, listing, names, w, n)
                prepared = n
            made = _explain(room.board, room.look, listing, w, matches[count, NAME], lines, written)
            if matches[count, 6 + DOCUMENT] > 0:
                _soften(lines, written, made, w.rest[SOFTEST])
            matches[count, LINES] = made
            written += made
            count += 1
    return matches[:count], lines[:written]


@compiled
def _prepare_again(room: Room, listing: Listing, names: Texts, w: Weights, n: int) -> None:
    prepare(room.look, listing, w, names.data, names.starts[n], names.starts[n + 1])
    begin(room.board)


@inlined
def _search_one(
    room: Room,
    listing: Listing,
    listed: Persons,
    names: Texts,
    asked: Persons,
    w: Weights,
    q: int,
    threshold: int,
) -> int:
    """Fill room.kept with the entries that reach the threshold, each once, and tell how many."""
    room.turn[0] += 1
    kept = 0
    # On a short list everybody who shares a part is compared.
    short = len(listing.names) <= SHORT_LIST
    margin = 1 << 40 if short else MARGIN
    for n in range(asked.starts[q, NAMES], asked.starts[q + 1, NAMES]):
        if prepare(room.look, listing, w, names.data, names.starts[n], names.starts[n + 1]) == 0:
            continue
        begin(room.board)
        find_near(room.choice.near, room.look, listing, w)
        date = date_of(asked, q)
        most = min(len(room.choice.heap), DATED) if date and not short else len(room.choice.heap)
        least = min(threshold, CHOSEN_DATED if date else CHOSEN_NAMED) - margin
        need = need_of(room.look, w, date, int(asked.sex[q]), least, most)
        for i in range(asked.starts[q, DOCUMENTS], asked.starts[q + 1, DOCUMENTS]):
            at = np.searchsorted(listed.numbers, asked.hashes[i])
            while at < len(listed.numbers) and listed.numbers[at] == asked.hashes[i]:
                for name in range(
                    listed.starts[listed.bearers[at], NAMES], listed.starts[listed.bearers[at] + 1, NAMES]
                ):
                    kept = _weigh(room, listing, listed, asked, w, (q, n, name, threshold), kept)
                at += 1
        count = choose(room.choice, room.look, listing, listed, w, need)
        all_extra, beside, sure = room.look.whole[ALL_EXTRA], beside_names(w), is_bounded(w)
        for k in range(count):
            name = room.choice.heap[k, 1]
            lift = threshold + all_extra - beside - (room.choice.heap[k, 0] + name >> 32)
            if sure and not can_reach(room.board, room.choice, room.look, listing, w, (k, lift)):
                continue
            kept = _weigh(room, listing, listed, asked, w, (q, n, name, threshold), kept)
    return kept


@inlined
def _weigh(
    room: Room,
    listing: Listing,
    listed: Persons,
    asked: Persons,
    w: Weights,
    pair: tuple[int, int, int, int],
    kept: int,
) -> int:
    """Compare one queried with one listed name, and keep the entry if this is its best."""
    q, n, name, threshold = pair
    found, entries, entry = room.kept, room.entries, listing.names[name, OWNER]
    fetch(listed.starts, entry)
    bits = align(room.board, room.look, listing, w, name)
    score = bits + compare_beside(asked, q, listed, entry, w, found, kept)
    if found[kept, 6 + DOCUMENT] > 0:
        made = _explain(room.board, room.look, listing, w, name, room.lines, 0)
        score += _soften(room.lines, 0, made, w.rest[SOFTEST])
    elif not agrees(room.board):
        return kept
    if (
        score >= threshold
        and found[kept, 6 + DATE_VERDICT] == UNKNOWN
        and listing.twins[name] >= 0
        and _fits_another(room, listing, listed, w, (date_of(asked, q), listing.twins[name], bits))
    ):
        found[kept, 6 + DATE_VERDICT], found[kept, 6 + DATE] = ELSEWHERE, w.dates[ELSEWHERE]
        score += w.dates[ELSEWHERE]
    if score < threshold:
        return kept
    at = kept
    if entries[entry, 0] == room.turn[0]:
        at = entries[entry, 1]
        if found[at, SCORE] > score or (found[at, SCORE] == score and found[at, NAME] <= name):
            return kept
        for column in range(COLUMNS):
            found[at, column] = found[kept, column]
    elif kept == len(found) - 1:
        # No room for a further entry; the last row is where the next is weighed.
        return kept
    entries[entry, 0], entries[entry, 1] = room.turn[0], at
    found[at, QUERY], found[at, ENTRY], found[at, NAME], found[at, ASKED], found[at, SCORE] = (
        q,
        entry,
        name,
        n,
        score,
    )
    return kept + 1 if at == kept else kept


@compiled
def _fits_another(
    room: Room, listing: Listing, listed: Persons, w: Weights, twin: tuple[int, int, int]
) -> bool:
    """Whether a name fits a listed one better than by so many bits, and not by its bearer's dates of birth.

    twin: the date of the query, the listed name, and the bits. Whoever is on two lists, one of which gives no
    date, is not found there by a date that contradicts the other.
    """
    date, name, bits = twin
    if date == 0:
        return False
    entry = listing.names[name, OWNER]
    first, last = listed.starts[entry, DATES], listed.starts[entry + 1, DATES]
    verdict, _ = best_date(date, listed.dates, first, last, w.dates)
    return verdict >= SLIP and align(room.board, room.look, listing, w, name) > bits


@compiled
def _soften(lines: Ints, at: int, count: int, most: int) -> int:
    """Scale what speaks against down to `most` together, and tell by how much that raises the sum.

    Who shows a listed document under another name is whom one looks for.
    """
    against = 0
    for k in range(at, at + count):
        against -= min(0, np.int64(lines[k, L_WEIGHT]))
    if against <= most:
        return 0
    raised, left = against - most, against
    allowed = most
    for k in range(at, at + count):
        price = -np.int64(lines[k, L_WEIGHT])
        if price > 0:
            # Shares of the whole that is left, so that all of it is given out.
            share = allowed * price // left
            allowed -= share
            left -= price
            lines[k, L_WEIGHT] = -share
    return raised


@maker
def _ranked(found: Ints, kept: int) -> Longs:
    """The best first, equal scores in the order of the list."""
    order = np.empty(kept, np.int64)
    for k in range(kept):
        i = k
        while i > 0 and (
            found[order[i - 1], SCORE] < found[k, SCORE]
            or (
                found[order[i - 1], SCORE] == found[k, SCORE] and found[order[i - 1], ENTRY] > found[k, ENTRY]
            )
        ):
            order[i] = order[i - 1]
            i -= 1
        order[i] = k
    return order


@compiled
def _explain(board: Board, look: Look, listing: Listing, w: Weights, name: int, lines: Ints, at: int) -> int:
    """Write the lines of a match from lines[at], and tell how many.

    The pairs in the order of the query, then what is left over. The price of a clash is shared
    out over the extra parts by rarity.
    """
    align(board, look, listing, w, name)
    links, first = board.links, listing.names[name, FIRST]
    end, query_used, listed_used = at, 0, 0
    for i in range(look.whole[PARTS]):
        for k in range(board.counts[CHOSEN]):
            link = board.order[0, k]
            if links[link, Q_FIRST] == i:
                query_used |= links[link, Q_SET]
                listed_used |= links[link, L_SET]
                part = listing.name_parts[first + links[link, L_FIRST]]
                lines[end, L_WORD] = word_of(
                    links[link, KIND],
                    look.letters,
                    (look.cuts[i], look.cuts[i + 1]),
                    listing.letters,
                    (listing.parts[part, A], listing.parts[part, B]),
                )
                lines[end, L_WEIGHT] = links[link, WEIGHT]
                lines[end, L_QUERY], lines[end, L_QUERY_COUNT] = i, links[link, Q_COUNT]
                lines[end, L_LISTED], lines[end, L_LISTED_COUNT] = links[link, L_FIRST], links[link, L_COUNT]
                end += 1
    against = clash(look, listing, w, name, query_used, listed_used)
    rest = 0
    for i in range(look.whole[PARTS]):
        rest += 0 if query_used >> i & 1 else look.forms[i, F_RARITY] + 1
    for i in range(look.whole[PARTS]):
        if not query_used >> i & 1:
            rarity = np.int64(look.forms[i, F_RARITY])
            part = against * (rarity + 1) // rest
            against -= part
            rest -= rarity + 1
            lines[end, L_WORD] = EXTRA_PART
            lines[end, L_WEIGHT] = -of_left(w, EXTRA, rarity) - part
            lines[end, L_QUERY], lines[end, L_QUERY_COUNT] = i, 1
            lines[end, L_LISTED], lines[end, L_LISTED_COUNT] = 0, 0
            end += 1
    for j in range(listing.names[name, LAST] - first):
        if not listed_used >> j & 1:
            rarity = np.int64(listing.parts[listing.name_parts[first + j], RARITY])
            lines[end, L_WORD] = MISSING_PART
            lines[end, L_WEIGHT] = -lenient(w, look, of_left(w, MISSING, rarity))
            lines[end, L_QUERY], lines[end, L_QUERY_COUNT] = 0, 0
            lines[end, L_LISTED], lines[end, L_LISTED_COUNT] = j, 1
            end += 1
    return end - at
