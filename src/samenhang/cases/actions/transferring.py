"""A case goes to the municipality where its person lives now (Wet PGA art. 7)."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import NotYours, pack
from samenhang.cases import rules
from samenhang.cases.actions.keeping import end_charges
from samenhang.cases.actions.opening import APPROACH, let_know_who, seat
from samenhang.cases.actions.third_parties import end_third_parties
from samenhang.cases.models import Case, CaseParty, Contribution, Transfer, Weighing
from samenhang.cases.models.ending import scopes_given
from samenhang.cases.rules import Regime
from samenhang.cases.rules.moving import (
    MET_BY_MOVING,
    NEXT_OF_MOVE,
    NEXT_OF_SAY,
    CannotMove,
    Move,
    Say,
    check_destination,
    check_sources_heard,
    check_term,
    object_by,
)
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Movement, Reliance, Signal, Statement
from samenhang.exchange.rules import Item, NotLawful, Provision
from samenhang.grounds import rules as law
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation
from samenhang.persons import actions as persons
from samenhang.persons.models import Person

MAYOR = "BURG"


@transaction.atomic
def offer_transfer(case: Case, to: Organisation, *, reason: str, by: Actor) -> Transfer:
    """Offer the case to another municipality, and ask every source whether what it brought in may go along.

    The offer tells the other municipality that there is a case, its number, from where and
    why, and not about whom; that is a disclosure under the rule of the day. Raises NotLawful,
    CannotMove, NotOpen, NotYours.
    """
    case = Case.objects.unscoped("locked").select_for_update().get(pk=case.pk)
    policy.require(by, "case.work", case)
    rules.check_reason(reason)
    rules.check_current(case.status, case.review_on, by.today)
    own = Organisation.objects.get(pk=by.organisation_id)
    if own.authority != MAYOR or own.region != case.municipality:
        raise NotYours
    if to.authority != MAYOR:
        raise CannotMove(_("A case goes to a municipality."))
    on_its_way = Transfer.objects.unscoped("one at a time").filter(case=case, stage=Move.OFFERED)
    check_destination(case.municipality, to.region, on_its_way.exists())
    if case.regime != Regime.ACT:
        raise NotLawful(
            _("A case by covenant does not move: only the Act lets one conference give to another.")
        )

    transfer = Transfer(
        provider_id=case.provider_id,
        category=case.category,
        purposes=pack([APPROACH]),
        case=case,
        of=own,
        to=to,
        reason=reason.strip(),
        object_by=object_by(by.today),
        offered_at=by.now,
    )
    transfer.scope = transfer.reference
    transfer.rule = _give([Item(transfer.scope, "plan")], case, to, by)
    transfer.save()
    access.grant(transfer.scope, own, categories=["plan"], basis=transfer.rule, capacity="CASUS", by=by)
    Contribution.objects.bulk_create(_asked(transfer, case, by))
    _count(transfer)
    record(
        "case.transfer-offered", transfer, by=by, reason=reason, recipients=[to.reference],
        operation=Operation.DISCLOSURE, basis=transfer.rule,
    )  # fmt: skip
    return transfer


@transaction.atomic
def say(
    asked: Contribution, said: Say, *, reason: str = "", confirmed: bool = False, by: Actor
) -> Contribution:
    """The source holds one thing back, with a reason, or lets it go along. Until the term is over.

    confirmed: the conditions under which it was brought in hold for the other municipality as
    well. Raises CannotMove, NotYours, IllegalTransition.
    """
    transfer = Transfer.objects.unscoped("locked").select_for_update().get(pk=asked.transfer_id)
    asked = Contribution.objects.unscoped("locked").select_for_update().get(pk=asked.pk)
    policy.require(by, "transfer.say", asked)
    if asked.provider_id != by.organisation_id:
        raise NotYours
    if transfer.stage != Move.OFFERED:
        raise CannotMove(_("This transfer is over."))
    check_term(asked.object_by, by.today)
    rules.check_transition(NEXT_OF_SAY, Say(asked.say), said)
    if said == Say.STAYS:
        rules.check_reason(reason)
    asked.say, asked.reason, asked.confirmed = said, reason.strip(), confirmed and said == Say.GOES
    asked.answered_at, asked.answered_by = by.now, by.user
    asked.save()
    _count(transfer)
    record(f"case.contribution-{said}", asked, by=by, operation=Operation.DECISION)
    return asked


@transaction.atomic
def accept_transfer(transfer: Transfer, *, by: Actor) -> Case:
    """The new municipality takes the case over, under the same number; the old one does not read it any more.

    What no source held back goes along, each thing under the rule by which its own source may
    give it. What the old municipality wrote itself, and its journal, stay with it. Raises
    CannotMove while a source may still object, NotLawful, NotYours, IllegalTransition.
    """
    transfer, case = _locked(transfer, by)
    if transfer.to_id != by.organisation_id:
        raise NotYours
    rules.check_transition(NEXT_OF_MOVE, Move(transfer.stage), Move.ACCEPTED)
    check_sources_heard(transfer.waiting, transfer.object_by, by.today)
    own = Organisation.objects.get(pk=by.organisation_id)

    _let_go(case, by)
    _give([Item(case.scope, "plan")], case, own, by)
    table = found("CASUS", f"{law.authority('CASUS').name_nl} {own.region}", region=own.region, by=by)
    case.provider, case.municipality = table, own.region
    case.save(update_fields=["provider", "municipality"])
    seat(case, own, by=by)
    person = Person.objects.unscoped("who the case is about").get(pk=case.person_id)
    let_know_who(person, own, "CASUS", by=by)
    persons.settle(person, home_municipality=own.region, by=by)
    for asked in Contribution.objects.unscoped("what goes along").asked_by(transfer).exclude(say=Say.STAYS):
        _send(asked, own, by)
    _answer(transfer, Move.ACCEPTED, "", by)
    record(
        "case.transferred", case, by=by, recipients=[own.reference], operation=Operation.DISCLOSURE,
        basis=transfer.rule,
    )  # fmt: skip
    return case


@transaction.atomic
def refuse_transfer(transfer: Transfer, *, reason: str, by: Actor) -> Transfer:
    """The other municipality does not take it, and says why; the case stays where it is."""
    transfer, _case = _locked(transfer, by)
    if transfer.to_id != by.organisation_id:
        raise NotYours
    rules.check_reason(reason)
    rules.check_transition(NEXT_OF_MOVE, Move(transfer.stage), Move.REFUSED)
    _answer(transfer, Move.REFUSED, reason.strip(), by)
    record("case.transfer-refused", transfer, by=by)
    return transfer


@transaction.atomic
def call_off_transfer(transfer: Transfer, *, by: Actor) -> Transfer:
    """The old municipality keeps the case after all; the other one does not read the offer any more."""
    transfer, _case = _locked(transfer, by)
    if transfer.of_id != by.organisation_id:
        raise NotYours
    rules.check_transition(NEXT_OF_MOVE, Move(transfer.stage), Move.CALLED_OFF)
    _answer(transfer, Move.CALLED_OFF, "", by)
    access.end_grants(transfer.scope, organisation=transfer.to, by=by)
    record("case.transfer-called-off", transfer, by=by)
    return transfer


def _locked(transfer: Transfer, by: Actor) -> tuple[Transfer, Case]:
    case = Case.objects.unscoped("locked").select_for_update().get(pk=transfer.case_id)
    transfer = Transfer.objects.unscoped("locked").select_for_update().get(pk=transfer.pk)
    policy.require(by, "case.work", transfer)
    if case.status not in rules.RUNNING and transfer.stage == Move.OFFERED:
        raise rules.NotOpen(_("This case is closed."))
    return transfer, case


def _give(items: list[Item], case: Case, to: Organisation, by: Actor) -> str:
    """The conference's own, to the conference of the other municipality. Returns the rule."""
    table = Organisation.objects.get(pk=case.provider_id)
    given = Provision(table, tuple(items), APPROACH, "CASUS", rules.not_known_to_be_met(MET_BY_MOVING))
    answer = law.ask("CASUS", "CASUS", "plan", APPROACH, by.today, not_met=given.not_met)
    if not answer.permitted:
        raise NotLawful(answer.sentence)
    exchange.give(given, to=to, by=by)
    return answer.rule or ""


