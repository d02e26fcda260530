"""EDIFACT passenger messages to frozen dataclasses. Standard library only.

    >>> from edifact import read
    >>> [message.type for message in read(b"UNB+...")]

read() takes the bytes of a file as it came, with the headers, footers, line wraps and
mistakes of real carriers, and gives its messages. What could not be read is a Problem
beside the result, with its byte offset; nothing raises. The library has no clock, no
settings and no opinion on what may be kept.

Words: a file holds *interchanges* (UNB to UNZ), an interchange *messages* (UNH to UNT), a
message *segments* (a tag and its *elements*), an element *components*. PAXLST lists
passengers or crew; PNRGOV carries *records* (PNRs) of bookings; CUSRES is an answer.
"""

from edifact.joining import joined
from edifact.reading import read, stream
from edifact.records import (
    Address,
    Answer,
    Change,
    Contact,
    Document,
    Flight,
    Message,
    Name,
    Passenger,
    Problem,
    Record,
    Service,
)
from edifact.write import write, write_paxlst, write_pnrgov

__all__ = [
    "Address", "Answer", "Change", "Contact", "Document", "Flight", "Message", "Name", "Passenger",
    "Problem", "Record", "Service", "joined", "read", "stream", "write", "write_paxlst", "write_pnrgov",
]  # fmt: skip
