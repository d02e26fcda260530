"""The register of official messages: what the actor's organisation received."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import rules as access
from samenhang.exchange import actions, forms
from samenhang.exchange.models import OfficialMessage
from samenhang.exchange.rules.messages import services
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.paging import page_of
from samenhang.grounds.rules import purpose_label
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person, names_for

ON_A_PAGE = 25
REGISTER = "official-message.register"


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """What the services wrote to the actor's organisation for the purpose at hand, newest first."""
    found = OfficialMessage.objects.visible_to(request.actor).latest_first()
    page = page_of(found, request, ON_A_PAGE)
    rows = page.rows
    names = names_for(request.actor, [row.person_id for row in rows])
    senders = Organisation.objects.in_bulk({row.provider_id for row in rows})
    shown = {
        "page": page,
        "rows": [(row, senders[row.provider_id], names.get(row.person_id or 0, "")) for row in rows],
        "may_register": access.may_do(REGISTER, request.actor.roles),
    }
    return render(request, "exchange/official_messages.html", shown)


@require_http_methods(["GET", "POST"])
def register(request: ActorRequest) -> HttpResponse:
    """Write down a message that came in."""
    senders = Organisation.objects.filter(authority__in=services(request.actor.today))
    form = forms.Register(
        request.POST or None, services=[(sender.reference, sender.name) for sender in senders]
    )
    if form.is_valid():
        with refusals_in(form):
            message = actions.register_message(
                form.letter(),
                service=senders.get(reference=form.cleaned_data["service"]),
                about=_about(request, form.cleaned_data["person"].strip()),
                by=request.actor,
            )
            messages.success(request, _("The message is in the register."))
            return HttpResponseRedirect(reverse("exchange:official-message", args=[message.reference]))
    return form_page(
        request, "exchange/official_message_new.html", form, purpose=purpose_label(request.actor.purpose)
    )


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One message, and what came of it."""
    message = get_object_or_404(OfficialMessage.objects.visible_to(request.actor), reference=reference)
    form = forms.FollowUp(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.follow_up(message, outcome=form.cleaned_data["outcome"], by=request.actor)
            messages.success(request, _("What came of it is kept with the message."))
            return HttpResponseRedirect(reverse("exchange:official-message", args=[reference]))
    addressed = message.addressee_id == request.actor.organisation_id
    may = addressed and access.may_do(REGISTER, request.actor.roles)
    return form_page(
        request,
        "exchange/official_message.html",
        form,
        message=message,
        sender=Organisation.objects.get(pk=message.provider_id),
        addressee=Organisation.objects.get(pk=message.addressee_id),
        name=names_for(request.actor, [message.person_id]).get(message.person_id or 0, ""),
        purpose=purpose_label(message.purpose),
        may_follow_up=may and message.followed_up_at is None,
        may_withdraw=may,
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, reference: str) -> HttpResponse:
    """The service took its message back."""
    message = get_object_or_404(OfficialMessage.objects.visible_to(request.actor), reference=reference)
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.withdraw_message(message, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("The message is withdrawn. Nobody here reads it any more."))
            return HttpResponseRedirect(reverse("exchange:official-messages"))
    return form_page(request, "exchange/official_message_withdraw.html", form, message=message)


def _about(request: ActorRequest, reference: str) -> Person | None:
    if not reference:
        return None
    person = Person.objects.visible_to(request.actor).filter(reference=reference).first()
    if person is None:
        raise access.NotThere
    return person
