"""What stands around the data that the EU router passes on. FORMAT NOT PUBLISHED; REPLACE WHEN IT IS.

No act says yet how a delivery, a notice or a confirmation looks (Regulation (EU) 2025/13, art. 11(5), 12(6)
and 23(2) leave that to the Commission). This module is our own stand-in: one JSON object that carries what
the articles require and no more, so that everything behind it can be built and tested. When the format is
published, this file is rewritten; nothing outside it knows what an envelope looks like.

The data themselves are inside as the carrier sent them, because the router may not change them (art.
12(1)); their formats are known and are read by ``edifact``. Encryption in transit (art. 9(5)) belongs to
the link that hands the bytes over, and is not here.
"""

import json
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.router import Event, Moment, Party

PUBLISHED = False
LONGEST = 60  # characters of the router's name for a delivery
_LISTED = frozenset({Event.DELIVERY, Event.NOT_SENT, Event.WRONG_FORMAT, Event.DELETED, Event.UNLAWFUL})


class NotAnEnvelope(Refused):
    code = "not-an-envelope"
    status = 422


@dataclass(frozen=True, slots=True)
class Envelope:
    """One thing that the router sent.

    identity: the router's own name for it, used once. carrier: who operates the flight. kind: of data, for
    what is about data. about: the identity of the delivery that a notice is about. party: whose systems
    fail or work. content: the carrier's bytes, of a delivery.
    """

    identity: str
    event: Event
    sent_at: datetime
    carrier: str = ""
    kind: Kind | None = None
    moment: Moment = Moment.NONE
    flight: str = ""
    about: str = ""
    party: Party | None = None
    content: bytes = b""


def read(data: bytes) -> Envelope:
    """Raises NotAnEnvelope, also when the content is not what its digest says."""
    try:
        told = json.loads(data)
        return _envelope(told)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, NotBase64) as error:
        raise NotAnEnvelope(_("This is no delivery of the EU router, as far as we can read one.")) from error


def _envelope(told: dict[str, Any]) -> Envelope:
    event = Event(told["event"])
    found = Envelope(
        identity=_text(told["identity"], LONGEST),
        event=event,
        sent_at=datetime.fromisoformat(told["sent_at"]),
        carrier=_text(told.get("carrier", ""), 3),
        kind=Kind(told["data"]) if event in _LISTED else None,
        moment=Moment(told.get("moment", "")),
        flight=_text(told.get("flight", ""), 12),
        about=_text(told.get("about", ""), LONGEST),
        party=Party(told["party"]) if event not in _LISTED else None,
        content=b64decode(told["content"], validate=True) if event == Event.DELIVERY else b"",
    )
    if not found.identity or found.sent_at.tzinfo is None:
        raise ValueError("no identity, or a moment without a zone")
    if event in _LISTED and not found.carrier:
        raise ValueError("nobody's data")
    if event == Event.DELIVERY and sha256(found.content).hexdigest() != told["digest"]:
        raise ValueError("the content is not what was sent")
    return found


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise ValueError("not a short text")
    return value


def write(envelope: Envelope) -> bytes:
    """As the router would send it: for tests and for trying the link out."""
    told: dict[str, Any] = {
        "identity": envelope.identity,
        "event": envelope.event,
        "sent_at": envelope.sent_at.isoformat(),
        "carrier": envelope.carrier,
        "data": envelope.kind,
        "moment": envelope.moment,
        "flight": envelope.flight,
        "about": envelope.about,
        "party": envelope.party,
    }
    if envelope.event == Event.DELIVERY:
        told |= {
            "content": b64encode(envelope.content).decode(),
            "digest": sha256(envelope.content).hexdigest(),
        }
    return json.dumps(told).encode()


def write_confirmation(identity: str, received_at: datetime) -> bytes:
    """That a delivery came in (art. 12(3)): the router deletes it after this (art. 14(a)). Names nobody."""
    told = {"confirms": identity, "received_at": received_at.astimezone(UTC).isoformat()}
    return json.dumps(told).encode()


def write_selection(*, every: bool, routes: Sequence[str]) -> bytes:
    """Which flights within the Union the router passes on to us (art. 12(4)): all of them, or these."""
    return json.dumps({"all": every, "routes": list(routes)}).encode()
