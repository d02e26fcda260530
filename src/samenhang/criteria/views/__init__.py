"""The rules, one rule, the queue of matches and one match."""

from samenhang.criteria.views.matches import confirm, judge, match, queue, reopen
from samenhang.criteria.views.rules import rule, rules
from samenhang.criteria.views.writing import approve, open_rule, reword, try_out, withdraw

__all__ = [
    "approve",
    "confirm",
    "judge",
    "match",
    "open_rule",
    "queue",
    "reopen",
    "reword",
    "rule",
    "rules",
    "try_out",
    "withdraw",
]
