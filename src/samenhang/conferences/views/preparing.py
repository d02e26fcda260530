"""Planning a conference: when, about which cases, with whom."""

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenhang.access import policy
from samenhang.access import rules as access
from samenhang.cases.models import Case
from samenhang.conferences import actions, forms
from samenhang.conferences.models import Conference, Invitee, Item, Paper, next_of
from samenhang.conferences.models.earlier import earlier
from samenhang.conferences.models.room import invited, may_be_invited, missing_from, must_leave
from samenhang.conferences.rules import ItemStage, Stage
from samenhang.conferences.rules.calendars import calendar, cancelled
from samenhang.conferences.rules.inviting import Answer
from samenhang.conferences.rules.papers import PaperStage
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.paging import page_of
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation, User
from samenhang.organisations.rules import Role
from samenhang.persons.models import names_for
from samenhang.risk.models import Assessment, current

ON_A_PAGE = 25
# Of more cases than these at once, what came since the assessment is read at the case.
MOST_NEWS = 3
# What the areas above know of a case since its assessment: rows with came_on, kind and words.
Since = Callable[[Case, Assessment, Actor], list[Any]]


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """The conferences to which the actor's organisation is invited."""
    page = page_of(Conference.objects.visible_to(request.actor).latest_first(), request, ON_A_PAGE)
    may = access.may_do("conference.chair", request.actor.roles)
    return render(request, "conferences/conferences.html", {"page": page, "may_plan": may})


