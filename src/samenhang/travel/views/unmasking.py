"""Masked passengers: who is kept, asking to see one, deciding, and what the officer finds afterwards."""

from datetime import datetime

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from samenhang.access.rules import NotYours
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Fact, Kind, Label, Place
from samenhang.grounds.rules import said
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel import actions, forms
from samenhang.travel.models import Passenger, Unmasking
from samenhang.travel.rules.unmasking import Finding, Ground, Status, lapses_at
from samenhang.travel.views.passengers import facts_of

ON_A_PAGE = 50
KINDS: dict[str, Kind] = {Status.ASKED: "info", Status.APPROVED: "positive", Status.REFUSED: "negative"}


@require_safe
def masked(request: ActorRequest) -> HttpResponse:
    """Passengers the actor may see who are kept for evidence: without a name."""
    found = Passenger.objects.visible_to(request.actor).masked().select_related("flight")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, actions.may_ask_unmasking(row, by=request.actor)) for row in page]
    return render(request, "travel/masked.html", {"page": page, "rows": rows, "crumbs": [_all_messages()]})


@require_http_methods(["GET", "POST"])
def ask_unmasking(request: ActorRequest, reference: str) -> HttpResponse:
    """Ask the authority to let the actor see one of them."""
    found = Passenger.objects.visible_to(request.actor).masked().select_related("flight")
    passenger = get_object_or_404(found, reference=reference)
    _require(may=actions.may_ask_unmasking(passenger, by=request.actor))
    form = forms.AskUnmasking(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        with refusals_in(form):
            row = actions.ask_unmasking(
                passenger, Ground(told["ground"]), reason=told["reason"], by=request.actor
            )
            notices.success(request, _("The authority was asked. You see its answer here."))
            return HttpResponseRedirect(reverse("travel:unmasking", args=[row.reference]))
    return form_page(
        request,
        "travel/ask_unmasking.html",
        form,
        passenger=passenger,
        crumbs=[_all_messages(), Place(_("Masked passengers"), reverse("travel:masked"))],
    )


@require_safe
def unmaskings(request: ActorRequest) -> HttpResponse:
    """Requests the actor may see, newest first."""
    found = Unmasking.objects.visible_to(request.actor).newest_first()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(row, _state(row, request.actor.now)) for row in page]
    return render(request, "travel/unmaskings.html", {"page": page, "rows": rows})


@require_safe
def unmasking(request: ActorRequest, reference: str) -> HttpResponse:
    """One request: what was asked, what came of it, and the actor's own step."""
    row = _found(request, reference)
    actor = request.actor
    shown = {
        "row": row,
        "state": _state(row, actor.now),
        "facts": _facts(row),
        "steps": _steps(row, actor),
        "crumbs": _crumbs(),
    }
    return render(request, "travel/unmasking.html", shown)


@require_http_methods(["GET", "POST"])
def decide_unmasking(request: ActorRequest, reference: str) -> HttpResponse:
    """Approve or not, as the authority."""
    row = _found(request, reference)
    _require(may=actions.may_decide_unmasking(row, by=request.actor))
    form = forms.DecideUnmasking(request.POST or None)
    if form.is_valid():
        approve = form.cleaned_data["decision"] == "yes"
        with refusals_in(form):
            actions.decide_unmasking(
                row, approve=approve, reason=form.cleaned_data["reason"], by=request.actor
            )
            said = _("Approved. The data-protection officer was told.") if approve else _("Not approved.")
            notices.success(request, said)
            return HttpResponseRedirect(reverse("travel:unmasking", args=[reference]))
    return _step(request, row, form, _("Decide on %s") % reference, _("Decide"))


