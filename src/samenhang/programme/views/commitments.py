"""The register of commitments: everybody who signed in reads it, the ministry and the coordinator keep it."""

from collections.abc import Callable, Iterator
from datetime import date

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.language import language
from samenhang.foundation.page import Event, Fact
from samenhang.foundation.spreadsheets import as_csv
from samenhang.organisations.middleware import ActorRequest
from samenhang.programme import actions, forms
from samenhang.programme.models import Commitment, CommitmentQuerySet, CommitmentStep
from samenhang.programme.rules import NEXT, Office, Read, State
from samenhang.programme.rules.portals import Country, portals_on

COLUMNS = (
    *("reference", "made_by", "made_to", "what", "made_on", "document", "place", "read", "term", "due_on"),
    *("state", "ended_on", "ended_by_document", "ended_place", "ended_read", "reason"),
)


@require_GET
def commitments(request: ActorRequest) -> HttpResponse:
    """The register: late first, then what is due, then what is over. ``?state=`` keeps one of them."""
    today, form = request.actor.today, forms.Which(request.GET)
    chosen = form.cleaned_data["state"] if form.is_valid() else ""
    rows = _in_state(Commitment.objects.most_pressing_first(), chosen, today)
    context = {
        "rows": [(row, row.label(today)) for row in rows.select_related("answers")],
        "form": form,
        "may": actions.may_keep(by=request.actor),
    }
    return render(request, "programme/commitments.html", context)


