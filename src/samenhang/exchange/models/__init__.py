"""Statements and signals, official messages, movements, disclosures, and what leans on what."""

from samenhang.exchange.models.asking import (
    Inquiry,
    InquiryQuerySet,
    Question,
    QuestionQuerySet,
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

__all__ = [
    "Disclosure",
    "Holding",
    "Inquiry",
    "InquiryQuerySet",
    "Movement",
    "MovementQuerySet",
    "OfficialMessage",
    "OfficialMessageQuerySet",
    "Question",
    "QuestionQuerySet",
    "Recall",
    "RecallQuerySet",
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
