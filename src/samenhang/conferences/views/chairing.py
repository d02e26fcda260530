"""The chair's one screen, fit for a projector: it shows what everybody in the room may read."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from samenhang.conferences import actions, forms
from samenhang.conferences.actions.recording import Proposal
from samenhang.conferences.models import Conference, Decision, Invitee, Item, Paper
from samenhang.conferences.models.room import OnScreen, in_the_room, invited, must_leave, on_screen
from samenhang.conferences.rules import DecisionStage, IllegalTransition, ItemStage, Stage
from samenhang.conferences.rules.inviting import Answer
from samenhang.conferences.views.deciding import Told, told
from samenhang.conferences.views.preparing import chaired
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation, User

# Forms that are not right, by name, or nothing.
Wrong = dict[str, Form] | None
# What the areas above know of the item on the screen, for everybody in the room.
Beside = Callable[[Item, OnScreen, Actor], dict[str, Any]]


def _nothing(_item: Item, _screen: OnScreen, _actor: Actor) -> dict[str, Any]:
    return {}


@require_GET
def room(
    request: ActorRequest, reference: str, template: str = "conferences/room.html", beside: Beside = _nothing
) -> HttpResponse:
    """Who is there, which item is open, what may be shown of it, and the next step.

    ?item=…: before it begins, how that item will look. Nothing is begun by it.
    """
    conference = chaired(request, reference)
    return render(request, template, _shown(conference, request, {}, beside))


@require_POST
def do(
    request: ActorRequest,
    reference: str,
    deed: str,
    template: str = "conferences/room.html",
    beside: Beside = _nothing,
) -> HttpResponse:
    """One deed of the chair. A form that is not right comes back on the screen."""
    conference = chaired(request, reference)
    if deed not in DEEDS:
        raise Http404
    try:
        wrong = DEEDS[deed](conference, request) or {}
    except Refused as refusal:
        messages.error(request, str(refusal))
        wrong = {}
    if wrong:
        return render(request, template, _shown(conference, request, wrong, beside), status=422)
    return HttpResponseRedirect(reverse("conferences:room", args=[conference.reference]))


def _shown(
    conference: Conference, request: ActorRequest, bound: dict[str, Form], beside: Beside
) -> dict[str, Any]:
    actor = request.actor
    items = list(Item.objects.visible_to(actor).of(conference))
    invitees = list(Invitee.objects.visible_to(actor).of(conference).on_list())
    users, present = invited(invitees), in_the_room(conference)
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in invitees})
    following = next((item for item in items if item.stage == ItemStage.PLANNED), None)
    preview = _preview(conference, items, request)
    opened = preview or next((item for item in items if item.stage == ItemStage.OPEN), None)
    if preview:
        listed = [users[one.user_id] for one in invitees if one.stage != Answer.DECLINED]
        out = must_leave(preview, listed, actor.now, simulated=actor.simulated)
        present = [one for one in listed if one not in out]
    else:
        out = must_leave(following, present, actor.now, simulated=actor.simulated) if following else []
    screen = on_screen(opened, actor, present) if opened else None
    people = [(one, users[one.user_id], bodies[one.organisation_id]) for one in invitees]
    return {
        "conference": conference,
        "its_day": _its_day(conference, actor),
        "items": items,
        "item": opened,
        "preview": preview,
        "screen": screen,
        "decisions": _decisions(screen, bound) if screen else [],
        "papers": _papers(screen) if screen else [],
        "following": following,
        "must_leave": out,
        "alone": len(present) < 2,
        "present": present,
        "inside": [one for one in people if one[0].in_room],
        "outside": [one for one in people if not one[0].in_room],
        **_deeds(present, bound),
        **(beside(opened, screen, actor) if opened and screen else {}),
    }


def _preview(conference: Conference, items: list[Item], request: ActorRequest) -> Item | None:
    """The item to look at beforehand."""
    if conference.stage not in (Stage.PREPARED, Stage.INVITED):
        return None
    return next((item for item in items if item.reference == request.GET.get("item", "")), None)


def _its_day(conference: Conference, actor: Actor) -> bool:
    return timezone.localtime(conference.starts_at).date() == actor.today


def _papers(screen: OnScreen) -> list[tuple[Paper, Organisation]]:
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in screen.papers})
    return [(one, bodies[one.organisation_id]) for one in screen.papers]


def _decisions(screen: OnScreen, bound: dict[str, Form]) -> list[Told]:
    rows = told(screen.decisions, screen.there, screen.dissents)
    for row in rows:
        name = f"withdraw-{row.decision.reference}"
        row.withdraw = bound.get(name) or forms.Reason(label=_("Why is it withdrawn?"))
        row.withdraw.auto_id = f"{name}-%s"
    return rows


def _deeds(present: list[User], bound: dict[str, Form]) -> dict[str, Form]:
    choices = [(one.reference, one.name) for one in present]
    deeds: dict[str, Form] = {
        "mark": bound.get("mark") or forms.Mark(people=choices),
        "propose": bound.get("propose") or forms.Propose(),
        "assign": bound.get("assign") or forms.Assign(people=choices),
    }
    for name, form in deeds.items():
        # Several forms on one screen, some of which ask for a wording: each label names its own field.
        form.auto_id = f"{name}-%s"
    return deeds


def _begin(conference: Conference, request: ActorRequest) -> None:
    if not _its_day(conference, request.actor) and "other-day" not in request.POST:
        raise IllegalTransition(_("It is planned for another day. Say that you begin it now all the same."))
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


def _mark(conference: Conference, request: ActorRequest) -> Wrong:
    people = in_the_room(conference)
    form = forms.Mark(request.POST, people=[(one.reference, one.name) for one in people])
    if not form.is_valid():
        return {"mark": form}
    speaker = _chosen(people, form.cleaned_data["speaker"])
    actions.mark(_item(conference, request), speaker, wording=form.cleaned_data["wording"], by=request.actor)
    return None


def _propose(conference: Conference, request: ActorRequest) -> Wrong:
    form = forms.Propose(request.POST)
    if not form.is_valid():
        return {"propose": form}
    actions.propose(_item(conference, request), Proposal(**form.cleaned_data), by=request.actor)
    return None


def _decide(conference: Conference, request: ActorRequest) -> None:
    form = forms.Decide(request.POST)
    if not form.is_valid():
        raise Http404
    decision = _decision(conference, request)
    actions.decide(decision, DecisionStage(form.cleaned_data["outcome"]), by=request.actor)


def _withdraw(conference: Conference, request: ActorRequest) -> Wrong:
    decision = _decision(conference, request)
    form = forms.Reason(request.POST, label=_("Why is it withdrawn?"))
    if not form.is_valid():
        return {f"withdraw-{decision.reference}": form}
    actions.withdraw_decision(decision, reason=form.cleaned_data["words"], by=request.actor)
    return None


def _assign(conference: Conference, request: ActorRequest) -> Wrong:
    people = in_the_room(conference)
    form = forms.Assign(request.POST, people=[(one.reference, one.name) for one in people])
    if not form.is_valid():
        return {"assign": form}
    said = form.cleaned_data
    owner = _chosen(people, said["owner"])
    actions.assign(
        _item(conference, request), owner, what=said["what"], due_on=said["due_on"], by=request.actor
    )
    return None


DEEDS: dict[str, Callable[[Conference, ActorRequest], Wrong]] = {
    "begin": _begin,
    "end": _end,
    "arrive": _arrive,
    "leave": _leave,
    "open": _open,
    "close": _close,
    "mark": _mark,
    "propose": _propose,
    "decide": _decide,
    "withdraw": _withdraw,
    "assign": _assign,
}


def _decision(conference: Conference, request: ActorRequest) -> Decision:
    mine = Decision.objects.visible_to(request.actor).filter(item__in=[_item(conference, request)])
    found: Decision = get_object_or_404(mine, reference=request.POST.get("decision", ""))
    return found


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
