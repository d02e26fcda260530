"""Messages that came in, whether any may, and masked passengers who are shown again."""

from samenhang.travel.views.bases import bases, switch_off
from samenhang.travel.views.messages import message, messages, upload
from samenhang.travel.views.quarantine import quarantine, settle
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
    "decide_unmasking",
    "masked",
    "message",
    "messages",
    "quarantine",
    "review_unmasking",
    "settle",
    "switch_off",
    "unmasked",
    "unmasking",
    "unmaskings",
    "upload",
]
