"""The course of a case: its states, its reviews, and with which outcome it closes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.grounds import rules as law

# House policy, because the Act names no term: reviewed within half a year, on a day that the last
# review chose; asked for two weeks before.
REVIEWED_WITHIN = "P6M"
# House policy: of whom nothing new became known for a year, only the mayor decides that the case stays.
QUIET_AFTER = "P12M"
# A child changes faster: half of that (CRC 3).
CHILD_REVIEWED_WITHIN = "P3M"
ASKED_BEFORE = timedelta(days=14)
# House policy: within this time somebody decides on a proposal to close.
DECIDED_WITHIN = timedelta(days=28)


class Stage(TextChoices):
    """How far a weighing has come."""

    OPEN = "open", gettext_lazy("Being weighed")
    WAITING = "waiting", gettext_lazy("Waits for more information")
    TAKEN_UP = "taken_up", gettext_lazy("Taken up")
    NOT_TAKEN_UP = "not_taken_up", gettext_lazy("Not taken up")
    CALLED_OFF = "called_off", gettext_lazy("Called off: the signal was withdrawn")


# The third position decides, or asks for more: then the submitter has a day, and the three weigh afresh
# whatever came. What was decided never reopens: new facts are a new signal.
NEXT_OF_WEIGHING: Mapping[Stage, set[Stage]] = {
    Stage.OPEN: {Stage.TAKEN_UP, Stage.NOT_TAKEN_UP, Stage.WAITING, Stage.CALLED_OFF},
    Stage.WAITING: {Stage.OPEN, Stage.CALLED_OFF},
    Stage.TAKEN_UP: set(),
    Stage.NOT_TAKEN_UP: set(),
    Stage.CALLED_OFF: set(),
}


class Status(TextChoices):
    """How far a case has come. A destroyed one is no row any more: only its certificate is left."""

    OPEN = "open", gettext_lazy("Open")
    SUSPENDED = "suspended", gettext_lazy("Suspended: in detention or abroad")
    CLOSING = "closing", gettext_lazy("Proposed for closing")
    CLOSED = "closed", gettext_lazy("Closed and shielded")
    DESTROYED = "destroyed", gettext_lazy("Destroyed")


NEXT: Mapping[Status, set[Status]] = {
    Status.OPEN: {Status.SUSPENDED, Status.CLOSING, Status.CLOSED},
    Status.SUSPENDED: {Status.OPEN, Status.CLOSING, Status.CLOSED},
    Status.CLOSING: {Status.OPEN, Status.SUSPENDED, Status.CLOSED},
    Status.CLOSED: {Status.DESTROYED},
    Status.DESTROYED: set(),
}


class Seat(TextChoices):
    """How a party stands at a case: it reads what it was given while it sits there."""

    SEATED = "seated", gettext_lazy("Sits at the case")
    LEFT = "left", gettext_lazy("Left it")


# Who comes back takes a new seat: what was read in between stays known.
NEXT_OF_SEAT: Mapping[Seat, set[Seat]] = {Seat.SEATED: {Seat.LEFT}, Seat.LEFT: set()}

# A term for the next review runs in these: a case at rest is kept with reasons as any other.
REVIEWED = (Status.OPEN, Status.SUSPENDED)
# Who sits at the case reads it in these; only in the first is anything new begun.
RUNNING = (*REVIEWED, Status.CLOSING)


class Verdict(TextChoices):
    """What a review says."""

    CONTINUE = "continue", gettext_lazy("It goes on as it is")
    LIGHTER = "lighter", gettext_lazy("It goes on, with less")
    HEAVIER = "heavier", gettext_lazy("It goes on, with more")
    SUSPEND = "suspend", gettext_lazy("It rests while the person is in detention or abroad")
    CLOSE = "close", gettext_lazy("It can be closed")


class NotOpen(Refused):
    code = "not-open"


class NotReviewed(Refused):
    """A review lacks something, or what it says cannot be."""

    code = "not-reviewed"
    status = 422


class NoCriterionTwice(Refused):
    code = "no-criterion-twice"


class NothingNew(Refused):
    """For a year nothing became known, so the case is proposed for closing."""

    code = "nothing-new"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review found.

    criteria_hold: whether any of the five criteria of the Act still holds. reasons:
    why the case must stay, or may end. lighter: why nothing lighter will do.
    next_on: the day before which it is reviewed again. best_interest: of a minor, why it is in the interest
    of the child that the case stays.
    """

    verdict: Verdict
    criteria_hold: bool
    reasons: str
    lighter: str = ""
    next_on: date | None = None
    best_interest: str = ""


def review_on(since: date, *, child: bool = False) -> date:
    """The last day for a review after one on this day."""
    return law.Duration.read(CHILD_REVIEWED_WITHIN if child else REVIEWED_WITHIN).after(since)


def check_not_quiet(learned_on: date, today: date) -> None:
    """learned_on: when something about the person became known last. Raises NothingNew."""
    if law.Duration.read(QUIET_AFTER).after(learned_on) < today:
        raise NothingNew(
            _(
                "Nothing new became known since %s. Propose to close this case, or let the mayor say why it "
                "stays."
            )
            % date_format(learned_on)
        )


def status_after(verdict: Verdict) -> Status:
    """How the case stands once this was said of it."""
    ends = {Verdict.SUSPEND: Status.SUSPENDED, Verdict.CLOSE: Status.CLOSING}
    return ends.get(verdict, Status.OPEN)


def check_new_work(status: str, reviewed_before: date, today: date) -> None:
    """Nothing new is begun on a case at rest, nor on one that is not current. Raises NotOpen."""
    check_current(status, reviewed_before, today)
    if status == Status.SUSPENDED:
        raise NotOpen(
            _("This case rests. Review it first and say that it goes on; what becomes known may come in.")
        )


def check_current(status: str, reviewed_before: date, today: date) -> None:
    """Nothing is added to a case that is closed, proposed for closing or not reviewed in time.

    Raises NotOpen.
    """
    if status not in RUNNING:
        raise NotOpen(_("This case is closed."))
    if status == Status.CLOSING:
        raise NotOpen(_("This case is proposed for closing. Nothing new is done until that is decided."))
    if reviewed_before < today:
        raise NotOpen(
            _("This case was not reviewed in time. Review it first; nothing new is done until then.")
        )


def check_review(found: Reviewed, *, held_before: bool | None, today: date, child: bool = False) -> None:
    """held_before: what the review before said of the criteria; None when there was none. child: a minor.

    Raises NotReviewed and NoCriterionTwice.
    """
    if not found.reasons.strip():
        raise NotReviewed(_("Write why this case must stay, or why it may end."))
    if found.verdict == Verdict.CLOSE:
        return
    if not found.criteria_hold and held_before is False:
        raise NoCriterionTwice(
            _("At two reviews in a row nothing holds of why it was taken up. The case can only be closed.")
        )
    if not found.lighter.strip():
        raise NotReviewed(_("Write why nothing lighter than this case will do."))
    last = review_on(today, child=child)
    if found.next_on is None or not today < found.next_on <= last:
        raise NotReviewed(
            _("Choose a day for the next review: after today, and not after %s.") % date_format(last)
        )