@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Plan a conference."""
    policy.require_function(request.actor, "conference.chair")
    form = forms.Plan(request.POST or None)
    if form.is_valid():
        starts, ends = form.moments()
        with refusals_in(form):
            made = actions.plan(
                place=form.cleaned_data["place"], starts_at=starts, ends_at=ends, by=request.actor
            )
            warn_of_others(made, request)
            return to(made)
    return form_page(request, "conferences/new.html", form)


@require_GET
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """The agenda as far as the actor may read it, who comes, and what to do next."""
    conference = conference_of(request, reference)
    context = shown(conference, request.actor)
    context |= _around(conference, context, request.actor)
    return render(request, "conferences/conference.html", context)


@require_http_methods(["GET", "POST"])
def agenda(request: ActorRequest, reference: str, since: Since | None = None) -> HttpResponse:
    """Put a case on the agenda."""
    conference = chaired(request, reference)
    on_it = Item.objects.visible_to(request.actor).of(conference).values_list("case_id", flat=True)
    cases = list(Case.objects.visible_to(request.actor).ongoing().exclude(pk__in=list(on_it)))
    names = names_for(request.actor, [case.person_id for case in cases])
    choices = [(one.reference, f"{names.get(one.person_id, '')} · {one.reference}") for one in cases]
    chosen = request.POST.get("case") or request.GET.get("case", "")
    form = forms.Item(request.POST or None, cases=choices, initial={"case": chosen})
    if form.is_valid():
        case = next(one for one in cases if one.reference == form.cleaned_data["case"])
        with refusals_in(form):
            other = next_of(case.pk, request.actor)
            actions.add_item(conference, case, question=form.cleaned_data["question"], by=request.actor)
            if other:
                messages.warning(
                    request,
                    _("The case stands on the agenda of the conference of %s as well. Look at both.")
                    % date_format(timezone.localtime(other[0].starts_at), "l j F, H:i"),
                )
            messages.success(request, _("The case is on the agenda."))
            return to(conference)
    _say_on_it(form, cases, request)
    looked_at = [one for one in cases if one.reference == chosen] or cases[:ON_A_PAGE]
    return _form(
        request, "conferences/agenda.html", conference, form, advice=_advice(looked_at, request, since)
    )


def _say_on_it(form: forms.Item, cases: list[Case], request: ActorRequest) -> None:
    """In a second tab: the case came on the agenda meanwhile. What was typed stays on the page."""
    chosen = request.POST.get("case", "")
    if form.is_bound and chosen and chosen not in {one.reference for one in cases}:
        form.errors.pop("case", None)
        form.add_error(
            "case",
            _(
                "This case is on the agenda already, or you may not put it there. Copy your question, and"
                " change the one that stands on the page of the conference."
            ),
        )


@require_http_methods(["GET", "POST"])
def change_item(request: ActorRequest, reference: str, since: Since | None = None) -> HttpResponse:
    """Ask the conference something else about a case, or take the case off the agenda."""
    item = get_object_or_404(Item.objects.visible_to(request.actor), reference=reference)
    conference = get_object_or_404(Conference.objects.visible_to(request.actor), pk=item.conference_id)
    if not chairs(conference, request.actor):
        raise access.NotYours
    form = forms.Reason(
        request.POST or None,
        label=_("What must the conference answer?"),
        required="drop" not in request.POST,
        initial={"words": item.question},
    )
    if form.is_valid():
        with refusals_in(form):
            if "drop" in request.POST:
                actions.drop_item(item, by=request.actor)
                said = _("The case is off the agenda.")
            else:
                actions.reword_item(item, question=form.cleaned_data["words"], by=request.actor)
                said = _("The question was changed. Whoever may read the item sees the new one at once.")
            messages.success(request, said)
            return to(conference)
    back = reverse("conferences:conference", args=[conference.reference])
    cases = Case.objects.visible_to(request.actor).filter(pk=item.case_id)
    advice = _advice(list(cases), request, since)
    return form_page(request, "conferences/change_item.html", form, back, item=item, advice=advice)


@require_http_methods(["GET", "POST"])
def invite(request: ActorRequest, reference: str) -> HttpResponse:
    """Ask somebody to come."""
    conference = chaired(request, reference)
    people = may_be_invited(conference)
    form = forms.Invite(
        request.POST if request.method == "POST" else None, people=_grouped(people, conference)
    )
    if form.is_valid():
        chosen = [one for one in people if one.reference in form.cleaned_data["person"]]
        with refusals_in(form):
            actions.invite_all(conference, chosen, by=request.actor)
            said = _("On the list now: %s.")
            if conference.stage == Stage.INVITED:
                said = _("On the list now, and may read the invitation: %s.")
            messages.success(request, said % ", ".join(one.name for one in chosen))
            return to(conference)
    missing = missing_from(conference, request.actor)
    return _form(request, "conferences/invite.html", conference, form, missing=missing)


def _grouped(people: list[User], conference: Conference) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each organisation, in that order, its people and as what they come."""
    return [
        (body, [(one.reference, f"{one.name} · {_roles(one, conference)}") for one in group])
        for body, group in groupby(people, key=lambda one: one.organisation.name)
    ]


@require_POST
def send(request: ActorRequest, reference: str) -> HttpResponse:
    """The invitation goes out."""
    conference = chaired(request, reference)
    actions.send(conference, by=request.actor)
    messages.success(
        request,
        _(
            "The invitation stands under Conferences, for everybody on the list. No e-mail was sent: call or"
            " mail them yourself, without the name of a case in it."
        ),
    )
    return to(conference)


@require_GET
def invitation(request: ActorRequest, reference: str) -> HttpResponse:
    """The invitation for a calendar, or that it was called off: when and where, and nothing about anybody."""
    conference = conference_of(request, reference)
    moments = (conference.starts_at, conference.ends_at)
    about = (conference.reference, moments, title_of(conference))
    if conference.stage == Stage.CALLED_OFF:
        return as_calendar(cancelled(*about, conference.revision, request.actor.now), conference)
    text = calendar(*about, conference.place, conference.revision, request.actor.now)
    return as_calendar(text, conference)


def title_of(conference: Conference) -> str:
    """As it stands in a calendar, which others read: no name, no case."""
    return _("Case conference %s") % conference.municipality


