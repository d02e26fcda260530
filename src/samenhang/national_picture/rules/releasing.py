"""When a small total may leave."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.national_picture.rules.figures import Counted, Figure
from samenhang.national_picture.rules.precision import is_small
from samenhang.national_picture.rules.windows import Asked, Window

SHORTEST_REASON = 10


class NothingToRelease(Refused):
    code = "nothing-to-release"


class OnlyPeopleRelease(Refused):
    """A machine never lets a small count out."""

    code = "only-people-release"
    status = 403


class Subtractable(Refused):
    """Beside what was released before, a reader could work out a handful of events."""

    code = "subtractable"


class NoReason(Refused):
    code = "no-reason"


def check_person(*, human: bool) -> None:
    if not human:
        raise OnlyPeopleRelease(_("Only a named official releases a small figure."))


def check_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise NoReason(_("Write down in a full sentence why this small number may be published."))


def check_period(asked: Asked) -> None:
    """Raises NothingToRelease: over so few days a total points at a day."""
    if asked.is_short:
        raise NothingToRelease(
            _("Over fewer than 28 days no small total is released. Choose a longer period.")
        )


def check_releasable(figure: Figure) -> None:
    """Totals that are held back, and nothing else."""
    if not figure.releasable:
        raise NothingToRelease(_("This figure is not held back, so there is nothing to release."))


def check_no_subtraction(window: Window, counted: Counted, before: Iterable[tuple[Window, Counted]]) -> None:
    """Raises Subtractable when an earlier release of the same figure differs by one to four.

    The difference of two totals is a breakdown: what happened between the two last days.
    """
    for other, seen in before:
        if other != window and is_small(difference(counted, seen)):
            raise Subtractable(
                _("This figure was released for another window (%(since)s – %(until)s). The difference would "
                  "show one to four persons. Take that release back first.")
                % {"since": date_format(other.since), "until": date_format(other.until)}
            )  # fmt: skip


def difference(one: Counted, other: Counted) -> int:
    """By how many two counts differ; lists by how many of their members."""
    one, other = (len(count) if isinstance(count, tuple) else count for count in (one, other))
    return abs(one - other)
