"""The list of assessments, one of them, and the forms with which two people make it."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import policy
from samenhang.access import rules as access
from samenhang.cases.models import Case, CaseParty
from samenhang.exchange.models import Statement
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.paging import page_of
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation, User
from samenhang.persons.models import names_for
from samenhang.risk import actions, forms, rules
from samenhang.risk.models import Answer, Assessment, Contest, Opinion, accredited, instrument_of, instruments
from samenhang.risk.models.assessments import leans_on, people
from samenhang.risk.rules import Draft, Instrument, Said, Stage

ON_A_PAGE = 25


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Assessments of the cases at which the actor's organisation sits: how far, never what they say."""
    page = page_of(Assessment.objects.visible_to(request.actor).latest_first(), request, ON_A_PAGE)
    names = names_for(request.actor, [row.person_id for row in page.rows])
    rows = [
        (row, names.get(row.person_id, ""), instrument_of(row.instrument, row.version)) for row in page.rows
    ]
    return render(request, "risk/assessments.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, case: str) -> HttpResponse:
    """Ask two people for an assessment of this case."""
    file = get_object_or_404(Case.objects.visible_to(request.actor), reference=case)
    policy.require_function(request.actor, "assessment.plan")
    known = {f"{one.id}:{one.version}": one for one in instruments()}
    able = _able(file, request.actor, list(known.values()))
    form = forms.Plan(
        request.POST or None,
        instruments=[(key, str(one)) for key, one in known.items()],
        people=[(user.reference, f"{user.name} · {user.organisation.name}") for user in able.values()],
    )
    if form.is_valid():
        chosen = form.cleaned_data
        with refusals_in(form):
            made = actions.plan(
                file,
                known[chosen["instrument"]],
                able[chosen["first"]],
                able[chosen["second"]],
                best_interest=chosen["best_interest"],
                by=request.actor,
            )
            messages.success(request, _("The first assessor finds it under “My work”."))
            return _to(made)
    back = reverse("cases:case", args=[file.reference])
    return form_page(request, "risk/new.html", form, back, case=file, nobody=len(able) < 2)


@require_GET
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One assessment, as far as the actor may read it."""
    row = _assessment(request, reference)
    return render(request, "risk/assessment.html", shown(row, request.actor))


@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, reference: str) -> HttpResponse:
    """The form of the assessor whose turn it is."""
    row = _assessment(request, reference)
    if request.actor.user_id != _turn(row):
        raise access.NotYours
    instrument = instrument_of(row.instrument, row.version)
    said = Statement.objects.visible_to(request.actor).standing().about(row.person_id)
    choices = [(str(one.pk), _named(one)) for one in said if one.known_at < request.actor.now]
    form = forms.Write(
        request.POST or None,
        instrument=instrument,
        statements=choices,
        draft=_own_draft(row, request.actor),
    )
    if form.is_valid():
        give = request.POST.get("deed") == "give"
        with refusals_in(form, but=access.NotYours):
            actions.write(row, form.draft(), give=give, by=request.actor)
            text = (
                _("Your opinion is given.")
                if give
                else _("The draft is kept. Only your organisation reads it.")
            )
            messages.success(request, text)
            return _to(row) if give else HttpResponseRedirect(reverse("risk:write", args=[reference]))
    back = reverse("risk:assessment", args=[reference])
    second = row.second_id == request.actor.user_id
    return form_page(
        request,
        "risk/write.html",
        form,
        back,
        row=row,
        instrument=instrument,
        second=second,
        none=not choices,
    )


@require_http_methods(["GET", "POST"])
def finish(request: ActorRequest, reference: str) -> HttpResponse:
    """Make it final, with words on where the two differ."""
    row = _assessment(request, reference)
    if request.actor.user_id != row.first_id:
        raise access.NotYours
    form = forms.Finish(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form, but=access.NotYours):
            actions.finish(row, on_difference=form.cleaned_data["on_difference"], by=request.actor)
            messages.success(request, _("The assessment is final. It is not changed any more."))
            return _to(row)
    back = reverse("risk:assessment", args=[reference])
    return form_page(request, "risk/finish.html", form, back, **shown(row, request.actor))


@require_http_methods(["GET", "POST"])
def call_off(request: ActorRequest, reference: str) -> HttpResponse:
    """Not to be made after all."""
    row = _assessment(request, reference)
    policy.require_function(request.actor, "assessment.plan")
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.call_off(row, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("The assessment is called off."))
            return _to(row)
    return form_page(
        request, "risk/call_off.html", form, reverse("risk:assessment", args=[reference]), row=row
    )


@dataclass(frozen=True, slots=True)
class Column:
    """What one assessor says, for the page. levels: by indicator, or nothing where it may not be read."""

    name: str
    opinion: Opinion
    judgement: str
    sections: list[tuple[str, str]]


def shown(row: Assessment, actor: Actor) -> dict[str, object]:
    """What the page of an assessment draws, as far as the actor may read it."""
    instrument = instrument_of(row.instrument, row.version)
    users = people([row])
    opinions = [one for one in Opinion.objects.visible_to(actor).on(row) if one.given_at]
    if not row.second_in:
        # Until both are in, nobody reads the other's: not even a colleague of the same organisation.
        opinions = [one for one in opinions if one.user_id == actor.user_id]
    columns = [
        Column(
            users[one.user_id].name,
            one,
            instrument.judgement_label(one.judgement),
            [(str(rules.SECTIONS[code]), text) for code, text in one.sections().items() if text],
        )
        for one in opinions
    ]
    contests = Contest.objects.visible_to(actor).on(row)
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in contests})
    case = Case.objects.visible_to(actor).filter(pk=row.case_id).first()
    making = row.stage in rules.IN_THE_MAKING
    return {
        "row": row,
        "instrument": instrument,
        "title": names_for(actor, [row.person_id]).get(row.person_id, row.reference),
        "case": case,
        "first": users[row.first_id],
        "second": users[row.second_id],
        "columns": columns,
        "answers": _answers(instrument, opinions, actor),
        "differ": len({one.judgement for one in columns}) > 1,
        "contests": [(one, bodies[one.organisation_id]) for one in contests],
        "counts": row.counts_on(actor.today),
        "fallen": row.stage in (Stage.FINAL, Stage.CONTESTED, *rules.IN_THE_MAKING) and row.has_fallen(),
        "my_turn": _turn(row) == actor.user_id,
        "may_finish": row.stage == Stage.PEER_REVIEW and row.second_in and row.first_id == actor.user_id,
        "may_call_off": making and access.may_do("assessment.plan", actor.roles),
        "may_contest": row.stage in (Stage.FINAL, Stage.CONTESTED)
        and access.may_do("assessment.contest", actor.roles),
        "may_settle": access.may_do("assessment.settle", actor.roles)
        and actor.user_id not in (row.first_id, row.second_id),
    }


def _answers(instrument: Instrument, opinions: list[Opinion], actor: Actor) -> list[dict[str, object]]:
    """A row for each indicator: what each says, on which statements, and how reliable those are."""
    rows = list(Answer.objects.visible_to(actor).of(opinions))
    if not rows:
        return []
    on = leans_on(rows, actor)
    by_place = {(one.opinion_id, one.indicator): one for one in rows}
    table = []
    for indicator in instrument.indicators:
        said = [by_place.get((opinion.pk, indicator.code)) for opinion in opinions]
        table.append(
            {
                "code": indicator.code,
                "label": rules.worded(indicator.label),
                "kind": indicator.kind,
                "domain": rules.worded(instrument.domains[indicator.domain]),
                "said": [
                    (indicator.level_label(one.level), one.words, *on[one.pk]) if one and one.level else None
                    for one in said
                ],
                "differ": len({one.level for one in said if one}) > 1,
            }
        )
    return table


def _turn(row: Assessment) -> int | None:
    """Who must write now, by key; None when nobody must."""
    if row.stage in (Stage.PLANNED, Stage.DRAFTING):
        return int(row.first_id)
    if row.stage == Stage.PEER_REVIEW and not row.second_in:
        return int(row.second_id)
    return None


def _able(case: Case, actor: Actor, known: list[Instrument]) -> dict[str, User]:
    """Who sits at the case and is accredited today for any of these instruments, by reference."""
    seats = CaseParty.objects.visible_to(actor).of(case).active().values_list("organisation_id", flat=True)
    table = list(Organisation.objects.filter(pk__in=list(seats)))
    found = {
        user.reference: user
        for what in dict.fromkeys(one.accreditation for one in known)
        for user in accredited(what, actor.today, table)
    }
    return dict(sorted(found.items(), key=lambda item: item[1].name))


def _own_draft(row: Assessment, actor: Actor) -> Draft:
    """What the actor wrote before."""
    own = Opinion.objects.visible_to(actor).on(row).filter(user_id=actor.user_id).first()
    if own is None:
        return Draft()
    rows = list(Answer.objects.visible_to(actor).of([own]))
    on = leans_on(rows, actor)
    answers = {
        one.indicator: Said(one.level, one.words, tuple(said.pk for said in on[one.pk][0]))
        for one in rows
        if one.level
    }
    return Draft(answers, own.judgement, own.reasons, own.sections())


def _named(statement: Statement) -> str:
    """A statement in a list: its first words, since when, and how reliable."""
    text = statement.text if len(statement.text) < 90 else f"{statement.text[:88]}…"
    return f"{text} · {date_format(statement.known_at, 'DATE_FORMAT')} · {statement.evaluation}"


def _assessment(request: ActorRequest, reference: str) -> Assessment:
    found: Assessment = get_object_or_404(Assessment.objects.visible_to(request.actor), reference=reference)
    return found


def _to(row: Assessment) -> HttpResponse:
    return HttpResponseRedirect(reverse("risk:assessment", args=[row.reference]))
