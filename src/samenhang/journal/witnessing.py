"""Showing the heads of the log to its witnesses, who keep them elsewhere and co-sign (C2SP tlog-witness)."""

import logging
import threading
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import Request as WebRequest
from urllib.request import urlopen

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.journal import tree
from samenhang.journal.models import Cosignature, Head, Leaf
from transparency import merkle, witness
from transparency.notes import DASH

log = logging.getLogger(__name__)

# Leaf hashes in one request: 32 bytes each.
STEP = 500_000
TIMEOUT = 20  # seconds
EVERY = 60.0  # seconds between two looks for a new head


class WitnessRefuses(Refused):
    """The witness does not co-sign: this log does not continue what it saw, or is not known to it."""

    code = "witness-refuses"


class WitnessAway(Refused):
    code = "witness-away"
    status = 503


class OverHttp:
    """A witness at an address, with the two calls of a witness in a folder."""

    def __init__(self, address: str) -> None:
        if not address.startswith(("https://", "http://")):
            raise WitnessAway(_("A witness has an address that begins with https:// or is a folder."))
        self._address = address.rstrip("/")

    def add(self, request: witness.Request, _at: int) -> str:
        return self._post("add-checkpoint", request.written().encode())

    def add_hashes(self, origin: str, start: int, hashes: bytes) -> int:
        return int(self._post(f"add-hashes/{start}/{quote(origin, safe='')}", hashes))

    def _post(self, call: str, body: bytes) -> str:
        asked = WebRequest(f"{self._address}/{call}", body, method="POST")  # noqa: S310 - checked above
        try:
            with urlopen(asked, timeout=TIMEOUT) as answer:  # noqa: S310
                text: str = answer.read(100_000).decode()
                return text
        except HTTPError as error:
            said = error.read(1000).decode(errors="replace")
            raise witness.Refused(error.code, said.strip(), said) from error
        except (URLError, OSError) as error:
            raise WitnessAway(_("The witness at %s does not answer.") % self._address) from error


def reach(place: str) -> "OverHttp | witness.Witness":
    """The witness at an address or in a folder of this machine. Raises WitnessAway."""
    if (Path(place) / "witness.key").exists():
        return witness.Witness(Path(place))
    return OverHttp(place)


def show(place: str) -> int:
    """Bring a witness up to date and keep its co-signatures; gives the size it has now.

    Raises WitnessRefuses when it objects, which is the alarm that it is for; WitnessAway.
    """
    there, last = reach(place), tree.head()
    if last is None:
        return 0
    size = _hashes_kept(there, tree.as_checkpoint(last).origin)
    while True:
        heads = Head.objects.filter(size__gt=size).order_by("size")
        head = _show_head(there, heads.filter(size__lte=size + STEP).last() or heads.first() or last)
        if head.size > size:
            origin = tree.as_checkpoint(head).origin
            try:
                size = there.add_hashes(origin, size, _hashes(size, head.size))
            except witness.Refused as refusal:
                raise WitnessRefuses(str(refusal)) from refusal
        if size >= last.size:
            return size


def keep_witnessed(stop: threading.Event) -> None:
    """Show every witness of the settings the newest head, as long as there are new ones."""
    shown: dict[str, int] = {}
    while settings.WITNESSES and not stop.wait(EVERY):
        close_old_connections()
        for place in settings.WITNESSES:
            try:
                head = tree.head()
                if head is not None and shown.get(place) != head.size:
                    shown[place] = show(place)
            except WitnessRefuses as refusal:
                log.critical("the witness %s refuses the log: %s", place, refusal)
            except (Refused, DatabaseError) as error:
                log.error("the witness %s was not shown the log: %s", place, type(error).__name__)
    connection.close()


def _hashes_kept(there: "OverHttp | witness.Witness", origin: str) -> int:
    """Of how many entries the witness has the hash: it says so when it is offered the wrong ones."""
    try:
        return there.add_hashes(origin, 0, b"")
    except witness.Refused as refusal:
        return int(refusal.body) if refusal.status == 409 and refusal.body.strip().isdecimal() else 0


def _show_head(there: "OverHttp | witness.Witness", head: Head) -> Head:
    """Have this head co-signed, or the later one that the witness has already; gives which."""
    old = 0
    for _attempt in range(2):
        try:
            line = there.add(_request(old, head), int(timezone.now().timestamp()))
        except witness.Refused as refusal:
            if refusal.status != 409 or not refusal.body.strip().isdecimal():
                raise WitnessRefuses(str(refusal)) from refusal
            old = int(refusal.body)
            if old > head.size:
                later = Head.objects.filter(pk=old).first()
                if later is None:
                    raise WitnessRefuses(
                        _("The witness saw a log of %d entries, and this one never had so many.") % old
                    ) from refusal
                return later
        else:
            name = line.removeprefix(DASH).partition(" ")[0]
            Cosignature.objects.get_or_create(head=head, witness=name, defaults={"line": line})
            return head
    raise WitnessRefuses(_("The witness keeps another head for this size."))


def _request(old: int, head: Head) -> witness.Request:
    return witness.Request(old, merkle.consistency_proof(old, head.size, tree.Nodes()), head.note)


def _hashes(start: int, stop: int) -> bytes:
    rows = Leaf.objects.filter(position__gte=start, position__lt=stop).order_by("position")
    return b"".join(bytes(value) for value in rows.values_list("hash", flat=True))
