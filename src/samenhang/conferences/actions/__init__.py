"""Everything that changes a conference: preparing, meeting, recording, following up."""

from samenhang.conferences.actions.erasing import erase_of
from samenhang.conferences.actions.following import (
    approve_minutes,
    draft_minutes,
    expire_actions,
    follow,
    lapse_markers,
)
from samenhang.conferences.actions.meeting import arrive, begin, close_item, end, leave, open_item
from samenhang.conferences.actions.preparing import (
    add_item,
    call_off,
    drop_item,
    invite,
    plan,
    reword_item,
    send,
)
from samenhang.conferences.actions.recording import (
    assign,
    case_of,
    confirm,
    decide,
    dissent,
    mark,
    propose,
    take_back,
)

__all__ = [
    "add_item",
    "approve_minutes",
    "arrive",
    "assign",
    "begin",
    "call_off",
    "case_of",
    "close_item",
    "confirm",
    "decide",
    "dissent",
    "draft_minutes",
    "drop_item",
    "end",
    "erase_of",
    "expire_actions",
    "follow",
    "invite",
    "lapse_markers",
    "leave",
    "mark",
    "open_item",
    "plan",
    "propose",
    "reword_item",
    "send",
    "take_back",
]
