"""Reporting that a child needs protection: the child's own route, beside weighing and case."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access.rules import NotYours, may_do
from samenhang.cases import forms
from samenhang.exchange import actions as exchange
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.organisations.middleware import ActorRequest
from samenhang.persons.models import Person, names_for


@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, reference: str) -> HttpResponse:
    """What is seen of the child, and to whom it goes, with the conditions of the law one by one."""
    person = get_object_or_404(Person.objects.visible_to(request.actor), reference=reference)
    if not may_do("child.report", request.actor.roles):
        raise NotYours
    bodies = exchange.protectors(by=request.actor)
    asked = dict.fromkeys(code for one in bodies for code in one.conditions)
    form = forms.ChildReport(
        request.POST or None, bodies=[(one.body.reference, one.body.name) for one in bodies]
    )
    conditions = forms.Conditions(request.POST or None, conditions=asked)
    if form.is_valid() and conditions.is_valid():
        to = next(one.body for one in bodies if one.body.reference == form.cleaned_data["to"])
        with refusals_in(form):
            exchange.report_child(
                person, form.content(), to=to, not_met=conditions.not_met(), by=request.actor
            )
            messages.success(request, _("%s has your report. It serves the child alone.") % to.name)
            return HttpResponseRedirect(reverse("cases:child", args=[reference]))
    return form_page(
        request,
        "cases/child.html",
        form,
        person=person,
        name=names_for(request.actor, [person.pk]).get(person.pk, ""),
        conditions=conditions,
        possible=bool(bodies) and person.is_minor(request.actor.today),
        minor=person.is_minor(request.actor.today),
    )
