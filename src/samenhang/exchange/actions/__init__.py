"""Everything that changes what is known and who has it."""

from samenhang.exchange.actions.disclosing import (
    disclose,
    give,
    may_give,
    reconsider,
    rely,
)
from samenhang.exchange.actions.stating import correct, state, withdraw
from samenhang.exchange.actions.submitting import (
    conditions_of_offer,
    mark_weighed,
    offer,
    submit_signal,
    withdraw_signal,
)

__all__ = [
    "conditions_of_offer",
    "correct",
    "disclose",
    "give",
    "mark_weighed",
    "may_give",
    "offer",
    "reconsider",
    "rely",
    "state",
    "submit_signal",
    "withdraw",
    "withdraw_signal",
]
