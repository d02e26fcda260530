"""Screening runs, and the threshold of each list. Counts and versions; of nobody a record."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from samenhang.access import policy
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Fact, Label, Place
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.watchlists import actions, forms
from samenhang.watchlists.models import Hit, HitTally, ListThreshold, ScreeningRun
from samenhang.watchlists.rules.quality import Month, Share, What
from samenhang.watchlists.rules.thresholds import DEFAULT, Expected, Forecast, Traffic

ON_A_PAGE = 50
# Of the quality of a list, two years.
MONTHS = 24


@require_safe
def runs(request: ActorRequest) -> HttpResponse:
    """The lists that passengers are compared with, and every run, the latest on top."""
    policy.require_function(request.actor, "screening.see")
    page = Paginator(ScreeningRun.objects.latest_first(), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(run, _lists(run), _took(run)) for run in page],
        "lists": [(one, bits(one.level.bits)) for one in actions.lists_today(by=request.actor)],
    }
    return render(request, "watchlists/runs.html", context)


@require_safe
def one_list(request: ActorRequest, issuer: str) -> HttpResponse:
    """The alerts of one issuer as a list: from which resemblance they become hits, and who said so."""
    found = _list(request, issuer)
    settings = ListThreshold.objects.filter(issuer=found.issuer).select_related("set_by__organisation")
    context = {
        "issuer": found.issuer,
        "facts": [
            Fact(_("Alerts compared today"), found.alerts),
            Fact(
                _("Threshold"),
                bits(found.level.bits),
                note="" if found.level.setting else _("The default: nobody chose another."),
            ),
        ],
        "months": [_month(month) for month in HitTally.objects.months_of(found.issuer)[:MONTHS]],
        "settings": [(row, bits(row.before), bits(row.threshold), _expected(row.shown)) for row in settings],
        "may_set": actions.may_set(by=request.actor),
        "crumbs": [_all_runs()],
    }
    return render(request, "watchlists/list.html", context)


@require_http_methods(["GET", "POST"])
def threshold(request: ActorRequest, issuer: str) -> HttpResponse:
    """What each threshold would bring; then, with a reason, another one."""
    found = _list(request, issuer)
    forecast, traffic = actions.expect(found.issuer, by=request.actor)
    confirmed = Hit.objects.visible_to(request.actor).confirmed().filter(issuer=found.issuer)
    strengths = list(confirmed.order_by().values_list("resemblance", flat=True))
    labels = [(row.bits, f"{bits(row.bits)}: {amount(row, traffic.usual)}") for row in forecast.rows]
    form = forms.Threshold(labels, request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form):
            actions.set_threshold(found.issuer, typed["threshold"], reason=typed["reason"], by=request.actor)
            notices.success(request, _("The threshold holds from the next run on. What is queued stays."))
            return HttpResponseRedirect(reverse("watchlists:list", args=[issuer]))
    return form_page(
        request,
        "watchlists/threshold.html",
        form,
        issuer=found.issuer,
        rows=_candidates(found, forecast, traffic, strengths),
        forecast=forecast,
        sample=forecast.rows[0].sample,
        traffic=traffic,
        confirmed=len(strengths),
        crumbs=[Place(list_name(found.issuer), reverse("watchlists:list", args=[issuer]))],
    )


def bits(value: float) -> str:
    """A threshold as it is written: 4.5 bits."""
    return _("%s bits") % number_format(value, 1)


def amount(row: Expected, passengers: int) -> str:
    """False hits among so many passengers, in words that keep what is not known."""
    return _about(row.a_day(passengers), row.at_most(passengers))


def _about(a_day: float, at_most: float) -> str:
    if not a_day:
        return _("at most %s") % _rate(at_most)
    return _("about %(about)s, at most %(most)s") % {"about": _rate(a_day), "most": _rate(at_most)}


def _expected(shown: dict[str, Any]) -> str:
    """What whoever set a threshold was told."""
    passengers = shown["passengers"]
    told = ngettext("%d passenger a day", "%d passengers a day", passengers) % passengers
    return f"{_about(shown['a_day'], shown['at_most'])} ({told})"


def _rate(a_day: float) -> str:
    """3 a day; .3 a day; one in 30 days."""
    if a_day < 0.1:
        days = round(1 / a_day)
        return ngettext("one in %d day", "one in %d days", days) % days
    return _("%s a day") % number_format(a_day, 1 if a_day < 10 else 0)


def list_name(issuer: Organisation) -> str:
    return _("Alerts of %s") % issuer.name


def _candidates(
    found: actions.ListToday, forecast: Forecast, traffic: Traffic, strengths: list[float]
) -> list[tuple[str, Label | None, str, str, int]]:
    """For each candidate what it would bring, and how many confirmed hits it would not have found."""
    marks = {DEFAULT.bits: Label(_("Default"), "neutral"), found.level.bits: Label(_("Holds now"), "info")}
    return [
        (
            bits(row.bits),
            marks.get(row.bits),
            amount(row, traffic.usual),
            amount(row, traffic.busiest),
            sum(strength < row.bits for strength in strengths),
        )
        for row in forecast.rows
    ]


def _list(request: ActorRequest, reference: str) -> actions.ListToday:
    """Raises NotYours, so that who may not see lists is told the same of every reference."""
    lists = actions.lists_today(by=request.actor)
    found = next((one for one in lists if one.issuer.reference == reference), None)
    if found is None:
        raise Http404
    return found


def _all_runs() -> Place:
    return Place(_("Screening"), reverse("watchlists:runs"))


def _lists(run: ScreeningRun) -> list[str]:
    """What the run did with each list, in a line."""
    return [
        _("%(name)s: %(alerts)s, from %(bits)s")
        % {
            "name": one["name"],
            "alerts": ngettext("%d alert", "%d alerts", one["alerts"]) % one["alerts"],
            "bits": bits(one["threshold"]),
        }
        for one in run.lists
    ]


def _took(run: ScreeningRun) -> str:
    return "" if run.took_ms is None else f"{number_format(round(run.took_ms / 1_000, 2), 2)} s"


@dataclass(frozen=True)
class _MonthRow:
    """One month as it is shown. precision, waited: in words; drawn: low, share and high in per mille."""

    first: date
    found: int
    judged: int
    confirmed: int
    no_match: int
    undecided: int
    reopened: int
    precision: str
    drawn: tuple[int, int, int] | None
    waited: str

    @property
    def length(self) -> int:
        """Of the line, in per mille."""
        return self.drawn[2] - self.drawn[0] if self.drawn else 0

    @property
    def mark(self) -> int:
        """Where the mark begins, so that it stays inside."""
        return min(max(self.drawn[1] - 6, 0), 988) if self.drawn else 0


def _month(month: Month) -> _MonthRow:
    counts, share = month.counts, month.precision
    return _MonthRow(
        first=month.first,
        found=counts[What.FOUND],
        judged=counts[What.FIRST],
        confirmed=counts[What.CONFIRMED],
        no_match=counts[What.NO_MATCH],
        undecided=counts[What.UNDECIDED],
        reopened=counts[What.REOPENED],
        precision=_("%(share)d %% (%(low)d–%(high)d %%)") % _percent(share) if share else "–",
        drawn=(round(share.low * 1000), round(share.value * 1000), round(share.high * 1000))
        if share
        else None,
        waited=_within(month.median_wait),
    )


def _percent(share: Share) -> dict[str, int]:
    return {"share": round(share.value * 100), "low": round(share.low * 100), "high": round(share.high * 100)}


def _within(minutes: int | None) -> str:
    """A bound of waiting in the largest whole unit."""
    if minutes is None:
        return "–"
    if minutes < 60:
        return ngettext("%d minute", "%d minutes", minutes) % minutes
    if minutes < 1_440:
        return ngettext("%d hour", "%d hours", minutes // 60) % (minutes // 60)
    return ngettext("%d day", "%d days", minutes // 1_440) % (minutes // 1_440)
