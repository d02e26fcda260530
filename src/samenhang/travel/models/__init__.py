"""Legal bases; messages, flights, passengers, and who was named where; who asks to see a masked one."""

from samenhang.travel.models.bases import LegalBasis
from samenhang.travel.models.passengers import Flight, Message, Observation, Passenger
from samenhang.travel.models.unmasking import Unmasking

__all__ = ["Flight", "LegalBasis", "Message", "Observation", "Passenger", "Unmasking"]
