"""Receive, read, sweep, mask; and what the areas above may say about a passenger."""

from samenhang.travel.actions.keeping import keep_longer, mark_screened
from samenhang.travel.actions.masking import mask
from samenhang.travel.actions.reading import claim_unread, read, read_waiting
from samenhang.travel.actions.receiving import Receipt, receive, sweep

__all__ = [
    "Receipt",
    "claim_unread",
    "keep_longer",
    "mark_screened",
    "mask",
    "read",
    "read_waiting",
    "receive",
    "sweep",
]
