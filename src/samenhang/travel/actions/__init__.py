"""Switch on and off; receive, read, sweep, mask, unmask; and what other areas may say of passengers."""

from samenhang.travel.actions.answering import Held, held_of
from samenhang.travel.actions.bases import (
    find_decision,
    may_switch,
    select_flights,
    set_term,
    switch_off,
    switch_on,
    use_router,
)
from samenhang.travel.actions.keeping import keep_longer, mark_identified, mark_screened
from samenhang.travel.actions.masking import mask
from samenhang.travel.actions.quarantine import empty_quarantine, refuse, release
from samenhang.travel.actions.reading import claim_unread, read, read_waiting, take_in
from samenhang.travel.actions.receiving import Receipt, receive, sweep
from samenhang.travel.actions.router import (
    Taken,
    ask_carriers,
    forget_router_events,
    forget_stand_ins,
    may_ask_carriers,
    own_link,
    take_from_router,
)
from samenhang.travel.actions.unmasking import (
    ask_unmasking,
    decide_unmasking,
    may_ask_unmasking,
    may_decide_unmasking,
    may_review_unmasking,
    open_unmasked,
    review_unmasking,
)

__all__ = [
    "Held",
    "Receipt",
    "Taken",
    "ask_carriers",
    "ask_unmasking",
    "claim_unread",
    "decide_unmasking",
    "empty_quarantine",
    "find_decision",
    "forget_router_events",
    "forget_stand_ins",
    "held_of",
    "keep_longer",
    "mark_identified",
    "mark_screened",
    "mask",
    "may_ask_carriers",
    "may_ask_unmasking",
    "may_decide_unmasking",
    "may_review_unmasking",
    "may_switch",
    "open_unmasked",
    "own_link",
    "read",
    "read_waiting",
    "receive",
    "refuse",
    "release",
    "review_unmasking",
    "select_flights",
    "set_term",
    "sweep",
    "switch_off",
    "switch_on",
    "take_from_router",
    "take_in",
    "use_router",
]
