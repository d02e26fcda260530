"""Looking for a person, among those whom one may see and no others."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access import policy
from samenhang.desk import forms
from samenhang.foundation.errors import Refused
from samenhang.foundation.even import evenly
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.rules import PURPOSE_LABELS
from samenhang.persons import actions


@require_http_methods(["GET", "POST"])
def search(request: ActorRequest) -> HttpResponse:
    """The question and, below it, who was found. Posted, so that no name comes into an address or a log."""
    policy.require_function(request.actor, "person.look-up")
    form = forms.LookUp(request.POST or None)
    answer = None
    if form.is_valid():
        answer = _answered(request, form)
    context = {
        "form": form,
        "answer": answer,
        "purpose": PURPOSE_LABELS[request.actor.purpose],
        "today": request.actor.today,
    }
    return render(request, "desk/search.html", context, status=422 if form.errors else 200)


def _answered(request: ActorRequest, form: forms.LookUp) -> actions.Answer | None:
    asked, reason = form.asked()
    try:
        with evenly():
            answer = actions.look_up(asked, reason=reason, by=request.actor)
    except Refused as refusal:
        form.add_error("name", str(refusal))
        return None
    if answer.stopped:
        form.add_error(
            "name",
            _(
                "This is your own name or a colleague’s, so nothing was looked up. Your data protection "
                "officer is told. Is it a namesake? Ask somebody of another organisation to look."
            ),
        )
        return None
    return answer
