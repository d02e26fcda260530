"""What the areas above say about passengers: screened, or kept because a hit was confirmed."""

from collections.abc import Iterable
from itertools import groupby

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from samenhang.access import policy
from samenhang.journal import Actor, record
from samenhang.travel import rules
from samenhang.travel.models import ExaminationTally, Message, Passenger
from samenhang.travel.rules import keeping


def mark_screened(passengers: Iterable[Passenger], *, by: Actor) -> int:
    """Note that these were compared with the alerts, as they were when loaded; returns how many.

    A passenger who changed meanwhile stays waiting. Called inside the
    transaction of the screening, which writes the entry of the journal.
    """
    policy.require_function(by, "passenger.screen")
    rows = sorted(passengers, key=lambda row: row.revision)
    return sum(
        Passenger.objects.unscoped("to mark what was screened")
        .filter(pk__in=[row.pk for row in same], revision=revision)
        .update(screened_at=by.now)
        for revision, same in groupby(rows, key=lambda row: row.revision)
    )


def mark_identified(passengers: Iterable[Passenger], *, by: Actor) -> int:
    """Note that these resemble an alert or match a rule; returns how many did for the first time.

    Called inside the transaction of the screening, which writes the entry of the journal.
    """
    policy.require_function(by, "passenger.screen")
    found = Passenger.objects.unscoped("to count each once").filter(pk__in={row.pk for row in passengers})
    first = found.filter(identified_at__isnull=True).update(identified_at=by.now)
    if first:
        ExaminationTally.objects.get_or_create(on=by.today)
        ExaminationTally.objects.filter(on=by.today).update(passengers=F("passengers") + first)
    return first


@transaction.atomic
def keep_longer(passenger: Passenger, *, reason: str, by: Actor) -> Passenger:
    """Keep for five years from receipt, because there is objective evidence of a link with an offence.

    CJEU C-817/19, 259: without it nobody is kept beyond six months. reason:
    for the officer who reviews it; sealed. Raises NotThere, NotYours and NoEvidence.
    """
    keeping.check_evidence(reason)
    rows = Passenger.objects.unscoped("to lengthen one").select_for_update()
    passenger = rows.get(pk=passenger.pk)
    policy.require(by, "passenger.keep-longer", passenger)

    first = Message.objects.unscoped("to know when they were first named").get(pk=passenger.message_id)
    received = timezone.localtime(first.received_at).date()
    passenger.delete_on = rules.delete_on(received, evidence=True)
    passenger.kept_for = keeping.EVIDENCE
    passenger.save(update_fields=["delete_on", "kept_for"])

    record("passenger.kept-longer", passenger, by=by, reason=reason, basis="PNR-wet art. 20(1)(a)")
    return passenger
