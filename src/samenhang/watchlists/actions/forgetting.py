"""What ends by itself: remembered false hits, and hits of passengers whose time is over."""

from django.db import transaction

from samenhang.access import policy
from samenhang.access.actions import end_grants
from samenhang.foundation.keys import destroy_on_commit
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel.models import Passenger
from samenhang.watchlists.models import Hit, Judgement, RememberedFalseHit

AT_ONCE = 500


def forget(*, by: Actor) -> int:
    """Forget false hits that expired and hits of passengers due for deletion; returns how many hits.

    Comes before the passengers themselves are deleted. Safe to stop and to repeat.
    """
    policy.require_function(by, "passenger.screen")
    RememberedFalseHit.objects.expired(by.today).delete()
    gone = 0
    while batch := _due(by):
        gone += len(batch)
        _forget(batch, by)
    return gone


def _due(by: Actor) -> list[Hit]:
    due = Passenger.objects.unscoped("whose time is over").due_for_deletion(by.today).order_by().values("pk")
    return list(Hit.objects.unscoped("they go with the passenger").filter(passenger__in=due)[:AT_ONCE])


@transaction.atomic
def _forget(hits: list[Hit], by: Actor) -> None:
    keys = [hit.pk for hit in hits]
    Judgement.objects.unscoped("they go with their hit").filter(thing__in=keys).delete()
    for hit in hits:
        end_grants(hit.scope, by=by)
        record("hit.forgotten", hit.reference, by=by, operation=Operation.ERASURE)
        # What was written in free words about it becomes unreadable everywhere.
        destroy_on_commit(hit.scope)
    Hit.objects.unscoped("they go with the passenger").filter(pk__in=keys).delete()
