"""A list laid out for look-up, as arrays that compiled code reads and a file holds."""

from typing import NamedTuple

import numpy as np

from screening.compiled import compiled, inlined, maker
from screening.keys import FOLD, MAX_KEYS, Words, all_keys, key, slot_of
from screening.likeness import letters_of
from screening.parts import Offsets, Spellings, Texts, distinct, pack_names, read
from screening.rarity import bits_of_counts, common_keys, most_of, per_mille, world
from screening.spelling import Bytes, Ints

# The columns of a part: where its letters and its fold stand, thousandths of a bit, where the names
# stand that hold it, and its row of cuts, -1 if it is borne by few.
A, B, FOLD_A, FOLD_B, RARITY, POST_A, POST_B, CUTS = range(8)
# The columns of a name: where its parts stand, the entry that bears it, and the rarity of all its parts.
FIRST, LAST, OWNER, TOTAL = range(4)
# The columns of a post: the name, a date of birth of its bearer, 0 if there is none, the rarity of all parts
# of the name, and where these stand, above how many. All in one place: reading elsewhere takes longest.
POSTED, BORN, POST_TOTAL, POST_SPAN = range(4)
SPAN_BITS = 4
SPAN = (1 << SPAN_BITS) - 1
# What sifting reads of a part: its letters, those of its fold, and how many, below its rarity.
LETTERS, FOLD_LETTERS, SIZES = range(3)
SIZE_BITS = 8
# Of the parts that have a key, where they begin stands above so many bits, and where they end below.
SPAN_AT = 32
# Posts stand under the year of birth modulo this, and under the day of the year modulo that: powers of two.
BUCKETS, OF_DAYS = 32, 64
# From which bucket on a row of cuts has the years of vague dates, those of whole ones, and the days of these.
VAGUE, WHOLE, BY_DAY = 0, BUCKETS, 2 * BUCKETS
# A part with more posts than this has a row of cuts.
MANY = 32
# Of the posts of a part: a bit for each day of the year that there is, modulo DAYS, above so many bits; the
# least rarity of a whole name; then whether they are so many that it has a row of cuts, above which that is.
# If not, a bit for each year of birth that there is, modulo BUCKETS, and one above these for none.
DAYS_AT, LEAST_AT, MANY_AT = 52, BUCKETS + 2, BUCKETS + 1
DAYS, DAY, LEAST = 11, (1 << 9) - 1, (1 << (DAYS_AT - LEAST_AT)) - 1
# The first of January, as a date has it: an estimate as often as not.
_NEW_YEAR = 1 << 5 | 1


# Other bits of a key than those that give its slot: its word among the marks, and two bits in it.
_AWAY, _IN_WORD, _ONE, _FIRST, _SECOND = (np.uint64(n) for n in (30, 63, 1, 24, 58))


class Listing(NamedTuple):
    """n names of e entries, made of v distinct parts; the parts common in the world are among these.

    parts: (v, 8); letters: of the parts and of their folds
    sets: (v, 4) what sifting reads of each part; letters as letters_of gives them
    posts: (p, 4) per part the names that hold it, those without a date of birth first, then by year of
    birth modulo BUCKETS, first the vague dates and then the whole ones; after these, of a part with many, the
    whole ones again, by day modulo OF_DAYS. In each of these buckets the commonest name stands first; one
    whose bearer has several dates stands under each
    borne: (v,) in short of the posts of each part, as LEAST_AT says
    cuts: (m, BY_DAY + OF_DAYS + 1) where the posts of each bucket begin, and where they end
    slots: (s, 2) keys, by open addressing, and where in members the parts that have it begin, above the end
    members: parts by key
    marks: two bits in a word for each key that there is, so that nearly all that are not there cost one look
    names: (n, 4); name_parts: per name its parts in order
    twins: (n,) of a name of an entry without a date of birth a name of the one entry with a date that bears
    the same parts, in any spelling that folds alike and in any order; -1 if there is none, or are several
    common, common_bits: keys of the parts common in the world at large, ascending, and their bits
    guess: bits by the number of letters; the last, of a part that nobody on the list bears
    """

    parts: Ints
    letters: Bytes
    sets: Words
    posts: Ints
    borne: Offsets
    cuts: Ints
    slots: Words
    members: Ints
    marks: Words
    names: Ints
    name_parts: Ints
    twins: Ints
    common: Words
    common_bits: Ints
    guess: Ints


