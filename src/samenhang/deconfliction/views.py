"""For the prosecution: which steps are about to be taken, and the request to wait."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access.rules import NotYours, may_do
from samenhang.deconfliction import actions, forms
from samenhang.deconfliction.models import Hold, Window
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.language import language
from samenhang.grounds.rules.measures import measure
from samenhang.organisations.middleware import ActorRequest
from samenhang.persons.models import names_for

SHOWN = 100


@require_GET
def windows(request: ActorRequest) -> HttpResponse:
    """Steps that wait: those still open to an objection, and those that are held."""
    rows = list(Window.objects.visible_to(request.actor).open_or_held(request.actor.now)[:SHOWN])
    return render(request, "deconfliction/windows.html", {"rows": _told(request, rows)})


@require_http_methods(["GET", "POST"])
def window(request: ActorRequest, reference: str) -> HttpResponse:
    """One step, and the form to ask that it waits, or to have the waiting renewed."""
    row = get_object_or_404(Window.objects.visible_to(request.actor), reference=reference)
    if not may_do("step.hold", request.actor.roles):
        raise NotYours
    held = row.held_until is not None and row.held_until > request.actor.now
    form = forms.Hold(request.POST or None)
    if form.is_valid():
        deed = actions.renew if held else actions.hold
        with refusals_in(form):
            deed(row, **form.cleaned_data, by=request.actor)
            messages.success(request, _("The step waits. Nobody is told why."))
            return HttpResponseRedirect(reverse("deconfliction:windows"))
    extra = {
        "told": _told(request, [row])[0],
        "held": held,
        "open": held or row.closes_at > request.actor.now,
        "holds": Hold.objects.visible_to(request.actor).on(row),
    }
    return form_page(request, "deconfliction/window.html", form, reverse("deconfliction:windows"), **extra)


@require_http_methods(["GET", "POST"])
def lift(request: ActorRequest, reference: str) -> HttpResponse:
    """Let the step go on before the hold ends."""
    row = get_object_or_404(Window.objects.visible_to(request.actor), reference=reference)
    if not may_do("step.hold", request.actor.roles):
        raise NotYours
    form = forms.Lift(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.lift(row, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("The step need not wait any longer."))
            return HttpResponseRedirect(reverse("deconfliction:windows"))
    back = reverse("deconfliction:window", args=[reference])
    return form_page(request, "deconfliction/lift.html", form, back, told=_told(request, [row])[0])


def _told(request: ActorRequest, rows: list[Window]) -> list[dict[str, object]]:
    """Each window with the name of its kind, whom it is about as far as the actor may know, and who asks."""
    names = names_for(request.actor, [row.person_id for row in rows])
    return [
        {
            "window": row,
            "kind": _kind(row.kind),
            "about": names.get(row.person_id, ""),
            "held": row.held_until is not None and row.held_until > request.actor.now,
        }
        for row in rows
    ]


def _kind(code: str) -> str:
    kind = measure(code)
    return kind.name_nl if language() == "nl" else kind.name_en
