"""What a court does to a measure, or the authority on an objection: suspended, working again, annulled."""

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.measures import rules
from samenhang.measures.actions.preparing import locked
from samenhang.measures.actions.running import check_own
from samenhang.measures.models import Measure, Suspension
from samenhang.measures.rules import Judged, Status


@transaction.atomic
def suspend(measure: Measure, judged: Judged, *, by: Actor) -> Measure:
    """A court lets the measure not work from the day of its decision. Its term runs on.

    For one person of the body that decided, alone and at once: nobody is held to what a court stopped.
    Raises BadJudgement, NoReason, NotCompetent, IllegalTransition.
    """
    measure = _of_own(measure, Status.SUSPENDED, by=by)
    rules.check_judged(judged, decided_on=measure.decided_on, today=by.today)

    Suspension.objects.create(
        **measure.protection(),
        measure=measure,
        body=judged.body.strip(),
        number=judged.number.strip(),
        words=judged.words.strip(),
        since=judged.decided_on,
        recorded_by=by.user,
        recorded_at=by.now,
    )
    measure.status = Status.SUSPENDED
    measure.save(update_fields=["status"])
    record("measure.suspended", measure, by=by, operation=Operation.DECISION, reason=judged.words)
    return measure


@transaction.atomic
def resume(measure: Measure, *, reason: str, by: Actor) -> Measure:
    """The suspension is over and the measure works again, from today: nobody is bound backwards.

    Raises NoReason, NotCompetent, IllegalTransition.
    """
    starts_on = measure.starts_on or by.today
    wanted = Status.IN_FORCE if starts_on <= by.today else Status.NOTIFIED
    measure = _of_own(measure, wanted, by=by)
    rules.check_reason(reason)
    running = Suspension.objects.unscoped("the one that ends").of(measure).running().first()
    if running is None:
        raise rules.IllegalTransition(_("No court suspended this measure."))

    running.until, running.ended_because = by.today, reason.strip()
    running.save(update_fields=["until", "ended_because"])
    measure.status = wanted
    measure.save(update_fields=["status"])
    record("measure.resumed", measure, by=by, operation=Operation.DECISION, reason=reason)
    return measure


@transaction.atomic
def annul(measure: Measure, judged: Judged, *, by: Actor) -> Measure:
    """The decision is annulled, as if it had never been: no figure counts it, also when it was over.

    Raises BadJudgement, NoReason, NotCompetent, IllegalTransition.
    """
    measure = _of_own(measure, Status.ANNULLED, by=by)
    rules.check_judged(judged, decided_on=measure.decided_on, today=by.today)

    measure.status = Status.ANNULLED
    measure.ended_on = measure.ended_on or judged.decided_on
    measure.end_reason = f"{judged.body.strip()}, {judged.number.strip()}: {judged.words.strip()}"
    measure.save(update_fields=["status", "ended_on", "end_reason"])
    record("measure.annulled", measure, by=by, operation=Operation.DECISION, reason=judged.words)
    return measure


def _of_own(measure: Measure, wanted: Status, *, by: Actor) -> Measure:
    """The row, locked, when this body may take it to that state."""
    measure = locked(measure, "measure.end", by=by)
    rules.check_transition(rules.NEXT, Status(measure.status), wanted)
    check_own(measure, by=by)
    return measure
