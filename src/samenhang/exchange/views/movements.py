"""Movements of one person: as known now or on an earlier day, and the forms to add and correct."""

from datetime import date, datetime

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import rules as access
from samenhang.exchange import actions, forms
from samenhang.exchange.models import Movement
from samenhang.foundation.days import end_of
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person


@require_GET
def index(request: ActorRequest, reference: str) -> HttpResponse:
    """What is known of this person's whereabouts, or was known at the end of the day that is asked."""
    person = get_object_or_404(Person.objects.visible_to(request.actor), reference=reference)
    form = forms.KnownOn(request.GET or None)
    known_on = form.cleaned_data["known_on"] if form.is_valid() else None
    moment = _known_by(known_on, request.actor)
    found = Movement.objects.visible_to(request.actor).about(person.pk)
    rows = list(found.known_by(moment))
    bodies = Organisation.objects.in_bulk({row.provider_id for row in rows})
    records = access.may_do("movement.record", request.actor.roles)
    shown = {
        "person": person,
        "title": person.display_for(request.actor),
        "form": form,
        "known_on": known_on,
        "rows": [(row, bodies[row.provider_id], _is_open(row, request.actor)) for row in rows],
        "more": found.count() - len(rows),
        "may_record": records,
    }
    return render(request, "exchange/movements.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def record(request: ActorRequest, reference: str) -> HttpResponse:
    """Write a movement down."""
    person = get_object_or_404(Person.objects.visible_to(request.actor), reference=reference)
    form = forms.Movement(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.record_movement(person, form.seen(), by=request.actor)
            messages.success(request, _("The movement is written down. Only your organisation sees it."))
            return _to(person)
    return _form_page(request, person, form, _("Write a movement down"))


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, reference: str) -> HttpResponse:
    """Put another movement in the place of a wrong one."""
    row, person = _found(request, reference)
    first = {field: getattr(row, field) for field in forms.Movement.base_fields}
    form = forms.Correct(request.POST or None, initial=first)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        with refusals_in(form):
            actions.correct_movement(row, form.seen(), reason=reason, by=request.actor)
            messages.success(request, _("Corrected. What was known before stays readable by its day."))
            return _to(person)
    return _form_page(request, person, form, _("Correct a movement"))


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, reference: str) -> HttpResponse:
    """Take a movement back."""
    row, person = _found(request, reference)
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.withdraw_movement(row, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("The movement is withdrawn."))
            return _to(person)
    return _form_page(request, person, form, _("Withdraw a movement"), danger=True)


def _known_by(day: date | None, actor: Actor) -> datetime:
    """The last moment of that day, or now."""
    return actor.now if day is None or day >= actor.today else end_of(day)


def _is_open(row: Movement, actor: Actor) -> bool:
    """Whether the actor may correct or withdraw it: their own, and still standing."""
    standing = row.superseded_at is None and row.withdrawn_at is None
    return (
        standing
        and row.provider_id == actor.organisation_id
        and access.may_do("movement.record", actor.roles)
    )


def _found(request: ActorRequest, reference: str) -> tuple[Movement, Person]:
    row = get_object_or_404(Movement.objects.visible_to(request.actor), reference=reference)
    return row, get_object_or_404(Person.objects.visible_to(request.actor), pk=row.person_id)


def _to(person: Person) -> HttpResponse:
    return HttpResponseRedirect(reverse("exchange:movements", args=[person.reference]))


def _form_page(
    request: ActorRequest, person: Person, form: BaseForm, title: str, *, danger: bool = False
) -> HttpResponse:
    return form_page(
        request,
        "exchange/movement_form.html",
        form,
        reverse("exchange:movements", args=[person.reference]),
        title=title,
        about=person.display_for(request.actor),
        danger=danger,
    )
