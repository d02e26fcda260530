"""The register of breaches: noting one, what is open, one with its next step, and one on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import policy
from samenhang.access.rules import may_read
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Event, Fact, Label
from samenhang.foundation.paging import page_of
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.oversight import actions, forms, rules
from samenhang.oversight.actions import Said
from samenhang.oversight.models import BreachStep, PersonalDataBreach
from samenhang.oversight.rules import ADDED, SOURCE_TOLD, Risk, Stage, WhyNotPersons

SHOWN = 50


@require_GET
def register(request: ActorRequest) -> HttpResponse:
    """What is open first, with its clock; below it what ended."""
    rows = PersonalDataBreach.objects.visible_to(request.actor)
    page = page_of(rows.ended(), request, SHOWN)
    open_rows = list(rows.open())
    bodies = Organisation.objects.in_bulk({row.organisation_id for row in (*open_rows, *page.rows)})
    context = {
        "open": [(row, bodies[row.organisation_id], clock_of(row, request.actor)) for row in open_rows],
        "ended": [(row, bodies[row.organisation_id]) for row in page.rows],
        "page": page,
        "handles": may_read(PersonalDataBreach._meta.label, request.actor.roles),
    }
    return render(request, "oversight/register.html", context)


@require_http_methods(["GET", "POST"])
def note(request: ActorRequest) -> HttpResponse:
    """For everybody with an account: note a breach, and see how far one's own notes are."""
    form = forms.Note(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            made = actions.note(form.note(), by=request.actor)
            _say_noted(request, made)
            return HttpResponseRedirect(reverse("oversight:note-breach"))
    own = [(row, row.words()) for row in actions.own_notes(by=request.actor)]
    offices = Organisation.objects.in_bulk({row.provider_id for row, _words in own})
    notes = [(row, words, offices[row.provider_id]) for row, words in own]
    return form_page(request, "oversight/note.html", form, own=notes)


def _say_noted(request: ActorRequest, made: list[PersonalDataBreach]) -> None:
    offices = Organisation.objects.in_bulk({row.provider_id for row in made})
    for row in made:
        office = offices[row.provider_id]
        if actions.is_read(row, by=request.actor):
            told = _("Noted as %(reference)s. It stands in the register of %(office)s now.")
            messages.success(request, told % {"reference": row.reference, "office": office})
        else:
            told = _("Noted as %(reference)s. Nobody of %(office)s reads it here: call your officer now.")
            messages.warning(request, told % {"reference": row.reference, "office": office})


@require_http_methods(["GET", "POST"])
def breach(request: ActorRequest, reference: str) -> HttpResponse:
    """One breach: what was noted, what was done since, and the form of the next step."""
    row = get_object_or_404(PersonalDataBreach.objects.visible_to(request.actor), reference=reference)
    policy.require(request.actor, actions.HANDLE, row)
    others = _others(row, request.actor)
    steps = [
        step
        for step in rules.steps_from(row.stage, row.risk, source_open=row.source_open)
        if step != Stage.NOTED_TWICE or others
    ]
    step = request.GET.get("step", steps[0] if steps else "")
    if step and step not in steps and request.method == "GET":
        raise Http404
    form = _form(request, row, step) if step in forms.ASKED else None
    if form is not None and form.is_valid():
        with refusals_in(form):
            _take(row, step, form, request.actor)
            messages.success(request, _("Kept, with what you wrote."))
            return HttpResponseRedirect(reverse("oversight:breach", args=[reference]))
    context = {
        **_shown(row, request.actor),
        "form": form,
        "step": step,
        "asked": forms.ASKED[step][0] if form is not None else "",
        "choices": [(one, forms.ASKED[one][0]) for one in steps],
        "action": f"{reverse('oversight:breach', args=[reference])}?step={step}",
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "oversight/breach.html", context, status=status)


@require_GET
def printed(request: ActorRequest, reference: str) -> HttpResponse:
    """The whole record on one page, for the authority: to print, or to keep as a file."""
    row = get_object_or_404(PersonalDataBreach.objects.visible_to(request.actor), reference=reference)
    return render(request, "oversight/print.html", _shown(row, request.actor))


def clock_of(row: PersonalDataBreach, actor: Actor) -> Label:
    """How much is left of the 72 hours, in words; or that it was told, in time or not."""
    if row.told_at is not None:
        late = _("Told to the authority, after the 72 hours")
        return Label(late, "warning") if row.late(actor.now) else Label(_("Told to the authority in time"))
    if not row.clock_runs:
        return Label(_("The authority need not be told"))
    hours = int((row.tell_before - actor.now).total_seconds() // 3600)
    if hours < 0:
        return Label(_("The 72 hours are over"), "negative")
    return Label(_("%d of 72 hours left") % hours, "warning" if hours < 24 else "neutral")


def _form(request: ActorRequest, row: PersonalDataBreach, step: str) -> forms.Words:
    _title, label, help_text = forms.ASKED[step]
    here = timezone.localtime(request.actor.now)
    more: dict[str, Any] = {"initial": {"done_on": here.date(), "done_at_time": f"{here:%H:%M}"}}
    if step == Stage.PERSONS_NOT_TOLD:
        more["risk"] = row.risk
    if step == Stage.NOTED_TWICE:
        more["others"] = _others(row, request.actor)
    return forms.FORMS.get(step, forms.Words)(request.POST or None, label=label, help_text=help_text, **more)


def _others(row: PersonalDataBreach, actor: Actor) -> list[str]:
    """Under which references it may go on when it was noted twice."""
    known = PersonalDataBreach.objects.visible_to(actor).open().exclude(pk=row.pk)
    return list(known.values_list("reference", flat=True))


def _take(row: PersonalDataBreach, step: str, form: forms.Words, actor: Actor) -> None:
    """The action behind a step. Raises Refused."""
    typed = form.cleaned_data
    done_at = form.done_at() if isinstance(form, forms.Done) else None
    said = Said(typed["words"], done_at, typed.get("why_late", ""))
    match step:
        case Stage.ASSESSED:
            actions.assess(row, Risk(typed["risk"]), said, by=actor)
        case Stage.TOLD:
            actions.tell_authority(row, said, by=actor)
        case Stage.NOT_TOLD:
            actions.leave_authority(row, said, by=actor)
        case Stage.PERSONS_TOLD:
            actions.tell_persons(row, said, by=actor)
        case Stage.PERSONS_NOT_TOLD:
            actions.leave_persons(row, WhyNotPersons(typed["why"]), said, by=actor)
        case Stage.CLOSED:
            actions.close(row, said, by=actor)
        case Stage.NO_BREACH:
            actions.end_as_no_breach(row, said, by=actor)
        case Stage.NOTED_TWICE:
            known = PersonalDataBreach.objects.visible_to(actor)
            actions.end_as_noted_twice(
                row, get_object_or_404(known, reference=typed["other"]), said, by=actor
            )
        case rules.SOURCE_TOLD:
            actions.tell_source(row, said, by=actor)
        case _:
            actions.add(row, said, by=actor)


def _shown(row: PersonalDataBreach, actor: Actor) -> dict[str, Any]:
    """What the page of a breach and its print have in common: all that the authority may ask for."""
    steps = list(BreachStep.objects.visible_to(actor).of(row))
    bodies = Organisation.objects.in_bulk({row.organisation_id, row.provider_id})
    told = row.words()
    source = told.source or (_("See below") if row.has_source else _("Nobody"))
    return {
        "row": row,
        "stage": Label(row.get_stage_display()),
        "clock": clock_of(row, actor),
        "office": bodies[row.provider_id],
        "noted": [
            Fact(_("What happened"), told.happened),
            Fact(_("First noticed"), _when(row.noticed_at)),
            Fact(_("To be told to the authority before"), _when(row.tell_before)),
            Fact(_("Data"), "; ".join(row.data_labels())),
            Fact(_("Persons, roughly"), row.persons if row.persons is not None else ""),
            Fact(_("Records, roughly"), row.records if row.records is not None else ""),
            Fact(_("What may come of it"), told.consequences),
            Fact(_("What was done already"), told.measures),
            Fact(_("Given by, or also at"), source),
            Fact(_("Noticed in"), bodies[row.organisation_id]),
            Fact(_("Noted by"), row.noted_by.name, note=_when(row.noted_at)),
        ],
        "steps": [_event(step) for step in reversed(steps)],
        "same_as": row.same_as,
    }


def _event(step: BreachStep) -> Event:
    parts = [step.words()]
    if step.done_at is not None:
        parts.insert(0, _("Told on %s.") % _when(step.done_at))
    if step.delay():
        parts.append(_("Why later than 72 hours: %s") % step.delay())
    known = {ADDED: _("Added"), SOURCE_TOLD: _("Others were told")}
    title = known.get(step.what) or str(Stage(step.what).label)
    if step.risk or step.why:
        title = f"{title}: {step.get_risk_display() or step.get_why_display()}"
    return Event(step.at, title, source=step.by.name, detail="\n".join(parts))


def _when(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
