"""Asking the rules in force about journeys under way.

Asking runs outside the transaction, which only checks that nothing changed meanwhile and
writes: so that a process may be stopped anywhere, and two may run at once. Nobody is dropped
because there are many: who is not reached keeps waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import transaction

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.criteria.actions.review import count
from samenhang.criteria.models import Look, Match, Rule, Version
from samenhang.criteria.models.matches import awaiting
from samenhang.criteria.rules import trial
from samenhang.criteria.rules.expressions import Expression, read
from samenhang.criteria.rules.facts import facts_of, flight_of
from samenhang.criteria.rules.matches import What
from samenhang.foundation.identifiers import new_reference
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.judging.actions import become
from samenhang.judging.rules import CATEGORY, KEPT_FOR, UNFINISHED, Status
from samenhang.travel import sealing
from samenhang.travel.actions import mark_identified
from samenhang.travel.models import LegalBasis, Passenger
from samenhang.travel.rules.bases import Kind
from samenhang.watchlists.rules.screening import arrival_of

BATCH = 500


@dataclass(frozen=True, slots=True)
class _Asked:
    """A version in force, its rule, and its two conditions, compiled."""

    version: Version
    rule: Rule
    when: Expression
    unless: Expression


@dataclass(frozen=True, slots=True)
class _Journey:
    """A passenger, the facts of the journey, and which versions match them."""

    passenger: Passenger
    told: dict[str, Any]
    matched: tuple[_Asked, ...]


def match_waiting(*, by: Actor, limit: int = 10_000) -> int:
    """Ask about everybody under way whom the rules in force have not seen as they are; returns how many.

    Nothing happens on a day without a legal basis for bookings, or without a rule in force. Safe to
    stop, to repeat and to run twice at once. Raises NotYours.
    """
    policy.require_function(by, "passenger.screen")
    done = 0
    while done < limit:
        edition, asked = _in_force(by)
        if not asked:
            return done
        rows = awaiting(by.today, edition).select_related("flight")
        batch = list(rows[: min(BATCH, limit - done)])
        seen = _keep(_ask(batch, asked), asked, edition, by) if batch else 0
        if not seen:
            return done  # Nobody waits, or another worker has them.
        done += seen
    return done


def _in_force(by: Actor) -> tuple[str, list[_Asked]]:
    """Which edition of the rules runs, and its rules; none on a day without a basis."""
    if Kind.PNR not in LegalBasis.objects.kinds_on(by.today):
        return "", []
    versions = Version.objects.unscoped("every rule in force is asked")
    running = list(versions.running(by.today))
    owners = Rule.objects.unscoped("whom its matches go to").in_bulk({one.rule_id for one in running})
    asked = [_Asked(one, owners[one.rule_id], read(one.when), read(one.unless)) for one in running]
    return versions.edition(by.today), asked


def _ask(passengers: Sequence[Passenger], asked: Sequence[_Asked]) -> list[_Journey]:
    keys = sealing.Keys()
    found = []
    for passenger in passengers:
        passenger.recall(keys)
        told = facts_of(passenger.told, flight_of(passenger.flight)).told()
        matched = tuple(one for one in asked if trial.matches(one.when, one.unless, told))
        found.append(_Journey(passenger, told, matched))
    return found


@transaction.atomic
def _keep(found: Sequence[_Journey], asked: Sequence[_Asked], edition: str, by: Actor) -> int:
    """Keep the matches of those who are still as they were asked about; returns how many those are."""
    if _in_force(by)[0] != edition:
        return 0  # Another rule came or went meanwhile: the next round asks again.
    rows = Passenger.objects.unscoped("to keep each match once").select_for_update(skip_locked=True)
    rows = rows.filter(pk__in=[one.passenger.pk for one in found])
    still = dict(rows.values_list("pk", "revision").order_by("pk"))
    mine = [one for one in found if still.get(one.passenger.pk) == one.passenger.revision]
    if not mine:
        return 0
    _keep_matches(mine, {one.version.pk for one in asked}, by)
    Look.objects.bulk_create(
        [Look(passenger=one.passenger, revision=one.passenger.revision, edition=edition) for one in mine],
        update_conflicts=True,
        unique_fields=["passenger"],
        update_fields=["revision", "edition"],
    )
    return len(mine)


def _keep_matches(journeys: Sequence[_Journey], running: set[int], by: Actor) -> None:
    """running: the versions that were asked; matches of others wait on as they are."""
    known: dict[int, dict[int, Match]] = {}
    rows = Match.objects.unscoped("a version matches a passenger once").select_for_update().order_by("pk")
    rows = rows.filter(passenger__in=[one.passenger.pk for one in journeys], version__in=running)
    for match in rows:
        known.setdefault(match.passenger_id, {})[match.version_id] = match
    for journey in journeys:
        before = known.get(journey.passenger.pk, {})
        for asked in journey.matched:
            if asked.version.pk not in before:
                _found(journey, asked, by)
                continue
            match = before.pop(asked.version.pk)
            if match.revision != journey.passenger.revision:
                _again(match, journey, by)
        for match in before.values():
            if match.status in UNFINISHED and match.revision != journey.passenger.revision:
                _no_longer(match, by)


def _found(journey: _Journey, asked: _Asked, by: Actor) -> None:
    reference, passenger = new_reference("M"), journey.passenger
    match = Match(
        reference=reference,
        scope=reference,
        # Whose passenger data it is made of.
        provider_id=passenger.provider_id,
        category=CATEGORY,
        purposes=pack(KEPT_FOR),
        version=asked.version,
        passenger=passenger,
        flight=passenger.flight,
        recipient_id=asked.rule.recipient_id,
        about={
            "name": asked.rule.name,
            "purpose": asked.version.purpose,
            "offence": asked.version.offence,
            "when": asked.version.when,
            "unless": asked.version.unless,
        },
        arrives=arrival_of(passenger.flight),
        found_at=by.now,
    )
    match.quote(journey.told, passenger)
    match.save()
    mark_identified([passenger], by=by)
    count(What.FOUND, by=by)
    record("match.found", match, by=by, operation=Operation.COMBINATION)


def _again(match: Match, journey: _Journey, by: Actor) -> None:
    """The passenger's record changed: what was said of other facts no longer stands; of the same it does.

    What was confirmed and passed on stays as it was.
    """
    same = match.found == journey.told
    keep = partial(match.save, update_fields=["quoted", "quoted_under", "revision", "status", "finished_at"])
    if match.status == Status.CONFIRMED:
        return
    match.quote(journey.told, journey.passenger)
    if same and match.status != Status.LAPSED:
        keep()
        return
    anew = match.status != Status.WAITING
    match.status, match.finished_at = Status.WAITING, None
    keep()
    record("match.reopened" if anew else "match.refreshed", match, by=by, operation=Operation.COMBINATION)


def _no_longer(match: Match, by: Actor) -> None:
    become(match, Status.LAPSED, by=by)
    count(What.LAPSED, by=by)
    record("match.lapsed", match, by=by)
