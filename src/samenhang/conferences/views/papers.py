"""What partners are asked to bring in before the conference: asked, answered, refused."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access import rules as access
from samenhang.cases import actions as cases
from samenhang.cases.models import Case
from samenhang.conferences import actions, forms
from samenhang.conferences.models import Conference, Item, Paper
from samenhang.conferences.rules import ItemStage
from samenhang.conferences.rules.papers import PaperStage
from samenhang.conferences.views.preparing import chairs
from samenhang.exchange.models import Statement
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.grounds import rules as law
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import names_for


@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, reference: str) -> HttpResponse:
    """Ask an organisation at the case to bring something in before the conference."""
    actor = request.actor
    item = get_object_or_404(Item.objects.visible_to(actor), reference=reference)
    conference = get_object_or_404(Conference.objects.visible_to(actor), pk=item.conference_id)
    if not chairs(conference, actor):
        raise access.NotYours
    bodies = actions.may_be_asked(item, by=actor)
    day_before = timezone.localtime(conference.starts_at).date() - timedelta(days=1)
    form = forms.AskPaper(
        request.POST or None,
        bodies=[(one.reference, one.name) for one in bodies],
        before=max(actor.today, day_before),
    )
    if form.is_valid():
        said = form.cleaned_data
        body = next(one for one in bodies if one.reference == said["organisation"])
        with refusals_in(form):
            actions.ask_paper(item, body, what=said["what"], due_on=said["due_on"], by=actor)
            messages.success(request, _("%s finds the question under My work.") % body.name)
            return HttpResponseRedirect(reverse("conferences:item", args=[reference]))
    back = reverse("conferences:item", args=[reference])
    return form_page(
        request, "conferences/ask_paper.html", form, back, item=item, may=item.stage == ItemStage.PLANNED
    )


@require_http_methods(["GET", "POST"])
def paper(request: ActorRequest, reference: str) -> HttpResponse:
    """What was asked, of whom, by when; for who was asked, how to answer; for who chairs, to take it back."""
    actor = request.actor
    row = get_object_or_404(Paper.objects.visible_to(actor), reference=reference)
    mine = row.organisation_id == actor.organisation_id
    item = get_object_or_404(Item.objects.visible_to(actor), pk=row.item_id)
    conference = Conference.objects.visible_to(actor).filter(pk=item.conference_id).first()
    form = forms.Reason(
        request.POST or None, label=_("Why do you bring nothing in?"), required="withdraw" not in request.POST
    )
    if form.is_valid():
        with refusals_in(form, but=access.NotYours):
            if "withdraw" in request.POST:
                actions.withdraw_paper(row, by=actor)
            else:
                actions.refuse_paper(row, reason=form.cleaned_data["words"], by=actor)
            messages.success(request, _("Everybody at the case sees that."))
            return HttpResponseRedirect(reverse("conferences:paper", args=[reference]))
    waits = row.stage == PaperStage.ASKED
    return form_page(
        request,
        "conferences/paper.html",
        form,
        row=row,
        item=item,
        conference=conference,
        body=Organisation.objects.get(pk=row.organisation_id),
        name=_name(item, actor),
        late=waits and row.due_on < actor.today,
        statement=_statement(row, actor),
        may_answer=waits and mine and access.may_do("conference.take-part", actor.roles),
        categories=_categories(row, item, actor) if waits and mine else [],
        may_withdraw=waits and conference is not None and chairs(conference, actor),
    )


@require_http_methods(["GET", "POST"])
def bring(request: ActorRequest, reference: str, category: str) -> HttpResponse:
    """Answer with a statement, with the conditions of the rule of the day confirmed one by one."""
    actor = request.actor
    asked = Paper.objects.visible_to(actor).filter(organisation_id=actor.organisation_id)
    row = get_object_or_404(asked, reference=reference)
    if row.stage != PaperStage.ASKED and request.method == "GET":
        messages.info(request, _("This was answered already, or is needed no longer. Here is what stands."))
        return HttpResponseRedirect(reverse("conferences:paper", args=[reference]))
    item = get_object_or_404(Item.objects.visible_to(actor), pk=row.item_id)
    if category not in dict(_categories(row, item, actor)):
        raise Http404
    case = get_object_or_404(Case.objects.visible_to(actor), pk=item.case_id)
    sentences, conditions_of_law = cases.law_of_sharing(case, category, by=actor)
    form = forms.Statement(request.POST or None)
    conditions = forms.Conditions(
        request.POST or None, conditions=conditions_of_law, established=cases.established(case, by=actor)
    )
    if form.is_valid() and conditions.is_valid():
        with refusals_in(form):
            actions.bring_paper(
                row, form.content(), category=category, not_met=conditions.not_met(), by=actor
            )
            messages.success(request, _("Everyone who sits at the case can read your statement."))
            return HttpResponseRedirect(reverse("conferences:paper", args=[reference]))
    return form_page(
        request,
        "conferences/bring_paper.html",
        form,
        reverse("conferences:paper", args=[reference]),
        row=row,
        conditions=conditions,
        sentences=sentences,
        category=law.category_label(category),
    )


def _categories(row: Paper, item: Item, actor: Actor) -> list[tuple[str, str]]:
    """What the organisation that was asked may bring in by law today."""
    case = Case.objects.visible_to(actor).filter(pk=item.case_id).first()
    if case is None or not access.may_do("statement.disclose", actor.roles):
        return []
    return cases.categories_to_bring(case, by=actor)


def _statement(row: Paper, actor: Actor) -> Statement | None:
    """With what it was answered, as it stands now: a corrected statement keeps the scope of the wrong one."""
    return Statement.objects.visible_to(actor).standing().filter(scope=row.scope_of_answer()).first()


def _name(item: Item, actor: Actor) -> str:
    case = Case.objects.visible_to(actor).filter(pk=item.case_id).first()
    return names_for(actor, [case.person_id]).get(case.person_id, "") if case else ""
