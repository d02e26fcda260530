"""What may be written of a commitment, by whom, and what may become of it."""

from collections.abc import Collection, Set
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.foundation.states import check_transition
from samenhang.grounds.rules import authority, authority_label

# The ministry that answers to Parliament, and the coordinator of the approach.
KEEPERS = frozenset({"JENV", "NCTV"})
REASON_AT_LEAST = 20  # characters


class Office(TextChoices):
    """Who may promise. A list and no text, so that no name of a person can stand there."""

    JUSTICE = "justice", gettext_lazy("Minister of Justice and Security")
    INTERIOR = "interior", gettext_lazy("Minister of the Interior")
    SOCIAL_AFFAIRS = "social-affairs", gettext_lazy("Minister of Social Affairs and Employment")
    FOREIGN_AFFAIRS = "foreign-affairs", gettext_lazy("Minister of Foreign Affairs")
    CABINET = "cabinet", gettext_lazy("The cabinet")
    COUNCIL = "council", gettext_lazy("Council of the EU, Justice and Home Affairs")


# What the ministry was called from 2010 to 2017; its days stand in the table of authorities.
THEN = "VENJ"


def name_of(office: str, day: date) -> str:
    """What the office was called on that day."""
    if office == Office.JUSTICE and authority(THEN).period.covers(day):
        return str(authority_label(THEN))
    return str(Office(office).label)


class Forum(TextChoices):
    """To whom."""

    HOUSE = "house", gettext_lazy("House of Representatives")
    SENATE = "senate", gettext_lazy("Senate")
    MEMBER_STATES = "member-states", gettext_lazy("Member states of the EU")


class Read(TextChoices):
    """How well somebody read the paper; the marks of the house."""

    IN_SOURCE = "V", gettext_lazy("Read in the source")
    IN_PART = "V-part", gettext_lazy("Read in part")
    NOT = "G", gettext_lazy("Not verified")


class State(TextChoices):
    OPEN = "open", gettext_lazy("Open")
    FULFILLED = "fulfilled", gettext_lazy("Fulfilled")
    SUPERSEDED = "superseded", gettext_lazy("Superseded by something else")
    LAPSED = "lapsed", gettext_lazy("Lapsed: what it was about is gone")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn by who promised it")


NEXT: dict[State, Set[State]] = {
    State.OPEN: frozenset({State.FULFILLED, State.SUPERSEDED, State.LAPSED, State.WITHDRAWN}),
    # A paper that turned out not to keep the promise. What is over otherwise is promised anew.
    State.FULFILLED: frozenset({State.OPEN}),
    State.SUPERSEDED: frozenset(),
    State.LAPSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
# What is drawn in docs/commitment-states.md.
MACHINES = {"Commitment": NEXT}
# These are over by a paper; the others by a reason alone.
BY_PAPER = frozenset({State.FULFILLED, State.SUPERSEDED})


class Event(TextChoices):
    """What can happen to a commitment: the lines of its story."""

    NOTED = "noted", gettext_lazy("Noted")
    NEW_DAY = "new-day", gettext_lazy("Another last day")
    PASSED_ON = "passed-on", gettext_lazy("Somebody else answers for it")
    REOPENED = "reopened", gettext_lazy("Open again")
    # What it becomes, with the same codes as the states.
    FULFILLED = "fulfilled", gettext_lazy("Fulfilled")
    SUPERSEDED = "superseded", gettext_lazy("Superseded by something else")
    LAPSED = "lapsed", gettext_lazy("Lapsed: what it was about is gone")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn by who promised it")


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its number as printed, where in it, its day, and how well it was read."""

    number: str
    place: str
    dated_on: date
    read: Read = Read.NOT


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised by whom to whom, where that stands, and when it would be.

    made_on: the day of the promise; ``paper`` may be of a later one. term: the time as it was said.
    due_on: the last day; of a conclusion of the Council there may be none.
    """

    made_by: Office
    made_to: Forum
    what: str
    made_on: date
    paper: Paper
    term: str = ""
    due_on: date | None = None


class NotKeepable(Refused):
    """Something is missing, or its days cannot be so."""

    code = "not-keepable"
    status = 422


def check_promise(promise: Promise, today: date) -> None:
    if not promise.what.strip():
        raise NotKeepable(_("Say what was promised."))
    if promise.made_on > today:
        raise NotKeepable(_("It was promised on a day that is still to come. Check the day."))
    check_paper(promise.paper, promise.made_on, today)
    if promise.due_on is None and promise.made_by != Office.COUNCIL:
        raise NotKeepable(_("Choose a last day. When none was named, choose one that you answer for."))
    if promise.due_on is not None and promise.due_on < promise.made_on:
        raise NotKeepable(_("The last day comes before the promise. Choose a later day."))


def check_paper(paper: Paper, made_on: date, today: date) -> None:
    """Nothing is written down or kept before it was promised."""
    if not paper.number.strip():
        raise NotKeepable(_("Name the document."))
    if paper.dated_on < made_on:
        raise NotKeepable(_("This document is older than the promise."))
    if paper.dated_on > today:
        raise NotKeepable(_("This document is of a day that is still to come."))


def check_end(current: State, wanted: State, paper: Paper | None, made_on: date, today: date) -> None:
    """Raises IllegalTransition, NotKeepable."""
    check_transition(NEXT, current, wanted)
    if paper is not None:
        check_paper(paper, made_on, today)
    elif wanted in BY_PAPER:
        raise NotKeepable(_("Name the document that keeps this promise, or takes its place."))


def check_new_day(current: State, due_on: date | None, wanted: date, today: date) -> None:
    if current != State.OPEN:
        raise NotKeepable(_("This is over, so it needs no other day."))
    if wanted < today:
        raise NotKeepable(_("This day is past. Choose a later one."))
    if wanted == due_on:
        raise NotKeepable(_("This is the last day already."))


def check_reopened(current: State) -> None:
    """Raises IllegalTransition."""
    check_transition(NEXT, current, State.OPEN)


def check_still_open(current: State) -> None:
    if current != State.OPEN:
        raise NotKeepable(_("This is over. Nobody needs to answer for it any more."))


def check_answers(person: int, keepers: Collection[int]) -> None:
    if person not in keepers:
        raise NotKeepable(_("Only who keeps this register can answer for a commitment."))


def check_reason(reason: str) -> None:
    if len(reason.strip()) < REASON_AT_LEAST:
        raise NotKeepable(_("Give the reason in one full sentence."))
