"""The only two ways into the journal: a deed, and a reading."""

import os
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

from django.utils import timezone

from samenhang.foundation.keys import key_store
from samenhang.journal.actor import Actor
from samenhang.journal.rules import Envelope, Operation, distinct

if TYPE_CHECKING:
    from samenhang.journal.models import Entry

SALT = 16
SOFTWARE = version("samenhang")
REFERENCES_IN_ONE_ENTRY = 1000


class Referable(Protocol):
    """Anything with an opaque reference of its own."""

    reference: Any


def record(
    event: str,
    subject: "Referable | str | Sequence[Referable]",
    *,
    by: Actor,
    operation: Operation = Operation.ALTERATION,
    reason: str = "",
    recipients: Iterable[str] = (),
    basis: str = "",
) -> "Entry":
    """Write that a deed was done, inside the transaction of that deed.

    event: the verb in the past, ``case.closed``. subject: the record, its
    reference, or the records to which one deed was done. reason: free text;
    sealed under the key of the subject's scope, so that it dies with it.
    recipients: references of organisations that were given something. basis:
    the rule of law that allowed it. Raises ``django.db.Error`` when the journal
    cannot be written, which undoes the deed.
    """
    several = subject if isinstance(subject, Sequence) and not isinstance(subject, str) else ()
    reference = subject if isinstance(subject, str) else str(getattr(subject, "reference", ""))
    scope = str(getattr(subject, "scope", "")) or reference
    return _write(
        event,
        operation,
        by,
        subject=reference,
        scope=scope,
        reason=reason,
        references=[str(one.reference) for one in several],
        recipients=recipients,
        basis=basis,
    )


def record_reading(references: Iterable[str], *, by: Actor, event: str, outcome: str) -> None:
    """Write what an answer showed, before the answer leaves."""
    seen = distinct(references)
    # An export of many records stays one reading, told in several entries.
    chunks = [seen[i : i + REFERENCES_IN_ONE_ENTRY] for i in range(0, len(seen), REFERENCES_IN_ONE_ENTRY)]
    for chunk in chunks or [()]:
        _write(event, Operation.CONSULTATION, by, references=chunk, outcome=outcome)


def _write(
    event: str,
    operation: Operation,
    by: Actor,
    *,
    subject: str = "",
    scope: str = "",
    reason: str = "",
    references: Iterable[str] = (),
    recipients: Iterable[str] = (),
    outcome: str = "",
    basis: str = "",
) -> "Entry":
    # Imported late, so that every area can import ``journal`` while Django still loads its models.
    from samenhang.journal.models import Entry

    sealed = key_store().seal(scope, reason.encode(), context="journal.reason") if reason else b""
    envelope = Envelope(
        event=event,
        operation=operation.value,
        subject=subject,
        references=distinct(references),
        recipients=distinct(recipients),
        user=by.user,
        organisation=by.organisation,
        mandate=by.mandate,
        purpose=by.purpose,
        case=by.case,
        session=by.session,
        outcome=outcome,
        basis=basis,
        authentication=by.authentication,
        software=SOFTWARE,
        simulated=by.simulated,
        acted_at=by.now,
        recorded_at=timezone.now(),
        reason_scope=scope if reason else "",
        reason=sealed,
        salt=os.urandom(SALT),
    )
    return Entry.objects.create(
        envelope=envelope.canonical(),
        event=event,
        operation=operation,
        subject=subject,
        user=by.user,
        organisation=by.organisation,
        purpose=by.purpose,
        case=by.case,
        acted_at=by.now,
        recorded_at=envelope.recorded_at,
        simulated=by.simulated,
    )
