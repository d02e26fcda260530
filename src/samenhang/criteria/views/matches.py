"""The queue of matches, and one match: the facts of a journey beside the rule, and what a person makes of it.

Who the passenger is stands here only once the match was confirmed: a journey is judged, and a name
would say where somebody's family comes from.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from samenhang.criteria import actions
from samenhang.criteria.models import Match
from samenhang.criteria.rules import Offence
from samenhang.criteria.rules.facts import ANNEX
from samenhang.foundation.page import Fact
from samenhang.journal import Actor
from samenhang.judging.rules import Status
from samenhang.judging.views import deciding as judging
from samenhang.organisations.middleware import ActorRequest
from samenhang.watchlists.rules import words


@require_safe
def queue(request: ActorRequest) -> HttpResponse:
    """What waits first, the flight with least time left on top."""
    return render(request, "criteria/matches.html", judging.queue(DESK, request))


@require_safe
def match(request: ActorRequest, reference: str) -> HttpResponse:
    """The facts of the journey, the rule, and the decisions that this person may take."""
    return judging.page(DESK, request, reference)


@require_POST
def judge(request: ActorRequest, reference: str) -> HttpResponse:
    return judging.decide(DESK, request, reference, second=False)


@require_POST
def confirm(request: ActorRequest, reference: str) -> HttpResponse:
    return judging.decide(DESK, request, reference, second=True)


@require_POST
def reopen(request: ActorRequest, reference: str) -> HttpResponse:
    return judging.reopen(DESK, request, reference)


def about(match: Match, _actor: Actor) -> dict[str, object]:
    """The facts beside the rule; the person once confirmed."""
    return {
        "facts": _facts(match),
        "person": _person(match) if match.status == Status.CONFIRMED else [],
        "offence": Offence(match.about["offence"]).label,
    }


def _facts(match: Match) -> list[tuple[str, object, str, bool]]:
    """Name, meaning, value and whether the rule asks for it; nothing once the passenger is masked."""
    told = match.found
    if told is None:
        return []
    asked = f"{match.about['when']} {match.about['unless']}"
    return [
        (name, words_, _in_words(told.get(name)), name in asked) for name, (_point, words_) in ANNEX.items()
    ]


def _in_words(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return _("Yes") if value else _("No")
        case list():
            return " – ".join(value)
        case _:
            return str(value)


def _person(match: Match) -> list[Fact]:
    told = match.passenger.told
    numbers = ", ".join(one.get("number", "") for one in told["documents"])
    return [
        Fact(_("Name"), f"{told['given_names']} {told['surname']}".strip()),
        Fact(_("Date of birth"), words.day(told["birth_date"])),
        Fact(_("Documents"), numbers),
    ]


DESK = judging.Desk(Match, actions, gettext_lazy("Matches of rules"), ("recipient",), about)
