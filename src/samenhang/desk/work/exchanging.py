"""Work on what was given and received: answers, recalls, refusals, official messages, what leans on it."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samenhang.access import policy
from samenhang.cases.models import Case, Weighing
from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.exchange.models import (
    Disclosure,
    OfficialMessage,
    Question,
    Recall,
    ReceivedQuestion,
    Reconsideration,
    Refusal,
)
from samenhang.grounds import rules as law
from samenhang.journal import Actor


@each
def _recalls(row: Recall) -> Task:
    return Task(
        title=_("Delete what was recalled: %s") % row.reference
        if row.deletes
        else _("Take over a change: %s") % row.reference,
        about=row.giver.name,
        why=str(row.get_why_display()),
        url=reverse("exchange:recall", args=[row.reference]),
        since=row.asked_at,
        due=row.due_on,
    )


@each
def _answers(row: Disclosure) -> Task:
    return Task(
        title=_("Accept or refuse disclosure %s") % row.reference,
        about=f"{row.provider.name}: {law.category_label(row.category)}",
        why=_("It was given to your organisation in writing."),
        url=reverse("exchange:disclosure", args=[row.reference]),
        since=row.disclosed_at,
    )


@each
def _pursuits(row: Disclosure) -> Task:
    return Task(
        title=_("Ask after disclosure %s") % row.reference,
        about=row.recipient.name,
        why=str(row.get_standing_display()),
        url=reverse("exchange:disclosure", args=[row.reference]),
        since=row.recalled_at,
        due=row.due_on,
    )


@each
def _refusals(row: Refusal) -> Task:
    return Task(
        title=_("Look at refusal %s") % row.reference,
        about=row.keeper.name,
        why=_("A recipient keeps what was recalled."),
        url=reverse("exchange:refusal", args=[row.reference]),
        since=row.told_at,
    )


@each
def _received_questions(row: ReceivedQuestion) -> Task:
    return Task(
        title=_("Answer question %s") % row.reference,
        about=row.asker.name,
        why=_("A partner asks whether you know a person. A person of your organisation answers."),
        url=reverse("exchange:received_question", args=[row.reference]),
        since=row.received_at,
        due=timezone.localdate(row.tells_at),
    )


@each
def _to_send(row: Question) -> Task:
    return _of_question(row, _("Send question %s, or decline"), _("A colleague wants to ask a partner."))


@each
def _told(row: Question) -> Task:
    return _of_question(row, _("Read what was told on question %s"), _("The time to tell it has come."))


def _of_question(row: Question, title: str, why: str) -> Task:
    return Task(
        title=title % row.reference,
        about=row.asked.name,
        why=why,
        url=reverse("exchange:question", args=[row.reference]),
        since=row.tells_at or row.proposed_at,
    )


@each
def _official_messages(row: OfficialMessage) -> Task:
    return Task(
        title=_("Say what came of official message %s") % row.number,
        person=row.person_id,
        why=_("A service wrote to your organisation so that it can act."),
        url=reverse("exchange:official-message", args=[row.reference]),
        since=row.registered_at,
    )


def _reliances(actor: Actor, rows: list[Reconsideration]) -> list[Task]:
    people = _people_behind(actor, [row.thing for row in rows])
    return [
        Task(
            title=_("Look again at %s") % row.thing,
            person=people.get(row.thing),
            why=_("A statement that it leans on was withdrawn or corrected.")
            if row.depth == 1
            else _("Something that it leans on rests on a statement that was withdrawn or corrected."),
            url=reverse("exchange:reconsider", args=[row.reference]),
            due=row.reconsider_by,
        )
        for row in rows
    ]


def _people_behind(actor: Actor, references: list[str]) -> dict[str, int]:
    """Whom these weighings and cases are about."""
    cases = Case.objects.visible_to(actor).filter(reference__in=references)
    people = {row.reference: row.person_id for row in cases}
    weighings = list(Weighing.objects.visible_to(actor).filter(reference__in=references))
    policy.attach(actor, weighings, "signal")
    return people | {row.reference: row.signal.person_id for row in weighings if row.signal}


KINDS: tuple[Kind, ...] = (
    Kind(
        "reconsider", gettext_lazy("To look at again"), ("reliance.reconsider",), "exchange.Reconsideration",
        "desk:my-work", lambda actor: Reconsideration.objects.visible_to(actor).to_do_by(actor), _reliances,
    ),
    Kind(
        "recalls", gettext_lazy("Recalled or changed by its provider"), ("disclosure.answer",),
        "exchange.Recall", "exchange:disclosures",
        lambda actor: Recall.objects.visible_to(actor).open().select_related("giver"), _recalls,
    ),
    Kind(
        "answers", gettext_lazy("Disclosures to accept or refuse"), ("disclosure.answer",),
        "exchange.Disclosure", "exchange:disclosures",
        lambda actor: Disclosure.objects.visible_to(actor).received_by(actor.organisation_id).to_answer()
        .select_related("provider"),
        _answers,
    ),
    Kind(
        "pursuits", gettext_lazy("Recalled, and not certified in time or kept"), ("statement.disclose",),
        "exchange.Disclosure", "exchange:disclosures",
        lambda actor: Disclosure.objects.visible_to(actor).given_by(actor.organisation_id).to_pursue(
            actor.today
        ).select_related("recipient"),
        _pursuits,
    ),
    Kind(
        "refusals", gettext_lazy("Recipients that keep what was recalled"), ("recall.review",),
        "exchange.Refusal", "desk:my-work",
        lambda actor: Refusal.objects.visible_to(actor).open().select_related("keeper"), _refusals,
    ),
    Kind(
        "asked-of-us", gettext_lazy("Questions of partners: do you know this person?"), ("question.answer",),
        "exchange.ReceivedQuestion", "exchange:questions",
        lambda actor: ReceivedQuestion.objects.visible_to(actor).to_answer().select_related("asker"),
        _received_questions,
    ),
    Kind(
        "questions-to-send", gettext_lazy("Questions to a partner that need a second person"),
        ("question.ask",), "exchange.Question", "exchange:questions",
        lambda actor: Question.objects.visible_to(actor).to_send_by(actor.user).select_related("asked"),
        _to_send,
    ),
    Kind(
        "questions-told", gettext_lazy("What was told on your questions"), ("question.ask",),
        "exchange.Question", "exchange:questions",
        lambda actor: Question.objects.visible_to(actor).to_read().select_related("asked"), _told,
    ),
    Kind(
        "official-messages", gettext_lazy("Official messages without follow-up"),
        ("official-message.register",), "exchange.OfficialMessage", "exchange:official-messages",
        lambda actor: OfficialMessage.objects.visible_to(actor).without_follow_up(), _official_messages,
    ),
)  # fmt: skip
