"""The report on the screen and as a file, and the release of what is small."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenhang.cases.rules import Regime, regime_on
from samenhang.cases.rules.opinions import ELSEWHERE
from samenhang.criteria.rules.matches import What as OfMatches
from samenhang.exchange.models import Reconsideration
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.language import language
from samenhang.foundation.small import told
from samenhang.grounds.rules import authority_label
from samenhang.national_picture import actions, files, forms
from samenhang.national_picture.rules import Asked, Figure, Report
from samenhang.national_picture.rules.precision import printed
from samenhang.national_picture.rules.regions import Compared
from samenhang.national_picture.rules.windows import so_far
from samenhang.organisations.confirmation import ask_again
from samenhang.organisations.middleware import ActorRequest
from samenhang.programme.models import Commitment
from samenhang.watchlists.rules.quality import What

# The years before the letter of 2014 are in no installation.
FIRST_YEAR = 2014


@require_GET
def progress(request: ActorRequest) -> HttpResponse:
    """The figures of the report for a last day, by chapter, each with what it counts."""
    form, asked = _asked(request)
    report = actions.make_report(asked, by=request.actor)
    published = actions.publications(by=request.actor)
    sees = actions.may("report.see-counts", by=request.actor)
    releases = actions.may("report.release", by=request.actor)
    duties = Reconsideration.objects.visible_to(request.actor).of([row.reference for row in published])
    fallen = set(duties.open().values_list("thing", flat=True))
    context = {
        "form": form,
        "report": report,
        "asked": asked,
        "travel_year": request.actor.today.year,
        "weighs": regime_on(request.actor.today) == Regime.ACT,
        "title": report.edition.title[language()],
        "about": report.edition.about[language()],
        "chapters": _chapters(report, exact=releases),
        "forms": list(files.FORMS),
        "counts": sees,
        "releases": releases,
        "published": published,
        "fallen": fallen,
        "trusts": actions.may("report.trust-key", by=request.actor),
        "promised": [(row, row.label(asked.until)) for row in Commitment.objects.until(asked.until)],
    }
    return render(request, "national_picture/progress.html", context, status=200 if form.is_valid() else 422)


@require_GET
def download(request: ActorRequest, form: str) -> HttpResponse:
    """The published figures as a file. Exact counts stay inside."""
    period, asked = _asked(request)
    if form not in files.FORMS or not period.is_valid():
        raise Http404
    report = actions.make_report(asked, by=request.actor)
    making = files.Making(language(), request.actor.now, demonstration=request.actor.simulated)
    return _file(files.told(report, making), form, f"progress-{asked.until.isoformat()}")


@require_GET
def published(request: ActorRequest, publication: str, form: str) -> HttpResponse:
    """A report as it was published, in the reader's language."""
    if form not in files.FORMS:
        raise Http404
    row = actions.find_publication(publication, by=request.actor)
    return _file(row.in_language(language()), form, f"{row.reference}-{row.until.isoformat()}")


@require_GET
def travel_year(request: ActorRequest, year: int) -> HttpResponse:
    """The numbers of one year on travel data, for the ministry."""
    this_year = request.actor.today.year
    if not FIRST_YEAR <= year <= this_year:
        raise Http404
    numbers = actions.travel_year(year, by=request.actor)
    context = {
        "told": numbers,
        "chapters": _travel_chapters(numbers),
        "earlier": year - 1 if year > FIRST_YEAR else None,
        "later": year + 1 if year < this_year else None,
    }
    return render(request, "national_picture/travel_year.html", context)


@require_GET
def weighings(request: ActorRequest) -> HttpResponse:
    """What each municipality decides of signals, beside the country: unequal use of equal criteria."""
    rows = [(row, _decided(row), _elsewhere(row)) for row in actions.compare_regions(by=request.actor)]
    return render(request, "national_picture/weighings.html", {"rows": rows, "elsewhere": ELSEWHERE})


