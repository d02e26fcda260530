"""What a delivery holds, freed of what may not be kept, and whether any of it may be processed today."""

from collections import Counter
from dataclasses import dataclass
from itertools import count

from django.utils import timezone

import edifact
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.travel.models import (
    FlightSelection,
    KeepingTerm,
    LegalBasis,
    Message,
    RouterFailure,
    RouterUse,
)
from samenhang.travel.rules import bases, keeping, permitted, router, territory
from samenhang.travel.rules.keeping import Stay
from samenhang.travel.rules.permitted import Traveller
from samenhang.travel.rules.router import Channel


@dataclass(frozen=True, slots=True)
class Person:
    """A traveller at a place in the delivery: counted over all it names, and the part."""

    place: int
    part: int
    traveller: Traveller


@dataclass(frozen=True, slots=True)
class Content:
    """What a delivery holds, freed of what may not be kept."""

    parts: tuple[edifact.Message, ...]
    people: list[Person]
    left_behind: Counter[str]
    stays: dict[str, Stay]


def content_of(message: Message, parts: tuple[edifact.Message, ...], *, by: Actor) -> Content:
    """Everybody who may be kept; who is on a flight that no decision of today lets in is counted."""
    decisions = FlightSelection.objects.covering(by.today)
    people: list[Person] = []
    left_behind = sum((permitted.left_behind(part) for part in parts), Counter())
    places = count()
    for number, part in enumerate(parts):
        may = territory.allowed(part.flights or (edifact.Flight(),), decisions, by.today)
        # First the part: zip would take a place for one that is not there.
        for traveller, place in zip(permitted.travellers(part), places, strict=False):
            if may[territory.leg_of(traveller, part.flights)]:
                people.append(Person(place, number, traveller))
            else:
                left_behind[territory.TURNED_AWAY] += 1
    return Content(parts, people, left_behind, _stays(message))


def _stays(message: Message) -> dict[str, Stay]:
    """How long what was received that day is kept, by kind of data."""
    received = timezone.localtime(message.received_at).date()
    terms = KeepingTerm.objects.by_kind(received)
    return {kind: keeping.stay(received, terms.get(kind, ())) for kind in bases.Kind}


def refusal_of(message: Message, content: Content, *, by: Actor) -> Refused | None:
    """Why nothing of this delivery may be processed today; None when something may."""
    held = bases.held(part.type for part in content.parts)
    lacking: Refused | None = bases.lacking(held, LegalBasis.objects.kinds_on(by.today), by.today)
    lacking = lacking or _past_the_router(message, content, held, by=by)
    turned_away = content.left_behind[territory.TURNED_AWAY]
    if lacking is None and turned_away and not content.people:
        return territory.turned_away(turned_away, by.today)
    return lacking


def _past_the_router(
    message: Message, content: Content, held: frozenset[str], *, by: Actor
) -> Refused | None:
    """Why it may not come in this way today: by a router that is not used, or past one that is compulsory."""
    uses = RouterUse.objects.today(by.today)
    if message.channel == Channel.ROUTER:
        return None if held <= router.brought(uses) else router.off()
    closed = router.closed(uses, held)
    if not closed:
        return None
    carriers = {leg.operating_carrier or leg.carrier for part in content.parts for leg in part.flights}
    if message.channel == Channel.STAND_IN and router.stands_in(RouterFailure.objects.asked(), carriers):
        return None
    return router.direct_channel_closed(closed)
