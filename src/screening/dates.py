"""Dates of birth of any precision, and how two of them compare."""

from typing import Final

import numpy as np

from screening.compiled import compiled, inlined
from screening.records import Verdict
from screening.spelling import Bytes

# How two dates compare: what each is worth stands in the fitted weights. ELSEWHERE: the record has no date,
# and another of the same name, which fits better, has one that differs.
(
    UNKNOWN,
    SAME,
    FILLED_IN,
    SWAPPED,
    NEXT_YEAR,
    YEAR_ONLY,
    SAME_YEAR,
    SAME_MONTH,
    ESTIMATED,
    SLIP,
    PARTLY_DIFFERENT,
    DIFFERENT,
    ELSEWHERE,
) = range(13)
WORDS: Final[tuple[Verdict, ...]] = (
    "unknown",
    "same",
    "same",
    "day_month_swapped",
    "off_by_one_year",
    "year_only",
    "same_year",
    "same_month",
    "off_by_one_year",
    "different",
    "different",
    "different",
    "other_record",
)
# A year without a day is often an estimate, on either record.
ESTIMATED_YEARS = 4
_LENGTHS = (4, 7, 10)


@compiled
def read_date(text: Bytes, first: int, stop: int) -> int:
    """An ISO date of any precision as year * 512 + month * 32 + day, 0 where it has none; 0 if unreadable."""
    size = stop - first
    if size != 4 and size != 7 and size != 10:
        return 0
    year = month = day = 0
    for i in range(size):
        byte = text[first + i]
        if i == 4 or i == 7:
            if byte != 45:
                return 0
            continue
        if byte < 48 or byte > 57:
            return 0
        if i < 4:
            year = year * 10 + byte - 48
        elif i < 7:
            month = month * 10 + byte - 48
        else:
            day = day * 10 + byte - 48
    if year == 0 or month > 12 or day > 31:  # 0000-05-04 tells no year, and all hangs on that
        return 0
    return year * 512 + month * 32 + day if month else year * 512


def from_text(text: str) -> int:
    """An ISO date as read_date gives it."""
    data = np.frombuffer(bytearray(text, "ascii", "replace"), np.uint8)
    return int(read_date(data, 0, len(data)))


def date_text(date: int) -> str:
    """The ISO text of a date as read_date gives it."""
    year, month, day = date >> 9, date >> 5 & 15, date & 31
    return f"{year:04}-{month:02}-{day:02}" if day else f"{year:04}-{month:02}" if month else f"{year:04}"


@inlined
def compare_dates(one: int, other: int) -> int:
    """How two dates compare. Symmetric; what cannot be read is unknown."""
    if one == 0 or other == 0:
        return UNKNOWN
    year, month, day = one >> 9, one >> 5 & 15, one & 31
    year2, month2, day2 = other >> 9, other >> 5 & 15, other & 31
    apart = abs(year - year2)
    if day and day2:
        return _compare_full(one, other, apart)
    if month == 0 or month2 == 0:
        return YEAR_ONLY if apart == 0 else _compare_years(apart)
    if apart == 0:
        return SAME_MONTH if month == month2 else SAME_YEAR
    return _compare_years(apart) if apart == 1 else PARTLY_DIFFERENT


@compiled
def _compare_years(apart: int) -> int:
    """Of different years that one record may only have estimated."""
    return ESTIMATED if apart <= ESTIMATED_YEARS else PARTLY_DIFFERENT


@compiled
def _compare_full(one: int, other: int, apart: int) -> int:
    month, day = one >> 5 & 15, one & 31
    month2, day2 = other >> 5 & 15, other & 31
    filled = (month == 1 and day == 1) or (month2 == 1 and day2 == 1)
    if one == other:
        return FILLED_IN if filled else SAME
    if filled:
        return YEAR_ONLY if apart == 0 else _compare_years(apart)
    if month == month2 and day == day2:
        return NEXT_YEAR if apart == 1 else SLIP if one_slip(one >> 9, other >> 9) else DIFFERENT
    if apart == 0:
        if month == day2 and day == month2:
            return SWAPPED
        if month == month2 or day == day2:
            return SAME_YEAR
    return DIFFERENT


@compiled
def one_slip(year: int, year2: int) -> bool:
    """Whether one digit differs, or two neighbours changed places."""
    wrong, last = 0, 0
    one, other = year, year2
    for place in range(4):
        if one % 10 != other % 10:
            wrong += 1
            last = place
        one //= 10
        other //= 10
    if wrong == 1:
        return True
    if wrong != 2 or last == 0:
        return False
    low = 10 ** (last - 1)
    return year // low % 10 == year2 // low // 10 % 10 and year // low // 10 % 10 == year2 // low % 10
