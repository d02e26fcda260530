"""The states of a breach, its clock, and the reasons that the law knows."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Self

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.foundation.states import IllegalTransition, check_transition

__all__ = ["IllegalTransition", "check_transition"]

PURPOSE, CATEGORY = "oversight", "processing-record"
# GDPR art. 33(1); Directive (EU) 2016/680 art. 30(1): from when it was noticed.
TELL_WITHIN = timedelta(hours=72)
# House policy, not law: the law wants that it is kept so that the authority can check (33(5); 30(5)).
KEPT_FOR = timedelta(days=5 * 365)
SHORTEST_WORDS = 20


class Stage(TextChoices):
    """How far a breach has come."""

    NOTICED = "noticed", gettext_lazy("Noticed, not assessed yet")
    ASSESSED = "assessed", gettext_lazy("Assessed")
    TOLD = "told", gettext_lazy("Told to the authority")
    NOT_TOLD = "not-told", gettext_lazy("Not told to the authority: a risk is unlikely")
    PERSONS_TOLD = "persons-told", gettext_lazy("Persons told")
    PERSONS_NOT_TOLD = "persons-not-told", gettext_lazy("Persons not told, for a reason of the law")
    CLOSED = "closed", gettext_lazy("Closed")
    NO_BREACH = "no-breach", gettext_lazy("Not a breach")
    NOTED_TWICE = "noted-twice", gettext_lazy("Noted twice: it goes on under another reference")


# What is learned later may be assessed again until it is closed (the law: information in phases).
NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.NOTICED: frozenset({Stage.ASSESSED, Stage.NO_BREACH, Stage.NOTED_TWICE}),
    Stage.ASSESSED: frozenset(
        {Stage.ASSESSED, Stage.TOLD, Stage.NOT_TOLD, Stage.NO_BREACH, Stage.NOTED_TWICE}
    ),
    Stage.TOLD: frozenset({Stage.ASSESSED, Stage.PERSONS_TOLD, Stage.PERSONS_NOT_TOLD, Stage.NO_BREACH}),
    Stage.NOT_TOLD: frozenset({Stage.ASSESSED, Stage.PERSONS_TOLD, Stage.PERSONS_NOT_TOLD, Stage.NO_BREACH}),
    Stage.PERSONS_TOLD: frozenset({Stage.ASSESSED, Stage.CLOSED}),
    Stage.PERSONS_NOT_TOLD: frozenset({Stage.ASSESSED, Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
    Stage.NO_BREACH: frozenset(),
    Stage.NOTED_TWICE: frozenset(),
}
ENDINGS = tuple(stage for stage, following in NEXT.items() if not following)
# What is drawn in docs/oversight-states.md.
MACHINES: Mapping[str, Mapping[Stage, frozenset[Stage]]] = {"Personal data breach": NEXT}

# Beside the states: what may be said of a breach as long as it is open.
ADDED, SOURCE_TOLD = "added", "source-told"


class Data(TextChoices):
    """Which data of the product it is about. Whose officer is told depends on it."""

    TRAVEL = "travel", gettext_lazy("Travel data: passenger messages, passengers, hits, matches")
    CASES = "cases", gettext_lazy("Signals, cases, conferences, assessments, measures")
    LISTS = "lists", gettext_lazy("Lists and alerts")
    ACCOUNTS = "accounts", gettext_lazy("Accounts of users, sign-in, keys, the journal")
    OTHER = "other", gettext_lazy("Other personal data")


class Risk(TextChoices):
    """For the rights and freedoms of the persons concerned."""

    UNLIKELY = "unlikely", gettext_lazy("A risk is unlikely")
    RISK = "risk", gettext_lazy("There is a risk")
    HIGH = "high", gettext_lazy("The risk is high")


class WhyNotPersons(TextChoices):
    """GDPR art. 34(1), (3); Directive (EU) 2016/680 art. 31(1), (4), (5)."""

    NOT_HIGH = "not-high", gettext_lazy("The risk is not high")
    PROTECTED = "protected", gettext_lazy("Nobody else can read the data, such as by encryption")
    AVERTED = "averted", gettext_lazy("Measures taken afterwards make the high risk unlikely")
    EFFORT = "effort", gettext_lazy("It would cost too much effort: there was a public notice instead")
    INTERESTS = (
        "interests",
        gettext_lazy("An investigation, security or the rights of others stand in the way, by law"),
    )


class Incomplete(Refused):
    """Something compulsory is not there. The message says what."""

    code = "incomplete"
    status = 422


class WrongMoment(Refused):
    code = "wrong-moment"
    status = 422


class WhyLate(Refused):
    """The 72 hours are over: the reason for the delay goes along."""

    code = "why-late"
    status = 422


class NotForThisRisk(Refused):
    """What the law allows for another risk than this one."""

    code = "not-for-this-risk"
    status = 422


class SourceNotTold(Refused):
    """Data of, or given to, somebody else: they must know it before this is closed."""

    code = "source-not-told"


class NotTheSame(Refused):
    code = "not-the-same"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody wrote when they noted it. source: from or to which other organisation or country."""

    happened: str
    consequences: str = ""
    measures: str = ""
    source: str = ""

    def as_bytes(self) -> bytes:
        return json.dumps({name: text.strip() for name, text in asdict(self).items()}).encode()

    @classmethod
    def of_bytes(cls, data: bytes) -> Self:
        known = {field.name for field in fields(cls)}
        return cls(**{name: text for name, text in json.loads(data).items() if name in known})


