"""What is said, decided and promised at an item."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import NotThere
from samenhang.cases.models import Case
from samenhang.cases.rules import Regime
from samenhang.conferences import rules
from samenhang.conferences.actions.chairing import locked_item
from samenhang.conferences.models import Action, Attendance, Decision, Dissent, Item, Marker
from samenhang.conferences.rules import DecisionStage, ItemStage, MarkerStage
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import Content, Provision, check_provider
from samenhang.exchange.rules import Item as Given
from samenhang.exchange.rules.conduct import check_no_service_quoted
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation, User
from samenhang.persons.models import Person
from samenhang.risk.models import Assessment


@dataclass(frozen=True, slots=True)
class Proposal:
    """A decision in words: what, why that is in proportion, and why nothing lighter will do."""

    wording: str
    proportionality: str
    subsidiarity: str


@transaction.atomic
def mark(item: Item, speaker: User, *, wording: str, by: Actor) -> Marker:
    """Note in one line that somebody in the room said something aloud. Only who was there reads it.

    Raises NotInTheRoom, WordsMissing, IllegalTransition.
    """
    item, _conference = locked_item(item, by=by)
    _check_open(item)
    rules.check_words(wording)
    heard = _there(item, by)
    if speaker.pk not in {one.user_id for one in heard}:
        raise rules.NotInTheRoom(_("%s is not in the room.") % speaker.name)

    marker = Marker(
        **item.protection(),
        item=item,
        speaker=speaker,
        organisation_id=speaker.organisation_id,
        wording=wording.strip(),
        said_at=by.now,
        confirm_by=rules.confirm_by(by.today),
    )
    marker.scope = marker.reference
    marker.save()
    hearers = Organisation.objects.filter(pk__in=[one.organisation_id for one in heard])
    for organisation in hearers:
        access.grant(
            marker.scope, organisation, categories=[marker.category], basis="heard", capacity="CASUS", by=by
        )
    record("conference.said", marker, by=by, recipients=[one.reference for one in hearers])
    return marker


@transaction.atomic
def confirm(
    marker: Marker, content: Content, *, category: str, not_met: Collection[str] = (), by: Actor
) -> Marker:
    """The provider puts in its own words what it said; who heard it, receives it under the law of the day.

    Raises NotYourData, NotLawful with the law's sentence, NecessityMissing, IllegalTransition.
    """
    marker = _of_provider(marker, by)
    rules.check_transition(rules.NEXT_OF_MARKER, MarkerStage(marker.stage), MarkerStage.CONFIRMED)
    item = Item.objects.unscoped("at which it was said").get(pk=marker.item_id)
    case = case_of(marker, by=by)
    person = Person.objects.visible_to(by).filter(pk=case.person_id).first()
    if person is None:
        raise NotThere
    statement = exchange.state(content, about=person, category=category, by=by)
    missing = set(not_met) | (set() if content.necessity.strip() else {"necessity-statement"})
    given = Provision(
        Organisation.objects.get(pk=by.organisation_id),
        (Given(statement.scope, category, content.special),),
        rules.APPROACH,
        "" if case.regime == Regime.COVENANT else "CASUS",
        frozenset(missing),
        "oral",
    )
    for organisation in _heard(marker):
        if organisation.pk != by.organisation_id:
            exchange.disclose(given, to=organisation, by=by)
    exchange.rely(statement, item, by=by)
    exchange.rely(statement, case, by=by)  # closing the case gives it back

    marker.stage, marker.wording, marker.statement = MarkerStage.CONFIRMED, "", statement
    marker.save(update_fields=["stage", "wording", "statement"])
    record("conference.said-confirmed", marker, by=by, operation=Operation.DISCLOSURE)
    return marker


def case_of(marker: Marker, *, by: Actor) -> Case:
    """The case at whose item it was said, for its provider. Raises NotThere, NotYourData."""
    policy.require(by, "statement.disclose", marker)
    check_provider(marker.organisation_id, by.organisation_id)
    item = Item.objects.unscoped("at which it was said").get(pk=marker.item_id)
    found: Case = Case.objects.unscoped("about whom it was said").get(pk=item.case_id)
    return found


@transaction.atomic
def take_back(marker: Marker, *, reason: str, by: Actor) -> Marker:
    """The provider did not say it so, or may not say it: the wording goes at once."""
    marker = _of_provider(marker, by)
    rules.check_words(reason)
    rules.check_transition(rules.NEXT_OF_MARKER, MarkerStage(marker.stage), MarkerStage.TAKEN_BACK)
    marker.stage, marker.wording = MarkerStage.TAKEN_BACK, ""
    marker.save(update_fields=["stage", "wording"])
    access.end_grants(marker.scope, by=by)
    record("conference.said-taken-back", marker, by=by, reason=reason)
    return marker


@transaction.atomic
def propose(item: Item, proposal: Proposal, *, by: Actor) -> Decision:
    """Lay a decision before the conference, in advance or while the item is open.

    Raises WordsMissing, and OnlyByOfficialMessage where it quotes a service.
    """
    item, _conference = locked_item(item, by=by)
    if item.stage == ItemStage.DROPPED:
        raise rules.IllegalTransition(
            _("This case was taken off the agenda. Nothing more is asked about it here.")
        )
    if item.stage not in (ItemStage.PLANNED, ItemStage.OPEN):
        raise rules.IllegalTransition(_("This item was discussed already."))
    words = (proposal.wording, proposal.proportionality, proposal.subsidiarity)
    rules.check_words(*words)
    check_no_service_quoted(" ".join(words))
    decision: Decision = Decision.objects.create(
        **item.protection(category="plan"),
        item=item,
        wording=proposal.wording.strip(),
        proportionality=proposal.proportionality.strip(),
        subsidiarity=proposal.subsidiarity.strip(),
        proposed_by=by.user,
    )
    exchange.rely(item, decision, by=by)
    for assessment in Assessment.objects.visible_to(by).of_case(item.case_id).standing(by.today):
        exchange.rely(assessment, decision, by=by)
    record("conference.decision-proposed", decision, by=by)
    return decision


@transaction.atomic
def decide(decision: Decision, outcome: DecisionStage, *, by: Actor) -> Decision:
    """Taken, deferred or rejected, while the item is open: that closes its discussion."""
    decision, item = _of_open_item(decision, by)
    stage = DecisionStage(decision.stage)
    if stage == DecisionStage.PROPOSED:
        rules.check_transition(rules.NEXT_OF_DECISION, stage, stage := DecisionStage.DISCUSSED)
    if outcome not in rules.OUTCOMES:
        raise rules.IllegalTransition(_("Take it, defer it or reject it."))
    rules.check_transition(rules.NEXT_OF_DECISION, stage, outcome)
    decision.stage, decision.decided_at = outcome, by.now
    decision.save(update_fields=["stage", "decided_at"])
    if outcome == DecisionStage.TAKEN:
        case = Case.objects.unscoped("what is decided, the case leans on").get(pk=item.case_id)
        exchange.rely(decision, case, by=by)
    record(f"conference.decision-{outcome}", decision, by=by, operation=Operation.DECISION)
    return decision


@transaction.atomic
def withdraw_decision(decision: Decision, *, reason: str, by: Actor) -> Decision:
    """A proposal goes, or what was decided by mistake counts no longer; while the item is open.

    It stays to be read, with the reason. What leans on it meanwhile must be looked at again.
    """
    decision, _item = _of_open_item(decision, by)
    rules.check_words(reason)
    rules.check_transition(rules.NEXT_OF_DECISION, DecisionStage(decision.stage), DecisionStage.WITHDRAWN)
    decision.stage, decision.withdrawn_because = DecisionStage.WITHDRAWN, reason.strip()
    decision.save(update_fields=["stage", "withdrawn_because"])
    exchange.fall(decision, reason=reason, by=by)
    record("conference.decision-withdrawn", decision, by=by, operation=Operation.DECISION, reason=reason)
    return decision


@transaction.atomic
def dissent(decision: Decision, *, reasons: str, by: Actor) -> Dissent:
    """The actor's organisation thinks otherwise of a proposal or a decision, until the minutes are approved.

    Only for who was at the item. Raises NotInTheRoom, WordsMissing, IllegalTransition, AlreadyThere.
    """
    decision = Decision.objects.unscoped("locked").select_for_update().get(pk=decision.pk)
    policy.require(by, "conference.take-part", decision)
    rules.check_words(reasons)
    if decision.stage in (DecisionStage.CONFIRMED, DecisionStage.WITHDRAWN):
        raise rules.IllegalTransition(
            _("A dissent belongs to a decision that is not yet confirmed and was not withdrawn.")
        )
    there = Attendance.objects.unscoped("who was at the item").filter(item_id=decision.item_id)
    if not there.filter(organisation_id=by.organisation_id).exists():
        raise rules.NotInTheRoom(_("Your organisation was not there."))
    known = Dissent.objects.unscoped("once for each organisation").filter(decision=decision)
    if known.filter(organisation_id=by.organisation_id).exists():
        raise rules.AlreadyThere(_("Your organisation dissented already."))
    said: Dissent = Dissent.objects.create(
        **decision.protection(),
        decision=decision,
        organisation_id=by.organisation_id,
        reasons=reasons.strip(),
        said_at=by.now,
    )
    record("conference.dissented", said, by=by)
    return said


@transaction.atomic
def assign(item: Item, owner: User, *, what: str, due_on: date, by: Actor) -> Action:
    """Ask somebody who was at the item to do something before a day; it comes to their work."""
    item, _conference = locked_item(item, by=by)
    _check_open(item)
    rules.check_words(what)
    check_no_service_quoted(what)
    rules.check_due(due_on, by.today)
    if owner.pk not in {one.user_id for one in _there(item, by)}:
        raise rules.NotInTheRoom(_("%s is not in the room.") % owner.name)
    action: Action = Action.objects.create(
        **item.protection(category="plan"),
        item=item,
        what=what.strip(),
        owner=owner,
        organisation_id=owner.organisation_id,
        due_on=due_on,
        asked_at=by.now,
    )
    record("conference.action-asked", action, by=by, recipients=[owner.organisation.reference])
    return action


def _of_open_item(decision: Decision, by: Actor) -> tuple[Decision, Item]:
    """The decision, locked, for who chairs, and its item. Raises NotThere, NotYours, IllegalTransition."""
    decision = Decision.objects.unscoped("locked").select_for_update().get(pk=decision.pk)
    policy.require(by, "conference.chair", decision)
    item, _conference = locked_item(Item.objects.unscoped("of the decision").get(pk=decision.item_id), by=by)
    _check_open(item)
    return decision, item


def _of_provider(marker: Marker, by: Actor) -> Marker:
    marker = Marker.objects.unscoped("locked").select_for_update().get(pk=marker.pk)
    policy.require(by, "statement.disclose", marker)
    check_provider(marker.organisation_id, by.organisation_id)
    return marker


def _heard(marker: Marker) -> list[Organisation]:
    there = Attendance.objects.unscoped("who heard it").filter(item_id=marker.item_id).at(marker.said_at)
    return list(Organisation.objects.filter(pk__in=there.values("organisation_id")))


def _there(item: Item, by: Actor) -> list[Attendance]:
    return list(Attendance.objects.unscoped("who is there").of(item).at(by.now))


def _check_open(item: Item) -> None:
    if item.stage != ItemStage.OPEN:
        raise rules.IllegalTransition(_("This item is not open."))
