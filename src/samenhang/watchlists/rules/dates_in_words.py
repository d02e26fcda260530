"""How two dates of birth differ, as one would say it aloud."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# A year without a day is often somebody's estimate: a day of 1 January too.
ESTIMATED_YEARS = 4
NEAR_DAYS = 60


def difference(passenger: str, listed: str) -> str:
    """A sentence about two ISO dates of any precision; empty when one of them is not known."""
    if not passenger or not listed:
        return ""
    if passenger == listed:
        return _whole_or_year(passenger)
    own, other = _day(passenger), _day(listed)
    if own and other:
        return _of_days(own, other)
    apart = int(passenger[:4]) - int(listed[:4])
    if apart == 0:
        if passenger[:7] == listed[:7]:
            return _("Born in the same month; one of the records has no day.")
        if len(passenger) > len("YYYY") and len(listed) > len("YYYY"):
            return _("Born in the same year, in another month.")
        return _("Born in the same year; one of the records says no more than the year.")
    return f"{_years(apart)} {_estimate(apart)}"


def _whole_or_year(text: str) -> str:
    if _day(text):
        return _("The same day, month and year.")
    return _("The same, but neither record has the day.")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("YYYY-MM-DD") else None
    except ValueError:
        return None


def _of_days(own: date, other: date) -> str:
    apart = own.year - other.year
    if apart == 0 and (own.day, own.month) == (other.month, other.day):
        return _("Day and month are the other way round. This is a common mistake in typing.")
    if (own.day, own.month) == (other.day, other.month):
        return f"{_years(apart)} {_('Day and month are the same.')}"
    days = (own - other).days
    if abs(days) <= NEAR_DAYS:
        return f"{_days(days)} {_alike(own, other)}".strip()
    if apart == 0:
        return f"{_('Born in the same year, in another month.')} {_alike(own, other)}".strip()
    return _years(apart)


def _alike(own: date, other: date) -> str:
    if own.day == other.day:
        return _("The day is the same, the month is not.")
    if own.month == other.month and own.year == other.year:
        return _("Month and year are the same, the day is not.")
    return ""


def _years(apart: int) -> str:
    """apart: the passenger's year less the listed person's; not zero."""
    count = abs(apart)
    if apart < 0:
        text = ngettext(
            "The passenger was born %(count)s year earlier than the listed person.",
            "The passenger was born %(count)s years earlier than the listed person.",
            count,
        )
    else:
        text = ngettext(
            "The passenger was born %(count)s year later than the listed person.",
            "The passenger was born %(count)s years later than the listed person.",
            count,
        )
    return text % {"count": count}


def _days(apart: int) -> str:
    count = abs(apart)
    if apart < 0:
        text = ngettext(
            "The passenger was born %(count)s day earlier than the listed person.",
            "The passenger was born %(count)s days earlier than the listed person.",
            count,
        )
    else:
        text = ngettext(
            "The passenger was born %(count)s day later than the listed person.",
            "The passenger was born %(count)s days later than the listed person.",
            count,
        )
    return text % {"count": count}


def _estimate(apart: int) -> str:
    if abs(apart) <= ESTIMATED_YEARS:
        return _(
            "A record with only a year is sometimes an estimate, a few years off: "
            "then this says less than it seems."
        )
    return _("That is too much for an estimate.")
