"""Suggesting a measure, checking that it is lawful, and putting it before the body that may decide."""

from django.db import transaction
from django.db.models import Q

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.models import Grant
from samenhang.access.rules import pack
from samenhang.cases.models import Case
from samenhang.cases.rules import check_new_work
from samenhang.deconfliction import actions as deconfliction
from samenhang.deconfliction.rules import is_listed
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules.conduct import check_no_service_quoted
from samenhang.grounds.models import Approval
from samenhang.grounds.rules.disclosure import Answer, ask, permitted_tuples
from samenhang.grounds.rules.measures import AvailableMeasure
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.measures import rules
from samenhang.measures.actions.colliding import check_together
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status
from samenhang.measures.rules.findings import check_minor
from samenhang.measures.rules.suits import check_suits
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person
from samenhang.risk.models import Assessment
from samenhang.risk.models.coverage import looked_up
from samenhang.risk.rules.returns import check_assessed

CASE_WORK = "person-centred-approach"
# What the participants of a case see of a measure through its life.
SHARED = ("plan", "measure-decision", "signal")


def locked(measure: Measure, deed: str, *, by: Actor) -> Measure:
    """The row itself, held until the transaction ends, if the actor may do this to it."""
    row = Measure.objects.unscoped("the action decides below").select_for_update().get(pk=measure.pk)
    policy.require(by, deed, row)
    return row


@transaction.atomic
def suggest(case: Case, kind: str, *, necessity: str, subsidiarity: str, intended: str, by: Actor) -> Measure:
    """Put a measure on the plan of a case.

    necessity: why this is needed; subsidiarity: why nothing lighter will do;
    intended: what it must bring about, by which somebody can see later whether it did.
    Raises NotInLaw, NotApproved, NoReason, OnlyByOfficialMessage, NotSuited, NoMinor, NotThere, NotYours, and
    NotOpen when the case was not reviewed in time.
    """
    policy.require(by, "measure.suggest", case)
    check_new_work(case.status, case.review_on, by.today)
    available = _kind_today(kind, by=by)
    rules.check_reason(necessity, subsidiarity, intended)
    check_no_service_quoted(f"{necessity} {subsidiarity} {intended}")
    person = Person.objects.unscoped("only what and how old it is").get(pk=case.person_id)
    check_suits(kind, legal=person.is_legal)
    check_minor(kind, minor=person.is_minor(by.today))

    measure = Measure(
        kind=kind,
        basis=available.basis,
        case=case,
        person_id=case.person_id,
        necessity=necessity,
        subsidiarity=subsidiarity,
        intended=intended,
        suggested_by=by.user,
        suggested_on=by.today,
        provider=case.provider,
        category="plan",
        purposes=pack([CASE_WORK, *({rules.purpose_of(kind)} - {CASE_WORK})]),
    )
    measure.scope = measure.reference
    measure.save(force_insert=True)
    _share_with_participants(case, measure, by=by)
    founded(measure, by=by)
    deconfliction.announce(measure.reference, kind=kind, person_id=case.person_id, by=by)
    record("measure.suggested", measure, by=by, reason=necessity)
    return measure


def founded(measure: Measure, *, by: Actor) -> None:
    """The measure leans on what its case leans on now, and on the assessments that stand."""
    case = Case.objects.unscoped("what the measure is founded on").get(pk=measure.case_id)
    exchange.lean_like(case, measure, by=by)
    for assessment in Assessment.objects.unscoped("founded on").of_case(case.pk).standing(by.today):
        exchange.rely(assessment, measure, by=by)


@transaction.atomic
def check(measure: Measure, *, holds: bool, legality: str, by: Actor) -> Measure:
    """A legal adviser weighs ground, necessity and proportion. What does not hold is withdrawn."""
    measure = locked(measure, "measure.check", by=by)
    wanted = Status.CHECKED if holds else Status.WITHDRAWN
    rules.check_from(measure.status, Status.SUGGESTED)
    rules.check_transition(rules.NEXT, Status(measure.status), wanted)
    rules.check_somebody_else(by.user, measure.suggested_by)
    rules.check_reason(legality)
    measure.basis = _kind_today(measure.kind, by=by).basis

    measure.status, measure.legality, measure.checked_by = wanted, legality, by.user
    measure.save(update_fields=["status", "legality", "checked_by", "basis"])
    record("measure.checked", measure, by=by, operation=Operation.DECISION, reason=legality)
    return measure


@transaction.atomic
def propose(measure: Measure, authority: Organisation, *, about: str, by: Actor) -> Measure:
    """Put the measure before a body that may decide on it, as far as a disclosure rule allows.

    about: who it concerns, in the words the authority needs. Raises
    NotCompetent, NotAssessed for a returnee, NotSaidHow where it gets in the way of
    another measure, and MayNotKnow with the sentence of the law.
    """
    measure = locked(measure, "measure.suggest", by=by)
    if is_listed(measure.kind, by.today):
        check_assessed(looked_up(measure.person_id, by.today, known_by=by.now))
    rules.check_transition(rules.NEXT, Status(measure.status), Status.PROPOSED)
    rules.check_competent(measure.kind, authority.authority, by.today)
    check_together(measure, by=by)
    measure.basis = _kind_today(measure.kind, by=by).basis

    basis = _address(measure, authority, by=by)
    measure.status, measure.authority, measure.about = Status.PROPOSED, authority, about
    measure.save(update_fields=["status", "authority", "about", "basis", "provider", "category"])
    record("measure.proposed", measure, by=by, recipients=[authority.reference], basis=basis)
    return measure


def _address(measure: Measure, authority: Organisation, *, by: Actor) -> str:
    """Let the authority see the proposal; a participant of the case already does."""
    if Grant.objects.filter(scope=measure.scope, organisation=authority, capacity="CASUS").exists():
        return ""
    category, answer = _lawful_proposal(measure.kind, authority.authority, by=by)
    if not answer.permitted:
        raise rules.MayNotKnow(answer.sentence)
    measure.provider_id, measure.category = by.organisation_id, category
    access.grant(measure.scope, authority, categories=[category], basis=answer.rule or "", by=by)
    return answer.rule or ""


def _lawful_proposal(kind: str, authority: str, *, by: Actor) -> tuple[str, Answer]:
    """The first category under which the law lets this body receive a proposal, or the denial."""
    purpose, enabled = rules.purpose_of(kind), Approval.objects.enabled_on(by.today)
    allowed = permitted_tuples(authority, purpose, by.today, enabled)
    categories = sorted(category for provider, category in allowed if provider == by.authority)
    category = next(iter(categories), "measure-decision")
    return category, ask(by.authority, authority, category, purpose, by.today, enabled=enabled)


def _kind_today(kind: str, *, by: Actor) -> AvailableMeasure:
    approved = Approval.objects.enabled_on(by.today)
    return rules.check_kind(kind, by.today, approved=approved, demonstration=by.simulated)


def _share_with_participants(case: Case, measure: Measure, *, by: Actor) -> None:
    held = Grant.objects.filter(scope=case.scope, capacity="CASUS").filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=by.now)
    )
    for participant in Organisation.objects.filter(pk__in=held.values("organisation_id")):
        access.grant(
            measure.scope, participant, categories=SHARED, capacity="CASUS", basis="CASUS-PART-PLAN", by=by
        )
