"""Instruments, assessments and what leans on them; trajectories of return and reviews by a prosecutor."""

from samenhang.risk.models.assessments import (
    Answer,
    Assessment,
    Contest,
    Evidence,
    ExternalResult,
    Opinion,
    current,
)
from samenhang.risk.models.instruments import (
    Accreditation,
    InstrumentPack,
    accredited,
    instrument_of,
    instruments,
)
from samenhang.risk.models.returns import (
    Handover,
    Look,
    Passage,
    ProsecutionReview,
    Trajectory,
    last_look,
)

__all__ = [
    "Accreditation",
    "Answer",
    "Assessment",
    "Contest",
    "Evidence",
    "ExternalResult",
    "Handover",
    "InstrumentPack",
    "Look",
    "Opinion",
    "Passage",
    "ProsecutionReview",
    "Trajectory",
    "accredited",
    "current",
    "instrument_of",
    "instruments",
    "last_look",
]
