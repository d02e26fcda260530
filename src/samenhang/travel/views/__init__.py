"""Messages that came in, what the law allows with them, and masked passengers who are shown again."""

from samenhang.travel.views.answering import of_a_person
from samenhang.travel.views.bases import (
    bases,
    end_router_use,
    end_selection,
    end_term,
    selections,
    switch_off,
    terms,
)
from samenhang.travel.views.carriers import carrier, carriers_of
from samenhang.travel.views.limits import boarding, lists
from samenhang.travel.views.messages import message, messages, upload
from samenhang.travel.views.passengers import passenger
from samenhang.travel.views.quarantine import quarantine, settle
from samenhang.travel.views.router import router, router_log
from samenhang.travel.views.unmasking import (
    ask_unmasking,
    decide_unmasking,
    masked,
    review_unmasking,
    unmasked,
    unmasking,
    unmaskings,
)

__all__ = [
    "ask_unmasking",
    "bases",
    "boarding",
    "carrier",
    "carriers_of",
    "decide_unmasking",
    "end_router_use",
    "end_selection",
    "end_term",
    "lists",
    "masked",
    "message",
    "messages",
    "of_a_person",
    "passenger",
    "quarantine",
    "review_unmasking",
    "router",
    "router_log",
    "selections",
    "settle",
    "switch_off",
    "terms",
    "unmasked",
    "unmasking",
    "unmaskings",
    "upload",
]
