"""What was given and received: accepting, refusing, recalling, certificates, and who did not certify."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access.rules import may_do
from samenhang.exchange import actions, forms
from samenhang.exchange.models import Disclosure, Recall, Refusal, Statement, is_outside
from samenhang.exchange.rules.receiving import NEXT_OF_DISCLOSURE, Outcome, Standing
from samenhang.foundation.errors import Refused
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Label
from samenhang.foundation.paging import page_of
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.grounds.rules import countries, purpose_label
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation

ON_A_PAGE = 25
SHOWN = {"received", "given", "abroad", "recalled"}
COLOURS = {
    Standing.OFFERED: "neutral",
    Standing.ACCEPTED: "positive",
    Standing.DELETED: "positive",
    Standing.REFUSED: "info",
    Standing.CHANGED: "warning",
    Standing.RECALLED: "warning",
    Standing.KEPT: "negative",
}


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """Received, given, or recalled from others: of the last, who certified and who did not."""
    actor = request.actor
    show = request.GET.get("show", "")
    show = show if show in SHOWN else "received"
    found = Disclosure.objects.visible_to(actor)
    chosen = {
        "received": found.received_by(actor.organisation_id),
        "given": found.given_by(actor.organisation_id),
        "abroad": found.given_by(actor.organisation_id).abroad(),
        "recalled": found.given_by(actor.organisation_id).recalled(),
    }[show]
    page = page_of(chosen.latest_first(), request, ON_A_PAGE)
    bodies = Organisation.objects.in_bulk(
        {key for row in page.rows for key in (row.provider_id, row.recipient_id)}
    )
    shown = {
        "page": page,
        "show": show,
        "rows": [
            {
                "row": row,
                "body": bodies[row.provider_id if show == "received" else row.recipient_id],
                "category": law.category_label(row.category),
                "label": _label(row, actor),
            }
            for row in page.rows
        ],
    }
    return render(request, "exchange/disclosures.html", shown)


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, reference: str) -> HttpResponse:
    """One disclosure: under which rule, how it stands; POST accepts it."""
    actor = request.actor
    row = get_object_or_404(Disclosure.objects.visible_to(actor), reference=reference)
    refused = ""
    if request.method == "POST":
        try:
            actions.accept(row, by=actor)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Your organisation accepted it."))
            return HttpResponseRedirect(reverse("exchange:disclosure", args=[reference]))
    following = NEXT_OF_DISCLOSURE[Standing(row.standing)]
    received = row.recipient_id == actor.organisation_id and may_do("disclosure.answer", actor.roles)
    given = row.provider_id == actor.organisation_id and may_do("statement.disclose", actor.roles)
    recipient = Organisation.objects.get(pk=row.recipient_id)
    shown = {
        "row": row,
        "refused": refused,
        "giver": Organisation.objects.get(pk=row.provider_id),
        "recipient": recipient,
        "said": Statement.objects.visible_to(actor).filter(scope=row.scope).order_by("pk").first(),
        "country": _assessment(row, recipient),
        "category": law.category_label(row.category),
        "purpose": purpose_label(row.purpose),
        "label": _label(row, actor),
        "conditions": law.conditions_of(row.rule),
        "may_accept": received and Standing.ACCEPTED in following,
        "may_refuse": received and Standing.REFUSED in following,
        "may_recall": given and Standing.RECALLED in following,
        "may_note": given and row.standing != Standing.DELETED and is_outside(row.recipient_id),
    }
    return render(request, "exchange/disclosure.html", shown, status=422 if refused else 200)


def _assessment(given: Disclosure, to: Organisation) -> Approval | None:
    """The assessment of the country that stood on the day when this was given; None where none is asked."""
    if not countries.is_foreign(to.authority):
        return None
    stood = Approval.objects.standing(localdate(given.disclosed_at))
    return stood.filter(subject=countries.subject_of(to.region)).first()


@require_http_methods(["GET", "POST"])
def refuse(request: ActorRequest, reference: str) -> HttpResponse:
    """The recipient does not want it."""
    row = get_object_or_404(Disclosure.objects.visible_to(request.actor), reference=reference)
    form = forms.Refuse(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.refuse(row, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("Refused. Your organisation does not see it any more."))
            return HttpResponseRedirect(reverse("exchange:disclosures"))
    return _form_page(request, form, _("Refuse a disclosure"), reference)


@require_http_methods(["GET", "POST"])
def recall(request: ActorRequest, reference: str) -> HttpResponse:
    """Its provider takes it back from one recipient."""
    row = get_object_or_404(Disclosure.objects.visible_to(request.actor), reference=reference)
    form = forms.Recall(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.recall(row, reason=form.cleaned_data["reason"], by=request.actor)
            messages.success(request, _("Recalled. The recipient does not see it any more and must certify."))
            return HttpResponseRedirect(reverse("exchange:disclosure", args=[reference]))
    return _form_page(request, form, _("Recall a disclosure"), reference)


@require_http_methods(["GET", "POST"])
def answer(request: ActorRequest, reference: str) -> HttpResponse:
    """A request to the actor's own organisation: to delete and certify, or to take over a change."""
    actor = request.actor
    row = get_object_or_404(Recall.objects.visible_to(actor), reference=reference)
    form = forms.Certify(request.POST or None) if row.deletes else None
    refused = ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _answer(row, form, actor)
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Kept: what your organisation answered."))
            return HttpResponseRedirect(reverse("exchange:recall", args=[reference]))
    waits = row.outcome == Outcome.OPEN or (row.deletes and row.outcome == Outcome.KEPT)
    shown = {
        "row": row,
        "refused": refused,
        "giver": Organisation.objects.get(pk=row.giver_id),
        "form": form,
        "may": waits and may_do("disclosure.answer", actor.roles),
        "late": row.outcome == Outcome.OPEN and row.due_on < actor.today,
    }
    bad = bool(refused) or bool(form is not None and form.errors)
    return render(request, "exchange/recall.html", shown, status=422 if bad else 200)


