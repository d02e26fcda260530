"""The states of a match, and what a person may say of it. All of it speaks of a journey."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.watchlists.rules.hits import OTHER, AlreadyJudged, ColleagueNeeded, Why

# A match is judged as a hit is: the same reasons why not, and the same shape of a reason.
__all__ = ["AlreadyJudged", "ColleagueNeeded", "Why"]


class Status(TextChoices):
    WAITING = "waiting", gettext_lazy("Waits for a person")
    UNDECIDED = "undecided", gettext_lazy("Waits for a colleague's view")
    JUDGED = "judged", gettext_lazy("Waits for a second person")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed and passed on")
    DISMISSED = "dismissed", gettext_lazy("Nothing in it")
    LAPSED = "lapsed", gettext_lazy("Lapsed: it matches no longer")


NEXT_OF_MATCH: Mapping[Status, set[Status]] = {
    Status.WAITING: {Status.JUDGED, Status.DISMISSED, Status.UNDECIDED, Status.LAPSED},
    Status.UNDECIDED: {
        *(Status.JUDGED, Status.DISMISSED, Status.UNDECIDED, Status.LAPSED),
        # The facts changed: what was said of the old ones does not count.
        Status.WAITING,
    },
    Status.JUDGED: {Status.CONFIRMED, Status.UNDECIDED, Status.WAITING, Status.LAPSED},
    Status.CONFIRMED: set(),
    Status.DISMISSED: {Status.WAITING},
    Status.LAPSED: {Status.WAITING},
}
OPEN = (Status.WAITING, Status.UNDECIDED)
UNFINISHED = (*OPEN, Status.JUDGED)


class Outcome(TextChoices):
    """What a person says after looking at the journey."""

    PASS_ON = "pass_on", gettext_lazy("Pass on")
    NOTHING = "nothing", gettext_lazy("Nothing in it")
    UNDECIDED = "undecided", gettext_lazy("Cannot decide")


AFTER: Mapping[str, Status] = {
    Outcome.PASS_ON: Status.JUDGED,
    Outcome.NOTHING: Status.DISMISSED,
    Outcome.UNDECIDED: Status.UNDECIDED,
}
KEYS: Mapping[str, str] = {Outcome.PASS_ON: "p", Outcome.NOTHING: "n", Outcome.UNDECIDED: "u"}
WHEN: Mapping[str, object] = {
    Outcome.PASS_ON: gettext_lazy("The facts are right, and you see no ordinary explanation for them."),
    Outcome.NOTHING: gettext_lazy("There is an ordinary explanation, a fact is wrong, or the rule is."),
    Outcome.UNDECIDED: gettext_lazy("You have looked, and it can be either."),
}
THEN: Mapping[str, object] = {
    Outcome.PASS_ON: gettext_lazy("A colleague looks too. Only if they agree, it goes to the authority."),
    Outcome.NOTHING: gettext_lazy("The match closes and nobody outside hears of it."),
    Outcome.UNDECIDED: gettext_lazy("The match stays in the queue and a colleague looks at it."),
}
AGREED: Mapping[str, object] = {
    Outcome.PASS_ON: gettext_lazy("The authority gets this match and the passenger's data at once."),
    Outcome.NOTHING: gettext_lazy("Nothing leaves. A colleague looks again."),
}


class Reason(TextChoices):
    UNEXPLAINED = "unexplained", gettext_lazy("The facts are right and nothing explains them")
    MORE_THAN_RULE = "more-than-rule", gettext_lazy("The booking shows more that fits the offence")
    EXPLAINED = "explained", gettext_lazy("The journey has an ordinary explanation")
    FACT_WRONG = "fact-wrong", gettext_lazy("A fact is wrong or out of date")
    RULE_TOO_WIDE = "rule-too-wide", gettext_lazy("The rule catches ordinary journeys")
    TOO_LITTLE = "too-little", gettext_lazy("There is too little to go by")
    OTHER = OTHER, gettext_lazy("Another reason")


REASONS: Mapping[str, tuple[Reason, ...]] = {
    Outcome.PASS_ON: (Reason.UNEXPLAINED, Reason.MORE_THAN_RULE, Reason.OTHER),
    Outcome.NOTHING: (Reason.EXPLAINED, Reason.FACT_WRONG, Reason.RULE_TOO_WIDE, Reason.OTHER),
    Outcome.UNDECIDED: (Reason.TOO_LITTLE, Reason.OTHER),
}


class UnknownOutcome(Refused):
    code = "unknown-outcome"
    status = 422


@dataclass(frozen=True, slots=True)
class Precision:
    """Of the matches that people finished: how many they confirmed, and how many had nothing in them."""

    confirmed: int = 0
    dismissed: int = 0

    @property
    def finished(self) -> int:
        return self.confirmed + self.dismissed

    @property
    def percent(self) -> int | None:
        """None while nothing is finished: no share of nothing."""
        return round(100 * self.confirmed / self.finished) if self.finished else None


def check_why(outcome: str, why: Why) -> None:
    """Raises UnknownOutcome."""
    if outcome not in REASONS:
        raise UnknownOutcome(_("Choose pass on, nothing in it or cannot decide."))
    if why.code not in REASONS[outcome]:
        raise UnknownOutcome(_("Choose a reason that belongs to this decision."))
    if why.code == OTHER and not why.remark.strip():
        raise UnknownOutcome(_("Write down the other reason."))


def check_may_judge(status: str, last: int, user: int) -> None:
    """Raises AlreadyJudged and ColleagueNeeded. last: who spoke last of it, or 0."""
    if status not in OPEN:
        raise AlreadyJudged(_("This match was judged before. Load the page again."))
    if status == Status.UNDECIDED and last == user:
        raise ColleagueNeeded(_("You could not decide or did not agree. A colleague looks at it now."))


def check_may_confirm(status: str, last: int, user: int) -> None:
    """Raises AlreadyJudged and ColleagueNeeded."""
    if status != Status.JUDGED:
        raise AlreadyJudged(_("This match does not wait for a second person. Load the page again."))
    if last == user:
        raise ColleagueNeeded(_("You judged this match yourself. A colleague of your unit confirms it."))
