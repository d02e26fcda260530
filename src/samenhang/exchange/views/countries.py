"""Countries to which data about persons may go: who decided, until when, and ending it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access.rules import NotThere, NotYours
from samenhang.exchange import actions, forms
from samenhang.exchange.forms import deciding
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.grounds.rules import countries
from samenhang.organisations.middleware import ActorRequest


@require_http_methods(["GET", "POST"])
def index(request: ActorRequest) -> HttpResponse:
    """The countries that are allowed today, and the form to assess one."""
    rows = actions.assessed_countries(by=request.actor)
    form = deciding.Country(request.POST or None)
    if form.is_valid():
        with refusals_in(form, but=NotYours):
            actions.assess_country(**form.cleaned_data, by=request.actor)
            messages.success(request, _("The country is allowed until that day."))
            return HttpResponseRedirect(reverse("exchange:countries"))
    shown = [(row, row.subject.removeprefix(countries.subject_of(""))) for row in rows]
    return form_page(request, "exchange/countries.html", form, "", rows=shown)


@require_http_methods(["GET", "POST"])
def prohibit(request: ActorRequest, assessment: str) -> HttpResponse:
    """Nothing goes there any more, from now on."""
    row = actions.assessed_countries(by=request.actor).filter(reference=assessment).first()
    if row is None:
        raise NotThere
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        actions.prohibit_country(assessment, reason=form.cleaned_data["reason"], by=request.actor)
        messages.success(request, _("Nothing goes to this country from now on."))
        return HttpResponseRedirect(reverse("exchange:countries"))
    country = row.subject.removeprefix(countries.subject_of(""))
    back = reverse("exchange:countries")
    return form_page(request, "exchange/country_prohibit.html", form, back, country=country, row=row)
