"""Work on what was given and received: answering, certifying, asking after certificates, refusals."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.waiting import Kind, Task
from samenhang.exchange.models import Disclosure, Recall, Refusal
from samenhang.grounds import rules as law
from samenhang.journal import Actor
from samenhang.organisations.models import Organisation


def _names(keys: Any) -> dict[int, str]:
    return dict(Organisation.objects.filter(pk__in=set(keys)).values_list("pk", "name"))


def _recalls(_actor: Actor, rows: list[Recall]) -> list[Task]:
    names = _names(row.giver_id for row in rows)
    return [
        Task(
            title=_("Delete what was recalled: %s") % row.reference
            if row.deletes
            else _("Take over a change: %s") % row.reference,
            about=names[row.giver_id],
            why=str(row.get_why_display()),
            url=reverse("exchange:recall", args=[row.reference]),
            since=row.asked_at,
            due=row.due_on,
        )
        for row in rows
    ]


def _answers(_actor: Actor, rows: list[Disclosure]) -> list[Task]:
    names = _names(row.provider_id for row in rows)
    return [
        Task(
            title=_("Accept or refuse disclosure %s") % row.reference,
            about=f"{names[row.provider_id]}: {law.category_label(row.category)}",
            why=_("It was given to your organisation in writing."),
            url=reverse("exchange:disclosure", args=[row.reference]),
            since=row.disclosed_at,
        )
        for row in rows
    ]


def _pursuits(_actor: Actor, rows: list[Disclosure]) -> list[Task]:
    names = _names(row.recipient_id for row in rows)
    return [
        Task(
            title=_("Ask after disclosure %s") % row.reference,
            about=names[row.recipient_id],
            why=str(row.get_standing_display()),
            url=reverse("exchange:disclosure", args=[row.reference]),
            since=row.recalled_at,
            due=row.due_on,
        )
        for row in rows
    ]


def _refusals(_actor: Actor, rows: list[Refusal]) -> list[Task]:
    names = _names(row.keeper_id for row in rows)
    return [
        Task(
            title=_("Look at refusal %s") % row.reference,
            about=names[row.keeper_id],
            why=_("A recipient keeps what was recalled."),
            url=reverse("exchange:refusal", args=[row.reference]),
            since=row.told_at,
        )
        for row in rows
    ]


KINDS: tuple[Kind, ...] = (
    Kind(
        "recalls", gettext_lazy("Recalled or changed by its provider"), ("disclosure.answer",),
        "exchange.Recall", "exchange:disclosures",
        lambda actor: Recall.objects.visible_to(actor).open(), _recalls,
    ),
    Kind(
        "answers", gettext_lazy("Disclosures to accept or refuse"), ("disclosure.answer",),
        "exchange.Disclosure", "exchange:disclosures",
        lambda actor: Disclosure.objects.visible_to(actor).received_by(actor.organisation_id).to_answer(),
        _answers,
    ),
    Kind(
        "pursuits", gettext_lazy("Recalled, and not certified in time or kept"), ("statement.disclose",),
        "exchange.Disclosure", "exchange:disclosures",
        lambda actor: Disclosure.objects.visible_to(actor).given_by(actor.organisation_id).to_pursue(
            actor.today
        ),
        _pursuits,
    ),
    Kind(
        "refusals", gettext_lazy("Recipients that keep what was recalled"), ("recall.review",),
        "exchange.Refusal", "desk:my-work",
        lambda actor: Refusal.objects.visible_to(actor).open(), _refusals,
    ),
)  # fmt: skip
