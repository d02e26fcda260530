"""The page of a case, and a form about it: where every view on a case comes from and goes back to."""

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from samenhang.cases.models import Case
from samenhang.organisations.middleware import ActorRequest


def to_page(case: Case) -> HttpResponse:
    return HttpResponseRedirect(reverse("cases:case", args=[case.reference]))


def form_page(
    request: ActorRequest, template: str, case: Case, form: BaseForm, **extra: object
) -> HttpResponse:
    back = reverse("cases:case", args=[case.reference])
    status = 422 if form.is_bound else 200
    return render(request, template, {"case": case, "form": form, "back": back, **extra}, status=status)
