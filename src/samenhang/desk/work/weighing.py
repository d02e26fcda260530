"""The kinds of work that a weighing brings: a position to take, questions to a submitter, what goes on."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.access import policy
from samenhang.cases.models import Inquiry, Weighing
from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.journal import Actor


@each
def _inquiries(row: Inquiry) -> Task:
    return Task(
        title=_("Tell more about signal %s") % row.scope,
        why=_("Police, prosecution and mayor cannot judge it yet. After that day they do without."),
        url=reverse("cases:inquiry", args=[row.reference]),
        since=row.asked_at,
        due=row.due_on,
    )


@each
def _goes_on(row: Weighing) -> Task:
    return Task(
        title=_("Go on with what was weighed: %s") % row.get_outcome_display(),
        about=row.reference,
        why=_("The three saw it with your organisation. Say that you go on with it, under your own law."),
        url=reverse("cases:weighing", args=[row.reference]),
        since=row.decided_at,
    )


def _weighings(actor: Actor, rows: list[Weighing]) -> list[Task]:
    policy.attach(actor, rows, "signal")
    return [
        Task(
            title=_("Take your position on signal %s") % row.signal.reference,
            person=row.signal.person_id,
            why=_("Police, prosecution and mayor weigh it together. Your position is missing.")
            if row.round == 1
            else _("More was asked of the submitter, and it came back. Your position is missing."),
            url=reverse("cases:weighing", args=[row.reference]),
            due=row.due_on,
            since=row.round_began_at,
        )
        for row in rows
        if row.signal
    ]


KINDS: tuple[Kind, ...] = (
    Kind(
        "weigh", gettext_lazy("Signals to weigh"), ("weighing.judge",), "cases.Weighing", "cases:weighings",
        lambda actor: Weighing.objects.visible_to(actor).waiting_for(actor), _weighings,
    ),
    Kind(
        "inquiries", gettext_lazy("Questions about your signals"), ("statement.disclose",), "cases.Inquiry",
        "cases:signals",
        lambda actor: Inquiry.objects.visible_to(actor).waiting_for(actor.organisation_id), _inquiries,
    ),
    Kind(
        "goes-on", gettext_lazy("Weighed, and yours to go on with"), ("weighing.judge",), "cases.Weighing",
        "cases:weighings", lambda actor: Weighing.objects.visible_to(actor).to_take_over(actor), _goes_on,
    ),
)  # fmt: skip