class Births(NamedTuple):
    """The dates of birth of entry i are dates[starts[i]:starts[i + 1]], as read_date gives them."""

    starts: Offsets
    dates: Ints


def lay_out(names: Texts, owner: Ints, births: Births) -> Listing:
    """Lay out names, each with the entry that bears it."""
    everything = read(_with_the_world(names))
    spellings, which = distinct(everything)
    starts = everything.names[: len(owner) + 1]
    return arrange(spellings, which[: starts[-1]], starts, owner, births)


def arrange(spellings: Spellings, listed: Ints, starts: Offsets, owner: Ints, births: Births) -> Listing:
    """Arrange names that are read: the parts of name i are listed[starts[i]:starts[i + 1]].

    spellings: the parts of all names and those common in the world; owner: (n,) ascending
    """
    persons = len(births.starts) - 1
    sizes = np.diff(starts)
    rarity = _rarity(spellings, listed, np.repeat(owner, sizes).astype(np.int64), persons)
    slots, members, marks = _by_key(spellings)
    running = np.append(0, np.cumsum(rarity[listed], dtype=np.int64))
    total = running[starts[1:]] - running[starts[:-1]]
    rows = np.stack([starts[:-1], starts[1:], owner, total], axis=1).astype(np.int32)
    order = np.argsort(total, kind="stable")
    posts, spans, cuts = _posts(listed, starts, rows, births, (len(rarity), order))
    shift = len(spellings.letters)
    columns = [
        spellings.starts[:-1], spellings.starts[1:], spellings.fold_starts[:-1] + shift,
        spellings.fold_starts[1:] + shift, rarity, *spans,
    ]  # fmt: skip
    table = world()
    guess = np.append(table.guess, bits_of_counts(np.zeros(1, np.int32), persons))
    letters = np.concatenate([spellings.letters, spellings.folds])
    parts = np.stack(columns, axis=1).astype(np.int32)
    own = listed.copy()
    return Listing(
        parts,
        letters,
        _sets(spellings, rarity),
        posts,
        _borne(posts, spans),
        cuts,
        slots,
        members,
        marks,
        rows,
        own,
        _twins(_sums(spellings, listed, starts), owner, births, starts),
        table.keys,
        table.bits,
        guess,
    )


@maker
def _posts(
    listed: Ints, starts: Offsets, names: Ints, births: Births, counted: tuple[int, Offsets]
) -> tuple[Ints, Ints, Ints]:
    """The posts of all parts; where those of each begin and end, and its row of cuts; and the cuts.

    names: as in the listing; counted: how many parts, and the names by rarity. Sorted by counting, first by
    bucket and then by part.
    """
    owner, (parts, order) = names[:, OWNER], counted
    sizes, whole = np.zeros(parts, np.int64), np.zeros(parts, np.int64)
    begin = np.zeros(BY_DAY + OF_DAYS + 2, np.int64)
    for name in range(len(owner)):
        for i in range(births.starts[owner[name]], _past(births, owner[name])):
            date = _date(births, owner[name], i)
            begin[_bucket(date) + 1] += 1
            again = 1 if is_whole(date) else 0
            begin[1 + BY_DAY + date % OF_DAYS + 1] += again
            for j in range(starts[name], starts[name + 1]):
                sizes[listed[j]] += 1
                whole[listed[j]] += again
    begin = np.cumsum(begin)
    by_bucket, at = np.empty((begin[-1], 2), np.int32), begin.copy()
    for name in order:
        for i in range(births.starts[owner[name]], _past(births, owner[name])):
            date = _date(births, owner[name], i)
            for k in range(2 if is_whole(date) else 1):
                bucket = 1 + BY_DAY + date % OF_DAYS if k else _bucket(date)
                by_bucket[at[bucket], POSTED], by_bucket[at[bucket], BORN] = name, date
                at[bucket] += 1
    # Where posts begin, where they end but for those by day, and the row of cuts.
    spans, rows, end = np.full((3, parts), -1, np.int32), 0, 0
    for part in range(parts):
        spans[0, part], spans[1, part] = end, end + sizes[part]
        end += sizes[part]
        if sizes[part] > MANY:
            spans[2, part] = rows
            rows, end = rows + 1, end + whole[part]
    posts, cuts = np.empty((end, 4), np.int32), np.empty((rows, BY_DAY + OF_DAYS + 1), np.int32)
    at = spans[0].astype(np.int64)
    for bucket in range(BY_DAY + OF_DAYS + 1):
        for i in range(begin[bucket], begin[bucket + 1]):
            name, date = by_bucket[i]
            for j in range(starts[name], starts[name + 1]):
                if bucket <= BY_DAY or spans[2, listed[j]] >= 0:
                    post = at[listed[j]]
                    posts[post, POSTED], posts[post, BORN] = name, date
                    posts[post, POST_TOTAL] = names[name, TOTAL]
                    posts[post, POST_SPAN] = starts[name] << SPAN_BITS | starts[name + 1] - starts[name]
                    at[listed[j]] += 1
        for part in range(parts):
            if spans[2, part] >= 0:
                cuts[spans[2, part], bucket] = at[part]
    return posts, spans, cuts