def as_calendar(text: str, conference: Conference) -> HttpResponse:
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{conference.reference}.ics"'
    return answer


def shown(conference: Conference, actor: Actor) -> dict[str, Any]:
    """What the page of a conference draws, as far as the actor may read it."""
    items = list(Item.objects.visible_to(actor).of(conference))
    invitees = list(Invitee.objects.visible_to(actor).of(conference))
    users = invited(invitees)
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in invitees})
    cases = Case.objects.visible_to(actor).in_bulk({item.case_id for item in items})
    names = names_for(actor, [case.person_id for case in cases.values()])
    mine = chairs(conference, actor)
    on_list = [one for one in invitees if one.stage != Answer.TAKEN_OFF]
    here = [users[one.user_id] for one in on_list]
    missing = missing_from(conference, actor) if mine else []
    papers = papers_waited_for(items, actor)
    coming = conference.stage in (Stage.PREPARED, Stage.INVITED, Stage.UNDER_WAY)
    return {
        "conference": conference,
        "items": [
            (
                item,
                cases[item.case_id].reference if item.case_id in cases else "",
                names.get(cases[item.case_id].person_id, "") if item.case_id in cases else "",
                must_leave(item, here, actor.now, simulated=actor.simulated)
                if coming and item.stage in (ItemStage.PLANNED, ItemStage.OPEN)
                else [],
            )
            for item in items
        ],
        "people": [
            (one, users[one.user_id], bodies[one.organisation_id], _roles(users[one.user_id], conference))
            for one in on_list
        ],
        "waits_for": [users[one.user_id] for one in on_list if one.stage == Answer.INVITED],
        "papers": papers,
        "planned": [item for item in items if item.stage == ItemStage.PLANNED],
        "missing": missing,
        "invitation": _to_answer(conference, on_list, actor),
        "me": actor.user_id,
        "chairs": mine,
        "prepares": mine and conference.stage in (Stage.PREPARED, Stage.INVITED),
        "next": _next(conference, items, missing) if mine else "",
    }


def _around(conference: Conference, drawn: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """What is known around the agenda: answers, who is missed, what was agreed before."""
    items = [row[0] for row in drawn["items"]]
    grounds: dict[str, list[str]] = {}
    for invitee, _user, body, _said in drawn["people"]:
        named = grounds.setdefault(invitee.basis, [])
        named.extend([body.name] if body.name not in named else [])
    known: dict[str, Any] = {
        "grounds": list(grounds.items()),
        "moved": conference.moved_at is not None and conference.stage in (Stage.PREPARED, Stage.INVITED),
        "answered": _answered(items, actor),
        "its_day": timezone.localtime(conference.starts_at).date() <= actor.today,
    }
    if not drawn["chairs"]:
        return known
    before = earlier(items, actor)
    on_it = [one.case_id for one in items]
    return known | {
        "absent": _absent(conference, actor),
        "left": Case.objects.visible_to(actor).ongoing().exclude(pk__in=on_it).exists(),
        "earlier": [
            (item, name or case, before[item.pk])
            for item, case, name, _out in drawn["items"]
            if item.pk in before
        ],
    }


def _absent(conference: Conference, actor: Actor) -> list[tuple[Organisation, str]]:
    """Of which organisations everybody who was invited says no, and what they said."""
    if conference.stage != Stage.INVITED:
        return []
    rows = list(Invitee.objects.visible_to(actor).of(conference).nobody_comes())
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in rows})
    said: dict[int, list[str]] = {}
    for row in rows:
        said.setdefault(row.organisation_id, []).extend([row.reason] if row.reason else [])
    return [(bodies[key], "; ".join(words)) for key, words in said.items()]


