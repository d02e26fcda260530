"""Who may ask for the names behind a pseudonym, who decides, and how long they are shown."""

from datetime import datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused
from samenhang.foundation.states import check_transition
from samenhang.grounds.rules.disclosure import COORDINATOR, Answer, names_a_person

PURPOSE = "coordination"
# House policy, not law: shown for a working day; a request is forgotten four weeks after it was made.
SHOWN_FOR = timedelta(hours=24)
FORGET_AFTER = timedelta(weeks=4)
SHORTEST_REASON = 20


class Status(TextChoices):
    ASKED = "asked", gettext_lazy("Waits for a second person")
    AGREED = "agreed", gettext_lazy("Agreed")
    REFUSED = "refused", gettext_lazy("Not agreed")


NEXT: dict[Status, frozenset[Status]] = {
    Status.ASKED: frozenset({Status.AGREED, Status.REFUSED}),
    Status.AGREED: frozenset(),
    Status.REFUSED: frozenset(),
}


class NotTheCoordinator(Refused):
    code = "not-the-coordinator"
    status = 403


class NoNames(Refused):
    """The law, or the age of the person, lets nobody be named."""

    code = "no-names"


class SecondPersonNeeded(Refused):
    code = "second-person-needed"
    status = 403


class NotShown(Refused):
    code = "not-shown"
    status = 403


class SayWhy(Refused):
    code = "say-why"
    status = 422


def check_coordinator(authority: str, purpose: str) -> None:
    if authority != COORDINATOR or purpose != PURPOSE:
        raise NotTheCoordinator(_("Only the coordinator asks this, for its own task."))


def check_reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise SayWhy(_("Say in a full sentence why the pseudonym is not enough."))


def check_may_be_named(answer: Answer, *, minor: bool) -> None:
    """answer: what the law of today says to giving the item. Raises NoNames."""
    if minor:
        raise NoNames(_("This may be a child. A child is never named here."))
    if not names_a_person(answer):
        raise NoNames(_("The rule by which this was given does not let a person be named."))


def check_decides(status: str, wanted: Status, asked_by: str, decided_by: str) -> None:
    """Raises IllegalTransition, SecondPersonNeeded."""
    check_transition(NEXT, Status(status), wanted)
    if asked_by == decided_by:
        raise SecondPersonNeeded(_("You asked this yourself. A colleague must decide on it."))


def check_shown(asked_by: str, by: str, shown_until: datetime | None, now: datetime) -> None:
    """Raises NotShown."""
    if shown_until is None or now >= shown_until or asked_by != by:
        raise NotShown(_("The names are shown to who asked for them, for a day after a colleague agreed."))
