"""A case stays only with reasons, at each review; what nobody reviewed in time is proposed for closing."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import may_do
from samenhang.cases import rules
from samenhang.cases.models import Case, Review
from samenhang.cases.rules import Status, Verdict
from samenhang.cases.rules.course import DECIDED_WITHIN
from samenhang.exchange.models import Movement, Signal, Statement
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.persons.models import Person, is_child


@transaction.atomic
def review(case: Case, found: rules.Reviewed, *, by: Actor) -> Review:
    """Say whether the case stays, at rest or not, with reasons, and until which day; or propose to close it.

    What was already proposed for closing stays only by the mayor, who answers for
    the case conference (Wet PGA art. 2), and so does that of which nothing became
    known for a year. Raises NotReviewed, NoCriterionTwice, InterestMissing, NothingNew, NotOpen,
    NotThere, NotYours.
    """
    case = Case.objects.unscoped("locked").select_for_update().get(pk=case.pk)
    stays = found.verdict != Verdict.CLOSE
    policy.require(by, "case.resume" if stays and case.status == Status.CLOSING else "case.work", case)
    if case.status not in rules.RUNNING:
        raise rules.NotOpen(_("This case is closed."))
    before = Review.objects.unscoped("what the last review said").of(case).first()
    held_before = before.criteria_hold if before else None
    child = is_of_a_child(case, by=by)
    rules.check_review(found, held_before=held_before, today=by.today, child=child)
    if stays:
        rules.check_interest(found.best_interest, child=is_child(case.person_id, by.today))
    if stays and not may_do("case.resume", by.roles):
        rules.check_not_quiet(_learned_on(case), by.today)

    made: Review = Review.objects.create(
        **case.protection(),
        case=case,
        verdict=found.verdict,
        criteria_hold=found.criteria_hold,
        reasons=found.reasons.strip(),
        lighter=found.lighter.strip(),
        best_interest=found.best_interest.strip() if stays else "",
        next_on=found.next_on if stays else None,
        reviewed_at=by.now,
        reviewed_by=by.user,
    )
    wanted = rules.status_after(found.verdict)
    if wanted != case.status:
        rules.check_transition(rules.NEXT, Status(case.status), wanted)
        case.decide_on = None if stays else by.today + DECIDED_WITHIN
    case.status, case.review_on = wanted, found.next_on if stays and found.next_on else case.review_on
    case.save(update_fields=["status", "review_on", "decide_on"])
    record("case.reviewed", made, by=by, operation=Operation.DECISION)
    return made


def _learned_on(case: Case) -> date:
    """When something about the person became known last: a statement, a movement, a signal, or the case."""
    why = "only when something became known last"
    said = Statement.objects.unscoped(why).about(case.person_id).aggregate(at=Max("known_at"))
    moved = Movement.objects.unscoped(why).about(case.person_id).aggregate(at=Max("known_at"))
    reported = Signal.objects.unscoped(why).filter(person_id=case.person_id).aggregate(at=Max("submitted_at"))
    moments = [case.opened_at, said["at"], moved["at"], reported["at"]]
    return timezone.localdate(max(moment for moment in moments if moment is not None))


def is_of_a_child(case: Case, *, by: Actor) -> bool:
    """A minor's case under the Act; cases by covenant keep the terms of their covenant."""
    if case.regime != rules.Regime.ACT:
        return False
    person = Person.objects.unscoped("only whether shorter terms hold").get(pk=case.person_id)
    return person.is_minor(by.today)


def lapse_reviews(*, by: Actor, limit: int = 500) -> int:
    """Propose for closing whatever nobody reviewed in time; returns how many cases.

    Each by one conditional update: safe to stop, to repeat and to run twice at once.
    """
    policy.require_function(by, "case.lapse")
    late = Case.objects.unscoped("the service of terms looks at dates alone")
    late = late.filter(status__in=rules.REVIEWED, review_on__lt=by.today).order_by("review_on", "pk")
    return sum(_lapse(case, by) for case in late[:limit])


@transaction.atomic
def _lapse(case: Case, by: Actor) -> int:
    rows = Case.objects.unscoped("claimed by status and day").filter(
        pk=case.pk, status__in=rules.REVIEWED, review_on__lt=by.today
    )
    changed = rows.update(status=Status.CLOSING, decide_on=by.today + DECIDED_WITHIN)
    if changed:
        record("case.review-lapsed", case, by=by)
    return changed
