"""Which steps pass the window, how long it and a hold last, and who may renew a hold."""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused

# House policy: long enough for a prosecutor to look, short enough for a mayor to wait. The same for all.
WINDOW = timedelta(days=2)
LONGEST_HOLD = timedelta(days=14)
# The day from which a case conference works by the Act; steps of before were never asked about.
SINCE = date(2025, 7, 1)

# A step is listed when its kind begins so: what is put on a person against their will by the
# administration. Not care, not the youth court, not what the prosecution or the police do themselves.
LISTED = ("TW-", "PASS-", "NAT-", "VW-", "VISUM", "BEN-", "FREEZE-", "GW-", "WOM", "AREA-", "BRP-")


class NotYet(Refused):
    """The window is open, or the prosecution asked to wait."""

    code = "not-yet"


class WindowClosed(Refused):
    code = "window-closed"


class TooLong(Refused):
    code = "hold-too-long"
    status = 422


class SecondProsecutorNeeded(Refused):
    code = "second-prosecutor-needed"
    status = 403


def is_listed(kind: str, on: date) -> bool:
    """Whether this step waits at all. By its kind and the day alone: never by who it is about."""
    return on >= SINCE and kind.startswith(LISTED)


def closes_at(opened_at: datetime) -> datetime:
    return opened_at + WINDOW


def check_window_open(closes_at: datetime, now: datetime) -> None:
    if now >= closes_at:
        raise WindowClosed(_("The time to ask for this has passed: the step may have been taken."))


def check_hold(days: int, reason: str) -> None:
    if not 1 <= days <= LONGEST_HOLD.days:
        raise TooLong(_("A hold lasts from 1 to %d days.") % LONGEST_HOLD.days)
    if not reason.strip():
        raise TooLong(_("Say why. Only the prosecution and its overseers read it."))


def check_renewal(placed_by: str, renewed_by: str) -> None:
    if placed_by == renewed_by:
        raise SecondProsecutorNeeded(_("Another prosecutor than who asked to wait must renew it."))


def not_yet(closes_at: datetime, held_until: datetime | None, now: datetime) -> NotYet | None:
    """What an asker is told; None when the step may be taken.

    Until the window closes the answer does not depend on a hold, so it tells nothing.
    """
    if now < closes_at:
        when = date_format(closes_at, "DATETIME_FORMAT")
        return NotYet(
            _("Every such step waits two days in which the prosecution may object. Go on from %s.") % when
        )
    if held_until is not None and now < held_until:
        return NotYet(
            _(
                "The prosecution asks you to wait, and need not say why. That ends by itself within two "
                "weeks, unless another prosecutor asks again."
            )
        )
    return None
