"""Movements: written down, corrected by another, withdrawn."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.exchange import rules
from samenhang.exchange.actions.leaning import fall, lean_instead
from samenhang.exchange.actions.telling import tell
from samenhang.exchange.models import ConflictZone, Movement, holders
from samenhang.exchange.rules.movements import PURPOSES, Seen, category_of, check_seen
from samenhang.exchange.rules.receiving import Why
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.persons.models import Person
from samenhang.persons.rules import check_human


@transaction.atomic
def record_movement(person: Person, seen: Seen, *, by: Actor) -> Movement:
    """Write down what the actor's organisation knows of somebody's whereabouts. Given to nobody yet.

    Raises NotYours, NotThere, OnlyOfHumans, Incomplete, NotAZone.
    """
    policy.require(by, "movement.record", person)
    check_human(person.kind)
    check_seen(seen, by.today, ConflictZone.objects.zones())

    made = Movement(
        provider_id=by.organisation_id,
        person=person,
        category=category_of(by.authority),
        purposes=pack(PURPOSES),
        known_at=by.now,
        recorded_by=by.user,
        **asdict(seen),
    )
    made.scope = made.reference
    made.save()

    record("movement.recorded", made, by=by, operation=Operation.COLLECTION)
    return made


@transaction.atomic
def correct_movement(movement: Movement, seen: Seen, *, reason: str, by: Actor) -> Movement:
    """Put another movement in the place of a wrong one. The wrong one stays, as what was known until now."""
    movement = _own(movement, by)
    check_seen(seen, by.today, ConflictZone.objects.zones())
    rules.check_reason(reason)

    movement.superseded_at = by.now
    movement.save(update_fields=["superseded_at"])
    right = Movement(
        **movement.protection(),
        person_id=movement.person_id,
        known_at=by.now,
        recorded_by=by.user,
        corrects=movement,
        **asdict(seen),
    )
    right.save()
    fall(movement, reason=reason, by=by)
    tell([movement.scope], Why.CORRECTED, by=by)
    lean_instead(right, instead_of=movement, by=by)

    record("movement.corrected", right, by=by, reason=reason, recipients=holders(movement, by.now))
    return right


@transaction.atomic
def withdraw_movement(movement: Movement, *, reason: str, by: Actor) -> Movement:
    """Take a movement back: it was not so, and nothing comes in its place."""
    movement = _own(movement, by)
    rules.check_reason(reason)

    movement.withdrawn_at = by.now
    movement.save(update_fields=["withdrawn_at"])
    fall(movement, reason=reason, by=by)
    tell([movement.scope], Why.WITHDRAWN, by=by)

    record("movement.withdrawn", movement, by=by, reason=reason, recipients=holders(movement, by.now))
    return movement


def _own(movement: Movement, by: Actor) -> Movement:
    movement = Movement.objects.unscoped("locked").select_for_update().get(pk=movement.pk)
    policy.require(by, "movement.record", movement)
    rules.check_provider(movement.provider_id, by.organisation_id)
    if movement.superseded_at is not None or movement.withdrawn_at is not None:
        raise rules.IllegalTransition(_("This movement was already corrected or withdrawn."))
    return movement
