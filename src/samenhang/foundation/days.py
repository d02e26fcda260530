"""Which days can be meant: what is read from an address, a form, a sheet or a command lies between these.

Further off every sum with days may leave the calendar, and nobody meant it anyway.
"""

from datetime import date

FIRST_YEAR, LAST_YEAR = 1900, 2100


def can_be_meant(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR
