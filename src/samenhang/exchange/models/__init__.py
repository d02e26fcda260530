"""Statements and signals, official messages, movements, disclosures, and what leans on what."""

from samenhang.exchange.models.asking import (
    Question,
    QuestionQuerySet,
    ReceivedQuestion,
    ReceivedQuestionQuerySet,
    RegisteredQuestion,
    RegisteredQuestionQuerySet,
)
from samenhang.exchange.models.leaning import (
    Reconsideration,
    ReconsiderationQuerySet,
    Reliance,
    things_under,
)
from samenhang.exchange.models.messages import OfficialMessage, OfficialMessageQuerySet
from samenhang.exchange.models.movements import Movement, MovementQuerySet
from samenhang.exchange.models.recalling import (
    Recall,
    RecallQuerySet,
    Refusal,
    RefusalQuerySet,
    is_outside,
    officers_of,
)
from samenhang.exchange.models.statements import (
    Disclosure,
    Holding,
    Signal,
    Statement,
    holders,
    seats,
)
from samenhang.exchange.models.tally import OutcomeTally
from samenhang.exchange.models.zones import ConflictZone

__all__ = [
    "ConflictZone",
    "Disclosure",
    "Holding",
    "Movement",
    "MovementQuerySet",
    "OfficialMessage",
    "OfficialMessageQuerySet",
    "OutcomeTally",
    "Question",
    "QuestionQuerySet",
    "Recall",
    "RecallQuerySet",
    "ReceivedQuestion",
    "ReceivedQuestionQuerySet",
    "Reconsideration",
    "ReconsiderationQuerySet",
    "Refusal",
    "RefusalQuerySet",
    "RegisteredQuestion",
    "RegisteredQuestionQuerySet",
    "Reliance",
    "Signal",
    "Statement",
    "holders",
    "is_outside",
    "officers_of",
    "seats",
    "things_under",
]
