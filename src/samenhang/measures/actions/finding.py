"""Findings: what was looked into before a measure is decided."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.measures import rules
from samenhang.measures.actions.preparing import locked
from samenhang.measures.models import Finding, Measure
from samenhang.measures.rules import Status
from samenhang.measures.rules.findings import Found, check_found

BEFORE = (Status.SUGGESTED, Status.CHECKED, Status.PROPOSED)


@transaction.atomic
def find(measure: Measure, found: Found, *, by: Actor) -> Finding:
    """Write down what was found, while the measure is not yet decided.

    Seen by who sees the measure. Raises BadFinding, IllegalTransition, NotYours.
    """
    measure = locked(measure, "measure.find", by=by)
    if measure.status not in BEFORE:
        raise rules.IllegalTransition(_("This was decided already: a finding comes before the decision."))
    check_found(found, by.today)

    made: Finding = Finding.objects.create(
        **measure.protection(),
        measure=measure,
        recorded_by=by.user,
        recorded_at=by.now,
        **asdict(found),
    )
    record("measure.found", made, by=by, operation=Operation.COLLECTION)
    return made
