"""Dates as carriers write them. There is no clock here: what resolves a century comes in."""

import re
from datetime import date, datetime, time, timedelta

MONTH_NAMES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
SCHEDULE = 400  # days: flights are sold for about a year ahead
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)}
# What digits mean: looked up quicker than worked out, and most dates have these.
DAYS = {f"{day:02d}": day for day in range(1, 32)}
YEARS = {str(year): year for year in range(1900, 2100)}
_NAMED = re.compile(r"(\d{1,2})[ -]?([A-Z]{3})[ -]?(\d{4}|\d{2})$")
_ZONE = re.compile(r"(?<=\d{4})\s?(?:[A-Z]{1,3}|[+-]\d{2}:?(?:\d{2})?)$")
_DASHED = re.compile(r"(\d{4})[-/.](\d{2})[-/.](\d{2})$")


def parts(text: str) -> tuple[int, int, int, bool]:
    """(year, month, day, whether the year has its century); ValueError when unreadable."""
    text = text.strip().upper()
    if text.isascii() and text.isdigit():
        if len(text) in (8, 12, 14):
            return int(text[:4]), int(text[4:6]), int(text[6:8]), True
        if len(text) in (6, 10):
            return int(text[:2]), int(text[2:4]), int(text[4:6]), False
    whole = len(text) == 9
    if (whole or len(text) == 7) and text[:2].isdecimal() and text[5:].isdecimal() and text[2:5] in MONTHS:
        return int(text[5:]), MONTHS[text[2:5]], int(text[:2]), whole  # 02JUN1948, as most are
    if named := _NAMED.match(text):
        month = MONTHS.get(named[2])
        if month is not None:
            return int(named[3]), month, int(named[1]), len(named[3]) == 4
    if dashed := _DASHED.match(text):
        return int(dashed[1]), int(dashed[2]), int(dashed[3]), True
    raise ValueError(text)


def spelled(text: str) -> date:
    """02JUN1948, which most are; KeyError or ValueError for any other form."""
    return date(YEARS[text[5:]], MONTHS[text[2:5]], DAYS[text[:2]])


def birth_date(text: str, sent: date | None) -> date:
    """YYMMDD, CCYYMMDD or DDMMMYY. Two digits mean the latest such day not after the message.

    Somebody of a hundred or more is therefore read as a child where the carrier sends two
    digits: the format cannot tell. ValueError when unreadable or when nothing gives a century.
    """
    year, month, day, whole = parts(text)
    if whole:
        return date(year, month, day)
    if sent is None:
        raise ValueError("two-digit year, and no date of the message to resolve it")
    century = sent.year // 100 * 100
    try:
        resolved = date(century + year, month, day)
    except ValueError:  # 29 February of a year that is none in this century
        return date(century - 100 + year, month, day)
    # A day of grace: the message may have been sent where it is still yesterday.
    return resolved if resolved <= sent + timedelta(days=1) else date(century - 100 + year, month, day)


def expiry_date(text: str, sent: date | None) -> date:
    """As birth_date, but two digits mean the year nearest to that of the message."""
    year, month, day, whole = parts(text)
    if whole:
        return date(year, month, day)
    if sent is None:
        raise ValueError("two-digit year, and no date of the message to resolve it")
    century = sent.year // 100 * 100
    return date(
        min((century + c + year for c in (-100, 0, 100)), key=lambda y: abs(y - sent.year)), month, day
    )


def clock_time(text: str) -> time:
    """HHMM or HHMMSS, or HMM; ValueError when unreadable."""
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) in (3, 4, 6)):
        raise ValueError(text)
    text = text.zfill(4)
    return time(int(text[:2]), int(text[2:4]))


def moment(text: str) -> datetime:
    """DTM format 201 (YYMMDDHHMM), 203 (CCYYMMDDHHMM), 204 (with seconds), 101 or 102: local, this century.

    The zone of formats 301 and 303 is left out: such a time is taken as it is written.
    """
    text = _ZONE.sub("", text.strip())
    year, month, day, whole = parts(text)
    begin = 8 if whole else 6
    at = clock_time(text[begin : begin + 4]) if len(text) in (10, 12, 14) and text.isdigit() else time()
    return datetime.combine(date(year if whole else 2000 + year, month, day), at)


def travel_date(text: str, sent: date | None) -> date:
    """A date in PNRGOV: DDMMYY, though some send YYMMDD. The reading nearest the message wins.

    ValueError when neither is a date.
    """
    text = text.strip()
    if not (text.isascii() and text.isdigit() and len(text) == 6):
        year, month, day, whole = parts(text)
        return date(year if whole else 2000 + year, month, day)
    one, two, three = int(text[:2]), int(text[2:4]), int(text[4:])
    try:
        first = date(2000 + three, two, one)
    except ValueError:
        return date(2000 + one, two, three)
    # DDMMYY is the rule: the other only when this is further away than schedules reach.
    if sent is None or abs((first - sent).days) <= SCHEDULE:
        return first
    try:
        other = date(2000 + one, two, three)
    except ValueError:
        return first
    return min(first, other, key=lambda day: abs((day - sent).days))
