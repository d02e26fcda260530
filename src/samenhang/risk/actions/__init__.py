"""Everything that changes an assessment, an instrument or an accreditation."""

from samenhang.risk.actions.assessing import call_off, contest, end_stale, finish, plan, settle, write
from samenhang.risk.actions.erasing import erase_of
from samenhang.risk.actions.importing import (
    import_travellers,
    known_already,
    lists_to_take_back,
    take_back_travellers,
)
from samenhang.risk.actions.instruments import accredit, install, record_result
from samenhang.risk.actions.returning import (
    answer,
    mark_read,
    note,
    offer,
    open_trajectory,
    review_prosecution,
    second_read,
)

__all__ = [
    "accredit",
    "answer",
    "call_off",
    "contest",
    "end_stale",
    "erase_of",
    "finish",
    "import_travellers",
    "install",
    "known_already",
    "lists_to_take_back",
    "mark_read",
    "note",
    "offer",
    "open_trajectory",
    "plan",
    "record_result",
    "review_prosecution",
    "second_read",
    "settle",
    "take_back_travellers",
    "write",
]
