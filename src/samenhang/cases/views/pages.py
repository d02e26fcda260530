"""The page of a case, and a form about it: where every view on a case comes from and goes back to."""

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from samenhang.cases.models import Case
from samenhang.foundation.form_rendering import form_page
from samenhang.organisations.middleware import ActorRequest


def to_page(case: Case) -> HttpResponse:
    return HttpResponseRedirect(reverse("cases:case", args=[case.reference]))


def case_form(
    request: ActorRequest, template: str, case: Case, form: BaseForm, **extra: object
) -> HttpResponse:
    """A page with a form about a case, which one leaves for the case."""
    back = reverse("cases:case", args=[case.reference])
    return form_page(request, template, form, back, case=case, **extra)
