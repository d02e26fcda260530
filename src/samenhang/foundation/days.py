"""Which days can be meant, and when one is over.

What is read from an address, a form, a sheet or a command lies between two years: further off every sum
with days may leave the calendar, and nobody meant it anyway.
"""

from datetime import date, datetime, time

from django.utils import timezone

FIRST_YEAR, LAST_YEAR = 1900, 2100


def can_be_meant(day: date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR


def end_of(day: date) -> datetime:
    """The last moment of a day in the Netherlands."""
    return timezone.make_aware(datetime.combine(day, time.max))
