"""Everything that changes what is known and who has it."""

from samenhang.exchange.actions.answering import (
    answer_question,
    called_in_received,
    law_of_hit,
    tell_answers,
)
from samenhang.exchange.actions.asking import (
    called,
    decline_question,
    forget_questions,
    mark_read,
    partners,
    propose_question,
    send_question,
    withdraw_question,
)
from samenhang.exchange.actions.assessing import assess_country, assessed_countries, prohibit_country
from samenhang.exchange.actions.disclosing import (
    disclose,
    give,
    may_give,
)
from samenhang.exchange.actions.erasing import (
    erase_about,
    erase_disclosures,
    erase_movement,
    erase_reliances,
    erase_signal,
    erase_unneeded,
)
from samenhang.exchange.actions.giving import (
    give_in_writing,
    law_of_items,
    may_be_written,
    note_answer,
    to_give,
    write_statement,
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
from samenhang.exchange.actions.zoning import end_zone, may_name, name_zone

__all__ = [
    "PROTECTION",
    "accept",
    "add_to_signal",
    "answer_question",
    "assess_country",
    "assessed_countries",
    "called",
    "called_in_received",
    "certify",
    "conditions_of_offer",
    "confirm_change",
    "correct",
    "correct_movement",
    "decline_question",
    "disclose",
    "end_zone",
    "erase_about",
    "erase_disclosures",
    "erase_movement",
    "erase_reliances",
    "erase_signal",
    "erase_unneeded",
    "fall",
    "follow_up",
    "forget_questions",
    "give",
    "give_in_writing",
    "keep_despite",
    "law_of_hit",
    "law_of_items",
    "lean_like",
    "mark_read",
    "mark_weighed",
    "may_be_written",
    "may_give",
    "may_name",
    "name_zone",
    "note_answer",
    "offer",
    "partners",
    "prohibit_country",
    "propose_question",
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
    "send_question",
    "state",
    "submit_signal",
    "tell_answers",
    "to_give",
    "withdraw",
    "withdraw_message",
    "withdraw_movement",
    "withdraw_question",
    "withdraw_signal",
    "write_statement",
]
