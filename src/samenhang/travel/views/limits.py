"""Two limits that nobody switches: with which lists passengers are compared, and no word about boarding."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from samenhang.foundation.page import Fact, Label
from samenhang.grounds.rules import authority_label
from samenhang.organisations.middleware import ActorRequest
from samenhang.organisations.rules import PURPOSE_LABELS
from samenhang.travel.rules.comparing import Listing, listings


@require_safe
def lists(request: ActorRequest) -> HttpResponse:
    """Every list that is known, whose it is, and whether passengers are compared with it today."""
    rows = [
        (
            one,
            authority_label(one.authority) if one.authority else "",
            PURPOSE_LABELS.get(one.purpose, "–"),
            _allowed(one, request),
        )
        for one in listings()
    ]
    return render(request, "travel/lists.html", {"rows": rows})


@require_safe
def boarding(request: ActorRequest) -> HttpResponse:
    """That carriers get no answer whether a passenger may board, and why. There is nothing to switch."""
    facts = [Fact(_("Answers to carriers (CUSRES)"), _("Switched off"), label_kind="neutral")]
    return render(request, "travel/boarding.html", {"facts": facts})


def _allowed(one: Listing, request: ActorRequest) -> Label:
    if one.allowed(request.actor.today):
        return Label(_("Compared"), "positive")
    return Label(_("Not compared"), "neutral")
