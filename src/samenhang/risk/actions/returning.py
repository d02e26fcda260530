"""The way back, gate by gate; what a prosecutor found; and who read the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import NotYours, pack
from samenhang.cases.models import Case, CaseParty
from samenhang.cases.rules import check_current
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules.movements import category_of
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import User
from samenhang.persons.models import Person, kind_of
from samenhang.persons.rules import check_human
from samenhang.risk import rules
from samenhang.risk.models import Assessment, Handover, Look, Passage, ProsecutionReview, Trajectory
from samenhang.risk.models.coverage import looked_up
from samenhang.risk.models.returns import receivers
from samenhang.risk.rules import returns
from samenhang.risk.rules.returns import Found, Gate, Way

PURPOSES = ("person-centred-approach", "prosecution", "investigation")


@dataclass(frozen=True, slots=True)
class Offer:
    """A hand-over as it is offered: to which stage, as of which day, to whom, and what the pack says."""

    stage: Way
    true_on: date
    receiver: User
    pack: Mapping[str, str]


@transaction.atomic
def open_trajectory(case: Case, *, true_on: date, words: str, added_value: str, by: Actor) -> Trajectory:
    """Begin to follow the way back of the person of this case, who is abroad. The actor holds it.

    added_value: what that adds to the case; a second person must read it before anything is done
    (CTIVD 2007). Raises NotThere, NotYours, NotOpen, OnlyOfHumans, Incomplete, OnTheWay.
    """
    policy.require(by, "return.work", case)
    check_human(kind_of(case.person_id))
    rules.check_reason(added_value)
    returns.check_day(true_on, by.today)
    check_current(case.status, case.review_on, by.today)
    known = Trajectory.objects.unscoped("one way back at a time").ongoing()
    if known.filter(person_id=case.person_id, case=case).exists():
        raise returns.OnTheWay(_("The way back of this person is followed already."))
    made: Trajectory = Trajectory.objects.create(
        scope=case.scope,
        provider_id=case.provider_id,
        category="plan",
        purposes=pack([rules.APPROACH]),
        case=case,
        person_id=case.person_id,
        holder_id=by.user_id,
        added_value=added_value.strip(),
        opened_by=by.user,
        opened_at=by.now,
        changed_at=by.now,
    )
    _pass(made, Way.ABROAD, true_on, words, by)
    record("return.opened", made, by=by)
    return made


@transaction.atomic
def second_read(trajectory: Trajectory, *, by: Actor) -> Trajectory:
    """Agree, as somebody else than who entered it, that this person is followed here.

    Raises NotThere, NotYours, SecondReaderNeeded.
    """
    trajectory = _locked(trajectory)
    policy.require(by, "return.work", trajectory)
    returns.check_reader(trajectory.opened_by, by.user, read=trajectory.read_at is not None)
    trajectory.read_by, trajectory.read_at = by.user, by.now
    _changed(trajectory, by)
    record("return.second-read", trajectory, by=by, operation=Operation.DECISION)
    return trajectory


@transaction.atomic
def offer(trajectory: Trajectory, offered: Offer, *, by: Actor) -> Handover:
    """Offer the next gate to a named person who sits at the case, with a complete pack.

    Raises PackIncomplete with what lacks, NotReadYet, IllegalTransition, AlreadyOffered, NotYours.
    """
    trajectory = _locked(trajectory)
    policy.require(by, "return.work", trajectory)
    returns.check_read(trajectory.read_at)
    rules.check_transition(returns.NEXT_OF_WAY, Way(trajectory.stage), offered.stage)
    if offered.stage in returns.FACTS:
        raise rules.IllegalTransition(_("This is noted as a fact; nobody receives anything there."))
    if Handover.objects.unscoped("one gate at a time").on(trajectory).waiting().exists():
        raise returns.AlreadyOffered(_("A hand-over waits for its receiver. Take it back first."))
    _check_receiver(trajectory, offered.receiver, by)
    returns.check_day(offered.true_on, by.today)
    returns.check_pack(
        offered.stage, offered.pack, looked_up(trajectory.person_id, by.today, known_by=by.now)
    )
    made: Handover = Handover.objects.create(
        **trajectory.protection(),
        trajectory=trajectory,
        stage=offered.stage,
        true_on=offered.true_on,
        pack={code: offered.pack[code].strip() for code in returns.asked_at(offered.stage)},
        offered_by_id=by.user_id,
        offered_at=by.now,
        receiver=offered.receiver,
    )
    case = Case.objects.unscoped("what the pack was made from").get(pk=trajectory.case_id)
    exchange.lean_like(case, made, by=by)
    for assessment in Assessment.objects.visible_to(by).of_case(case.pk).standing(by.today):
        exchange.rely(assessment, made, by=by)
    _changed(trajectory, by)
    record("return.offered", made, by=by, recipients=[offered.receiver.organisation.reference])
    return made


@transaction.atomic
def answer(handover: Handover, outcome: Gate, *, reason: str = "", by: Actor) -> Handover:
    """Accept or refuse as the receiver, or take back as who offered it. A refusal has its reason."""
    handover = Handover.objects.unscoped("locked").select_for_update().get(pk=handover.pk)
    policy.require(by, "return.receive", handover)
    trajectory = _locked(Trajectory.objects.unscoped("of the gate").get(pk=handover.trajectory_id))
    whose = handover.offered_by_id if outcome == Gate.TAKEN_BACK else handover.receiver_id
    if by.user_id != whose:
        raise returns.NotTheReceiver(_("This hand-over waits for somebody else."))
    rules.check_transition(returns.NEXT_OF_GATE, Gate(handover.outcome), outcome)
    if outcome == Gate.REFUSED:
        rules.check_reason(reason)
    handover.outcome, handover.reason, handover.answered_at = outcome, reason.strip(), by.now
    handover.save(update_fields=["outcome", "reason", "answered_at"])
    if outcome == Gate.ACCEPTED:
        rules.check_transition(returns.NEXT_OF_WAY, Way(trajectory.stage), Way(handover.stage))
        trajectory.holder_id = by.user_id
        _pass(trajectory, Way(handover.stage), handover.true_on, "", by)
    _changed(trajectory, by)
    record(f"return.{outcome.replace('_', '-')}", handover, by=by, reason=reason)
    return handover


@transaction.atomic
def note(trajectory: Trajectory, stage: Way, *, true_on: date, words: str, by: Actor) -> Trajectory:
    """Note as a fact, with its source, that somebody died, is elsewhere, abroad again, or cannot be found."""
    trajectory = _locked(trajectory)
    policy.require(by, "return.work", trajectory)
    rules.check_transition(returns.NEXT_OF_WAY, Way(trajectory.stage), stage)
    if stage not in returns.FACTS:
        raise rules.IllegalTransition(_("This stage begins with a hand-over to a named person."))
    rules.check_reason(words)
    returns.check_day(true_on, by.today)
    if Handover.objects.unscoped("one gate at a time").on(trajectory).waiting().exists():
        raise returns.AlreadyOffered(_("A hand-over waits for its receiver. Take it back first."))
    _pass(trajectory, stage, true_on, words, by)
    record("return.noted", trajectory, by=by)
    return trajectory


@transaction.atomic
def review_prosecution(
    person: Person, found: Found, *, reasons: str, next_on: date | None, by: Actor
) -> ProsecutionReview:
    """Write down whether prosecution is possible, on whatever ground, and when to look again.

    Raises NotThere, NotYours, Incomplete, PackIncomplete.
    """
    policy.require(by, "prosecution.review", person)
    rules.check_reason(reasons)
    returns.check_next(next_on, found, by.today)
    made = ProsecutionReview(
        provider_id=by.organisation_id,
        category=category_of(by.authority),
        purposes=pack(PURPOSES),
        person=person,
        found=found,
        reasons=reasons.strip(),
        reviewed_on=by.today,
        reviewed_at=by.now,
        reviewed_by=by.user,
        next_on=next_on,
    )
    made.scope = made.reference
    made.save()
    record("prosecution.reviewed", made, by=by, operation=Operation.DECISION)
    return made


@transaction.atomic
def mark_read(*, by: Actor) -> None:
    """From now on the list of travellers can show only what changed after this moment."""
    policy.require_function(by, "return.list")
    Look.objects.update_or_create(user_id=by.user_id, defaults={"looked_at": by.now})
    record("travellers.read", "", by=by, operation=Operation.CONSULTATION)


def _pass(trajectory: Trajectory, stage: Way, true_on: date, words: str, by: Actor) -> None:
    trajectory.stage = stage
    _changed(trajectory, by)
    Passage.objects.create(
        **trajectory.protection(),
        trajectory=trajectory,
        person_id=trajectory.person_id,
        stage=stage,
        true_on=true_on,
        known_at=by.now,
        words=words.strip(),
    )


def _changed(trajectory: Trajectory, by: Actor) -> None:
    trajectory.changed_at = by.now
    trajectory.save()


def _locked(trajectory: Trajectory) -> Trajectory:
    return Trajectory.objects.unscoped("locked").select_for_update().get(pk=trajectory.pk)


def _check_receiver(trajectory: Trajectory, receiver: User, by: Actor) -> None:
    seats = CaseParty.objects.unscoped("who sits there").filter(case=trajectory.case_id).active()
    table = list(seats.values_list("organisation_id", flat=True))
    if receiver.reference not in receivers(table, by.today, but=by.user_id):
        raise NotYours
