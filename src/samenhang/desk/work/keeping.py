"""The kinds of work that answering for a case brings: choosing who, taking over, giving back."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.cases.models import Case, Contribution, SharedItem, Takeover, ThirdParty, Transfer
from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.journal import Actor


@each
def _alone(row: Case) -> Task:
    return Task(
        title=_("Choose a lead and a deputy for case %s") % row.reference,
        person=row.person_id,
        why=_("All of it hangs on one person.") if row.kept_by else _("Nobody leads it."),
        url=reverse("cases:case-lead", args=[row.reference]),
        since=row.opened_at,
    )


@each
def _offered(row: Takeover) -> Task:
    why = _("Until you do, the duty stays with who offers it.")
    return _of_takeover(row, _("Take over a charge, or refuse: %s"), why)


@each
def _still_mine(row: Takeover) -> Task:
    why = _("Nobody took it over. Until somebody does, it stays yours.")
    return _of_takeover(row, _("Not taken over yet: %s"), why)


def _give_back(actor: Actor, rows: list[Takeover]) -> list[Task]:
    cases = Case.objects.visible_to(actor).in_bulk([row.case_id for row in rows])
    return [
        Task(
            title=_("Hand case %s back") % row.scope,
            why=_("You took it over for an absence that is over."),
            url=reverse("cases:case-hand-over", args=[row.scope]),
            due=row.back_on,
        )
        for row in rows
        if row.case_id in cases
    ]


@each
def _transfers(row: Transfer) -> Task:
    return Task(
        title=_("Accept or refuse a case of another municipality: %s") % row.reference,
        why=_("Somebody moved to your municipality. Until you accept, nothing changes."),
        url=reverse("cases:transfer", args=[row.reference]),
        since=row.offered_at,
    )


@each
def _contributions(row: Contribution) -> Task:
    return Task(
        title=_("Say whether what you brought in goes along: %s") % row.source,
        why=_("The case goes to another municipality. You may hold back what is yours."),
        url=reverse("cases:contribution", args=[row.reference]),
        due=row.object_by,
    )


@each
def _third_parties(row: ThirdParty) -> Task:
    return Task(
        title=_("Agree to a third party in case %s, or refuse") % row.scope,
        why=_("Police, prosecution and mayor must each agree before it reads anything."),
        url=reverse("cases:third-party", args=[row.reference]),
        since=row.proposed_at,
    )


@each
def _shared(row: SharedItem) -> Task:
    return Task(
        title=_("Read what was shared with you: %s") % row.reference,
        why=_("Your organisation is a third party in a case, until that day."),
        url=reverse("cases:shared"),
        due=row.until,
    )


def _of_takeover(row: Takeover, title: str, why: str) -> Task:
    page = reverse("cases:takeover", args=[row.reference])
    return Task(title=title % row.scope, why=why, url=page, since=row.offered_at)


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
