"""What the ministry decided about travel data: everybody may see it, an official of the ministry decides."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages as notices
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from samenhang.access.rules import NotYours
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Fact, Place
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel import actions, forms
from samenhang.travel.models import AnyDecision, FlightSelection, KeepingTerm, LegalBasis, RouterUse
from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.keeping import USUAL_MONTHS
from samenhang.travel.rules.territory import Why


@require_http_methods(["GET", "POST"])
def bases(request: ActorRequest) -> HttpResponse:
    """What is switched on today, what was and will be, and for who may: switching on."""
    form = forms.SwitchOn(request.POST or None)
    if done(form, lambda why: actions.switch_on(form.wanted(), reason=why, by=request.actor)):
        notices.success(request, _("The legal basis is switched on for these days."))
        return HttpResponseRedirect(reverse("travel:bases"))
    standing = LegalBasis.objects.kinds_on(request.actor.today)
    facts = [_switched(str(kind.label), on=kind in standing) for kind in Kind]
    facts.append(Fact(_("Member state in which the data stand"), settings.STORED_IN))
    return decision_page(request, "travel/bases.html", form, LegalBasis.objects.newest_first(), facts)


@require_http_methods(["GET", "POST"])
def terms(request: ActorRequest) -> HttpResponse:
    """How long passengers received today are kept, what was and will be, and for who may: a longer term."""
    form = forms.SetTerm(request.POST or None)
    if done(form, lambda why: actions.set_term(form.term(), reason=why, by=request.actor)):
        notices.success(request, _("What is received on these days is kept longer."))
        return HttpResponseRedirect(reverse("travel:terms"))
    standing = KeepingTerm.objects.by_kind(request.actor.today)
    facts = [_kept(kind, [months for _term, months in standing.get(kind, [])]) for kind in Kind]
    return decision_page(request, "travel/terms.html", form, KeepingTerm.objects.newest_first(), facts)


@require_http_methods(["GET", "POST"])
def selections(request: ActorRequest) -> HttpResponse:
    """Which flights within the Union are let in today, and for who may: a decision."""
    form = forms.SelectFlights(request.POST or None)
    if done(form, lambda why: actions.select_flights(form.selection(), reason=why, by=request.actor)):
        notices.success(request, _("These flights are let in on these days."))
        return HttpResponseRedirect(reverse("travel:selections"))
    covering = FlightSelection.objects.covering(request.actor.today)
    routes = " ".join(routes for why, routes in covering if why == Why.ROUTES)
    facts = [
        _switched(_("All flights within the EU"), on=any(why == Why.THREAT for why, _routes in covering)),
        Fact(_("Selected routes and airports"), routes or _("None")),
    ]
    return decision_page(
        request, "travel/selections.html", form, FlightSelection.objects.newest_first(), facts
    )


@require_http_methods(["GET", "POST"])
def switch_off(request: ActorRequest, basis: str) -> HttpResponse:
    """The legal basis ends at once."""
    row = actions.find_decision(LegalBasis, basis, by=request.actor)
    said = _("The legal basis is ended. Nothing is received on it from now on.")
    return _end(request, row, _("End a legal basis"), "travel:bases", said)


@require_http_methods(["GET", "POST"])
def end_term(request: ActorRequest, term: str) -> HttpResponse:
    """The longer term ends at once, for everybody whom it kept."""
    row = actions.find_decision(KeepingTerm, term, by=request.actor)
    said = _("The term is ended. Who was kept for it alone has the usual six months again.")
    return _end(request, row, _("End a longer term"), "travel:terms", said)


@require_http_methods(["GET", "POST"])
def end_selection(request: ActorRequest, selection: str) -> HttpResponse:
    """No flight is let in by it any more, at once."""
    row = actions.find_decision(FlightSelection, selection, by=request.actor)
    said = _("The decision is ended. No flight is let in by it from now on.")
    return _end(request, row, _("End a decision on flights"), "travel:selections", said)


@require_http_methods(["GET", "POST"])
def end_router_use(request: ActorRequest, use: str) -> HttpResponse:
    """The router brings nothing on this decision any more, at once."""
    row = actions.find_decision(RouterUse, use, by=request.actor)
    said = _("The use of the router is ended. It brings nothing on this decision from now on.")
    return _end(request, row, _("End a use of the EU router"), "travel:router", said)


def done(form: django_forms.Form, deed: Callable[[str], object]) -> bool:
    """Whether the form was filled in and the deed done with its reason; a refusal stands in the form."""
    if not form.is_valid():
        return False
    with refusals_in(form, but=NotYours):
        deed(form.cleaned_data["reason"])
        return True
    return False


def decision_page(
    request: ActorRequest,
    template: str,
    form: django_forms.Form,
    found: QuerySet[Any],
    facts: list[Fact],
    crumbs: Sequence[Place] = (),
) -> HttpResponse:
    may, today = actions.may_switch(by=request.actor), request.actor.today
    rows = found.select_related("set_by__organisation", "ended_by")
    return form_page(
        request,
        template,
        form,
        may=may,
        facts=facts,
        crumbs=crumbs,
        rows=[(row, may and row.ended_on is None and row.ends_on >= today) for row in rows],
    )


def _end(request: ActorRequest, row: AnyDecision, heading: str, back: str, said: str) -> HttpResponse:
    form = forms.Because(request.POST or None)
    if done(form, lambda why: actions.switch_off(row, reason=why, by=request.actor)):
        notices.success(request, said)
        return HttpResponseRedirect(reverse(back))
    return form_page(request, "travel/switch_off.html", form, reverse(back), basis=row, heading=heading)


def _switched(label: str, *, on: bool) -> Fact:
    said = _("Switched on") if on else _("Switched off")
    return Fact(label, said, label_kind="positive" if on else "neutral")


def _kept(kind: Kind, months: list[int]) -> Fact:
    longest = max(months, default=USUAL_MONTHS)
    return Fact(str(kind.label), ngettext("%d month", "%d months", longest) % longest)
