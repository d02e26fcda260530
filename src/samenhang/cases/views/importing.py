"""Taking a caseload of before in, after a try that changes nothing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samenhang.access import policy, rules
from samenhang.cases import actions, forms
from samenhang.cases.rules import Regime, regime_on
from samenhang.exchange.models import Signal
from samenhang.exchange.rules import Incomplete, Kind, caseloads
from samenhang.foundation.form_rendering import refusals_in
from samenhang.foundation.spreadsheets import read_sheet
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation


@require_http_methods(["GET", "POST"])
def caseload(request: ActorRequest) -> HttpResponse:
    """Try a caseload, and then take it in: all rows or none."""
    policy.require_function(request.actor, "signal.submit")
    policy.require_function(request.actor, "person.open")
    if request.method == "POST" and request.POST.get("deed") == "back":
        return _take_back(request)
    form = forms.Caseload(request.POST or None, request.FILES or None)
    columns = caseloads.COLUMNS
    context: dict[str, Any] = {
        "form": form,
        "by_covenant": regime_on(request.actor.today) == Regime.COVENANT,
        "columns": [(names, code in columns.optional) for code, names in columns.names.items()],
        "kinds": [(kind.value, kind.label) for kind in Kind],
        "to_take_back": actions.caseloads_to_take_back(by=request.actor),
    }
    if form.is_valid():
        with refusals_in(form, field="file", but=rules.NotYours):
            context |= _tried(request, form)
            if request.POST.get("deed") == "import" and not context["problems"]:
                reason = form.cleaned_data["reason"]
                number = actions.import_caseload(context["good"], reason=reason, by=request.actor)
                told = _("%d people came in, each with a signal that only your organisation sees.") % number
                messages.success(request, told)
                return HttpResponseRedirect(reverse("cases:signals"))
    status = 422 if form.is_bound and (form.errors or context.get("problems")) else 200
    return render(request, "cases/caseload.html", context, status=status)


def _take_back(request: ActorRequest) -> HttpResponse:
    """Undo a caseload that came in: what nobody offered yet is destroyed."""
    signals = Signal.objects.visible_to(request.actor)
    signal = get_object_or_404(signals, reference=request.POST.get("signal", ""))
    try:
        number = actions.take_back_caseload(signal, reason=request.POST.get("why", ""), by=request.actor)
    except Incomplete as refusal:
        messages.error(request, str(refusal))
    else:
        told = ngettext(
            "%d signal was taken back and destroyed.", "%d signals were taken back and destroyed.", number
        )
        messages.success(request, told % number)
    return HttpResponseRedirect(reverse("cases:caseload"))


def _tried(request: ActorRequest, form: forms.Caseload) -> dict[str, Any]:
    """What fits, what does not, and what to look at once more. Changes nothing."""
    regions = Organisation.objects.filter(authority="BURG").exclude(region="")
    good, problems = caseloads.entries(
        read_sheet(form.cleaned_data["file"].read()),
        request.actor.today,
        regions.values_list("region", flat=True),
    )
    problems += actions.known_in_caseload(good, by=request.actor)
    bad = {one.row for one in problems}
    fits = [one for one in good if one.row not in bad]
    return {"problems": problems, "good": fits, "notes": caseloads.to_look_at(fits), "tried": True}
