"""Measures on the screen: what they are, what comes next, and the forms for it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import policy
from samenhang.access.rules import may_do
from samenhang.cases.models import Case
from samenhang.deconfliction import actions as deconfliction
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.language import language
from samenhang.foundation.templatetags.face import day_as_known
from samenhang.grounds.rules.measures import (
    deciders,
    executors,
    measure,
)
from samenhang.grounds.rules.vocabulary import authority as authority_of
from samenhang.journal import Actor
from samenhang.measures import actions, forms, rules
from samenhang.measures.models import Document, Effect, Finding, Measure, Suspension
from samenhang.measures.rules import Status
from samenhang.measures.rules.collisions import why_they_collide
from samenhang.measures.rules.findings import Kind, needed_before
from samenhang.measures.views.kinds import choices, kind_name
from samenhang.measures.views.steps import STEPS, TELLING, Step, telling_next
from samenhang.organisations.confirmation import ask_again
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import IdentityClaim, Person, is_child, kind_of, names_for
from samenhang.persons.rules import is_legal


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """The measures of the task at hand: what is open first, what ends soonest on top."""
    rows = Measure.objects.visible_to(request.actor).order_by("lapses_on", "-suggested_on", "pk")
    shown = [row for row in rows[:200] if row.status in rules.OPEN]
    ended = [row for row in rows[:200] if row.status not in rules.OPEN]
    return render(
        request,
        "measures/index.html",
        {"open": _named(shown, request.actor), "ended": _named(ended, request.actor)},
    )


@require_http_methods(["GET", "POST"])
def suggest(request: ActorRequest) -> HttpResponse:
    """A new measure on the plan of a case."""
    wanted = request.GET.get("case", "") or request.actor.case
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=wanted)
    form = forms.Suggest(
        request.POST or None, kinds=choices(request.actor, legal=is_legal(kind_of(case.person_id)))
    )
    if form.is_valid():
        with refusals_in(form):
            made = actions.suggest(case, **form.cleaned_data, by=request.actor)
            messages.success(request, _("The measure is suggested. A legal adviser checks it next."))
            return HttpResponseRedirect(reverse("measures:detail", args=[made.reference]))
    return form_page(
        request,
        "measures/form.html",
        form,
        case=case,
        title=_("Suggest a measure"),
        button=_("Suggest this measure"),
    )


@require_GET
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One measure: what it is, where it stands, what comes next, on what ground."""
    row = get_object_or_404(Measure.objects.visible_to(request.actor), reference=reference)
    policy.attach(request.actor, [row], "case")
    documents = Document.objects.visible_to(request.actor).filter(measure_id=row.pk)
    context = {
        "measure": _named([row], request.actor)[0],
        "law": measure(row.kind),
        "documents": documents,
        "findings": Finding.objects.visible_to(request.actor).of(row),
        "effects": Effect.objects.visible_to(request.actor).of(row),
        "suspensions": Suspension.objects.visible_to(request.actor).of(row),
        "told_child": row.notified_on is not None and is_child(row.person_id, row.notified_on),
        "felt": row.status in rules.FELT,
        "needed": _needed(row, request.actor),
        "others": _beside(row, request.actor),
        "executes": _executors(row, request.actor),
        "decides": [_authority_name(code) for code in sorted(deciders(row.kind, request.actor.today))],
        "steps": _steps_for(row, request.actor),
        "today": request.actor.today,
        "waits": _waits(row, request.actor),
    }
    return render(request, "measures/detail.html", context)


@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, reference: str, step: str) -> HttpResponse:
    """The form of the next step; after it, the measure again."""
    row = get_object_or_404(Measure.objects.visible_to(request.actor), reference=reference)
    steps = _steps_for(row, request.actor)
    if step not in steps:
        raise Http404
    this = steps[step]
    if this.deed == "measure.decide" and (asked := ask_again(request)):
        return asked
    form = this.form(request.POST or None, request.FILES or None, **_options(step, row, request.actor))
    if form.is_valid():
        with refusals_in(form):
            this.act(row, form, request.actor)
            messages.success(request, _("Done: %s.") % this.title)
            return HttpResponseRedirect(reverse("measures:detail", args=[reference]))
    return form_page(
        request,
        "measures/form.html",
        form,
        measure=_named([row], request.actor)[0],
        title=this.title,
        button=this.button or this.title,
        telling=measure(row.kind).notification if step in TELLING else "",
    )


