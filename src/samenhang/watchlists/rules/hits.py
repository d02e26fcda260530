"""The states of a hit, what a person may say of it, and for which reasons."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

PURPOSES = ("investigation", "prosecution")
# What a confirmed hit is given under: the rule PINL → issuer of this category and purpose.
CATEGORY, PURPOSE = "passenger-data", "investigation"
OTHER = "other"


class Status(TextChoices):
    """How far the review of a hit has come."""

    WAITING = "waiting", gettext_lazy("Waits for review")
    UNDECIDED = "undecided", gettext_lazy("Waits for a colleague's view")
    ASKED = "asked", gettext_lazy("Waits for the issuer's answer")
    JUDGED = "judged", gettext_lazy("Waits for a second person")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed by a second person")
    DISMISSED = "dismissed", gettext_lazy("No match")
    LAPSED = "lapsed", gettext_lazy("Lapsed: the alert was lifted")


OPEN = (Status.WAITING, Status.UNDECIDED, Status.ASKED)
UNFINISHED = (*OPEN, Status.JUDGED)


class Verdict(TextChoices):
    """What a person says after comparing the records themselves."""

    MATCH = "match", gettext_lazy("Match")
    NO_MATCH = "no_match", gettext_lazy("No match")
    UNDECIDED = "undecided", gettext_lazy("Cannot decide")
    ASK = "ask", gettext_lazy("Ask the issuer")


AFTER: dict[str, Status] = {
    Verdict.MATCH: Status.JUDGED,
    Verdict.NO_MATCH: Status.DISMISSED,
    Verdict.UNDECIDED: Status.UNDECIDED,
    Verdict.ASK: Status.ASKED,
}
KEYS: dict[str, str] = {
    Verdict.MATCH: "m",
    Verdict.NO_MATCH: "n",
    Verdict.UNDECIDED: "u",
    Verdict.ASK: "a",
}


# When one says it, and what follows: beside each answer on the page.
WHEN: dict[str, object] = {
    Verdict.MATCH: gettext_lazy(
        "You think it is one person: what differs can come from spelling, typing or lack of room."
    ),
    Verdict.NO_MATCH: gettext_lazy(
        "You think these are two people: something really differs, or only common things are the same."
    ),
    Verdict.UNDECIDED: gettext_lazy("You have looked, and it can be either."),
    Verdict.ASK: gettext_lazy("One thing is missing that the issuer may know, such as a date of birth."),
}
THEN: dict[str, object] = {
    Verdict.MATCH: gettext_lazy(
        "A colleague looks too. Only if they agree, the issuer of the alert hears of it."
    ),
    Verdict.NO_MATCH: gettext_lazy(
        "The hit closes and nobody outside hears of it. The same two records are not shown again."
    ),
    Verdict.UNDECIDED: gettext_lazy("The hit stays in the queue and a colleague looks at it."),
    Verdict.ASK: gettext_lazy(
        "The hit stays open until the issuer has answered. Call the number of the alert."
    ),
}
AGREED: dict[str, object] = {
    Verdict.MATCH: gettext_lazy("The issuer of the alert gets this hit and the passenger's data at once."),
    Verdict.NO_MATCH: gettext_lazy("Nothing leaves. A colleague looks again."),
}


class Reason(TextChoices):
    """The short list of reasons. All of them speak of records."""

    SAME_DOCUMENT = "same-document", gettext_lazy("The document is the same")
    SAME_NAME_AND_BIRTH = "same-name-and-birth", gettext_lazy("Name and date of birth agree")
    ALL_AGREES = "all-agrees", gettext_lazy("Several parts agree and nothing speaks against it")
    SLIP = "slip", gettext_lazy("What differs is a way of writing or a slip")
    OTHER_BIRTH = "other-birth", gettext_lazy("The date of birth differs")
    OTHER_NAME = "other-name", gettext_lazy("The name differs")
    OTHER_DOCUMENT = "other-document", gettext_lazy("The document differs")
    OTHER_SEX = "other-sex", gettext_lazy("The sex in the records differs")
    RELATIVE = "relative", gettext_lazy("Only the family name agrees: perhaps a relative")
    COMMON_NAME = "common-name", gettext_lazy("Only a common name agrees")
    TOO_LITTLE = "too-little", gettext_lazy("There is too little to compare")
    CONTRADICTION = "contradiction", gettext_lazy("Parts contradict each other")
    ISSUER_KNOWS_MORE = "issuer-knows-more", gettext_lazy("The issuer must tell more about the listed person")
    ALERT_UNCLEAR = "alert-unclear", gettext_lazy("The alert itself is unclear")
    OTHER = OTHER, gettext_lazy("Another reason")


REASONS: dict[str, tuple[Reason, ...]] = {
    Verdict.MATCH: (
        Reason.SAME_DOCUMENT,
        Reason.SAME_NAME_AND_BIRTH,
        Reason.ALL_AGREES,
        Reason.SLIP,
        Reason.OTHER,
    ),
    Verdict.NO_MATCH: (
        Reason.OTHER_BIRTH,
        Reason.OTHER_NAME,
        Reason.OTHER_DOCUMENT,
        Reason.COMMON_NAME,
        Reason.OTHER_SEX,
        Reason.RELATIVE,
        Reason.OTHER,
    ),
    Verdict.UNDECIDED: (Reason.TOO_LITTLE, Reason.CONTRADICTION, Reason.OTHER),
    Verdict.ASK: (Reason.ISSUER_KNOWS_MORE, Reason.ALERT_UNCLEAR, Reason.OTHER),
}


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


# Said of a hit that had ended as no match, beside the verdicts: another look is asked for, with a reason.
REOPENED = "reopened"
SAID = [*Verdict.choices, (REOPENED, gettext_lazy("Second opinion asked"))]


class UnknownVerdict(Refused):
    code = "unknown-verdict"
    status = 422


class AlreadyJudged(Refused):
    code = "already-judged"


class NotReopened(Refused):
    code = "not-reopened"


class ColleagueNeeded(Refused):
    """The same person may not do both."""

    code = "colleague-needed"


class AlertEnded(Refused):
    code = "alert-ended"


@dataclass(frozen=True, slots=True)
class Why:
    """A reason of the short list, and a remark; a remark is needed where the reason is another one."""

    code: str
    remark: str = ""


def check_why(verdict: str, why: Why) -> None:
    """Raises UnknownVerdict."""
    if verdict not in REASONS:
        raise UnknownVerdict(_("Choose match, no match, cannot decide or ask the issuer."))
    if why.code not in REASONS[verdict]:
        raise UnknownVerdict(_("Choose a reason that belongs to this decision."))
    if why.code == OTHER and not why.remark.strip():
        raise UnknownVerdict(_("Write down the other reason."))


def check_may_judge(status: str, last_judge: int, user: int) -> None:
    """Raises AlreadyJudged and ColleagueNeeded. last_judge: the last who could not decide."""
    if status not in OPEN:
        raise AlreadyJudged(_("This hit was judged before. Load the page again."))
    if status == Status.UNDECIDED and last_judge == user:
        raise ColleagueNeeded(_("You could not decide or did not agree. A colleague looks at it now."))


def check_may_reopen(status: str, *, masked: bool) -> None:
    """Raises NotReopened."""
    if status != Status.DISMISSED:
        raise NotReopened(_("Only a hit that ended as no match can be opened again."))
    if masked:
        raise NotReopened(_("The passenger’s record is masked, so nobody can compare it any more."))


def check_may_confirm(status: str, judge: int, user: int) -> None:
    """Raises AlreadyJudged and ColleagueNeeded."""
    if status != Status.JUDGED:
        raise AlreadyJudged(_("This hit does not wait for a second person. Load the page again."))
    if judge == user:
        raise ColleagueNeeded(_("You judged this hit yourself. A colleague of your unit confirms it."))