@require_GET
def as_file(request: ActorRequest) -> HttpResponse:
    """The whole register as CSV, every cell quoted and none a formula."""
    rows = Commitment.objects.most_pressing_first().prefetch_related("steps")
    answer = HttpResponse(as_csv([COLUMNS, *map(_cells, rows)]), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="commitments-{request.actor.today}.csv"'
    return answer


def _cells(row: Commitment) -> Iterator[object]:
    """The row as one line, with what ended it."""
    yield from (row.reference, row.made_by, row.made_to, row.what, row.made_on, row.document, row.place)
    yield from (row.read, row.term, row.due_on, row.state, row.ended_on)
    last = max((step for step in row.steps.all() if step.event == row.state), key=_at, default=None)
    yield from (last.document, last.place, last.read, last.reason) if last else ("",) * 4


def _at(step: CommitmentStep) -> int:
    return step.pk


@require_GET
def commitment(request: ActorRequest, promise: str) -> HttpResponse:
    """One commitment and its story."""
    row = get_object_or_404(Commitment.objects.select_related("answers__organisation"), reference=promise)
    steps = row.steps.newest_first().select_related("by__organisation", "answers")
    may = actions.may_keep(by=request.actor)
    context = {
        "row": row,
        "label": row.label(request.actor.today),
        "facts": _facts(row),
        "events": [_told(step) for step in steps],
        "may_end": may and row.state == State.OPEN,
        "may_reopen": may and State.OPEN in NEXT[State(row.state)],
    }
    return render(request, "programme/commitment.html", context)


@require_http_methods(["GET", "POST"])
def note(request: ActorRequest) -> HttpResponse:
    """Write down what was promised."""
    actions.require(by=request.actor)
    form = forms.Note(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.note(form.promise(), by=request.actor)
            messages.success(request, _("The commitment is noted. You answer for it."))
            return HttpResponseRedirect(reverse("programme:commitments"))
    return _step_page(request, form, _("Note a commitment"), reverse("programme:commitments"))


@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, promise: str) -> HttpResponse:
    """It is kept, or over."""
    row, form = _own(request, promise), forms.End(request.POST or None)

    def deed() -> None:
        wanted, paper = form.closing()
        actions.end(row, wanted, paper=paper, reason=form.cleaned_data["reason"], by=request.actor)

    return _changed(request, row, form, deed, _("Record what became of it"))


@require_http_methods(["GET", "POST"])
def new_day(request: ActorRequest, promise: str) -> HttpResponse:
    """Another last day."""
    row, form = _own(request, promise), forms.NewDay(request.POST or None)

    def deed() -> None:
        told = form.cleaned_data
        office = Office(told["promised_by"])
        actions.set_day(row, told["due_on"], promised_by=office, reason=told["reason"], by=request.actor)

    return _changed(request, row, form, deed, _("Set another last day"))


@require_http_methods(["GET", "POST"])
def reopen(request: ActorRequest, promise: str) -> HttpResponse:
    """The document did not keep it after all."""
    row, form = _own(request, promise), forms.Reopen(request.POST or None)
    return _changed(
        request,
        row,
        form,
        lambda: actions.reopen(row, reason=form.cleaned_data["reason"], by=request.actor),
        _("Open it again"),
    )


@require_http_methods(["GET", "POST"])
def pass_on(request: ActorRequest, promise: str) -> HttpResponse:
    """A colleague answers for it."""
    row, colleagues = _own(request, promise), actions.keepers(by=request.actor)
    names = {key: user.name for key, user in colleagues.items() if key != row.answers_id}
    form = forms.PassOn(request.POST or None, names)
    return _changed(
        request,
        row,
        form,
        lambda: actions.pass_on(row, **form.cleaned_data, by=request.actor),
        _("Let a colleague answer for it"),
    )


@require_GET
def portals(request: ActorRequest) -> HttpResponse:
    """What each country built to receive travel data, as far as was known on this day."""
    spoken = language()
    rows = sorted((one.name[spoken], _known(one, spoken)) for one in portals_on(request.actor.today))
    return render(request, "programme/portals.html", {"rows": rows})


def _known(country: Country, spoken: str) -> list[list[tuple[str, str, date, str]]]:
    """For each column what is known: text, source, day, and the mark in words unless read in the source."""
    return [
        [
            (fact.text[spoken], fact.source, fact.known_on, _mark(fact.read))
            for fact in country.facts
            if fact.about in column
        ]
        for column in (("portal", "grant"), ("law",), ("unit",))
    ]


def _mark(read: str) -> str:
    return "" if read == Read.IN_SOURCE else str(Read(read).label)


def _in_state(found: CommitmentQuerySet, chosen: str, today: date) -> CommitmentQuerySet:
    if chosen == forms.LATE:
        return found.late(today)
    return found.filter(state=chosen) if chosen else found


def _own(request: ActorRequest, promise: str) -> Commitment:
    """For who keeps the register. Raises NotYours, Http404."""
    actions.require(by=request.actor)
    return get_object_or_404(Commitment, reference=promise)


def _changed(
    request: ActorRequest, row: Commitment, form: django_forms.Form, deed: Callable[[], object], title: str
) -> HttpResponse:
    back = reverse("programme:commitment", args=[row.reference])
    if form.is_valid():
        with refusals_in(form):
            deed()
            messages.success(request, _("It is written down, with your reason."))
            return HttpResponseRedirect(back)
    return _step_page(request, form, title, back, row)


def _step_page(
    request: ActorRequest, form: django_forms.Form, title: str, back: str, row: Commitment | None = None
) -> HttpResponse:
    return form_page(request, "programme/step.html", form, back, title=title, row=row)


def _facts(row: Commitment) -> list[Fact]:
    return [
        Fact(_("Promised by"), row.office),
        Fact(_("Promised to"), row.get_made_to_display()),
        Fact(_("Promised on"), row.made_on),
        Fact(_("Document"), _place(row.document, row.place), note=row.get_read_display()),
        Fact(_("When, as it was said"), row.term or _("Not said")),
        Fact(_("Last day"), row.due_on or _("None")),
        Fact(_("Who answers for it"), f"{row.answers.name}, {row.answers.organisation}"),
    ]


def _told(step: CommitmentStep) -> Event:
    """One line of the story in words."""
    said = []
    if step.due_on:
        said.append(_("Last day: %s.") % step.due_on.strftime("%d-%m-%Y"))
    if step.promised_by:
        said.append(_("Promised by: %s.") % step.get_promised_by_display())
    if step.answers:
        said.append(_("Who answers for it: %s.") % step.answers.name)
    if step.document:
        paper = _place(step.document, step.place)
        said.append(f"{paper}, {step.dated_on:%d-%m-%Y} ({step.get_read_display()}).")
    detail = " ".join([*said, step.reason]).strip()
    return Event(step.at, step.get_event_display(), f"{step.by.name}, {step.by.organisation}", detail)


def _place(document: str, place: str) -> str:
    return f"{document}, {place}" if place else document
