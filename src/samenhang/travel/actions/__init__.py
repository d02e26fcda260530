"""Switch on and off; receive, read, sweep, mask, unmask; and what other areas may say of passengers."""

from samenhang.travel.actions.bases import (
    find_decision,
    may_switch,
    select_flights,
    set_term,
    switch_off,
    switch_on,
)
from samenhang.travel.actions.keeping import keep_longer, mark_identified, mark_screened
from samenhang.travel.actions.masking import mask
from samenhang.travel.actions.quarantine import empty_quarantine, refuse, release
from samenhang.travel.actions.reading import claim_unread, read, read_waiting, take_in
from samenhang.travel.actions.receiving import Receipt, receive, sweep
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
    "Receipt",
    "ask_unmasking",
    "claim_unread",
    "decide_unmasking",
    "empty_quarantine",
    "find_decision",
    "keep_longer",
    "mark_identified",
    "mark_screened",
    "mask",
    "may_ask_unmasking",
    "may_decide_unmasking",
    "may_review_unmasking",
    "may_switch",
    "open_unmasked",
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
    "take_in",
]
