"""Criminal cases on the screen: the list, one case at a glance, and the form for each step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access.rules import may_do
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.paging import page_of
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person, names_for
from samenhang.prosecution import actions, forms
from samenhang.prosecution.models import CriminalCase, Evidence, Offence, SuspectedRole
from samenhang.prosecution.rules import course
from samenhang.prosecution.rules.course import PURPOSES, Outcome, Stage
from samenhang.prosecution.rules.evidence import checklist

ON_A_PAGE = 50


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Those that run, the latest first; with ``?ended=1`` those that ended and are not destroyed yet."""
    ended = "ended" in request.GET
    rows = CriminalCase.objects.visible_to(request.actor).latest_first()
    rows = rows.filter(stage=Stage.CLOSED) if ended else rows.running()
    page = page_of(rows, request, ON_A_PAGE)
    names = names_for(request.actor, [row.person_id for row in page.rows])
    suspected = _roles(page.rows, request.actor)
    shown = [(row, names.get(row.person_id, row.reference), suspected.get(row.pk, "")) for row in page.rows]
    return render(request, "prosecution/cases.html", {"rows": shown, "page": page, "ended": ended})


@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, reference: str) -> HttpResponse:
    """Write down that a criminal case runs about this person."""
    person = get_object_or_404(Person.objects.visible_to(request.actor), reference=reference)
    if not may_do("criminal-case.open", request.actor.roles) or request.actor.purpose not in PURPOSES:
        raise Http404
    form = forms.Open(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            made = actions.open_case(person, **form.cleaned_data, by=request.actor)
            messages.success(request, _("Written down. Police and prosecution alone can see it."))
            return _to(made)
    return form_page(
        request,
        "prosecution/form.html",
        form,
        title=_("Write down a criminal case"),
        about=person.display_for(request.actor),
        help=_("That it runs, and how far it is: nothing else of it stands here. Nobody else learns of it."),
    )


@require_GET
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One case: how far it is, its offences, and at a glance what proof is missing."""
    row = get_object_or_404(CriminalCase.objects.visible_to(request.actor), reference=reference)
    offences = list(Offence.objects.visible_to(request.actor).of(row))
    pieces = list(Evidence.objects.visible_to(request.actor).of(offences))
    shown = {
        "case": row,
        "name": name_of(row, request.actor),
        "reporter": Organisation.objects.get(pk=row.provider_id),
        "roles": _roles([row], request.actor).get(row.pk, ""),
        "offences": [
            (one, checklist(one.law, [each for each in pieces if each.offence_id == one.pk]))
            for one in offences
        ],
        "steps": [one for one in STEPS.values() if one.is_open(row, request.actor)],
        "proves": row.runs and may_do("criminal-case.prove", request.actor.roles),
        "late": row.runs and row.review_on < request.actor.today,
        "lapses_on": row.review_on + course.LAPSES_AFTER,
        "shared": row.category == "police-data",
        "proof_went": row.outcome in course.PROOF_GOES,
    }
    return render(request, "prosecution/case.html", shown)


@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, reference: str, step: str) -> HttpResponse:
    """The form of one step."""
    row = get_object_or_404(CriminalCase.objects.visible_to(request.actor), reference=reference)
    wanted = STEPS.get(step)
    if wanted is None or not wanted.is_open(row, request.actor):
        raise Http404
    form = wanted.form(request.POST or None, **wanted.options(row, request.actor))
    if form.is_valid():
        with refusals_in(form):
            wanted.act(row, form.cleaned_data, request.actor)
            messages.success(request, _("Done: %s.") % wanted.title)
            return _to(row)
    return form_page(
        request,
        "prosecution/form.html",
        form,
        reverse("prosecution:case", args=[row.reference]),
        title=wanted.title,
        about=name_of(row, request.actor),
        help=wanted.help,
    )


@dataclass(frozen=True)
class Step:
    """What may be done with a case. open_in: in which stages. options: what its form must know."""

    code: str
    title: Promise
    deed: str
    open_in: frozenset[Stage]
    form: type[django_forms.Form]
    act: Callable[[CriminalCase, dict[str, Any], Actor], Any]
    help: Promise | str = ""
    options: Callable[[CriminalCase, Actor], dict[str, Any]] = lambda _case, _actor: {}
    main: bool = False

    def is_open(self, case: CriminalCase, actor: Actor) -> bool:
        deed = self.deed
        if self.code == "close" and case.stage == Stage.REPORTED:
            deed = "criminal-case.open"
        return case.stage in self.open_in and may_do(deed, actor.roles)


def _moves(to: Stage) -> Callable[[CriminalCase, dict[str, Any], Actor], Any]:
    return lambda case, data, by: actions.move_on(case, to, **data, by=by)


def _outcomes(case: CriminalCase, actor: Actor) -> dict[str, Any]:
    may = course.ENDS[Stage(case.stage)] - {Outcome.LAPSED}
    if not may_do("criminal-case.lead", actor.roles):
        may &= {Outcome.MISTAKE}
    return {
        "outcomes": [
            (one, _("%(outcome)s (%(days)d days kept)") % {"outcome": one.label, "days": course.KEPT[one]})
            for one in Outcome
            if one in may
        ]
    }


def _named(case: CriminalCase, actor: Actor) -> dict[str, Any]:
    rows = SuspectedRole.objects.visible_to(actor).of([case])
    return {"initial": {"roles": [row.role for row in rows]}}


_RUNNING = frozenset(Stage) - {Stage.CLOSED}
STEPS: dict[str, Step] = {
    one.code: one
    for one in (
        Step(
            "take", gettext_lazy("Take it as a prosecutor"), "criminal-case.lead",
            frozenset({Stage.REPORTED}), forms.MoveOn, _moves(Stage.INVESTIGATION),
            gettext_lazy("From now on a prosecutor answers for the investigation."), main=True,
        ),
        Step(
            "prosecute", gettext_lazy("Prosecute"), "criminal-case.lead",
            frozenset({Stage.INVESTIGATION}), forms.MoveOn, _moves(Stage.PROSECUTION), main=True,
        ),
        Step(
            "court", gettext_lazy("Bring it before the court"), "criminal-case.lead",
            frozenset({Stage.PROSECUTION}), forms.MoveOn, _moves(Stage.TRIAL), main=True,
        ),
        Step(
            "review", gettext_lazy("Say that it still runs"), "criminal-case.lead",
            _RUNNING - {Stage.REPORTED}, forms.Review,
            lambda case, data, by: actions.review(case, **data, by=by),
            gettext_lazy("By another prosecutor than who looked last. What nobody reviews ends by itself."),
        ),
        Step(
            "roles", gettext_lazy("Say what the person is suspected to be"), "criminal-case.prove",
            _RUNNING, forms.Roles, lambda case, data, by: actions.name_roles(case, **data, by=by),
            options=_named,
        ),
        Step(
            "close", gettext_lazy("End it"), "criminal-case.lead", _RUNNING, forms.Close,
            lambda case, data, by: actions.close(
                case, Outcome(data["outcome"]), reason=data["reason"], by=by
            ),
            gettext_lazy(
                "After an acquittal, or when there was no offence, the list of evidence goes at once. The "
                "case itself goes after the days that stand beside the outcome."
            ),
            options=_outcomes,
        ),
    )
}  # fmt: skip


def name_of(row: CriminalCase, actor: Actor) -> str:
    return names_for(actor, [row.person_id]).get(row.person_id, row.reference)


def _roles(cases: list[CriminalCase], actor: Actor) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    for row in SuspectedRole.objects.visible_to(actor).of(cases):
        found.setdefault(row.criminal_case_id, []).append(row.name)
    return {key: ", ".join(names) for key, names in found.items()}


def _to(row: CriminalCase) -> HttpResponse:
    return HttpResponseRedirect(reverse("prosecution:case", args=[row.reference]))
