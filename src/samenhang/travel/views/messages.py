"""Messages that came in, and what became of them."""

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from samenhang.access.rules import may_do
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Fact, Kind, Label, Place
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel import actions, forms
from samenhang.travel.models import Message, Passenger
from samenhang.travel.rules import State, spoken
from samenhang.travel.rules.permitted import LEFT_BEHIND
from samenhang.travel.rules.quarantine import WAITING
from samenhang.travel.rules.router import Channel

ON_A_PAGE = 50
KINDS: dict[State, Kind] = {
    State.RECEIVED: "info",
    State.READ: "positive",
    State.UNREADABLE: "negative",
    State.REFUSED: "warning",
    State.HELD: "warning",
    State.DESTROYED: "negative",
}


@require_safe
def messages(request: ActorRequest) -> HttpResponse:
    """All messages the actor may see, newest first."""
    found = Message.objects.visible_to(request.actor).newest_first()
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    rows = [(message, _state(message)) for message in page]
    shown = {"page": page, "rows": rows, "may_receive": may_do("message.receive", request.actor.roles)}
    shown["waiting"] = Message.objects.visible_to(request.actor).in_quarantine().count()
    return render(request, "travel/messages.html", shown)


@require_http_methods(["GET", "POST"])
def upload(request: ActorRequest) -> HttpResponse:
    """One file in, read at once; then its page."""
    form = forms.Upload(request.POST, request.FILES) if request.method == "POST" else forms.Upload()
    if form.is_valid():
        file = form.cleaned_data["file"]
        with refusals_in(form):
            receipt = actions.take_in(file.read(), name=file.name, by=request.actor)
            _say(request, duplicate=receipt.duplicate)
            return HttpResponseRedirect(reverse("travel:message", args=[receipt.message.reference]))
    return form_page(request, "travel/upload.html", form, crumbs=_crumbs())


@require_safe
def message(request: ActorRequest, reference: str) -> HttpResponse:
    """What a message was, what was wrong with it, and whom it named as far as the actor may see them."""
    message = get_object_or_404(Message.objects.visible_to(request.actor), reference=reference)
    named = Passenger.objects.visible_to(request.actor).named_in(message).select_related("flight")
    page = Paginator(named, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "travel/message.html",
        {
            "message": message,
            "state": _state(message),
            "waits": message.state in WAITING,
            "facts": _facts(message),
            "left_behind": [
                (LEFT_BEHIND[sort], number) for sort, number in sorted(message.left_behind.items())
            ],
            "page": page,
            "crumbs": _crumbs(),
        },
    )


def _state(message: Message) -> Label:
    state = State(message.state)
    return Label(str(state.label), KINDS[state])


def _facts(message: Message) -> list[Fact]:
    facts = [
        Fact(_("Kind"), spoken.message(message.kind)),
        Fact(_("File"), message.name),
        Fact(_("Sender"), message.sender),
        Fact(_("Control reference"), message.control_reference),
        Fact(_("Messages in the file"), len(message.parts)),
        Fact(_("People named"), message.passengers),
        Fact(_("Bookings"), message.records),
        Fact(_("Not kept"), message.dropped_fields),
        Fact(_("Came"), _came(message)),
    ]
    return [fact for fact in facts if fact.value != ""]


def _came(message: Message) -> str:
    """Nothing for what a carrier sent in the usual way."""
    if message.channel == Channel.DIRECT:
        return ""
    told = [message.get_channel_display(), *([message.get_moment_display()] if message.moment else [])]
    return ", ".join(map(str, told))


def _crumbs() -> list[Place]:
    return [Place(_("Passenger messages"), reverse("travel:messages"))]


def _say(request: HttpRequest, *, duplicate: bool) -> None:
    if duplicate:
        notices.info(request, _("This file was received before. Nothing was added."))
    else:
        notices.success(request, _("The file was received and read."))