@inlined
def _past(births: Births, owner: int) -> int:
    """Where the dates of an entry end, one further if there is none."""
    return max(births.starts[owner] + 1, births.starts[owner + 1])


@inlined
def _date(births: Births, owner: int, i: int) -> int:
    return births.dates[i] if i < births.starts[owner + 1] else 0


@inlined
def is_whole(date: int) -> bool:
    """Whether a date tells a day that is no estimate: only such a day has a slip in its year."""
    return date & 31 != 0 and date & DAY != _NEW_YEAR


@maker
def _borne(posts: Ints, spans: Ints) -> Offsets:
    found = np.zeros(spans.shape[1], np.int64)
    for part in range(len(found)):
        least, years, days = np.int64(LEAST), np.int64(0), np.int64(0)
        for at in range(spans[0, part], spans[1, part]):
            born = np.int64(posts[at, BORN])
            least = min(least, np.int64(posts[at, POST_TOTAL]))
            years |= 1 << ((born >> 9) % BUCKETS if born else BUCKETS)
            days |= 1 << (born & DAY) % DAYS
        row = np.int64(spans[2, part])
        low = 1 << MANY_AT | row if row >= 0 else years
        found[part] = days << DAYS_AT | least << LEAST_AT | low
    return found


@inlined
def _bucket(date: int) -> int:
    """0 for no date, then the years of vague ones, then those of whole ones."""
    return 1 + (WHOLE if is_whole(date) else VAGUE) + (date >> 9) % BUCKETS if date else 0


def _with_the_world(names: Texts) -> Texts:
    """The names, and after them the parts that are common in the world, each a name."""
    more = pack_names(list(per_mille()))
    starts = np.concatenate([names.starts, more.starts[1:] + names.starts[-1]])
    return Texts(np.concatenate([names.data, more.data]), starts)


def _rarity(spellings: Spellings, listed: Ints, owners: Offsets, persons: int) -> Ints:
    """(v,) by how many persons bear a part in any spelling that folds alike, and by the world."""
    keys, group = np.unique(common_keys(spellings), return_inverse=True)
    # Sorted and compared, which is many times as fast as numpy's unique on a long list.
    pairs = np.sort(owners * len(keys) + group[listed])
    borne = pairs[np.append(True, pairs[1:] != pairs[:-1])] if len(pairs) else pairs
    counts = np.bincount(borne % len(keys), minlength=len(keys)).astype(np.int32)
    return np.minimum(bits_of_counts(counts, persons)[group], most_of(spellings, world()))


@maker
def _sets(s: Spellings, rarity: Ints) -> Words:
    """What sifting reads of each part; the last column is empty, so that no row lies across two lines."""
    found = np.zeros((len(rarity), 4), np.uint64)
    for i in range(len(found)):
        a, b, c, d = s.starts[i], s.starts[i + 1], s.fold_starts[i], s.fold_starts[i + 1]
        found[i, LETTERS], found[i, FOLD_LETTERS] = letters_of(s.letters, a, b), letters_of(s.folds, c, d)
        found[i, SIZES] = np.uint64(rarity[i] << 2 * SIZE_BITS | (d - c) << SIZE_BITS | b - a)
    return found


@inlined
def sizes_of(sets: Words, p: int) -> tuple[int, int, int]:
    """How many letters a part has and its fold, and its rarity."""
    row, mask = np.int64(sets[p, SIZES]), (1 << SIZE_BITS) - 1
    return row & mask, row >> SIZE_BITS & mask, row >> 2 * SIZE_BITS


