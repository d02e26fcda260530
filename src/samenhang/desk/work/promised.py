"""Work of the ministry and the coordinator: what was promised, for who answers for it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.programme.models import Commitment


@each
def _promised(row: Commitment) -> Task:
    return Task(
        title=_("See to commitment %s") % row.reference,
        about=row.get_made_to_display(),
        why=row.what,
        url=reverse("programme:commitment", args=[row.reference]),
        since=row.made_on,
        due=row.due_on,
    )


KINDS = (
    Kind(
        "commitments", gettext_lazy("What was promised"), ("commitment.keep",), "",
        "programme:commitments", lambda actor: Commitment.objects.answered_by(actor.user_id), _promised,
    ),
)  # fmt: skip
