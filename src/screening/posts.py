"""Which posts of a part to read, and which of them may promise enough by their price and their date alone."""

from typing import NamedTuple

from screening.candidates import BORNE, GAIN, PART, POSTS, RANK
from screening.compiled import fetch, inlined
from screening.dates import DIFFERENT, ESTIMATED, ESTIMATED_YEARS, PARTLY_DIFFERENT, SLIP, compare_dates
from screening.listing import (
    BORN,
    BUCKETS,
    BY_DAY,
    DAY,
    DAYS,
    DAYS_AT,
    LEAST,
    LEAST_AT,
    MANY_AT,
    OF_DAYS,
    POST_SPAN,
    POST_TOTAL,
    VAGUE,
    WHOLE,
    Listing,
    is_whole,
)
from screening.listing import SPAN as PARTS_OF
from screening.query import ALL_EXTRA, FULL_NAME, MAX_NEAR, Longs, Look
from screening.spelling import Ints
from screening.weights import LENIENT, MISSING, SEX_DIFFERENT, SEX_SAME, Weights, of_left

# A range of posts: where it begins and ends, what its part brings with all later ones, the most that a name
# may promise, and if the commonest name stands first, the most that date and sex add to any: else far more.
R_FIRST, R_LAST, R_GAIN, R_MOST, R_BESIDE = range(5)
UNSORTED = 1 << 40
# The most ranges of all parts that resemble one form.
RANGES = (2 * BUCKETS + 1) * MAX_NEAR
# Without a date of birth a part with so many posts is read by years too: in each the commonest name is first.
SPLIT = 8 * BUCKETS
# Bits of the years, in short.
_YEARS = (1 << BUCKETS) - 1


