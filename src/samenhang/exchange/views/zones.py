"""Areas that count as a conflict zone: everybody reads them, a ministry names and ends them."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access import rules as access
from samenhang.exchange import actions
from samenhang.exchange.forms import deciding
from samenhang.exchange.models import ConflictZone
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.organisations.middleware import ActorRequest


@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """The areas with their days, and the form to name one."""
    form = deciding.Zone(request.POST or None)
    if form.is_valid():
        with refusals_in(form, but=access.NotYours):
            actions.name_zone(form.zone(), reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("The area counts as a conflict zone from that day."))
            return HttpResponseRedirect(reverse("exchange:zones"))
    may = actions.may_name(by=request.actor)
    rows = [(row, row.zone.counts_on(request.actor.today)) for row in ConflictZone.objects.latest_first()]
    return form_page(request, "exchange/zones.html", form, "", rows=rows, may=may)


@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, zone: str) -> HttpResponse:
    """Give it a last day."""
    row = get_object_or_404(ConflictZone.objects.all(), reference=zone)
    if not actions.may_name(by=request.actor):
        raise access.NotYours
    form = deciding.EndZone(request.POST or None)
    back = reverse("exchange:zones")
    if form.is_valid():
        with refusals_in(form, but=access.NotYours):
            actions.end_zone(row, **form.cleaned_data, by=request.actor)
            messages.success(request, _("The area counts no longer after that day."))
            return HttpResponseRedirect(back)
    return form_page(request, "exchange/zone_end.html", form, back, row=row)
