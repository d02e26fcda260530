"""What every queue and every page of a thing to be judged does. The areas above have addresses and looks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import NotYours, may_do
from samenhang.foundation.form_rendering import refusals_in
from samenhang.foundation.page import Decision, Place
from samenhang.journal import Actor
from samenhang.judging import forms, rules
from samenhang.judging.models import Judged, Judgement
from samenhang.judging.rules import Answer, Status, Why
from samenhang.judging.rules.journeys import moment, time_left
from samenhang.judging.views.journey import of_journey, state_of
from samenhang.organisations.middleware import ActorRequest

ON_A_PAGE = 50


class Deeds(Protocol):
    """The actions of an area on its things."""

    def judge(self, thing: Any, verdict: str, /, *, why: Why, by: Actor) -> Any: ...
    def confirm(self, thing: Any, /, *, agree: bool, why: Why, by: Actor) -> Any: ...
    def reopen(self, thing: Any, /, *, reason: str, by: Actor) -> Any: ...


@dataclass(frozen=True)
class Desk:
    """Where people judge the things of one table.

    title: of the queue. beside: what is loaded with each. about: what the page of one says besides.
    """

    model: type[Judged]
    deeds: Deeds
    title: Any
    beside: tuple[str, ...]
    about: Callable[[Any, Actor], dict[str, object]]

    def url(self, deed: str, thing: Judged) -> str:
        """Where the deed is done: its name in the area of the thing."""
        area, _page = thing.KIND.page.split(":")
        return reverse(f"{area}:{deed}", args=[thing.reference])

    def visible(self, actor: Actor, reference: str) -> Judged:
        """Raises Http404."""
        rows = (
            self.model.doors()
            .visible_to(actor)
            .select_related("flight", "provider", "claimed_by", *self.beside)
        )
        found: Judged = get_object_or_404(rows, reference=reference)
        return found


def queue(desk: Desk, request: ActorRequest) -> dict[str, Any]:
    """What waits first, the flight that has least time left on top. Never in order of strength.

    rows: of one page each thing, when it arrives, its state, the time left, and who has it.
    """
    actor = request.actor
    found = desk.model.doors().visible_to(actor)
    waiting = found.queue_of(actor)
    rows = found.urgent_first(actor.now).select_related("flight", "claimed_by", *desk.beside)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "rows": [
            (
                thing,
                moment(thing.arrives),
                state_of(thing),
                time_left(thing.flight, actor.now),
                thing.holder(actor.now),
            )
            for thing in page
        ],
        "queue": waiting,
        "overloaded": waiting.is_overloaded(actor.now),
        "reviews": may_do(f"{desk.model.KIND.name}.judge", actor.roles),
    }


def page(desk: Desk, request: ActorRequest, reference: str) -> HttpResponse:
    """One thing, and the decisions that this person may take."""
    thing = desk.visible(request.actor, reference)
    chosen = request.GET.get("verdict", "")
    form = None
    if any(answer.code == chosen for answer in _answers(thing, request.actor)):
        form = forms.Judge(initial={"verdict": chosen, "revision": thing.revision})
    return _page(desk, request, thing, form)


def decide(desk: Desk, request: ActorRequest, reference: str, *, second: bool) -> HttpResponse:
    """A first judgement, or what the second person says; then the next thing that waits."""
    thing = desk.visible(request.actor, reference)
    form = forms.Judge(request.POST)
    if form.is_valid():
        with refusals_in(form, but=NotYours):
            _take(desk, thing, form.cleaned_data, second, request.actor)
            notices.success(request, _("Your decision was recorded."))
            return HttpResponseRedirect(_next(desk, thing, request.actor, second=second))
    return _page(desk, request, thing, form, status=422)


def reopen(desk: Desk, request: ActorRequest, reference: str) -> HttpResponse:
    """A second opinion on what ended; then its page, where it waits."""
    thing = desk.visible(request.actor, reference)
    form = forms.Reopen(request.POST)
    if form.is_valid():
        with refusals_in(form, but=NotYours):
            desk.deeds.reopen(thing, reason=form.cleaned_data["reason"], by=request.actor)
            notices.success(request, _("It is open again and waits for a colleague."))
            return HttpResponseRedirect(thing.page)
    return _page(desk, request, thing, None, reopening=form, status=422)


def _take(desk: Desk, thing: Judged, typed: dict[str, Any], second: bool, actor: Actor) -> None:
    if typed["revision"] != thing.revision:
        raise rules.AlreadyJudged(_("The passenger's record changed meanwhile. Compare it again."))
    why = Why(typed["reason"], typed["remark"])
    if second:
        agree = typed["verdict"] == thing.KIND.of_second(agree=True).code
        desk.deeds.confirm(thing, agree=agree, why=why, by=actor)
    else:
        desk.deeds.judge(thing, typed["verdict"], why=why, by=actor)


def _next(desk: Desk, done: Judged, actor: Actor, *, second: bool) -> str:
    """Where the next of the same work is, the oldest arrival first; the queue when none waits."""
    rows = desk.model.doors().visible_to(actor)
    waiting = rows.to_confirm_by(actor) if second else rows.to_judge_by(actor)
    found = waiting.exclude(pk=done.pk).first()
    return found.page if found else reverse(done.KIND.queue)


def _page(
    desk: Desk,
    request: ActorRequest,
    thing: Judged,
    form: forms.Judge | None,
    *,
    reopening: forms.Reopen | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor
    policy.attach(actor, [thing], "passenger")
    if thing.passenger is None:
        raise Http404  # A block on the passenger takes with it what was found in its record.
    said = list(thing.judgement().objects.visible_to(actor).of(thing).select_related("user"))
    second = thing.status == Status.JUDGED
    chosen = thing.KIND.answer(str(form["verdict"].value())) if form else None
    context = {
        thing.KIND.name: thing,
        "thing": thing,
        "state": state_of(thing),
        "passenger": thing.passenger,
        "changed": thing.passenger.revision != thing.revision,
        "arrives": moment(thing.arrives),
        "said": [
            (one, thing.KIND.label_of(one.verdict), thing.KIND.reason_of(one.verdict, one.reason))
            for one in said
        ],
        "second": second,
        "own": second and bool(said) and said[-1].user_id == actor.user_id,
        "choices": _choices(thing, actor, said),
        "keys": _keys(thing, actor),
        "form": form,
        "chosen": chosen,
        "reasons": _buttons(chosen) if form and chosen else [],
        "decide_url": desk.url("confirm" if second else "judge", thing),
        "reopening": (reopening or forms.Reopen()) if _may_reopen(thing, actor) else None,
        "reopen_url": desk.url("reopen", thing),
        "crumbs": [Place(str(desk.title), reverse(thing.KIND.queue))],
    }
    return render(
        request,
        f"{thing.KIND.page.replace(':', '/')}.html",
        context | of_journey(thing, actor) | desk.about(thing, actor),
        status=status,
    )


def _answers(thing: Judged, actor: Actor) -> tuple[Answer, ...]:
    """What this person may say now, as far as role and status tell."""
    name = thing.KIND.name
    if thing.provider_id != actor.organisation_id:
        return ()
    if thing.status == Status.JUDGED and may_do(f"{name}.confirm", actor.roles):
        return (thing.KIND.of_second(agree=True), thing.KIND.of_second(agree=False))
    return thing.KIND.answers if thing.status in rules.OPEN and may_do(f"{name}.judge", actor.roles) else ()


def _choices(thing: Judged, actor: Actor, said: list[Judgement]) -> list[tuple[Answer, object, str]]:
    """Each answer, what follows from it and where its reasons are; none for who spoke last of it."""
    last = next((one.user_id for one in reversed(said) if one.verdict != rules.REOPENED), None)
    if thing.status in (Status.JUDGED, Status.UNDECIDED) and last == actor.user_id:
        return []
    return [
        (
            answer,
            answer.agreed if thing.status == Status.JUDGED else answer.then,
            f"{thing.page}?verdict={answer.code}#decide",
        )
        for answer in _answers(thing, actor)
    ]


def _keys(thing: Judged, actor: Actor) -> list[tuple[str, str]]:
    """What each key does here and now; none for who only reads."""
    answers = [(answer.key, answer.label) for answer in _answers(thing, actor)]
    if not answers:
        return []
    rest = [
        ("1 – 9", _("The reason, once you chose")),
        ("t", _("Take it, or take it over")),
        ("l", _("Let it go")),
    ]
    return [*answers, *rest]


def _may_reopen(thing: Judged, actor: Actor) -> bool:
    """As far as role, status and record tell."""
    ended = thing.status == Status.DISMISSED and not thing.passenger.masked_at
    mine = thing.provider_id == actor.organisation_id
    return ended and mine and may_do(f"{thing.KIND.name}.judge", actor.roles)


def _buttons(answer: Answer) -> list[Decision]:
    return [Decision(str(one), str(one.label), str(place)) for place, one in enumerate(answer.reasons, 1)]
