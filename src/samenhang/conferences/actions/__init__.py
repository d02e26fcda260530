"""Everything that changes a conference: preparing, meeting, recording, following up."""

from samenhang.conferences.actions.erasing import erase_of
from samenhang.conferences.actions.following import (
    approve_minutes,
    draft_minutes,
    expire_actions,
    follow,
    lapse_markers,
)
from samenhang.conferences.actions.inviting import answer, invite, invite_all, read_taken_off, take_off
from samenhang.conferences.actions.meeting import arrive, begin, close_item, end, leave, open_item
from samenhang.conferences.actions.papers import (
    ask_paper,
    bring_paper,
    may_be_asked,
    refuse_paper,
    withdraw_paper,
)
from samenhang.conferences.actions.preparing import (
    add_item,
    call_off,
    drop_item,
    move,
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
    withdraw_decision,
)

__all__ = [
    "add_item",
    "answer",
    "approve_minutes",
    "arrive",
    "ask_paper",
    "assign",
    "begin",
    "bring_paper",
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
    "invite_all",
    "lapse_markers",
    "leave",
    "mark",
    "may_be_asked",
    "move",
    "open_item",
    "plan",
    "propose",
    "read_taken_off",
    "refuse_paper",
    "reword_item",
    "send",
    "take_back",
    "take_off",
    "withdraw_decision",
    "withdraw_paper",
]
