"""The kinds of work that rules about journeys bring."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.access import policy
from samenhang.criteria.models import Match, Version
from samenhang.desk.waiting import Kind, Task
from samenhang.journal import Actor


def _judging(_actor: Actor, rows: list[Match]) -> list[Task]:
    why = _("A journey matched a rule. Nothing goes anywhere until two people agree.")
    return [_of_match(row, _("Look at the journey: match %s") % row.reference, why) for row in rows]


def _confirming(_actor: Actor, rows: list[Match]) -> list[Task]:
    why = _("A colleague wants to pass it on. You look again, by yourself.")
    return [_of_match(row, _("Confirm match %s as second person") % row.reference, why) for row in rows]


def _of_match(row: Match, title: str, why: str) -> Task:
    page = reverse("criteria:match", args=[row.reference])
    return Task(title=title, about=row.about["name"], why=why, url=page, since=row.found_at)


def _approving(actor: Actor, rows: list[Version]) -> list[Task]:
    policy.attach(actor, rows, "rule")
    return [
        Task(
            title=_("Approve or withdraw version %(number)s of “%(name)s”")
            % {"number": row.number, "name": row.rule.name},
            about="",
            why=_("It was tried on made travellers. It does not run before two people approved it."),
            url=reverse("criteria:rule", args=[row.rule.reference]),
            since=row.written_at,
            due=row.ends_on,
        )
        for row in rows
        if row.rule
    ]


KINDS: tuple[Kind, ...] = (
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
