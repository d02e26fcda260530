"""Legal bases; messages, flights, passengers, and who was named where."""

from samenhang.travel.models.bases import LegalBasis
from samenhang.travel.models.passengers import Flight, Message, Observation, Passenger

__all__ = ["Flight", "LegalBasis", "Message", "Observation", "Passenger"]
