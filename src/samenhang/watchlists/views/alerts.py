"""Alerts of one's own organisation."""

from django import forms as django_forms
from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from samenhang.access.rules import may_do
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Fact, Label, Place
from samenhang.grounds.rules import said
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel.rules import comparing, spoken
from samenhang.watchlists import actions, forms
from samenhang.watchlists.models import Alert
from samenhang.watchlists.rules import words
from samenhang.watchlists.rules.alerts import Action, criterion_label

ON_A_PAGE = 50


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """Standing alerts, the soonest review on top, so overdue ones first."""
    actor = request.actor
    standing = Alert.objects.visible_to(actor).standing().select_related("provider")
    page = Paginator(standing.soonest_review_first(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(alert, state_of(alert, request), Action(alert.action).label) for alert in page],
        "overdue": standing.overdue(actor.today).count(),
        "may_issue": may_do("alert.issue", actor.roles),
        "sees_runs": may_do("screening.see", actor.roles),
    }
    return render(request, "watchlists/alerts.html", context)


@require_http_methods(["GET", "POST"])
def issue(request: ActorRequest) -> HttpResponse:
    """A new alert, then its page."""
    form = forms.Issue(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            made = actions.issue(form.listed(), form.request(), by=request.actor)
            notices.success(request, _("The alert stands. Passengers under way are compared with it."))
            return HttpResponseRedirect(reverse("watchlists:alert", args=[made.reference]))
    return form_page(request, "watchlists/issue.html", form, crumbs=_crumbs())


@require_safe
def alert(request: ActorRequest, reference: str) -> HttpResponse:
    """Whom it is about, on which ground, what may be done and until when."""
    return _page(request, _visible(request, reference))


@require_POST
def renew(request: ActorRequest, reference: str) -> HttpResponse:
    """Another day of review."""
    found = _visible(request, reference)
    form = forms.Renew(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.renew(found, **form.cleaned_data, by=request.actor)
            notices.success(request, _("The alert stands until its new day of review."))
            return HttpResponseRedirect(reverse("watchlists:alert", args=[reference]))
    return _page(request, found, renewing=form, status=422)


@require_POST
def lift(request: ActorRequest, reference: str) -> HttpResponse:
    """The end of the alert."""
    found = _visible(request, reference)
    form = forms.Lift(request.POST)
    if form.is_valid():
        with refusals_in(form):
            actions.lift(found, **form.cleaned_data, by=request.actor)
            notices.success(request, _("The alert was lifted. Nobody is compared with it any more."))
            return HttpResponseRedirect(reverse("watchlists:alert", args=[reference]))
    return _page(request, found, lifting=form, status=422)


def state_of(alert: Alert, request: ActorRequest) -> Label:
    if alert.lifted_at is not None:
        return Label(_("Lifted"), "neutral")
    if not_compared(alert, request) is not None:
        return Label(_("Not compared with passengers"), "warning")
    if alert.is_overdue(request.actor.today):
        return Label(_("Overdue: not compared until reviewed"), "negative")
    return Label(_("Active"), "positive")


def not_compared(alert: Alert, request: ActorRequest) -> str | None:
    """Why the law of today does not let passengers be compared with the list of this alert."""
    code = comparing.list_of(alert.provider.authority, alert.kind)
    return next((str(why) for why in comparing.refused([code], request.actor.today).values()), None)


def _visible(request: ActorRequest, reference: str) -> Alert:
    found: Alert = get_object_or_404(
        Alert.objects.visible_to(request.actor).select_related("provider"), reference=reference
    )
    return found


def _page(
    request: ActorRequest,
    alert: Alert,
    *,
    renewing: django_forms.Form | None = None,
    lifting: django_forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    own = alert.provider_id == request.actor.organisation_id and alert.lifted_at is None
    context = {
        "alert": alert,
        "state": state_of(alert, request),
        "facts": _facts(alert),
        "not_compared": not_compared(alert, request),
        "criteria": [criterion_label(code) for code in alert.criteria],
        "renewing": (renewing or forms.Renew()) if own else None,
        "lifting": (lifting or forms.Lift()) if own else None,
        "crumbs": _crumbs(),
    }
    return render(request, "watchlists/alert.html", context, status=status)


def _facts(alert: Alert) -> list[Fact]:
    return [
        Fact(_("Names"), ", ".join(alert.names)),
        Fact(_("Dates of birth"), ", ".join(map(words.day, alert.birth_dates))),
        Fact(_("Sex as in the document"), spoken.sex(alert.sex)),
        Fact(
            _("Nationalities"),
            ", ".join(spoken.country(code) for code in alert.nationalities),
            note=_(
                "Nationality is shown to tell people apart; never compared, and no reason to select anybody."
            ),
        ),
        Fact(_("Documents"), ", ".join(alert.documents)),
        Fact(_("Issued by"), alert.provider.name),
        Fact(_("Legal basis"), said(alert.legal_basis)),
        Fact(_("What may be done"), Action(alert.action).label),
        Fact(_("Whom to call"), alert.contact),
    ]


def _crumbs() -> list[Place]:
    return [Place(_("Alerts"), reverse("watchlists:alerts"))]
