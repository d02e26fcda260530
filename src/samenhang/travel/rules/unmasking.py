"""Showing a masked passenger again: who asks, who approves, who is told, for how long.

Directive (EU) 2016/681 art. 12(3); PNR-wet art. 10(3) and 20(1)(d): only where it is needed, approved by the
authority that the law names, and with notice to the data-protection officer, who looks at it afterwards.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.travel.rules import PURPOSES as OF_TRAVEL

DATA = Path(__file__).parent.parent / "data" / "unmasking.json"
CATEGORY = "passenger-data-masked"
OFFICER = "data-protection-officer"
# The officer looks at requests for oversight, and sees no passenger there.
PURPOSES = (*OF_TRAVEL, "oversight")
# House policy: long enough for one working day of the requester, and for no file of its own.
SHOWN_FOR = timedelta(hours=24)
# House policy: a request that nobody decided is made anew, with what is known then.
DECIDE_WITHIN = timedelta(days=14)
REASON_AT_LEAST = 40  # characters


class Ground(TextChoices):
    """Directive art. 1(2): nothing else is a ground."""

    TERRORISM = "terrorism", gettext_lazy("A terrorist offence")
    SERIOUS = "serious", gettext_lazy("A serious offence of annex II of the PNR directive")


class Status(TextChoices):
    ASKED = "asked", gettext_lazy("Waits for approval")
    APPROVED = "approved", gettext_lazy("Approved")
    REFUSED = "refused", gettext_lazy("Not approved")


class Finding(TextChoices):
    IN_ORDER = "in-order", gettext_lazy("It was in order")
    NOT_IN_ORDER = "not-in-order", gettext_lazy("It was not in order")


@dataclass(frozen=True, slots=True)
class Approver:
    """The body and role that approve between these days, and the law that says so."""

    authority: str
    role: str
    rule: str
    basis: str
    starts_on: date
    ends_on: date | None


class NotMasked(Refused):
    code = "not-masked"


class KeyGone(Refused):
    code = "key-destroyed"


class NoReason(Refused):
    code = "no-reason"


class NobodyToApprove(Refused):
    code = "nobody-to-approve"


class NobodyToTell(Refused):
    code = "no-data-protection-officer"


class AskedBefore(Refused):
    code = "asked-before"


class SamePerson(Refused):
    code = "same-person"
    status = 403


class DecidedBefore(Refused):
    code = "decided-before"


class NotShown(Refused):
    """The time is over, or it was never approved."""

    code = "not-shown"
    status = 403


class ReviewedBefore(Refused):
    code = "reviewed-before"


@cache
def _approvers() -> tuple[Approver, ...]:
    rows = json.loads(DATA.read_text(encoding="utf-8"))["approvers"]
    return tuple(
        Approver(
            row["authority"],
            row["role"],
            row["rule"],
            row["basis"],
            date.fromisoformat(row["from"]),
            date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in rows
    )


def approver_on(day: date) -> Approver:
    """Raises NobodyToApprove for a day on which no law names anybody."""
    for one in _approvers():
        if one.starts_on <= day and (one.ends_on is None or day <= one.ends_on):
            return one
    raise NobodyToApprove(_("No law names who may approve this today, so it cannot be asked."))


def check_reason(reason: str) -> None:
    if len(reason.strip()) < REASON_AT_LEAST:
        raise NoReason(_("Say in one or two full sentences why it is needed, and for which inquiry."))


def check_masked(masked_at: datetime | None) -> None:
    if masked_at is None:
        raise NotMasked(_("This passenger is not masked."))


def check_key(holds: bool) -> None:
    """Nobody can undo the destruction of a key, whoever approves."""
    if not holds:
        raise KeyGone(_("The key of this passenger was destroyed. Nobody can show these data again."))


def check_four_eyes(asked_by: int, asked_for: int, by: int, of: int) -> None:
    """Another person, of another organisation. Raises SamePerson."""
    if by == asked_by or of == asked_for:
        raise SamePerson(_("Who asked, or works where it was asked, cannot decide on it."))


def check_undecided(status: str, asked_at: datetime, now: datetime) -> None:
    if status != Status.ASKED:
        raise DecidedBefore(_("This request was decided before."))
    if lapses_at(asked_at) <= now:
        raise DecidedBefore(_("This request lapsed: nobody decided on it in time. Ask for a new one."))


def lapses_at(asked_at: datetime) -> datetime:
    return asked_at + DECIDE_WITHIN


def check_shown(asked_by: int, by: int, shown_until: datetime | None, now: datetime) -> None:
    """To who asked and to nobody else, after the approval and until its end."""
    if shown_until is None or asked_by != by:
        raise NotShown(_("These data are shown to who asked for them, once approved, and to nobody else."))
    if shown_until <= now:
        raise NotShown(_("The time for which this was approved is over. Ask anew if you still need it."))


def check_not_asked(open_requests: int) -> None:
    if open_requests:
        raise AskedBefore(_("You asked this before, and that request is still open."))


def check_approvers(bodies: int) -> None:
    if not bodies:
        raise NobodyToApprove(
            _("The authority that the law names has no account here, so it cannot be asked.")
        )


def check_officers(officers: int) -> None:
    """A notice to nobody is none."""
    if not officers:
        raise NobodyToTell(
            _("Your organisation has no data-protection officer here to tell. Have one appointed first.")
        )


def check_reviewable(told_at: datetime | None, reviewed_at: datetime | None) -> None:
    if told_at is None:
        raise NotShown(_("This request was not approved, so nobody was shown."))
    if reviewed_at is not None:
        raise ReviewedBefore(_("This was looked at before."))
