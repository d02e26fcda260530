"""After it is final: contests and their answers, profiles beside profiles, and results from elsewhere."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import policy
from samenhang.access import rules as access
from samenhang.cases.models import Case
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.persons.models import names_for
from samenhang.risk import actions, forms, rules
from samenhang.risk.actions.instruments import Result
from samenhang.risk.models import Answer, Assessment, Contest, ExternalResult, Opinion, instrument_of


@require_http_methods(["GET", "POST"])
def contest(request: ActorRequest, reference: str) -> HttpResponse:
    """Say that an assessment is wrong."""
    row = get_object_or_404(Assessment.objects.visible_to(request.actor), reference=reference)
    policy.require_function(request.actor, "assessment.contest")
    form = forms.Contest(request.POST or None)
    if form.is_valid():
        person = form.cleaned_data["who"] == "person"
        with refusals_in(form):
            actions.contest(row, words=form.cleaned_data["words"], by_the_person=person, by=request.actor)
            messages.success(request, _("The assessment counts no longer until this is answered."))
            return HttpResponseRedirect(reverse("risk:assessment", args=[reference]))
    back = reverse("risk:assessment", args=[reference])
    return form_page(request, "risk/contest.html", form, back, row=row)


@require_http_methods(["GET", "POST"])
def settle(request: ActorRequest, reference: str) -> HttpResponse:
    """Answer a contest."""
    row = get_object_or_404(Contest.objects.visible_to(request.actor), reference=reference)
    assessment = get_object_or_404(Assessment.objects.visible_to(request.actor), pk=row.assessment_id)
    assessors = (assessment.first_id, assessment.second_id)
    if request.actor.user_id in assessors or not access.may_do("assessment.settle", request.actor.roles):
        raise access.NotYours
    form = forms.Settle(request.POST or None)
    back = reverse("risk:assessment", args=[assessment.reference])
    if form.is_valid():
        upheld = form.cleaned_data["outcome"] == "stands"
        with refusals_in(form):
            actions.settle(row, answer=form.cleaned_data["answer"], upheld=upheld, by=request.actor)
            messages.success(request, _("The answer stands beside the contest."))
            return HttpResponseRedirect(back)
    return form_page(request, "risk/settle.html", form, back, row=row, assessment=assessment)


@require_GET
def profiles(request: ActorRequest, case: str) -> HttpResponse:
    """All that was assessed of one case, profile beside profile in the order of time."""
    file = get_object_or_404(Case.objects.visible_to(request.actor), reference=case)
    made = Assessment.objects.visible_to(request.actor).of_case(file.pk)
    made = made.filter(stage__in=rules.MADE)
    results = ExternalResult.objects.visible_to(request.actor).of_case(file.pk)
    context = {
        "case": file,
        "title": names_for(request.actor, [file.person_id]).get(file.person_id, file.reference),
        "tables": _tables(list(made), request.actor),
        "results": list(results),
        "may_plan": access.may_do("assessment.plan", request.actor.roles),
        "may_record": access.may_do("assessment.record-result", request.actor.roles),
    }
    return render(request, "risk/profiles.html", context)


@require_http_methods(["GET", "POST"])
def result(request: ActorRequest, case: str) -> HttpResponse:
    """Write down what was concluded elsewhere."""
    file = get_object_or_404(Case.objects.visible_to(request.actor), reference=case)
    policy.require_function(request.actor, "assessment.record-result")
    form = forms.Result(request.POST or None)
    back = reverse("risk:profiles", args=[file.reference])
    if form.is_valid():
        with refusals_in(form):
            actions.record_result(file, Result(**form.cleaned_data), by=request.actor)
            messages.success(request, _("The result is written down."))
            return HttpResponseRedirect(back)
    return form_page(request, "risk/result.html", form, back, case=file)


def _tables(made: list[Assessment], actor: Actor) -> list[dict[str, object]]:
    """One table for each instrument version: a row for each indicator, a column for each opinion."""
    opinions = {
        row.pk: [one for one in Opinion.objects.visible_to(actor).on(row) if one.given_at] for row in made
    }
    answers = {
        (one.opinion_id, one.indicator): one.level
        for one in Answer.objects.visible_to(actor).of([one for both in opinions.values() for one in both])
    }
    tables = []
    for key in dict.fromkeys((row.instrument, row.version) for row in made):
        instrument = instrument_of(*key)
        columns = [
            (row, one) for row in made if (row.instrument, row.version) == key for one in opinions[row.pk]
        ]
        lines = [
            (
                indicator.code,
                rules.worded(indicator.label),
                [
                    indicator.level_label(level) if (level := answers.get((one.pk, indicator.code))) else "–"
                    for _row, one in columns
                ],
            )
            for indicator in instrument.indicators
        ]
        heads = [(row, number % 2 + 1) for number, (row, _one) in enumerate(columns)]
        judged = [instrument.judgement_label(one.judgement) for _row, one in columns]
        shown = lines if any(level != "–" for *_said, levels in lines for level in levels) else []
        tables.append({"instrument": instrument, "heads": heads, "judged": judged, "lines": shown})
    return tables
