"""What an official of the ministry decides for some days: whether, how long, which flights, which way."""

from dataclasses import asdict, replace
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import F

from samenhang.access.rules import NotThere, NotYours, may_do
from samenhang.foundation.once import forget
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel.models import (
    AnyDecision,
    FlightSelection,
    KeepingTerm,
    LegalBasis,
    Passenger,
    RouterUse,
)
from samenhang.travel.rules import bases, keeping, router, territory
from samenhang.travel.rules.bases import Switched
from samenhang.travel.rules.keeping import Term
from samenhang.travel.rules.router import Use
from samenhang.travel.rules.territory import Selection

_Row = TypeVar("_Row", LegalBasis, KeepingTerm, FlightSelection, RouterUse)

DEED = "travel.set-basis"
ENDED = {
    LegalBasis: "legal-basis.switched-off",
    KeepingTerm: "keeping-term.ended",
    FlightSelection: "flight-selection.ended",
    RouterUse: "router-use.ended",
}


def may_switch(*, by: Actor) -> bool:
    """Whether this person is an official of the ministry who may switch."""
    return may_do(DEED, by.roles) and by.authority == bases.MINISTRY and by.human


@transaction.atomic
def switch_on(wanted: Switched, *, reason: str, by: Actor) -> LegalBasis:
    """From then until then this kind of data may be received and read.

    Raises NotYours, NotAnswerable, and StoredElsewhere where nobody says that the data stand in the Union.
    """
    _require(by)
    if not by.simulated:
        territory.check_stored(settings.STORED_IN, by.today)
    bases.check_answerable(wanted.basis, reason, wanted.starts_on, wanted.ends_on)

    return _decided(LegalBasis, wanted, "legal-basis.switched-on", reason=reason, by=by)


@transaction.atomic
def set_term(wanted: Term, *, reason: str, by: Actor) -> KeepingTerm:
    """Keep what is received on these days longer than six months.

    Raises NotYours, NotAnswerable, BeyondTheLaw.
    """
    _require(by)
    keeping.check_months(wanted.months)
    bases.check_answerable(wanted.basis, reason, wanted.starts_on, wanted.ends_on)

    return _decided(KeepingTerm, wanted, "keeping-term.set", reason=reason, by=by)


@transaction.atomic
def select_flights(wanted: Selection, *, reason: str, by: Actor) -> FlightSelection:
    """Let flights within the Union in on these days. Raises NotYours, NotAnswerable, NotSelectable."""
    _require(by)
    wanted = replace(wanted, routes=territory.tidy(wanted.routes))
    bases.check_answerable(wanted.basis, reason, wanted.starts_on, wanted.ends_on)
    territory.check_selection(wanted)

    return _decided(FlightSelection, wanted, "flights.selected", reason=reason, by=by)


@transaction.atomic
def use_router(wanted: Use, *, reason: str, by: Actor) -> RouterUse:
    """Let the EU router bring this kind of data on these days.

    Raises NotYours, NotAnswerable, NotPossibleYet.
    """
    _require(by)
    wanted = replace(wanted, carriers=router.tidy(wanted.carriers))
    bases.check_answerable(wanted.basis, reason, wanted.starts_on, wanted.ends_on)
    router.check_use(wanted)

    return _decided(RouterUse, wanted, "router-use.set", reason=reason, by=by)


def find_decision(kind: type[_Row], reference: str, *, by: Actor) -> _Row:
    """For who may end it. Raises NotYours, NotThere."""
    _require(by)
    row: _Row | None = kind.objects.filter(reference=reference).first()
    if row is None:
        raise NotThere
    return row


@transaction.atomic
def switch_off(basis: AnyDecision, *, reason: str, by: Actor) -> AnyDecision:
    """From today on it holds no more. Whom an ended term kept longer has the usual six months again.

    Raises NotYours, NotAnswerable, EndedBefore.
    """
    _require(by)
    row = type(basis).objects.select_for_update().get(pk=basis.pk)
    bases.check_reason(reason)
    bases.check_ends_now(row.ended_on)

    row.ended_on, row.ended_by_id = by.today, by.user_id
    row.save(update_fields=["ended_on", "ended_by"])
    if isinstance(row, KeepingTerm):
        kept = Passenger.objects.unscoped("nothing keeps them longer").filter(kept_for=row.reference)
        # The usual term and that of masking are the same six months.
        kept.update(delete_on=F("mask_on"), kept_for="")
    forget()

    record(ENDED[type(row)], row, by=by, operation=Operation.DECISION, reason=reason)
    return row


def _decided(
    model: type[_Row], wanted: Switched | Term | Selection | Use, event: str, *, reason: str, by: Actor
) -> _Row:
    """The decision as a row, its fields those of what was wanted; it holds from the next question on."""
    row: _Row = model.objects.create(
        **asdict(wanted) | {"basis": wanted.basis.strip()},
        reason=reason.strip(),
        set_by_id=by.user_id,
        set_at=by.now,
    )
    forget()

    record(event, row, by=by, operation=Operation.DECISION, reason=reason, basis=row.basis[:60])
    return row


def _require(by: Actor) -> None:
    if not may_switch(by=by):
        raise NotYours
