"""The effort of police and service by quarter, and where a body enters its own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.language import language
from samenhang.national_picture import actions, forms
from samenhang.national_picture.rules import Figure, effort
from samenhang.organisations.middleware import ActorRequest


@require_GET
def by_quarter(request: ActorRequest) -> HttpResponse:
    """A year of quarters; ``?last=2026-3`` names the last of them."""
    latest = effort.last_ended(request.actor.today)
    last = min(effort.read_quarter(request.GET["last"]) if "last" in request.GET else latest, latest)
    quarters, lines = actions.by_quarter(last, by=request.actor)
    counts = actions.may("report.see-counts", by=request.actor)
    context = {
        "quarters": quarters,
        "lines": [
            (
                line.definition.definition[language()],
                line.definition.unit[language()],
                [
                    (quarter, _cell(figure, exact=counts or line.mine), _enter(line, quarter))
                    for quarter, figure in zip(quarters, line.figures, strict=True)
                ],
            )
            for line in lines
        ],
        "counts": counts,
        "enters": any(line.mine for line in lines),
        "earlier": last.back(actions.SHOWN),
        "later": min(last.back(-actions.SHOWN), latest) if last < latest else None,
    }
    return render(request, "national_picture/effort.html", context)


@require_http_methods(["GET", "POST"])
def enter(request: ActorRequest, key: str, quarter: str) -> HttpResponse:
    """A number of one's own body for one quarter; what stands there stays and is followed by this one."""
    definition = actions.own(key, by=request.actor)
    when = effort.read_quarter(quarter)
    before = actions.entries(definition, when, by=request.actor)
    form = forms.Effort(request.POST or None, corrects=before[0].pk if before else None)
    back = f"{reverse('national_picture:effort')}?last={min(when, effort.last_ended(request.actor.today))}"
    if form.is_valid():
        with refusals_in(form):
            actions.enter(key, when, form.told(), follows=form.follows(), by=request.actor)
            messages.success(request, _("Entered. It stands in the report with its source."))
            return HttpResponseRedirect(back)
    return form_page(
        request,
        "national_picture/effort_enter.html",
        form,
        back,
        about=definition.definition[language()],
        unit=definition.unit[language()],
        quarter=when.label,
        before=before,
    )


def _cell(figure: Figure, *, exact: bool) -> dict[str, Any]:
    """As published, the exact number beside it where that is withheld, and its source where entered."""
    return {
        "value": figure.printed(language()),
        "counted": figure.counted if exact and figure.releasable else None,
        "source": (figure.source or {}).get(language(), ""),
    }


def _enter(line: actions.Line, quarter: effort.Quarter) -> str:
    return reverse("national_picture:enter", args=[line.definition.key, str(quarter)]) if line.mine else ""
