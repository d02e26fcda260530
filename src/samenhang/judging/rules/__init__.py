"""The states of a thing to be judged, what a person may say of it, and for which reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

# What is given once two people agree: the record of a passenger, for terrorist offences and serious crime
# alone (Directive (EU) 2016/681 art. 1(2); PNR-wet art. 6).
CATEGORY, PURPOSE = "passenger-data", "investigation"
PURPOSES = ("investigation", "prosecution")
KEPT_FOR = (*PURPOSES, "oversight")  # seen by the data-protection officer of the unit, who judges nothing
OTHER = "other"
# House policy: longer than any shift, so that nothing stays with somebody who went home and forgot.
CLAIM_LASTS = timedelta(hours=12)
HANDOVER_KEPT = timedelta(days=14)
# Said of what had ended: another look is asked for, with a reason.
REOPENED = "reopened"


class Status(TextChoices):
    """How far judging has come."""

    WAITING = "waiting", gettext_lazy("Waits for review")
    UNDECIDED = "undecided", gettext_lazy("Waits for a colleague's view")
    ASKED = "asked", gettext_lazy("Waits for the issuer's answer")
    JUDGED = "judged", gettext_lazy("Waits for a second person")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed by a second person")
    DISMISSED = "dismissed", gettext_lazy("Ended: nothing to pass on")
    LAPSED = "lapsed", gettext_lazy("Lapsed: what it rests on is gone")


OPEN = (Status.WAITING, Status.UNDECIDED, Status.ASKED)
# In the order of the queue.
UNFINISHED = (*OPEN, Status.JUDGED)

_SAID = {Status.JUDGED, Status.DISMISSED, Status.UNDECIDED, Status.ASKED, Status.LAPSED}
NEXT: Mapping[Status, set[Status]] = {
    Status.WAITING: _SAID,
    # The record changed: what was said of the old one does not count, and it waits anew.
    Status.UNDECIDED: {*_SAID, Status.WAITING},
    Status.ASKED: {*_SAID, Status.WAITING},
    Status.JUDGED: {Status.CONFIRMED, Status.UNDECIDED, Status.WAITING, Status.LAPSED},
    Status.CONFIRMED: set(),
    Status.DISMISSED: {Status.UNDECIDED, Status.WAITING},
    Status.LAPSED: {Status.WAITING},
}


@dataclass(frozen=True, slots=True)
class Answer:
    """One thing that a person may say. code, label, reasons: of the kind's own lists.

    key: chooses it. after: the state that it leads to. when: one says it. then: what follows;
    agreed: what follows when it is said as the second person, empty when that cannot be.
    """

    code: TextChoices
    key: str
    after: Status
    reasons: tuple[TextChoices, ...]
    when: object
    then: object
    agreed: object = ""

    @property
    def label(self) -> str:
        return str(self.code.label)


@dataclass(frozen=True, slots=True)
class Kind:
    """What people judge. name: of its deeds and events, as in ``hit.judge`` and ``hit.judged.match``.

    page: the name of the page of one, which is its template as well; queue: of the page of all.
    """

    name: str
    page: str
    queue: str
    answers: tuple[Answer, ...]

    def answer(self, code: str) -> Answer | None:
        return next((one for one in self.answers if one.code == code), None)

    def leading_to(self, status: Status) -> Answer:
        return next(one for one in self.answers if one.after == status)

    def of_second(self, *, agree: bool) -> Answer:
        """What a second person says by agreeing, or by not agreeing."""
        return self.leading_to(Status.JUDGED if agree else Status.DISMISSED)

    def label_of(self, code: str) -> str:
        """In words, what somebody said."""
        answer = self.answer(code)
        return answer.label if answer else _("Second opinion asked")

    def reason_of(self, code: str, reason: str) -> str:
        """In words; empty where it was written down and not chosen."""
        answer = self.answer(code)
        found = (one for one in answer.reasons if one == reason) if answer else ()
        return next((str(one.label) for one in found), "")


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for people. most: how many may; hours: for how long. since: when the oldest was found."""

    waiting: int
    since: datetime | None
    most: int
    hours: int

    def is_overloaded(self, now: datetime) -> bool:
        """Larger or older than the limit. It is told, and nothing is ever dropped for it."""
        late = self.since is not None and self.since < now - timedelta(hours=self.hours)
        return self.waiting > self.most or late


@dataclass(frozen=True, slots=True)
class Why:
    """A reason of the short list, and a remark; a remark is needed where the reason is another one."""

    code: str
    remark: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.remark.strip()}".rstrip(": ")


class UnknownVerdict(Refused):
    code = "unknown-verdict"
    status = 422


class AlreadyTaken(Refused):
    code = "already-taken"


class ReasonMissing(Refused):
    code = "reason-missing"
    status = 422


class AlreadyJudged(Refused):
    code = "already-judged"


class NotReopened(Refused):
    code = "not-reopened"


class ColleagueNeeded(Refused):
    """The same person may not do both."""

    code = "colleague-needed"


def check_why(kind: Kind, code: str, why: Why) -> Answer:
    """What was answered. Raises UnknownVerdict."""
    answer = kind.answer(code)
    if answer is None:
        raise UnknownVerdict(_("Choose one of the decisions."))
    if why.code not in answer.reasons:
        raise UnknownVerdict(_("Choose a reason that belongs to this decision."))
    if why.code == OTHER and not why.remark.strip():
        raise UnknownVerdict(_("Write down the other reason."))
    return answer


def check_unfinished(status: str) -> None:
    """Raises AlreadyJudged."""
    if status not in UNFINISHED:
        raise AlreadyJudged(_("This was judged before. Load the page again."))


def check_may_take_over(taken: bool, giver: int, user: int) -> None:
    """Raises AlreadyTaken and ColleagueNeeded."""
    if taken:
        raise AlreadyTaken(_("A colleague took this shift over before. Load the page again."))
    if giver == user:
        raise ColleagueNeeded(_("You handed this over yourself. A colleague takes it over."))


def check_may_judge(status: str, last: int, user: int) -> None:
    """Raises AlreadyJudged and ColleagueNeeded. last: who spoke last of it, or 0."""
    if status not in OPEN:
        raise AlreadyJudged(_("This was judged before. Load the page again."))
    if status == Status.UNDECIDED and last == user:
        raise ColleagueNeeded(_("You could not decide or did not agree. A colleague looks at it now."))


def check_may_confirm(status: str, last: int, user: int) -> None:
    """Raises AlreadyJudged and ColleagueNeeded."""
    if status != Status.JUDGED:
        raise AlreadyJudged(_("This does not wait for a second person. Load the page again."))
    if last == user:
        raise ColleagueNeeded(_("You judged this yourself. A colleague of your unit confirms it."))


def check_reason(reason: str) -> None:
    """Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(_("Say why: the reason is kept."))


def check_may_reopen(status: str, *, masked: bool) -> None:
    """Raises NotReopened."""
    if status != Status.DISMISSED:
        raise NotReopened(_("Only what ended with nothing to pass on can be opened again."))
    if masked:
        raise NotReopened(_("The passenger’s record is masked, so nobody can compare it any more."))
