"""Taking bytes in, once; and sweeping what a stopped process left behind."""

from dataclasses import dataclass
from hashlib import sha256

from django.db import IntegrityError, transaction

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.foundation.identifiers import new_reference
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel import rules, spool
from samenhang.travel.models import LegalBasis, Message, RouterFailure
from samenhang.travel.rules import State, bases, quarantine
from samenhang.travel.rules.permitted import plain
from samenhang.travel.rules.router import DIRECTLY, Channel, Way


@dataclass(frozen=True, slots=True)
class Receipt:
    """The message these bytes are. duplicate: they were received before."""

    message: Message
    duplicate: bool


def receive(data: bytes, *, name: str, by: Actor, way: Way = DIRECTLY) -> Receipt:
    """Keep the bytes until they are read. The same bytes again are the same message.

    name: how the sender called the file. way: how it came. Raises NotYours, TooLarge, and NoLegalBasis: then
    nothing is kept but that something came.
    """
    policy.require_function(by, "message.receive")
    _check_open(len(data), by)
    rules.check_size(len(data))
    digest = sha256(data).hexdigest()
    known = _known(digest)
    if known is not None:
        return _again(known, data, by)
    reference = new_reference("B")
    # On disk before the row: a row whose bytes are lost could never be read.
    with spool.arriving():
        spool.keep(reference, data)
        try:
            return Receipt(_register(reference, digest, len(data), name, by, way), duplicate=False)
        except IntegrityError:
            spool.forget(reference)
            known = _known(digest)
    if known is None:
        raise RuntimeError("the row that refused this digest is not there")
    return _again(known, data, by)


def _check_open(size: int, by: Actor) -> None:
    try:
        bases.check_open(LegalBasis.objects.kinds_on(by.today), by.today)
    except bases.NoLegalBasis:
        _note_refusal(size, by)
        raise


@transaction.atomic
def _note_refusal(size: int, by: Actor) -> None:
    """That something came and was refused. No name of the file, no digest, no content."""
    message = Message.objects.create(
        reference=(reference := new_reference("B")),
        scope=reference,
        provider_id=by.organisation_id,
        category=rules.CATEGORY,
        purposes=pack(rules.KEPT_FOR),
        state=State.REFUSED,
        size=size,
        received_at=by.now,
        read_at=by.now,
    )
    record("message.refused", message, by=by, operation=Operation.ERASURE)


@transaction.atomic
def _register(reference: str, digest: str, size: int, name: str, by: Actor, way: Way) -> Message:
    message: Message = Message.objects.create(
        reference=reference,
        scope=reference,
        provider_id=by.organisation_id,
        category=rules.CATEGORY,
        purposes=pack(rules.KEPT_FOR),
        digest=digest,
        name=plain(name, 120),
        size=size,
        received_at=by.now,
        channel=_channel(way),
        moment=way.moment,
    )
    record("message.received", message, by=by, operation=Operation.COLLECTION)
    return message


def _channel(way: Way) -> Channel:
    """What a carrier sends that was asked, while the router fails, stands in for what the router brings."""
    if way.channel == Channel.DIRECT and RouterFailure.objects.asked():
        return Channel.STAND_IN
    return way.channel


@transaction.atomic
def _again(known: Message, data: bytes, by: Actor) -> Receipt:
    if known.state == State.RECEIVED and not spool.holds(known.reference):
        # Its bytes were lost, with a disk for instance: these are the same ones.
        spool.keep(known.reference, data)
    record("message.received-again", known, by=by, operation=Operation.COLLECTION)
    return Receipt(known, duplicate=True)


def _known(digest: str) -> Message | None:
    return Message.objects.unscoped("to know whether these bytes came before").filter(digest=digest).first()


def sweep(*, by: Actor) -> int:
    """Destroy bytes and keys that no message needs that is unread or in quarantine; returns of how many.

    A process that was stopped leaves them: between writing and registering, or
    between reading and forgetting. Does nothing while somebody is receiving.
    """
    policy.require_function(by, "message.read")
    with spool.at_rest() as alone:
        left = spool.references() - _needed() if alone else set()
        for reference in sorted(left):
            spool.forget(reference)
            record("spool.swept", reference, by=by, operation=Operation.ERASURE)
    return len(left)


def _needed() -> set[str]:
    rows = Message.objects.unscoped("to keep the bytes of what was not read yet")
    needed = rows.filter(state__in=(State.RECEIVED, *quarantine.WAITING))
    return set(needed.values_list("reference", flat=True))