@require_http_methods(["GET", "POST"])
def review_unmasking(request: ActorRequest, reference: str) -> HttpResponse:
    """Look at it afterwards, as the data-protection officer of the unit."""
    row = _found(request, reference)
    _require(may=actions.may_review_unmasking(row, by=request.actor))
    form = forms.ReviewUnmasking(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        with refusals_in(form):
            actions.review_unmasking(row, Finding(told["finding"]), remark=told["remark"], by=request.actor)
            notices.success(request, _("Your finding is kept."))
            return HttpResponseRedirect(reverse("travel:unmasking", args=[reference]))
    return _step(request, row, form, _("Look at %s afterwards") % reference, _("Keep this finding"))


@never_cache
@require_http_methods(["POST"])
def unmasked(request: ActorRequest, reference: str) -> HttpResponse:
    """The passenger, for who asked, within the time. A deed and no link: each time is in the journal."""
    row = _found(request, reference)
    told = actions.open_unmasked(row, by=request.actor)
    shown = {"row": row, "facts": facts_of(told), "crumbs": [*_crumbs(), Place(reference, _page(reference))]}
    return render(request, "travel/unmasked.html", shown)


def _step(
    request: ActorRequest,
    row: Unmasking,
    form: forms.DecideUnmasking | forms.ReviewUnmasking,
    heading: str,
    button: str,
) -> HttpResponse:
    return form_page(
        request,
        "travel/unmasking_step.html",
        form,
        _page(row.reference),
        heading=heading,
        button=button,
        facts=_facts(row),
        crumbs=[*_crumbs(), Place(row.reference, _page(row.reference))],
    )


def _found(request: ActorRequest, reference: str) -> Unmasking:
    rows = Unmasking.objects.visible_to(request.actor)
    return get_object_or_404(
        rows.select_related("asked_by", "decided_by", "reviewed_by"), reference=reference
    )


def _require(*, may: bool) -> None:
    if not may:
        raise NotYours


def _steps(row: Unmasking, actor: Actor) -> set[str]:
    """What this person may do now with this request."""
    steps = set()
    if row.asked_by_id == actor.user_id and row.shown_until and row.shown_until > actor.now:
        steps.add("show")
    waits = row.status == Status.ASKED and lapses_at(row.asked_at) > actor.now
    if waits and actions.may_decide_unmasking(row, by=actor):
        steps.add("decide")
    told = row.officer_told_at is not None and row.reviewed_at is None
    if told and actions.may_review_unmasking(row, by=actor):
        steps.add("review")
    return steps


def _state(row: Unmasking, now: datetime) -> Label:
    if row.status == Status.ASKED and lapses_at(row.asked_at) <= now:
        return Label(_("Lapsed"), "neutral")
    if row.shown_until is not None and row.shown_until <= now:
        return Label(_("Approved; the time is over"), "neutral")
    return Label(str(Status(row.status).label), KINDS[row.status])


def _facts(row: Unmasking) -> list[Fact]:
    facts = [
        Fact(_("Passenger"), row.passenger),
        Fact(_("Offence"), Ground(row.ground).label),
        Fact(_("Asked by"), row.asked_by.name),
        Fact(_("Asked at"), row.asked_at),
        Fact(_("Why it is needed"), _words(row, row.because)),
    ]
    if row.decided_by:
        facts += [
            Fact(_("Decided by"), row.decided_by.name, note=said(row.basis)),
            Fact(_("Decided at"), row.decided_at),
            Fact(_("Reason"), _words(row, row.answer)),
        ]
    if row.officer_told_at:
        facts += [
            Fact(_("Shown until"), row.shown_until),
            Fact(_("Times opened"), row.shown),
            Fact(_("Data-protection officer told at"), row.officer_told_at),
        ]
    if row.reviewed_by:
        facts += [
            Fact(_("Looked at by"), row.reviewed_by.name),
            Fact(_("Finding"), Finding(row.finding).label, note=_words(row, row.remark)),
        ]
    return facts


def _words(row: Unmasking, sealed: bytes | memoryview) -> str:
    words = row.words(bytes(sealed))
    return _("No longer readable: the key of this passenger was destroyed.") if words is None else words


def _page(reference: str) -> str:
    return reverse("travel:unmasking", args=[reference])


def _crumbs() -> list[Place]:
    return [Place(_("Requests to unmask"), reverse("travel:unmaskings"))]


def _all_messages() -> Place:
    return Place(_("Passenger messages"), reverse("travel:messages"))
