"""The five criteria, the three seats, the regime of a day, and when a case must be gone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.cases.rules.course import (
    NEXT,
    NEXT_OF_SEAT,
    NEXT_OF_WEIGHING,
    REVIEWED,
    RUNNING,
    NoCriterionTwice,
    NothingNew,
    NotOpen,
    NotReviewed,
    Reviewed,
    Seat,
    Stage,
    Status,
    Verdict,
    check_current,
    check_new_work,
    check_not_quiet,
    check_review,
    review_on,
    status_after,
)
from samenhang.cases.rules.criteria import (
    CRITERIA,
    National,
    NoCriteria,
    NotNational,
    check_national,
    criteria_on,
)
from samenhang.cases.rules.interest import InterestMissing, check_interest
from samenhang.cases.rules.keeping import NEXT_OF_OFFER
from samenhang.cases.rules.moving import NEXT_OF_MOVE, NEXT_OF_SAY
from samenhang.cases.rules.opinions import (
    NEXT_OF_INQUIRY,
    TAKES_OVER,
    Opinion,
    check_question,
    outcome,
    takes_over,
)
from samenhang.cases.rules.third_parties import NEXT_OF_ADMISSION
from samenhang.foundation.errors import Refused
from samenhang.foundation.states import IllegalTransition, check_transition
from samenhang.grounds import rules as law
from samenhang.grounds.rules.bodies import by_the_act

__all__ = [
    "CRITERIA",
    "NEXT",
    "NEXT_OF_SEAT",
    "NEXT_OF_WEIGHING",
    "REVIEWED",
    "RUNNING",
    "TAKES_OVER",
    "IllegalTransition",
    "InterestMissing",
    "National",
    "NoCriteria",
    "NoCriterionTwice",
    "NotNational",
    "NotOpen",
    "NotReviewed",
    "NothingNew",
    "Opinion",
    "Reviewed",
    "Seat",
    "Stage",
    "Status",
    "Verdict",
    "check_current",
    "check_interest",
    "check_national",
    "check_new_work",
    "check_not_quiet",
    "check_question",
    "check_review",
    "check_transition",
    "criteria_on",
    "outcome",
    "review_on",
    "status_after",
    "takes_over",
]

# Who sits on which seat: police, prosecution, mayor (Wet PGA art. 5(3)).
SEATS = {"POL": "police-analyst", "OM": "prosecutor", "BURG": "mayor"}

# What the case conference makes itself, and its parties may read.
OWN_CATEGORIES = ("plan", "meeting-minutes", "assessment-conclusion")

# Conditions of law that hold by themselves the moment a case opens unanimously: the offer
# confirmed the first two, the weighing the third, and the parties are those of the case.
MET_BY_OPENING = frozenset(
    {
        "necessity-statement", "compelling-reasons-test", "only-after-unanimity", "only-participants-of-case",
        "case-open", "participant-task", "home-municipality", "special-data-necessity",
    }
)  # fmt: skip

# What is drawn in docs/case-states.md.
MACHINES: Mapping[str, Mapping[Any, set[Any]]] = {
    "Weighing": NEXT_OF_WEIGHING,
    "Inquiry": NEXT_OF_INQUIRY,
    "Case": NEXT,
    "Takeover": NEXT_OF_OFFER,
    "Party at a case": NEXT_OF_SEAT,
    "Transfer": NEXT_OF_MOVE,
    "Contribution": NEXT_OF_SAY,
    "ThirdParty": NEXT_OF_ADMISSION,
}

# House policy, not law: art. 5(6) says that the participant is told, not when.
TELL_WITHIN = timedelta(days=14)


class Regime(TextChoices):
    """Under what the parties work together."""

    ACT = "wet-pga", gettext_lazy("Wet PGA")
    COVENANT = "covenant", gettext_lazy("Covenant")


class ReasonsMissing(Refused):
    code = "reasons-missing"
    status = 422


class NoSeat(Refused):
    code = "no-seat"
    status = 403


class SeatTaken(Refused):
    code = "seat-taken"


class VotedTwice(Refused):
    code = "voted-twice"


class WrongRegime(Refused):
    code = "wrong-regime"


class NoCovenant(Refused):
    code = "no-covenant"


class NotAParty(Refused):
    code = "not-a-party"
    status = 403


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one seat judges: where the signal belongs, in words per criterion.

    question: what the submitter must tell, when more is needed first. best_interest: of a minor, why
    taking it up is in the interest of the child.
    """

    opinion: Opinion
    reasons: Mapping[str, str]
    question: str = ""
    best_interest: str = ""


def regime_on(day: date) -> Regime:
    """The Act from the day on which the triage panel exists in law; covenants before."""
    return Regime.ACT if by_the_act(day) else Regime.COVENANT


def check_judgement(judgement: Judgement, national: National) -> None:
    """national: the set on which it is weighed. Raises NotNational, and ReasonsMissing with what lacks."""
    check_national(judgement.reasons, national)
    asked = national.criteria.items()
    empty = [str(label) for code, (label, _help) in asked if not judgement.reasons.get(code, "").strip()]
    if empty:
        raise ReasonsMissing(_("Give your reasons on every criterion. Still empty: %s.") % "; ".join(empty))


def check_seat(authority: str, roles: frozenset[str], *, human: bool) -> None:
    if not human or SEATS.get(authority) not in roles:
        raise NoSeat(_("Police, prosecution and mayor weigh a signal, each by the person mandated to."))


def goes_on(outcome: str, authority: str, roles: frozenset[str]) -> bool:
    """Whether this is the seat that goes on with what ended so, and the person mandated to."""
    return bool(outcome) and takes_over(outcome) == authority and SEATS[authority] in roles


def check_turn(seat: str, user: str, taken: Iterable[tuple[str, str]]) -> None:
    """taken: seat and user of each position so far."""
    for other_seat, other_user in taken:
        if other_user == user:
            raise VotedTwice(_("You took your position already. Three different people weigh a signal."))
        if other_seat == seat:
            raise SeatTaken(_("A colleague took the position of your organisation already."))


def not_known_to_be_met(met: frozenset[str]) -> frozenset[str]:
    """Every condition that must be met and is not among these: nothing counts as met by silence."""
    return frozenset(code for code, one in law.law().conditions.items() if one.must_be_met) - met


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonsMissing(_("Say why: the reason is kept."))
