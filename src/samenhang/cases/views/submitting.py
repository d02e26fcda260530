"""Signals: the list, a new one, and one with what may be done with it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenhang.access import rules as access
from samenhang.cases import actions, forms
from samenhang.cases.models import Inquiry, Notice, Weighing, partners_of
from samenhang.cases.models.ending import forgotten_on
from samenhang.cases.rules import Regime, regime_on
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement
from samenhang.exchange.rules import Origin, Status
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.paging import page_of
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person, is_child, names_for
from samenhang.persons.rules import Identity

ON_A_PAGE = 25


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """What the actor's organisation submitted, and what was offered to it."""
    found = Signal.objects.visible_to(request.actor).latest_first()
    page = page_of(found, request, ON_A_PAGE)
    names = names_for(request.actor, [signal.person_id for signal in page.rows])
    shown = {
        "page": page,
        "signals": [(signal, names.get(signal.person_id, "")) for signal in page.rows],
        "may_submit": access.may_do("signal.submit", request.actor.roles),
    }
    return render(request, "cases/signals.html", shown)


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Write a signal down, about a human being or an organisation. It is given to nobody yet."""
    organisation = request.GET.get("about") == "organisation"
    made = forms.SignalAboutOrganisation if organisation else forms.Signal
    form = made(
        request.POST or None,
        municipalities=Organisation.objects.filter(authority="BURG")
        .exclude(region="")
        .order_by("region", "pk")
        .values_list("region", flat=True),
        by_covenant=regime_on(request.actor.today) == Regime.COVENANT,
    )
    if form.is_valid():
        with refusals_in(form):
            signal = actions.report(
                _about(request, form),
                form.content(),
                municipality=form.cleaned_data["municipality"],
                origin=Origin(form.cleaned_data["origin"]),
                triage=form.cleaned_data["triage"],
                by=request.actor,
            )
            return HttpResponseRedirect(reverse("cases:signal", args=[signal.reference]))
    return form_page(request, "cases/signal_new.html", form, organisation=organisation)


@require_GET
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One signal: what it says, how far it has come, and the offer when it is the actor's own."""
    signal = get_object_or_404(Signal.objects.visible_to(request.actor), reference=reference)
    return _page(request, signal, offer_form=_offer_form(request, signal))


@require_POST
def offer(request: ActorRequest, reference: str) -> HttpResponse:
    """Offer the signal for weighing, with the conditions of the law confirmed one by one."""
    signal = get_object_or_404(Signal.objects.visible_to(request.actor), reference=reference)
    form = _offer_form(request, signal)
    if form is not None and form.is_valid():
        with refusals_in(form):
            weighing = actions.open_weighing(signal, not_met=form.not_met(), by=request.actor)
            messages.success(request, _("The signal was offered to police, prosecution and mayor."))
            return HttpResponseRedirect(reverse("cases:weighing", args=[weighing.reference]))
    return _page(request, signal, offer_form=form, status=422)


@require_http_methods(["GET", "POST"])
def take_up(request: ActorRequest, reference: str) -> HttpResponse:
    """Before the Act: open a case for the signal with partners of a covenant."""
    signal = get_object_or_404(Signal.objects.visible_to(request.actor), reference=reference)
    if not _may_take_up(request, signal):
        raise Http404
    own = Organisation.objects.get(pk=request.actor.organisation_id)
    partners = [
        body
        for body in partners_of([own], request.actor)
        if body.pk != own.pk and body.region in ("", signal.municipality)
    ]
    form = forms.TakeUp(
        request.POST or None,
        partners=[(body.reference, body.name) for body in partners],
        child=is_child(signal.person_id, request.actor.today),
    )
    if form.is_valid():
        chosen = [own, *(body for body in partners if body.reference in form.cleaned_data["partners"])]
        said = form.cleaned_data
        interest = said.get("best_interest", "")
        with refusals_in(form):
            case = actions.take_up(
                signal, chosen, reason=said["reason"], best_interest=interest, by=request.actor
            )
            messages.success(request, _("The case is open. Bring in what the partners may read."))
            return HttpResponseRedirect(reverse("cases:case", args=[case.reference]))
    return form_page(
        request,
        "cases/signal_take_up.html",
        form,
        reverse("cases:signal", args=[signal.reference]),
        signal=signal,
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, reference: str) -> HttpResponse:
    """Take the signal back, with a reason."""
    signal = get_object_or_404(Signal.objects.visible_to(request.actor), reference=reference)
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.call_off(signal, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("The signal was withdrawn. The others no longer see it."))
            return HttpResponseRedirect(reverse("cases:signal", args=[signal.reference]))
    return form_page(
        request,
        "cases/signal_withdraw.html",
        form,
        reverse("cases:signal", args=[signal.reference]),
        signal=signal,
    )


@require_POST
def acknowledge(request: ActorRequest, reference: str) -> HttpResponse:
    """Read: the signal was not taken up."""
    notice = get_object_or_404(Notice.objects.visible_to(request.actor), reference=reference)
    actions.acknowledge(notice, by=request.actor)
    return HttpResponseRedirect(reverse("cases:signals"))


def _about(request: ActorRequest, form: forms.SignalAbout) -> Person | Identity:
    reference = form.cleaned_data["person"].strip()
    if not reference:
        return form.identity()
    person = Person.objects.visible_to(request.actor).filter(reference=reference).first()
    if person is None:
        raise access.NotThere
    return person


def _offer_form(request: ActorRequest, signal: Signal) -> forms.Conditions | None:
    """None when there is nothing to offer, or it is another organisation's."""
    own = signal.provider_id == request.actor.organisation_id
    if not own or signal.status != Status.RECEIVED or regime_on(request.actor.today) != Regime.ACT:
        return None
    answer = exchange.conditions_of_offer(signal, by=request.actor)
    return forms.Conditions(request.POST or None, conditions=answer.conditions)


def _may_take_up(request: ActorRequest, signal: Signal) -> bool:
    """Before the Act, for an own signal that waits."""
    own = signal.provider_id == request.actor.organisation_id
    before = regime_on(request.actor.today) == Regime.COVENANT
    may = access.may_do("case.open", request.actor.roles)
    return own and before and may and signal.status == Status.RECEIVED


def _page(
    request: ActorRequest, signal: Signal, *, offer_form: forms.Conditions | None, status: int = 200
) -> HttpResponse:
    own = signal.provider_id == request.actor.organisation_id
    shown = {
        "signal": signal,
        "provider": Organisation.objects.get(pk=signal.provider_id),
        "name": names_for(request.actor, [signal.person_id]).get(signal.person_id, ""),
        "statements": Statement.objects.visible_to(request.actor).filter(signals=signal).order_by("pk"),
        "weighing": Weighing.objects.visible_to(request.actor).filter(signal=signal).first(),
        "inquiries": Inquiry.objects.visible_to(request.actor)
        .filter(scope=signal.scope)
        .order_by("-round", "pk"),
        "notice": Notice.objects.visible_to(request.actor).filter(scope=signal.scope).unread().first(),
        "offer_form": offer_form,
        "answer": exchange.conditions_of_offer(signal, by=request.actor) if offer_form else None,
        "may_take_up": _may_take_up(request, signal),
        "gone_on": forgotten_on(signal),
        "may_withdraw": own and signal.status != Status.WITHDRAWN,
    }
    return render(request, "cases/signal.html", shown, status=status)
