"""Who is not covered, the national picture of any day, and taking a list in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import policy
from samenhang.access import rules as access
from samenhang.exchange.models import ConflictZone, Movement
from samenhang.exchange.rules import Incomplete
from samenhang.exchange.rules.movements import Whereabouts
from samenhang.foundation.days import end_of
from samenhang.foundation.form_rendering import refusals_in
from samenhang.foundation.small import told
from samenhang.foundation.spreadsheets import read_sheet
from samenhang.organisations.middleware import ActorRequest
from samenhang.persons.models import Person, names_for
from samenhang.risk import actions, forms
from samenhang.risk.models import Passage
from samenhang.risk.models.coverage import (
    coverage,
    every_movement,
    every_passage,
    quiet,
    stages,
    whereabouts,
)
from samenhang.risk.rules import sheets
from samenhang.risk.rules.returns import Way

# The ministry that answers to Parliament counts the whole country and sees nobody.
COUNTS_FOR = "JENV"


@require_GET
def page(request: ActorRequest) -> HttpResponse:
    """S19, S22, S50: who came back or left, and was not assessed, looked into or reviewed."""
    actor = request.actor
    nation = actor.authority == COUNTS_FOR and access.may_do("coverage.count", actor.roles)
    if not nation:
        policy.require_function(actor, "return.list")
    form = forms.Picture(request.GET or None)
    on, known = actor.today, "now"
    if form.is_valid():
        on, known = min(form.cleaned_data["on"], actor.today), form.cleaned_data["known"] or "now"
    moment = min(end_of(on), actor.now) if known == "then" else actor.now
    movements = every_movement() if nation else Movement.objects.visible_to(actor)
    passages = every_passage() if nation else Passage.objects.visible_to(actor)
    found = coverage(on, known_by=moment, movements=movements)
    lacking = found.unassessed | found.uninvestigated | found.unreviewed
    # The ministry gets numbers alone: no name, and no reference either.
    people = {} if nation else Person.objects.visible_to(actor).in_bulk(lacking)
    names = {} if nation else names_for(actor, lacking)
    # Who counts the country knows nobody in it, so a small number stays small.
    tell: Callable[[int], int | str] = told if nation else int
    questions = [
        (_("Returnees without an assessment that counts"), found.unassessed, found.returnees, found.due),
        (_("Returnees whom nobody has met and looked into"), found.uninvestigated, found.returnees, {}),
    ]
    if nation or access.may_read("risk.ProsecutionReview", actor.roles):
        title = _("Travellers without a prosecution review")
        questions.append((title, found.unreviewed, found.travellers, {}))
    context = {
        "form": form,
        "on": on,
        "known": known,
        "nation": nation,
        "lines": [
            (
                title,
                tell(len(open_ones)),
                tell(len(of)),
                tell(len(found.late)) if due else None,
                sorted(
                    ((names.get(key, ""), people[key], due.get(key)) for key in open_ones & people.keys()),
                    key=lambda one: (one[0], one[1].pk),
                ),
            )
            for title, open_ones, of, due in questions
        ],
        "places": _in_words(Whereabouts, whereabouts(on, known_by=moment, movements=movements), tell),
        "quiet": tell(quiet(on, known_by=moment, movements=movements)),
        "stages": _in_words(Way, stages(on, known_by=moment, passages=passages), tell),
    }
    return render(request, "risk/coverage.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def sheet(request: ActorRequest) -> HttpResponse:
    """Try a list of travellers, which changes nothing, and then take it in: all rows or none."""
    policy.require_function(request.actor, "movement.record")
    policy.require_function(request.actor, "person.open")
    if request.method == "POST" and request.POST.get("deed") == "back":
        return _take_back(request)
    form = forms.Sheet(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {
        "form": form,
        "columns": [(names, code in sheets.COLUMNS.optional) for code, names in sheets.COLUMNS.names.items()],
        "statuses": [(one.value, one.label) for one in Whereabouts],
        "to_take_back": actions.lists_to_take_back(by=request.actor),
    }
    if form.is_valid():
        with refusals_in(form, field="file", but=access.NotYours):
            good, problems = sheets.entries(
                read_sheet(form.cleaned_data["file"].read()),
                request.actor.today,
                ConflictZone.objects.zones(),
            )
            problems += actions.known_already(good, by=request.actor)
            bad = {one.row for one in problems}
            context |= {
                "problems": problems,
                "good": [one for one in good if one.row not in bad],
                "tried": True,
            }
            if request.POST.get("deed") == "import" and not problems:
                number = actions.import_travellers(good, reason=form.cleaned_data["reason"], by=request.actor)
                messages.success(
                    request, _("%d travellers came in. Only your organisation sees them.") % number
                )
                return HttpResponseRedirect(reverse("risk:travellers"))
    status = 422 if form.is_bound and (form.errors or context.get("problems")) else 200
    return render(request, "risk/sheet.html", context, status=status)


def _take_back(request: ActorRequest) -> HttpResponse:
    """Undo a list that came in: the rows on which nothing was built are destroyed."""
    movements = Movement.objects.visible_to(request.actor)
    movement = get_object_or_404(movements, reference=request.POST.get("movement", ""))
    try:
        number = actions.take_back_travellers(movement, reason=request.POST.get("why", ""), by=request.actor)
    except Incomplete as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext(
            "%d traveller was taken back and destroyed.",
            "%d travellers were taken back and destroyed.",
            number,
        )
        messages.success(request, text % number)
    return HttpResponseRedirect(reverse("risk:travellers-import"))


def _in_words(
    kinds: type[Whereabouts] | type[Way], counted: dict[str, int], tell: Callable[[int], int | str]
) -> list[tuple[Any, int | str]]:
    return [(one.label, tell(counted[one.value])) for one in kinds if counted.get(one.value)]
