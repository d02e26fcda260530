"""The case's end: reviews, closing, and what oversight may still see of it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access import policy
from samenhang.cases import actions, forms
from samenhang.cases.models import Case, Certificate, Hold, Review
from samenhang.cases.rules import Regime, Status
from samenhang.cases.rules.ending import Ground, Outcome, outcomes_by_covenant
from samenhang.cases.views.pages import case_form, to_page
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import is_child

MOST_SHOWN = 100


@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, reference: str) -> HttpResponse:
    """Say why the case stays and until when, or propose to close it."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    child = is_child(case.person_id, request.actor.today)
    form = forms.Review(request.POST or None, by_covenant=case.regime == Regime.COVENANT, child=child)
    if form.is_valid():
        with refusals_in(form):
            case = actions.review(case, form.reviewed(), by=request.actor).case
            messages.success(request, _told(case))
            return to_page(case)
    before = Review.objects.visible_to(request.actor).of(case).first()
    return case_form(request, "cases/case_review.html", case, form, before=before)


def _told(case: Case) -> str:
    if case.status == Status.SUSPENDED:
        return _("The case rests. It is reviewed again on %s at the latest.") % date_format(case.review_on)
    if case.status == Status.OPEN:
        return _("The case stays. It is reviewed again on %s at the latest.") % date_format(case.review_on)
    return _("The case is proposed for closing. Nothing new is done until that is decided.")


@require_http_methods(["GET", "POST"])
def close(request: ActorRequest, reference: str) -> HttpResponse:
    """Close the case for everyone who sits at it."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    form = forms.Close(request.POST or None)
    if case.regime == Regime.COVENANT:
        form.fields["outcome"].choices = outcomes_by_covenant()  # type: ignore[attr-defined]
    if form.is_valid():
        said = form.cleaned_data
        with refusals_in(form):
            closed = actions.close(
                case, outcome=Outcome(said["outcome"]), reason=said["reason"], by=request.actor
            )
            assert closed.destroy_on is not None
            told = _("Case %(case)s is closed and shielded. It is destroyed on %(day)s at the latest.")
            messages.success(
                request, told % {"case": closed.reference, "day": date_format(closed.destroy_on)}
            )
            return HttpResponseRedirect(reverse("cases:cases"))
    return case_form(request, "cases/case_close.html", case, form)


@require_http_methods(["GET", "POST"])
def oversight(request: ActorRequest) -> HttpResponse:
    """For who oversees: look into one case, see which may be looked into, and what was destroyed."""
    policy.require_function(request.actor, "case.look-into")
    form = forms.LookInto(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_in(form):
            case = actions.look_into(
                said["reference"], Ground(said["ground"]), reason=said["reason"], by=request.actor
            )
            return to_page(case)
    return form_page(
        request,
        "cases/oversight.html",
        form,
        cases=Case.objects.visible_to(request.actor).order_by("-opened_at", "-pk"),
        certificates=Certificate.objects.of_region(_region(request.actor)).latest_first()[:MOST_SHOWN],
    )


@require_http_methods(["GET", "POST"])
def hold(request: ActorRequest, reference: str) -> HttpResponse:
    """Postpone the destruction of a case."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    form = forms.Hold(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_in(form):
            actions.hold(case, Ground(said["ground"]), reason=said["reason"], by=request.actor)
            messages.success(request, _("The case is kept until somebody lifts this."))
            return to_page(case)
    return case_form(request, "cases/case_hold.html", case, form)


@require_http_methods(["GET", "POST"])
def lift(request: ActorRequest, reference: str) -> HttpResponse:
    """End a hold."""
    held = get_object_or_404(Hold.objects.visible_to(request.actor), reference=reference)
    case = get_object_or_404(Case.objects.visible_to(request.actor), pk=held.case_id)
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.lift_hold(held, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("The hold is lifted. What is past its day is destroyed now."))
            return to_page(case)
    return case_form(request, "cases/case_lift.html", case, form, held=held)


def _region(actor: Actor) -> str:
    return Organisation.objects.get(pk=actor.organisation_id).region
