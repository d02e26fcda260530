"""Somebody asks what the unit holds of them: the data-protection officer looks it up with them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from samenhang.access import policy
from samenhang.access.rules import NotYours
from samenhang.foundation.form_rendering import refusals_in
from samenhang.foundation.page import Fact
from samenhang.organisations.middleware import ActorRequest
from samenhang.travel import actions, forms
from samenhang.travel.actions.answering import ANSWER, Held
from samenhang.travel.views.passengers import facts_of


@require_http_methods(["GET", "POST"])
def of_a_person(request: ActorRequest) -> HttpResponse:
    """The form, and below it what is held: everything that was told, from where, and until when."""
    policy.require_function(request.actor, ANSWER)
    form = forms.OfAPerson(request.POST or None)
    shown: dict[str, object] = {"form": form, "answered": False}
    if form.is_valid():
        with refusals_in(form, but=NotYours):
            held = actions.held_of(form.asked(), proof=form.cleaned_data["proof"], by=request.actor)
            shown |= {"answered": True, "held": [(one, _facts(one)) for one in held]}
    status = 422 if form.is_bound and not shown["answered"] else 200
    return render(request, "travel/of_a_person.html", shown, status=status)


def _facts(one: Held) -> list[Fact]:
    """All that was told and has a value, in the words of the page of a passenger and then of the booking."""
    bags, booking = one.told["bags"], one.told["booking"]
    legs = (
        " ".join((leg["carrier"] + leg["number"], leg["departure_airport"], "–", leg["arrival_airport"]))
        for leg in booking.get("itinerary", ())
    )
    names = (f"{name['surname']} {name['given_names']}" for name in one.told["other_names"])
    others = (*booking.get("other_locators", ()), *booking.get("split_locators", ()))
    told = [
        *facts_of(one.told),
        Fact(_("Other names"), ", ".join(names)),
        Fact(_("Boards at"), one.told["embarkation"]),
        Fact(_("Leaves at"), one.told["debarkation"]),
        Fact(_("Border crossing"), one.told["border_crossing"]),
        Fact(_("Bags"), bags.get("count", "")),
        Fact(_("Weight of the bags (kg)"), bags.get("weight_kg", "")),
        Fact(_("Bag tags"), ", ".join(bags.get("tags", ()))),
        Fact(_("Booked on"), booking.get("created_at", "")),
        Fact(_("Journey"), "; ".join(legs)),
        Fact(_("Tickets"), ", ".join(booking.get("tickets", ()))),
        Fact(_("Frequent flyer numbers"), ", ".join(booking.get("frequent_flyer", ()))),
        Fact(_("Other bookings"), ", ".join(others)),
        Fact(_("Name is masked on"), one.masked_on),
        Fact(_("Deleted on"), one.deleted_on),
    ]
    return [fact for fact in told if fact.value not in ("", None)]
