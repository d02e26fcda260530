"""The kinds of work that the course of a case brings: reviews, and proposals to close."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.cases.models import Case
from samenhang.cases.rules.course import ASKED_BEFORE
from samenhang.desk.work.waiting import Kind, Task, each


@each
def _reviews(row: Case) -> Task:
    why = _("A case stays only with reasons. What nobody reviews in time is proposed for closing.")
    return _of_case(row, _("Review case %s"), why, "cases:case-review")


@each
def _proposals(row: Case) -> Task:
    why = _("It was proposed for closing. Close it, or have the mayor say why it must stay.")
    return _of_case(row, _("Decide whether case %s is closed"), why, "desk:case")


def _of_case(row: Case, title: str, why: str, page: str) -> Task:
    return Task(
        title=title % row.reference,
        person=row.person_id,
        why=why,
        url=reverse(page, args=[row.reference]),
        due=row.decide_on or row.review_on,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "reviews", gettext_lazy("Cases to review"), ("case.work",), "cases.Case", "cases:cases",
        lambda actor: Case.objects.visible_to(actor).to_review(actor.today + ASKED_BEFORE), _reviews,
    ),
    Kind(
        "closings", gettext_lazy("Cases proposed for closing"), ("case.work",), "cases.Case", "cases:cases",
        lambda actor: Case.objects.visible_to(actor).proposed_for_closing(), _proposals,
    ),
)  # fmt: skip
