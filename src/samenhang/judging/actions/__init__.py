"""Judge, confirm and reopen; take and let go; hand a shift over and take it over; forget."""

from samenhang.judging.actions.deciding import become, confirm, judge, reopen
from samenhang.judging.actions.shifts import DEED, claim, forget, hand_over, let_go, take_over

__all__ = [
    "DEED",
    "become",
    "claim",
    "confirm",
    "forget",
    "hand_over",
    "judge",
    "let_go",
    "reopen",
    "take_over",
]
