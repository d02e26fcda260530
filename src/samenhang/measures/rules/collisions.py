"""Which kinds of measure get in each other's way, so that nobody is told to do what another forbids.

House policy, not law: the table names what practice meets (an area ban around the police station where
somebody must report). Two measures that stand in it may both hold; whoever proposes the later one
writes down how they go together. A pair that is not here may collide all the same.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

# Each with what the one asks of a person, what the other does, and the beginnings of their codes.
BE_SOMEWHERE = (
    "TW-MELD",
    "GW-172A",
    "CR-COND",
    "LEERPLICHT",
    "OTS",
    "UHP",
    "GESL",
    "WVGGZ",
    "REINT",
    "EXIT-",
)
KEEP_AWAY = ("TW-GEB", "TW-ET", "GW-172", "CR-COND")
MEET_SOMEBODY = ("FAM-SUP", "MENTOR", "EXIT-", "OTS", "UHP", "JEUGDHULP", "CR-COND", "GEZAG")
MEET_NOBODY = ("TW-CONT", "CR-COND", "GW-172A")
LIVE_ON_SOMETHING = ("REINT", "WORK-HOUSE", "DEBT-", "EXIT-", "CR-COND")
LOSE_INCOME = ("BEN-", "FREEZE-", "DEBT-RECOV")
LEAVE = ("VW-66A", "VW-67", "VW-VERBLIJF")
STAY = ("TW-UITR", "PASS-", "TW-MELD", "CR-COND")
BE_HELD = ("CR-PTD", "CR-TA", "GESL")
HAVE_ADDRESS = ("REINT", "WORK-HOUSE", "TW-MELD", "CR-COND", "JEUGDHULP")


class NotSaidHow(Refused):
    """Two measures get in each other's way, and nobody wrote down how they go together."""

    code = "measures-collide"
    status = 422


@dataclass(frozen=True, slots=True)
class Pair:
    """Two groups of kinds, by the beginnings of their codes, and why they can collide."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    why: Any


PAIRS = (
    Pair(BE_SOMEWHERE, KEEP_AWAY, gettext_lazy("The one asks to be in a place that the other may forbid.")),
    Pair(MEET_SOMEBODY, MEET_NOBODY, gettext_lazy("The one needs contact that the other may forbid.")),
    Pair(LIVE_ON_SOMETHING, LOSE_INCOME, gettext_lazy("The one needs money that the other takes away.")),
    Pair(LEAVE, STAY, gettext_lazy("The one makes the person leave, the other keeps the person here.")),
    Pair(BE_HELD, (*BE_SOMEWHERE, *KEEP_AWAY), gettext_lazy("Who is held cannot do what the other asks.")),
    Pair(("BRP-DEREG",), HAVE_ADDRESS, gettext_lazy("The one ends the address that the other needs.")),
)  # fmt: skip


def why_they_collide(kind: str, other: str) -> list[str]:
    """Every way in which these two kinds may get in each other's way; the same whichever comes first.

    A kind does not collide with itself: the later one of the same kind takes the place of the former.
    """
    if kind == other:
        return []
    return [
        str(pair.why)
        for pair in PAIRS
        if (kind.startswith(pair.one) and other.startswith(pair.other))
        or (kind.startswith(pair.other) and other.startswith(pair.one))
    ]


def check_said_how(colliding: Iterable[str], findings: Collection[str]) -> None:
    """colliding: references of measures that get in the way; findings: what was written on how they go
    together. Each reference must be named. Raises NotSaidHow."""
    missing = [reference for reference in colliding if not any(reference in text for text in findings)]
    if missing:
        raise NotSaidHow(
            _("First write a finding on how this goes together with %s, and name that number in it.")
            % ", ".join(missing)
        )
