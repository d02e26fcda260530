"""How well a carrier delivers: what is missing, what is faulty, and what comes late.

In time: bookings 24 to 48 hours before the scheduled departure and again once the flight is closed,
passenger lists once it is closed (Directive (EU) 2016/681 art. 8(3); Directive 2004/82/EC art. 3(1)).
The directives say "immediately" of the closing and give no minutes: the margins below are the house's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.permitted import Told

# What a passenger list must say of everybody (Directive 2004/82/EC art. 3(2), Regulation (EU) 2025/13
# art. 4(2)); of a booking only the name is the carrier's to fill in.
ELEMENTS = {
    "given_names": _("Given names"),
    "birth_date": _("Date of birth"),
    "sex": _("Sex"),
    "nationality": _("Nationality"),
    "documents": _("Travel document"),
}

DAYS = 28
# Minutes after the scheduled departure; before it they are negative.
FIRST_BOOKINGS_BY = -24 * 60
# Doors close before the scheduled departure; a message as early as this may be the last one.
CLOSED_FROM, CLOSED_BY = -30, 60


def minutes_after(departure: datetime | None, received: datetime) -> int | None:
    """Whole minutes from departure, negative before it; None when nobody knows the hour."""
    return None if departure is None else (received - departure) // timedelta(minutes=1)


def missing(people: Iterable[Told]) -> dict[str, int]:
    """For each element how many lack it, by the name of the field."""
    counts = dict.fromkeys(ELEMENTS, 0)
    for told in people:
        for element in ELEMENTS:
            counts[element] += not told[element]
    return counts


@dataclass(frozen=True, slots=True)
class Timing:
    """When messages of one kind came for one flight.

    first, last: minutes after departure of the first and of the last message. departs_at: the moment itself.
    """

    kind: Kind
    first: int
    last: int
    departs_at: datetime

    def is_over(self, now: datetime) -> bool:
        """Whether the last message should have come by now."""
        return now - self.departs_at > timedelta(minutes=CLOSED_BY)

    @property
    def late(self) -> bool:
        """Bookings that came for the first time when less than a day was left."""
        return self.kind == Kind.PNR and self.first > FIRST_BOOKINGS_BY

    @property
    def closed(self) -> bool:
        """A message came that may tell who was on board."""
        return self.last >= CLOSED_FROM

    @property
    def closed_late(self) -> bool:
        return self.last > CLOSED_BY
