"""Everything that changes a criminal case: running it, proving, and what goes by itself."""

from samenhang.prosecution.actions.erasing import destroy_due
from samenhang.prosecution.actions.lapsing import lapse_unreviewed
from samenhang.prosecution.actions.proving import (
    fallen,
    move_evidence,
    note_evidence,
    note_offence,
    sources,
    withdraw_offence,
)
from samenhang.prosecution.actions.running import close, move_on, name_roles, open_case, review

__all__ = [
    "close",
    "destroy_due",
    "fallen",
    "lapse_unreviewed",
    "move_evidence",
    "move_on",
    "name_roles",
    "note_evidence",
    "note_offence",
    "open_case",
    "review",
    "sources",
    "withdraw_offence",
]
