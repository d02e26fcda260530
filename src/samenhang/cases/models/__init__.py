"""Weighings and positions, cases and parties, reviews, holds and certificates."""

from samenhang.cases.models.casework import Case, CaseParty, covenant_between
from samenhang.cases.models.ending import Certificate, Hold, Review
from samenhang.cases.models.weighing import Notice, Position, SideBySide, Weighing, side_by_side

__all__ = [
    "Case",
    "CaseParty",
    "Certificate",
    "Hold",
    "Notice",
    "Position",
    "Review",
    "SideBySide",
    "Weighing",
    "covenant_between",
    "side_by_side",
]
