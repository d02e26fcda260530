"""The instruments that are here, and who of an organisation may use them."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import policy
from samenhang.access import rules as access
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.organisations.middleware import ActorRequest
from samenhang.risk import actions, forms, rules
from samenhang.risk.models import instruments
from samenhang.risk.models.instruments import accreditations_of, colleagues


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """What may be assessed with here: owner, licence, limits."""
    may = access.may_do("accreditation.give", request.actor.roles)
    shown = {"rows": instruments(), "may_accredit": may, "may_open": _may_open(request)}
    return render(request, "risk/instruments.html", shown)


@require_GET
def detail(request: ActorRequest, code: str, version: str) -> HttpResponse:
    """One instrument with its questions, for who assesses with it or reads an assessment."""
    if not _may_open(request):
        raise access.NotYours
    found = next((one for one in instruments() if one.key == (code, version)), None)
    if found is None:
        raise Http404
    domains = [
        (rules.worded(label), [one for one in found.indicators if one.domain == domain])
        for domain, label in found.domains.items()
    ]
    lists = [
        (title, [(one.code, rules.worded(one.label), one.kind) for one in rows]) for title, rows in domains
    ]
    return render(request, "risk/instrument.html", {"instrument": found, "domains": lists})


def _may_open(request: ActorRequest) -> bool:
    return access.may_read("risk.Opinion", request.actor.roles)


@require_http_methods(["GET", "POST"])
def accreditations(request: ActorRequest) -> HttpResponse:
    """Who of the administrator's own organisation may use which instrument, and until when."""
    policy.require_function(request.actor, "accreditation.give")
    able = colleagues(request.actor.organisation_id, but=request.actor.user_id)
    kinds = dict.fromkeys((one.accreditation, str(one)) for one in instruments())
    form = forms.Accredit(
        request.POST or None, people=[(user.reference, user.name) for user in able.values()], kinds=kinds
    )
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form):
            actions.accredit(
                able[typed["person"]],
                typed["what"],
                period=(typed["starts_on"], typed["ends_on"]),
                proof=typed["proof"],
                by=request.actor,
            )
            messages.success(request, _("From that day this person can be asked to assess."))
            return HttpResponseRedirect(reverse("risk:accreditations"))
    rows = accreditations_of(request.actor.organisation_id)
    return form_page(request, "risk/accreditations.html", form, rows=rows, today=request.actor.today)
