"""Opening a case, and seating its parties with what the law of the day lets them have."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import NotYours, pack
from samenhang.cases import rules
from samenhang.cases.models import Case, CaseParty, Position, Weighing, covenant_between
from samenhang.cases.rules import Regime, Stage
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement, seats
from samenhang.exchange.rules import Item, NotLawful, Provision, check_provider
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person

APPROACH = "person-centred-approach"
PURPOSES = (APPROACH, "weighing")


@transaction.atomic
def open_case(weighing: Weighing, *, by: Actor) -> Case:
    """Open the case of a weighing that was taken up, with its three as parties.

    What the submitter may give to the case conference by law goes over with it;
    what it may not, stays. Raises NotOpen when the weighing was not unanimous.
    """
    policy.require_function(by, "case.open")
    if weighing.stage != Stage.TAKEN_UP:
        raise rules.NotOpen(_("Only a signal that all three take up becomes a case."))
    signal = Signal.objects.unscoped("the signal that was taken up").get(pk=weighing.signal_id)

    case = _make(weighing.municipality, signal.person_id, by)
    case.weighing, case.regime = weighing, Regime.ACT
    case.best_interest = Position.objects.unscoped("why it serves the child").on_the_child(weighing)
    person = Person.objects.unscoped("only whether shorter terms hold").get(pk=case.person_id)
    case.review_on = rules.review_on(by.today, child=person.is_minor(by.today))
    case.save()
    for organisation in seats(weighing.municipality):
        let_sit(case, organisation, by=by)
    for said in _of_signal(signal):
        exchange.rely(said, case, by=by)
    exchange.rely(weighing, case, by=by)

    record("case.opened", case, by=by, operation=Operation.DECISION)
    return case


@transaction.atomic
def open_by_covenant(
    person: Person,
    organisations: Collection[Organisation],
    *,
    municipality: str,
    reason: str,
    best_interest: str = "",
    by: Actor,
) -> Case:
    """Open a case between organisations that signed a covenant, on a day before the Act.

    best_interest: why it is in the interest of a minor. Raises InterestMissing, WrongRegime under the Act,
    NoCovenant when no covenant in force that day holds all of them, NotYours when the actor's own is not
    among them.
    """
    policy.require(by, "case.open", person)
    rules.check_reason(reason)
    rules.check_interest(best_interest, child=person.is_minor(by.today))
    if rules.regime_on(by.today) != Regime.COVENANT:
        raise rules.WrongRegime(_("Since the Wet PGA a case opens only after a unanimous weighing."))
    if by.organisation_id not in {organisation.pk for organisation in organisations}:
        raise NotYours
    covenant = covenant_between(organisations, by)

    case = _make(municipality, person.pk, by)
    case.covenant, case.regime = covenant, Regime.COVENANT
    case.best_interest = best_interest.strip()
    case.save()
    for organisation in organisations:
        let_sit(case, organisation, by=by)

    record("case.opened", case, by=by, operation=Operation.DECISION, reason=reason)
    return case


@transaction.atomic
def take_up(
    signal: Signal,
    organisations: Collection[Organisation],
    *,
    reason: str,
    best_interest: str = "",
    by: Actor,
) -> Case:
    """Open a case by covenant for a signal of the actor's own organisation, on a day before the Act.

    reason: what the partners said of it at their table, which is their weighing. The signal itself goes to
    nobody: what the others may read of it, its provider brings in. Raises what ``open_by_covenant``
    raises, NotYourData and IllegalTransition.
    """
    check_provider(signal.provider_id, by.organisation_id)
    person = Person.objects.unscoped("whom an own signal is about").get(pk=signal.person_id)
    case = open_by_covenant(
        person,
        organisations,
        municipality=signal.municipality,
        reason=reason,
        best_interest=best_interest,
        by=by,
    )
    exchange.mark_weighed(signal, taken_up=True, by=by)
    for said in _of_signal(signal):
        exchange.rely(said, case, by=by)
    return case


@transaction.atomic
def let_sit(case: Case, organisation: Organisation, *, by: Actor) -> CaseParty:
    """Seat an organisation at the case and give it what the law of the day lets it have there.

    Inside the transaction of a deed that was itself checked. Raises NotLawful
    with the law's sentence when that body may not sit at a case conference.
    """
    party = seat(case, organisation, by=by)
    if case.regime == Regime.ACT:
        _give_what_law_permits(case, organisation, by)
    else:
        person = Person.objects.unscoped("who the case is about").get(pk=case.person_id)
        let_know_who(person, organisation, "", by=by)
    return party


def _make(municipality: str, person_id: int, by: Actor) -> Case:
    table = found("CASUS", f"{law.authority('CASUS').name_nl} {municipality}", region=municipality, by=by)
    case = Case(
        provider=table,
        category="plan",
        purposes=pack(list(PURPOSES)),
        person_id=person_id,
        municipality=municipality,
        opened_at=by.now,
        review_on=rules.review_on(by.today),
    )
    case.scope = case.reference
    return case


def seat(case: Case, organisation: Organisation, *, by: Actor) -> CaseParty:
    """Let the organisation sit at the case: the conference's own plan and minutes, on the rule of the day."""
    if case.regime == Regime.ACT:
        basis = _rule("CASUS", organisation.authority, "plan", by)
        decided = law.ask("BURG", "CASUS", "measure-decision", APPROACH, by.today)
        if decided.permitted:
            _grant(case.scope, organisation, ["measure-decision"], decided.rule or "", by)
    else:
        basis = f"covenant:{case.covenant_id}"
    _grant(case.scope, organisation, rules.OWN_CATEGORIES, basis, by)
    party: CaseParty = CaseParty.objects.create(
        **case.protection(category="plan"),
        case=case,
        organisation=organisation,
        basis=basis,
        joined_at=by.now,
    )
    return party


