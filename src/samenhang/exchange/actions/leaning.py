"""Truth maintenance: leaning on something, its fall, and looking again."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.models import Protected
from samenhang.exchange import rules
from samenhang.exchange.actions.telling import tell
from samenhang.exchange.models import Movement, Reconsideration, Reliance, Statement
from samenhang.exchange.rules.receiving import Why
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation

WALKED = "everything that leans on it, whoever it is of"


@dataclass(frozen=True, slots=True)
class Leaning:
    """Something that leans and is no protected record, such as a published report; and who may see that."""

    reference: str
    scope: str
    provider_id: int
    category: str = "statistics"
    purposes: str = ",statistics,"

    def protection(self) -> dict[str, Any]:
        """As of a protected record: how what says that it leans is guarded."""
        return {name: value for name, value in asdict(self).items() if name != "reference"}


@dataclass(frozen=True, slots=True)
class _Step:
    """How a thing was reached from what fell: along which reliance, and in how many steps."""

    along: Reliance
    depth: int


@transaction.atomic
def rely(on: Protected, dependant: Protected, *, by: Actor) -> Reliance:
    """Say that one thing leans on another. Saying it again changes nothing.

    On what has already fallen, or has to be looked at again itself, the duty to
    reconsider begins at once, for the dependant and for all that leans on it.
    """
    known = Reliance.objects.unscoped("a thing leans on another once").filter(
        leans_on=on.reference, dependant=dependant.reference
    )
    found = known.first()
    if found is not None:
        return found
    made = _edge(on.reference, dependant)
    made.save(force_insert=True)
    record("reliance.kept", made, by=by)
    for cause, depth in _causes(on, by).items():
        if cause != made.dependant:
            _flag(cause, {made.dependant: _Step(made, depth + 1)}, by)
    return made


@transaction.atomic
def rely_on(things: Collection[str], dependant: Leaning, *, by: Actor) -> None:
    """Say that a new thing leans on many others, by reference."""
    Reliance.objects.bulk_create((_edge(thing, dependant) for thing in sorted(things)), batch_size=500)
    record("reliance.kept", dependant.reference, by=by)


@transaction.atomic
def lean_like(model: Protected, dependant: Protected, *, by: Actor) -> None:
    """Lean on everything that another thing leans on at this moment, such as a measure on what its case has.

    What is known already of the dependant's leaning follows it to whoever it belongs to now.
    """
    under = Reliance.objects.unscoped("what the other leans on").filter(dependant=model.reference)
    known = Reliance.objects.unscoped("leans on it already").filter(dependant=dependant.reference)
    missing = set(under.values_list("leans_on", flat=True))
    missing -= {*known.values_list("leans_on", flat=True), dependant.reference}
    Reliance.objects.bulk_create(_edge(reference, dependant) for reference in sorted(missing))
    whose = {name: getattr(dependant, name) for name in ("provider_id", "category", "purposes")}
    known.update(**whose)
    Reconsideration.objects.unscoped("follows its thing").filter(thing=dependant.reference).update(**whose)
    edges = {row.leans_on: row for row in known.all()}
    duties = Reconsideration.objects.unscoped(WALKED).filter(thing=model.reference).doubting(by.now)
    for duty in duties:
        # What the other was found to stand without, is no reason to doubt what is built now.
        if duty.through in edges and duty.cause != dependant.reference:
            _flag(duty.cause, {dependant.reference: _Step(edges[duty.through], duty.depth)}, by)


@transaction.atomic
def fall(thing: Protected, *, reason: str, by: Actor) -> int:
    """Something no longer holds: whatever leans on it, however deep, must be reconsidered by a date.

    Returns how many things. Nothing else about them changes. Loops end, since a
    thing is reached once. What waited to be reconsidered itself, waits no longer.
    """
    own = Reconsideration.objects.unscoped("of what fell itself").of([thing.reference])
    for duty in own.filter(reconsidered_at__isnull=True):
        _close(duty, stands=False, outcome=reason, by=by)
    return _flag(thing.reference, {}, by)


@transaction.atomic
def fall_for(organisation_id: int, things: Collection[str], *, cause: str, by: Actor) -> int:
    """One organisation may use these no longer: what it built on them and all above is reconsidered."""
    own = Reliance.objects.unscoped(WALKED).filter(leans_on__in=things, provider_id=organisation_id)
    reached = {row.dependant: _Step(row, 1) for row in own.order_by("pk")}
    return _flag(cause, reached, by) if reached else 0


@transaction.atomic
def reconsider(duty: Reconsideration, *, stands: bool, outcome: str, by: Actor) -> Reconsideration:
    """Close the duty: somebody looked again and says whether the thing stands, and what changes."""
    duty = Reconsideration.objects.unscoped("locked").select_for_update().get(pk=duty.pk)
    policy.require(by, "reliance.reconsider", duty)
    rules.check_reason(outcome)
    if duty.reconsidered_at is not None:
        raise rules.IllegalTransition(_("There is nothing to reconsider here."))

    return _close(duty, stands=stands, outcome=outcome, by=by)


@transaction.atomic
def lean_instead(right: Protected, *, instead_of: Protected, by: Actor) -> None:
    """Put the right one in the place of the wrong one, so that a later fall finds the same.

    Whatever leaned on the wrong one leans on the right one now, and the right
    one leans on what the wrong one leaned on, but for what fell.
    """
    above = Reliance.objects.unscoped(WALKED).filter(leans_on=instead_of.reference)
    duties = Reconsideration.objects.unscoped(WALKED).of([instead_of.reference])
    under = Reliance.objects.unscoped(WALKED).filter(dependant=instead_of.reference)
    under = under.exclude(leans_on__in=list(duties.values_list("through", flat=True)))
    Reliance.objects.bulk_create(_moved(one, leans_on=right.reference) for one in above)
    Reliance.objects.bulk_create(_edge(one.leans_on, right) for one in under)
    record("reliance.kept", right, by=by)


def _close(duty: Reconsideration, *, stands: bool, outcome: str, by: Actor) -> Reconsideration:
    duty.reconsidered_at, duty.reconsidered_by = by.now, by.user
    duty.stands, duty.outcome = stands, outcome.strip()
    duty.save(update_fields=["reconsidered_at", "reconsidered_by", "stands", "outcome"])
    record("reliance.reconsidered", duty, by=by, operation=Operation.DECISION, reason=outcome)
    return duty


def _moved(one: Reliance, *, leans_on: str) -> Reliance:
    return Reliance(
        leans_on=leans_on,
        dependant=one.dependant,
        **one.protection(),
    )


def _edge(reference: str, dependant: Protected | Leaning) -> Reliance:
    return Reliance(
        leans_on=reference,
        dependant=dependant.reference,
        **dependant.protection(),
    )


def _causes(thing: Protected, by: Actor) -> dict[str, int]:
    """What fell under this thing, or the thing itself, with the steps from there to here."""
    duties = Reconsideration.objects.unscoped(WALKED).filter(thing=thing.reference).doubting(by.now)
    causes = {duty.cause: duty.depth for duty in duties}
    if thing.withdrawn_at is not None or getattr(thing, "superseded_at", None) is not None:
        causes[thing.reference] = 0
    return causes


def _flag(cause: str, reached: Mapping[str, _Step], by: Actor) -> int:
    """Begin a duty for each thing reached and for all that leans on those, nearest first."""
    steps = dict(reached)
    nearest = {reference: step.depth for reference, step in steps.items()} or {cause: 0}
    while nearest:
        depth = 1 + max(nearest.values())
        leaning = Reliance.objects.unscoped(WALKED).filter(leans_on__in=nearest).order_by("pk")
        found = {
            row.dependant: _Step(row, depth)
            for row in leaning
            if row.dependant not in steps and row.dependant != cause
        }
        steps |= found
        nearest = {reference: step.depth for reference, step in found.items()}
    known = Reconsideration.objects.unscoped(WALKED).filter(cause=cause, thing__in=steps)
    fresh = sorted(set(steps) - set(known.values_list("thing", flat=True)))
    begun = Reconsideration.objects.bulk_create(_duty(cause, steps[thing], by) for thing in fresh)
    for duty in begun:
        record("reliance.fell", duty, by=by)
    if fresh:
        tell(_scopes_of(fresh), Why.DOUBTED, by=by)
    return len(begun)


def _scopes_of(things: Collection[str]) -> list[str]:
    """Under which these are given to others, as far as they are things that are given at all."""
    return [
        scope
        for model in (Statement, Movement)
        for scope in model.objects.unscoped("given to whom")
        .filter(reference__in=things)
        .values_list("scope", flat=True)
    ]


def _duty(cause: str, step: _Step, by: Actor) -> Reconsideration:
    along = step.along
    return Reconsideration(
        thing=along.dependant,
        cause=cause,
        through=along.leans_on,
        depth=step.depth,
        fell_at=by.now,
        reconsider_by=by.today + rules.RECONSIDER_WITHIN,
        **along.protection(),
    )
