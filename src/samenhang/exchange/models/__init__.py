"""Statements and signals, official messages, movements, disclosures, and what leans on what."""

from samenhang.exchange.models.leaning import (
    Reconsideration,
    ReconsiderationQuerySet,
    Reliance,
    things_under,
)
from samenhang.exchange.models.messages import OfficialMessage, OfficialMessageQuerySet
from samenhang.exchange.models.movements import Movement, MovementQuerySet
from samenhang.exchange.models.recalling import Recall, RecallQuerySet, Refusal, RefusalQuerySet
from samenhang.exchange.models.statements import (
    Disclosure,
    Holding,
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
    "Recall",
    "RecallQuerySet",
    "Reconsideration",
    "ReconsiderationQuerySet",
    "Refusal",
    "RefusalQuerySet",
    "Reliance",
    "Signal",
    "Statement",
    "holders",
    "seats",
    "things_under",
]