def _sums(spellings: Spellings, listed: Ints, starts: Offsets) -> Words:
    """(n,) equal for names of the same parts, as they fold, in any order."""
    keys = np.empty(len(spellings.starts) - 1, np.uint64)
    _fold_keys(spellings, keys)
    running = np.append(np.uint64(0), np.cumsum(keys[listed], dtype=np.uint64))
    return running[starts[1:]] - running[starts[:-1]]


@compiled
def _fold_keys(s: Spellings, keys: Words) -> None:
    for i in range(len(keys)):
        keys[i] = key(FOLD, s.folds, s.fold_starts[i], s.fold_starts[i + 1])


def _twins(sums: Words, owner: Ints, births: Births, starts: Offsets) -> Ints:
    """See Listing. A name of one part is too little to be taken for the same person's."""
    found = np.full(len(owner), -1, np.int32)
    dated, several = np.diff(births.starts)[owner] > 0, np.diff(starts) > 1
    names = np.flatnonzero(dated & several)
    names = names[np.lexsort((owner[names], sums[names]))]
    if not len(names):
        return found
    first = np.append(True, sums[names][1:] != sums[names][:-1])
    begin = np.flatnonzero(first)
    end = np.append(begin[1:], len(names)) - 1
    sought = np.flatnonzero(~dated & several)
    at = np.searchsorted(sums[names[begin]], sums[sought])
    at[at == len(begin)] = 0
    is_there = sums[names[begin[at]]] == sums[sought]
    is_one = owner[names[begin[at]]] == owner[names[end[at]]]
    found[sought] = np.where(is_there & is_one, names[begin[at]], -1)
    return found


def _by_key(spellings: Spellings) -> tuple[Words, Ints, Words]:
    keys, members = _every_key(spellings)
    order = np.argsort(keys, kind="stable")
    keys, members = keys[order], members[order]
    first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1]))
    slots = np.zeros((1 << int(len(first) * 2).bit_length(), 2), np.uint64)
    _insert(keys[first], first, np.append(first[1:], len(keys)), slots)
    # An eighth of the bits is set, at the most a quarter.
    marks = np.zeros(max(1, 1 << int(len(first) // 8).bit_length()), np.uint64)
    _mark(keys[first], marks)
    return slots, members, marks


@maker
def _every_key(s: Spellings) -> tuple[Words, Ints]:
    keys, room = np.empty(MAX_KEYS, np.uint64), np.empty(64, np.uint8)
    every, members = np.empty(1024, np.uint64), np.empty(1024, np.int32)
    end = 0
    for i in range(len(s.starts) - 1):
        a, b, c, d = s.starts[i], s.starts[i + 1], s.fold_starts[i], s.fold_starts[i + 1]
        count = all_keys(s.letters, a, b, s.folds, c, d, room, keys)
        if end + count > len(every):
            every = np.concatenate((every, np.empty_like(every)))
            members = np.concatenate((members, np.empty_like(members)))
        for k in range(count):
            every[end + k], members[end + k] = keys[k], i
        end += count
    return every[:end], members[:end]


@compiled
def _insert(keys: Words, first: Offsets, last: Offsets, slots: Words) -> None:
    for i in range(len(keys)):
        slot = slot_of(keys[i], slots)
        slots[slot, 0], slots[slot, 1] = keys[i], np.uint64(first[i] << SPAN_AT | last[i])


@compiled
def _mark(keys: Words, marks: Words) -> None:
    for i in range(len(keys)):
        marks[_word_of(keys[i], marks)] |= _bits_of(keys[i])


@inlined
def _word_of(key: np.uint64, marks: Words) -> np.uint64:
    return key >> _AWAY & np.uint64(len(marks) - 1)


@inlined
def _bits_of(key: np.uint64) -> np.uint64:
    return _ONE << (key >> _FIRST & _IN_WORD) | _ONE << (key >> _SECOND)


@inlined
def is_marked(key: np.uint64, marks: Words) -> bool:
    """Whether the key may be there; False is certain."""
    return marks[_word_of(key, marks)] & _bits_of(key) == _bits_of(key)


@inlined
def members_of(slots: Words, slot: int) -> tuple[int, int]:
    """Where in members the parts of a slot begin, and where they end."""
    span = np.int64(slots[slot, 1])
    return span >> SPAN_AT, span & ((1 << SPAN_AT) - 1)
