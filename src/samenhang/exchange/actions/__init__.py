"""Everything that changes what is known and who has it."""

from samenhang.exchange.actions.assessing import assess_country, assessed_countries, prohibit_country
from samenhang.exchange.actions.disclosing import (
    disclose,
    give,
    may_give,
)
from samenhang.exchange.actions.erasing import (
    erase_about,
    erase_disclosures,
    erase_reliances,
    erase_signal,
    erase_unneeded,
)
from samenhang.exchange.actions.leaning import fall, lean_like, reconsider, rely, rely_on
from samenhang.exchange.actions.moving import correct_movement, record_movement, withdraw_movement
from samenhang.exchange.actions.protecting import PROTECTION, protectors, report_child
from samenhang.exchange.actions.recalling import (
    accept,
    certify,
    confirm_change,
    keep_despite,
    recall,
    refuse,
    review_refusal,
)
from samenhang.exchange.actions.registering import follow_up, register_message, withdraw_message
from samenhang.exchange.actions.stating import correct, state, withdraw
from samenhang.exchange.actions.submitting import (
    add_to_signal,
    conditions_of_offer,
    mark_weighed,
    offer,
    submit_signal,
    withdraw_signal,
)

__all__ = [
    "PROTECTION",
    "accept",
    "add_to_signal",
    "assess_country",
    "assessed_countries",
    "certify",
    "conditions_of_offer",
    "confirm_change",
    "correct",
    "correct_movement",
    "disclose",
    "erase_about",
    "erase_disclosures",
    "erase_reliances",
    "erase_signal",
    "erase_unneeded",
    "fall",
    "follow_up",
    "give",
    "keep_despite",
    "lean_like",
    "mark_weighed",
    "may_give",
    "offer",
    "prohibit_country",
    "protectors",
    "recall",
    "reconsider",
    "record_movement",
    "refuse",
    "register_message",
    "rely",
    "rely_on",
    "report_child",
    "review_refusal",
    "state",
    "submit_signal",
    "withdraw",
    "withdraw_message",
    "withdraw_movement",
    "withdraw_signal",
]
