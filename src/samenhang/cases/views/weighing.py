"""Weighings: what waits, and one with the actor's own form."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenhang.access import rules as access
from samenhang.cases import actions, forms, rules
from samenhang.cases.models import Case, Inquiry, Position, Weighing, round_by_round
from samenhang.cases.rules.opinions import ROUNDS
from samenhang.cases.rules.opinions import Inquiry as Stands
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Label
from samenhang.foundation.unsent import typed_in
from samenhang.grounds import rules as law
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import is_child, kind_of, names_for
from samenhang.persons.rules import is_legal


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Open weighings first those that wait for the actor, then what was weighed last."""
    seen = Weighing.objects.visible_to(request.actor)
    waiting = list(seen.waiting_for(request.actor))
    others = seen.timed().exclude(pk__in=[one.pk for one in waiting]).order_by("-opened_at", "-pk")[:100]
    return render(request, "cases/weighings.html", {"waiting": waiting, "others": others})


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """What is weighed, who has judged, and the form for who has not."""
    weighing = get_object_or_404(Weighing.objects.visible_to(request.actor).timed(), reference=reference)
    of_whom = Signal.objects.visible_to(request.actor).filter(pk=weighing.signal_id).first()
    child = of_whom is not None and is_child(of_whom.person_id, request.actor.today)
    legal = of_whom is not None and is_legal(kind_of(of_whom.person_id))
    form = forms.Position(request.POST or None, may_ask=weighing.round < ROUNDS, child=child, legal=legal)
    if form.is_valid():
        with refusals_in(form):
            weighing = actions.take_position(weighing, form.judgement(), by=request.actor)
            messages.success(request, _("Your position is in. It cannot be changed any more."))
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
        "organisation": person is not None and is_legal(kind_of(person)),
        "statements": Statement.objects.visible_to(actor).filter(signals=signal).order_by("pk")
        if signal
        else (),
        "seats": [(law.authority_label(seat), _seat_label(seat, weighing)) for seat in rules.SEATS],
        "rounds": round_by_round(Position.objects.visible_to(actor).of(weighing)),
        "inquiries": Inquiry.objects.visible_to(actor).of(weighing),
        "goes_on": _goes_on(weighing),
        "may_go_on": weighing.taken_over_at is None
        and rules.goes_on(weighing.outcome, actor.authority, actor.roles),
        "case": Case.objects.visible_to(actor).filter(weighing=weighing).first(),
        "may": may,
        # Sent from a second tab, or after a colleague: it counts no more, and is not lost.
        "typed": [] if may else typed_in(request),
        "purpose_of_case": actor.purpose == "person-centred-approach",
    }


@require_POST
def go_on(request: ActorRequest, reference: str) -> HttpResponse:
    """The prosecution or the mayor goes on with it under a law of its own."""
    weighing = get_object_or_404(Weighing.objects.visible_to(request.actor), reference=reference)
    actions.go_on_with(weighing, by=request.actor)
    messages.success(request, _("Kept: your organisation goes on with it."))
    return HttpResponseRedirect(reverse("cases:weighing", args=[reference]))


@require_http_methods(["GET", "POST"])
def inquiry(request: ActorRequest, reference: str) -> HttpResponse:
    """What the three ask the submitter: its answer as a statement, or that it knows nothing more."""
    actor = request.actor
    row = get_object_or_404(Inquiry.objects.visible_to(actor), reference=reference)
    signal = Signal.objects.visible_to(actor).filter(scope=row.scope).first()
    mine = row.organisation_id == actor.organisation_id
    refuses = "refuse" in request.POST
    form = forms.Statement(None if refuses else request.POST or None)
    no = forms.Reason(request.POST if refuses else None, auto_id="no-%s")
    answer = exchange.conditions_of_offer(signal, by=actor) if signal and mine else None
    conditions = forms.Conditions(
        None if refuses else request.POST or None, conditions=answer.conditions if answer else ()
    )
    if _answered(row, (form, conditions, no), actor):
        messages.success(request, _("The three weigh the signal afresh."))
        return HttpResponseRedirect(reverse("cases:inquiry", args=[reference]))
    return form_page(
        request,
        "cases/inquiry.html",
        no if refuses else form,
        row=row,
        signal=signal,
        say=form,
        no=no,
        conditions=conditions,
        sentence=answer.sentence if answer else "",
        body=Organisation.objects.get(pk=row.organisation_id),
        may=mine and row.stage == Stands.ASKED and access.may_do("statement.disclose", actor.roles),
        late=row.stage == Stands.ASKED and row.due_on < actor.today,
        statement=Statement.objects.visible_to(actor).filter(pk=row.statement_id or 0).first(),
    )


def _answered(
    row: Inquiry, typed: tuple[forms.Statement, forms.Conditions, forms.Reason], actor: Actor
) -> bool:
    """Whether what was typed was right and kept; a refusal stands in the form then."""
    say, conditions, no = typed
    try:
        if no.is_valid():
            actions.refuse_inquiry(row, reason=no.cleaned_data["reason"], by=actor)
            return True
        if say.is_valid() and conditions.is_valid():
            actions.answer_inquiry(row, say.content(), not_met=conditions.not_met(), by=actor)
            return True
    except access.NotYours:
        raise
    except Refused as refusal:
        (no if no.is_bound else say).add_error(None, str(refusal))
    return False


def _goes_on(weighing: Weighing) -> str:
    seat = rules.takes_over(weighing.outcome)
    return law.authority_label(seat) if seat else ""


def _seat_label(seat: str, weighing: Weighing) -> Label:
    if seat in weighing.seats:
        return Label(_("Position is in"), "positive")
    return Label(_("Not yet"), "neutral")
