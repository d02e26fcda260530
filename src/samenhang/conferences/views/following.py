"""After the meeting: minutes, dissents, actions, and the wording of what was said."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenhang.access import rules as access
from samenhang.access.rules import unpack
from samenhang.cases import actions as cases
from samenhang.cases.models import Case
from samenhang.conferences import actions, forms, rules
from samenhang.conferences.models import (
    Action,
    Attendance,
    Conference,
    Decision,
    Dissent,
    Item,
    Marker,
    Paper,
)
from samenhang.conferences.models.room import invited
from samenhang.conferences.rules import ActionStage, DecisionStage, ItemStage, MarkerStage
from samenhang.conferences.views.deciding import told
from samenhang.conferences.views.preparing import chairs
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.grounds import rules as law
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import names_for


@require_GET
def item(request: ActorRequest, reference: str) -> HttpResponse:
    """One item of an agenda: what was asked, who was there, what came of it, the minutes."""
    return render(request, "conferences/item.html", _shown(_item(request, reference), request.actor))


@require_http_methods(["GET", "POST"])
def minutes(request: ActorRequest, reference: str) -> HttpResponse:
    """Write the minutes of one item."""
    row = _item(request, reference)
    if not _chairs(row, request.actor):
        raise access.NotYours
    form = forms.Minutes(
        request.POST or None,
        label=_("Minutes of this item"),
        initial={"words": row.minutes or _draft(row, request)},
    )
    if form.is_valid():
        with refusals_in(form):
            actions.draft_minutes(row, text=form.cleaned_data["words"], by=request.actor)
            messages.success(request, _("The minutes went to every organisation that was there."))
            return _to_item(row)
    return form_page(
        request, "conferences/minutes.html", form, reverse("conferences:item", args=[reference]), item=row
    )


@require_POST
def approve(request: ActorRequest, reference: str) -> HttpResponse:
    """Agree with the minutes for the actor's organisation."""
    row = _item(request, reference)
    actions.approve_minutes(row, by=request.actor)
    messages.success(request, _("Your organisation approved the minutes."))
    return _to_item(row)


@require_http_methods(["GET", "POST"])
def dissent(request: ActorRequest, reference: str) -> HttpResponse:
    """Say that the actor's organisation thinks otherwise, and why."""
    decision = get_object_or_404(Decision.objects.visible_to(request.actor), reference=reference)
    row = get_object_or_404(Item.objects.visible_to(request.actor), pk=decision.item_id)
    form = forms.Reason(request.POST or None, label=_("Why does your organisation think otherwise?"))
    if form.is_valid():
        with refusals_in(form, but=access.NotYours):
            actions.dissent(decision, reasons=form.cleaned_data["words"], by=request.actor)
            messages.success(request, _("Your dissent stands beside the decision."))
            return _to_item(row)
    back = reverse("conferences:item", args=[row.reference])
    return form_page(request, "conferences/dissent.html", form, back, decision=decision)


@require_http_methods(["GET", "POST"])
def action(request: ActorRequest, reference: str) -> HttpResponse:
    """One action: what was asked of whom, and the next step of its owner."""
    row = get_object_or_404(Action.objects.visible_to(request.actor), reference=reference)
    own = row.organisation_id == request.actor.organisation_id
    steps = [one for one in rules.NEXT_OF_ACTION[ActionStage(row.stage)] if one != ActionStage.EXPIRED]
    steps = [one for one in steps if own != (one == ActionStage.ESCALATED)]
    form = forms.Reason(request.POST or None, label=_("What came of it"), required=False)
    if request.method == "POST" and form.is_valid():
        try:
            wanted = ActionStage(request.POST.get("step", ""))
        except ValueError:
            raise Http404 from None
        with refusals_in(form, but=access.NotYours):
            actions.follow(row, wanted, result=form.cleaned_data["words"], by=request.actor)
            messages.success(request, _("The others at the case can see it."))
            return HttpResponseRedirect(reverse("conferences:action", args=[reference]))
    known = {
        "action": row,
        "owner": invited([row])[row.owner_id],
        "steps": [(one, one.label) for one in sorted(steps, key=list(ActionStage).index)],
        "own": own,
    }
    return form_page(request, "conferences/action.html", form, reverse("conferences:conferences"), **known)


@require_http_methods(["GET", "POST"])
def said(request: ActorRequest, reference: str) -> HttpResponse:
    """Something that was said: put it in your own words, or take it back."""
    marker = _marker(request, reference)
    form = forms.Reason(request.POST or None, label=_("Why do you take it back?"))
    if form.is_valid():
        with refusals_in(form):
            actions.take_back(marker, reason=form.cleaned_data["words"], by=request.actor)
            messages.success(request, _("It is taken back, and its wording is gone."))
            return HttpResponseRedirect(reverse("conferences:conferences"))
    case = actions.case_of(marker, by=request.actor)
    known = {"marker": marker, "categories": cases.categories_to_bring(case, by=request.actor)}
    return form_page(request, "conferences/said.html", form, reverse("conferences:conferences"), **known)


