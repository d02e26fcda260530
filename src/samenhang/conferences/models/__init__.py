"""The records of a conference, and who may be in the room."""

from samenhang.conferences.models.meeting import Attendance, Conference, Invitee, Item, next_of
from samenhang.conferences.models.outcomes import Action, Decision, Dissent, Marker
from samenhang.conferences.models.papers import Paper

__all__ = [
    "Action",
    "Attendance",
    "Conference",
    "Decision",
    "Dissent",
    "Invitee",
    "Item",
    "Marker",
    "Paper",
    "next_of",
]
