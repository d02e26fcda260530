"""How a test reviews a case: by the real action."""

from datetime import date

from samenhang.cases import actions as cases
from samenhang.cases.models import Case, Review
from samenhang.cases.rules import Reviewed, Verdict
from samenhang.journal import Actor

STAYS = Reviewed(
    Verdict.CONTINUE,
    criteria_hold=True,
    reasons="He looks for contact with the same imaginary group.",
    lighter="Talks at school alone changed nothing.",
    next_on=date(2027, 3, 1),
)
MAY_END = Reviewed(Verdict.CLOSE, criteria_hold=False, reasons="He works, and has left the imaginary group.")


def fresh(case: Case) -> Case:
    found: Case = Case.objects.unscoped("test").get(pk=case.pk)
    return found


def review(case: Case, by: Actor, found: Reviewed = STAYS) -> Review:
    return cases.review(fresh(case), found, by=by)
