"""Whether travel data may be processed: everybody may see it, an official of the ministry switches it."""

from django.contrib import messages as notices
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.foundation.errors import Refused
from samenhang.foundation.page import Fact
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel import actions, forms
from samenhang.travel.models import LegalBasis
from samenhang.travel.rules.bases import Kind


@require_http_methods(["GET", "POST"])
def bases(request: ActorRequest) -> HttpResponse:
    """What is switched on today, what was and will be, and for who may: switching on."""
    may = actions.may_switch(by=request.actor)
    form = forms.SwitchOn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.switch_on(form.wanted(), reason=form.cleaned_data["reason"], by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("The legal basis is switched on for these days."))
            return HttpResponseRedirect(reverse("travel:bases"))
    today = request.actor.today
    standing = LegalBasis.objects.kinds_on(today)
    rows = LegalBasis.objects.newest_first().select_related("set_by__organisation", "ended_by")
    shown = {
        "form": form if may else None,
        "facts": [_today(kind, on=kind in standing) for kind in Kind],
        "rows": [(row, may and row.ended_on is None and row.ends_on >= today) for row in rows],
    }
    return render(request, "travel/bases.html", shown, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def switch_off(request: ActorRequest, basis: str) -> HttpResponse:
    """The legal basis ends at once."""
    row = actions.find_basis(basis, by=request.actor)
    form = forms.Because(request.POST or None)
    if form.is_valid():
        try:
            actions.switch_off(row, reason=form.cleaned_data["reason"], by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("The legal basis is ended. Nothing is received on it from now on."))
            return HttpResponseRedirect(reverse("travel:bases"))
    shown = {"form": form, "basis": row, "back": reverse("travel:bases")}
    return render(request, "travel/switch_off.html", shown, status=422 if form.is_bound else 200)


def _today(kind: Kind, *, on: bool) -> Fact:
    return Fact(
        str(kind.label),
        _("Switched on") if on else _("Switched off"),
        label_kind="positive" if on else "neutral",
    )
