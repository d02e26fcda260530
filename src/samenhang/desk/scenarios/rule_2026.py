"""A rule about journeys in the demonstration of 2026: written, and left for three analysts to take on."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from samenhang.criteria import actions as criteria
from samenhang.criteria.models import Rule
from samenhang.criteria.rules import Offence, Wording
from samenhang.desk.scenarios.cast import Cast

WRITTEN = datetime(2026, 11, 20, 14, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
WORDING = Wording(
    purpose="Reizen vinden die kort tevoren en zonder terugreis zijn geboekt, met bijna geen bagage.",
    offence=Offence.TRAVELLING,
    when="one_way && days_booked_ahead <= 2 && bags <= 1",
    unless="split_booking || baggage_kg > 15",
    starts_on=date(2026, 11, 23),
    ends_on=date(2027, 4, 30),
)


def draft_rule(cast: Cast) -> Rule:
    """Trying it out and the two approvals wait for the visitor."""
    by = cast.at(WRITTEN, "reis1", "investigation")
    return criteria.open_rule("Plotseling vertrek zonder terugreis", cast.body("politie1"), WORDING, by=by)
