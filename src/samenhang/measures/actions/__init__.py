"""Everything that changes a measure: preparing, finding, deciding, running; and holding somebody."""

from samenhang.measures.actions.deciding import confirm_record, decide, record_decision
from samenhang.measures.actions.documents import open_document
from samenhang.measures.actions.erasing import erase_of, keep
from samenhang.measures.actions.finding import find
from samenhang.measures.actions.holding import (
    record_custody,
    release_person,
    report_arrest,
    withdraw_arrest,
)
from samenhang.measures.actions.observing import check_observed, observe
from samenhang.measures.actions.preparing import check, propose, suggest
from samenhang.measures.actions.running import apply_terms, lift, notify, renew, withdraw

__all__ = [
    "apply_terms",
    "check",
    "check_observed",
    "confirm_record",
    "decide",
    "erase_of",
    "find",
    "keep",
    "lift",
    "notify",
    "observe",
    "open_document",
    "propose",
    "record_custody",
    "record_decision",
    "release_person",
    "renew",
    "report_arrest",
    "suggest",
    "withdraw",
    "withdraw_arrest",
]
