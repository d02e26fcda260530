"""Messages that wait for a person, sealed: what, why, until when; and the decision."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Fact, Place
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel import actions, forms
from samenhang.travel.models import Message
from samenhang.travel.rules import State, spoken
from samenhang.travel.rules.quarantine import Decision, ends_at

ON_A_PAGE = 50


@require_safe
def quarantine(request: ActorRequest) -> HttpResponse:
    """What waits, whose time is over first at the top."""
    found = Message.objects.visible_to(request.actor).in_quarantine()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(message, _why(message), ends_at(message.received_at)) for message in page]
    return render(request, "travel/quarantine.html", {"page": page, "rows": rows, "crumbs": _crumbs()})


@require_http_methods(["GET", "POST"])
def settle(request: ActorRequest, reference: str) -> HttpResponse:
    """Read it after all, or refuse it. Its content is shown to nobody."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), reference=reference)
    form = forms.Settle(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            said = _settle(message, form.cleaned_data["decision"], form.cleaned_data["reason"], request)
            notices.info(request, said)
            return HttpResponseRedirect(reverse("travel:message", args=[reference]))
    facts = [
        Fact(_("Why it waits"), _why(message)),
        Fact(_("Received"), message.received_at),
        Fact(_("Destroyed unless somebody decides before"), ends_at(message.received_at)),
        Fact(_("Kind"), spoken.message(message.kind)),
        Fact(_("Sender"), message.sender),
        Fact(_("Control reference"), message.control_reference),
        Fact(_("Bytes"), message.size),
    ]
    return form_page(
        request,
        "travel/settle.html",
        form,
        message=message,
        facts=[fact for fact in facts if fact.value != ""],
        crumbs=[*_crumbs(), Place(_("Quarantine"), reverse("travel:quarantine"))],
    )


def _settle(message: Message, decision: str, reason: str, request: ActorRequest) -> str:
    if decision == Decision.DESTROY:
        actions.refuse(message, reason=reason, by=request.actor)
        return _("The message is destroyed. That it came stays known.")
    released = actions.release(message, reason=reason, by=request.actor)
    state = actions.read(released, by=request.actor).state
    if state == State.READ:
        return _("The message was read.")
    if state == State.REFUSED:
        return _("The law of today does not let this message be read. It is destroyed unread.")
    return _("The message still cannot be read. It waits on, by the same clock.")


def _why(message: Message) -> str:
    if message.state == State.HELD:
        return (
            _("The sender used this control reference for other content before: %s.") % message.conflicts_with
        )
    return _("It could not be read.")


def _crumbs() -> list[Place]:
    return [Place(_("Passenger messages"), reverse("travel:messages"))]
