"""The EU router: whether it is used, what it sent, and what the unit does while it fails."""

from collections.abc import Collection

from django.contrib import messages as notices
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access.rules import may_read
from samenhang.foundation.form_rendering import form_page
from samenhang.foundation.page import Fact, Place
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel import actions, forms
from samenhang.travel.models import RouterEvent, RouterFailure, RouterUse
from samenhang.travel.rules import router_envelope
from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.router import Stage
from samenhang.travel.views.bases import decision_page, done

SHOWN = 50


@require_http_methods(["GET", "POST"])
def router(request: ActorRequest) -> HttpResponse:
    """Whether the router is used today, for what and on which act; for who may: a decision."""
    form = forms.UseRouter(request.POST or None)
    if done(form, lambda why: actions.use_router(form.wanted(), reason=why, by=request.actor)):
        notices.success(request, _("The EU router is used on these days."))
        return HttpResponseRedirect(reverse("travel:router"))
    uses = RouterUse.objects.today(request.actor.today)
    facts = [_used(kind, uses) for kind in Kind]
    if not router_envelope.PUBLISHED:
        facts.append(Fact(_("Format of the router"), _("Not published yet"), label_kind="warning"))
    decided = RouterUse.objects.newest_first()
    return decision_page(request, "travel/router.html", form, decided, facts, crumbs=_crumbs())


@require_http_methods(["GET", "POST"])
def router_log(request: ActorRequest) -> HttpResponse:
    """What the router sent last, what fails, and for the unit: what to do about that."""
    form = forms.WhileItFails(request.POST or None)
    if request.method == "POST" and done(form, lambda why: _do(form.cleaned_data["deed"], why, request)):
        notices.success(request, _("It is written down."))
        return HttpResponseRedirect(reverse("travel:router-log"))
    reads = may_read("travel.Message", request.actor.roles)
    used = bool(RouterUse.objects.today(request.actor.today))
    return form_page(
        request,
        "travel/router_log.html",
        form,
        may=used and actions.may_ask_carriers(by=request.actor),
        used=used,
        failures=RouterFailure.objects.newest_first().select_related("asked_by")[:SHOWN],
        events=RouterEvent.objects.newest_first()[:SHOWN] if reads else [],
        reads=reads,
        crumbs=[*_crumbs(), Place(_("EU router"), reverse("travel:router"))],
    )


def _crumbs() -> list[Place]:
    return [Place(_("Legal basis of travel data"), reverse("travel:bases"))]


def _do(deed: str, why: str, request: ActorRequest) -> None:
    if deed == "ask":
        actions.ask_carriers(reason=why, by=request.actor)
    else:
        actions.own_link(fails=deed == "fails", reason=why, by=request.actor)


def _used(kind: Kind, uses: Collection[tuple[str, str, str]]) -> Fact:
    found = [(stage, carriers) for one, stage, carriers in uses if one == kind]
    if any(stage == Stage.COMPULSORY for stage, _carriers in found):
        return Fact(str(kind.label), _("Compulsory: nothing comes past it"), label_kind="positive")
    if found:
        names = " ".join(carriers for _stage, carriers in found)
        return Fact(str(kind.label), _("Voluntary: %s") % names, label_kind="positive")
    return Fact(str(kind.label), _("Not used: carriers send directly"), label_kind="neutral")
