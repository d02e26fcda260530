"""Travellers in one list, the way back of each, and its gates."""

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenhang.access import policy
from samenhang.access import rules as access
from samenhang.cases.models import Case, CaseParty
from samenhang.exchange.models import Movement
from samenhang.exchange.rules.movements import AWAY, Whereabouts
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.paging import page_of
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person, names_for
from samenhang.risk import actions, forms
from samenhang.risk.actions.returning import Offer
from samenhang.risk.models import Assessment, Handover, Passage, ProsecutionReview, Trajectory, last_look
from samenhang.risk.models.coverage import looked_up
from samenhang.risk.models.returns import changed_since, receivers, users_of
from samenhang.risk.rules import returns
from samenhang.risk.rules.returns import Gate, Way

ON_A_PAGE = 50
LISTED = (*AWAY, Whereabouts.RETURNED, Whereabouts.DEAD, Whereabouts.UNKNOWN)


@require_GET
def travellers(request: ActorRequest) -> HttpResponse:
    """Every traveller whom the actor may know of: where, how far back, what is due; or only what changed."""
    actor = request.actor
    looked = last_look(actor.user_id)
    only = "changed" in request.GET and looked is not None
    found = Movement.objects.visible_to(actor).latest_on(actor.today, known_by=actor.now)
    found = found.filter(status__in=LISTED).order_by("-true_on", "-pk")
    if only:
        assert looked is not None
        found = found.filter(person_id__in=changed_since(looked, actor))
    page = page_of(found, request, ON_A_PAGE)
    context = {
        "page": page,
        "rows": _rows(page.rows, actor),
        "looked": looked,
        "only": only,
        "may_import": access.may_do("movement.record", actor.roles)
        and access.may_do("person.open", actor.roles),
        "may_review": access.may_do("prosecution.review", actor.roles),
        "may_list": access.may_do("return.list", actor.roles),
    }
    return render(request, "risk/travellers.html", context)


@require_POST
def read(request: ActorRequest) -> HttpResponse:
    """I have read the list: from now on show only what changed."""
    actions.mark_read(by=request.actor)
    messages.success(request, _("From now on “only what changed” starts here."))
    return HttpResponseRedirect(f"{reverse('risk:travellers')}?changed")