@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, reference: str) -> HttpResponse:
    """The data-protection officer looks at a recipient that keeps what was recalled."""
    row = get_object_or_404(Refusal.objects.visible_to(request.actor), reference=reference)
    form = forms.Opinion(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            actions.review_refusal(row, opinion=form.cleaned_data["opinion"], by=request.actor)
            messages.success(request, _("Kept: what you think of it."))
            return HttpResponseRedirect(reverse("exchange:refusal", args=[reference]))
    may = row.reviewed_at is None and may_do("recall.review", request.actor.roles)
    return form_page(
        request,
        "exchange/refusal.html",
        form,
        row=row,
        giver=Organisation.objects.get(pk=row.giver_id),
        keeper=Organisation.objects.get(pk=row.keeper_id),
        may=may,
    )


def _answer(row: Recall, form: forms.Certify | None, actor: Actor) -> None:
    if form is None:
        actions.confirm_change(row, by=actor)
    elif form.cleaned_data["outcome"] == Outcome.KEPT:
        actions.keep_despite(row, reason=form.cleaned_data["words"], by=actor)
    else:
        actions.certify(row, words=form.cleaned_data["words"], by=actor)


def _label(row: Disclosure, actor: Actor) -> Label:
    """How it stands; too late is said as well."""
    standing = Standing(row.standing)
    if standing == Standing.OFFERED and not row.waits_for_answer:
        return Label(_("Given; needs no answer"))
    late = standing in (Standing.RECALLED, Standing.CHANGED) and row.due_on and row.due_on < actor.today
    if late:
        return Label(_("%s: too late") % standing.label, "negative")
    return Label(str(standing.label), COLOURS[standing])  # type: ignore[arg-type]


def _form_page(request: ActorRequest, form: BaseForm, title: str, reference: str) -> HttpResponse:
    back = reverse("exchange:disclosure", args=[reference])
    return form_page(request, "exchange/disclosure_form.html", form, back, title=title)
