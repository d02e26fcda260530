"""What stands beside the name: birth date, sex, nationality and documents, each in bits.

Every weight is log2 of how much likelier the verdict is when both records are of one
person than when they are not. None of them selects: nobody becomes a candidate by them,
except by an equal document number.
"""

import re
from collections.abc import Iterable

from screening.records import Entry, Evidence, Query, Verdict

# An adult traveller's full birth date falls on a given day once in ~20,000 (14 bits), on a
# given year once in ~50. Days that offices fill in when the day is unknown say little more
# than the year.
BIRTH_DATE: dict[Verdict, float] = {
    "same": 13.0,
    "same_month": 8.0,
    "day_month_swapped": 10.0,
    "off_by_one_year": 10.0,
    "year_only": 5.5,
    "same_year": 3.0,
    "different": -40.0,
    "unknown": 0.0,
}
# "different" outweighs a name of four parts that are all as rare as can be: namesakes exist,
# and full dates differ in more than a slip for hardly anybody. Where a date is not full, says
# 1 January for want of knowledge, or one digit of the year is off, it says less.
PARTLY_DIFFERENT = -18.0
FILLED_IN = 7.0
NEAR_YEAR = 1.0
# A year without a day is often an estimate, on either record.
ESTIMATED_YEARS, ESTIMATED = 4, -6.0
SEX: dict[Verdict, float] = {"same": 0.5, "different": -1.0}
# Records of one person often differ in nationality, and sharing one says next to nothing:
# both weights are small on purpose.
NATIONALITY: dict[Verdict, float] = {"same": 0.5, "different": -0.5}
# A number is given out once; enough to show an entry whatever else differs.
DOCUMENT = 70.0
SHORT_DOCUMENT = 10.0

Date = tuple[int, int, int]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
_NOT_ALNUM = re.compile(r"[^0-9A-Z]+")


def document_key(number: str) -> str:
    """A document number without spaces, hyphens and case; empty under four characters."""
    key = _NOT_ALNUM.sub("", number.upper())
    return key if len(key) >= 4 else ""


def read_date(text: str) -> Date | None:
    """Year, month and day of an ISO date of any precision, 0 where it has none; None if unreadable."""
    match = _DATE.match(text)
    if not match:
        return None
    year, month, day = match.groups()
    return int(year), int(month or 0), int(day or 0)


def compare_dates(query: str, listed: str) -> tuple[Verdict, float]:
    """Compare two ISO dates of any precision. Symmetric; unreadable is unknown."""
    one, other = read_date(query), read_date(listed)
    if not one or not other:
        return "unknown", 0.0
    if one[2] and other[2]:
        return _compare_full(one, other)
    apart = abs(one[0] - other[0])
    if not one[1] or not other[1]:
        return ("year_only", BIRTH_DATE["year_only"]) if apart == 0 else _compare_years(apart)
    if apart == 0:
        verdict: Verdict = "same_month" if one[1] == other[1] else "same_year"
        return verdict, BIRTH_DATE[verdict] if verdict == "same_month" else NEAR_YEAR
    return "different", PARTLY_DIFFERENT


def _compare_years(apart: int) -> tuple[Verdict, float]:
    """Of different years that one record may only have estimated."""
    if apart == 1:
        return "off_by_one_year", NEAR_YEAR
    return "different", ESTIMATED if apart <= ESTIMATED_YEARS else PARTLY_DIFFERENT


def _compare_full(one: Date, other: Date) -> tuple[Verdict, float]:
    apart = abs(one[0] - other[0])
    verdict: Verdict = "different"
    if one == other:
        return "same", FILLED_IN if is_filled_in(*one) else BIRTH_DATE["same"]
    if is_filled_in(*one) or is_filled_in(*other):
        return _compare_years(apart) if apart else ("same_year", BIRTH_DATE["same_year"])
    if one[1:] == other[1:]:
        if apart > 1 and _slip(str(one[0]), str(other[0])):
            return "different", ESTIMATED
        verdict = "off_by_one_year" if apart == 1 else "different"
    elif apart == 0 and one[1:] == (other[2], other[1]):
        verdict = "day_month_swapped"
    elif apart == 0 and (one[1] == other[1] or one[2] == other[2]):
        verdict = "same_year"
    return verdict, BIRTH_DATE[verdict]


def is_filled_in(_year: int, month: int, day: int) -> bool:
    """Whether offices write this day when they know the year only."""
    return (month, day) == (1, 1)


def _slip(one: str, other: str) -> bool:
    """Whether one digit differs, or the same digits stand in another order."""
    return sum(map(str.__ne__, one, other)) == 1 or sorted(one) == sorted(other)


def birth_date(query: str | None, listed: Iterable[str]) -> Evidence:
    """The listed date that agrees best; unknown when either side has none."""
    best = Evidence("birth_date", "unknown", query or "", "", 0.0)
    found = False
    for date in listed if query else ():
        verdict, weight = compare_dates(query or "", date)
        if verdict != "unknown" and (not found or weight > best.weight):
            best, found = Evidence("birth_date", verdict, query or "", date, weight), True
    return best


def _documents(query: Query, entry: Entry) -> Evidence | None:
    own = {document_key(number): number for number in query.documents}
    best: Evidence | None = None
    for number in entry.documents:
        key = document_key(number)
        if key and key in own:
            weight = DOCUMENT if len(key) >= 6 else SHORT_DOCUMENT
            if best is None or weight > best.weight:
                best = Evidence("document", "same", own[key], number, weight)
    return best


def gather(query: Query, entry: Entry) -> tuple[Evidence, ...]:
    """Everything beside the name. Dates are always reported, unknown ones with no weight."""
    lines = [birth_date(query.birth_date, entry.birth_dates)]
    if query.sex and entry.sex:
        verdict: Verdict = "same" if query.sex == entry.sex else "different"
        lines.append(Evidence("sex", verdict, query.sex, entry.sex, SEX[verdict]))
    if query.nationality and entry.nationalities:
        verdict = "same" if query.nationality in entry.nationalities else "different"
        listed = " ".join(entry.nationalities)
        lines.append(Evidence("nationality", verdict, query.nationality, listed, NATIONALITY[verdict]))
    document = _documents(query, entry)
    return (*lines, document) if document else tuple(lines)
