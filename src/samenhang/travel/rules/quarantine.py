"""What waits for a person: how long, and what they may decide.

Bytes that could not be read, or whose sender used the reference for other content before, may be the
only copy of a flight; they may also hold anything. So they wait sealed, for a short time by one clock.
"""

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.travel.rules import State

# House rule after Directive (EU) 2016/681 art. 6(1): what may turn out not to be lawful is soon gone.
# Counted from receipt; reading it again does not begin a new time.
LONGEST = timedelta(hours=72)
# Senders count their references, and many begin again every day: longer ago it is another message.
SAME_REFERENCE = timedelta(hours=24)
WAITING = (State.UNREADABLE, State.HELD)
REASON_AT_LEAST = 20  # characters


class Decision(TextChoices):
    READ = "read", gettext_lazy("Read it (again)")
    DESTROY = "destroy", gettext_lazy("Refuse it: destroy it now")


class NotWaiting(Refused):
    code = "not-in-quarantine"


class NoReason(Refused):
    code = "no-reason"


def ends_at(received_at: datetime) -> datetime:
    """From this moment on the bytes are destroyed."""
    return received_at + LONGEST


def check_waits(state: str, received_at: datetime, now: datetime) -> None:
    if state not in WAITING or ends_at(received_at) <= now:
        raise NotWaiting(_("This message is not in quarantine, or no longer."))


def check_reason(reason: str) -> None:
    if len(reason.strip()) < REASON_AT_LEAST:
        raise NoReason(_("Give the reason in one full sentence."))
