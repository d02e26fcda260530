"""A criminal case that nobody reviewed ends here by itself. The criminal file is elsewhere, and stays."""

from django.db import transaction

from samenhang.access import policy
from samenhang.journal import Actor
from samenhang.prosecution.actions.running import end
from samenhang.prosecution.models import CriminalCase
from samenhang.prosecution.rules.course import Outcome


def lapse_unreviewed(*, by: Actor, limit: int = 50) -> int:
    """End what nobody said to be running for too long; returns how many. Safe to stop and to repeat."""
    policy.require_function(by, "case.destroy")
    rows = list(CriminalCase.objects.unscoped("its review is long past").lapsing(by.today)[:limit])
    return sum(_lapse(case, by) for case in rows)


@transaction.atomic
def _lapse(case: CriminalCase, by: Actor) -> bool:
    late = CriminalCase.objects.unscoped("locked").lapsing(by.today).filter(pk=case.pk)
    claimed = late.select_for_update().first()
    if claimed is None:
        return False
    end(claimed, Outcome.LAPSED, reason="Nobody reviewed it in time.", by=by)
    return True
