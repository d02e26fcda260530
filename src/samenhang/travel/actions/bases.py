"""Switching the processing of travel data on and off, for a kind and for days."""

from django.db import transaction

from samenhang.access.rules import NotThere, NotYours, may_do
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel.models import LegalBasis
from samenhang.travel.rules import bases
from samenhang.travel.rules.bases import Switched

DEED = "travel.set-basis"


def may_switch(*, by: Actor) -> bool:
    """Whether this person is an official of the ministry who may switch."""
    return may_do(DEED, by.roles) and by.authority == bases.MINISTRY and by.human


@transaction.atomic
def switch_on(wanted: Switched, *, reason: str, by: Actor) -> LegalBasis:
    """From then until then this kind of data may be received and read. Raises NotYours, NotAnswerable."""
    _require(by)
    bases.check_answerable(wanted.basis, reason, wanted.starts_on, wanted.ends_on)

    row = LegalBasis.objects.create(
        kind=wanted.kind,
        basis=wanted.basis.strip(),
        reason=reason.strip(),
        starts_on=wanted.starts_on,
        ends_on=wanted.ends_on,
        set_by_id=by.user_id,
        set_at=by.now,
    )

    record(
        "legal-basis.switched-on",
        row,
        by=by,
        operation=Operation.DECISION,
        reason=reason,
        basis=row.basis[:60],
    )
    return row


def find_basis(reference: str, *, by: Actor) -> LegalBasis:
    """For who may end it. Raises NotYours, NotThere."""
    _require(by)
    row = LegalBasis.objects.filter(reference=reference).first()
    if row is None:
        raise NotThere
    return row


@transaction.atomic
def switch_off(basis: LegalBasis, *, reason: str, by: Actor) -> LegalBasis:
    """From today on nothing is received on it. Raises NotYours, NotAnswerable, EndedBefore."""
    _require(by)
    row = LegalBasis.objects.select_for_update().get(pk=basis.pk)
    bases.check_reason(reason)
    bases.check_ends_now(row.ended_on)

    row.ended_on, row.ended_by_id = by.today, by.user_id
    row.save(update_fields=["ended_on", "ended_by"])

    record("legal-basis.switched-off", row, by=by, operation=Operation.DECISION, reason=reason)
    return row


def _require(by: Actor) -> None:
    if not may_switch(by=by):
        raise NotYours
