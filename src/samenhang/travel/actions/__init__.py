"""Switch on and off; receive, read, sweep, mask; and what the areas above may say about a passenger."""

from samenhang.travel.actions.bases import find_basis, may_switch, switch_off, switch_on
from samenhang.travel.actions.keeping import keep_longer, mark_screened
from samenhang.travel.actions.masking import mask
from samenhang.travel.actions.quarantine import empty_quarantine, refuse, release
from samenhang.travel.actions.reading import claim_unread, read, read_waiting, take_in
from samenhang.travel.actions.receiving import Receipt, receive, sweep

__all__ = [
    "Receipt",
    "claim_unread",
    "empty_quarantine",
    "find_basis",
    "keep_longer",
    "mark_screened",
    "mask",
    "may_switch",
    "read",
    "read_waiting",
    "receive",
    "refuse",
    "release",
    "sweep",
    "switch_off",
    "switch_on",
    "take_in",
]
