"""What waits around masked passengers: a request to decide, and one to look at afterwards."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.travel.models import Unmasking
from samenhang.travel.rules.unmasking import lapses_at


@each
def _deciding(row: Unmasking) -> Task:
    return Task(
        title=_("Decide on request %s to unmask") % row.reference,
        about=_("passenger %s") % row.passenger,
        why=_("A unit asks to see a masked passenger. The law lets your authority decide, and nobody else."),
        url=reverse("travel:unmasking", args=[row.reference]),
        since=row.asked_at,
        due=lapses_at(row.asked_at).date(),
    )


@each
def _reviewing(row: Unmasking) -> Task:
    return Task(
        title=_("Look at unmasking %s afterwards") % row.reference,
        about=_("passenger %s") % row.passenger,
        why=_("A masked passenger may be shown for 24 hours. You are told as data-protection officer."),
        url=reverse("travel:unmasking", args=[row.reference]),
        since=row.officer_told_at,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "unmask", gettext_lazy("Requests to unmask"), ("passenger.approve-unmasking",), "travel.Unmasking",
        "travel:unmaskings", lambda actor: Unmasking.objects.visible_to(actor).to_decide_by(actor), _deciding,
    ),
    Kind(
        "unmasked", gettext_lazy("Unmaskings to look at"), ("passenger.review-unmasking",),
        "travel.Unmasking", "travel:unmaskings",
        lambda actor: Unmasking.objects.visible_to(actor).to_review_by(actor), _reviewing,
    ),
)  # fmt: skip
