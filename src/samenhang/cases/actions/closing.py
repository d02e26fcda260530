"""Closing, holding back destruction, and who may still look into a closed case."""

from typing import Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.models import Block
from samenhang.access.rules import NotThere
from samenhang.cases import rules
from samenhang.cases.actions.keeping import end_charges
from samenhang.cases.actions.reviewing import is_of_a_child
from samenhang.cases.actions.third_parties import end_third_parties
from samenhang.cases.models import Case, CaseParty, Hold, Transfer, Weighing
from samenhang.cases.models.ending import scopes_given
from samenhang.cases.rules import Seat, Status
from samenhang.cases.rules.ending import LOOK_FOR, Ground, Outcome, destroy_on
from samenhang.cases.rules.moving import Move
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import User

# What the bodies that weigh and confer made themselves: what a look into a case opens.
OF_THE_PANEL = ("signal", "meeting-minutes")
LOOK_BASIS = "Wet PGA art. 6(3), 12"
# What the areas above want to see before a case closes, added by them when the product starts: a call
# goes downwards only, and no page, command or import may go round it. Each raises Refused.
ASKED_BEFORE: list["Asked"] = []


class Asked(Protocol):
    def __call__(self, case: Case, *, by: Actor) -> None: ...


@transaction.atomic
def close(case: Case, *, outcome: Outcome, reason: str, by: Actor) -> Case:
    """Close the case: shielded from everyone, parties included, and destroyed in time (art. 6(3) and 9).

    What went over only for this case is given back: grants to the signal and its
    statements end, and to the person's identity unless another case is open. Raises
    what the areas above ask for first, such as EffectMissing.
    """
    case = _locked(case)
    policy.require(by, "case.work", case)
    if case.status not in rules.RUNNING:
        raise rules.NotOpen(_("This case is closed."))
    rules.check_transition(rules.NEXT, Status(case.status), Status.CLOSED)
    rules.check_reason(reason)
    if outcome != Outcome.MISTAKE:  # what should never have been is destroyed today: nothing waits for it
        for check in ASKED_BEFORE:
            check(case, by=by)

    case.status, case.closed_at, case.decide_on = Status.CLOSED, by.now, None
    case.outcome, case.destroy_on = outcome, destroy_on(outcome, by.today, child=is_of_a_child(case, by=by))
    case.save(update_fields=["status", "closed_at", "decide_on", "outcome", "destroy_on"])
    for party in CaseParty.objects.unscoped("all leave").of(case).active():
        rules.check_transition(rules.NEXT_OF_SEAT, party.seat, Seat.LEFT)
        party.left_at = by.now
        party.save(update_fields=["left_at"])
    end_charges(case, by=by)
    end_third_parties(case, by=by)
    on_its_way = Transfer.objects.unscoped("it goes nowhere any more").filter(case=case, stage=Move.OFFERED)
    on_its_way.update(stage=Move.CALLED_OFF, answered_at=by.now)
    for scope in scopes_given(case):
        access.end_grants(scope, by=by)
    access.block(case.scope, Block.Kind.SHIELDED, by=by)

    record("case.closed", case, by=by, operation=Operation.DECISION, reason=reason)
    return case


@transaction.atomic
def look_into(reference: str, ground: Ground, *, reason: str, by: Actor) -> Case:
    """Let the data protection officer of the region read one case for two weeks, for one stated ground.

    Reads what weighing and conference made themselves; what others brought stays
    theirs, and no name goes along. Raises NotThere, also for a case of another region.
    """
    policy.require_function(by, "case.look-into")
    rules.check_reason(reason)
    case = Case.objects.unscoped("asked for by its reference alone").filter(reference=reference).first()
    officer = User.objects.select_related("organisation").get(pk=by.user_id)
    if case is None or officer.organisation.region not in ("", case.municipality):
        raise NotThere
    until = by.now + LOOK_FOR
    kinds: dict[str, tuple[str, tuple[str, ...]]] = {case.scope: ("CASUS", rules.OWN_CATEGORIES)}
    if case.weighing_id is not None:
        weighing = Weighing.objects.unscoped("why it was taken up").get(pk=case.weighing_id)
        kinds[weighing.scope] = ("WEEG", OF_THE_PANEL)
    for scope, (capacity, categories) in kinds.items():
        access.let_look(
            scope, officer, categories=categories, basis=LOOK_BASIS, capacity=capacity, ends_at=until, by=by
        )
    record(f"case.looked-into.{ground}", case, by=by, operation=Operation.CONSULTATION, reason=reason)
    return case


@transaction.atomic
def hold(case: Case, ground: Ground, *, reason: str, by: Actor) -> Hold:
    """Postpone destruction, for a complaint, supervision or a court, until somebody lifts it."""
    case = _locked(case)
    policy.require(by, "case.hold", case)
    rules.check_reason(reason)
    made: Hold = Hold.objects.create(
        **case.protection(),
        case=case,
        ground=ground,
        reason=reason.strip(),
        placed_at=by.now,
        placed_by=by.user,
    )
    record("case.held", made, by=by, operation=Operation.DECISION)
    return made


@transaction.atomic
def lift_hold(held: Hold, *, reason: str, by: Actor) -> Hold:
    """End a hold; what is past its day then goes at the next round. Raises NotOpen when it was lifted."""
    held = Hold.objects.unscoped("locked").select_for_update().get(pk=held.pk)
    policy.require(by, "case.hold", held)
    rules.check_reason(reason)
    if held.lifted_at is not None:
        raise rules.NotOpen(_("This hold was lifted already."))
    held.lifted_at, held.lifted_by, held.lifted_because = by.now, by.user, reason.strip()
    held.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    record("case.hold-lifted", held, by=by, operation=Operation.DECISION)
    return held


def _locked(case: Case) -> Case:
    return Case.objects.unscoped("locked").select_for_update().get(pk=case.pk)
