"""Everything that changes what is known and who has it."""

from samenhang.exchange.actions.disclosing import (
    NotYourData,
    disclose,
    give,
    may_give,
    reconsider,
    rely,
    seats,
)
from samenhang.exchange.actions.signals import (
    conditions_of_offer,
    mark_weighed,
    offer,
    submit_signal,
    withdraw_signal,
)
from samenhang.exchange.actions.statements import correct, state, withdraw

__all__ = [
    "NotYourData",
    "conditions_of_offer",
    "correct",
    "disclose",
    "give",
    "mark_weighed",
    "may_give",
    "offer",
    "reconsider",
    "rely",
    "seats",
    "state",
    "submit_signal",
    "withdraw",
    "withdraw_signal",
]
