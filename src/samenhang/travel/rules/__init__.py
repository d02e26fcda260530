"""States of a message, what it may weigh, and how long a passenger may be kept."""

import re
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from samenhang.foundation.errors import Refused
from samenhang.foundation.states import IllegalTransition, check_transition
from samenhang.grounds.rules.durations import Duration

__all__ = ["IllegalTransition", "check_transition"]

CATEGORY = "passenger-data"
# Terrorist offences and serious crime alone: Directive (EU) 2016/681 art. 1(2); PNR-wet art. 6.
PURPOSES = ("investigation", "prosecution")
# The data-protection officer of the unit sees all that it processes (art. 6(7)), and changes nothing.
KEPT_FOR = (*PURPOSES, "oversight")

# Directive art. 12(2), PNR-wet art. 20(1)(d): after six months what identifies is masked.
MASK_AFTER = Duration(months=6)
# CJEU C-817/19, 248-262: after six months only passengers with objective evidence of a link may be kept.
KEEP = Duration(months=6)
# Directive art. 12(1), PNR-wet art. 20(1)(a): five years, then permanent deletion.
KEEP_WITH_EVIDENCE = Duration(years=5)

# A day's list of the largest flight is under 1 MB; this leaves room for collected ones.
LARGEST = 32 * 1024 * 1024
# Up to here a message is one transaction; a larger one is read in steps of STEP passengers.
ONE_TRANSACTION, STEP = 2000, 500
PROBLEMS_KEPT = 500
# After this long a worker that claimed a message and did not read it is taken to have stopped.
LEASE = timedelta(minutes=1)


class State(TextChoices):
    RECEIVED = "received", _("Received")
    READ = "read", _("Read")
    UNREADABLE = "unreadable", _("Unreadable")
    HELD = "held", _("In quarantine: reference used before")
    DESTROYED = "destroyed", _("Destroyed unread")
    REFUSED = "refused", _("Refused: no legal basis")


NEXT = {
    State.RECEIVED: {State.READ, State.UNREADABLE, State.HELD, State.REFUSED},
    State.READ: set[State](),
    State.UNREADABLE: {State.RECEIVED, State.DESTROYED},
    State.HELD: {State.RECEIVED, State.DESTROYED},
    State.DESTROYED: set[State](),
    State.REFUSED: set[State](),
}

# Kinds that are understood. A CUSRES answers a carrier, a GOVREQ asks one for records and an ACKRES says
# that something came in: they are recognised, and nothing of them is kept, because no passenger is refused
# by a machine here (Directive art. 7(6)).
UNDERSTOOD = frozenset({"PAXLST", "PNRGOV", "CUSRES", "GOVREQ", "ACKRES"})


class TooLarge(Refused):
    code = "too-large"
    status = 413


class SpoolLost(Refused):
    code = "spool-lost"


def check_size(size: int) -> None:
    if size > LARGEST:
        raise TooLarge(
            _("This file is larger than %d MB. Split it by flight and send the parts.") % (LARGEST // 1024**2)
        )


def mask_on(received: date) -> date:
    """The day from which what identifies must be masked."""
    return MASK_AFTER.after(received)


def delete_on(received: date, *, evidence: bool = False) -> date:
    """The day from which nothing may be left, by itself. evidence: objective, of a link with an offence."""
    return (KEEP_WITH_EVIDENCE if evidence else KEEP).after(received)


def kind_of(types: list[str]) -> str:
    """What a delivery is, from its parts: ``PAXLST``, ``PAXLST, PNRGOV`` or ``not EDIFACT: PDF``."""
    return ", ".join(dict.fromkeys(types))


def is_understood(types: list[str]) -> bool:
    return any(kind in UNDERSTOOD for kind in types)


def without_quotations(problem: str) -> str:
    """A sentence of the reader without the sender's words: those may name a person. Numbers stay."""
    quotation = re.search(r"(['\"]).*\1", problem, re.DOTALL)
    if quotation is None or re.fullmatch(r"\d{1,8}", quotation[0][1:-1]):
        return problem
    return problem[: quotation.start()] + "…" + problem[quotation.end() :]
