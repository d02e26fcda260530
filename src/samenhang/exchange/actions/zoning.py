"""Naming an area that counts as a conflict zone, and giving it a last day: at a ministry, by a person."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from samenhang.access import rules as access
from samenhang.exchange import rules
from samenhang.exchange.models import ConflictZone
from samenhang.exchange.rules.zones import Zone, check_end, check_zone
from samenhang.grounds.rules import authority
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation

MINISTRY = "ministry"


@transaction.atomic
def name_zone(zone: Zone, *, reason: str, by: Actor) -> ConflictZone:
    """From its first day on this area counts as a conflict zone. Raises NotYours, BadZone, Incomplete."""
    _require(by)
    rules.check_reason(reason)
    check_zone(zone, ConflictZone.objects.select_for_update().zones(), by.today)
    made: ConflictZone = ConflictZone.objects.create(**asdict(zone), named_by=by.user, named_at=by.now)
    record("conflict-zone.named", made, by=by, operation=Operation.DECISION, reason=reason)
    return made


@transaction.atomic
def end_zone(row: ConflictZone, *, ends_on: date, reason: str, by: Actor) -> ConflictZone:
    """Give it a last day; what was written of its days stays. Raises NotYours, BadZone, Incomplete."""
    _require(by)
    rules.check_reason(reason)
    row = ConflictZone.objects.select_for_update().get(pk=row.pk)
    check_end(row.zone, ends_on, by.today)
    row.ends_on = ends_on
    row.save(update_fields=["ends_on"])
    record("conflict-zone.ended", row, by=by, operation=Operation.DECISION, reason=reason)
    return row


def may_name(*, by: Actor) -> bool:
    """Whether this is a person at a ministry whose role it is."""
    at_a_ministry = by.human and authority(by.authority).kind == MINISTRY
    return at_a_ministry and access.may_do("conflict-zone.name", by.roles)


def _require(by: Actor) -> None:
    if not may_name(by=by):
        raise access.NotYours
