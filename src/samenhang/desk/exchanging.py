"""Work on what was given and received: answering, certifying, asking after certificates, refusals."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.desk.waiting import Kind, Task
from samenhang.exchange.models import Disclosure, Question, Recall, ReceivedQuestion, Refusal
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


def _received_questions(_actor: Actor, rows: list[ReceivedQuestion]) -> list[Task]:
    names = _names(row.asker_id for row in rows)
    return [
        Task(
            title=_("Answer question %s") % row.reference,
            about=names[row.asker_id],
            why=_("A partner asks whether you know a person. A person of your organisation answers."),
            url=reverse("exchange:received_question", args=[row.reference]),
            since=row.received_at,
            due=timezone.localdate(row.tells_at),
        )
        for row in rows
    ]


def _to_send(_actor: Actor, rows: list[Question]) -> list[Task]:
    return _questions(rows, _("Send question %s, or decline"), _("A colleague wants to ask a partner."))


def _told(_actor: Actor, rows: list[Question]) -> list[Task]:
    return _questions(rows, _("Read what was told on question %s"), _("The time to tell it has come."))


def _questions(rows: list[Question], title: str, why: str) -> list[Task]:
    names = _names(row.asked_id for row in rows)
    return [
        Task(
            title=title % row.reference,
            about=names[row.asked_id],
            why=why,
            url=reverse("exchange:question", args=[row.reference]),
            since=row.tells_at or row.proposed_at,
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
    Kind(
        "asked-of-us", gettext_lazy("Questions of partners: do you know this person?"), ("question.answer",),
        "exchange.ReceivedQuestion", "exchange:questions",
        lambda actor: ReceivedQuestion.objects.visible_to(actor).to_answer(), _received_questions,
    ),
    Kind(
        "questions-to-send", gettext_lazy("Questions to a partner that need a second person"),
        ("question.ask",), "exchange.Question", "exchange:questions",
        lambda actor: Question.objects.visible_to(actor).to_send_by(actor.user), _to_send,
    ),
    Kind(
        "questions-told", gettext_lazy("What was told on your questions"), ("question.ask",),
        "exchange.Question", "exchange:questions",
        lambda actor: Question.objects.visible_to(actor).to_read(), _told,
    ),
)  # fmt: skip
