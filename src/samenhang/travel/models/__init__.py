"""What the ministry decided; messages, flights, passengers; who was named where; requests to unmask."""

from samenhang.travel.models.bases import AnyDecision, FlightSelection, KeepingTerm, LegalBasis
from samenhang.travel.models.carriers import Delivery
from samenhang.travel.models.passengers import Flight, Message, Observation, Passenger
from samenhang.travel.models.tally import ExaminationTally
from samenhang.travel.models.unmasking import Unmasking

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
    "Unmasking",
]
