"""The kinds of work that the way back of a traveller brings."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.waiting import Kind, Task
from samenhang.journal import Actor
from samenhang.risk.models import Handover


def _handovers(_actor: Actor, rows: list[Handover]) -> list[Task]:
    return [
        Task(
            title=_("Accept or refuse a hand-over: %s") % row.get_stage_display(),
            about=row.scope,
            why=_("Somebody names you as the receiver. Until you accept, it stays with them."),
            url=reverse("risk:handover", args=[row.reference]),
            since=row.offered_at,
        )
        for row in rows
    ]


KINDS: tuple[Kind, ...] = (
    Kind(
        "handovers", gettext_lazy("Hand-overs of travellers"), ("return.receive",), "risk.Handover",
        "risk:travellers",
        lambda actor: Handover.objects.visible_to(actor).waiting_for(actor.user_id), _handovers,
    ),
)  # fmt: skip
