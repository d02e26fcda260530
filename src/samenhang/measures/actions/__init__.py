"""Everything that changes a measure: preparing, deciding, running."""

from samenhang.measures.actions.deciding import confirm_record, decide, record_decision
from samenhang.measures.actions.documents import open_document
from samenhang.measures.actions.preparing import check, propose, suggest
from samenhang.measures.actions.running import apply_terms, lift, notify, renew, withdraw

__all__ = [
    "apply_terms",
    "check",
    "confirm_record",
    "decide",
    "lift",
    "notify",
    "open_document",
    "propose",
    "record_decision",
    "renew",
    "suggest",
    "withdraw",
]
