"""Statements and signals, official messages, movements, disclosures, and what leans on a statement."""

from samenhang.exchange.models.messages import OfficialMessage, OfficialMessageQuerySet
from samenhang.exchange.models.movements import Movement, MovementQuerySet
from samenhang.exchange.models.statements import (
    Disclosure,
    Holding,
    Reliance,
    Signal,
    Statement,
    holders,
    seats,
)

__all__ = [
    "Disclosure",
    "Holding",
    "Movement",
    "MovementQuerySet",
    "OfficialMessage",
    "OfficialMessageQuerySet",
    "Reliance",
    "Signal",
    "Statement",
    "holders",
    "seats",
]
