"""The decision: by a user of the competent authority, or recorded from its written decision."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.deconfliction import actions as deconfliction
from samenhang.grounds.models import Approval
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.measures import rules
from samenhang.measures.actions.colliding import check_together
from samenhang.measures.actions.documents import keep
from samenhang.measures.actions.preparing import founded, locked
from samenhang.measures.models import Finding, Measure
from samenhang.measures.rules import Ruling, Status, Term, Upload
from samenhang.measures.rules.findings import check_needed
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person


@transaction.atomic
def decide(measure: Measure, *, impose: bool, reasons: str, term: Term | None = None, by: Actor) -> Measure:
    """The competent authority imposes the measure for a term, or refuses it.

    Raises NotCompetent, SamePerson, NotInLaw on the day of the decision, NotFound, NotSaidHow, WrongTerm,
    NoReason, OnlyPeopleDecide, and NotYet while the prosecution may object or does.
    """
    if not by.human:
        raise rules.OnlyPeopleDecide(_("Only a person decides on a measure."))
    measure = locked(measure, "measure.decide", by=by)
    wanted = Status.IMPOSED if impose else Status.REFUSED
    rules.check_from(measure.status, Status.PROPOSED)
    rules.check_transition(rules.NEXT, Status(measure.status), wanted)
    rules.check_competent(measure.kind, by.authority, by.today)
    if measure.authority_id != by.organisation_id:
        raise rules.NotCompetent(_("This proposal was sent to another body."))
    rules.check_somebody_else(by.user, measure.suggested_by, measure.checked_by)
    rules.check_reason(reasons)
    if impose:
        deconfliction.check(measure.reference, kind=measure.kind, by=by)
        check_together(measure, by=by)

    measure.status, measure.reasons = wanted, reasons
    measure.decided_by, measure.decided_on = by.user, by.today
    measure.provider_id, measure.category = by.organisation_id, "measure-decision"
    if impose:
        _check_found(measure, by.today)
        _set_term(measure, term, on=by.today, simulated=by.simulated)
    measure.save()
    founded(measure, by=by)
    record(f"measure.{wanted}", measure, by=by, operation=Operation.DECISION, reason=reasons)
    return measure


@transaction.atomic
def record_decision(measure: Measure, ruling: Ruling, document: Upload, *, by: Actor) -> Measure:
    """Record what an authority without an account decided, with its letter. A second person confirms.

    Raises NotCompetent and WrongTerm for the day of that decision, NotFound, BadDocument.
    """
    measure = locked(measure, "measure.record-decision", by=by)
    rules.check_transition(rules.NEXT, Status(measure.status), Status.RECORDED)
    rules.check_competent(measure.kind, ruling.authority, ruling.decided_on)
    if ruling.decided_on > by.today:
        raise rules.WrongTerm(_("The decision cannot be dated in the future."))
    rules.check_reason(ruling.reasons)
    _check_found(measure, ruling.decided_on)

    measure.status, measure.reasons, measure.number = Status.RECORDED, ruling.reasons, ruling.number
    measure.decided_by, measure.decided_on = by.user, ruling.decided_on
    measure.authority = _authority(ruling, by=by)
    measure.provider_id, measure.category = by.organisation_id, "measure-decision"
    _set_term(measure, ruling.term, on=ruling.decided_on, simulated=by.simulated)
    measure.save()
    founded(measure, by=by)
    keep(measure, document, by=by)
    record("measure.decision-recorded", measure, by=by, reason=ruling.reasons)
    return measure


@transaction.atomic
def confirm_record(measure: Measure, *, agrees: bool, reason: str, by: Actor) -> Measure:
    """A second person compares the record with the letter; what differs goes back."""
    measure = locked(measure, "measure.confirm-record", by=by)
    wanted = Status.IMPOSED if agrees else Status.CHECKED
    rules.check_from(measure.status, Status.RECORDED)
    rules.check_transition(rules.NEXT, Status(measure.status), wanted)
    rules.check_somebody_else(by.user, measure.decided_by)

    measure.status, measure.confirmed_by = wanted, by.user if agrees else ""
    measure.save(update_fields=["status", "confirmed_by"])
    event = "measure.record-confirmed" if agrees else "measure.record-sent-back"
    record(event, measure, by=by, operation=Operation.DECISION, reason=reason)
    return measure


def _check_found(measure: Measure, on: date) -> None:
    """Raises NotFound when the law wants a finding first, or when the person may be a child on that day."""
    found = Finding.objects.unscoped("whether it was found").of(measure)
    person = Person.objects.unscoped("only whether it may be a child").get(pk=measure.person_id)
    check_needed(measure.kind, set(found.values_list("kind", flat=True)), minor=person.is_minor(on))


def _set_term(measure: Measure, term: Term | None, *, on: date, simulated: bool) -> None:
    if term is None:
        raise rules.WrongTerm(_("Say from which day until which day the measure holds."))
    approved = Approval.objects.enabled_on(on)
    # Both the day of deciding and the day of starting must know the kind.
    measure.basis = rules.check_kind(measure.kind, on, approved=approved, demonstration=simulated).basis
    rules.check_kind(measure.kind, term.starts_on, approved=approved, demonstration=simulated)
    measure.lapses_on = rules.check_term(measure.kind, term.starts_on, term.lapses_on, term.review_on)
    measure.starts_on, measure.review_on = term.starts_on, term.review_on


def _authority(ruling: Ruling, *, by: Actor) -> Organisation:
    own = Organisation.objects.filter(authority=ruling.authority, users__reference=by.user).first()
    return own or found(ruling.authority, ruling.authority_name, by=by)
