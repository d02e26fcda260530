"""A criminal case: written down, taken by a prosecutor, moved on, reviewed, ended."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import Item, Provision, check_reason
from samenhang.exchange.rules.movements import category_of
from samenhang.foundation.states import check_transition
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person
from samenhang.persons.rules import check_human
from samenhang.prosecution.actions.erasing import erase_proof
from samenhang.prosecution.models import CriminalCase, Offence, SuspectedRole
from samenhang.prosecution.rules import course
from samenhang.prosecution.rules.course import NEXT, Outcome, Stage


@transaction.atomic
def open_case(
    person: Person, *, roles: Collection[str], began_on: date, number: str = "", by: Actor
) -> CriminalCase:
    """Write down that a criminal case runs about somebody. What the police report, the prosecution reads too.

    No record of what was given is kept beside the journal: colleagues without this work read those.
    Raises NotThere, NotYours, OtherPurpose, OnlyOfHumans, BadCase.
    """
    policy.require(by, "criminal-case.open", person)
    course.check_purpose(by.purpose)
    check_human(person.kind)
    course.check_roles(roles)
    course.check_began(began_on, by.today)
    running = CriminalCase.objects.visible_to(by).about(person.pk).running()
    if running.filter(number=number.strip()).exists():
        raise course.BadCase(_("This case is here already. Add to it, or give the number of the other one."))

    ours = by.authority != "POL"
    made = CriminalCase(
        provider_id=by.organisation_id,
        category=category_of(by.authority),
        purposes=pack(course.PURPOSES),
        person=person,
        number=number.strip(),
        stage=Stage.INVESTIGATION if ours else Stage.REPORTED,
        began_on=began_on,
        reported_at=by.now,
        reported_by=by.user,
        reviewed_by=by.user if ours else "",
        review_on=by.today + course.REVIEW_EVERY,
    )
    made.scope = made.reference
    made.save()
    _name_roles(made, roles, by)
    if not ours:
        _tell_prosecution(made, person, by)

    record("criminal-case.opened", made, by=by, operation=Operation.COLLECTION)
    return made


@transaction.atomic
def name_roles(case: CriminalCase, *, roles: Collection[str], by: Actor) -> CriminalCase:
    """Say anew what the person is suspected to be; what is not named any more, no longer is."""
    case = locked(case, "criminal-case.prove", by=by)
    course.check_roles(roles)
    standing = SuspectedRole.objects.unscoped("what stood so far").of([case])
    for row in standing:
        if row.role not in roles:
            row.withdrawn_at = by.now
            row.save(update_fields=["withdrawn_at"])
    _name_roles(case, set(roles) - {row.role for row in standing}, by)

    record("criminal-case.roles-named", case, by=by)
    return case


@transaction.atomic
def move_on(case: CriminalCase, stage: Stage, *, number: str = "", by: Actor) -> CriminalCase:
    """Take it as a prosecutor, prosecute, or bring it before the court.

    Raises NotThere, NotYours, CaseOver, IllegalTransition, BadCase.
    """
    case = locked(case, "criminal-case.lead", by=by)
    check_transition(NEXT, Stage(case.stage), stage)
    if stage == Stage.CLOSED:
        raise course.BadCase(_("Say how it ended."))
    if stage == Stage.PROSECUTION and not Offence.objects.unscoped("any at all").of(case).exists():
        raise course.BadCase(_("Note the offence first: nobody is prosecuted without one."))

    if stage == Stage.INVESTIGATION:
        case.reviewed_by, case.review_on = by.user, by.today + course.REVIEW_EVERY
    case.stage = stage
    case.number = number.strip() or case.number
    case.save(update_fields=["stage", "number", "reviewed_by", "review_on"])

    record(f"criminal-case.{stage}", case, by=by, operation=Operation.DECISION)
    return case


@transaction.atomic
def review(case: CriminalCase, *, reason: str, by: Actor) -> CriminalCase:
    """Say, as another prosecutor than who looked last, why it still runs. Raises SecondProsecutorNeeded."""
    case = locked(case, "criminal-case.lead", by=by)
    check_reason(reason)
    if case.stage == Stage.REPORTED:
        raise course.BadCase(_("No prosecutor has taken it yet."))
    course.check_reviewer(case.reviewed_by, by.user)

    case.reviewed_by, case.review_on = by.user, by.today + course.REVIEW_EVERY
    case.save(update_fields=["reviewed_by", "review_on"])

    record("criminal-case.reviewed", case, by=by, operation=Operation.DECISION, reason=reason)
    return case


@transaction.atomic
def close(case: CriminalCase, outcome: Outcome, *, reason: str, by: Actor) -> CriminalCase:
    """End it, with how. After an acquittal or when there was no offence, the list of evidence goes at once.

    Who wrote it down may take back a mistake as long as no prosecutor has taken it.
    Raises NotThere, NotYours, CaseOver, BadCase.
    """
    untaken = case.stage == Stage.REPORTED and outcome == Outcome.MISTAKE
    case = locked(case, "criminal-case.open" if untaken else "criminal-case.lead", by=by)
    check_reason(reason)
    if outcome == Outcome.LAPSED:
        raise course.BadCase(_("A case lapses by itself."))
    if untaken and case.stage != Stage.REPORTED:
        raise course.BadCase(_("A prosecutor has taken it meanwhile."))
    return end(case, outcome, reason=reason, by=by)


def end(case: CriminalCase, outcome: Outcome, *, reason: str, by: Actor) -> CriminalCase:
    """Inside the transaction of a deed in which the case was locked and checked."""
    course.check_end(Stage(case.stage), outcome)
    case.stage, case.outcome, case.closed_on = Stage.CLOSED, outcome, by.today
    case.end_reason, case.destroy_on = reason.strip(), course.destroyed_on(outcome, by.today)
    case.save(update_fields=["stage", "outcome", "closed_on", "end_reason", "destroy_on"])
    if outcome in course.PROOF_GOES:
        erase_proof(case, by=by)

    record("criminal-case.closed", case, by=by, operation=Operation.DECISION, reason=reason)
    return case


def locked(case: CriminalCase, deed: str, *, by: Actor) -> CriminalCase:
    """The case as it is now, for a deed on one that runs. Raises NotThere, NotYours, CaseOver."""
    found: CriminalCase = CriminalCase.objects.unscoped("locked").select_for_update().get(pk=case.pk)
    policy.require(by, deed, found)
    course.check_running(found.stage)
    return found


def _name_roles(case: CriminalCase, roles: Collection[str], by: Actor) -> None:
    for role in sorted(set(roles)):
        SuspectedRole.objects.create(
            **case.protection(), criminal_case=case, role=role, recorded_at=by.now, recorded_by=by.user
        )


def _tell_prosecution(case: CriminalCase, person: Person, by: Actor) -> None:
    """The prosecution leads every investigation (Sv 132a, 148), so it reads of it at once."""
    prosecution = Organisation.objects.body_for("OM", person.home_municipality)
    if prosecution is None:
        return
    own = Organisation.objects.get(pk=by.organisation_id)
    items = [Item(case.scope, case.category)]
    if person.provider_id == by.organisation_id:
        items.append(Item(person.scope, "identity"))
    answers = exchange.may_give(Provision(own, tuple(items), by.purpose), to=prosecution, by=by)
    for item, answer in answers.items():
        if answer.permitted:
            access.grant(item.scope, prosecution, categories=[item.category], basis=answer.rule or "", by=by)