def _to_answer(conference: Conference, on_list: list[Invitee], actor: Actor) -> Invitee | None:
    """The actor's own invitation while it can be answered; not of who chairs it and comes."""
    own = next((one for one in on_list if one.user_id == actor.user_id), None)
    if own is None or conference.stage != Stage.INVITED:
        return None
    return None if own.stage == Answer.ACCEPTED and chairs(conference, actor) else own


def _roles(user: User, conference: Conference) -> str:
    """As what they come: their roles on the day."""
    mandates = user.mandates_on(timezone.localtime(conference.starts_at).date())
    return ", ".join(str(Role(mandate.role).label) for mandate in mandates)


def chaired(request: ActorRequest, reference: str) -> Conference:
    """The conference, for who chairs it. Raises NotYours."""
    conference = conference_of(request, reference)
    if not chairs(conference, request.actor):
        raise access.NotYours
    return conference


def chairs(conference: Conference, actor: Actor) -> bool:
    """Whether the actor chairs it: by role, for the organisation that called it."""
    return conference.organisation_id == actor.organisation_id and access.may_do(
        "conference.chair", actor.roles
    )


def papers_waited_for(items: list[Item], actor: Actor) -> list[tuple[Paper, Organisation]]:
    """What was asked for these items and is not answered."""
    rows = list(Paper.objects.visible_to(actor).on(items).filter(stage=PaperStage.ASKED))
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in rows})
    return [(one, bodies[one.organisation_id]) for one in rows]


def _answered(items: list[Item], actor: Actor) -> list[tuple[Paper, Organisation]]:
    """What was asked for these items and came, or was refused."""
    over = (PaperStage.BROUGHT, PaperStage.REFUSED)
    rows = list(Paper.objects.visible_to(actor).on(items).filter(stage__in=over))
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in rows})
    return [(one, bodies[one.organisation_id]) for one in rows]


def _next(conference: Conference, items: list[Item], missing: list[Organisation]) -> str:
    """What the chair does now: agenda, people, send, room, minutes; empty when nothing is left."""
    if conference.stage == Stage.PREPARED:
        if not any(item.stage == ItemStage.PLANNED for item in items):
            return "agenda"
        return "people" if missing else "send"
    if conference.stage in (Stage.INVITED, Stage.UNDER_WAY):
        return "room"
    return "minutes" if any(item.stage == ItemStage.DISCUSSED for item in items) else ""


def conference_of(request: ActorRequest, reference: str) -> Conference:
    found: Conference = get_object_or_404(Conference.objects.visible_to(request.actor), reference=reference)
    return found


def warn_of_others(conference: Conference, request: ActorRequest) -> None:
    """Say which other conferences are planned at the same time: that may be right, and is often a slip."""
    same = Conference.objects.visible_to(request.actor).exclude(pk=conference.pk)
    for one in same.in_the_way_of(conference.starts_at, conference.ends_at):
        where = _("in the same place, %s") if one.place == conference.place else _("in another place, %s")
        messages.warning(
            request, _("Another conference is planned at this time, %s. Look at both.") % (where % one.place)
        )


def to(conference: Conference) -> HttpResponse:
    return HttpResponseRedirect(reverse("conferences:conference", args=[conference.reference]))


def _advice(
    cases: list[Case], request: ActorRequest, since: Since | None
) -> list[tuple[str, Case, Assessment | None, list[Any]]]:
    """For each case its name, the assessment that counts and what came since: the agenda asks from there."""
    names = names_for(request.actor, [case.person_id for case in cases])
    found = current([case.pk for case in cases], request.actor)
    rows = []
    for case in cases:
        made = found.get(case.pk)
        news = since(case, made, request.actor) if since and made and len(cases) <= MOST_NEWS else []
        rows.append((names.get(case.person_id, "") or case.reference, case, made, news))
    return rows


def _form(
    request: ActorRequest, template: str, conference: Conference, form: BaseForm, **more: object
) -> HttpResponse:
    back = reverse("conferences:conference", args=[conference.reference])
    return form_page(request, template, form, back, conference=conference, **more)
