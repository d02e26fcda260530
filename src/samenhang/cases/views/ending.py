"""The case's end: reviews, and closing."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.cases import actions, forms
from samenhang.cases.models import Case, Review
from samenhang.cases.rules import Status
from samenhang.cases.views.casework import form_page, to_page
from samenhang.foundation.errors import Refused
from samenhang.organisations.middleware import ActorRequest


@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, reference: str) -> HttpResponse:
    """Say why the case stays and until when, or propose to close it."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    form = forms.Review(request.POST or None)
    if form.is_valid():
        try:
            case = actions.review(case, form.reviewed(), by=request.actor).case
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _told(case))
            return to_page(case)
    before = Review.objects.visible_to(request.actor).of(case).first()
    return form_page(request, "cases/case_review.html", case, form, before=before)


def _told(case: Case) -> str:
    if case.status == Status.OPEN:
        return _("The case stays. It is reviewed again on %s at the latest.") % date_format(case.review_on)
    return _("The case is proposed for closing. Nothing new is done until that is decided.")


@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, reference: str) -> HttpResponse:
    """Close the case for everyone who sits at it."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        try:
            closed = actions.close(case, reason=form.cleaned_data["reason"], by=request.actor)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            assert closed.destroy_on is not None
            told = _("Case %(case)s is closed and shielded. It is destroyed on %(day)s at the latest.")
            messages.success(
                request, told % {"case": closed.reference, "day": date_format(closed.destroy_on)}
            )
            return HttpResponseRedirect(reverse("cases:cases"))
    return form_page(request, "cases/case_close.html", case, form)
