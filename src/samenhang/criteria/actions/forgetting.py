"""Matches of passengers whose time is over. How many were confirmed stays, for the precision."""

from django.db import transaction
from django.db.models import F

from samenhang.access import policy
from samenhang.access.actions import end_grants
from samenhang.criteria.models import Judgement, Look, Match, Version
from samenhang.foundation.keys import destroy_on_commit
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.judging.rules import Status
from samenhang.travel.models import Passenger

AT_ONCE = 500
COUNTED = {Status.CONFIRMED: "forgotten_confirmed", Status.DISMISSED: "forgotten_dismissed"}


def forget(*, by: Actor) -> int:
    """Forget matches of passengers due for deletion; returns how many. Safe to stop and to repeat.

    Comes before the passengers themselves are deleted.
    """
    policy.require_function(by, "passenger.screen")
    due = Passenger.objects.unscoped("whose time is over").due_for_deletion(by.today).order_by().values("pk")
    Look.objects.filter(passenger__in=due).delete()
    gone = 0
    rows = Match.objects.unscoped("they go with the passenger")
    while batch := list(rows.filter(passenger__in=due)[:AT_ONCE]):
        gone += len(batch)
        _forget(batch, by)
    return gone


@transaction.atomic
def _forget(matches: list[Match], by: Actor) -> None:
    keys = [match.pk for match in matches]
    for match in matches:
        counted = COUNTED.get(Status(match.status))
        if counted:
            versions = Version.objects.unscoped("its precision stays")
            versions.filter(pk=match.version_id).update(**{counted: F(counted) + 1})
        end_grants(match.scope, by=by)
        record("match.forgotten", match.reference, by=by, operation=Operation.ERASURE)
        # What was written in free words about it becomes unreadable everywhere.
        destroy_on_commit(match.scope)
    Judgement.objects.unscoped("they go with their match").filter(thing__in=keys).delete()
    Match.objects.unscoped("they go with the passenger").filter(pk__in=keys).delete()
