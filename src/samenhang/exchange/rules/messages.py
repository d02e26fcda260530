"""Official messages of the services: to whom, about what, and what must stand in one."""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.exchange.rules.statements import Incomplete
from samenhang.foundation.errors import Refused
from samenhang.grounds import rules as law

# A service gives data about persons in this form only (Wiv 2002 art. 36-42; now Wiv 2017 art. 61-70).
CATEGORY = "official-message"


class Topic(TextChoices):
    """What the person does or wants, as the message says it; a role, never a judgement."""

    THERE = "there", gettext_lazy("Is in the conflict zone")
    INTENDS = "intends", gettext_lazy("Intends to leave")
    FACILITATES = "facilitates", gettext_lazy("Helps others to leave")
    RECRUITS = "recruits", gettext_lazy("Recruits")
    RETURNED = "returned", gettext_lazy("Came back")
    OTHER = "other", gettext_lazy("Other")


class Course(TextChoices):
    """How far an official message has come, as its own days say."""

    REGISTERED = "registered", gettext_lazy("Registered")
    FOLLOWED_UP = "followed_up", gettext_lazy("Followed up")
    WITHDRAWN = "withdrawn", gettext_lazy("Taken back by the service")


NEXT_OF_MESSAGE = {
    Course.REGISTERED: {Course.FOLLOWED_UP, Course.WITHDRAWN},
    Course.FOLLOWED_UP: {Course.WITHDRAWN},
    Course.WITHDRAWN: set[Course](),
}


class RegisteredAlready(Refused):
    code = "registered-already"


@dataclass(frozen=True, slots=True)
class Letter:
    """An official message as the addressee received it.

    number, dated_on: as the service wrote them. text: what may be released, and
    nothing else. reliability: what the service says of it, in its own words.
    """

    number: str
    dated_on: date
    topic: Topic
    text: str
    reliability: str


def check_letter(letter: Letter, today: date) -> None:
    """Raises Incomplete. Reliability must be stated (Wiv 2002 art. 41; Wiv 2017 art. 68)."""
    if not (letter.number.strip() and letter.text.strip()):
        raise Incomplete(_("Write down the number of the message and the text that may be released."))
    if not letter.reliability.strip():
        raise Incomplete(_("Write down what the service says about the reliability of the message."))
    if letter.dated_on > today:
        raise Incomplete(_("The message cannot be dated in the future."))


def with_caveat(text: str, number: str, reliability: str) -> str:
    """What somebody concludes from an official message, with what the service says of its reliability."""
    caveat = _("Rests on official message %(number)s. Its reliability: %(words)s") % {
        "number": number,
        "words": reliability,
    }
    return f"{text.strip()}\n\n{caveat}"


def services(on: date) -> tuple[str, ...]:
    """The codes of the services that exist that day."""
    known = law.law().authorities.values()
    return tuple(body.code for body in known if body.kind == "service" and body.period.covers(on))
