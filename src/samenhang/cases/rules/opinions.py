"""What each of the three may say of a signal, what that makes together, and asking for more information."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.foundation.errors import Refused

# House policy: so long has the participant that submitted it to say more.
MORE_WITHIN = timedelta(days=14)
# House policy: after this many rounds the three decide on what they have.
ROUNDS = 2
_THREE = 3


class Opinion(TextChoices):
    """Where a signal belongs, as one of the three sees it; and the outcome of a weighing."""

    APPROACH = "approach", gettext_lazy("Person-centred approach")
    MORE = "more", gettext_lazy("More information is needed first")
    CRIMINAL = "criminal", gettext_lazy("Criminal investigation")
    CARE = "care", gettext_lazy("Other care or help")
    NOTHING = "nothing", gettext_lazy("No action")


# What ends a weighing without a case. What asks most of somebody goes first: see ``outcome``.
ELSEWHERE = (Opinion.CRIMINAL, Opinion.CARE, Opinion.NOTHING)
# Whose work it is then, under a law of its own: nothing of the weighing goes along.
TAKES_OVER = {Opinion.CRIMINAL: "OM", Opinion.CARE: "BURG"}


class Inquiry(TextChoices):
    """What became of a question to the participant that submitted the signal."""

    ASKED = "asked", gettext_lazy("Asked")
    ANSWERED = "answered", gettext_lazy("Answered")
    REFUSED = "refused", gettext_lazy("Knows nothing more")
    LAPSED = "lapsed", gettext_lazy("Not answered in time")
    CALLED_OFF = "called_off", gettext_lazy("Called off: the signal was withdrawn")


# Each ending but the last brings the signal back to the three; none of them decides anything.
NEXT_OF_INQUIRY: Mapping[Inquiry, set[Inquiry]] = {
    Inquiry.ASKED: {Inquiry.ANSWERED, Inquiry.REFUSED, Inquiry.LAPSED, Inquiry.CALLED_OFF},
    Inquiry.ANSWERED: set(),
    Inquiry.REFUSED: set(),
    Inquiry.LAPSED: set(),
    Inquiry.CALLED_OFF: set(),
}


class QuestionMissing(Refused):
    code = "question-missing"
    status = 422


class NoMoreRounds(Refused):
    code = "no-more-rounds"


def outcome(opinions: Iterable[str]) -> Opinion | None:
    """What the three say together, once all are in; None before.

    Only unanimity takes a signal up (Wet PGA art. 5(3)). While one of them asks for more, it takes two
    others to end it: one partner alone does not (Inspectie JenV 2024). When they see it elsewhere, what
    asks most of somebody stands, so that nothing is left lying because they differ.
    """
    given = [Opinion(one) for one in opinions]
    if len(given) != _THREE:
        return None
    if set(given) == {Opinion.APPROACH}:
        return Opinion.APPROACH
    ending = [one for one in given if one in ELSEWHERE]
    if Opinion.MORE in given and len(ending) < _THREE - 1:
        return Opinion.MORE
    return min(ending, key=ELSEWHERE.index)


def takes_over(outcome: str) -> str:
    """Which seat goes on with what ended so, as a code of its authority; empty when nobody does."""
    return TAKES_OVER.get(Opinion(outcome), "") if outcome else ""


def check_question(opinion: str, question: str, round_: int) -> None:
    """round_: which time the three weigh it. Raises QuestionMissing, NoMoreRounds."""
    if opinion != Opinion.MORE:
        return
    if round_ >= ROUNDS:
        raise NoMoreRounds(_("More was asked already. Judge on what there is now."))
    if not question.strip():
        raise QuestionMissing(_("Say what the submitter must tell. They read it."))
