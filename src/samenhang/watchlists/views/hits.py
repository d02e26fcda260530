"""The queue of hits, and one hit: two records side by side, and what a person makes of them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from samenhang.access import policy
from samenhang.access.rules import may_do
from samenhang.journal import Actor
from samenhang.judging.rules import Status
from samenhang.judging.views import deciding as judging
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel.models import Passenger
from samenhang.travel.rules import spoken
from samenhang.watchlists import actions
from samenhang.watchlists.models import Hit
from samenhang.watchlists.rules import words
from samenhang.watchlists.rules.alerts import Action


@require_safe
def queue(request: ActorRequest) -> HttpResponse:
    """What waits first, the flight with least time left on top. Never in order of resemblance."""
    actor = request.actor
    context = judging.queue(DESK, request)
    policy.attach(actor, [row[0] for row in context["rows"]], "passenger")
    waiting = Passenger.objects.visible_to(actor).awaiting_screening().count()
    context["rows"] = [(*row, Action(row[0].listed["action"]).label) for row in context["rows"]]
    context |= {"unscreened": waiting, "sees_runs": may_do("screening.see", actor.roles)}
    return render(request, "watchlists/hits.html", context)


@require_safe
def hit(request: ActorRequest, reference: str) -> HttpResponse:
    """Passenger beside listed person, why they resemble each other and what speaks against."""
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


def about(hit: Hit, actor: Actor) -> dict[str, object]:
    """The comparison, what the alert lets be done, and whether the record may be passed on."""
    return {
        "records": side_by_side(hit),
        "sides": _sides(hit),
        "strength": words.strength(hit.resemblance),
        "action": Action(hit.listed["action"]).label,
        # Issuers and the data-protection officer read along; the reviewers of the unit decide.
        "decides": hit.provider_id == actor.organisation_id and may_do("hit.judge", actor.roles),
        "may_transfer": hit.status == Status.CONFIRMED and actions.may_transfer(hit, by=actor),
    }


def _sides(hit: Hit) -> list[tuple[str, list[words.Line] | list[str]]]:
    """What speaks for and against, and what is not known, under a heading each; nothing once it is masked."""
    if not hit.explanation:
        return []
    told = words.lines(hit.explanation)
    return [
        (_("What speaks for one and the same person"), words.in_favour(told)),
        (_("What speaks against"), words.against(told)),
        (
            _("What is not known, so says nothing"),
            [*words.perhaps_relatives(hit.explanation), *words.unknown(hit.passenger.told, hit.listed)],
        ),
    ]


def side_by_side(hit: Hit) -> list[tuple[str, str, str]]:
    """What, with the passenger and in the alert. Empty where unknown, or masked."""
    told, listed = hit.passenger.told, hit.listed
    names = [f"{one.get('given_names', '')} {one.get('surname', '')}" for one in told["other_names"]]
    numbers = [one.get("number", "") for one in told["documents"]]
    # Once the passenger is masked nobody knows any more which of the alert's names was compared.
    listed_name = hit.explanation["listed_name"] if hit.explanation else listed["names"][0]
    known_as = [name for name in listed["names"] if name != listed_name]
    births = _listed([words.day(text) for text in listed["birth_dates"]])
    return [
        (_("Name"), f"{told['given_names']} {told['surname']}".strip(), listed_name),
        (_("Other names"), _listed(names), _listed(known_as)),
        (_("Date of birth"), words.day(told["birth_date"]), births),
        (_("Sex in the record"), spoken.sex(told["sex"]), spoken.sex(listed["sex"])),
        (_("Documents"), _listed(numbers), _listed(listed["documents"])),
        (
            _("Nationality"),
            spoken.country(told["nationality"]),
            _listed([spoken.country(code) for code in listed["nationalities"]]),
        ),
    ]


def _listed(texts: list[str]) -> str:
    return ", ".join(filter(None, texts))


DESK = judging.Desk(Hit, actions, gettext_lazy("Hits"), ("issuer",), about)