def _elsewhere(row: Compared) -> list[tuple[str, str]]:
    """For each outcome elsewhere: the number as it may be read, and how far it is from the country."""
    cells = []
    for outcome in ELSEWHERE:
        by = row.far_elsewhere.get(outcome, 0.0)
        far = _("Far more often") if by > 0 else _("Far less often") if by < 0 else ""
        cells.append((printed(row.shown[outcome], language()), far))
    return cells


def _decided(row: Compared) -> tuple[str, str]:
    """How many were weighed and taken up, as they may be read."""
    decided, taken_up = row.shown_decided
    return printed(decided, language()), printed(taken_up, language())


def _travel_chapters(told: actions.TravelYear) -> list[tuple[str, list[tuple[str, int]]]]:
    given = [(authority_label(code), number) for code, number in sorted(told.given.items())]
    return [
        (
            _("Collected"),
            [
                (_("Passengers whose data were collected"), told.collected),
                (_("Of whom in passenger lists (API)"), told.in_lists),
                (_("Of whom in bookings (PNR)"), told.in_bookings),
                (_("Messages"), told.messages),
                (_("People on flights within the EU that no decision lets in"), told.turned_away),
            ],
        ),
        (
            _("Identified for further examination"),
            [
                (_("Passengers identified for further examination"), told.identified),
            ],
        ),
        (
            _("Hits of lists"),
            [(str(What(what).label), number) for what, number in told.hits.items()],
        ),
        (
            _("Matches of rules"),
            [(str(what.label), told.matches.get(what, 0)) for what in OfMatches],
        ),
        (
            _("Subsequent use: passengers passed on to"),
            [*given, (_("Passengers whose data were passed on, each counted once"), told.exchanged)],
        ),
        (
            _("Masked passengers"),
            [
                (_("Requests to unmask"), told.unmaskings_asked),
                (_("Approved"), told.unmaskings_approved),
                (_("Found not in order by the data-protection officer"), told.not_in_order),
            ],
        ),
    ]


@require_http_methods(["GET", "POST"])
def publish(request: ActorRequest) -> HttpResponse:
    """The official sees what would leave, and publishes it."""
    period, asked = _asked(request)
    if not period.is_valid():
        raise Http404
    form = forms.Why(request.POST or None)
    report = actions.report_to_publish(asked, by=request.actor)
    if form.is_valid():
        with refusals_in(form):
            actions.publish(asked, **form.cleaned_data, by=request.actor)
            messages.success(request, _("The report is published. It stays as it is now."))
            return HttpResponseRedirect(_back(asked))
    held = [figure.definition.definition[language()] for figure in report.figures if figure.releasable]
    return form_page(
        request,
        "national_picture/publish.html",
        form,
        _back(asked),
        held=held,
        title=_("Publish this report"),
        about=report.edition.title[language()],
        until=asked.until,
        button=_("Publish this report"),
    )


