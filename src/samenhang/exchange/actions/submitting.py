"""Signals: made, offered for weighing, weighed, withdrawn."""

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.exchange import rules
from samenhang.exchange.actions.disclosing import give
from samenhang.exchange.actions.telling import tell
from samenhang.exchange.models import Holding, OutcomeTally, Signal, Statement, holders, seats
from samenhang.exchange.rules import Item, Origin, Provision, Status, Triage
from samenhang.exchange.rules.receiving import Why
from samenhang.grounds import rules as law
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person
from samenhang.persons.rules import check_may_be_weighed


@transaction.atomic
def submit_signal(
    person: Person,
    statements: Collection[Statement],
    *,
    municipality: str,
    origin: Origin = Origin.OWN_WORK,
    triage: Triage = Triage.ORDINARY,
    by: Actor,
) -> Signal:
    """Make a signal of the organisation's own statements about one person. Given to nobody yet.

    triage: how soon it must be weighed, in the eyes of who submits it.
    Raises NotYours, NotThere, Incomplete, and ChildInNeed for who is under twelve.
    """
    policy.require(by, "signal.submit", person)
    check_may_be_weighed(person.birth_date, by.today)
    chosen = list(
        Statement.objects.visible_to(by).standing().filter(pk__in={statement.pk for statement in statements})
    )
    if not chosen or len(chosen) < len(statements):
        raise rules.Incomplete(_("A signal needs at least one statement that still stands."))
    if any(said.provider_id != by.organisation_id or said.person_id != person.pk for said in chosen):
        raise rules.Incomplete(_("A signal holds your own organisation’s statements about this one person."))
    if not municipality.strip():
        raise rules.Incomplete(_("Say in which municipality the person lives: its mayor weighs the signal."))

    signal = Signal(
        provider_id=by.organisation_id,
        person=person,
        category="signal",
        purposes=pack(list(rules.PURPOSES)),
        municipality=municipality.strip(),
        origin=origin,
        triage=triage,
        submitted_at=by.now,
        submitted_by=by.user,
    )
    signal.scope = signal.reference
    signal.save()
    Holding.objects.bulk_create(Holding(signal=signal, statement=said) for said in chosen)

    record("signal.submitted", signal, by=by, operation=Operation.COLLECTION)
    return signal


@transaction.atomic
def withdraw_signal(signal: Signal, *, reason: str, by: Actor) -> Signal:
    """Take a signal back: from now on only its own organisation sees it."""
    signal = Signal.objects.unscoped("locked").select_for_update().get(pk=signal.pk)
    policy.require(by, "signal.withdraw", signal)
    rules.check_provider(signal.provider_id, by.organisation_id)
    rules.check_transition(rules.NEXT, Status(signal.status), Status.WITHDRAWN)
    rules.check_reason(reason)

    signal.status, signal.withdrawn_at = Status.WITHDRAWN, by.now
    signal.save(update_fields=["status", "withdrawn_at"])
    tell([signal.scope], Why.WITHDRAWN, by=by)

    record("signal.withdrawn", signal, by=by, reason=reason, recipients=holders(signal, by.now))
    return signal


@transaction.atomic
def offer(signal: Signal, *, not_met: Collection[str] = (), by: Actor) -> Signal:
    """Offer the signal to police, prosecution and the mayor of the home municipality, to weigh together.

    not_met: conditions of the law that the submitter did not confirm. What the
    records themselves show (a missing necessity, another home) counts whatever
    was ticked. Raises NotLawful with the law's sentence, NobodyThere.
    """
    signal = Signal.objects.unscoped("locked").select_for_update().get(pk=signal.pk)
    policy.require(by, "statement.disclose", signal)
    rules.check_provider(signal.provider_id, by.organisation_id)
    rules.check_transition(rules.NEXT, Status(signal.status), Status.OFFERED)
    provision = _provision(signal, frozenset(not_met))

    for organisation in seats(signal.municipality):
        give(provision, to=organisation, by=by)
    signal.status, signal.offered_at = Status.OFFERED, by.now
    signal.save(update_fields=["status", "offered_at"])

    record("signal.offered", signal, by=by, operation=Operation.DISCLOSURE)
    return signal


