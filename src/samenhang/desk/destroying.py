"""Destroying closed cases on their day: each area takes its own, from the top down, in one transaction."""

from django.db import transaction

from samenhang.cases import actions as cases
from samenhang.cases.models import Case
from samenhang.cases.models.ending import to_destroy
from samenhang.conferences import actions as conferences
from samenhang.journal import Actor
from samenhang.measures import actions as measures
from samenhang.risk import actions as risk


def destroy_due(*, by: Actor, limit: int = 50) -> int:
    """Destroy every closed case whose day has come and that nothing holds; returns how many.

    Safe to stop anywhere, to repeat and to run twice at once: a case goes whole,
    and keys that a crash left are destroyed first.
    """
    cases.destroy_keys(by=by)
    done = sum(_destroy(case, by) for case in to_destroy(by.today)[:limit])
    if done:
        cases.destroy_keys(by=by)
    return done


@transaction.atomic
def _destroy(case: Case, by: Actor) -> bool:
    claimed = cases.claim(case, by=by)
    if claimed is None or measures.keep(claimed, by=by):
        return False
    gone = measures.erase_of(claimed, by=by)
    gone.add(conferences.erase_of(claimed, by=by))
    gone.add(risk.erase_of(claimed, by=by))
    cases.destroy(claimed, gone, by=by)
    return True
