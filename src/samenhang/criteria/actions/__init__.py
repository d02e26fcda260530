"""Write, try, approve and withdraw rules; match journeys; judge and confirm; end and forget."""

from samenhang.criteria.actions.forgetting import forget
from samenhang.criteria.actions.matching import match_waiting
from samenhang.criteria.actions.review import confirm, judge
from samenhang.criteria.actions.writing import (
    approve,
    end_over,
    may_write,
    open_rule,
    precision,
    reword,
    try_out,
    withdraw,
)
from samenhang.judging.actions import reopen

__all__ = [
    "approve",
    "confirm",
    "end_over",
    "forget",
    "judge",
    "match_waiting",
    "may_write",
    "open_rule",
    "precision",
    "reopen",
    "reword",
    "try_out",
    "withdraw",
]
