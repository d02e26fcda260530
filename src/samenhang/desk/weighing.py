"""The kinds of work that a weighing leaves: questions to a submitter, and what goes on elsewhere."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.cases.models import Inquiry, Weighing
from samenhang.desk.waiting import Kind, Task, each


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


KINDS: tuple[Kind, ...] = (
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
