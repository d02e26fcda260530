"""The kinds of work that rules about journeys bring."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.access import policy
from samenhang.criteria.models import Match, Version
from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.journal import Actor
from samenhang.judging.models import Judged, Shift


def relieve(actor: Actor, rows: Sequence[Judged], *, title: str, remedy: str, page: str) -> list[Task]:
    """One line for a whole queue: the queue asks for somebody, not the one that waited longest."""
    tasks = []
    for row in rows:
        queue = type(row).doors().visible_to(actor).queue_of(actor)
        if queue.waiting > queue.most:
            limit = _("%(waiting)d wait, and the limit is %(most)d.")
        else:
            limit = _("One has waited for longer than %(hours)d hours.")
        told = limit % {"waiting": queue.waiting, "most": queue.most, "hours": queue.hours}
        why, url = f"{told} {remedy}", reverse(page)
        tasks.append(Task(title=title, why=why, url=url, since=row.found_at, due=actor.today))
    return tasks


def _overloading(actor: Actor, rows: list[Match]) -> list[Task]:
    remedy = _("Nothing is dropped. Ask for colleagues, or look whether a rule is too wide.")
    title = _("Relieve the queue of matches")
    return relieve(actor, rows, title=title, remedy=remedy, page="criteria:matches")


@each
def _judging(row: Match) -> Task:
    why = _("A journey matched a rule. Nothing goes anywhere until two people agree.")
    return _of_match(row, _("Look at the journey: match %s") % row.reference, why)


@each
def _confirming(row: Match) -> Task:
    why = _("A colleague wants to pass it on. You look again, by yourself.")
    return _of_match(row, _("Confirm match %s as second person") % row.reference, why)


def _of_match(row: Match, title: str, why: str) -> Task:
    page = reverse("criteria:match", args=[row.reference])
    return Task(title=title, about=row.about["name"], why=why, url=page, since=row.found_at)


def _approving(actor: Actor, rows: list[Version]) -> list[Task]:
    policy.attach(actor, rows, "rule")
    return [
        Task(
            title=_("Approve or withdraw version %(number)s of “%(name)s”")
            % {"number": row.number, "name": row.rule.name},
            why=_("It was tried on made travellers. It does not run before two people approved it."),
            url=reverse("criteria:rule", args=[row.rule.reference]),
            since=row.written_at,
        )
        for row in rows
        if row.rule
    ]


@each
def _taking_over(row: Shift) -> Task:
    why = _("A colleague went home and left a note. Until you take it over, nobody has what was left.")
    return Task(title=_("Take over a shift"), why=why, url=reverse("judging:shift"), since=row.at)


KINDS: tuple[Kind, ...] = (
    Kind(
        "shift", gettext_lazy("Shifts to take over"), ("shift.hand-over",), "judging.Shift",
        "judging:shift", lambda actor: Shift.objects.visible_to(actor).to_take_over_by(actor),
        _taking_over,
    ),
    Kind(
        "overload-matches", gettext_lazy("Too many matches wait, or too long"), ("queue.relieve",),
        "criteria.Match", "desk:my-work",
        lambda actor: Match.objects.visible_to(actor).overloading(actor), _overloading,
    ),
    Kind(
        "matches", gettext_lazy("Matches to look at"), ("match.judge",), "criteria.Match",
        "criteria:matches", lambda actor: Match.objects.visible_to(actor).to_judge_by(actor), _judging,
    ),
    Kind(
        "confirm-matches", gettext_lazy("Matches to confirm as second person"), ("match.confirm",),
        "criteria.Match", "criteria:matches",
        lambda actor: Match.objects.visible_to(actor).to_confirm_by(actor), _confirming,
    ),
    Kind(
        "approve-rules", gettext_lazy("Rules to approve"), ("criterion.approve",), "criteria.Version",
        "criteria:rules", lambda actor: Version.objects.visible_to(actor).to_approve_by(actor), _approving,
    ),
)  # fmt: skip
