"""What a person may say of a match, and for which reasons. All of it speaks of a journey."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from samenhang.judging.rules import OTHER, Answer, Kind, Status


class Verdict(TextChoices):
    """What a person says after looking at the journey."""

    PASS_ON = "pass_on", gettext_lazy("Pass on")
    NOTHING = "nothing", gettext_lazy("Nothing in it")
    UNDECIDED = "undecided", gettext_lazy("Cannot decide")


class Reason(TextChoices):
    UNEXPLAINED = "unexplained", gettext_lazy("The facts are right and nothing explains them")
    MORE_THAN_RULE = "more-than-rule", gettext_lazy("The booking shows more that fits the offence")
    EXPLAINED = "explained", gettext_lazy("The journey has an ordinary explanation")
    FACT_WRONG = "fact-wrong", gettext_lazy("A fact is wrong or out of date")
    RULE_TOO_WIDE = "rule-too-wide", gettext_lazy("The rule catches ordinary journeys")
    TOO_LITTLE = "too-little", gettext_lazy("There is too little to go by")
    OTHER = OTHER, gettext_lazy("Another reason")


KIND = Kind(
    "match",
    "criteria:match",
    "criteria:matches",
    (
        Answer(
            Verdict.PASS_ON,
            "p",
            Status.JUDGED,
            (Reason.UNEXPLAINED, Reason.MORE_THAN_RULE, Reason.OTHER),
            gettext_lazy("The facts are right, and you see no ordinary explanation for them."),
            gettext_lazy("A colleague looks too. Only if they agree, it goes to the authority."),
            gettext_lazy("The authority gets this match and the passenger's data at once."),
        ),
        Answer(
            Verdict.NOTHING,
            "n",
            Status.DISMISSED,
            (Reason.EXPLAINED, Reason.FACT_WRONG, Reason.RULE_TOO_WIDE, Reason.OTHER),
            gettext_lazy("There is an ordinary explanation, a fact is wrong, or the rule is."),
            gettext_lazy("The match closes and nobody outside hears of it."),
            gettext_lazy("Nothing leaves. A colleague looks again."),
        ),
        Answer(
            Verdict.UNDECIDED,
            "u",
            Status.UNDECIDED,
            (Reason.TOO_LITTLE, Reason.OTHER),
            gettext_lazy("You have looked, and it can be either."),
            gettext_lazy("The match stays in the queue and a colleague looks at it."),
        ),
    ),
)


class What(TextChoices):
    """What is counted of all matches together. One that was opened again and finished anew counts twice."""

    FOUND = "found", gettext_lazy("Found")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed by two people")
    DISMISSED = "dismissed", gettext_lazy("Nothing in it")
    LAPSED = "lapsed", gettext_lazy("Lapsed")


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
