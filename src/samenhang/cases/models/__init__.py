"""Weighings and positions, cases, parties and who leads, reviews, holds and certificates."""

from samenhang.cases.models.casework import Case, CaseParty, covenant_between, partners_of
from samenhang.cases.models.ending import Certificate, Hold, Review
from samenhang.cases.models.keeping import Charge, Takeover
from samenhang.cases.models.moving import Contribution, Transfer
from samenhang.cases.models.third_parties import Consent, SharedItem, ThirdParty
from samenhang.cases.models.weighing import (
    Inquiry,
    Notice,
    Position,
    SideBySide,
    Weighing,
    round_by_round,
    side_by_side,
)

__all__ = [
    "Case",
    "CaseParty",
    "Certificate",
    "Charge",
    "Consent",
    "Contribution",
    "Hold",
    "Inquiry",
    "Notice",
    "Position",
    "Review",
    "SharedItem",
    "SideBySide",
    "Takeover",
    "ThirdParty",
    "Transfer",
    "Weighing",
    "covenant_between",
    "partners_of",
    "round_by_round",
    "side_by_side",
]
