"""Weighings: what waits, and one with the actor's own form."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import rules as access
from samenhang.cases import actions, forms, rules
from samenhang.cases.models import Case, Position, Weighing, side_by_side
from samenhang.exchange.models import Signal, Statement
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page
from samenhang.foundation.page import Label
from samenhang.grounds import rules as law
from samenhang.organisations.middleware import ActorRequest
from samenhang.persons.models import names_for


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Open weighings first those that wait for the actor, then what was weighed last."""
    seen = Weighing.objects.visible_to(request.actor)
    waiting = list(seen.waiting_for(request.actor))
    others = seen.exclude(pk__in=[one.pk for one in waiting]).order_by("-opened_at", "-pk")[:100]
    return render(request, "cases/weighings.html", {"waiting": waiting, "others": others})


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """What is weighed, who has judged, and the form for who has not."""
    weighing = get_object_or_404(Weighing.objects.visible_to(request.actor), reference=reference)
    form = forms.Position(request.POST or None)
    if form.is_valid():
        try:
            weighing = actions.take_position(weighing, form.judgement(), by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your position is in."))
            return HttpResponseRedirect(reverse("cases:weighing", args=[weighing.reference]))
    return form_page(request, "cases/weighing.html", form, **_shown(request, weighing))


def _shown(request: ActorRequest, weighing: Weighing) -> dict[str, Any]:
    actor = request.actor
    signal = Signal.objects.visible_to(actor).filter(pk=weighing.signal_id).first()
    person = signal.person_id if signal else None
    mine = rules.SEATS.get(actor.authority) in actor.roles and actor.authority not in weighing.seats
    may = mine and weighing.stage == rules.Stage.OPEN and access.may_do("weighing.judge", actor.roles)
    return {
        "weighing": weighing,
        "signal": signal,
        "name": names_for(actor, [person]).get(person or 0, ""),
        "statements": Statement.objects.visible_to(actor).filter(signals=signal).order_by("pk")
        if signal
        else (),
        "seats": [(law.authority_label(seat), _seat_label(seat, weighing)) for seat in rules.SEATS],
        "positions": side_by_side(Position.objects.visible_to(actor).on(weighing)),
        "case": Case.objects.visible_to(actor).filter(weighing=weighing).first(),
        "may": may,
        "purpose_of_case": actor.purpose == "person-centred-approach",
    }


def _seat_label(seat: str, weighing: Weighing) -> Label:
    if seat in weighing.seats:
        return Label(_("Position is in"), "positive")
    return Label(_("Not yet"), "neutral")
