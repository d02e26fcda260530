"""The report on the screen and as a file."""

import json
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from samenhang.national_picture import actions, forms, rules
from samenhang.national_picture.rules import Figure, Window
from samenhang.organisations.middleware import ActorRequest


@require_GET
def progress(request: ActorRequest) -> HttpResponse:
    """The figures of a window, each with what it counts."""
    form, window = _window(request)
    figures = actions.make_report(window, by=request.actor)
    context = {"form": form, "rows": _rows(figures), "window": window}
    return render(request, "national_picture/progress.html", context, status=200 if form.is_valid() else 422)


@require_GET
def download(request: ActorRequest, form: str) -> HttpResponse:
    """The published figures as JSON or CSV. Exact counts stay inside."""
    period, window = _window(request)
    if form not in {"json", "csv"} or not period.is_valid():
        raise Http404
    rows = [rules.public(row) for row in _rows(actions.make_report(window, by=request.actor))]
    if form == "json":
        text, kind = json.dumps({"figures": rows}, ensure_ascii=False, indent=2), "application/json"
    else:
        text, kind = rules.as_csv(rows), "text/csv; charset=utf-8"
    answer = HttpResponse(text, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="progress-{window.until.isoformat()}.{form}"'
    return answer


def _window(request: ActorRequest) -> tuple[forms.Period, Window]:
    today = request.actor.today
    first = {"since": f"01-01-{today.year}", "until": f"{today:%d-%m-%Y}"}
    form = forms.Period({**first, **{key: request.GET[key] for key in first if key in request.GET}})
    if form.is_valid():
        return form, Window(form.cleaned_data["since"], form.cleaned_data["until"])
    return form, Window(date(today.year, 1, 1), today)


def _rows(figures: tuple[Figure, ...]) -> list[dict[str, Any]]:
    language = "nl" if get_language() == "nl" else "en"
    return [figure.to_json(language) for figure in figures]
