"""Passing a passenger's record on: to whom it may go, what went before, and the deed."""

from django.contrib import messages as notices
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samenhang.access import policy
from samenhang.exchange.models import Disclosure
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Place
from samenhang.organisations.middleware import ActorRequest
from samenhang.watchlists import actions, forms
from samenhang.watchlists.models import Hit
from samenhang.watchlists.rules.transfers import Mode


@require_safe
def transfers(request: ActorRequest, reference: str) -> HttpResponse:
    """Who got the record, and who may have it today."""
    hit = get_object_or_404(Hit.objects.visible_to(request.actor), reference=reference)
    bodies = actions.recipients(hit, by=request.actor)
    policy.attach(request.actor, [hit], "passenger")
    if hit.passenger is None:
        raise Http404  # A block on the passenger takes the hit with it.
    given = Disclosure.objects.visible_to(request.actor).of(hit.passenger.scope)
    shown = {
        "hit": hit,
        "recipients": bodies,
        "given": given.select_related("recipient"),
        "crumbs": _crumbs(hit),
    }
    return render(request, "watchlists/transfers.html", shown)


@require_http_methods(["GET", "POST"])
def transfer(request: ActorRequest, reference: str, body: str) -> HttpResponse:
    """Pass the record on to one body."""
    hit = get_object_or_404(Hit.objects.visible_to(request.actor), reference=reference)
    found = (one for one in actions.recipients(hit, by=request.actor) if one.organisation.reference == body)
    recipient = next(found, None)
    if recipient is None:
        raise Http404
    form = forms.Transfer(request.POST or None, conditions=recipient.conditions)
    if form.is_valid():
        told = form.cleaned_data
        with refusals_in(form):
            actions.transfer(
                hit,
                recipient.organisation,
                necessity=told["necessity"],
                mode=Mode(told["mode"]),
                not_met=form.not_met(),
                by=request.actor,
            )
            notices.success(request, _("The record is passed on. The disclosure is kept."))
            return HttpResponseRedirect(reverse("watchlists:transfers", args=[reference]))
    return form_page(
        request,
        "watchlists/transfer.html",
        form,
        reverse("watchlists:transfers", args=[reference]),
        recipient=recipient,
        crumbs=[
            *_crumbs(hit),
            Place(_("Pass the record on"), reverse("watchlists:transfers", args=[reference])),
        ],
    )


def _crumbs(hit: Hit) -> list[Place]:
    return [
        Place(_("Hits"), reverse("watchlists:hits")),
        Place(hit.reference, reverse("watchlists:hit", args=[hit.reference])),
    ]
