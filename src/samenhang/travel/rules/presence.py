"""Who was on board, as the carrier says when it closes a flight.

A passenger is seen at check-in and again at closure (Regulation (EU) 2025/13 art. 5). No-show information
is annex I, 10 of Directive (EU) 2016/681, and none of the elements that identify (art. 12(2)). A closing
message is a PAXLST with document code 266, flight status, and a function that says whom it lists: the
codes are those of the WCO/IATA/ICAO implementation guide, segment BGM.
"""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

FLIGHT_STATUS = "266"
LISTS_ON_BOARD, LISTS_NOT_ON_BOARD = "CLOB", "CLNB"


class Presence(TextChoices):
    """On board or not; unknown until the carrier closes the flight with a list."""

    UNKNOWN = "", _("Not known: the carrier has not closed the flight with a list")
    BOARDED = "boarded", _("On board, the carrier says")
    NO_SHOW = "no-show", _("Not on board, the carrier says")


@dataclass(frozen=True, slots=True)
class Closing:
    """What a closing message says of those whom it names, and of all others on that flight."""

    named: Presence
    others: Presence


def closing_of(code: str, function: str) -> Closing | None:
    """None for a message that closes nothing, or closes without a list."""
    if code != FLIGHT_STATUS:
        return None
    if function == LISTS_ON_BOARD:
        return Closing(named=Presence.BOARDED, others=Presence.NO_SHOW)
    if function == LISTS_NOT_ON_BOARD:
        return Closing(named=Presence.NO_SHOW, others=Presence.BOARDED)
    return None