def _rule(provider: str, recipient: str, category: str, by: Actor) -> str:
    answer = law.ask(
        provider, recipient, category, APPROACH, by.today, enabled=Approval.objects.enabled_on(by.today)
    )
    if not answer.permitted:
        raise NotLawful(answer.sentence)
    return answer.rule or ""


def _grant(scope: str, organisation: Organisation, categories: Iterable[str], basis: str, by: Actor) -> None:
    access.grant(scope, organisation, categories=categories, basis=basis, capacity="CASUS", by=by)


def _give_what_law_permits(case: Case, organisation: Organisation, by: Actor) -> None:
    """The signal, its statements and who it is about, each only where a rule of the day carries it.

    Nothing counts as met but what the opening itself makes true; whatever needs
    more, its provider brings in by a deed of its own (``contribute``).
    """
    assert case.weighing_id is not None
    weighing = Weighing.objects.unscoped("what the case stands on").get(pk=case.weighing_id)
    signal = Signal.objects.unscoped("what the case stands on").get(pk=weighing.signal_id)
    person = Person.objects.unscoped("who the case is about").get(pk=case.person_id)
    said = [Item(one.scope, one.category, one.special) for one in _of_signal(signal)]
    everything = Provision(
        Organisation.objects.get(pk=signal.provider_id),
        (Item(signal.scope, "signal"), *said, Item(person.scope, "identity")),
        APPROACH,
        "CASUS",
        rules.not_known_to_be_met(rules.MET_BY_OPENING),
    )
    answers = exchange.may_give(everything, to=organisation, by=by)
    lawful = tuple(item for item, answer in answers.items() if answer.permitted)
    exchange.give(replace(everything, items=lawful), to=organisation, by=by)
    if Item(person.scope, "identity") not in lawful:
        let_know_who(person, organisation, "CASUS", by=by)


def let_know_who(person: Person, organisation: Organisation, capacity: str, *, by: Actor) -> None:
    """Identity alone, where the person's provider may give this recipient something it accompanies."""
    provider = Organisation.objects.get(pk=person.provider_id).authority
    received_as = capacity or organisation.authority
    enabled = Approval.objects.enabled_on(by.today)
    for body, category in sorted(law.permitted_tuples(received_as, APPROACH, by.today, enabled)):
        if body != provider:
            continue
        answer = law.ask(body, received_as, category, APPROACH, by.today, enabled=enabled)
        if answer.permitted and answer.identity_accompanies:
            access.grant(
                person.scope,
                organisation,
                categories=["identity"],
                basis=answer.rule or "",
                capacity=capacity,
                by=by,
            )
            return


def _of_signal(signal: Signal) -> list[Statement]:
    return list(Statement.objects.unscoped("what the signal says").standing().filter(signals=signal))
