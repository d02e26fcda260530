"""Checks what was typed about signals and cases; what may be done is for the rules."""

from samenhang.cases.forms.casework import Caseload, Close, Hold, LookInto, Review
from samenhang.cases.forms.fields import Reason
from samenhang.cases.forms.people import Admit, Appoint, HandOver, Say, ThirdParty, Transfer
from samenhang.cases.forms.reporting import (
    ChildReport,
    Position,
    Signal,
    SignalAbout,
    SignalAboutOrganisation,
    TakeUp,
)
from samenhang.exchange.forms import Statement
from samenhang.exchange.forms.conditions import Conditions
from samenhang.foundation.inputs import choose

__all__ = [
    "Admit",
    "Appoint",
    "Caseload",
    "ChildReport",
    "Close",
    "Conditions",
    "HandOver",
    "Hold",
    "LookInto",
    "Position",
    "Reason",
    "Review",
    "Say",
    "Signal",
    "SignalAbout",
    "SignalAboutOrganisation",
    "Statement",
    "TakeUp",
    "ThirdParty",
    "Transfer",
    "choose",
]
