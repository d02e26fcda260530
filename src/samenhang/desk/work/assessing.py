"""The kinds of work that assessments bring."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.risk.models import Assessment, Contest
from samenhang.risk.rules import Stage

WHY = {
    Stage.PLANNED: gettext_lazy("You are the first assessor."),
    Stage.DRAFTING: gettext_lazy("You are the first assessor; there is a draft."),
    Stage.PEER_REVIEW: gettext_lazy("The other assessor has given an opinion."),
}


@each
def _assessments(row: Assessment) -> Task:
    return Task(
        title=_("Work on assessment %s") % row.reference,
        about=row.scope,
        why=str(WHY[Stage(row.stage)]),
        url=reverse("risk:assessment", args=[row.reference]),
        since=row.planned_at,
    )


@each
def _contests(row: Contest) -> Task:
    return Task(
        title=_("Answer who contests an assessment: %s") % row.reference,
        about=row.scope,
        why=_("The assessment counts no longer until somebody who did not assess has answered."),
        url=reverse("risk:contest", args=[row.reference]),
        since=row.made_at,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "assessments", gettext_lazy("Your assessments"), ("assessment.assess",), "risk.Assessment",
        "risk:assessments",
        lambda actor: Assessment.objects.visible_to(actor).waiting_for(actor.user_id), _assessments,
    ),
    Kind(
        "contests", gettext_lazy("Contested assessments"), ("assessment.settle",), "risk.Contest",
        "risk:assessments",
        lambda actor: Contest.objects.visible_to(actor).to_answer_by(actor.user_id), _contests,
    ),
)  # fmt: skip
