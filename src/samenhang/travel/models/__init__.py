"""What the ministry decided; the EU router; messages, flights, passengers; requests to unmask."""

from samenhang.travel.models.bases import FlightSelection, KeepingTerm, LegalBasis
from samenhang.travel.models.carriers import Delivery
from samenhang.travel.models.passengers import Flight, Message, Observation, Passenger
from samenhang.travel.models.router import RouterEvent, RouterFailure, RouterUse
from samenhang.travel.models.tally import ExaminationTally
from samenhang.travel.models.unmasking import Unmasking

AnyDecision = LegalBasis | KeepingTerm | FlightSelection | RouterUse

__all__ = [
    "AnyDecision",
    "Delivery",
    "ExaminationTally",
    "Flight",
    "FlightSelection",
    "KeepingTerm",
    "LegalBasis",
    "Message",
    "Observation",
    "Passenger",
    "RouterEvent",
    "RouterFailure",
    "RouterUse",
    "Unmasking",
]
