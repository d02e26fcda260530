"""The kinds of work of the criminal track: for a prosecutor alone."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.waiting import Kind, Task
from samenhang.journal import Actor
from samenhang.persons.models import names_for
from samenhang.prosecution.models import CriminalCase
from samenhang.prosecution.rules.course import ASKED_BEFORE


def _to_take(actor: Actor, rows: list[CriminalCase]) -> list[Task]:
    names = names_for(actor, [row.person_id for row in rows])
    return [
        Task(
            title=_("Take criminal case %s as a prosecutor") % row.reference,
            about=names.get(row.person_id, ""),
            why=_("The police wrote it down. A prosecutor answers for the investigation."),
            url=reverse("prosecution:case", args=[row.reference]),
            since=row.reported_at,
        )
        for row in rows
    ]


def _to_review(actor: Actor, rows: list[CriminalCase]) -> list[Task]:
    names = names_for(actor, [row.person_id for row in rows])
    return [
        Task(
            title=_("Say whether criminal case %s still runs") % row.reference,
            about=names.get(row.person_id, ""),
            why=_("Another prosecutor looked last. What nobody reviews ends here by itself."),
            url=reverse("prosecution:case", args=[row.reference]),
            due=row.review_on,
        )
        for row in rows
    ]


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
