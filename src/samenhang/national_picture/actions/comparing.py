"""Whether the triage panels use the same national criteria alike: weighings of a year, by municipality."""

from collections import Counter
from datetime import timedelta

from django.db import transaction

from samenhang.cases.models import Certificate, Weighing
from samenhang.cases.rules import Stage
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.national_picture.actions.reporting import require
from samenhang.national_picture.rules.regions import Compared, Weighed, compare

WHY = "counted by municipality: numbers leave, records do not"
YEAR = timedelta(days=365)


@transaction.atomic
def compare_regions(*, by: Actor) -> list[Compared]:
    """What was decided in the last year, furthest from the country first. Raises NotYours."""
    require("report.see-counts", by=by)
    since = by.today - YEAR
    rows = Weighing.objects.unscoped(WHY).filter(decided_at__date__gte=since)
    rows = rows.filter(stage__in=[Stage.TAKEN_UP, Stage.NOT_TAKEN_UP])
    taken: Counter[str] = Counter()
    decided: Counter[str] = Counter()
    for municipality, stage in rows.order_by().values_list("municipality", "stage"):
        decided[municipality] += 1
        taken[municipality] += stage == Stage.TAKEN_UP
    # What was not taken up is destroyed after four weeks; its certificate still counts it.
    gone = Certificate.objects.of_weighings().filter(closed_on__gte=since)
    decided.update(gone.values_list("municipality", flat=True))
    record("weighings.compared", "", by=by, operation=Operation.CONSULTATION)
    return compare([Weighed(place, number, taken[place]) for place, number in decided.items()])
