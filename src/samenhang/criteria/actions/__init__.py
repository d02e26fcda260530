"""Write, try, approve and withdraw rules; match journeys; judge and confirm; end and forget."""

from samenhang.criteria.actions.forgetting import forget
from samenhang.criteria.actions.matching import match_waiting
from samenhang.criteria.actions.writing import (
    approve,
    end_over,
    may_write,
    open_rule,
    reword,
    try_out,
    withdraw,
)
from samenhang.judging.actions import confirm, judge, reopen

__all__ = [
    "approve",
    "confirm",
    "end_over",
    "forget",
    "judge",
    "match_waiting",
    "may_write",
    "open_rule",
    "reopen",
    "reword",
    "try_out",
    "withdraw",
]
