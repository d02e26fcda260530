"""Ending the quarantine of a message: a person decides, or its time is over."""

from functools import partial

from django.db import transaction

from samenhang.access import policy
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel import rules, spool
from samenhang.travel.models import Message
from samenhang.travel.rules import State, quarantine


@transaction.atomic
def release(message: Message, *, reason: str, by: Actor) -> Message:
    """Let it be read after all: again after a fix, or although its reference was used before.

    The caller reads it; what still cannot be read waits on by the same clock.
    Raises NotThere, NotYours, NotWaiting and NoReason.
    """
    message = _waiting(message, reason, by)

    rules.check_transition(rules.NEXT, State(message.state), State.RECEIVED)
    message.state, message.read_at, message.claimed_until = State.RECEIVED, None, None
    message.released = True
    message.save(update_fields=["state", "read_at", "claimed_until", "released"])

    record("message.released", message, by=by, operation=Operation.DECISION, reason=reason)
    return message


@transaction.atomic
def refuse(message: Message, *, reason: str, by: Actor) -> Message:
    """Destroy it now. Raises NotThere, NotYours, NotWaiting and NoReason."""
    message = _waiting(message, reason, by)
    _destroy(message, reason, by)
    return message


def empty_quarantine(*, by: Actor) -> int:
    """Destroy what waited its longest; returns how many. Safe to stop anywhere and to repeat."""
    policy.require_function(by, "message.read")
    over = Message.objects.unscoped("whose time in quarantine is over").overdue(by.now)
    return sum(_expire(message, by) for message in over[: rules.STEP])


@transaction.atomic
def _expire(message: Message, by: Actor) -> bool:
    rows = Message.objects.unscoped("to destroy it, unless somebody just decided").select_for_update()
    row = rows.overdue(by.now).filter(pk=message.pk).first()
    if row is not None:
        _destroy(row, "", by)
    return row is not None


def _waiting(message: Message, reason: str, by: Actor) -> Message:
    rows = Message.objects.unscoped("to decide about one").select_for_update()
    row: Message = rows.get(pk=message.pk)
    policy.require(by, "message.settle", row)
    quarantine.check_waits(row.state, row.received_at, by.now)
    quarantine.check_reason(reason)
    return row


def _destroy(message: Message, reason: str, by: Actor) -> None:
    """The row stays and says what was lost; without its digest the same file may come again."""
    rules.check_transition(rules.NEXT, State(message.state), State.DESTROYED)
    message.state, message.digest = State.DESTROYED, ""
    message.save(update_fields=["state", "digest"])
    record("message.destroyed", message, by=by, operation=Operation.ERASURE, reason=reason)
    transaction.on_commit(partial(spool.forget, message.reference))