def _asked(transfer: Transfer, case: Case, by: Actor) -> Iterator[Contribution]:
    """One question for each thing that somebody else than the case's own conference brought in."""
    for source in _brought_in(case):
        own = source.provider_id == by.organisation_id
        yield Contribution(
            scope=transfer.scope,
            provider_id=source.provider_id,
            category=source.category,
            purposes=pack([APPROACH]),
            transfer=transfer,
            source=source.reference,
            source_scope=source.scope,
            special=getattr(source, "special", False),
            object_by=transfer.object_by,
            # Whoever offers the case objects to nothing of its own.
            say=Say.GOES if own else Say.OPEN,
            confirmed=own,
            answered_at=by.now if own else None,
            answered_by=by.user if own else "",
        )


def _brought_in(case: Case) -> list[Statement | Movement | Signal]:
    leaning = Reliance.objects.unscoped("what the case leans on").filter(dependant=case.reference)
    references = leaning.values("leans_on")
    said = Statement.objects.unscoped("what sources brought in").standing().filter(reference__in=references)
    moved = Movement.objects.unscoped("what sources brought in").filter(reference__in=references)
    found: list[Statement | Movement | Signal] = [*said.order_by("pk"), *moved.order_by("pk")]
    if case.weighing_id is not None:
        weighing = Weighing.objects.unscoped("what it stands on").get(pk=case.weighing_id)
        found.append(Signal.objects.unscoped("what it stands on").get(pk=weighing.signal_id))
    return found


