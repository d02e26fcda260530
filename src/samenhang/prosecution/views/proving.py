"""Offences and their evidence on the screen."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access.rules import may_do
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.prosecution import actions, forms
from samenhang.prosecution.models import CriminalCase, Evidence, EvidenceStep, Offence, colleagues
from samenhang.prosecution.rules import reach
from samenhang.prosecution.rules.evidence import Route, State, checklist
from samenhang.prosecution.rules.reach import AT_HOME, HOME, Place, Reached
from samenhang.prosecution.rules.tables import articles
from samenhang.prosecution.views.running import name_of

MARKS = ("V-part", "G")


@require_http_methods(["GET", "POST"])
def offence_new(request: ActorRequest, reference: str) -> HttpResponse:
    """First what, when and where; for what happened abroad then on which ground."""
    row = get_object_or_404(CriminalCase.objects.visible_to(request.actor), reference=reference)
    _check_proves(row, request.actor)
    known = [(one.code, str(one)) for one in articles().values() if _usable(one.mark, request.actor)]
    form = forms.Where(request.POST or None, articles=known)
    ground = None
    if form.is_valid():
        where, article = form.place_of(), form.cleaned_data["article"]
        try:
            reach.check_offence(article, where, request.actor.today, demonstration=request.actor.simulated)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            ground = _grounds(request, article, where)
            reached = Reached(AT_HOME) if where.country == HOME else None
            if ground is not None and ground.is_valid():
                reached = ground.reached()
            if reached is not None:
                with refusals_in(ground or form):
                    made = actions.note_offence(row, article, where, reached, by=request.actor)
                    messages.success(request, _("The offence is noted. Now say what proves each element."))
                    return HttpResponseRedirect(reverse("prosecution:offence", args=[made.reference]))
    asked = ground is not None and not form.errors
    context = {
        "form": form,
        "ground": ground if asked else None,
        "back": reverse("prosecution:case", args=[row.reference]),
        "about": name_of(row, request.actor),
    }
    status = 422 if form.errors or (asked and ground is not None and ground.errors) else 200
    return render(request, "prosecution/offence_form.html", context, status=status)


@require_GET
def offence(request: ActorRequest, reference: str) -> HttpResponse:
    """The list of evidence: each element, what proves it, what speaks for the person, what is missing."""
    row = get_object_or_404(Offence.objects.visible_to(request.actor), reference=reference)
    case = get_object_or_404(CriminalCase.objects.visible_to(request.actor), pk=row.criminal_case_id)
    pieces = list(Evidence.objects.visible_to(request.actor).of([row]))
    who = colleagues(piece.noted_by for piece in pieces)
    for piece in pieces:
        piece.who = who.get(piece.noted_by, "")  # type: ignore[attr-defined]
    lines = checklist(row.law, pieces)
    proves = case.runs and row.withdrawn_at is None and may_do("criminal-case.prove", request.actor.roles)
    shown = {
        "offence": row,
        "case": case,
        "name": name_of(case, request.actor),
        "lines": lines,
        "missing": sum(line.missing for line in lines),
        "met": [one for one in row.reached_by.conditions if one.code in row.met],
        "unread": [one for one in (row.law, row.reached_by) if one.mark in MARKS],
        "fallen": actions.fallen(row, pieces, by=request.actor),
        "proves": proves,
        "proof_went": not case.runs and not pieces,
    }
    return render(request, "prosecution/offence.html", shown)


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, reference: str) -> HttpResponse:
    """This offence is no part of the case any more."""
    row, case = _offence(request, reference)
    form = forms.Withdraw(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.withdraw_offence(row, **form.cleaned_data, by=request.actor)
            messages.success(request, _("Done: %s.") % _("Withdraw this offence"))
            return HttpResponseRedirect(reverse("prosecution:case", args=[case.reference]))
    back = reverse("prosecution:offence", args=[row.reference])
    return form_page(
        request, "prosecution/form.html", form, back, title=_("Withdraw this offence"), about=str(row.law)
    )


@require_http_methods(["GET", "POST"])
def evidence_new(request: ActorRequest, reference: str) -> HttpResponse:
    """One piece more, for or against one element."""
    row, _case = _offence(request, reference)
    sources = [
        (code, f"{route.label}: {name}")
        for route in (Route.MESSAGE, Route.PROVISION)
        for code, name in actions.sources(row, route, by=request.actor)
    ]
    form = forms.Note(
        request.POST or None,
        elements=[(one.code, str(one)) for one in row.law.elements],
        sources=sources,
        initial={"element": request.GET.get("element", "")},
    )
    back = reverse("prosecution:offence", args=[row.reference])
    if form.is_valid():
        with refusals_in(form):
            state = State(form.cleaned_data["state"])
            actions.note_evidence(row, form.noted(), state=state, by=request.actor)
            messages.success(request, _("Noted. Only where it is stands here."))
            return HttpResponseRedirect(back)
    return form_page(
        request,
        "prosecution/evidence_form.html",
        form,
        back,
        title=_("Note evidence"),
        about=str(row.law),
    )


@require_http_methods(["GET", "POST"])
def evidence(request: ActorRequest, reference: str) -> HttpResponse:
    """One piece: what became of it, step by step, and the next step."""
    piece = get_object_or_404(Evidence.objects.visible_to(request.actor), reference=reference)
    row = get_object_or_404(Offence.objects.visible_to(request.actor), pk=piece.offence_id)
    case = get_object_or_404(CriminalCase.objects.visible_to(request.actor), pk=row.criminal_case_id)
    proves = case.runs and row.withdrawn_at is None and may_do("criminal-case.prove", request.actor.roles)
    states = [(one, one.label) for one in State if one in piece.may_become()]
    form = forms.Move(request.POST or None, states=states) if proves and states else None
    back = reverse("prosecution:offence", args=[row.reference])
    if form is not None and form.is_valid():
        with refusals_in(form):
            state, words = State(form.cleaned_data["state"]), form.cleaned_data["words"]
            actions.move_evidence(piece, state, words=words, by=request.actor)
            messages.success(request, _("Written down."))
            return HttpResponseRedirect(back)
    steps = list(EvidenceStep.objects.visible_to(request.actor).of(piece))
    who = colleagues(one.taken_by for one in steps)
    context = {
        "piece": piece,
        "element": row.law.element(piece.element),
        "offence": row,
        "steps": [(one, who.get(one.taken_by, "")) for one in steps],
        "fallen": piece.source in actions.fallen(row, [piece], by=request.actor),
        "form": form,
        "back": back,
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "prosecution/evidence.html", context, status=status)


def _grounds(request: ActorRequest, article: str, where: Place) -> forms.Reach | None:
    """The second half of the form; None at home, where no ground need be chosen."""
    if where.country == HOME:
        return None
    offered = reach.grounds_for(article, where, demonstration=request.actor.simulated)
    return forms.Reach(request.POST if "reach" in request.POST else None, grounds=offered)


def _offence(request: ActorRequest, reference: str) -> tuple[Offence, CriminalCase]:
    row = get_object_or_404(Offence.objects.visible_to(request.actor), reference=reference)
    case = get_object_or_404(CriminalCase.objects.visible_to(request.actor), pk=row.criminal_case_id)
    if row.withdrawn_at is not None:
        raise Http404
    _check_proves(case, request.actor)
    return row, case


def _check_proves(case: CriminalCase, actor: Actor) -> None:
    if not case.runs or not may_do("criminal-case.prove", actor.roles):
        raise Http404


def _usable(mark: str, actor: Actor) -> bool:
    return reach.usable(mark, actor.simulated)
