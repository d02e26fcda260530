"""The chair's one screen, fit for a projector: it shows what everybody in the room may read."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samenhang.conferences import actions, forms
from samenhang.conferences.actions.recording import Proposal
from samenhang.conferences.models import Conference, Decision, Invitee, Item
from samenhang.conferences.models.room import in_the_room, invited, must_leave, on_screen
from samenhang.conferences.rules import DecisionStage, ItemStage
from samenhang.conferences.views.preparing import chaired
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation, User


@require_GET
def room(request: ActorRequest, reference: str) -> HttpResponse:
    """Who is there, which item is open, what may be shown of it, and the next step."""
    conference = chaired(request, reference)
    return render(request, "conferences/room.html", _shown(conference, request.actor, {}))


@require_POST
def do(request: ActorRequest, reference: str, deed: str) -> HttpResponse:
    """One deed of the chair. A form that is not right comes back on the screen."""
    conference = chaired(request, reference)
    if deed not in DEEDS:
        raise Http404
    try:
        wrong = DEEDS[deed](conference, request)
    except Refused as refusal:
        messages.error(request, str(refusal))
        wrong = None
    if wrong is not None:
        context = _shown(conference, request.actor, {deed: wrong})
        return render(request, "conferences/room.html", context, status=422)
    return HttpResponseRedirect(reverse("conferences:room", args=[conference.reference]))


def _shown(conference: Conference, actor: Actor, bound: dict[str, Form]) -> dict[str, Any]:
    items = list(Item.objects.visible_to(actor).of(conference))
    invitees = list(Invitee.objects.visible_to(actor).of(conference).on_list())
    users, present = invited(invitees), in_the_room(conference)
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in invitees})
    opened = next((item for item in items if item.stage == ItemStage.OPEN), None)
    following = next((item for item in items if item.stage == ItemStage.PLANNED), None)
    out = must_leave(following, present, actor.now, simulated=actor.simulated) if following else []
    choices = [(one.reference, one.name) for one in present]
    deeds: dict[str, Form] = {
        "mark": bound.get("mark") or forms.Mark(people=choices),
        "propose": bound.get("propose") or forms.Propose(),
        "assign": bound.get("assign") or forms.Assign(people=choices),
    }
    for name, form in deeds.items():
        # Three forms on one screen, of which two ask for a wording: each label names its own field.
        form.auto_id = f"{name}-%s"
    return {
        "conference": conference,
        "items": items,
        "item": opened,
        "screen": on_screen(opened, actor, present) if opened else None,
        "following": following,
        "must_leave": out,
        "people": [(one, users[one.user_id], bodies[one.organisation_id]) for one in invitees],
        **deeds,
    }


def _begin(conference: Conference, request: ActorRequest) -> None:
    actions.begin(conference, by=request.actor)


def _end(conference: Conference, request: ActorRequest) -> None:
    actions.end(conference, by=request.actor)


def _arrive(conference: Conference, request: ActorRequest) -> None:
    actions.arrive(_invitee(conference, request), by=request.actor)


def _leave(conference: Conference, request: ActorRequest) -> None:
    actions.leave(_invitee(conference, request), by=request.actor)


def _open(conference: Conference, request: ActorRequest) -> None:
    actions.open_item(_item(conference, request), by=request.actor)


def _close(conference: Conference, request: ActorRequest) -> None:
    actions.close_item(_item(conference, request), by=request.actor)


def _mark(conference: Conference, request: ActorRequest) -> Form | None:
    people = in_the_room(conference)
    form = forms.Mark(request.POST, people=[(one.reference, one.name) for one in people])
    if not form.is_valid():
        return form
    speaker = _chosen(people, form.cleaned_data["speaker"])
    actions.mark(_item(conference, request), speaker, wording=form.cleaned_data["wording"], by=request.actor)
    return None


def _propose(conference: Conference, request: ActorRequest) -> Form | None:
    form = forms.Propose(request.POST)
    if not form.is_valid():
        return form
    actions.propose(_item(conference, request), Proposal(**form.cleaned_data), by=request.actor)
    return None


def _decide(conference: Conference, request: ActorRequest) -> None:
    form = forms.Decide(request.POST)
    if not form.is_valid():
        raise Http404
    mine = Decision.objects.visible_to(request.actor).filter(item__in=[_item(conference, request)])
    decision = get_object_or_404(mine, reference=request.POST.get("decision", ""))
    actions.decide(decision, DecisionStage(form.cleaned_data["outcome"]), by=request.actor)


def _assign(conference: Conference, request: ActorRequest) -> Form | None:
    people = in_the_room(conference)
    form = forms.Assign(request.POST, people=[(one.reference, one.name) for one in people])
    if not form.is_valid():
        return form
    said = form.cleaned_data
    owner = _chosen(people, said["owner"])
    actions.assign(
        _item(conference, request), owner, what=said["what"], due_on=said["due_on"], by=request.actor
    )
    return None


DEEDS: dict[str, Callable[[Conference, ActorRequest], Form | None]] = {
    "begin": _begin,
    "end": _end,
    "arrive": _arrive,
    "leave": _leave,
    "open": _open,
    "close": _close,
    "mark": _mark,
    "propose": _propose,
    "decide": _decide,
    "assign": _assign,
}


def _item(conference: Conference, request: ActorRequest) -> Item:
    seen = Item.objects.visible_to(request.actor).of(conference)
    found: Item = get_object_or_404(seen, reference=request.POST.get("item", ""))
    return found


def _invitee(conference: Conference, request: ActorRequest) -> Invitee:
    seen = Invitee.objects.visible_to(request.actor).of(conference)
    found: Invitee = get_object_or_404(seen, reference=request.POST.get("who", ""))
    return found


def _chosen(people: list[User], reference: str) -> User:
    return next(one for one in people if one.reference == reference)
