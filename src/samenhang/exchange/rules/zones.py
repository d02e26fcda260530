"""Which areas count as a conflict zone, and when: named by a ministry, never by a programmer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused


class BadZone(Refused):
    code = "bad-conflict-zone"
    status = 422


class NotAZone(Refused):
    code = "not-a-conflict-zone"
    status = 422


@dataclass(frozen=True, slots=True)
class Zone:
    """An area that counts as a conflict zone.

    starts_on, ends_on: first and last day; no last day while it counts. decided_by: the minister or body.
    source: where the decision is published.
    """

    name: str
    starts_on: date
    decided_by: str
    source: str
    ends_on: date | None = None

    def counts_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def check_zone(zone: Zone, standing: Iterable[Zone], today: date) -> None:
    """standing: the zones that were named before. Raises BadZone."""
    if not (zone.name.strip() and zone.decided_by.strip() and zone.source.strip()):
        raise BadZone(_("Name the area, who decided, and where that can be read."))
    if zone.starts_on > today:
        raise BadZone(_("This day has not come yet. An area counts from the day on which it was decided."))
    if any(
        _same(one.name, zone.name) and (not one.ends_on or one.ends_on >= zone.starts_on) for one in standing
    ):
        raise BadZone(_("This area counts on that day already."))


def check_end(zone: Zone, ends_on: date, today: date) -> None:
    """Raises BadZone."""
    if zone.ends_on is not None:
        raise BadZone(_("This area has its last day already."))
    if not zone.starts_on <= ends_on <= today:
        raise BadZone(_("The last day lies between its first day and today."))


def check_in_zone(place: str, on: date, zones: Iterable[Zone]) -> None:
    """Whether this place counted as a conflict zone that day. Raises NotAZone, which names those that did."""
    counting = [zone.name for zone in zones if zone.counts_on(on)]
    if any(_same(place, name) for name in counting):
        return
    if not counting:
        raise NotAZone(_("No area counted as a conflict zone on that day. A ministry names them."))
    raise NotAZone(
        _("Where: name one of the areas that counted as a conflict zone on that day: %(zones)s.")
        % {"zones": ", ".join(counting)}
    )


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
