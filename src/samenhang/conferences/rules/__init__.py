"""The states of a conference and of all that comes of it, as tables; and the terms."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.conferences.rules.inviting import NEXT_OF_INVITATION
from samenhang.conferences.rules.papers import NEXT_OF_PAPER
from samenhang.foundation.errors import Refused
from samenhang.foundation.states import IllegalTransition, check_transition
from samenhang.grounds import rules as law

__all__ = ["IllegalTransition", "check_transition"]

APPROACH = "person-centred-approach"

WORD = r"\w+"

# House policy after CTIVD 57: working days within which a provider confirms what it said aloud.
CONFIRM_WITHIN = 5


class Stage(TextChoices):
    """How far a conference has come."""

    PREPARED = "prepared", gettext_lazy("In preparation")
    INVITED = "invited", gettext_lazy("Invited")
    UNDER_WAY = "under_way", gettext_lazy("Under way")
    ENDED = "ended", gettext_lazy("Ended")
    CALLED_OFF = "called_off", gettext_lazy("Called off")


class ItemStage(TextChoices):
    """How far an item of the agenda has come."""

    PLANNED = "planned", gettext_lazy("On the agenda")
    OPEN = "open", gettext_lazy("Being discussed")
    DISCUSSED = "discussed", gettext_lazy("Discussed")
    MINUTED = "minuted", gettext_lazy("Minutes drafted")
    APPROVED = "approved", gettext_lazy("Minutes approved")
    DROPPED = "dropped", gettext_lazy("Not discussed")


class MarkerStage(TextChoices):
    """What became of something said aloud."""

    SAID = "said", gettext_lazy("Waits for its wording")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    TAKEN_BACK = "taken_back", gettext_lazy("Taken back")
    LAPSED = "lapsed", gettext_lazy("Not confirmed, deleted")


class DecisionStage(TextChoices):
    """How far a decision of the conference has come."""

    PROPOSED = "proposed", gettext_lazy("Proposed")
    DISCUSSED = "discussed", gettext_lazy("Discussed")
    TAKEN = "taken", gettext_lazy("Taken")
    DEFERRED = "deferred", gettext_lazy("Deferred")
    REJECTED = "rejected", gettext_lazy("Rejected")
    MINUTED = "minuted", gettext_lazy("In the minutes")
    CONFIRMED = "confirmed", gettext_lazy("Confirmed")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn, with a reason")


class ActionStage(TextChoices):
    """How far an action has come."""

    OPEN = "open", gettext_lazy("Asked")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    IN_PROGRESS = "in_progress", gettext_lazy("Under way")
    DONE = "done", gettext_lazy("Done")
    NOT_POSSIBLE = "not_possible", gettext_lazy("Not possible")
    EXPIRED = "expired", gettext_lazy("Past its day")
    ESCALATED = "escalated", gettext_lazy("Taken up with its organisation")


NEXT: Mapping[Stage, set[Stage]] = {
    Stage.PREPARED: {Stage.INVITED, Stage.CALLED_OFF},
    Stage.INVITED: {Stage.UNDER_WAY, Stage.CALLED_OFF},
    Stage.UNDER_WAY: {Stage.ENDED},
    Stage.ENDED: set(),
    Stage.CALLED_OFF: set(),
}
NEXT_OF_ITEM: Mapping[ItemStage, set[ItemStage]] = {
    ItemStage.PLANNED: {ItemStage.OPEN, ItemStage.DROPPED},
    ItemStage.OPEN: {ItemStage.DISCUSSED},
    ItemStage.DISCUSSED: {ItemStage.OPEN, ItemStage.MINUTED},
    ItemStage.MINUTED: {ItemStage.MINUTED, ItemStage.APPROVED},
    ItemStage.APPROVED: set(),
    ItemStage.DROPPED: set(),
}
NEXT_OF_MARKER: Mapping[MarkerStage, set[MarkerStage]] = {
    MarkerStage.SAID: {MarkerStage.CONFIRMED, MarkerStage.TAKEN_BACK, MarkerStage.LAPSED},
    MarkerStage.CONFIRMED: set(),
    MarkerStage.TAKEN_BACK: set(),
    MarkerStage.LAPSED: set(),
}
NEXT_OF_DECISION: Mapping[DecisionStage, set[DecisionStage]] = {
    DecisionStage.PROPOSED: {DecisionStage.DISCUSSED, DecisionStage.WITHDRAWN},
    DecisionStage.DISCUSSED: {
        DecisionStage.TAKEN, DecisionStage.DEFERRED, DecisionStage.REJECTED, DecisionStage.WITHDRAWN,
    },
    DecisionStage.TAKEN: {DecisionStage.MINUTED, DecisionStage.WITHDRAWN},
    DecisionStage.DEFERRED: {DecisionStage.MINUTED, DecisionStage.WITHDRAWN},
    DecisionStage.REJECTED: {DecisionStage.MINUTED, DecisionStage.WITHDRAWN},
    DecisionStage.MINUTED: {DecisionStage.CONFIRMED},
    DecisionStage.CONFIRMED: set(),
    DecisionStage.WITHDRAWN: set(),
}  # fmt: skip
NEXT_OF_ACTION: Mapping[ActionStage, set[ActionStage]] = {
    ActionStage.OPEN: {ActionStage.ACCEPTED, ActionStage.NOT_POSSIBLE, ActionStage.EXPIRED},
    ActionStage.ACCEPTED: {
        ActionStage.IN_PROGRESS, ActionStage.DONE, ActionStage.NOT_POSSIBLE, ActionStage.EXPIRED,
    },
    ActionStage.IN_PROGRESS: {ActionStage.DONE, ActionStage.NOT_POSSIBLE, ActionStage.EXPIRED},
    ActionStage.EXPIRED: {ActionStage.DONE, ActionStage.NOT_POSSIBLE, ActionStage.ESCALATED},
    ActionStage.ESCALATED: {ActionStage.DONE, ActionStage.NOT_POSSIBLE},
    ActionStage.DONE: set(),
    ActionStage.NOT_POSSIBLE: set(),
}  # fmt: skip

# House policy: nobody plans further ahead, and a slip of the year is caught.
PLANNED_WITHIN = timedelta(days=366)

# What is drawn in docs/conference-states.md.
MACHINES: Mapping[str, Mapping[Any, set[Any]]] = {
    "Conference": NEXT,
    "Invitation of a person": NEXT_OF_INVITATION,
    "Paper that was asked for": NEXT_OF_PAPER,
    "Item of the agenda": NEXT_OF_ITEM,
    "Marker of something said": NEXT_OF_MARKER,
    "Decision": NEXT_OF_DECISION,
    "Action": NEXT_OF_ACTION,
}

OUTCOMES = (DecisionStage.TAKEN, DecisionStage.DEFERRED, DecisionStage.REJECTED)
UNDECIDED = (DecisionStage.PROPOSED, DecisionStage.DISCUSSED)
ENDINGS = (ActionStage.DONE, ActionStage.NOT_POSSIBLE)
NOT_OVER = (ActionStage.OPEN, ActionStage.ACCEPTED, ActionStage.IN_PROGRESS)


class WordsMissing(Refused):
    code = "words-missing"
    status = 422


class NotInTheRoom(Refused):
    code = "not-in-the-room"


class MustLeave(Refused):
    """Somebody in the room may not read what the item is about. The message names them."""

    code = "must-leave"


class AnotherItemIsOpen(Refused):
    code = "another-item-is-open"


class AlreadyThere(Refused):
    code = "already-there"


class NameInPlace(Refused):
    """The place goes into calendars, which others read."""

    code = "name-in-place"
    status = 422


class NotOfThePast(Refused):
    code = "not-of-the-past"
    status = 422


def check_words(*said: str) -> None:
    """Raises WordsMissing when one of them is empty."""
    if not all(words.strip() for words in said):
        raise WordsMissing(_("Nothing may stay empty here: who reads it later must understand it."))


def check_not_over(stage: Stage) -> None:
    """Raises IllegalTransition."""
    if not NEXT[stage]:
        raise IllegalTransition(_("This conference is over."))


def check_room(names: list[str]) -> None:
    """names: who is in the room and may not read the item. Raises MustLeave."""
    if names:
        raise MustLeave(_("First these people must leave the room: %s.") % ", ".join(names))


def check_due(due_on: date, today: date) -> None:
    if due_on < today:
        raise NotOfThePast(_("This day is past. Choose a later one."))


def check_moments(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises NotOfThePast."""
    if starts_at <= now:
        raise NotOfThePast(_("This moment is past. Choose a later day or time."))
    if ends_at <= starts_at:
        raise NotOfThePast(_("It ends before it starts. Choose a later time for “until”."))
    if starts_at > now + PLANNED_WITHIN:
        raise NotOfThePast(
            _("This is more than a year from now. Look at the year, or choose an earlier day.")
        )


def check_place(place: str, names: Iterable[str]) -> None:
    """names: of the people of the cases at hand. Raises NameInPlace when the place holds one of them."""
    said = f" {' '.join(re.findall(WORD, place.casefold()))} "
    for name in (one for joined in names for one in joined.split(" / ")):
        words = re.findall(WORD, name.casefold())
        if words and (f" {' '.join(words)} " in said or f" {words[-1]} " in said):
            raise NameInPlace(
                _("The place holds the name of somebody of your cases. Write only the room or building.")
            )


def confirm_by(said_on: date) -> date:
    """The last day on which the provider may confirm what it said: five working days later."""
    day = said_on
    for _number in range(CONFIRM_WITHIN):
        day = law.next_working_day(day + timedelta(days=1))
    return day
