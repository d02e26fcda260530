"""What the border police met: the list, writing down, one of them, and passing it on."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samenhang.access import policy
from samenhang.access.rules import NotYours, may_do
from samenhang.exchange.models import Disclosure
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Fact, Place
from samenhang.grounds.rules import said
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.watchlists import actions, forms
from samenhang.watchlists.models import Alert, BorderHit
from samenhang.watchlists.rules import border as rules

ON_A_PAGE = 50


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """What was met, the latest first, and where to write down more."""
    actor = request.actor
    page = Paginator(BorderHit.objects.visible_to(actor).latest_first(), ON_A_PAGE)
    shown = page.get_page(request.GET.get("page"))
    may = actor.authority == rules.WHO and may_do("border-hit.note", actor.roles)
    context = {
        "page": shown,
        "rows": [(hit, *_named(hit)) for hit in shown],
        "domains": [(code, rules.name(row)) for code, row in rules.domains().items()] if may else [],
    }
    return render(request, "watchlists/border_hits.html", context)


@require_http_methods(["GET", "POST"])
def note(request: ActorRequest, domain: str) -> HttpResponse:
    """Write down what was met in one domain."""
    actor = request.actor
    policy.require_function(actor, "border-hit.note")
    if domain not in rules.domains():
        raise Http404
    alerts = {one.reference: one for one in Alert.objects.visible_to(actor).active(actor.today)}
    choices = [(reference, f"{one.names[0]} ({reference})") for reference, one in alerts.items()]
    choices.sort(key=lambda choice: choice[1])
    form = forms.Noted(request.POST or None, domain=domain, alerts=choices)
    if form.is_valid():
        with refusals_in(form, but=(NotYours, rules.NotBorderPolice)):
            named = alerts.get(form.cleaned_data.get("alert", ""))
            made = actions.note(form.met(), alert=named, by=actor)
            notices.success(request, _("It is written down. A colleague may pass it on."))
            return HttpResponseRedirect(reverse("watchlists:border-hit", args=[made.reference]))
    return form_page(
        request,
        "watchlists/border_note.html",
        form,
        reverse("watchlists:border-hits"),
        domain=rules.name(rules.domains()[domain]),
        basis=rules.basis_on(domain, actor.today),
        crumbs=_crumbs(),
    )


@require_safe
def border_hit(request: ActorRequest, reference: str) -> HttpResponse:
    """What was met, who got it, and who may have it today."""
    actor = request.actor
    hit = _visible(actor, reference)
    policy.attach(actor, [hit], "alert")
    given = Disclosure.objects.visible_to(actor).of(hit.scope).select_related("recipient")
    own = hit.noted_by_id == actor.user_id
    passes_on = hit.provider_id == actor.organisation_id and may_do("border-hit.pass-on", actor.roles)
    ways = actions.ways(hit, by=actor) if passes_on else []
    unheard = passes_on and all(one.organisation.authority != rules.POLICE for one in ways)
    context = {
        "hit": hit,
        "facts": _facts(hit),
        "words": hit.words(),
        "given": given,
        "own": own,
        "ways": [] if own else ways,
        "passes_on": passes_on,
        "unheard": unheard,
        "crumbs": _crumbs(),
    }
    return render(request, "watchlists/border_hit.html", context)


@require_http_methods(["GET", "POST"])
def pass_on(request: ActorRequest, reference: str, body: str) -> HttpResponse:
    """Give it to one body."""
    hit = _visible(request.actor, reference)
    if hit.provider_id != request.actor.organisation_id:
        raise Http404  # Who got it passes nothing on from here.
    policy.require(request.actor, "border-hit.pass-on", hit)
    found = (one for one in actions.ways(hit, by=request.actor) if one.organisation.reference == body)
    way = next(found, None)
    if way is None:
        raise Http404
    form = forms.PassOn(request.POST or None, conditions=way.conditions)
    back = reverse("watchlists:border-hit", args=[reference])
    if form.is_valid():
        necessity = form.cleaned_data["necessity"]
        with refusals_in(form, but=(NotYours, rules.NotBorderPolice)):
            actions.pass_on(hit, way, necessity=necessity, not_met=form.not_met(), by=request.actor)
            notices.success(request, _("It is passed on. The disclosure is kept."))
            return HttpResponseRedirect(back)
    return form_page(
        request,
        "watchlists/border_pass_on.html",
        form,
        back,
        recipient=way,
        crumbs=[*_crumbs(), Place(reference, back)],
    )


def _visible(actor: Actor, reference: str) -> BorderHit:
    rows = BorderHit.objects.visible_to(actor).select_related("noted_by", "provider")
    found: BorderHit = get_object_or_404(rows, reference=reference)
    return found


def _named(hit: BorderHit) -> tuple[str, str]:
    return rules.name(rules.domains()[hit.domain]), rules.name(rules.ground(hit.domain, hit.ground))


def _facts(hit: BorderHit) -> list[Fact]:
    domain, ground = _named(hit)
    known = [
        Fact(_("Domain"), domain),
        Fact(_("Fixed ground"), ground, note=rules.name(rules.ground(hit.domain, hit.ground)["source"])),
        Fact(_("Legal basis"), said(hit.basis)),
        Fact(_("When"), hit.happened_at),
        Fact(_("Place"), hit.place),
        Fact(_("Written down by"), f"{hit.noted_by}, {hit.provider}"),
        Fact(_("Deleted on"), hit.delete_on),
    ]
    if hit.alert:
        url = reverse("watchlists:alert", args=[hit.alert.reference])
        known.insert(2, Fact(_("Alert"), hit.alert.reference, url=url))
    return known


def _crumbs() -> list[Place]:
    return [Place(_("Border hits"), reverse("watchlists:border-hits"))]
