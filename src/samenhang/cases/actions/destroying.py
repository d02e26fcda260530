"""Destroying a closed case, or a signal that became none: its records, what was known only for it, and keys.

The areas above took theirs first, in the same transaction: all of a case goes or
nothing. Keys go afterwards, because no database can take that back; a
certificate names them until they are gone, so that a crash in between is
finished at the next round.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from samenhang.access import policy
from samenhang.access.erasing import Gone, erase, forget_scopes
from samenhang.access.models import Protected, ProtectedQuerySet
from samenhang.cases.models import (
    Case,
    CaseParty,
    Certificate,
    Charge,
    Consent,
    Contribution,
    Hold,
    Inquiry,
    Notice,
    Position,
    Review,
    SharedItem,
    Takeover,
    ThirdParty,
    Transfer,
    Weighing,
)
from samenhang.cases.models.ending import forgotten_on, to_destroy, to_forget
from samenhang.cases.rules import NEXT, Status, check_transition
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement
from samenhang.foundation.emptying import cut_the_log
from samenhang.foundation.keys import key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.persons import actions as persons
from samenhang.persons.models import Person

_OVER = "it goes with its case"
# Kinds of record of which no certificate tells that a person stays for them: it is read by who may not know.
UNTOLD: set[str] = set()


def claim(case: Case, *, by: Actor) -> Case | None:
    """The case, locked, when it is still due: closed, past its day, and not held. Inside a transaction."""
    policy.require_function(by, "case.destroy")
    return to_destroy(by.today).filter(pk=case.pk).order_by().select_for_update().first()


def destroy(case: Case, above: Gone, *, by: Actor) -> Certificate:
    """The case itself with all that hangs on it; what the areas above took is told in the certificate.

    Inside the transaction in which they took it. A person stays whom another case,
    a signal under way or another law still needs; the certificate says for what.
    """
    policy.require_function(by, "case.destroy")
    check_transition(NEXT, Status(case.status), Status.DESTROYED)
    assert case.closed_at is not None
    assert case.destroy_on is not None
    person = Person.objects.unscoped(_OVER).get(pk=case.person_id)
    gone = Gone().add(above)
    gone.add(_moves_and_third_parties(case, by))
    for model in (Review, Hold, Takeover, Charge, CaseParty):
        gone.add(erase(model.objects.unscoped(_OVER).filter(case=case), by=by))
    gone.add(erase(Case.objects.unscoped(_OVER).filter(pk=case.pk), by=by))
    sources, leaned = exchange.erase_reliances(gone.scopes, by=by)
    gone.add(leaned)
    if case.weighing_id is not None:
        known, went = _weighed(Weighing.objects.unscoped(_OVER).get(pk=case.weighing_id), by)
        sources |= known
        gone.add(went)
    gone.add(exchange.erase_unneeded(sources, by=by))
    kept = _person(person, gone, by)

    certificate = certified(
        gone,
        kept,
        by=by,
        case=case.reference,
        municipality=case.municipality,
        closed_on=timezone.localtime(case.closed_at).date(),
        due_on=case.destroy_on,
    )
    record("case.destroyed", certificate, by=by, operation=Operation.ERASURE, basis="Wet PGA art. 9")
    return certificate


def destroy_keys(*, by: Actor, limit: int = 50) -> int:
    """Destroy the keys of what went and cut what the database still holds of it; returns how many cases.

    Outside a transaction. What a crash or a reader left is finished at the next round.
    """
    policy.require_function(by, "case.destroy")
    waiting = list(Certificate.objects.exclude(keys_left=[]).order_by("pk")[:limit])
    for certificate in waiting:
        for scope in certificate.keys_left:
            key_store().destroy(scope)
    if not waiting or not cut_the_log():
        return 0
    for certificate in waiting:
        certificate.keys_left = []
        certificate.save(update_fields=["keys_left"])
    return len(waiting)


def _moves_and_third_parties(case: Case, by: Actor) -> Gone:
    """What was offered to another municipality or shared with a third party, and what that disclosed."""
    moves = Transfer.objects.unscoped(_OVER).filter(case=case)
    thirds = ThirdParty.objects.unscoped(_OVER).filter(case=case)
    keys = [third.pk for third in thirds]
    items = SharedItem.objects.unscoped(_OVER).filter(third_party__in=keys)
    scopes = [case.scope, *(row.scope for row in moves), *(row.scope for row in items)]
    gone = exchange.erase_disclosures(scopes, by=by)
    asked = Contribution.objects.unscoped(_OVER).filter(transfer__in=[move.pk for move in moves])
    agreed = Consent.objects.unscoped(_OVER).filter(third_party__in=keys)
    for rows in (asked, moves.all(), agreed, items.all(), thirds.all()):
        gone.add(erase(rows, by=by))
    return gone


def forget_signals(*, by: Actor, limit: int = 50) -> int:
    """Destroy every signal that became no case and whose time is over; returns how many.

    With its weighing, what it said where nothing else needs that, and the person where nothing else is
    known. Outside a transaction; safe to stop anywhere, to repeat and to run twice at once.
    """
    policy.require_function(by, "case.destroy")
    done = sum(_forget(signal, by) for signal in to_forget(by.now)[:limit])
    if done:
        destroy_keys(by=by)
    return done


@transaction.atomic
def _forget(signal: Signal, by: Actor) -> bool:
    claimed = to_forget(by.now).filter(pk=signal.pk).order_by().select_for_update().first()
    if claimed is None:
        return False
    over = max(one for one in (claimed.submitted_at, claimed.weighed_at or claimed.withdrawn_at) if one)
    due = forgotten_on(claimed)
    assert due is not None
    destroy_signal(claimed, over, due, by=by)
    return True


def destroy_signal(claimed: Signal, over: datetime, due: date, *, by: Actor) -> Certificate:
    """The signal with its weighing, what it said where nothing else needs that, and the person likewise.

    over: since when nothing is done with it; what was written down later keeps the person. Inside a
    transaction in which the signal is locked, by a deed that was itself checked.
    """
    person = Person.objects.unscoped(_OVER).get(pk=claimed.person_id)
    weighing = Weighing.objects.unscoped(_OVER).filter(signal=claimed).first()
    weighed = weighing is not None and claimed.weighed_at is not None
    sources, gone = _weighed(weighing, by) if weighing else exchange.erase_signal(claimed, by=by)
    gone.add(exchange.erase_unneeded(sources, by=by))
    kept = _needed(person, over) or _person(person, gone, by)

    certificate = certified(
        gone,
        kept,
        by=by,
        case=weighing.reference if weighing and weighed else claimed.reference,
        municipality=claimed.municipality,
        closed_on=timezone.localdate(over),
        due_on=due,
    )
    record("signal.destroyed", certificate, by=by, operation=Operation.ERASURE, basis="Wet PGA art. 9")
    return certificate


def certified(gone: Gone, kept: Iterable[str], *, by: Actor, **about: Any) -> Certificate:
    """The certificate of what went; grants and blocks of its scopes go with it."""
    made: Certificate = Certificate.objects.create(
        destroyed_at=by.now,
        counts=dict(sorted(gone.counts.items())),
        kept_for=sorted(set(kept) - UNTOLD),
        keys_left=sorted(gone.scopes),
        **about,
    )
    forget_scopes(gone.scopes)
    return made


def _needed(person: Person, since: datetime) -> set[str]:
    """For what the person stays: a case, another signal, or what was written down since."""
    why = "whether the person is still needed"
    rows: dict[type[Protected], ProtectedQuerySet[Any]] = {
        Case: Case.objects.unscoped(why).filter(person=person),
        Signal: Signal.objects.unscoped(why).filter(person=person),
        Statement: Statement.objects.unscoped(why).about(person.pk).filter(known_at__gt=since),
    }
    return {model._meta.label for model, found in rows.items() if found.exists()}


def _weighed(weighing: Weighing, by: Actor) -> tuple[set[str], Gone]:
    """The weighing, its positions and its signal; and the references of what was weighed."""
    gone = Gone()
    for model in (Inquiry, Position, Notice):
        gone.add(erase(model.objects.unscoped(_OVER).filter(weighing=weighing), by=by))
    gone.add(erase(Weighing.objects.unscoped(_OVER).filter(pk=weighing.pk), by=by))
    sources, leaned = exchange.erase_reliances([weighing.reference], by=by)
    signal = Signal.objects.unscoped(_OVER).get(pk=weighing.signal_id)
    held, went = exchange.erase_signal(signal, by=by)
    return sources | held, gone.add(leaned).add(went)


def _person(person: Person, gone: Gone, by: Actor) -> set[str]:
    """The person and all that is left about them, unless something else still needs them."""
    needed = Case.objects.unscoped("another case about the same person").filter(person=person)
    under_way = Signal.objects.unscoped("still to be weighed").filter(person=person)
    if needed.exists():
        return {Case._meta.label}
    if under_way.filter(status__in=("received", "offered")).exists():
        return {Signal._meta.label}
    gone.add(exchange.erase_about(person, by=by))
    went, kept = persons.erase(person, by=by)
    gone.add(went)
    if kept:
        gone.add(persons.let_go(person, by=by))
    return kept
