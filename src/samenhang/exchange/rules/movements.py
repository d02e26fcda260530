"""Where somebody was, as far as known: the statuses of a traveller, and what counts as being away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.exchange.rules.statements import Incomplete, Information, Source
from samenhang.exchange.rules.zones import Zone, check_in_zone

# What a movement is in law, by who knows it: police and prosecution data have regimes of their own.
CATEGORIES = {"POL": "police-data", "OM": "judicial-data", "LOVJ": "judicial-data"}
PURPOSES = ("person-centred-approach", "weighing", "investigation", "prosecution")


class Whereabouts(TextChoices):
    """What a person is with respect to travelling to a conflict zone, from a day on."""

    INTENDS = "intends", gettext_lazy("Intends to leave")
    STOPPED = "stopped", gettext_lazy("Stopped before leaving")
    LEFT = "left", gettext_lazy("Left the country")
    IN_ZONE = "in-zone", gettext_lazy("In the conflict zone")
    THIRD_COUNTRY = "third-country", gettext_lazy("In another country")
    DETAINED = "detained", gettext_lazy("Held abroad")
    RETURNED = "returned", gettext_lazy("Came back")
    DEAD = "dead", gettext_lazy("Died")
    UNKNOWN = "unknown", gettext_lazy("Not known")


# Whoever is any of these has left. Death alone does not say where.
AWAY = (Whereabouts.LEFT, Whereabouts.IN_ZONE, Whereabouts.THIRD_COUNTRY, Whereabouts.DETAINED)


@dataclass(frozen=True, slots=True)
class Seen:
    """What an organisation knows of somebody's whereabouts.

    true_on: the day from which it is so. place: a country or a town, never an
    address; for who is in a conflict zone, its name. basis: the article under which the organisation has it.
    """

    status: Whereabouts
    true_on: date
    basis: str
    text: str = ""
    place: str = ""
    source_evaluation: str = Source.UNKNOWN
    information_evaluation: str = Information.UNCONFIRMED


def check_seen(seen: Seen, today: date, zones: Iterable[Zone]) -> None:
    """zones: the areas that were ever named as conflict zones. Raises Incomplete, NotAZone."""
    if not seen.basis.strip():
        raise Incomplete(_("Say under which article your organisation has this."))
    if seen.true_on > today:
        raise Incomplete(_("This is a day that has not come yet. Write down what was, not what may be."))
    if seen.status == Whereabouts.IN_ZONE:
        check_in_zone(seen.place, seen.true_on, zones)


def category_of(authority: str) -> str:
    """The category of data that a movement is, when this body knows it."""
    return CATEGORIES.get(authority, "travel-movement")