@require_http_methods(["GET", "POST"])
def start(request: ActorRequest, case: str) -> HttpResponse:
    """Begin to follow the way back of the person of this case."""
    file = get_object_or_404(Case.objects.visible_to(request.actor), reference=case)
    policy.require_function(request.actor, "return.work")
    form = forms.OpenWay(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            made = actions.open_trajectory(file, **form.cleaned_data, by=request.actor)
            return _to(made)
    back = reverse("cases:case", args=[file.reference])
    return _page(request, form, back, _("Follow the way back"), _("Follow it"))


@require_GET
def trajectory(request: ActorRequest, reference: str) -> HttpResponse:
    """The way back of one person: where it stands, every gate, and what the next ones still lack."""
    row = _trajectory(request, reference)
    return render(request, "risk/trajectory.html", _shown(row, request.actor))


@require_POST
def second_read(request: ActorRequest, reference: str) -> HttpResponse:
    """As somebody else than who entered it: agree that this person is followed here."""
    row = _trajectory(request, reference)
    actions.second_read(row, by=request.actor)
    messages.success(request, _("You agreed. Now it can be handed over."))
    return _to(row)


@require_http_methods(["GET", "POST"])
def offer(request: ActorRequest, reference: str, stage: str) -> HttpResponse:
    """Offer a gate to a named person, with its pack."""
    row = _trajectory(request, reference)
    policy.require_function(request.actor, "return.work")
    if stage not in returns.PACKS:
        raise Http404
    gate = Way(stage)
    seats = CaseParty.objects.visible_to(request.actor).filter(case_id=row.case_id).active()
    table = list(seats.values_list("organisation_id", flat=True))
    people = receivers(table, request.actor.today, but=request.actor.user_id)
    choices = [(user.reference, f"{user.name} · {user.organisation.name}") for user in people.values()]
    form = forms.Offer(
        request.POST or None, people=choices, gate=gate, initial={"true_on": request.actor.today}
    )
    if form.is_valid():
        typed = form.cleaned_data
        offered = Offer(gate, typed["true_on"], people[typed["receiver"]], form.pack())
        with refusals_in(form):
            actions.offer(row, offered, by=request.actor)
            messages.success(request, _("The receiver finds it under “My work”."))
            return _to(row)
    there = looked_up(row.person_id, request.actor.today, known_by=request.actor.now)
    known = [(returns.LOOKED_UP[code], there[code]) for code in returns.PACKS[gate] if code in there]
    back = reverse("risk:trajectory", args=[reference])
    title = _("Hand over: %s") % gate.label
    return _page(request, form, back, title, _("Offer it"), known=known)


@require_http_methods(["GET", "POST"])
def handover(request: ActorRequest, reference: str) -> HttpResponse:
    """One hand-over: what the pack says; the receiver accepts or refuses, the offerer takes it back."""
    row = get_object_or_404(Handover.objects.visible_to(request.actor), reference=reference)
    way = get_object_or_404(Trajectory.objects.visible_to(request.actor), pk=row.trajectory_id)
    form = forms.Answer(request.POST or None)
    if request.method == "POST":
        policy.require_function(request.actor, "return.receive")
        try:
            outcome = Gate(request.POST.get("outcome", ""))
        except ValueError:
            raise Http404 from None
        if form.is_valid():
            try:
                actions.answer(row, outcome, reason=form.cleaned_data["reason"], by=request.actor)
            except returns.NotTheReceiver:
                raise access.NotYours from None
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return _to(way)
    users = users_of([row.offered_by_id, row.receiver_id])
    waiting = row.outcome == Gate.OFFERED
    context = {
        "row": row,
        "way": way,
        "form": form,
        "offerer": users[row.offered_by_id],
        "receiver": users[row.receiver_id],
        "pack": [(returns.WRITTEN[code], text) for code, text in row.pack.items()],
        "title": names_for(request.actor, [way.person_id]).get(way.person_id, way.reference),
        "mine": waiting and row.receiver_id == request.actor.user_id,
        "may_take_back": waiting and row.offered_by_id == request.actor.user_id,
    }
    return render(request, "risk/handover.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def note(request: ActorRequest, reference: str, stage: str) -> HttpResponse:
    """Note a fact: died, elsewhere, unknown, abroad again."""
    row = _trajectory(request, reference)
    policy.require_function(request.actor, "return.work")
    if stage not in returns.FACTS:
        raise Http404
    form = forms.Note(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.note(row, Way(stage), **form.cleaned_data, by=request.actor)
            return _to(row)
    back = reverse("risk:trajectory", args=[reference])
    return _page(request, form, back, _("Note: %s") % Way(stage).label, _("Note it"))


@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, person: str) -> HttpResponse:
    """Whether prosecution is possible, and when to look again; with what was found before."""
    row = get_object_or_404(Person.objects.visible_to(request.actor), reference=person)
    policy.require_function(request.actor, "prosecution.review")
    form = forms.Review(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        with refusals_in(form):
            actions.review_prosecution(
                row,
                returns.Found(typed["found"]),
                reasons=typed["reasons"],
                next_on=typed["next_on"],
                by=request.actor,
            )
            messages.success(request, _("The review is written down."))
            return HttpResponseRedirect(reverse("risk:review", args=[person]))
    before = list(ProsecutionReview.objects.visible_to(request.actor).of_people([row.pk]).reverse())
    title = _("Prosecution review: %s") % row.display_for(request.actor)
    return _page(request, form, reverse("risk:travellers"), title, _("Save"), before=before)


def _shown(row: Trajectory, actor: Actor) -> dict[str, object]:
    gates = list(Handover.objects.visible_to(actor).on(row))
    users = users_of([row.holder_id, *(key for one in gates for key in (one.offered_by_id, one.receiver_id))])
    works = access.may_do("return.work", actor.roles)
    there = looked_up(row.person_id, actor.today, known_by=actor.now) if works else {}
    following = sorted(returns.NEXT_OF_WAY[Way(row.stage)], key=list(Way).index)
    waiting = any(one.outcome == Gate.OFFERED for one in gates)
    case = Case.objects.visible_to(actor).filter(pk=row.case_id).first()
    return {
        "row": row,
        "case": case,
        "title": names_for(actor, [row.person_id]).get(row.person_id, row.reference),
        "holder": users[row.holder_id],
        "passages": list(Passage.objects.visible_to(actor).on(row).reverse()),
        "gates": [(one, users[one.offered_by_id], users[one.receiver_id]) for one in reversed(gates)],
        "may_read": works and row.read_at is None and row.opened_by != actor.user,
        "open_gates": [
            (
                one,
                one.label,
                [returns.LOOKED_UP[code] for code in returns.PACKS[one] if not there.get(code, True)],
            )
            for one in following
            if one in returns.PACKS
        ]
        if works and not waiting and row.read_at
        else [],
        "facts": [(one, one.label) for one in following if one in returns.FACTS]
        if works and not waiting
        else [],
    }


def _rows(page: list[Movement], actor: Actor) -> list[dict[str, Any]]:
    """A row for each traveller. Of an assessment only how far it is; never what it says."""
    people = [row.person_id for row in page]
    names, known = names_for(actor, people), Person.objects.visible_to(actor).in_bulk(people)
    bodies = Organisation.objects.in_bulk({row.provider_id for row in page})
    ways = {row.person_id: row for row in Trajectory.objects.visible_to(actor).of_people(people)}
    made = Assessment.objects.visible_to(actor).filter(person_id__in=people).order_by("planned_at", "pk")
    assessed = {row.person_id: row for row in made}
    reviews = {row.person_id: row for row in ProsecutionReview.objects.visible_to(actor).of_people(people)}
    return [
        {
            "movement": row,
            "person": known.get(row.person_id),
            "name": names.get(row.person_id, ""),
            "body": bodies[row.provider_id],
            "way": ways.get(row.person_id),
            "assessment": assessed.get(row.person_id),
            "review": reviews.get(row.person_id),
        }
        for row in page
    ]


def _trajectory(request: ActorRequest, reference: str) -> Trajectory:
    found: Trajectory = get_object_or_404(Trajectory.objects.visible_to(request.actor), reference=reference)
    return found


def _to(row: Trajectory) -> HttpResponse:
    return HttpResponseRedirect(reverse("risk:trajectory", args=[row.reference]))


def _page(
    request: ActorRequest, form: BaseForm, back: str, title: str, submit: str, **more: object
) -> HttpResponse:
    return form_page(request, "risk/deed.html", form, back, title=title, submit=submit, **more)
