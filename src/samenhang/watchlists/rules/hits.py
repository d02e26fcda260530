"""What a person may say of a hit, and for which reasons."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.judging.rules import OTHER, Answer, Kind, Status


class Verdict(TextChoices):
    """What a person says after comparing the records themselves."""

    MATCH = "match", gettext_lazy("Match")
    NO_MATCH = "no_match", gettext_lazy("No match")
    UNDECIDED = "undecided", gettext_lazy("Cannot decide")
    ASK = "ask", gettext_lazy("Ask the issuer")


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


KIND = Kind(
    "hit",
    "watchlists:hit",
    "watchlists:hits",
    (
        Answer(
            Verdict.MATCH,
            "m",
            Status.JUDGED,
            (Reason.SAME_DOCUMENT, Reason.SAME_NAME_AND_BIRTH, Reason.ALL_AGREES, Reason.SLIP, Reason.OTHER),
            gettext_lazy(
                "You think it is one person: what differs can come from spelling, typing or lack of room."
            ),
            gettext_lazy("A colleague looks too. Only if they agree, the issuer of the alert hears of it."),
            gettext_lazy("The issuer of the alert gets this hit and the passenger's data at once."),
        ),
        Answer(
            Verdict.NO_MATCH,
            "n",
            Status.DISMISSED,
            (
                Reason.OTHER_BIRTH,
                Reason.OTHER_NAME,
                Reason.OTHER_DOCUMENT,
                Reason.COMMON_NAME,
                Reason.OTHER_SEX,
                Reason.RELATIVE,
                Reason.OTHER,
            ),
            gettext_lazy(
                "You think these are two people: something really differs, "
                "or only common things are the same."
            ),
            gettext_lazy(
                "The hit closes and nobody outside hears of it. The same two records are not shown again."
            ),
            gettext_lazy("Nothing leaves. A colleague looks again."),
        ),
        Answer(
            Verdict.UNDECIDED,
            "u",
            Status.UNDECIDED,
            (Reason.TOO_LITTLE, Reason.CONTRADICTION, Reason.OTHER),
            gettext_lazy("You have looked, and it can be either."),
            gettext_lazy("The hit stays in the queue and a colleague looks at it."),
        ),
        Answer(
            Verdict.ASK,
            "a",
            Status.ASKED,
            (Reason.ISSUER_KNOWS_MORE, Reason.ALERT_UNCLEAR, Reason.OTHER),
            gettext_lazy("One thing is missing that the issuer may know, such as a date of birth."),
            gettext_lazy("The hit stays open until the issuer has answered. Call the number of the alert."),
        ),
    ),
)


class AlertEnded(Refused):
    code = "alert-ended"
