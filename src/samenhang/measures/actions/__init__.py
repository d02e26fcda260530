"""Everything that changes a measure: preparing, finding, deciding, running; and holding somebody."""

from samenhang.measures.actions.colliding import colliding
from samenhang.measures.actions.courts import annul, resume, suspend
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
from samenhang.measures.actions.running import (
    apply_terms,
    correct_notice,
    ease,
    lift,
    notify,
    renew,
    review,
    withdraw,
)

__all__ = [
    "annul",
    "apply_terms",
    "check",
    "check_observed",
    "colliding",
    "confirm_record",
    "correct_notice",
    "decide",
    "ease",
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
    "resume",
    "review",
    "suggest",
    "suspend",
    "withdraw",
    "withdraw_arrest",
]
