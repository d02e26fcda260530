"""With which outcome a case closes, how long it is kept, and what postpones its destruction."""

from datetime import date, datetime, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.grounds import rules as law

KEPT = "P5Y"  # Wet PGA art. 9: at the latest five years after the last processing
# House policy: what a child did goes sooner (CRC 3 and 40: it may begin again).
KEPT_OF_CHILD = "P2Y"
# House policy: a look into a case for a complaint, supervision or a court ends by itself.
LOOK_FOR = timedelta(days=14)
# House policy: the Act names no term for what never becomes a case. Two weeks in which the participant
# is told (TELL_WITHIN), and two in which somebody can still complain.
FORGET_AFTER = timedelta(weeks=4)
# House policy: what nobody offers within this time is no worry any more.
OFFERED_WITHIN = timedelta(weeks=13)


class Outcome(TextChoices):
    """What came of a case."""

    GOALS_MET = "goals-met", gettext_lazy("The goals were met")
    NO_CRITERION = "no-criterion", gettext_lazy("No criterion of the Act holds any more")
    CARE = "care", gettext_lazy("Care or help took it over")
    CRIMINAL_TRACK = "criminal-track", gettext_lazy("It goes on as a criminal investigation")
    ELSEWHERE = "elsewhere", gettext_lazy("The person lives where this law does not reach")
    DIED = "died", gettext_lazy("The person died")
    MISTAKE = "mistake", gettext_lazy("It should never have been a case: destroyed at once")
    OTHER = "other", gettext_lazy("Something else, said in the reason")


def outcomes_by_covenant() -> list[tuple[str, str]]:
    """The same, where partners took the case up for reasons of their own and not on criteria of the Act."""
    unheld = _("None of the reasons why the partners took it up holds any more")
    return [(one.value, unheld if one == Outcome.NO_CRITERION else str(one.label)) for one in Outcome]


class Ground(TextChoices):
    """For what a closed case may still be looked into, or kept past its day (Wet PGA art. 6(3) and 9)."""

    COMPLAINT = "complaint", gettext_lazy("A complaint or a request of the person")
    SUPERVISION = "supervision", gettext_lazy("Supervision or audit")
    COURT = "court", gettext_lazy("A court or a legal claim")


def forget_at(
    submitted: datetime, weighed: datetime | None, withdrawn: datetime | None, *, waits: bool
) -> datetime | None:
    """When a signal that became no case must be gone; None while it is weighed.

    waits: nobody offered it yet. Who withdraws a signal after its weighing puts nothing off.
    """
    if waits:
        return submitted + OFFERED_WITHIN
    over = min((one for one in (weighed, withdrawn) if one is not None), default=None)
    return over and over + FORGET_AFTER


def destroy_on(outcome: str, last_processed_on: date, *, child: bool) -> date:
    """The last day on which the data may still exist; a mistake goes at once (Wet PGA art. 9).

    child: the person is a minor at closing.
    """
    if outcome == Outcome.MISTAKE:
        return last_processed_on
    return law.Duration.read(KEPT_OF_CHILD if child else KEPT).after(last_processed_on)