def _send(asked: Contribution, to: Organisation, by: Actor) -> None:
    """One thing goes along where the law of today lets its source give it; else it stays."""
    given = Provision(
        Organisation.objects.get(pk=asked.provider_id),
        (Item(asked.source_scope, asked.category, asked.special),),
        APPROACH,
        "CASUS",
        frozenset() if asked.confirmed else rules.not_known_to_be_met(MET_BY_MOVING),
    )
    if all(answer.permitted for answer in exchange.may_give(given, to=to, by=by).values()):
        exchange.give(given, to=to, by=by)


def _let_go(case: Case, by: Actor) -> None:
    """The old municipality and whoever works for it alone leave, and read nothing of the case any more."""
    parties = CaseParty.objects.unscoped("who leaves").of(case).active()
    scopes = [case.scope, *scopes_given(case)]
    if case.weighing_id is not None:
        scopes.append(Weighing.objects.unscoped("given back").get(pk=case.weighing_id).scope)
    for party in parties:
        body = Organisation.objects.get(pk=party.organisation_id)
        if body.region != case.municipality:
            continue
        party.left_at = by.now
        party.save(update_fields=["left_at"])
        for scope in scopes:
            access.end_grants(scope, organisation=body, by=by)
    end_charges(case, by=by)
    end_third_parties(case, by=by)


def _count(transfer: Transfer) -> None:
    asked = list(Contribution.objects.unscoped("counted for both").asked_by(transfer))
    transfer.contributions = len(asked)
    transfer.waiting = sum(1 for one in asked if one.say == Say.OPEN)
    transfer.held_back = sum(1 for one in asked if one.say == Say.STAYS)
    transfer.save(update_fields=["contributions", "waiting", "held_back"])


def _answer(transfer: Transfer, stage: Move, words: str, by: Actor) -> None:
    transfer.stage, transfer.answer, transfer.answered_at = stage, words, by.now
    transfer.save(update_fields=["stage", "answer", "answered_at"])
