"""Next Thursday's conference in the demonstration of 2026, planned and not yet prepared."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from samenhang.conferences import actions as conferences
from samenhang.conferences.models import Conference
from samenhang.desk.scenarios.cast import Cast

CASE_WORK = "person-centred-approach"
PLANNED = datetime(2026, 11, 19, 16, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
THURSDAY = datetime(2026, 11, 26, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def plan(cast: Cast) -> Conference:
    """Day and place are set; agenda, people and invitation wait for the case director."""
    by = cast.at(PLANNED, "regisseur", CASE_WORK)
    return conferences.plan(
        place="Gemeentehuis, kamer 3", starts_at=THURSDAY, ends_at=THURSDAY + timedelta(hours=2), by=by
    )
