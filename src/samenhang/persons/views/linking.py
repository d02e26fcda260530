"""A link on the screen: what is said to be one person, side by side, and the form to judge it."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access.rules import may_do
from samenhang.foundation.form_rendering import form_page, refusals_in
from samenhang.foundation.page import Decision
from samenhang.journal import Actor
from samenhang.organisations.middleware import ActorRequest
from samenhang.persons import actions, forms, rules
from samenhang.persons.models import IdentityClaim, IdentityLink


@require_http_methods(["GET", "POST"])
def link(request: ActorRequest, reference: str) -> HttpResponse:
    """One link, and the decision on it by somebody else than who proposed it."""
    row = get_object_or_404(IdentityLink.objects.visible_to(request.actor), reference=reference)
    claim = IdentityClaim.objects.visible_to(request.actor).filter(pk=row.claim_id).first()
    if claim is None:
        raise Http404  # Nobody judges a likeness whose one half they may not see.
    decisions = _decisions(row, request.actor)
    form = forms.Judge(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            _act(row, form.cleaned_data["decision"], form.cleaned_data["reason"], request.actor)
            messages.success(request, _("Your decision is kept, with its reason."))
            return HttpResponseRedirect(reverse("persons:link", args=[reference]))
    known = IdentityClaim.objects.visible_to(request.actor).filter(person_id=row.person_id)
    return form_page(
        request,
        "persons/link.html",
        form,
        link=row,
        claim=claim,
        known=known.exclude(pk=row.claim_id).order_by("claimed_at", "pk"),
        decisions=decisions,
        own=row.state == rules.Link.PROPOSED and row.proposed_by == request.actor.user,
    )


def _act(row: IdentityLink, decision: str, reason: str, by: Actor) -> None:
    if decision == "undo":
        actions.undo_link(row, reason=reason, by=by)
    else:
        actions.decide_link(row, confirm=decision == "confirm", reason=reason, by=by)


def _decisions(row: IdentityLink, actor: Actor) -> list[Decision]:
    """The buttons for this person: none when there is nothing for them to decide."""
    if not may_do("person.link", actor.roles):
        return []
    if row.state == rules.Link.PROPOSED and row.proposed_by != actor.user:
        return [
            Decision("confirm", _("Same person"), "1", hint=_("The details are joined; this can be undone")),
            Decision("reject", _("Not the same person"), "2", hint=_("The details stay apart")),
        ]
    if rules.Link.UNDONE in rules.NEXT[rules.Link(row.state)] and not row.founding:
        return [Decision("undo", _("Undo this link"), "1", hint=_("The details come apart again"))]
    return []
