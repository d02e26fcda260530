"""For the coordinator: what it was given, under pseudonyms, and the way to a name that two agree on."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import policy
from samenhang.access.rules import NotYours
from samenhang.coordination import actions, forms, rules
from samenhang.coordination.models import Reidentification
from samenhang.coordination.rules import Status
from samenhang.exchange.models import Statement
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.grounds.rules.disclosure import COORDINATOR
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation

SHOWN = 100


def _require_coordinator(request: ActorRequest) -> None:
    policy.require_function(request.actor, "reidentification.ask")
    if request.actor.authority != COORDINATOR:
        raise NotYours


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """What was given to the coordinator, and what was asked about it."""
    _require_coordinator(request)
    given = Statement.objects.visible_to(request.actor).filter(person__isnull=False)
    items = list(given.order_by("-known_at", "-pk")[:SHOWN])
    bodies = Organisation.objects.in_bulk({row.provider_id for row in items})
    pseudonyms = actions.pseudonyms(items, by=request.actor)
    for row in items:
        row.giver = bodies[row.provider_id]  # type: ignore[attr-defined]
        row.pseudonym = pseudonyms[row.pk]  # type: ignore[attr-defined]
    asked = Reidentification.objects.visible_to(request.actor).newest_first()[:SHOWN]
    return render(request, "coordination/index.html", {"items": items, "asked": asked})


@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, reference: str) -> HttpResponse:
    """Ask who one item is about."""
    item = get_object_or_404(Statement.objects.visible_to(request.actor), reference=reference)
    _require_coordinator(request)
    form = forms.Ask(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            asked = actions.ask_who(item, **form.cleaned_data, by=request.actor)
            messages.success(request, _("Asked. A colleague decides."))
            return HttpResponseRedirect(reverse("coordination:request", args=[asked.reference]))
    return form_page(request, "coordination/ask.html", form, reverse("coordination:index"), item=item)


@require_http_methods(["GET", "POST"])
def request_page(request: ActorRequest, reference: str) -> HttpResponse:
    """One request: a colleague decides on it; who asked has the names shown, by a deed."""
    row = get_object_or_404(Reidentification.objects.visible_to(request.actor), reference=reference)
    _require_coordinator(request)
    own = row.asked_by == request.actor.user
    form = forms.Decide(None if own else request.POST or None)
    names: list[str] = []
    refused = ""
    try:
        if request.method == "POST" and own:
            names = actions.show_names(row, by=request.actor)
        elif form.is_valid():
            actions.decide(row, **form.cleaned_data, by=request.actor)
            messages.success(request, _("Your decision is kept, with your reason."))
            return HttpResponseRedirect(reverse("coordination:request", args=[reference]))
    except Refused as refusal:
        refused = str(refusal)
    shown = row.shown_until is not None and request.actor.now < row.shown_until
    context = {
        "row": row,
        "own": own,
        "form": form,
        "names": names,
        "refused": refused,
        "may_decide": not own and row.status == Status.ASKED,
        "may_see": own and shown,
        "hours": int(rules.SHOWN_FOR.total_seconds() // 3600),
    }
    status = 422 if refused or form.errors else 200
    return render(request, "coordination/request.html", context, status=status)
