"""The kinds of work that answering for a case brings: choosing who, taking over, giving back."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.cases.models import Case, Contribution, SharedItem, Takeover, ThirdParty, Transfer
from samenhang.desk.waiting import Kind, Task
from samenhang.journal import Actor
from samenhang.persons.models import names_for


def _alone(actor: Actor, rows: list[Case]) -> list[Task]:
    names = names_for(actor, [row.person_id for row in rows])
    return [
        Task(
            title=_("Choose a lead and a deputy for case %s") % row.reference,
            about=names.get(row.person_id, ""),
            why=_("All of it hangs on one person.") if row.kept_by else _("Nobody leads it."),
            url=reverse("cases:case-lead", args=[row.reference]),
            since=row.opened_at,
        )
        for row in rows
    ]


def _offered(_actor: Actor, rows: list[Takeover]) -> list[Task]:
    return _tasks(
        rows, _("Take over a charge, or refuse: %s"), _("Until you do, the duty stays with who offers it.")
    )


def _still_mine(_actor: Actor, rows: list[Takeover]) -> list[Task]:
    return _tasks(
        rows, _("Not taken over yet: %s"), _("Nobody took it over. Until somebody does, it stays yours.")
    )


def _give_back(actor: Actor, rows: list[Takeover]) -> list[Task]:
    cases = Case.objects.visible_to(actor).in_bulk([row.case_id for row in rows])
    return [
        Task(
            title=_("Hand case %s back") % row.scope,
            about="",
            why=_("You took it over for an absence that is over."),
            url=reverse("cases:case-hand-over", args=[row.scope]),
            due=row.back_on,
        )
        for row in rows
        if row.case_id in cases
    ]


def _transfers(_actor: Actor, rows: list[Transfer]) -> list[Task]:
    return [
        Task(
            title=_("Accept or refuse a case of another municipality: %s") % row.reference,
            about="",
            why=_("Somebody moved to your municipality. Until you accept, nothing changes."),
            url=reverse("cases:transfer", args=[row.reference]),
            since=row.offered_at,
        )
        for row in rows
    ]


def _contributions(_actor: Actor, rows: list[Contribution]) -> list[Task]:
    return [
        Task(
            title=_("Say whether what you brought in goes along: %s") % row.source,
            about="",
            why=_("The case goes to another municipality. You may hold back what is yours."),
            url=reverse("cases:contribution", args=[row.reference]),
            due=row.object_by,
        )
        for row in rows
    ]


def _third_parties(_actor: Actor, rows: list[ThirdParty]) -> list[Task]:
    return [
        Task(
            title=_("Agree to a third party in case %s, or refuse") % row.scope,
            about="",
            why=_("Police, prosecution and mayor must each agree before it reads anything."),
            url=reverse("cases:third-party", args=[row.reference]),
            since=row.proposed_at,
        )
        for row in rows
    ]


def _shared(_actor: Actor, rows: list[SharedItem]) -> list[Task]:
    return [
        Task(
            title=_("Read what was shared with you: %s") % row.reference,
            about="",
            why=_("Your organisation is a third party in a case, until that day."),
            url=reverse("cases:shared"),
            due=row.until,
        )
        for row in rows
    ]


def _tasks(rows: Iterable[Takeover], title: str, why: str) -> list[Task]:
    return [
        Task(
            title=title % row.scope,
            about="",
            why=why,
            url=reverse("cases:takeover", args=[row.reference]),
            since=row.offered_at,
        )
        for row in rows
    ]


def _kind(code: str, title: Any, *rest: Any) -> Kind:
    return Kind(code, title, ("case.work",), "cases.Takeover", "cases:cases", *rest)


KINDS: tuple[Kind, ...] = (
    _kind(
        "hand-overs", gettext_lazy("Charges offered to you"),
        lambda actor: Takeover.objects.visible_to(actor).waiting_for(actor.user_id), _offered,
    ),
    _kind(
        "not-taken-over", gettext_lazy("Charges that you offered"),
        lambda actor: Takeover.objects.visible_to(actor).not_taken_from(actor.user_id), _still_mine,
    ),
    _kind(
        "give-back", gettext_lazy("Charges to hand back"),
        lambda actor: Takeover.objects.visible_to(actor).to_give_back(actor.user_id, actor.today), _give_back,
    ),
    Kind(
        "transfers", gettext_lazy("Cases offered to your municipality"), ("case.work",), "cases.Transfer",
        "cases:cases", lambda actor: Transfer.objects.visible_to(actor).waiting_for(actor.organisation_id),
        _transfers,
    ),
    Kind(
        "contributions", gettext_lazy("What you brought in and may hold back"), ("transfer.say",),
        "cases.Contribution", "cases:cases",
        lambda actor: Contribution.objects.visible_to(actor).waiting_for(actor.organisation_id),
        _contributions,
    ),
    Kind(
        "third-parties", gettext_lazy("Third parties to agree to"), ("weighing.judge",), "cases.ThirdParty",
        "cases:cases", lambda actor: ThirdParty.objects.visible_to(actor).waiting_for(actor.authority),
        _third_parties,
    ),
    Kind(
        "shared", gettext_lazy("Shared with you as a third party"), ("disclosure.answer",),
        "cases.SharedItem", "desk:my-work",
        lambda actor: SharedItem.objects.visible_to(actor).received_by(actor.organisation_id), _shared,
    ),
    Kind(
        "alone", gettext_lazy("Cases that hang on one person"), ("case.work",), "cases.Case", "cases:cases",
        lambda actor: Case.objects.visible_to(actor).hanging_on_one(actor.organisation_id), _alone,
    ),
)  # fmt: skip
