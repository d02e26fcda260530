"""Who has what, handing a shift over, taking it over."""

from collections.abc import Iterable
from datetime import timedelta

from django.contrib import messages as notices
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from samenhang.access import policy
from samenhang.access.rules import NotYours
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Label
from samenhang.journal import Actor
from samenhang.judging import actions, forms
from samenhang.judging.models import Judged, Shift, tables
from samenhang.judging.rules import CLAIM_LASTS
from samenhang.judging.rules.journeys import time_left
from samenhang.judging.views.journey import state_of
from samenhang.organisations.middleware import ActorRequest

SHOWN = 5
Things = list[tuple[Judged, Label, Label]]


@require_http_methods(["GET", "POST"])
def shift(request: ActorRequest) -> HttpResponse:
    """What waits to be taken over, who has what, and a note for the next shift."""
    actor = request.actor
    policy.require_function(actor, actions.DEED)
    form = forms.HandOver(request.POST or None)
    if form.is_valid():
        with refusals_in(form, but=NotYours):
            actions.hand_over(note=form.cleaned_data["note"], by=actor)
            notices.success(request, _("Your shift is handed over. Nothing stays with you."))
            return HttpResponseRedirect(reverse("judging:shift"))
    claimed = [
        thing
        for table in tables()
        for thing in table.doors().visible_to(actor).claimed(actor).select_related("flight", "claimed_by")
    ]
    over = Shift.objects.visible_to(actor).select_related("given_by", "taken_by")
    return form_page(
        request,
        "judging/shift.html",
        form,
        me=actor.user_id,
        waiting=[(one, one.words(), _things(one.things, actor)) for one in over.waiting()],
        mine=_shown((one for one in claimed if one.claimed_by_id == actor.user_id), actor),
        theirs=_shown((one for one in claimed if one.claimed_by_id != actor.user_id), actor),
        taken=over.taken()[:SHOWN],
        hours=CLAIM_LASTS // timedelta(hours=1),
    )


@require_POST
def take_over(request: ActorRequest, reference: str) -> HttpResponse:
    """What a colleague left; then the page of the shift, with what one has now."""
    found = get_object_or_404(Shift.objects.visible_to(request.actor), reference=reference)
    try:
        actions.take_over(found, by=request.actor)
    except NotYours:
        raise
    except Refused as refusal:
        notices.error(request, str(refusal))
    else:
        notices.success(request, _("You took the shift over. What was left is yours."))
    return HttpResponseRedirect(reverse("judging:shift"))


@require_POST
def claim(request: ActorRequest, reference: str) -> HttpResponse:
    """Take one thing or let it go; then its page."""
    rows = (table.doors().visible_to(request.actor).filter(reference=reference) for table in tables())
    thing = next((found for row in rows if (found := row.first())), None)
    if thing is None:
        raise Http404
    try:
        if request.POST.get("deed") == "let-go":
            actions.let_go(thing, by=request.actor)
        else:
            actions.claim(thing, by=request.actor)
    except NotYours:
        raise
    except Refused as refusal:
        notices.error(request, str(refusal))
    return HttpResponseRedirect(thing.page)


def _things(references: list[str], actor: Actor) -> Things:
    """What stands behind these, as far as it waits still and this person may see it."""
    waiting = (table.doors().visible_to(actor).unfinished() for table in tables())
    found = (
        one
        for rows in waiting
        for one in rows.filter(reference__in=references)
        .select_related("flight", "claimed_by")
        .order_by("arrives", "pk")
    )
    return _shown(found, actor)


def _shown(things: Iterable[Judged], actor: Actor) -> Things:
    return [(one, state_of(one), time_left(one.flight, actor.now)) for one in things]
