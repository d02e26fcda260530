"""Who answers for a case: choosing a lead and a deputy, handing over, taking over."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from samenhang.access import rules as access
from samenhang.cases import actions, forms
from samenhang.cases.models import Case, Charge, Takeover
from samenhang.cases.models.keeping import colleagues, people
from samenhang.cases.rules import RUNNING, Regime
from samenhang.cases.rules.keeping import Offer, Part
from samenhang.cases.views.pages import case_form, to_page
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import refusals_in
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation, User


@dataclass(frozen=True)
class Keepers:
    """Who answers for a case, as its page shows it, and what the actor may change of that.

    mine: the actor's own charge. free: the parts that nobody has. may_choose: the
    actor works on cases for the home municipality.
    """

    rows: list[tuple[Charge, User]]
    mine: Charge | None
    free: list[Part]
    may_choose: bool
    offered: Takeover | None
    by_act: bool

    @property
    def alone(self) -> bool:
        return bool(self.free)

    @property
    def may_move(self) -> bool:
        """The Act lets a case go to another municipality; a covenant does not."""
        return self.may_choose and self.by_act

    @property
    def may_step_in(self) -> bool:
        return self.mine is not None and self.mine.part == Part.DEPUTY


def keepers(actor: Actor, case: Case) -> Keepers:
    """Who answers for this case now."""
    standing = list(Charge.objects.visible_to(actor).of(case).standing())
    known = people(one.user_id for one in standing)
    held = {one.part for one in standing}
    mine = next((one for one in standing if one.user_id == actor.user_id), None)
    latest = Takeover.objects.visible_to(actor).of(case).filter(charge=mine).first() if mine else None
    works = access.may_do("case.work", actor.roles) and case.status in RUNNING
    return Keepers(
        rows=[(one, known[one.user_id]) for one in standing],
        mine=mine,
        free=[part for part in Part if part not in held],
        may_choose=works and _region_of(actor) == case.municipality,
        by_act=case.regime == Regime.ACT,
        offered=latest if latest and latest.stage in (Offer.OFFERED, Offer.REFUSED) else None,
    )


@require_http_methods(["GET", "POST"])
def lead(request: ActorRequest, reference: str) -> HttpResponse:
    """Choose a lead or a deputy, where there is none."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    held = keepers(request.actor, case)
    taken = {user.pk for _charge, user in held.rows}
    able = [one for one in _colleagues(request.actor) if one.pk not in taken]
    form = forms.Appoint(request.POST or None, parts=held.free, people=_choices(able))
    if form.is_valid():
        said = form.cleaned_data
        chosen = next(one for one in able if one.reference == said["user"])
        with refusals_in(form):
            actions.appoint(case, chosen, Part(said["part"]), by=request.actor)
            told = _("%(name)s is %(part)s of this case now.")
            messages.success(request, told % {"name": chosen.name, "part": Part(said["part"]).label.lower()})
            return to_page(case)
    return case_form(request, "cases/case_lead.html", case, form, held=held)


@require_http_methods(["GET", "POST"])
def step_in(request: ActorRequest, reference: str) -> HttpResponse:
    """The deputy becomes lead at once."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    form = forms.Reason(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.step_in(case, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("You lead this case now. Choose a new deputy."))
            return to_page(case)
    return case_form(request, "cases/case_step_in.html", case, form)


@require_http_methods(["GET", "POST"])
def hand_over(request: ActorRequest, reference: str) -> HttpResponse:
    """Offer one's own charge to a colleague, with what only the giver knows."""
    case = get_object_or_404(Case.objects.visible_to(request.actor), reference=reference)
    mine = keepers(request.actor, case).mine
    able = [one for one in _colleagues(request.actor) if one.pk != request.actor.user_id]
    form = forms.HandOver(request.POST or None, people=_choices(able))
    if mine is None and request.method == "POST":
        raise access.NotYours
    if mine is not None and form.is_valid():
        chosen = next(one for one in able if one.reference == form.cleaned_data["user"])
        with refusals_in(form):
            made = actions.offer(mine, chosen, form.pack(), by=request.actor)
            messages.success(
                request, _("Offered to %s. Until they take it over it stays yours.") % chosen.name
            )
            return HttpResponseRedirect(reverse("cases:takeover", args=[made.reference]))
    return case_form(request, "cases/case_hand_over.html", case, form, mine=mine)


@require_GET
def takeover(request: ActorRequest, reference: str) -> HttpResponse:
    """A hand-over; the desk adds what the areas above know of the case."""
    row = get_object_or_404(Takeover.objects.visible_to(request.actor), reference=reference)
    return render(request, "cases/takeover.html", shown(request.actor, row))


@require_POST
def answer(request: ActorRequest, reference: str) -> HttpResponse:
    """Take over, refuse, or keep after all."""
    actor = request.actor
    row = get_object_or_404(Takeover.objects.visible_to(actor), reference=reference)
    wanted = request.POST.get("answer", "")
    try:
        if wanted == Offer.TAKEN_OVER:
            actions.take_over(row, by=actor)
            messages.success(request, _("You took it over. From now on the duty is yours."))
        elif wanted == Offer.REFUSED:
            actions.decline(row, reason=request.POST.get("reason", ""), by=actor)
            messages.success(request, _("Refused. The duty stays with who offered it."))
        elif wanted == Offer.KEPT:
            actions.keep(row, by=actor)
            messages.success(request, _("You keep it."))
        else:
            raise Http404
    except access.NotYours:
        raise
    except Refused as refusal:
        context = shown(actor, row) | {"refused": str(refusal)}
        return render(request, "cases/takeover.html", context, status=422)
    return HttpResponseRedirect(reverse("cases:takeover", args=[reference]))


def shown(actor: Actor, row: Takeover) -> dict[str, object]:
    """What the page of a hand-over draws. The case is there only for who may read it."""
    case = Case.objects.visible_to(actor).get(pk=row.case_id)
    charge = Charge.objects.visible_to(actor).get(pk=row.charge_id)
    open_ = row.stage == Offer.OFFERED
    known = people([row.giver_id, row.receiver_id])
    own = row.giver_id == actor.user_id
    return {
        "row": row,
        "case": case,
        "part": charge.get_part_display(),
        "giver": known[row.giver_id],
        "receiver": known[row.receiver_id],
        "may_answer": open_ and row.receiver_id == actor.user_id,
        "may_keep": own and row.stage in (Offer.OFFERED, Offer.REFUSED),
        "back": reverse("cases:case", args=[case.reference]),
    }


def _colleagues(actor: Actor) -> list[User]:
    """People of the actor's own organisation whose task it is to work on cases today."""
    return colleagues(actor, access.functions()["deeds"]["case.work"])


def _choices(people: Iterable[User]) -> list[tuple[str, str]]:
    return [(one.reference, one.name) for one in people]


def _region_of(actor: Actor) -> str:
    return Organisation.objects.get(pk=actor.organisation_id).region
