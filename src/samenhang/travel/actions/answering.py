"""Looking up what is held of a person who asks it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from samenhang.access import policy
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel import sealing
from samenhang.travel.models import Flight, Message, Passenger
from samenhang.travel.rules.answering import Asked, check_asked, is_of
from samenhang.travel.rules.permitted import Told

ANSWER = "passenger.answer-person"


@dataclass(frozen=True, slots=True)
class Held:
    """One passenger: what was told of them, on which flight, by which messages, and until when it is kept."""

    flight: Flight
    told: Told
    messages: Sequence[tuple[datetime, str]]
    masked_on: date
    deleted_on: date


@transaction.atomic
def held_of(asked: Asked, *, proof: str, by: Actor) -> list[Held]:
    """What the unit holds of who asks, on that flight. Masked passengers have no name and are not found.

    proof: how they showed who they are; kept sealed in the journal. Raises NotYours and NotProven.
    """
    policy.require_function(by, ANSWER)
    check_asked(asked, proof)
    flights = Flight.objects.filter(
        carrier=asked.carrier.strip().upper(), number=asked.number.strip().lstrip("0"), departs_on=asked.on
    )
    rows = Passenger.objects.unscoped("what is held of who asks it").select_related("flight")
    rows = rows.filter(flight__in=flights, provider=by.organisation_id, masked_at=None).order_by("pk")
    keys, found = sealing.Keys(), []
    for row in rows:
        row.recall(keys)
        if is_of(asked, row.told):
            found.append(row)
    for row in found:
        record("passenger.told-to-the-person", row, by=by, operation=Operation.CONSULTATION, reason=proof)
    if not found:
        record("passenger.not-found-for-the-person", "", by=by, operation=Operation.CONSULTATION)
    return [_held(row) for row in found]


def _held(row: Passenger) -> Held:
    rows = Message.objects.unscoped("which messages told of who asks it").order_by("received_at", "pk")
    came = rows.filter(pk__in=row.observations.values("message")).values_list("received_at", "sender")
    return Held(row.flight, row.told, list(came), row.mask_on, row.delete_on)
