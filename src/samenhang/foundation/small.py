"""The one rule about small numbers of people: one to four could point at somebody.

Wherever a number leaves those who know the people themselves, it goes through here.
"""

from django.utils.translation import gettext as _

SMALLEST = 5


def is_small(number: int) -> bool:
    return 0 < number < SMALLEST


def told(number: int) -> int | str:
    """The number as it may be read by who counts people and knows none of them."""
    return _("1 to 4") if is_small(number) else number
