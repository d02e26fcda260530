"""Weighings and positions, cases, parties and who leads, reviews, holds and certificates."""

from samenhang.cases.models.casework import Case, CaseParty, covenant_between, partners_of
from samenhang.cases.models.ending import Certificate, Hold, Review
from samenhang.cases.models.keeping import Charge, Takeover
from samenhang.cases.models.moving import Contribution, Transfer
from samenhang.cases.models.third_parties import Consent, SharedItem, ThirdParty
from samenhang.cases.models.weighing import Notice, Position, SideBySide, Weighing, side_by_side

__all__ = [
    "Case",
    "CaseParty",
    "Certificate",
    "Charge",
    "Consent",
    "Contribution",
    "Hold",
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
    "side_by_side",
]
