"""The kinds of work of the criminal track: for a prosecutor alone."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.waiting import Kind, Task, each
from samenhang.prosecution.models import CriminalCase
from samenhang.prosecution.rules.course import ASKED_BEFORE


@each
def _to_take(row: CriminalCase) -> Task:
    return Task(
        title=_("Take criminal case %s as a prosecutor") % row.reference,
        person=row.person_id,
        why=_("The police wrote it down. A prosecutor answers for the investigation."),
        url=reverse("prosecution:case", args=[row.reference]),
        since=row.reported_at,
    )


@each
def _to_review(row: CriminalCase) -> Task:
    return Task(
        title=_("Say whether criminal case %s still runs") % row.reference,
        person=row.person_id,
        why=_("Another prosecutor looked last. What nobody reviews ends here by itself."),
        url=reverse("prosecution:case", args=[row.reference]),
        due=row.review_on,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        "criminal-cases", gettext_lazy("Criminal cases that wait for a prosecutor"), ("criminal-case.lead",),
        "prosecution.CriminalCase", "prosecution:cases",
        lambda actor: CriminalCase.objects.visible_to(actor).to_take(), _to_take,
    ),
    Kind(
        "criminal-reviews", gettext_lazy("Does this criminal case still run?"), ("criminal-case.lead",),
        "prosecution.CriminalCase", "prosecution:cases",
        lambda actor: CriminalCase.objects.visible_to(actor)
        .to_review(actor.today + ASKED_BEFORE)
        .exclude(reviewed_by=actor.user),
        _to_review,
    ),
)  # fmt: skip
