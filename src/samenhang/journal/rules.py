"""The envelope of an entry: which fields, in which order, as which bytes.

The envelope is final: the log that proves it hashes these bytes and nothing
else, so changing them means a new version beside the old one.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import TextChoices

VERSION = "samenhang-entry/1"


class Operation(TextChoices):
    """The six operations of LED (EU) 2016/680 art. 25(1), and what surrounds them."""

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    LOGIN = "login"
    DECISION = "decision"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Envelope:
    """What one entry says. All fields are opaque references, codes or moments."""

    event: str
    operation: str
    subject: str
    references: tuple[str, ...]
    recipients: tuple[str, ...]
    user: str
    organisation: str
    mandate: str
    purpose: str
    case: str
    session: str
    outcome: str
    basis: str
    authentication: str
    software: str
    simulated: bool
    acted_at: datetime
    recorded_at: datetime
    reason_scope: str
    reason: bytes
    salt: bytes

    def canonical(self) -> bytes:
        """The one sequence of bytes for this entry: JSON, keys sorted, ASCII, no spaces."""
        fields = {name: _plain(getattr(self, name)) for name in self.__slots__}
        text = json.dumps(
            {"version": VERSION, **fields}, sort_keys=True, separators=(",", ":"), ensure_ascii=True
        )
        return text.encode("ascii")


def _plain(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case bytes():
            return value.hex()
        case tuple():
            return list(value)
        case _:
            return value


def distinct(references: Iterable[str]) -> tuple[str, ...]:
    """Sorted and once each, so that the same reading always gives the same bytes."""
    return tuple(sorted(set(references)))
