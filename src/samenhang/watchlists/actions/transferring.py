"""Passing a passenger's record on, as a disclosure with its basis."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from samenhang.access import policy
from samenhang.access.rules import NotYours, may_do, may_read
from samenhang.exchange.actions import give, may_give
from samenhang.exchange.models import Disclosure
from samenhang.exchange.rules import Item, Provision
from samenhang.grounds.rules import law
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.judging.rules import CATEGORY, PURPOSE
from samenhang.organisations.models import Mandate, Organisation
from samenhang.travel.models import Passenger
from samenhang.watchlists.models import Alert, Hit
from samenhang.watchlists.rules import transfers
from samenhang.watchlists.rules.transfers import PROVEN, Mode


@dataclass(frozen=True, slots=True)
class Recipient:
    """A body that the law of today lets have the record. conditions: what somebody must confirm first."""

    organisation: Organisation
    basis: str
    conditions: tuple[str, ...]


def may_transfer(hit: Hit, *, by: Actor) -> bool:
    """Whether this is an analyst of the unit whose hit it is."""
    return by.human and hit.provider_id == by.organisation_id and may_do("hit.transfer", by.roles)


def recipients(hit: Hit, *, by: Actor) -> list[Recipient]:
    """The bodies to whom the record of this hit's passenger may go today. Raises NotYours."""
    _require(hit, by)
    passenger, unit = _passenger(hit), Organisation.objects.get(pk=hit.provider_id)
    provision = Provision(unit, (Item(passenger.scope, CATEGORY),), PURPOSE)
    found = []
    for body in Organisation.objects.exclude(pk=unit.pk).order_by("name", "pk"):
        (answer,) = may_give(provision, to=body, by=by).values()
        if answer.permitted:
            asked = (code for code in answer.conditions if law().conditions[code].must_be_met)
            found.append(Recipient(body, answer.basis, tuple(code for code in asked if code not in PROVEN)))
    return found


@transaction.atomic
def transfer(
    hit: Hit, to: Organisation, *, necessity: str, mode: Mode, not_met: Collection[str] = (), by: Actor
) -> Disclosure:
    """Give the passenger's record, and nothing of the alert, to another body.

    necessity: why in this very case; kept in the journal. not_met: conditions of the law that were
    not confirmed. Raises NotThere, NotYours, NotTransferable, and NotLawful with the law's sentence.
    """
    hit = Hit.objects.unscoped("as it stands now").select_for_update().get(pk=hit.pk)
    policy.require(by, "hit.transfer", hit)
    _require(hit, by)
    passenger = _passenger(hit)
    alert = Alert.objects.unscoped("whether it still stands").get(pk=hit.alert_id)
    transfers.check_transferable(
        hit.status, masked=passenger.masked_at is not None, stands=alert.stands(by.today)
    )
    transfers.check_necessity(necessity)

    unit = Organisation.objects.get(pk=hit.provider_id)
    items = (Item(passenger.scope, CATEGORY),)
    (made,) = give(Provision(unit, items, PURPOSE, not_met=frozenset(not_met), mode=mode), to=to, by=by)

    transfers.check_readable(mode, _readers(to, by))

    record(
        "passenger.transferred",
        hit,
        by=by,
        operation=Operation.DISCLOSURE,
        reason=necessity,
        recipients=[to.reference],
        basis=made.rule,
    )
    return made


def _require(hit: Hit, by: Actor) -> None:
    if not may_transfer(hit, by=by):
        raise NotYours


def _readers(body: Organisation, by: Actor) -> int:
    """How many people there have a role that reads passengers."""
    held = Mandate.objects.in_force(by.today).filter(user__organisation=body)
    return sum(
        may_read("travel.Passenger", frozenset([role])) for role in held.values_list("role", flat=True)
    )


def _passenger(hit: Hit) -> Passenger:
    found: Passenger = Passenger.objects.unscoped("whose record it is").get(pk=hit.passenger_id)
    return found