@require_http_methods(["GET", "POST"])
def sources(request: ActorRequest) -> HttpResponse:
    """The keys with which organisations sign the figures that they deliver."""
    keys = actions.source_keys(by=request.actor)
    form = forms.Key(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.propose_key(**form.cleaned_data, by=request.actor)
            messages.success(request, _("The key waits for a second person."))
            return HttpResponseRedirect(reverse("national_picture:sources"))
    return form_page(request, "national_picture/sources.html", form, keys=keys, me=request.actor.user)


@require_POST
def confirm_source(request: ActorRequest, key: str) -> HttpResponse:
    """A second person trusts the key as well."""
    row = actions.find_key(key, by=request.actor)
    try:
        actions.confirm_key(row, by=request.actor)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The key is trusted from now on."))
    return HttpResponseRedirect(reverse("national_picture:sources"))


@require_http_methods(["GET", "POST"])
def end_source(request: ActorRequest, key: str) -> HttpResponse:
    """The key is trusted no longer."""
    row = actions.find_key(key, by=request.actor)
    form = forms.Why(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.end_key(row, **form.cleaned_data, by=request.actor)
            messages.success(request, _("The key is trusted no longer."))
            return HttpResponseRedirect(reverse("national_picture:sources"))
    return form_page(
        request,
        "national_picture/end_source.html",
        form,
        reverse("national_picture:sources"),
        key=row,
        title=_("Trust a key no longer"),
        button=_("Trust it no longer"),
    )


@require_http_methods(["GET", "POST"])
def release(request: ActorRequest, key: str) -> HttpResponse:
    """A named official lets one small total leave."""
    period, asked = _asked(request)
    if not period.is_valid():
        raise Http404
    figure = actions.figure_to_release(key, asked, by=request.actor)
    if asked_again := ask_again(request):
        return asked_again
    form = forms.Because(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.release(key, asked, **form.cleaned_data, by=request.actor)
            messages.success(request, _("The total is released for this window."))
            return HttpResponseRedirect(_back(asked, key))
    return form_page(
        request,
        "national_picture/release.html",
        form,
        _back(asked, key),
        line=_line(figure),
        title=_("Release a small total"),
        button=_("Release this total"),
    )


@require_http_methods(["GET", "POST"])
def revoke(request: ActorRequest, released: str) -> HttpResponse:
    """The total is held back again."""
    row = actions.find_release(released, by=request.actor)
    asked = Asked(row.until)
    form = forms.Because(request.POST or None)
    if form.is_valid():
        actions.revoke(row, **form.cleaned_data, by=request.actor)
        messages.success(request, _("The release is taken back."))
        return HttpResponseRedirect(_back(asked, row.key))
    figure = actions.figure_to_release(row.key, asked, by=request.actor)
    return form_page(
        request,
        "national_picture/release.html",
        form,
        _back(asked, row.key),
        line=_line(figure),
        title=_("Take a release back"),
        button=_("Take it back"),
    )


def _asked(request: ActorRequest) -> tuple[forms.Period, Asked]:
    """The days in the address; today when none are named."""
    usual = so_far(request.actor.today)
    named = {key: request.GET[key] for key in ("since", "until") if key in request.GET}
    if not named and usual.since:
        named["since"] = f"{usual.since:%d-%m-%Y}"
    form = forms.Period({"until": f"{usual.until:%d-%m-%Y}", **named})
    if not form.is_valid():
        return form, usual
    asked = Asked(form.cleaned_data["until"], form.cleaned_data["since"])
    # Shown as the reader writes days, however the address had them.
    typed = {"until": f"{asked.until:%d-%m-%Y}", "since": f"{asked.since:%d-%m-%Y}" if asked.since else ""}
    shown = forms.Period(typed)
    shown.is_valid()
    return shown, asked


def _chapters(report: Report, *, exact: bool) -> list[dict[str, Any]]:
    return [
        {
            "title": chapter.heading(language()),
            "lines": [
                _line(f, exact=exact) for f in report.figures if f.definition.chapter == chapter.number
            ],
        }
        for chapter in report.edition.chapters
    ]


def _line(figure: Figure, *, exact: bool = True) -> dict[str, Any]:
    """As printed, with the figure itself and what was counted: for a page, never for a file.

    exact: also a small number, for who decides whether it may leave. A list says something of each in it.
    """
    counted = figure.counted
    shown: object = counted
    if isinstance(counted, tuple):
        shown = ", ".join(map(str, counted)) if exact else told(len(counted))
    elif counted is not None and not exact:
        shown = told(counted)
    return {**files.line(figure, language()), "figure": figure, "counted": shown}


def _file(told: files.Told, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(files.make(told, form), content_type=files.FORMS[form][0])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _back(asked: Asked, key: str = "") -> str:
    since = f"&since={asked.since.isoformat()}" if asked.since else ""
    place = f"#{key}" if key else ""
    return f"{reverse('national_picture:progress')}?until={asked.until.isoformat()}{since}{place}"
