"""Weighing a signal, and everything that changes a case."""

from samenhang.cases.actions.casework import (
    admit,
    bring,
    categories_to_bring,
    contribute,
    end_unlawful_seats,
    established,
    law_of_sharing,
    share_movement,
)
from samenhang.cases.actions.closing import close, hold, lift_hold, look_into
from samenhang.cases.actions.destroying import claim, destroy, destroy_keys, forget_signals
from samenhang.cases.actions.importing import (
    caseloads_to_take_back,
    import_caseload,
    known_in_caseload,
    take_back_caseload,
)
from samenhang.cases.actions.inquiring import answer_inquiry, lapse_inquiries, refuse_inquiry
from samenhang.cases.actions.keeping import (
    appoint,
    decline,
    end_charges_of_who_left,
    keep,
    offer,
    step_in,
    take_over,
)
from samenhang.cases.actions.opening import let_sit, open_by_covenant, open_case, take_up
from samenhang.cases.actions.reporting import report
from samenhang.cases.actions.reviewing import lapse_reviews, review
from samenhang.cases.actions.third_parties import (
    agree_to_third_party,
    end_third_party,
    propose_third_party,
    refuse_third_party,
)
from samenhang.cases.actions.transferring import (
    accept_transfer,
    call_off_transfer,
    offer_transfer,
    refuse_transfer,
    say,
)
from samenhang.cases.actions.weighing import acknowledge, call_off, go_on_with, open_weighing, take_position

__all__ = [
    "accept_transfer",
    "acknowledge",
    "admit",
    "agree_to_third_party",
    "answer_inquiry",
    "appoint",
    "bring",
    "call_off",
    "call_off_transfer",
    "caseloads_to_take_back",
    "categories_to_bring",
    "claim",
    "close",
    "contribute",
    "decline",
    "destroy",
    "destroy_keys",
    "end_charges_of_who_left",
    "end_third_party",
    "end_unlawful_seats",
    "established",
    "forget_signals",
    "go_on_with",
    "hold",
    "import_caseload",
    "keep",
    "known_in_caseload",
    "lapse_inquiries",
    "lapse_reviews",
    "law_of_sharing",
    "let_sit",
    "lift_hold",
    "look_into",
    "offer",
    "offer_transfer",
    "open_by_covenant",
    "open_case",
    "open_weighing",
    "propose_third_party",
    "refuse_inquiry",
    "refuse_third_party",
    "refuse_transfer",
    "report",
    "review",
    "say",
    "share_movement",
    "step_in",
    "take_back_caseload",
    "take_over",
    "take_position",
    "take_up",
]
