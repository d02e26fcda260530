"""Giving in writing: a statement to give, the letter with why each item may or may not go, and its print."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from samenhang.access.rules import NotYours, unpack
from samenhang.exchange import actions, forms
from samenhang.exchange.models import Disclosure, Statement
from samenhang.exchange.rules.giving import conditions_of
from samenhang.exchange.rules.receiving import NEXT_OF_DISCLOSURE, Standing
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.grounds import rules as law
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person, names_for

# What a recipient can answer through another channel; the rest happens here.
ANSWERS = (Standing.ACCEPTED, Standing.REFUSED, Standing.DELETED, Standing.KEPT)


@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, reference: str) -> HttpResponse:
    """Write down what may be given."""
    actor = request.actor
    person = get_object_or_404(Person.objects.visible_to(actor), reference=reference)
    lawful = actions.may_be_written(by=actor)
    form = forms.WrittenStatement(request.POST or None, lawful=lawful)
    if form.is_valid():
        said = form.cleaned_data
        with refusals_in(form, but=NotYours):
            actions.write_statement(
                person, form.content(), category=said["category"], purposes=said["purposes"], by=actor
            )
            messages.success(request, _("Written down. Only your organisation sees it."))
            return HttpResponseRedirect(reverse("exchange:give", args=[reference]))
    extra = {"about": person.display_for(actor), "lawful": bool(lawful)}
    back = reverse("exchange:give", args=[reference])
    return form_page(request, "exchange/statement_new.html", form, back, **extra)


@require_http_methods(["GET", "POST"])
def give(request: ActorRequest, reference: str) -> HttpResponse:
    """Choose; then see why each item may go or not, confirm the conditions of the law, and give."""
    actor = request.actor
    person = get_object_or_404(Person.objects.visible_to(actor), reference=reference)
    rows = actions.to_give(person, by=actor)
    form = _chosen(request, rows)
    answers: list[tuple[Statement, law.Answer]] = []
    conditions, shown_key = None, ""
    to: Organisation | None = None
    if form.is_valid():
        said = form.cleaned_data
        chosen = [one for one in rows if one.reference in said["items"]]
        to = Organisation.objects.get(reference=said["to"])
        answers = actions.law_of_items(person, chosen, to=to, purpose=said["purpose"], by=actor)
        # Only what was shown is given: the button carries the choice that the law was asked about.
        shown_key = " ".join([to.reference, said["purpose"], *sorted(said["items"])])
        going = request.POST.get("give") == shown_key
        asked = conditions_of(answer for _one, answer in answers)
        conditions = forms.Conditions(request.POST if going else None, conditions=asked)
        if going and conditions.is_valid():
            with refusals_in(form, but=NotYours):
                made = actions.give_in_writing(
                    person, chosen, to=to, purpose=said["purpose"], not_met=conditions.not_met(), by=actor
                )
                messages.success(request, _("Given. Print the letter when it goes on paper."))
                return HttpResponseRedirect(reverse("exchange:letter", args=[made[0].reference]))
    shown = {
        "form": form,
        "about": person.display_for(actor),
        "person": person,
        "answers": answers,
        "may_go": bool(answers) and all(answer.permitted for _one, answer in answers),
        "conditions": conditions,
        "key": shown_key,
        "to": to,
        "nothing": not rows,
    }
    return render(request, "exchange/give.html", shown, status=422 if form.errors else 200)


@require_GET
def letter(request: ActorRequest, reference: str) -> HttpResponse:
    """The letter of one written disclosure, with all that went with it, as far as the reader may see it."""
    actor = request.actor
    found = Disclosure.objects.visible_to(actor)
    row = get_object_or_404(found.filter(mode="written"), reference=reference)
    same = found.filter(
        provider_id=row.provider_id,
        recipient_id=row.recipient_id,
        purpose=row.purpose,
        mode=row.mode,
        disclosed_at=row.disclosed_at,
        disclosed_by=row.disclosed_by,
    )
    given = list(same.exclude(category="identity").order_by("pk"))
    said = Statement.objects.visible_to(actor).filter(scope__in=[one.scope for one in given])
    texts = list(said.filter(known_at__lte=row.disclosed_at).order_by("true_from", "pk"))
    latest = {one.scope: one for one in texts}
    people = {one.person_id for one in texts if one.person_id}
    names = names_for(actor, people)
    known = Person.objects.visible_to(actor).filter(pk__in=people).order_by("pk")
    shown = {
        "row": row,
        "giver": Organisation.objects.get(pk=row.provider_id),
        "recipient": Organisation.objects.get(pk=row.recipient_id),
        "purpose": law.purpose_label(row.purpose),
        "names": list(names.values()) or list(known.values_list("reference", flat=True)),
        "items": [(one, latest.get(one.scope), law.category_label(one.category)) for one in given],
    }
    return render(request, "exchange/letter.html", shown)


@require_http_methods(["GET", "POST"])
def note(request: ActorRequest, reference: str) -> HttpResponse:
    """What a recipient without an account answered, written down by who gave it."""
    row = get_object_or_404(Disclosure.objects.visible_to(request.actor), reference=reference)
    following = [one for one in ANSWERS if one in NEXT_OF_DISCLOSURE[Standing(row.standing)]]
    form = forms.Noted(request.POST or None, following=[(str(one), one.label) for one in following])
    if form.is_valid():
        said = form.cleaned_data
        with refusals_in(form, but=NotYours):
            actions.note_answer(row, Standing(said["standing"]), words=said["words"], by=request.actor)
            messages.success(request, _("Kept: what the recipient answered."))
            return HttpResponseRedirect(reverse("exchange:disclosure", args=[reference]))
    back = reverse("exchange:disclosure", args=[reference])
    return form_page(
        request,
        "exchange/disclosure_form.html",
        form,
        back,
        title=_("Write down what the recipient answered"),
    )


def _chosen(request: ActorRequest, rows: list[Statement]) -> forms.Give:
    bodies = Organisation.objects.exclude(pk=request.actor.organisation_id)
    purposes = dict.fromkeys(purpose for one in rows for purpose in unpack(one.purposes))
    return forms.Give(
        request.POST or None,
        items=[
            (one.reference, f"{one.text} ({law.category_label(one.category)}, {one.handling})")
            for one in rows
        ],
        bodies=[(one.reference, one.name) for one in bodies],
        purposes=[(code, law.purpose_label(code)) for code in purposes],
    )
