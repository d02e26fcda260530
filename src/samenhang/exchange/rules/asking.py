"""Asking a partner whether it knows somebody: a hit or no hit, and never what it knows."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.exchange.rules.statements import Incomplete
from samenhang.foundation.errors import Refused
from samenhang.foundation.states import check_transition
from samenhang.grounds import rules as law

# House policy, not law. Every question is told after the same time, whatever was answered and when: so the
# time that it took tells nothing, and silence reads as "no hit".
TOLD_AFTER = timedelta(days=5)
# How long a question waits for a second person; how long question and answer are kept once told.
PROPOSED_FOR = timedelta(days=14)
KEPT_FOR = timedelta(days=30)
# How long the officers see that something was asked: never about whom, nor what came of it.
REGISTERED_FOR = timedelta(days=365)

# Of what only some people are in, so that being known says something; and what its holder may tell of by
# itself. Registers of everybody, travel data, and what somebody reported in confidence are never asked so.
CATEGORIES = ("police-data", "judicial-data", "supervision", "travel-movement")
# A service answers in a numbered message and the advice box in advice: neither is asked here.
OTHER_FORMS = frozenset({"official-message-only", "advice-no-content"})
# A holder answers as part of its own task, whatever the asker works on.
ANSWERED_FOR = ("investigation", "prosecution", "border-check", "public-order", "sentence-execution")


class Stage(TextChoices):
    """How far a question has come, as who asks sees it."""

    PROPOSED = "proposed", gettext_lazy("Waits for a second person")
    SENT = "sent", gettext_lazy("Sent")
    DECLINED = "declined", gettext_lazy("Not sent: a colleague declined")
    WITHDRAWN = "withdrawn", gettext_lazy("Taken back")
    TOLD = "told", gettext_lazy("Told")
    READ = "read", gettext_lazy("Told and read")


NEXT_OF_QUESTION = {
    Stage.PROPOSED: {Stage.SENT, Stage.DECLINED, Stage.WITHDRAWN},
    Stage.SENT: {Stage.TOLD, Stage.WITHDRAWN},
    Stage.DECLINED: set[Stage](),
    Stage.WITHDRAWN: set[Stage](),
    Stage.TOLD: {Stage.READ},
    Stage.READ: set[Stage](),
}


class Answering(TextChoices):
    """How far the same question has come, as who is asked sees it."""

    WAITING = "waiting", gettext_lazy("Not answered yet")
    ANSWERED = "answered", gettext_lazy("Answered, not told yet")
    WITHDRAWN = "withdrawn", gettext_lazy("Taken back by who asked")
    OVER = "over", gettext_lazy("Told")


NEXT_OF_RECEIVED = {
    # Until it is told, an answer can still be set right.
    Answering.WAITING: {Answering.ANSWERED, Answering.OVER, Answering.WITHDRAWN},
    Answering.ANSWERED: {Answering.ANSWERED, Answering.OVER, Answering.WITHDRAWN},
    Answering.WITHDRAWN: set[Answering](),
    Answering.OVER: set[Answering](),
}


class Reply(TextChoices):
    """What a person of the asked organisation answers. Only that organisation ever sees which."""

    HIT = "hit", gettext_lazy("We know this person, and they may contact us about it")
    NONE = "none", gettext_lazy("We do not know this person")
    SILENT = "silent", gettext_lazy("We do not say. They read the same as when we know nobody")
    REFUSED = "refused", gettext_lazy("We refuse, and they may know that")


class Told(TextChoices):
    """All that who asked learns."""

    HIT = "hit", gettext_lazy("Hit")
    NO_HIT = "no_hit", gettext_lazy("No hit")
    REFUSED = "refused", gettext_lazy("Refused")


TOLD_AS = {
    Reply.HIT: Told.HIT,
    Reply.NONE: Told.NO_HIT,
    Reply.SILENT: Told.NO_HIT,
    Reply.REFUSED: Told.REFUSED,
}


class Limit(TextChoices):
    """Why a question did not go out. The data protection officers see that it did not."""

    NAMESAKE = "namesake", gettext_lazy("Somebody’s own name or a colleague’s")
    AGAIN = "again", gettext_lazy("The same partner was asked about the same person within thirty days")
    PERSON = "person", gettext_lazy("Three questions about one person within thirty days")
    ASKER = "asker", gettext_lazy("Ten questions of one person who asks within a week")
    ORGANISATION = "organisation", gettext_lazy("Twenty-five questions of one organisation within a week")


MONTH, WEEK = timedelta(days=30), timedelta(days=7)
MOST = {
    Limit.AGAIN: (1, MONTH),
    Limit.PERSON: (3, MONTH),
    Limit.ASKER: (10, WEEK),
    Limit.ORGANISATION: (25, WEEK),
}


class SecondPersonNeeded(Refused):
    code = "second-person-needed"
    status = 403


class TooLate(Refused):
    code = "told-already"


class NotToBeAsked(Refused):
    """No rule of today lets this organisation tell the asker that it knows somebody."""

    code = "not-to-be-asked"


@dataclass(frozen=True, slots=True)
class Called:
    """Whom a question is about, as far as the asker's own details go, and why it is asked.

    people: (surname, given names, date of birth as far as known), one for each way the person is called.
    """

    people: tuple[tuple[str, str, str], ...]
    reason: str

    @property
    def names(self) -> list[str]:
        return [f"{given} {surname}".strip() for surname, given, _born in self.people]

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def of_bytes(cls, data: bytes) -> "Called":
        said = json.loads(data)
        return cls(tuple(tuple(one) for one in said["people"]), said["reason"])


@dataclass(frozen=True, slots=True)
class Sent:
    """A question that went out, as far as the limits look at it. asked: the key of the organisation."""

    about: str
    asked: int
    asker: str
    at: datetime


def told(reply: str) -> Told:
    """What the asker learns. Nothing answered reads as no hit."""
    return TOLD_AS[Reply(reply)] if reply else Told.NO_HIT


def limit_reached(new: Sent, before: Iterable[Sent]) -> Limit | None:
    """Which limit the new question would pass. before: what the same organisation sent."""
    rows = list(before)
    about = [one for one in rows if one.about == new.about]
    counted = {
        Limit.AGAIN: [one for one in about if one.asked == new.asked],
        Limit.PERSON: about,
        Limit.ASKER: [one for one in rows if one.asker == new.asker],
        Limit.ORGANISATION: rows,
    }
    for limit, (most, window) in MOST.items():
        if sum(one.at > new.at - window for one in counted[limit]) >= most:
            return limit
    return None


def may_tell(
    asked: str,
    asker: str,
    purpose: str,
    *,
    on: date,
    enabled: Collection[str],
    not_met: Collection[str] = (),
) -> law.Answer:
    """Whether a rule of that day lets the asked body give the asker something of which a hit is the least.

    Identity must be allowed to go along: who asks names the person. Both are codes of authorities. The
    answer carries the sentence, the rule and its conditions.
    """
    answers = [
        law.ask(asked, asker, category, purpose, on, not_met=not_met, enabled=enabled)
        for category in CATEGORIES
    ]
    for answer in answers:
        if answer.permitted and answer.identity_accompanies and OTHER_FORMS.isdisjoint(answer.conditions):
            return answer
    nearly = [answer for answer in answers if answer.rule and not answer.permitted]
    nothing = _(
        "No rule of today lets this organisation tell yours that it knows somebody, for this purpose."
    )
    return nearly[0] if nearly else law.Answer("deny", nothing)


def check_reply(state: Answering, *, tells_at: datetime, now: datetime, reason: str) -> None:
    """Raises TooLate, IllegalTransition, Incomplete."""
    if now >= tells_at:
        raise TooLate(_("It was told already, and what was told does not change any more."))
    check_transition(NEXT_OF_RECEIVED, state, Answering.ANSWERED)
    if not reason.strip():
        raise Incomplete(_("Say how you looked, or why you do not say. Only your own organisation keeps it."))


def check_second_person(proposed_by: str, sent_by: str) -> None:
    if proposed_by == sent_by:
        raise SecondPersonNeeded(_("You wrote this question. A colleague must send it or decline."))
