"""The states of a criminal case, who moves it on, when it is reviewed, and for how long it is kept.

How long each is kept is house policy and was not read in law: who was not found to have done anything
punishable is kept only until a complaint (art. 12 Sv) is over.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.prosecution.rules.tables import roles

# House policy: how often a prosecutor says that it still runs, and how long it waits for that.
REVIEW_EVERY = timedelta(days=182)
LAPSES_AFTER = timedelta(days=91)
# How long before its day somebody is asked.
ASKED_BEFORE = timedelta(days=14)
# For which it is worked on, and for nothing else.
PURPOSES = ("investigation", "prosecution")


class Stage(TextChoices):
    REPORTED = "reported", gettext_lazy("Reported: a prosecutor has not taken it yet")
    INVESTIGATION = "investigation", gettext_lazy("Criminal investigation")
    PROSECUTION = "prosecution", gettext_lazy("Prosecution")
    TRIAL = "trial", gettext_lazy("Before the court")
    CLOSED = "closed", gettext_lazy("Ended")


class Outcome(TextChoices):
    NO_OFFENCE = "no-offence", gettext_lazy("No offence")
    DISMISSED = "dismissed", gettext_lazy("Dismissed: not prosecuted any further")
    ACQUITTED = "acquitted", gettext_lazy("Acquitted")
    CONVICTED = "convicted", gettext_lazy("Convicted")
    MISTAKE = "mistake", gettext_lazy("Written down by mistake: another person, or no case")
    LAPSED = "lapsed", gettext_lazy("Not reviewed in time")


NEXT: Mapping[Stage, frozenset[Stage]] = {
    Stage.REPORTED: frozenset({Stage.INVESTIGATION, Stage.CLOSED}),
    Stage.INVESTIGATION: frozenset({Stage.PROSECUTION, Stage.CLOSED}),
    Stage.PROSECUTION: frozenset({Stage.TRIAL, Stage.CLOSED}),
    Stage.TRIAL: frozenset({Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}
_BEFORE_A_CHARGE = frozenset({Outcome.NO_OFFENCE, Outcome.DISMISSED, Outcome.MISTAKE, Outcome.LAPSED})
# How it may end, from where it is. Only a court acquits or convicts.
ENDS: Mapping[Stage, frozenset[Outcome]] = {
    Stage.REPORTED: _BEFORE_A_CHARGE,
    Stage.INVESTIGATION: _BEFORE_A_CHARGE,
    Stage.PROSECUTION: frozenset({Outcome.DISMISSED, Outcome.MISTAKE, Outcome.LAPSED}),
    Stage.TRIAL: frozenset(
        {Outcome.ACQUITTED, Outcome.CONVICTED, Outcome.DISMISSED, Outcome.MISTAKE, Outcome.LAPSED}
    ),
    Stage.CLOSED: frozenset(),
}
# Days that the case itself is kept after its end.
KEPT: Mapping[Outcome, int] = {
    Outcome.NO_OFFENCE: 91,
    Outcome.DISMISSED: 365,
    Outcome.ACQUITTED: 91,
    Outcome.CONVICTED: 5 * 365,
    Outcome.MISTAKE: 7,
    Outcome.LAPSED: 28,
}
# After these the list of evidence goes at once: nothing is left to prove.
PROOF_GOES = frozenset({Outcome.NO_OFFENCE, Outcome.ACQUITTED, Outcome.MISTAKE})


class BadCase(Refused):
    code = "bad-criminal-case"
    status = 422


class CaseOver(Refused):
    code = "criminal-case-over"


class OtherPurpose(Refused):
    code = "other-purpose"
    status = 403


class SecondProsecutorNeeded(Refused):
    code = "second-prosecutor-needed"
    status = 403


def check_purpose(purpose: str) -> None:
    """Raises OtherPurpose: what is known for the approach opens no criminal case."""
    if purpose not in PURPOSES:
        raise OtherPurpose(_("This is work for an investigation or a prosecution. Choose that task first."))


def check_roles(chosen: Collection[str]) -> None:
    if not chosen or set(chosen) - set(roles()):
        raise BadCase(_("Choose at least one role from the list."))


def check_began(began_on: date, today: date) -> None:
    if began_on > today:
        raise BadCase(_("A criminal case cannot begin in the future."))


def check_end(stage: Stage, outcome: Outcome) -> None:
    if outcome not in ENDS[stage]:
        raise BadCase(_("A case that is “%s” cannot end like this.") % stage.label)


def check_running(stage: str) -> None:
    if stage == Stage.CLOSED:
        raise CaseOver(_("This case has ended. Nothing is added to it any more."))


def check_reviewer(last: str, reviewer: str) -> None:
    """Raises SecondProsecutorNeeded: nobody alone keeps a case running for ever."""
    if last == reviewer:
        raise SecondProsecutorNeeded(_("Another prosecutor than who looked last says that it still runs."))


def destroyed_on(outcome: Outcome, closed_on: date) -> date:
    return closed_on + timedelta(days=KEPT[outcome])
