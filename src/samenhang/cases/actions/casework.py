"""Who sits at a case, and what comes in."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import NotThere
from samenhang.cases import rules
from samenhang.cases.actions.opening import APPROACH, let_sit
from samenhang.cases.models import Case, CaseParty, Weighing, covenant_between
from samenhang.cases.models.ending import scopes_given
from samenhang.cases.rules import Regime, Stage
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Disclosure, Movement, Statement
from samenhang.exchange.rules import Content, Item, NotLawful, Provision
from samenhang.grounds import rules as law
from samenhang.grounds.rules.bodies import seated_by_law
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person


@transaction.atomic
def admit(case: Case, organisation: Organisation, *, reason: str, by: Actor) -> CaseParty:
    """Let one more participant sit at the case (Wet PGA art. 5(5)).

    Raises NotLawful with the law's sentence when that body may not, NotOpen, SeatTaken.
    """
    case = _locked(case)
    policy.require(by, "case.work", case)
    rules.check_reason(reason)
    rules.check_new_work(case.status, case.review_on, by.today)
    at_table = CaseParty.objects.unscoped("who sits there").of(case).active()
    if at_table.filter(organisation=organisation).exists():
        raise rules.SeatTaken(_("This organisation sits at the case already."))
    if case.regime == Regime.COVENANT:
        covenant_between([organisation, *_organisations(at_table)], by)

    party = let_sit(case, organisation, by=by)

    record("case.joined", case, by=by, reason=reason, recipients=[organisation.reference])
    return party


@transaction.atomic
def contribute(
    case: Case, statement: Statement, *, not_met: Collection[str] = (), by: Actor
) -> list[Disclosure]:
    """Bring a statement of the actor's own organisation to all who sit at the case.

    Each category under its own rule of that day; all or nothing. Raises
    NotLawful, NotAParty, NotOpen, NotYourData.
    """
    missing = set(not_met) | (set() if statement.necessity.strip() else {"necessity-statement"})
    item = Item(statement.scope, statement.category, statement.special)
    made = _bring_to_all(case, statement, item, frozenset(missing), by=by)
    exchange.rely(statement, case, by=by)
    return made


@transaction.atomic
def share_movement(
    case: Case, movement: Movement, *, not_met: Collection[str] = (), by: Actor
) -> list[Disclosure]:
    """Bring what the actor's own organisation knows of the person's whereabouts to all who sit at the case.

    Under the same rules as a statement; raises the same.
    """
    item = Item(movement.scope, movement.category)
    made = _bring_to_all(case, movement, item, frozenset(not_met), by=by)
    exchange.rely(movement, case, by=by)
    return made


def categories_to_bring(case: Case, *, by: Actor) -> list[tuple[str, str]]:
    """What the actor's organisation may bring to this case at all today: codes with their labels.

    Under the Act the conference receives; before it each body at the table for itself, so that only what
    all of them may have can be brought in.
    """
    received_by = {"CASUS"}
    if case.regime == Regime.COVENANT:
        at_table = CaseParty.objects.unscoped("who would receive").of(case).active()
        received_by = {body.authority for body in _organisations(at_table) if body.pk != by.organisation_id}
    lawful = [law.permitted_tuples(code, APPROACH, by.today) for code in received_by]
    mine = {
        category
        for provider, category in frozenset.intersection(*lawful or [frozenset()])
        if provider == by.authority and category != "identity"
    }
    return [(category, law.category_label(category)) for category in sorted(mine)]


def law_of_sharing(case: Case, category: str, *, by: Actor) -> tuple[list[str], list[str]]:
    """What the law says today of giving this category to those who sit at the case.

    The sentences and the codes of the conditions, each once.
    """
    own = Organisation.objects.get(pk=by.organisation_id)
    given = Provision(own, (Item("", category),), APPROACH, "CASUS")
    if case.regime == Regime.COVENANT:
        given = replace(given, capacity="")
    at_table = CaseParty.objects.unscoped("who would receive").of(case).active()
    answers = [
        answer
        for organisation in _organisations(at_table)
        if organisation.pk != own.pk
        for answer in exchange.may_give(given, to=organisation, by=by).values()
    ]
    sentences = dict.fromkeys(answer.sentence for answer in answers)
    return list(sentences), list(dict.fromkeys(code for answer in answers for code in answer.conditions))


def established(case: Case, *, by: Actor) -> dict[str, str]:
    """Which conditions of bringing a statement into this case are checked by the deed itself, and how.

    Each of them is refused there when it does not hold; everything that asks for a judgement stays a
    question to a person. Of a case by covenant nothing: there is no weighing behind it.
    """
    weighing = Weighing.objects.unscoped("whether the three agreed").filter(pk=case.weighing_id or 0).first()
    holds = {
        "necessity-statement": _("you write it above, and without it this is refused."),
    }
    if case.regime != Regime.ACT or weighing is None or weighing.stage != Stage.TAKEN_UP:
        return holds
    return holds | {
        "only-after-unanimity": _("weighing %s took it up, and only unanimity does that.")
        % weighing.reference,
        "only-participants-of-case": _("it goes to who sits at this case today, and to nobody else."),
        "case-open": _("a case that is closed or waits for its review refuses it."),
    }


@transaction.atomic
def bring(
    case: Case, content: Content, *, category: str, not_met: Collection[str] = (), by: Actor
) -> Statement:
    """Write a statement about the person of the case down and bring it in, in one deed."""
    person = Person.objects.visible_to(by).filter(pk=case.person_id).first()
    if person is None:
        raise NotThere
    statement = exchange.state(content, about=person, category=category, by=by)
    contribute(case, statement, not_met=not_met, by=by)
    return statement


def end_unlawful_seats(*, by: Actor, limit: int = 100) -> int:
    """Under the Act, whoever sat by covenant and may not sit any more leaves; returns how many seats ended.

    The service and the coordinator sat at the table in 2014; since July 2025 what they know comes in by
    an official message alone (Wet PGA art. 3).
    """
    policy.require_function(by, "case.lapse")
    if rules.regime_on(by.today) != Regime.ACT:
        return 0
    seats = CaseParty.objects.unscoped("the service of terms looks at who sits where").by_covenant()
    lawful = seated_by_law(by.today)
    return sum(_leave(seat, by) for seat in seats.exclude(organisation__authority__in=lawful)[:limit])


@transaction.atomic
def _leave(seat: CaseParty, by: Actor) -> int:
    case = _locked(Case.objects.unscoped("of the seat").get(pk=seat.case_id))
    body = Organisation.objects.get(pk=seat.organisation_id)
    seat.left_at = by.now
    seat.save(update_fields=["left_at"])
    for scope in (case.scope, *scopes_given(case)):
        access.end_grants(scope, organisation=body, by=by)
    record("case.seat-ended", seat, by=by, recipients=[body.reference])
    return 1


def _bring_to_all(
    case: Case, held: Statement | Movement, item: Item, not_met: frozenset[str], *, by: Actor
) -> list[Disclosure]:
    case = _locked(case)
    policy.require(by, "statement.disclose", case)
    policy.require(by, "statement.disclose", held)
    rules.check_current(case.status, case.review_on, by.today)
    at_table = CaseParty.objects.unscoped("who receives").of(case).active()
    if not at_table.filter(organisation_id=by.organisation_id).exists():
        raise rules.NotAParty(_("Only who sits at the case brings something to it."))
    if held.person_id != case.person_id:
        raise NotLawful(_("This is about somebody else than the case."))
    own = Organisation.objects.get(pk=by.organisation_id)
    given = Provision(own, (item,), APPROACH, "CASUS", not_met)
    if case.regime == Regime.COVENANT:  # before the Act each party receives for itself
        given = replace(given, capacity="")
    made = [
        disclosed
        for organisation in _organisations(at_table)
        if organisation.pk != own.pk
        for disclosed in exchange.disclose(given, to=organisation, by=by)
    ]
    record("case.contributed", case, by=by, operation=Operation.DISCLOSURE)
    return made


def _organisations(at_table: Iterable[CaseParty]) -> list[Organisation]:
    return list(Organisation.objects.filter(pk__in=[party.organisation_id for party in at_table]))


def _locked(case: Case) -> Case:
    return Case.objects.unscoped("locked").select_for_update().get(pk=case.pk)
