"""Whether the triage panels use the same national criteria alike: weighings of a year, by municipality."""

from datetime import timedelta

from django.db import transaction

from samenhang.cases.rules import Opinion
from samenhang.cases.rules.opinions import ELSEWHERE
from samenhang.exchange.models import OutcomeTally
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.national_picture.actions.reporting import require
from samenhang.national_picture.rules.regions import Compared, Weighed, compare

YEAR = timedelta(days=365)


@transaction.atomic
def compare_regions(*, by: Actor) -> list[Compared]:
    """What was decided in the last year, furthest from the country first. Raises NotYours.

    From the counts of the days alone: what was not taken up is destroyed after four weeks.
    """
    require("report.see-counts", by=by)
    counted = OutcomeTally.objects.since(by.today - YEAR).by_municipality()
    record("weighings.compared", "", by=by, operation=Operation.CONSULTATION)
    return compare(
        [
            Weighed(place, came.total(), came[Opinion.APPROACH], {one: came[one] for one in ELSEWHERE})
            for place, came in counted.items()
        ]
    )
