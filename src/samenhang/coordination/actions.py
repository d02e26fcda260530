"""Asking who an item is about, deciding on that as a second person, and showing the names."""

from collections.abc import Iterable

from django.db import transaction

from samenhang.access import policy
from samenhang.access.erasing import erase, forget_scopes
from samenhang.access.rules import NotThere, pack
from samenhang.coordination import rules
from samenhang.coordination.models import Reidentification
from samenhang.coordination.rules import Status
from samenhang.exchange.models import Statement
from samenhang.grounds.models import Approval
from samenhang.grounds.rules.disclosure import Answer, ask
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.persons.models import IdentityClaim, Person

# A request is the coordinator's own; whose data its item is stands in the journal.
CATEGORY = "signal"


def pseudonyms(items: Iterable[Statement], *, by: Actor) -> dict[int, str]:
    """By key of each item the pseudonym of whom it is about: the same in all. Raises NotYours."""
    policy.require_function(by, "reidentification.ask")
    rows = list(items)
    people = Person.objects.unscoped("their pseudonyms alone").in_bulk({row.person_id for row in rows})
    return {row.pk: people[row.person_id].reference for row in rows}


@transaction.atomic
def ask_who(item: Statement, *, reason: str, by: Actor) -> Reidentification:
    """Ask who this item is about. Shows nothing yet.

    Raises NotThere, NotYours, NotTheCoordinator, SayWhy, and NoNames for a minor or under a rule that wants
    pseudonyms.
    """
    policy.require(by, "reidentification.ask", item)
    rules.check_coordinator(by.authority, by.purpose)
    rules.check_reason(reason)
    person = _person_behind(item)
    answer = _lawful(item, by=by)
    rules.check_may_be_named(answer, minor=person.is_minor(by.today))

    asked = Reidentification(
        provider_id=by.organisation_id,
        category=CATEGORY,
        purposes=pack([rules.PURPOSE]),
        item=item.reference,
        person=person.reference,
        rule=answer.rule or "",
        because=reason.strip(),
        asked_by=by.user,
        asked_at=by.now,
    )
    asked.scope = asked.reference
    asked.save(force_insert=True)
    record("reidentification.asked", asked, by=by, basis=asked.rule)
    return asked


@transaction.atomic
def decide(asked: Reidentification, *, agree: bool, reason: str, by: Actor) -> Reidentification:
    """Agree, or not, as a second person of the coordinator.

    Raises NotThere, NotYours, NotTheCoordinator, SecondPersonNeeded, SayWhy, IllegalTransition, and NoNames
    when the law or the item has changed since.
    """
    asked = _locked(asked)
    policy.require(by, "reidentification.decide", asked)
    rules.check_coordinator(by.authority, by.purpose)
    wanted = Status.AGREED if agree else Status.REFUSED
    rules.check_decides(asked.status, wanted, asked.asked_by, by.user)
    rules.check_reason(reason)
    if agree:
        _still_lawful(asked, by=by)

    asked.status, asked.answer, asked.decided_by, asked.decided_at = wanted, reason.strip(), by.user, by.now
    asked.shown_until = by.now + rules.SHOWN_FOR if agree else None
    asked.save()
    record(f"reidentification.{wanted}", asked, by=by, operation=Operation.DECISION, basis=asked.rule)
    return asked


@transaction.atomic
def show_names(asked: Reidentification, *, by: Actor) -> list[str]:
    """The names behind the pseudonym, for who asked, within the day; each time it is in the journal.

    Raises NotThere also when the item was withdrawn or recalled since, NotYours, NotTheCoordinator,
    NotShown, NoNames.
    """
    asked = _locked(asked)
    policy.require(by, "reidentification.ask", asked)
    rules.check_coordinator(by.authority, by.purpose)
    rules.check_shown(asked.asked_by, by.user, asked.shown_until, by.now)
    item = _still_lawful(asked, by=by)
    person = _person_behind(item)

    claims = list(
        IdentityClaim.objects.unscoped("asked by one and agreed by another")
        .linked()
        .filter(person=person)
        .order_by("claimed_at", "pk")
    )
    provider = Organisation.objects.get(pk=item.provider_id)
    event, basis = "reidentification.shown", asked.rule
    record(
        event,
        asked,
        by=by,
        operation=Operation.DISCLOSURE,
        recipients=[by.organisation],
        basis=basis,
    )
    record(
        event, claims, by=by, operation=Operation.CONSULTATION, recipients=[provider.reference], basis=basis
    )
    return list(dict.fromkeys(claim.full_name for claim in claims))


def forget_requests(*, by: Actor) -> int:
    """Destroy requests four weeks after they were made; how many. The journal keeps that they were made."""
    policy.require_function(by, "case.destroy")
    with transaction.atomic():
        gone = erase(Reidentification.objects.unscoped("their time is over").over(by.now), by=by)
        forget_scopes(gone.scopes)
    return sum(gone.counts.values())


def _person_behind(item: Statement) -> Person:
    if item.person_id is None:
        raise NotThere
    person = Person.objects.unscoped("only the pseudonym and the age").filter(pk=item.person_id).first()
    if person is None:
        raise NotThere
    found: Person = person
    return found


def _lawful(item: Statement, *, by: Actor) -> Answer:
    """What the law says today to giving this item to the coordinator."""
    provider = Organisation.objects.get(pk=item.provider_id)
    enabled = Approval.objects.enabled_on(by.today)
    return ask(provider.authority, by.authority, item.category, rules.PURPOSE, by.today, enabled=enabled)


def _still_lawful(asked: Reidentification, *, by: Actor) -> Statement:
    """The item, as long as the coordinator may read it and the law lets its person be named."""
    item = Statement.objects.visible_to(by).filter(reference=asked.item).first()
    if item is None:
        raise NotThere
    rules.check_may_be_named(_lawful(item, by=by), minor=_person_behind(item).is_minor(by.today))
    found: Statement = item
    return found


def _locked(asked: Reidentification) -> Reidentification:
    found: Reidentification = (
        Reidentification.objects.unscoped("decided once").select_for_update().get(pk=asked.pk)
    )
    return found
