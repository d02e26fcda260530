"""From decision to end: notice, force, renewal, lifting, and lapse by itself."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.grounds.models import Approval
from samenhang.grounds.rules.measures import measure as kind_of
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.measures import rules
from samenhang.measures.actions.preparing import locked
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status
from samenhang.measures.rules.findings import check_represented
from samenhang.persons.models import Contact, is_child


@transaction.atomic
def notify(
    measure: Measure,
    *,
    told_on: date | None = None,
    deferred_until: date | None = None,
    ground: str = "",
    represented: bool = False,
    by: Actor,
) -> Measure:
    """The person is told, or the notice is put off on a ground and until a day.

    represented: who stands for a child in law was told too; without it a minor is not told. A measure whose
    first day has come is then in force. What was put off is told later by the same deed, while it holds or
    after. Raises NotRepresented, and NoReason for a notice put off without ground or day.
    """
    measure = locked(measure, "measure.notify", by=by)
    if told_on:
        _tell_representatives(measure, represented, by=by)
    if told_on is None:
        rules.check_reason(ground)
        if deferred_until is None or deferred_until <= by.today:
            raise rules.NoReason(_("Say until which day the notice waits."))
    else:
        rules.check_told(told_on, decided_on=measure.decided_on, today=by.today)
    if measure.notice_waits:
        return _tell_after_all(measure, told_on, deferred_until, ground, by=by)
    rules.check_from(measure.status, Status.IMPOSED)
    assert measure.starts_on is not None or measure.status not in rules.DECIDED
    wanted = Status.IN_FORCE if measure.starts_on and measure.starts_on <= by.today else Status.NOTIFIED
    rules.check_transition(rules.NEXT, Status(measure.status), wanted)

    measure.status, measure.notified_on = wanted, told_on
    measure.notice_deferred_until, measure.notice_ground = deferred_until, ground
    measure.save(update_fields=["status", "notified_on", "notice_deferred_until", "notice_ground"])
    record("measure.notified" if told_on else "measure.notice-deferred", measure, by=by, reason=ground)
    return measure


@transaction.atomic
def correct_notice(
    measure: Measure, *, told_on: date | None, reason: str, represented: bool = False, by: Actor
) -> Measure:
    """What was written down in error about telling the person is put right; what stood there stays beside it.

    told_on: the day on which the person was told; None when nobody told them yet. Then a measure that was
    not put off is imposed and no more. Raises NoReason, WrongTerm, NotRepresented, IllegalTransition.
    """
    measure = locked(measure, "measure.notify", by=by)
    rules.check_reason(reason)
    if measure.notified_on is None or measure.status not in rules.DECIDED:
        raise rules.IllegalTransition(_("Nobody wrote down that the person was told."))
    if told_on == measure.notified_on:
        raise rules.NoReason(_("This day stands there already."))
    if told_on is not None:
        _tell_representatives(measure, represented, by=by)
        rules.check_told(told_on, decided_on=measure.decided_on, today=by.today)
    elif measure.notice_deferred_until is None:
        rules.check_transition(rules.NEXT, Status(measure.status), Status.IMPOSED)
        measure.status = Status.IMPOSED

    before = {
        "told_on": measure.notified_on.isoformat(),
        "changed_on": by.today.isoformat(),
        "reason": reason.strip(),
    }
    measure.notice_before, measure.notified_on = [*measure.notice_before, before], told_on
    measure.save(update_fields=["status", "notified_on", "notice_before"])
    record("measure.notice-corrected", measure, by=by, operation=Operation.ALTERATION, reason=reason)
    return measure


def _tell_representatives(measure: Measure, represented: bool, *, by: Actor) -> None:
    """Who stands for a child in law was told too; of an adult nothing. Raises NotRepresented."""
    if not is_child(measure.person_id, by.today):
        return
    noted = Contact.objects.unscoped("only whether somebody stands for the child")
    found = list(noted.representing(measure.person_id, by.today))
    check_represented(somebody=bool(found), told=represented)
    record("contact.told", found, by=by, operation=Operation.DISCLOSURE)


def _tell_after_all(
    measure: Measure, told_on: date | None, deferred_until: date | None, ground: str, *, by: Actor
) -> Measure:
    """The notice that was put off is given, or waits longer where the law tells it later.

    Its state does not change: it held already.
    """
    if told_on is not None:
        measure.notified_on = told_on
    elif not kind_of(measure.kind).told_later:
        raise rules.NoReason(_("Say on which day the person was told."))
    else:
        measure.notice_deferred_until, measure.notice_ground = deferred_until, ground
    measure.save(update_fields=["notified_on", "notice_deferred_until", "notice_ground"])
    record("measure.notified" if told_on else "measure.notice-deferred", measure, by=by, reason=ground)
    return measure


@transaction.atomic
def renew(measure: Measure, *, lapses_on: date, reasons: str, by: Actor) -> Measure:
    """The authority lets the measure last, as long as the law of today still knows it.

    Raises NotCompetent, NotInLaw, WrongTerm, NoReason, OnlyPeopleDecide.
    """
    if not by.human:
        raise rules.OnlyPeopleDecide(_("Only a person decides on a measure."))
    measure = locked(measure, "measure.decide", by=by)
    if measure.status != Status.IN_FORCE or measure.lapses_on is None:
        raise rules.IllegalTransition(_("Only a measure in force with a last day can be renewed."))
    rules.check_competent(measure.kind, by.authority, by.today)
    rules.check_reason(reasons)
    approved = Approval.objects.enabled_on(by.today)
    for day in (by.today, measure.lapses_on):
        rules.check_kind(measure.kind, day, approved=approved, demonstration=by.simulated)
    rules.check_term(measure.kind, measure.lapses_on, lapses_on, None)

    measure.lapses_on, measure.renewals = lapses_on, measure.renewals + 1
    measure.save(update_fields=["lapses_on", "renewals"])
    record("measure.renewed", measure, by=by, operation=Operation.DECISION, reason=reasons)
    return measure


@transaction.atomic
def ease(measure: Measure, *, lapses_on: date, reasons: str, by: Actor) -> Measure:
    """The authority lets the measure end sooner than it would. Raises NotLighter, NoReason, NotCompetent."""
    measure = _in_force(measure, by=by)
    rules.check_reason(reasons)
    rules.check_eased(lapses_on, before=measure.lapses_on, today=by.today)

    measure.lapses_on = lapses_on
    measure.save(update_fields=["lapses_on"])
    record("measure.eased", measure, by=by, operation=Operation.DECISION, reason=reasons)
    return measure


@transaction.atomic
def review(measure: Measure, *, review_on: date, reasons: str, by: Actor) -> Measure:
    """The authority says why a measure without a term is still needed, and when that is looked at again.

    Raises WrongTerm, NoReason, NotCompetent.
    """
    measure = _in_force(measure, by=by)
    rules.check_reason(reasons)
    rules.check_next_review(review_on, by.today)

    measure.review_on = review_on
    measure.save(update_fields=["review_on"])
    record("measure.reviewed", measure, by=by, operation=Operation.DECISION, reason=reasons)
    return measure


def _in_force(measure: Measure, *, by: Actor) -> Measure:
    """The row, locked, for a person of the body that decided."""
    if not by.human:
        raise rules.OnlyPeopleDecide(_("Only a person decides on a measure."))
    measure = locked(measure, "measure.decide", by=by)
    if measure.status != Status.IN_FORCE:
        raise rules.IllegalTransition(_("This measure is not in force."))
    check_own(measure, by=by)
    return measure


@transaction.atomic
def lift(measure: Measure, *, reason: str, by: Actor) -> Measure:
    """The authority ends the measure before its term."""
    return _end(measure, Status.LIFTED, "measure.end", reason=reason, by=by)


@transaction.atomic
def withdraw(measure: Measure, *, reason: str, by: Actor) -> Measure:
    """Take the measure back as if it should not have been: no figure counts it any more."""
    deed = "measure.end" if measure.status in rules.DECIDED else "measure.suggest"
    return _end(measure, Status.WITHDRAWN, deed, reason=reason, by=by)


def apply_terms(*, by: Actor, limit: int = 500) -> dict[str, int]:
    """Bring into force what starts, and let lapse what ends: each by its own date, each once.

    Safe to stop, to repeat and to run twice at once. Returns counts by event.
    """
    due = Measure.objects.unscoped("the service of terms looks at dates alone")
    starting = list(due.due_to_start(by.today)[:limit])
    ending = list(due.due_to_lapse(by.today)[:limit])
    started = sum(_by_date(measure, Status.IN_FORCE, by=by) for measure in starting)
    return {"started": started, "lapsed": sum(_by_date(measure, Status.LAPSED, by=by) for measure in ending)}


@transaction.atomic
def _by_date(measure: Measure, wanted: Status, *, by: Actor) -> int:
    """One conditional update, so that two workers cannot both do it."""
    # What a court suspended meanwhile does not come into force, whatever was listed before.
    before = [status for status, following in rules.NEXT.items() if wanted in following]
    if wanted == Status.IN_FORCE:
        before = [Status.NOTIFIED]
    rows = Measure.objects.unscoped("claimed by status and date").filter(pk=measure.pk, status__in=before)
    if wanted == Status.LAPSED:
        changed = rows.filter(lapses_on__lte=by.today).update(status=wanted, ended_on=measure.lapses_on)
    else:
        changed = rows.filter(starts_on__lte=by.today).update(status=wanted)
    if changed:
        event = "measure.lapsed" if wanted == Status.LAPSED else "measure.came-into-force"
        record(event, measure, by=by)
    return changed


def _end(measure: Measure, wanted: Status, deed: str, *, reason: str, by: Actor) -> Measure:
    measure = locked(measure, deed, by=by)
    rules.check_transition(rules.NEXT, Status(measure.status), wanted)
    if measure.status in rules.DECIDED:
        check_own(measure, by=by)
    rules.check_reason(reason)

    measure.status, measure.ended_on, measure.end_reason = wanted, by.today, reason
    measure.save(update_fields=["status", "ended_on", "end_reason"])
    record(f"measure.{wanted}", measure, by=by, operation=Operation.DECISION, reason=reason)
    return measure


def check_own(measure: Measure, *, by: Actor) -> None:
    """Raises NotCompetent."""
    if by.organisation_id not in (measure.authority_id, measure.provider_id):
        raise rules.NotCompetent(_("Only the body that decided can end this measure."))
