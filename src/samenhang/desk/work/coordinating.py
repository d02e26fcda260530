"""Work of the coordinator: names that a colleague asked to see."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.coordination.models import Reidentification
from samenhang.desk.work.waiting import Kind, Task, each


@each
def _asked(row: Reidentification) -> Task:
    return Task(
        title=_("Decide whether a colleague may see who %s is") % row.person,
        why=_("You work with pseudonyms. A name needs a reason and a second person."),
        url=reverse("coordination:request", args=[row.reference]),
        since=row.asked_at,
    )


KINDS = (
    Kind(
        "names", gettext_lazy("Names that a colleague asks for"), ("reidentification.decide",),
        "coordination.Reidentification", "coordination:index",
        lambda actor: Reidentification.objects.visible_to(actor).waiting_for(actor), _asked,
    ),
)  # fmt: skip
