"""Noting what was promised, and what becomes of it; and how a partner is reached, which it says itself."""

from datetime import date
from typing import Any

from django.db import transaction

from samenhang.access.rules import NotThere, NotYours, functions, may_do
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Mandate, Organisation, User
from samenhang.programme import rules
from samenhang.programme.models import Commitment, CommitmentStep, ContactPoint
from samenhang.programme.rules import Event, Office, Paper, Promise, State
from samenhang.programme.rules.contact import Contact, check_functional

DEED = "commitment.keep"
OF_CONTACT = "contact-point.keep"


def may_keep(*, by: Actor) -> bool:
    """Whether this person keeps the register, at the ministry or the coordinator."""
    return may_do(DEED, by.roles) and by.authority in rules.KEEPERS and by.human


def require(*, by: Actor) -> None:
    """Raises NotYours."""
    if not may_keep(by=by):
        raise NotYours


def keepers(*, by: Actor) -> dict[int, User]:
    """Who can answer for a commitment: whoever keeps the register at the same body today. Raises NotYours."""
    require(by=by)
    in_force = Mandate.objects.in_force(by.today).filter(role__in=functions()["deeds"][DEED])
    people = User.objects.filter(organisation_id=by.organisation_id, is_active=True, human=True)
    return {user.pk: user for user in people.filter(mandates__in=in_force).distinct().order_by("name", "pk")}


@transaction.atomic
def note(promise: Promise, *, by: Actor) -> Commitment:
    """Write a promise down; who writes it answers for it. Raises NotYours, NotKeepable."""
    require(by=by)
    rules.check_promise(promise, by.today)

    row = Commitment.objects.create(
        made_by=promise.made_by,
        made_to=promise.made_to,
        what=promise.what.strip(),
        made_on=promise.made_on,
        term=promise.term.strip(),
        due_on=promise.due_on,
        answers_id=by.user_id,
        **_of(promise.paper),
    )
    _step(row, Event.NOTED, by=by, due_on=promise.due_on, answers_id=by.user_id)

    record("commitment.noted", row, by=by, operation=Operation.COLLECTION)
    return row


@transaction.atomic
def end(
    commitment: Commitment, wanted: State, *, reason: str, by: Actor, paper: Paper | None = None
) -> Commitment:
    """It is kept, by a paper; or over, by a paper or for a reason.

    Raises NotYours, IllegalTransition, NotKeepable.
    """
    require(by=by)
    row = _locked(commitment)
    rules.check_end(State(row.state), wanted, paper, row.made_on, by.today)
    rules.check_reason(reason)

    row.state, row.ended_on = wanted, paper.dated_on if paper else by.today
    row.save(update_fields=["state", "ended_on"])
    _step(row, Event(wanted.value), by=by, reason=reason, **(_of(paper) if paper else {}))

    record(f"commitment.{wanted}", row, by=by, operation=Operation.DECISION, reason=reason)
    return row


@transaction.atomic
def reopen(commitment: Commitment, *, reason: str, by: Actor) -> Commitment:
    """The paper did not keep the promise after all. Raises NotYours, IllegalTransition, NotKeepable."""
    require(by=by)
    row = _locked(commitment)
    rules.check_reopened(State(row.state))
    rules.check_reason(reason)

    row.state, row.ended_on = State.OPEN, None
    row.save(update_fields=["state", "ended_on"])
    _step(row, Event.REOPENED, by=by, reason=reason)

    record("commitment.reopened", row, by=by, operation=Operation.DECISION, reason=reason)
    return row


@transaction.atomic
def set_day(
    commitment: Commitment, due_on: date, *, promised_by: Office, reason: str, by: Actor
) -> Commitment:
    """Another last day, promised by an office. Raises NotYours, NotKeepable."""
    require(by=by)
    row = _locked(commitment)
    rules.check_new_day(State(row.state), row.due_on, due_on, by.today)
    rules.check_reason(reason)

    row.due_on = due_on
    row.save(update_fields=["due_on"])
    _step(row, Event.NEW_DAY, by=by, reason=reason, due_on=due_on, promised_by=promised_by)

    record("commitment.new-day-set", row, by=by, operation=Operation.DECISION, reason=reason)
    return row


@transaction.atomic
def pass_on(commitment: Commitment, to: int, *, reason: str, by: Actor) -> Commitment:
    """A colleague answers for it from now on; ``to`` is the key of a user. Raises NotYours, NotKeepable."""
    colleagues = keepers(by=by)
    row = _locked(commitment)
    rules.check_still_open(State(row.state))
    rules.check_answers(to, colleagues)
    rules.check_reason(reason)

    row.answers_id = to
    row.save(update_fields=["answers"])
    _step(row, Event.PASSED_ON, by=by, reason=reason, answers_id=to)

    record("commitment.passed-on", row, by=by, reason=reason)
    return row


def may_keep_contact(organisation: Organisation, *, by: Actor) -> bool:
    """Whether this person manages the accounts of that organisation, and so says how it is reached."""
    return may_do(OF_CONTACT, by.roles) and by.organisation_id == organisation.pk and by.human


@transaction.atomic
def keep_contact(organisation: Organisation, contact: Contact, *, by: Actor) -> ContactPoint:
    """Write down how the organisation is reached from now on. Raises NotYours, NotFunctional."""
    _require_own(organisation, by)
    names = User.objects.filter(organisation=organisation, human=True).values_list("name", flat=True)
    check_functional(contact, names)

    row = ContactPoint.objects.create(
        organisation=organisation,
        desk=contact.desk.strip(),
        mailbox=contact.mailbox.strip(),
        telephone=contact.telephone.strip(),
        hours=contact.hours.strip(),
        out_of_hours=contact.out_of_hours.strip(),
        kept_by_id=by.user_id,
        kept_at=by.now,
        confirmed_at=by.now,
    )

    record("contact-point.kept", row, by=by, operation=Operation.ADMIN)
    return row


@transaction.atomic
def confirm_contact(organisation: Organisation, *, by: Actor) -> ContactPoint:
    """Say that it still is so. Raises NotYours; NotThere when nothing was written down yet."""
    _require_own(organisation, by)
    row = ContactPoint.objects.select_for_update().filter(organisation=organisation).last()
    if row is None:
        raise NotThere

    row.confirmed_at = by.now
    row.save(update_fields=["confirmed_at"])

    record("contact-point.confirmed", row, by=by, operation=Operation.ADMIN)
    return row


def _require_own(organisation: Organisation, by: Actor) -> None:
    if not may_keep_contact(organisation, by=by):
        raise NotYours


def _locked(commitment: Commitment) -> Commitment:
    return Commitment.objects.select_for_update().get(pk=commitment.pk)


def _of(paper: Paper) -> dict[str, Any]:
    return {
        "document": paper.number.strip(),
        "place": paper.place.strip(),
        "dated_on": paper.dated_on,
        "read": paper.read,
    }


def _step(row: Commitment, event: Event, *, by: Actor, reason: str = "", **fields: Any) -> None:
    CommitmentStep.objects.create(
        commitment=row, event=event, at=by.now, by_id=by.user_id, reason=reason.strip(), **fields
    )
