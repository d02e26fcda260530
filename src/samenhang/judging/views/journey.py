"""What stands around a decision: state, time left, who has it, the journey, others in the booking."""

from django.db.models import Q
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import may_do
from samenhang.foundation.page import Kind, Label
from samenhang.journal import Actor
from samenhang.judging import rules
from samenhang.judging.models import Judged
from samenhang.judging.rules import Status
from samenhang.judging.rules.journeys import legs_of, map_of, time_left
from samenhang.travel.models import Flight

# A booking of a group may be large; the queue has them all.
MOST = 50
KINDS: dict[Status, Kind] = {
    Status.WAITING: "warning",
    Status.UNDECIDED: "warning",
    Status.ASKED: "info",
    Status.JUDGED: "warning",
    Status.CONFIRMED: "positive",
}


def state_of(thing: Judged) -> Label:
    status = Status(thing.status)
    return Label(str(status.label), KINDS.get(status, "neutral"))


def of_journey(thing: Judged, actor: Actor) -> dict[str, object]:
    """The time left, the timetable and map, what else was found in the booking, and who has it."""
    legs = [] if thing.passenger.masked_at else legs_of(_itinerary(thing), thing.flight)
    holder = thing.holder(actor.now)
    may = thing.provider_id == actor.organisation_id and may_do(f"{thing.KIND.name}.judge", actor.roles)
    return {
        "left": time_left(thing.flight, actor.now) if thing.status in rules.UNFINISHED else None,
        "legs": legs,
        "map": map_of(legs),
        "companions": _companions(thing, actor) if legs else [],
        "claimable": may and thing.status in rules.UNFINISHED,
        "claimed_by": holder,
        "claimed_by_me": holder is not None and holder.pk == actor.user_id,
    }


def _itinerary(thing: Judged) -> list[dict[str, str]]:
    found: list[dict[str, str]] = thing.passenger.told["booking"].get("itinerary", [])
    return found


def _companions(thing: Judged, actor: Actor) -> list[tuple[Judged, str, Label]]:
    """What else of this kind was found in the booking, if this person may see it and its passenger.

    A booking is known by its locators, on the flights of its itinerary alone.
    """
    flights = Q(pk=thing.flight_id)
    for leg in _itinerary(thing):
        if leg["departs_at"]:
            flights |= Q(carrier=leg["carrier"], number=leg["number"], departs_on=leg["departs_at"][:10])
    rows = type(thing).doors().visible_to(actor).filter(flight__in=Flight.objects.filter(flights))
    others = list(rows.exclude(pk=thing.pk).select_related("flight").order_by("arrives", "pk")[:MOST])
    policy.attach(actor, others, "passenger")
    mine = _locators(thing)
    return [
        (
            one,
            _("the same traveller") if one.passenger_id == thing.passenger_id else _("another traveller"),
            state_of(one),
        )
        for one in others
        if one.passenger and (one.passenger_id == thing.passenger_id or mine & _locators(one))
    ]


def _locators(thing: Judged) -> set[str]:
    told = thing.passenger.told
    booking = told["booking"]
    known = [told["record_locator"], *booking.get("other_locators", ()), *booking.get("earlier_locators", ())]
    return set(filter(None, known))
