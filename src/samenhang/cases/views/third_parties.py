"""Third parties in a case: proposing one, agreeing, ending; and what a third party may read."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access import rules as access
from samenhang.cases import actions, forms
from samenhang.cases.models import Case, Consent, SharedItem, ThirdParty
from samenhang.cases.rules import SEATS
from samenhang.cases.rules.third_parties import CAPACITY, Admission, third_parties
from samenhang.cases.views.pages import case_form
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import refusals_in
from samenhang.grounds import rules as law
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation

APPROACH = "person-centred-approach"


@require_http_methods(["GET", "POST"])
def propose(request: ActorRequest, reference: str) -> HttpResponse:
    """Which third party, which items, until when and why, with the rule of today."""
    actor = request.actor
    case = get_object_or_404(Case.objects.visible_to(actor), reference=reference)
    bodies = list(Organisation.objects.filter(authority__in=third_parties()))
    form = forms.ThirdParty(request.POST or None, bodies=[(one.reference, one.name) for one in bodies])
    if form.is_valid():
        said = form.cleaned_data
        body = next(one for one in bodies if one.reference == said["organisation"])
        with refusals_in(form, but=access.NotYours):
            made = actions.propose_third_party(
                case, body, form.items(), until=said["until"], reason=said["reason"], by=actor
            )
            messages.success(request, _("Proposed. Police, prosecution and mayor must each agree."))
            return HttpResponseRedirect(reverse("cases:third-party", args=[made.reference]))
    answer = law.ask("CASUS", CAPACITY, "plan", APPROACH, actor.today)
    return case_form(request, "cases/case_third_party.html", case, form, answer=answer)


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One third party: who agreed, to which items, until when. POST agrees, refuses or ends."""
    actor = request.actor
    row = get_object_or_404(ThirdParty.objects.visible_to(actor), reference=reference)
    refused = ""
    if request.method == "POST":
        try:
            _answer(row, request)
        except access.NotYours:
            raise
        except Refused as refusal:
            refused = str(refusal)
        else:
            return HttpResponseRedirect(reverse("cases:third-party", args=[reference]))
    agreed = [one.seat for one in Consent.objects.visible_to(actor).to(row)]
    proposed = row.stage == Admission.PROPOSED
    judges = access.may_do("weighing.judge", actor.roles) and SEATS.get(actor.authority) in actor.roles
    shown = {
        "row": row,
        "refused": refused,
        "body": Organisation.objects.get(pk=row.organisation_id),
        "case": Case.objects.visible_to(actor).get(pk=row.case_id),
        "items": SharedItem.objects.visible_to(actor).of(row),
        "seats": [(law.authority_label(seat), seat in agreed) for seat in SEATS],
        "reads": row.reads_on(actor.today),
        "over": row.stage == Admission.ADMITTED and not row.reads_on(actor.today),
        "may_judge": proposed and judges and actor.authority not in agreed,
        "may_end": access.may_do("case.work", actor.roles)
        and row.stage in (Admission.PROPOSED, Admission.ADMITTED),
    }
    return render(request, "cases/third_party.html", shown, status=422 if refused else 200)


@require_GET
def shared(request: ActorRequest) -> HttpResponse:
    """What cases of others let the actor's own organisation read, each until its day."""
    actor = request.actor
    items = SharedItem.objects.visible_to(actor).received_by(actor.organisation_id)
    return render(request, "cases/shared.html", {"items": items})


def _answer(row: ThirdParty, request: ActorRequest) -> None:
    wanted, actor = request.POST.get("answer", ""), request.actor
    if wanted == "agree":
        row = actions.agree_to_third_party(row, by=actor)
        admitted = row.stage == Admission.ADMITTED
        messages.success(
            request,
            _("All three agree. The items can be read from now on.") if admitted else _("Kept: you agree."),
        )
    elif wanted == Admission.REFUSED:
        actions.refuse_third_party(row, reason=request.POST.get("reason", ""), by=actor)
        messages.success(request, _("Refused. The third party reads nothing."))
    elif wanted == Admission.ENDED:
        actions.end_third_party(row, by=actor)
        messages.success(request, _("Ended. The third party reads nothing any more."))
    else:
        raise Http404
