"""The kinds of work of the criminal track, and the steps of others that it may ask to wait."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.deconfliction.models import Window
from samenhang.desk.work.waiting import Kind, Task, each
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


@each
def _windows(row: Window) -> Task:
    return Task(
        title=_("Does this run into an investigation? Step %s") % row.reference,
        person=row.person_id,
        why=_("Every such step waits two days. Ask to wait before the time is over, or do nothing."),
        url=reverse("deconfliction:window", args=[row.reference]),
        since=row.opened_at,
        due=timezone.localtime(row.closes_at).date(),
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
    Kind(
        "windows", gettext_lazy("Steps before they are taken"), ("step.hold",), "deconfliction.Window",
        "deconfliction:windows",
        lambda actor: Window.objects.visible_to(actor).open_at(actor.now).not_held(actor.now), _windows,
    ),
)  # fmt: skip
