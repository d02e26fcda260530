"""Arrests on the screen: one arrest with its terms, and the forms for what comes next."""

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access.rules import may_do
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.grounds.rules import authority_label
from samenhang.journal import Actor
from samenhang.measures import actions, forms
from samenhang.measures.models import Arrest, Custody
from samenhang.measures.rules.custody import ENDING_WITHIN, NEXT, Stage
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person, names_for


@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, reference: str) -> HttpResponse:
    """Write down that this person was arrested."""
    person = get_object_or_404(Person.objects.visible_to(request.actor), reference=reference)
    form = forms.ReportArrest(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            made = actions.report_arrest(person, form.arrested(), by=request.actor)
            messages.success(request, _("The arrest is written down. The prosecution reads it too."))
            return _to(made)
    return form_page(
        request,
        "measures/arrest_form.html",
        form,
        title=_("Report an arrest"),
        about=person.display_for(request.actor),
    )


@require_GET
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One arrest, by which decisions the person is held, and until when."""
    row = get_object_or_404(Arrest.objects.visible_to(request.actor), reference=reference)
    terms = list(Custody.objects.visible_to(request.actor).of(row).filter(withdrawn_at__isnull=True))
    held = row.released_on is None and row.withdrawn_at is None
    today = request.actor.today
    shown = {
        "arrest": row,
        "name": _name(row, request.actor),
        "reporter": Organisation.objects.get(pk=row.provider_id),
        "terms": [(term, authority_label(term.decides)) for term in terms],
        "lapsed": held and row.held_until is not None and row.held_until <= today,
        "soon": held and row.held_until is not None and row.held_until <= today + ENDING_WITHIN,
        "may_record": held and may_do("custody.record", request.actor.roles),
        "may_withdraw": row.withdrawn_at is None and _may_withdraw(row, request.actor),
    }
    return render(request, "measures/arrest.html", shown)


@require_http_methods(["GET", "POST"])
def term(request: ActorRequest, reference: str) -> HttpResponse:
    """The next decision by which the person is held."""
    row = _of(request, reference, "custody.record")
    last = Custody.objects.visible_to(request.actor).of(row).filter(withdrawn_at__isnull=True).last()
    stages = [stage for stage in Stage if stage in NEXT[Stage(last.stage) if last else None]]
    first = {"starts_on": last.ends_on if last else row.arrested_on}
    form = forms.RecordCustody(request.POST or None, stages=stages, initial=first)
    return _do(request, row, form, _("Record a term"), lambda: actions.record_custody(
        row, form.held(), by=request.actor
    ))  # fmt: skip


@require_http_methods(["GET", "POST"])
def release(request: ActorRequest, reference: str) -> HttpResponse:
    """The person is free."""
    row = _of(request, reference, "custody.record")
    form = forms.End(request.POST or None)
    return _do(request, row, form, _("Record the release"), lambda: actions.release_person(
        row, **form.cleaned_data, by=request.actor
    ))  # fmt: skip


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, reference: str) -> HttpResponse:
    """What was reported was not so."""
    row = _of(request, reference, "arrest.report")
    if not _may_withdraw(row, request.actor):
        raise Http404
    form = forms.End(request.POST or None)
    return _do(request, row, form, _("Withdraw this report"), lambda: actions.withdraw_arrest(
        row, **form.cleaned_data, by=request.actor
    ))  # fmt: skip


def _of(request: ActorRequest, reference: str, deed: str) -> Arrest:
    row = get_object_or_404(Arrest.objects.visible_to(request.actor), reference=reference)
    if not may_do(deed, request.actor.roles):
        raise Http404
    return row


def _may_withdraw(row: Arrest, actor: Actor) -> bool:
    return row.provider_id == actor.organisation_id and may_do("arrest.report", actor.roles)


def _do(
    request: ActorRequest, row: Arrest, form: django_forms.Form, title: str, act: Callable[[], Any]
) -> HttpResponse:
    if form.is_valid():
        with refusals_in(form):
            act()
            messages.success(request, _("Done: %s.") % title)
            return _to(row)
    return form_page(
        request,
        "measures/arrest_form.html",
        form,
        reverse("measures:arrest", args=[row.reference]),
        title=title,
        about=_name(row, request.actor),
    )


def _to(row: Arrest) -> HttpResponse:
    return HttpResponseRedirect(reverse("measures:arrest", args=[row.reference]))


def _name(row: Arrest, actor: Actor) -> str:
    return names_for(actor, [row.person_id]).get(row.person_id, row.reference)
