"""What ends after six months: names, for everybody but those kept for objective evidence."""

from datetime import date
from functools import partial

from django.db import transaction

from samenhang.access import policy
from samenhang.access.actions import end_grants
from samenhang.access.models import Grant
from samenhang.foundation.keys import destroy_on_commit, key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel import rules, sealing
from samenhang.travel.models import Observation, Passenger


def mask(*, by: Actor) -> int:
    """Delete whose time is over, seal apart who is kept, destroy the keys of those days; returns how many.

    Comes after the areas above forgot what they hold of them. Safe to stop anywhere and to
    repeat: the key of a day goes last, when nothing of that day is under it any more.
    """
    policy.require_function(by, "passenger.mask")
    done = 0
    while kept := _kept(by):
        done += _seal_apart(kept, by)
    while over := _over(by):
        done += _erase(over, by)
    for scope in key_store().scopes(sealing.DAY):
        if rules.mask_on(date.fromisoformat(scope.removeprefix(sealing.DAY))) <= by.today:
            _destroy(scope, by)
    return done


def _kept(by: Actor) -> list[int]:
    rows = Passenger.objects.unscoped("whom evidence keeps").due_for_masking(by.today)
    return list(rows.filter(delete_on__gt=by.today).values_list("pk", flat=True)[: rules.STEP])


@transaction.atomic
def _seal_apart(keys: list[int], by: Actor) -> int:
    """Under a key of their own, which is opened on nobody's page: see ``Passenger.told``."""
    rows = Passenger.objects.unscoped("to mask them").select_for_update().filter(pk__in=keys, masked_at=None)
    found = list(rows)
    for row in found:
        told = row.told
        row.sealed_under = sealing.of_one(row.reference)
        row.tell(told)
        row.masked_at = by.now
        row.save(update_fields=["sealed", "sealed_under", "masked_at"])
        record("passenger.masked", row, by=by, basis="PNR-wet art. 20(1)(d)")
    return len(found)


def _over(by: Actor) -> list[Passenger]:
    rows = Passenger.objects.unscoped("whose time is over").due_for_deletion(by.today)
    return list(rows[: rules.STEP])


@transaction.atomic
def _erase(passengers: list[Passenger], by: Actor) -> int:
    references = [row.reference for row in passengers]
    for scope in Grant.objects.filter(scope__in=references).values_list("scope", flat=True).distinct():
        end_grants(scope, by=by)
    keys = [row.pk for row in passengers]
    Observation.objects.filter(passenger__in=keys).delete()
    Passenger.objects.unscoped("their time is over").filter(pk__in=keys).delete()
    record("passengers.erased", passengers, by=by, operation=Operation.ERASURE)
    for reference in references:
        # Their names, and the reason for which one was kept longer, become unreadable everywhere.
        transaction.on_commit(partial(_destroy_keys_of_one, reference))
    return len(passengers)


def _destroy_keys_of_one(reference: str) -> None:
    key_store().destroy(reference)
    key_store().destroy(sealing.of_one(reference))


@transaction.atomic
def _destroy(scope: str, by: Actor) -> None:
    if (
        not Passenger.objects.unscoped("to know whether the key is needed")
        .filter(sealed_under=scope)
        .exists()
    ):
        record("passengers.unreadable", scope, by=by, operation=Operation.ERASURE)
        destroy_on_commit(scope)