def conditions_of_offer(signal: Signal, *, by: Actor) -> law.Answer:
    """What the law answers today to offering this signal, with the conditions to confirm."""
    return law.ask(
        Organisation.objects.get(pk=signal.provider_id).authority, "WEEG", "signal", "weighing", by.today
    )


@transaction.atomic
def add_to_signal(
    signal: Signal, statement: Statement, *, not_met: Collection[str] = (), by: Actor
) -> Signal:
    """The submitter says more of its own signal while that is weighed, under the rule of the offer itself.

    Nothing of anybody else: further data are for after unanimity (Wet PGA art. 5(4)). Raises
    NotLawful with the law's sentence, NotYourData, Incomplete, IllegalTransition.
    """
    signal = Signal.objects.unscoped("locked").select_for_update().get(pk=signal.pk)
    policy.require(by, "statement.disclose", signal)
    policy.require(by, "statement.disclose", statement)
    for held in (signal, statement):
        rules.check_provider(held.provider_id, by.organisation_id)
    if signal.status != Status.OFFERED:
        raise rules.IllegalTransition(_("This signal is not being weighed."))
    if statement.person_id != signal.person_id:
        raise rules.Incomplete(_("A signal holds your own organisation’s statements about this one person."))
    Holding.objects.create(signal=signal, statement=statement)
    provision = _provision(signal, frozenset(not_met))
    more = replace(provision, items=(Item(statement.scope, statement.category, statement.special),))
    for organisation in seats(signal.municipality):
        give(more, to=organisation, by=by)

    record("signal.told-more", signal, by=by, operation=Operation.DISCLOSURE)
    return signal


@transaction.atomic
def mark_weighed(signal: Signal, *, taken_up: bool, outcome: str = "", by: Actor) -> Signal:
    """Keep with the signal whether it was taken up, inside the weighing's own transaction.

    outcome: what the three said together, which is counted; empty where no three weighed it.
    """
    signal = Signal.objects.unscoped("locked").select_for_update().get(pk=signal.pk)
    wanted = Status.TAKEN_UP if taken_up else Status.NOT_TAKEN_UP
    rules.check_transition(rules.NEXT, Status(signal.status), wanted)

    signal.status, signal.weighed_at = wanted, by.now
    signal.save(update_fields=["status", "weighed_at"])
    if outcome:
        row = OutcomeTally.objects.filter(municipality=signal.municipality, on=by.today, outcome=outcome)
        if not row.update(number=F("number") + 1):
            OutcomeTally.objects.get_or_create(municipality=signal.municipality, on=by.today, outcome=outcome)
            row.update(number=F("number") + 1)

    record(f"signal.{wanted}", signal, by=by)
    return signal


def _provision(signal: Signal, not_met: frozenset[str]) -> Provision:
    """The signal, its statements and the identity that links them, as one provision to the triage panel."""
    said = list(
        Statement.objects.unscoped("the statements of a signal that may be read")
        .standing()
        .filter(signals=signal)
    )
    person = Person.objects.unscoped("the person of a signal that may be read").get(pk=signal.person_id)
    items = [Item(signal.scope, "signal"), Item(person.scope, "identity")]
    items += [Item(one.scope, one.category, one.special) for one in said]
    missing = set(not_met) | {"only-after-unanimity"}  # nobody has judged yet
    if not said or not all(one.necessity.strip() for one in said):
        missing.add("necessity-statement")
    if person.home_municipality and person.home_municipality != signal.municipality:
        missing.add("home-municipality")
    provider = Organisation.objects.get(pk=signal.provider_id)
    return Provision(provider, tuple(dict.fromkeys(items)), "weighing", "WEEG", frozenset(missing))
