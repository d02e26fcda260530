"""A case goes to another municipality: offering, what each source says, accepting."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access import rules as access
from samenhang.cases import actions, forms
from samenhang.cases.models import Case, Contribution, Transfer
from samenhang.cases.rules.moving import Move, Say
from samenhang.cases.views.pages import case_form
from samenhang.exchange.models import Movement, Signal, Statement
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.grounds import rules as law
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation

APPROACH = "person-centred-approach"


@require_http_methods(["GET", "POST"])
def offer(request: ActorRequest, reference: str) -> HttpResponse:
    """Offer the case to the municipality where the person lives now."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    others = Organisation.objects.filter(authority="BURG").exclude(region=case.municipality)
    form = forms.Transfer(request.POST or None, bodies=[(one.reference, one.name) for one in others])
    if form.is_valid():
        to = next(one for one in others if one.reference == form.cleaned_data["to"])
        with refusals_in(form, but=access.NotYours):
            made = actions.offer_transfer(case, to, reason=form.cleaned_data["reason"], by=request.actor)
            told = _("Offered to %(name)s. Sources may object until %(day)s.")
            messages.success(request, told % {"name": to.name, "day": date_format(made.object_by)})
            return HttpResponseRedirect(reverse("cases:transfer", args=[made.reference]))
    answer = law.ask("CASUS", "CASUS", "plan", APPROACH, request.actor.today)
    return case_form(request, "cases/case_transfer.html", case, form, answer=answer)


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One transfer, for the old and the new municipality; POST answers it."""
    actor = request.actor
    row = get_object_or_404(Transfer.objects.visible_to(actor), reference=reference)
    refused = ""
    if request.method == "POST":
        try:
            where = _answer(row, request.POST.get("answer", ""), request.POST.get("reason", ""), request)
        except access.NotYours:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            return HttpResponseRedirect(where)
    works = access.may_do("case.work", actor.roles)
    shown = {
        "row": row,
        "refused": refused,
        "number": Case.objects.visible_to(actor).filter(pk=row.case_id).first(),
        "bodies": Organisation.objects.in_bulk([row.of_id, row.to_id]),
        "of": Organisation.objects.get(pk=row.of_id),
        "to": Organisation.objects.get(pk=row.to_id),
        "may_answer": works and row.stage == Move.OFFERED and row.to_id == actor.organisation_id,
        "may_call_off": works and row.stage == Move.OFFERED and row.of_id == actor.organisation_id,
        "open": row.waiting > 0 and actor.today <= row.object_by,
    }
    return render(request, "cases/transfer.html", shown, status=422 if refused else 200)


@require_http_methods(["GET", "POST"])
def contribution(request: ActorRequest, reference: str) -> HttpResponse:
    """What the actor's own organisation brought into a case that moves: may it go along?"""
    actor = request.actor
    row = get_object_or_404(Contribution.objects.visible_to(actor), reference=reference)
    form = forms.Say(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_in(form, but=access.NotYours):
            actions.say(row, Say(said["say"]), reason=said["reason"], confirmed=said["confirmed"], by=actor)
            messages.success(request, _("Kept: what your organisation says of it."))
            return HttpResponseRedirect(reverse("cases:contribution", args=[reference]))
    return form_page(
        request,
        "cases/contribution.html",
        form,
        row=row,
        category=law.category_label(row.category),
        thing=_thing(actor, row),
        late=row.object_by < actor.today,
    )


def _answer(row: Transfer, wanted: str, reason: str, request: ActorRequest) -> str:
    """Do it, and say which page follows."""
    here = reverse("cases:transfer", args=[row.reference])
    if wanted == Move.ACCEPTED:
        case = actions.accept_transfer(row, by=request.actor)
        messages.success(request, _("Your municipality has this case now. Choose a lead and a deputy."))
        return reverse("cases:case", args=[case.reference])
    if wanted == Move.REFUSED:
        actions.refuse_transfer(row, reason=reason, by=request.actor)
        messages.success(request, _("Refused. The case stays where it is."))
    elif wanted == Move.CALLED_OFF:
        actions.call_off_transfer(row, by=request.actor)
        messages.success(request, _("Called off. The case stays with your municipality."))
    else:
        raise Http404
    return here


def _thing(actor: Actor, row: Contribution) -> Statement | Movement | Signal | None:
    """What it is about, as far as the actor may read it."""
    return (
        Statement.objects.visible_to(actor).filter(reference=row.source).first()
        or Movement.objects.visible_to(actor).filter(reference=row.source).first()
        or Signal.objects.visible_to(actor).filter(reference=row.source).first()
    )
