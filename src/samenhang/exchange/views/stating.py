"""A statement that is wrong: its provider corrects it or takes it back, from where it stands."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access.rules import NotYours, may_do
from samenhang.exchange import actions, forms
from samenhang.exchange.models import Statement
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.views.door import local
from samenhang.persons.models import names_for


@require_http_methods(["GET", "POST"])
def correct(request: ActorRequest, reference: str) -> HttpResponse:
    """Put another statement in the place of a wrong one; it reaches everybody who had that."""
    row = _own(request, reference)
    first = {field: getattr(row, field) for field in forms.Statement.base_fields}
    form = forms.CorrectStatement(request.POST or None, initial=first)
    if form.is_valid():
        with refusals_in(form, but=NotYours):
            actions.correct(row, form.content(), reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(
                request, _("Corrected. Whoever had it reads the new words and is told that it changed.")
            )
            return HttpResponseRedirect(_back(request))
    return _form_page(request, row, form, _("Correct this statement"))


@require_http_methods(["GET", "POST"])
def withdraw(request: ActorRequest, reference: str) -> HttpResponse:
    """Take a statement back: nobody else reads it any more."""
    row = _own(request, reference)
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with refusals_in(form, but=NotYours):
            actions.withdraw(row, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(
                request, _("Withdrawn. Only your organisation reads it still; whoever had it is told.")
            )
            return HttpResponseRedirect(_back(request))
    return _form_page(request, row, form, _("Withdraw this statement"), danger=True)


def _own(request: ActorRequest, reference: str) -> Statement:
    """A statement of the actor's own organisation; those of others are corrected by who said them."""
    row = get_object_or_404(Statement.objects.visible_to(request.actor), reference=reference)
    if row.provider_id != request.actor.organisation_id or not may_do(
        "statement.record", request.actor.roles
    ):
        raise NotYours
    return row


def _back(request: ActorRequest) -> str:
    """Where one came from."""
    return local(request.GET.get("next", ""))


def _form_page(
    request: ActorRequest, row: Statement, form: BaseForm, title: str, *, danger: bool = False
) -> HttpResponse:
    return form_page(
        request,
        "exchange/statement_form.html",
        form,
        _back(request),
        title=title,
        row=row,
        name=names_for(request.actor, [row.person_id]).get(row.person_id or 0, ""),
        danger=danger,
    )