@dataclass(frozen=True, slots=True)
class Note:
    """A breach as somebody notes it. persons, records: roughly how many; None when nobody knows yet."""

    told: Told
    noticed_at: datetime
    data: tuple[str, ...]
    persons: int | None = None
    records: int | None = None


def tell_before(noticed_at: datetime) -> datetime:
    """When the authority must have been told."""
    # Not by the clock on the wall, which jumps twice a year.
    return noticed_at.astimezone(UTC) + TELL_WITHIN


def check_note(note: Note, now: datetime) -> None:
    """Raises Incomplete and WrongMoment."""
    check_words(note.told.happened)
    if not note.data or not set(note.data) <= set(Data):
        raise Incomplete(_("Say which data it is about."))
    if note.noticed_at > now:
        raise WrongMoment(_("It cannot be noticed in the future."))


def check_words(words: str) -> None:
    if len(words.strip()) < SHORTEST_WORDS:
        raise Incomplete(
            _("Write a little more: who reads it later was not there. Say who did what, and when.")
        )


def check_moment(at: datetime, noticed_at: datetime, now: datetime) -> None:
    """Nobody is told in the future, nor before it was noticed."""
    if not noticed_at <= at <= now:
        raise WrongMoment(_("Write when it was done: after the breach was noticed, and not later than now."))


def check_delay(at: datetime, noticed_at: datetime, why_late: str) -> None:
    """Raises WhyLate."""
    if at > tell_before(noticed_at) and len(why_late.strip()) < SHORTEST_WORDS:
        raise WhyLate(_("The 72 hours are over. Say in a full sentence why the authority was told later."))


def check_not_told(risk: str) -> None:
    if risk != Risk.UNLIKELY:
        raise NotForThisRisk(_("The authority is told, unless the risk was assessed as unlikely."))


def check_persons_not_told(risk: str, why: WhyNotPersons) -> None:
    """That the risk is not high is the reason if and only if it is not."""
    if (risk != Risk.HIGH) != (why == WhyNotPersons.NOT_HIGH):
        raise NotForThisRisk(_("This reason does not fit the risk as it was assessed."))


def check_closes(*, has_source: bool, source_told: bool) -> None:
    if has_source and not source_told:
        raise SourceNotTold(
            _("Others gave these data, or have them too. Tell them first, and write here that you did.")
        )


def check_open(stage: str) -> None:
    if stage in ENDINGS:
        raise IllegalTransition(_("This record is closed. Note what is new as a breach of its own."))


def check_same(own: str, other: str, stage: str) -> None:
    """stage: of the other, which goes on."""
    if own == other or stage in ENDINGS:
        raise NotTheSame(_("Choose another record that is still open."))


def steps_from(stage: str, risk: str, *, source_open: bool) -> tuple[str, ...]:
    """What may follow, what is usual first. source_open: others must still be told."""
    authority = (Stage.NOT_TOLD, Stage.TOLD) if risk == Risk.UNLIKELY else (Stage.TOLD,)
    persons = (Stage.PERSONS_TOLD, Stage.PERSONS_NOT_TOLD)
    persons = persons if risk == Risk.HIGH else persons[::-1]
    order = (*authority, *persons, Stage.CLOSED, Stage.ASSESSED, Stage.NO_BREACH, Stage.NOTED_TWICE)
    following = [one for one in order if one in NEXT[Stage(stage)]]
    if not following:
        return ()
    if source_open and following[0] == Stage.CLOSED:
        return (SOURCE_TOLD, ADDED, *following[1:])
    return (following[0], SOURCE_TOLD, ADDED, *following[1:])
