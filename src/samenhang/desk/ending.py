"""The kinds of work that the course of a case brings: reviews, and proposals to close."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.cases.models import Case
from samenhang.cases.rules.course import ASKED_BEFORE
from samenhang.desk.waiting import Kind, Task
from samenhang.journal import Actor
from samenhang.persons.models import names_for


def _reviews(actor: Actor, rows: list[Case]) -> list[Task]:
    why = _("A case stays only with reasons. What nobody reviews in time is proposed for closing.")
    return _tasks(actor, rows, _("Review case %s"), why, "cases:case-review")


def _proposals(actor: Actor, rows: list[Case]) -> list[Task]:
    why = _("It was proposed for closing. Close it, or have the mayor say why it must stay.")
    return _tasks(actor, rows, _("Decide whether case %s is closed"), why, "desk:case")


def _tasks(actor: Actor, rows: list[Case], title: str, why: str, page: str) -> list[Task]:
    names = names_for(actor, [row.person_id for row in rows])
    return [
        Task(
            title=title % row.reference,
            about=names.get(row.person_id, ""),
            why=why,
            url=reverse(page, args=[row.reference]),
            due=row.decide_on or row.review_on,
        )
        for row in rows
    ]


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