class Need(NamedTuple):
    """What a name must promise, in thousandths of a bit and before its price.

    least: with what leaving all of the query over would cost; lenient: per mille that omissions count
    date, sex: of the query
    undated: the most that is added beside the name if no dates are compared, best if they are at most a
    year apart, nearby a few years, apart more; close and far are as nearby and apart of another day or month,
    for which no slip in the year is possible
    whole: 1 if the date of the query tells a day, else no slip in the year is possible either
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
    close: int
    far: int
    whole: int
    most: int


@inlined
def need_of(look: Look, w: Weights, date: int, sex: int, least: int, most: int) -> Need:
    undated = int(max(0, w.rest[SEX_SAME], w.rest[SEX_DIFFERENT])) if sex else 0
    best = nearby = apart = close = far = undated
    whole = 1 if is_whole(date) else 0
    if date:
        for verdict in range(len(w.dates)):
            best = max(best, undated + int(w.dates[verdict]))
        far += int(max(w.dates[PARTLY_DIFFERENT], w.dates[DIFFERENT]))
        close = max(far, undated + int(w.dates[ESTIMATED]))
        slip = undated + int(w.dates[SLIP]) if whole else far
        apart, nearby = max(far, slip), max(close, slip)
    lenient = int(w.rest[LENIENT]) if look.whole[FULL_NAME] else 1000
    least += int(look.whole[ALL_EXTRA])
    return Need(least, lenient, date, sex, undated, best, nearby, apart, close, far, whole, most)


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
    year = need.date >> 9
    around, by = _around(year - 1, 3), _around(year - ESTIMATED_YEARS, 2 * ESTIMATED_YEARS + 1)
    for i in range(first, last):
        # No name of the part costs less than this.
        own = of_left(w, MISSING, near[i, BORNE] >> LEAST_AT & LEAST) * need.lenient // 1000
        gain = ((near[i, RANK] >> GAIN) + later, own, need.least)
        count = _plan(ranges, count, listing, (need, around, by), near[i], gain)
    return count


@inlined
def _around(year: int, years: int) -> int:
    """The years from one on, and so many, as bits modulo BUCKETS."""
    bits = ((1 << years) - 1) << (year & (BUCKETS - 1))
    return (bits | bits >> BUCKETS) & _YEARS


@inlined
def _plan(
    ranges: Longs,
    count: int,
    listing: Listing,
    asked: tuple[Need, int, int],
    part: Longs,
    gain: tuple[int, int, int],
) -> int:
    """The posts of a part: those of years of birth by which a name may still promise enough.

    asked: what is needed, and as bits the years that are one apart at the most, and those that are a few
    part: its row; gain: what it brings with all later ones, the least price of its names, and what is needed
    """
    need, around, by = asked
    first, last, borne = part[POSTS] >> GAIN, part[POSTS] & PART, part[BORNE]
    many = borne >> MANY_AT & 1
    if not need.date and (not many or last - first < SPLIT):
        return _range(ranges, count, listing, (first, last), (*gain, need.best, UNSORTED))
    if not many:
        if borne >> DAYS_AT >> (need.date & DAY) % DAYS & 1:
            most = need.best if borne & around else need.nearby if borne & by else need.apart
        else:
            most = need.best if borne & around else need.close if borne & by else need.far
        if borne >> BUCKETS & 1:
            most = max(most, need.undated) if borne & _YEARS else need.undated
        return _range(ranges, count, listing, (first, last), (*gain, most, UNSORTED))
    cuts = listing.cuts[borne & _YEARS]
    if need.whole:
        # All that have the day, whatever the year.
        at = BY_DAY + need.date % OF_DAYS
        count = _range(ranges, count, listing, (cuts[at], cuts[at + 1]), (*gain, need.best, need.best))
    count = _range(ranges, count, listing, (first, cuts[0]), (*gain, need.undated, need.undated))
    if not need.date:
        for at in range(VAGUE, BY_DAY):
            count = _range(ranges, count, listing, (cuts[at], cuts[at + 1]), (*gain, need.best, need.best))
        return count
    return _years(ranges, count, listing, (cuts, need), gain)


@inlined
def _years(
    ranges: Longs,
    count: int,
    listing: Listing,
    asked: tuple[Ints, Need],
    gain: tuple[int, int, int],
) -> int:
    """The posts of a part with many by year of birth: where years begin, from the earliest on, and how many.

    Of whole dates another year that is not read by day can only differ.
    """
    cuts, need = asked
    year, few, others = need.date >> 9, ESTIMATED_YEARS - 1, BUCKETS - 2 * ESTIMATED_YEARS - 1
    best = 0 if need.whole else 1
    nearby = need.far if need.whole else need.close
    for begin, from_year, years, most in (
        (WHOLE, year - best, 1 + 2 * best, need.best),
        (VAGUE, year - 1, 3, need.best),
        (VAGUE, year - ESTIMATED_YEARS, few, need.close),
        (VAGUE, year + 2, few, need.close),
        (VAGUE, year + ESTIMATED_YEARS + 1, others, need.far),
        (WHOLE, year - ESTIMATED_YEARS, few + 1 - best, nearby),
        (WHOLE, year + 1 + best, few + 1 - best, nearby),
        (WHOLE, year + ESTIMATED_YEARS + 1, others, need.far),
    ):
        # Years stand modulo BUCKETS.
        first = from_year & (BUCKETS - 1)
        last = first + years
        span, by_rarity = (cuts[begin + first], cuts[begin + min(last, BUCKETS)]), UNSORTED
        if years == 1:
            by_rarity = most
        count = _range(ranges, count, listing, span, (*gain, most, by_rarity))
        if last > BUCKETS:
            span = (cuts[begin], cuts[begin + last - BUCKETS])
            count = _range(ranges, count, listing, span, (*gain, most, UNSORTED))
    return count


@inlined
def _range(
    ranges: Longs,
    count: int,
    listing: Listing,
    span: tuple[int, int],
    gain: tuple[int, int, int, int, int],
) -> int:
    """Add a range if it may bring what is needed.

    gain: as in _plan, the most that date and sex add, and the same if the commonest name stands first
    """
    (first, last), (brings, own, least, beside, by_rarity) = span, gain
    if brings - own + beside < least or first >= last:
        return count
    fetch(listing.posts, first)
    fetch(listing.posts, last - 1)
    ranges[count, R_FIRST], ranges[count, R_LAST] = first, last
    ranges[count, R_GAIN], ranges[count, R_MOST] = brings, brings - own + beside
    ranges[count, R_BESIDE] = by_rarity
    return count + 1


@inlined
def price_of(w: Weights, parts: int, total: int) -> int:
    """What leaving all of a name over would cost: so many parts, of this rarity together."""
    return int(w.left[MISSING, 0]) * int(parts) + int(w.left[MISSING, 1]) * int(total) // 1000


@inlined
def sift_posts(
    w: Weights, need: Need, posts: Ints, span: tuple[int, int, int, int], waiting: Longs, count: int
) -> int:
    """Note the posts that may promise enough behind those that wait, and tell how many wait then.

    span: the first and the last post, what a name of this part may cost before date and sex add to it, and
    the most that these add if the commonest name stands first.
    Left out is only what costs more, by a thousandth: the price is told without dividing, which is slow, and
    rounded down elsewhere.
    """
    first, last, most, beside = span
    each, rare, year = 1000 * int(w.left[MISSING, 0]), int(w.left[MISSING, 1]), need.date >> 9
    # The most that date and sex may add, told by the year alone.
    undated, best = 1000 * (most + 1000 * need.undated), 1000 * (most + 1000 * need.best)
    nearby, apart = 1000 * (most + 1000 * need.nearby), 1000 * (most + 1000 * need.apart)
    close, far = 1000 * (most + 1000 * need.close), 1000 * (most + 1000 * need.far)
    # A name further down is no cheaper.
    enough = 1000 * (most + 1000 * beside) if min(each, rare, need.lenient) >= 0 else 1 << 62
    for at in range(first, last):
        born, cost = int(posts[at, BORN]), rare * int(posts[at, POST_TOTAL]) - 1000
        price = need.lenient * (cost + each * (int(posts[at, POST_SPAN]) & PARTS_OF))
        years = abs((born >> 9) - year)
        if (born ^ need.date) & DAY:
            limit = best if years <= 1 else close if years <= ESTIMATED_YEARS else far
        else:
            limit = best if years <= 1 else nearby if years <= ESTIMATED_YEARS else apart
        limit = undated if born == 0 or need.date == 0 else limit
        if price < limit:
            if price < 1000 * (most + 1000 * worth_of(w, need, born)):
                waiting[count] = at
                count += 1
        elif need.lenient * (cost + each) >= enough:
            break
    return count


@inlined
def worth_of(w: Weights, need: Need, born: int) -> int:
    """What the date adds, and the most that sex may."""
    return need.undated + int(w.dates[compare_dates(need.date, born)])
