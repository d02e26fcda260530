"""Who has what, and what passes to the next shift."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import transaction

from samenhang.access import policy
from samenhang.access.actions import end_grants
from samenhang.access.rules import NotYours, pack
from samenhang.foundation.identifiers import new_reference
from samenhang.foundation.keys import destroy_on_commit, key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.judging import rules
from samenhang.judging.actions.deciding import locked
from samenhang.judging.models import NOTE, Judged, JudgedQuerySet, Shift, tables

Thing = TypeVar("Thing", bound=Judged)
DEED = "shift.hand-over"


@transaction.atomic
def claim(thing: Thing, *, by: Actor) -> Thing:
    """Take it, from a colleague as well, so that two do not do the same work.

    Raises NotThere, NotYours and AlreadyJudged.
    """
    thing = locked(thing, "judge", by=by)
    rules.check_unfinished(thing.status)
    _keep(thing, by)
    record(f"{thing.KIND.name}.claimed", thing, by=by)
    return thing


@transaction.atomic
def let_go(thing: Thing, *, by: Actor) -> Thing:
    """Give back what one has taken. Raises NotThere and NotYours."""
    thing = locked(thing, "judge", by=by)
    if thing.claimed_by_id != by.user_id:
        raise NotYours
    _keep(thing, None)
    record(f"{thing.KIND.name}.let-go", thing, by=by)
    return thing


@transaction.atomic
def hand_over(*, note: str, by: Actor) -> Shift:
    """Leave a note, and all that one has, to the next shift: at once nobody has it.

    Raises NotYours and ReasonMissing.
    """
    policy.require_function(by, DEED)
    if not by.human:
        raise NotYours
    rules.check_reason(note)
    left = []
    for thing in _rows(lambda rows: rows.of_unit(by).unfinished().filter(claimed_by=by.user_id)):
        _keep(thing, None)
        left.append(thing.reference)

    reference = new_reference("SH")
    made = Shift.objects.create(
        reference=reference,
        scope=reference,
        provider_id=by.organisation_id,
        category=rules.CATEGORY,
        purposes=pack(rules.PURPOSES),
        given_by_id=by.user_id,
        note=key_store().seal(reference, note.strip().encode(), context=NOTE),
        things=left,
        at=by.now,
    )
    record("shift.handed-over", made, by=by)
    return made


@transaction.atomic
def take_over(shift: Shift, *, by: Actor) -> Shift:
    """Have what a colleague left, as far as it waits still and nobody else took it.

    Raises NotThere, NotYours, AlreadyTaken and ColleagueNeeded.
    """
    found = Shift.objects.unscoped("two may take it over at once").select_for_update().get(pk=shift.pk)
    policy.require(by, DEED, found)
    if not by.human or found.provider_id != by.organisation_id:
        raise NotYours
    rules.check_may_take_over(found.taken_at is not None, found.given_by_id, by.user_id)
    for thing in _rows(lambda rows: rows.unfinished().free_for(by).filter(reference__in=found.things)):
        _keep(thing, by)

    found.taken_by_id, found.taken_at = by.user_id, by.now
    found.save(update_fields=["taken_by", "taken_at"])
    record("shift.taken-over", found, by=by)
    return found


@transaction.atomic
def forget(*, by: Actor) -> int:
    """Forget shifts that were handed over long ago, with their notes; returns how many. Raises NotYours."""
    policy.require_function(by, "passenger.screen")
    old = Shift.objects.unscoped("their time is over").filter(at__lte=by.now - rules.HANDOVER_KEPT)
    gone = list(old)
    for shift in gone:
        end_grants(shift.scope, by=by)
        record("shift.forgotten", shift.reference, by=by, operation=Operation.ERASURE)
        destroy_on_commit(shift.scope)
    Shift.objects.unscoped("their time is over").filter(pk__in=[shift.pk for shift in gone]).delete()
    return len(gone)


def _rows(asked: Callable[[JudgedQuerySet[Judged]], JudgedQuerySet[Judged]]) -> Iterator[Judged]:
    """Of every table, locked."""
    for table in tables():
        rows = table.doors().unscoped("what a shift leaves is of every kind").select_for_update()
        yield from asked(rows).order_by("pk")


def _keep(thing: Judged, by: Actor | None) -> None:
    thing.hold(*((by.user_id, by.now) if by else (None, None)))
    thing.save(update_fields=["claimed_by", "claimed_at"])
