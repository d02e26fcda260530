"""Instruments and who may use them; assessments, opinions and answers; results from elsewhere."""

from samenhang.risk.models.assessments import Answer, Assessment, Contest, Evidence, ExternalResult, Opinion
from samenhang.risk.models.instruments import (
    Accreditation,
    InstrumentPack,
    accredited,
    instrument_of,
    instruments,
)

__all__ = [
    "Accreditation",
    "Answer",
    "Assessment",
    "Contest",
    "Evidence",
    "ExternalResult",
    "InstrumentPack",
    "Opinion",
    "accredited",
    "instrument_of",
    "instruments",
]
