"""Which posts of a part to read, and which of them may promise enough by their price and their date alone."""

from typing import NamedTuple

from screening.candidates import GAIN, MORE, PART, POSTS, RANK
from screening.compiled import fetch, inlined
from screening.dates import DIFFERENT, ESTIMATED, ESTIMATED_YEARS, PARTLY_DIFFERENT, SLIP, compare_dates
from screening.listing import BORN, BUCKETS, POST_SPAN, POST_TOTAL, Listing
from screening.listing import SPAN as PARTS_OF
from screening.query import ALL_EXTRA, FULL_NAME, MAX_NEAR, Longs, Look
from screening.spelling import Ints
from screening.weights import LENIENT, MISSING, SEX_DIFFERENT, SEX_SAME, Weights, of_left

# A range of posts: where it begins and ends, what its part brings with all later ones, and the most that a
# name may promise.
R_FIRST, R_LAST, R_GAIN, R_MOST = range(4)
# The most ranges of all parts that resemble one form.
RANGES = 9 * MAX_NEAR


class Need(NamedTuple):
    """What a name must promise, in thousandths of a bit and before its price.

    least: with what leaving all of the query over would cost; lenient: per mille that omissions count
    date, sex: of the query
    undated: the most that is added beside the name if no dates are compared, best if they are at most a
    year apart, nearby a few years, apart more
    most: names that are kept
    """

    least: int
    lenient: int
    date: int
    sex: int
    undated: int
    best: int
    nearby: int
    apart: int
    most: int


@inlined
def need_of(look: Look, w: Weights, date: int, sex: int, least: int, most: int) -> Need:
    undated = int(max(0, w.rest[SEX_SAME], w.rest[SEX_DIFFERENT])) if sex else 0
    best = nearby = apart = undated
    if date:
        for verdict in range(len(w.dates)):
            best = max(best, undated + int(w.dates[verdict]))
        apart += int(max(w.dates[SLIP], w.dates[PARTLY_DIFFERENT], w.dates[DIFFERENT]))
        nearby = max(apart, undated + int(w.dates[ESTIMATED]))
    lenient = int(w.rest[LENIENT]) if look.whole[FULL_NAME] else 1000
    return Need(least + int(look.whole[ALL_EXTRA]), lenient, date, sex, undated, best, nearby, apart, most)


@inlined
def plan(
    ranges: Longs,
    count: int,
    listing: Listing,
    w: Weights,
    need: Need,
    like: tuple[Longs, tuple[int, int, int]],
) -> int:
    """Which posts to read of the parts that resemble a form, in further ranges, and how many these are then.

    like: rows of such parts; of these the first and last, and what all later forms may add
    """
    near, (first, last, later) = like
    for i in range(first, last):
        own = of_left(w, MISSING, near[i, MORE] >> GAIN) * need.lenient // 1000
        gain = ((near[i, RANK] >> GAIN) + later, own, need.least)
        count = _plan(ranges, count, listing, need, near[i], gain)
    return count


@inlined
def _plan(
    ranges: Longs, count: int, listing: Listing, need: Need, part: Longs, gain: tuple[int, int, int]
) -> int:
    """The posts of a part: those of years of birth by which a name may still promise enough.

    part: its row; gain: what it brings with all later ones, its own price, and what is needed
    """
    row, first = (part[MORE] & PART) - 1, part[POSTS] >> GAIN
    if not need.date or row < 0:
        return _range(ranges, count, listing, (first, part[POSTS] & PART), (*gain, need.best))
    year, cuts, few = need.date >> 9, listing.cuts[row], ESTIMATED_YEARS - 1
    count = _range(ranges, count, listing, (first, cuts[0]), (*gain, need.undated))
    count = _years(ranges, count, listing, cuts, (year - 1, 3), (*gain, need.best))
    count = _years(ranges, count, listing, cuts, (year - ESTIMATED_YEARS, few), (*gain, need.nearby))
    count = _years(ranges, count, listing, cuts, (year + 2, few), (*gain, need.nearby))
    others = BUCKETS - 2 * ESTIMATED_YEARS - 1
    return _years(ranges, count, listing, cuts, (year + ESTIMATED_YEARS + 1, others), (*gain, need.apart))


@inlined
def _years(
    ranges: Longs,
    count: int,
    listing: Listing,
    cuts: Ints,
    years: tuple[int, int],
    gain: tuple[int, int, int, int],
) -> int:
    """The posts of the years from one on, and so many, as they stand: modulo BUCKETS."""
    first = years[0] & (BUCKETS - 1)
    last = first + years[1]
    count = _range(ranges, count, listing, (cuts[first], cuts[min(last, BUCKETS)]), gain)
    if last > BUCKETS:
        count = _range(ranges, count, listing, (cuts[0], cuts[last - BUCKETS]), gain)
    return count


@inlined
def _range(
    ranges: Longs, count: int, listing: Listing, span: tuple[int, int], gain: tuple[int, int, int, int]
) -> int:
    """Add a range if it may bring what is needed. gain: as in _plan, and the most that date and sex add."""
    (first, last), (brings, own, least, beside) = span, gain
    if brings - own + beside < least or first >= last:
        return count
    fetch(listing.posts, first)
    fetch(listing.posts, last - 1)
    ranges[count, R_FIRST], ranges[count, R_LAST] = first, last
    ranges[count, R_GAIN], ranges[count, R_MOST] = brings, brings - own + beside
    return count + 1


@inlined
def price_of(w: Weights, parts: int, total: int) -> int:
    """What leaving all of a name over would cost: so many parts, of this rarity together."""
    return int(w.left[MISSING, 0]) * int(parts) + int(w.left[MISSING, 1]) * int(total) // 1000


@inlined
def may_do(w: Weights, need: Need, post: Ints, most: int) -> bool:
    """False only if a name costs more than it may, by a thousandth: most, and what date and sex add."""
    born, parts = int(post[BORN]), int(post[POST_SPAN]) & PARTS_OF
    # The price of the name without dividing, which is slow; it is rounded down elsewhere.
    price = 1000 * int(w.left[MISSING, 0]) * parts + int(w.left[MISSING, 1]) * int(post[POST_TOTAL])
    left = need.lenient * (price - 1000) - 1000 * most
    return left < 1000_000 * _at_most(need, born) and left < 1000_000 * worth_of(w, need, born)


@inlined
def _at_most(need: Need, born: int) -> int:
    """The most that date and sex may add, told by the year alone."""
    if born == 0 or need.date == 0:
        return need.undated
    years = abs((born >> 9) - (need.date >> 9))
    return need.best if years <= 1 else need.nearby if years <= ESTIMATED_YEARS else need.apart


@inlined
def worth_of(w: Weights, need: Need, born: int) -> int:
    """What the date adds, and the most that sex may."""
    return need.undated + int(w.dates[compare_dates(need.date, born)])