@require_GET
def document(request: ActorRequest, reference: str) -> HttpResponse:
    """The letter, as an attachment that the browser may not run."""
    row = get_object_or_404(Document.objects.visible_to(request.actor), reference=reference)
    answer = HttpResponse(actions.open_document(row, by=request.actor), content_type=row.media_type)
    answer["Content-Disposition"] = f'attachment; filename="{row.reference}.{row.media_type.split("/")[1]}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def _needed(row: Measure, actor: Actor) -> list[Any]:
    """What must be found first, in words."""
    person = Person.objects.visible_to(actor).filter(pk=row.person_id).first()
    minor = person is not None and person.is_minor(row.decided_on or actor.today)
    return [one.label for one in needed_before(row.kind, minor=minor)]


def _beside(row: Measure, actor: Actor) -> list[Measure]:
    """What else holds for this person or is under way, what gets in the way first."""
    rows = _named(list(Measure.objects.visible_to(actor).beside(row)), actor)
    for other in rows:
        other.why = why_they_collide(row.kind, other.kind)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda other: not other.why)  # type: ignore[attr-defined]


def _waits(row: Measure, actor: Actor) -> str:
    """Why it cannot be imposed yet, in the words that every asker gets."""
    if row.status not in {Status.SUGGESTED, Status.CHECKED, Status.PROPOSED}:
        return ""
    refusal = deconfliction.waits(row.reference, kind=row.kind, by=actor)
    return str(refusal) if refusal else ""


def _steps_for(row: Measure, actor: Actor) -> dict[str, Step]:
    """What this person may do next with this measure."""
    return {
        name: step
        for name, step in STEPS.items()
        if row.status in step.states and may_do(step.deed, actor.roles) and _is_theirs(name, row, actor)
    }


def _is_theirs(name: str, row: Measure, actor: Actor) -> bool:
    if name in TELLING:
        return name in telling_next(row)
    if name == "review":
        return row.authority_id == actor.organisation_id and row.lapses_on is None
    if name in {"decide", "renew"}:
        return row.authority_id == actor.organisation_id
    if name in {"lift", "ease", "suspend", "resume", "annul"}:
        return actor.organisation_id in (row.authority_id, row.provider_id)
    return True


def _options(name: str, row: Measure, actor: Actor) -> dict[str, Any]:
    today = actor.today
    if name == "propose":
        bodies = Organisation.objects.filter(authority__in=deciders(row.kind, today))
        initial = {"about": _known_as(row, actor)}
        return {"authorities": [(body.reference, str(body)) for body in bodies], "initial": initial}
    if name == "record":
        codes = sorted(deciders(row.kind, today))
        return {
            "authorities": [(code, _authority_name(code)) for code in codes],
            "initial": {"starts_on": today},
        }
    if name == "decide":
        return {"initial": {"starts_on": today, "lapses_on": rules.suggested_term(row.kind, today)}}
    if name == "notify":
        return {"initial": {"told_on": today}, "child": is_child(row.person_id, today)}
    if name == "correct-notice":
        return {"initial": {"told_on": row.notified_on}, "child": is_child(row.person_id, today)}
    if name == "find" and (others := actions.colliding(row, by=actor)):
        text = "".join(f"{other.reference}: \n" for other, _why in others)
        return {"initial": {"kind": Kind.TOGETHER, "found_on": today, "text": text}}
    return {}


def _known_as(row: Measure, actor: Actor) -> str:
    """Name and date of birth as far as the actor may see them, to begin with: the form asks for both."""
    claims = (
        IdentityClaim.objects.visible_to(actor).filter(person_id=row.person_id).order_by("claimed_at", "pk")
    )
    born = [day_as_known(one) for one in dict.fromkeys(claims.values_list("birth_date", flat=True)) if one]
    known = [names_for(actor, [row.person_id]).get(row.person_id, ""), " / ".join(born)]
    return ", ".join(filter(None, known))[:200]


def _authority_name(code: str) -> str:
    body = authority_of(code)
    return body.name_nl if language() == "nl" else body.name_en


def _executors(row: Measure, actor: Actor) -> list[str]:
    """Who carries it out by law: for a passport alert another body than the one that asks for it."""
    return [_authority_name(code) for code in sorted(executors(row.kind, row.decided_on or actor.today))]


def _named(rows: list[Measure], actor: Actor) -> list[Measure]:
    """With the name of the kind, and of the person as far as the actor may see it."""
    who = names_for(actor, [row.person_id for row in rows])
    for row in rows:
        row.who = who.get(row.person_id) or row.about  # type: ignore[attr-defined]
        row.name = kind_name(measure(row.kind))  # type: ignore[attr-defined]
    return rows
