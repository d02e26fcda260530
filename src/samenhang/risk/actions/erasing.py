"""What was assessed of a case, and the way back that was followed in it, go with it."""

from django.db import transaction

from samenhang.access.erasing import Gone, erase
from samenhang.cases.models import Case
from samenhang.journal import Actor
from samenhang.risk.models import (
    Answer,
    Assessment,
    Contest,
    Evidence,
    ExternalResult,
    Handover,
    Opinion,
    Passage,
    Trajectory,
)

_OVER = "it goes with its case"


@transaction.atomic
def erase_of(case: Case, *, by: Actor) -> Gone:
    """Everything of this area that hangs on the case, from the leaves inwards."""
    assessments = Assessment.objects.unscoped(_OVER).of_case(case.pk).order_by()
    opinions = Opinion.objects.unscoped(_OVER).filter(assessment__in=list(assessments))
    answers = Answer.objects.unscoped(_OVER).filter(opinion__in=list(opinions))
    ways = Trajectory.objects.unscoped(_OVER).filter(case=case)
    on_the_way = list(ways)
    gone = Gone()
    Evidence.objects.filter(answer_id__in=[row.pk for row in answers]).delete()
    for rows in (
        answers,
        opinions,
        Contest.objects.unscoped(_OVER).filter(assessment__in=list(assessments)),
        assessments,
        ExternalResult.objects.unscoped(_OVER).of_case(case.pk).order_by(),
        Handover.objects.unscoped(_OVER).filter(trajectory__in=on_the_way),
        Passage.objects.unscoped(_OVER).filter(trajectory__in=on_the_way),
        ways,
    ):
        gone.add(erase(rows.all(), by=by))
    return gone