@require_http_methods(["GET", "POST"])
def confirm(request: ActorRequest, reference: str, category: str) -> HttpResponse:
    """Confirm in the provider's own words, with the conditions of the rule of the day."""
    marker = _marker(request, reference)
    case = actions.case_of(marker, by=request.actor)
    if category not in dict(cases.categories_to_bring(case, by=request.actor)):
        raise Http404
    sentences, asked = cases.law_of_sharing(case, category, by=request.actor)
    form = forms.Statement(
        request.POST or None, initial={"text": marker.wording, "true_from": marker.said_at.date()}
    )
    conditions = forms.Conditions(request.POST or None, conditions=asked)
    if form.is_valid() and conditions.is_valid():
        with refusals_in(form):
            actions.confirm(
                marker, form.content(), category=category, not_met=conditions.not_met(), by=request.actor
            )
            messages.success(request, _("Who heard it can read your statement."))
            return HttpResponseRedirect(reverse("conferences:conferences"))
    known = {
        "marker": marker,
        "conditions": conditions,
        "sentences": sentences,
        "category": law.category_label(category),
    }
    return form_page(
        request, "conferences/confirm.html", form, reverse("conferences:said", args=[reference]), **known
    )


def _shown(row: Item, actor: Actor) -> dict[str, Any]:
    there = list(Attendance.objects.visible_to(actor).of(row))
    done = list(Action.objects.visible_to(actor).of(row))
    decisions = list(Decision.objects.visible_to(actor).of(row))
    dissents = list(Dissent.objects.visible_to(actor).on(decisions))
    markers = list(Marker.objects.visible_to(actor).of(row))
    papers = list(Paper.objects.visible_to(actor).of(row))
    bodies = Organisation.objects.in_bulk(
        {one.organisation_id for one in there}
        | {one.organisation_id for one in markers}
        | {one.organisation_id for one in papers}
    )
    users = invited(there) | invited(done)
    case = Case.objects.visible_to(actor).filter(pk=row.case_id).first()
    approves = actor.organisation in unpack(row.must_approve) and actor.organisation not in unpack(
        row.approved_by
    )
    return {
        "item": row,
        "conference": Conference.objects.visible_to(actor).filter(pk=row.conference_id).first(),
        "case": case,
        "name": names_for(actor, [case.person_id]).get(case.person_id, "") if case else "",
        "there": [(users[one.user_id], bodies[one.organisation_id]) for one in there],
        "markers": [(one, bodies[one.organisation_id]) for one in markers],
        "decisions": told(decisions, there, dissents),
        "actions": [(one, users[one.owner_id]) for one in done],
        "papers": [(one, bodies[one.organisation_id]) for one in papers],
        "may_ask": row.stage == ItemStage.PLANNED and _chairs(row, actor),
        "may_minute": _chairs(row, actor) and row.stage in (ItemStage.DISCUSSED, ItemStage.MINUTED),
        "may_approve": approves
        and row.stage == ItemStage.MINUTED
        and access.may_do("conference.take-part", actor.roles),
    }


def _draft(row: Item, request: ActorRequest) -> str:
    """A beginning of the minutes: the decisions, each on a line."""
    decisions = Decision.objects.visible_to(request.actor).of(row).exclude(stage=DecisionStage.WITHDRAWN)
    lines = [f"{one.get_stage_display()}: {one.wording}" for one in decisions]
    return "\n".join([row.question, "", *lines])


def _chairs(row: Item, actor: Actor) -> bool:
    conference = Conference.objects.visible_to(actor).filter(pk=row.conference_id).first()
    return conference is not None and chairs(conference, actor)


def _item(request: ActorRequest, reference: str) -> Item:
    found: Item = get_object_or_404(Item.objects.visible_to(request.actor), reference=reference)
    return found


def _marker(request: ActorRequest, reference: str) -> Marker:
    """One that waits for the actor's organisation; to everybody else it is not there."""
    seen = Marker.objects.visible_to(request.actor).filter(
        organisation_id=request.actor.organisation_id, stage=MarkerStage.SAID
    )
    if not access.may_do("statement.disclose", request.actor.roles):
        raise Http404
    found: Marker = get_object_or_404(seen, reference=reference)
    return found


def _to_item(row: Item) -> HttpResponse:
    return HttpResponseRedirect(reverse("conferences:item", args=[row.reference]))
