"""Cases: the list, one case, and the deeds on it."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import rules as access
from samenhang.cases import actions, forms
from samenhang.cases.models import (
    Case,
    CaseParty,
    Hold,
    Position,
    Review,
    ThirdParty,
    partners_of,
    round_by_round,
)
from samenhang.cases.rules import REVIEWED, RUNNING, Regime, Status
from samenhang.cases.views.keeping import keepers
from samenhang.cases.views.pages import case_form, to_page
from samenhang.exchange.models import Movement, Signal, Statement
from samenhang.foundation.form_rendering import refusals_in
from samenhang.foundation.paging import page_of
from samenhang.grounds import rules as law
from samenhang.grounds.rules.bodies import seated_by_law
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person, is_child, names_for

ON_A_PAGE = 25


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """The cases at which the actor's organisation sits."""
    page = page_of(Case.objects.visible_to(request.actor).ongoing(), request, ON_A_PAGE)
    names = names_for(request.actor, [case.person_id for case in page.rows])
    rows = [(case, names.get(case.person_id, "")) for case in page.rows]
    return render(request, "cases/cases.html", {"page": page, "cases": rows})


@require_GET
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One case as the actor may see it."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    return render(request, "cases/case.html", shown(request.actor, case))


@require_http_methods(["GET", "POST"])
def admit(request: ActorRequest, reference: str) -> HttpResponse:
    """Let one more participant sit at the case."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    bodies = _may_sit(case, request.actor)
    form = forms.Admit(request.POST or None, organisations=[(body.reference, body.name) for body in bodies])
    if form.is_valid():
        chosen = next(body for body in bodies if body.reference == form.cleaned_data["organisation"])
        with refusals_in(form):
            actions.admit(case, chosen, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("%s sits at the case now.") % chosen.name)
            return to_page(case)
    return case_form(request, "cases/case_admit.html", case, form)


@require_GET
def categories(request: ActorRequest, reference: str) -> HttpResponse:
    """What the actor's organisation may bring into the case by law today."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    return render(
        request,
        "cases/case_categories.html",
        {"case": case, "found": actions.categories_to_bring(case, by=request.actor)},
    )


@require_http_methods(["GET", "POST"])
def contribute(request: ActorRequest, reference: str, category: str) -> HttpResponse:
    """Bring a statement into the case, with the conditions of its rule confirmed one by one."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    if category not in dict(actions.categories_to_bring(case, by=request.actor)):
        raise Http404
    sentences, asked = actions.law_of_sharing(case, category, by=request.actor)
    form = forms.Statement(request.POST or None)
    conditions = forms.Conditions(
        request.POST or None, conditions=asked, established=actions.established(case, by=request.actor)
    )
    if form.is_valid() and conditions.is_valid():
        with refusals_in(form):
            actions.bring(
                case, form.content(), category=category, not_met=conditions.not_met(), by=request.actor
            )
            messages.success(request, _("Everyone who sits at the case can read your statement."))
            return to_page(case)
    label = law.category_label(category)
    extra = {"conditions": conditions, "sentences": sentences, "category": label}
    return case_form(request, "cases/case_contribute.html", case, form, **extra)


@require_http_methods(["GET", "POST"])
def share_movement(request: ActorRequest, case: str, reference: str) -> HttpResponse:
    """Give a movement that the actor's organisation wrote down to all who sit at the case."""
    file = get_object_or_404(Case.objects.visible_to(request.actor), reference=case)
    own = Movement.objects.visible_to(request.actor).filter(provider_id=request.actor.organisation_id)
    row = get_object_or_404(own.filter(person_id=file.person_id), reference=reference)
    sentences, asked = actions.law_of_sharing(file, row.category, by=request.actor)
    form = forms.Conditions(request.POST or None, conditions=asked)
    if form.is_valid():
        with refusals_in(form):
            actions.share_movement(file, row, not_met=form.not_met(), by=request.actor)
            messages.success(request, _("Everyone who sits at the case can read this movement."))
            return to_page(file)
    return case_form(request, "cases/case_movement.html", file, form, row=row, sentences=sentences)


def shown(actor: Actor, case: Case) -> dict[str, object]:
    """What the case page draws; the desk adds what areas above bring."""
    parties = list(CaseParty.objects.visible_to(actor).of(case).active())
    bodies = Organisation.objects.in_bulk([party.organisation_id for party in parties])
    positions = Position.objects.visible_to(actor).filter(weighing=case.weighing_id).order_by("round", "pk")
    works = access.may_do("case.work", actor.roles)
    return {
        "case": case,
        "name": names_for(actor, [case.person_id]).get(case.person_id, ""),
        "child": is_child(case.person_id, actor.today),
        "person": Person.objects.visible_to(actor).filter(pk=case.person_id).first(),
        "parties": [(bodies[party.organisation_id], party) for party in parties],
        "third_parties": _third_parties(actor, case),
        "statements": _with_providers(Statement.objects.visible_to(actor).standing().about(case.person_id)),
        "signals": Signal.objects.visible_to(actor).filter(person_id=case.person_id).latest_first(),
        "movements": _movements(actor, case),
        "reviews": Review.objects.visible_to(actor).of(case),
        "review_late": case.status in REVIEWED and case.review_on < actor.today,
        "proposed_for_closing": case.status == Status.CLOSING,
        "suspended": case.status == Status.SUSPENDED,
        "positions": next(iter(round_by_round(positions)), None),
        "may_work": works and case.status in RUNNING,
        "may_hold": access.may_do("case.hold", actor.roles),
        "holds": Hold.objects.visible_to(actor).of(case),
        "may_contribute": access.may_do("statement.disclose", actor.roles)
        and bool(actions.categories_to_bring(case, by=actor)),
        "keepers": keepers(actor, case),
        "stale": case.needs_fresh_judgement(actor.today),
    }


def _third_parties(actor: Actor, case: Case) -> list[tuple[Organisation, ThirdParty]]:
    rows = list(ThirdParty.objects.visible_to(actor).of(case))
    bodies = Organisation.objects.in_bulk({row.organisation_id for row in rows})
    return [(bodies[row.organisation_id], row) for row in rows]


def _with_providers(statements: Iterable[Statement]) -> list[tuple[Organisation, Statement]]:
    rows = list(statements)
    bodies = Organisation.objects.in_bulk([row.provider_id for row in rows])
    return [(bodies[row.provider_id], row) for row in rows]


def _movements(actor: Actor, case: Case) -> list[tuple[Movement, Organisation, bool]]:
    """What is known of the person's whereabouts now; and whether the actor may bring it to the table."""
    rows = list(Movement.objects.visible_to(actor).about(case.person_id).known_by(actor.now))
    bodies = Organisation.objects.in_bulk([row.provider_id for row in rows])
    gives = access.may_do("statement.disclose", actor.roles) and case.status in REVIEWED
    return [
        (row, bodies[row.provider_id], gives and row.provider_id == actor.organisation_id) for row in rows
    ]


def _may_sit(case: Case, actor: Actor) -> list[Organisation]:
    """Bodies that the law lets sit at a case conference and that do not yet."""
    seated = CaseParty.objects.visible_to(actor).of(case).active().values_list("organisation_id", flat=True)
    if case.regime == Regime.COVENANT:
        seated_bodies = Organisation.objects.filter(pk__in=list(seated))
        partners = partners_of(seated_bodies, actor).exclude(pk__in=list(seated))
        return [body for body in partners if body.region in ("", case.municipality)]
    lawful = Organisation.objects.filter(authority__in=seated_by_law(actor.today))
    return [body for body in lawful.exclude(pk__in=list(seated)) if body.region in ("", case.municipality)]
