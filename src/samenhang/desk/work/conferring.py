"""The kinds of work that conferences bring."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samenhang.conferences.models import Action, Conference, Invitee, Item, Marker, Paper
from samenhang.conferences.models.meeting import ConferenceQuerySet
from samenhang.conferences.rules import Stage
from samenhang.conferences.rules.inviting import Answer
from samenhang.conferences.rules.papers import PaperStage
from samenhang.conferences.views.preparing import papers_waited_for
from samenhang.desk.work.waiting import Kind, Task, each
from samenhang.foundation.days import end_of
from samenhang.journal import Actor


def _unfinished(actor: Actor) -> ConferenceQuerySet:
    """Of the conferences that the actor's organisation called: what there is to do now."""
    papers = Paper.objects.visible_to(actor).filter(stage=PaperStage.ASKED).order_by()
    mine = Conference.objects.visible_to(actor).to_prepare_by(actor.organisation_id)
    return mine.unfinished(
        end_of(actor.today),
        Invitee.objects.visible_to(actor).filter(stage=Answer.INVITED),
        Item.objects.visible_to(actor).filter(pk__in=papers.values("item_id")),
        Invitee.objects.visible_to(actor).nobody_comes(),
    )


def _conferences(actor: Actor, rows: list[Conference]) -> list[Task]:
    waits_for, absent = _waits_for(actor, rows), _absent(actor, rows)
    return [_conference(actor, row, waits_for.get(row.pk, []), absent.get(row.pk, [])) for row in rows]


def _conference(actor: Actor, row: Conference, waits_for: list[str], absent: list[str]) -> Task:
    """Before its day: prepare it, or see to what it waits for. On its day: lead it."""
    starts = timezone.localtime(row.starts_at)
    day = starts.date()
    if row.stage == Stage.UNDER_WAY:
        title, why, due = _("Lead the conference of %s"), _("It is under way."), day
    elif row.stage == Stage.PREPARED:
        title, why = _("Prepare the conference of %s"), _("Agenda, people and invitation are not ready yet.")
        due = day - timedelta(days=1)
    elif day <= actor.today:
        title, why, due = _("Lead the conference of %s"), _("You lead it from one screen."), day
    else:
        title, due = _("Complete the conference of %s"), day - timedelta(days=1)
        why = _why_not_yet(waits_for, absent)
    return Task(
        title=title % date_format(starts, "l j F, H:i"),
        about=row.place,
        why=why,
        url=reverse("conferences:conference", args=[row.reference]),
        due=due if due >= actor.today else day,
    )


def _why_not_yet(waits_for: list[str], absent: list[str]) -> str:
    said = []
    if absent:
        said.append(_("Nobody comes of %s: ask somebody else there, or do without.") % ", ".join(absent))
    if waits_for:
        words = _("The invitation is out. It still waits for: %s. Call, or do without.")
        said.append(words % ", ".join(waits_for))
    return " ".join(said)


def _absent(actor: Actor, rows: list[Conference]) -> dict[int, list[str]]:
    """By the key of a conference: the organisations of which everybody said no."""
    missed = Invitee.objects.visible_to(actor).filter(conference__in=rows).nobody_comes()
    found: dict[int, list[str]] = {}
    for key, name in (
        missed.order_by("organisation__name").values_list("conference_id", "organisation__name").distinct()
    ):
        found.setdefault(key, []).append(name)
    return found


def _waits_for(actor: Actor, rows: list[Conference]) -> dict[int, list[str]]:
    """By the key of a conference: how many answers, and which papers of whom before which day."""
    asked = Invitee.objects.visible_to(actor).filter(conference__in=rows, stage=Answer.INVITED)
    answers = Counter(asked.values_list("conference_id", flat=True))
    found = {key: [ngettext("%d answer", "%d answers", count) % count] for key, count in answers.items()}
    items = {one.pk: one for one in Item.objects.visible_to(actor).filter(conference__in=rows)}
    for paper, body in papers_waited_for(list(items.values()), actor):
        words = _("a paper of %(body)s by %(day)s")
        day = date_format(paper.due_on, "SHORT_DATE_FORMAT")
        key = items[paper.item_id].conference_id
        found.setdefault(key, []).append(words % {"body": body.name, "day": day})
    return found


def _invitations(actor: Actor, rows: list[Invitee]) -> list[Task]:
    found = Conference.objects.visible_to(actor).in_bulk({row.conference_id for row in rows})
    return [
        Task(
            title=_("Say whether you come to the conference of %s")
            % date_format(timezone.localtime(found[row.conference_id].starts_at), "l j F, H:i"),
            about=found[row.conference_id].place,
            why=_("Its time or place changed, so you are asked again.")
            if found[row.conference_id].moved_at
            else _("You are invited, and who chairs it must know who comes."),
            url=reverse("conferences:answer", args=[row.reference]),
            due=timezone.localtime(found[row.conference_id].starts_at).date(),
        )
        for row in rows
        if row.conference_id in found
    ]


@each
def _taken_off(row: Invitee) -> Task:
    return Task(
        title=_("You are no longer invited to a conference"),
        why=_("You were taken off the list. Read why, and take it out of your calendar."),
        url=reverse("conferences:answer", args=[row.reference]),
    )


@each
def _papers(row: Paper) -> Task:
    return Task(
        title=_("Bring a paper in: %s") % row.what,
        about=row.scope,
        why=_("A conference needs it. Bring it in, or say why not."),
        url=reverse("conferences:paper", args=[row.reference]),
        since=row.asked_at,
        due=row.due_on,
    )


@each
def _late_papers(row: Paper) -> Task:
    return Task(
        title=_("A paper did not come: %s") % row.what,
        about=row.scope,
        why=_("It was asked for a conference of yours, and its day is past. Call, or do without."),
        url=reverse("conferences:paper", args=[row.reference]),
        due=row.due_on,
    )


@each
def _markers(row: Marker) -> Task:
    return Task(
        title=_("Confirm what your organisation said: %s") % row.reference,
        why=_("It was said aloud at a conference. What is not confirmed is deleted."),
        url=reverse("conferences:said", args=[row.reference]),
        since=row.said_at,
        due=row.confirm_by,
    )


@each
def _actions(row: Action) -> Task:
    return Task(
        title=row.what,
        about=row.scope,
        why=_("A conference asked it of you."),
        url=reverse("conferences:action", args=[row.reference]),
        since=row.asked_at,
        due=row.due_on,
    )


@each
def _expired(row: Action) -> Task:
    return Task(
        title=_("Take up an action past its day: %s") % row.what,
        about=row.scope,
        why=_("Its owner did not finish it in time."),
        url=reverse("conferences:action", args=[row.reference]),
        due=row.due_on,
    )


@each
def _minutes(row: Item) -> Task:
    return _of_item(row, _("Write the minutes of item %s"), "conferences:minutes")


@each
def _approving(row: Item) -> Task:
    return _of_item(row, _("Approve the minutes of item %s"), "conferences:item")


def _of_item(row: Item, title: str, page: str) -> Task:
    return Task(
        title=title % row.reference,
        about=row.scope,
        why=_("It was discussed at a conference."),
        url=reverse(page, args=[row.reference]),
        since=row.minuted_at or row.closed_at,
    )


def _kind(code: str, title: Any, deed: str, model: Any, *rest: Any) -> Kind:
    place = "conferences:conferences"
    return Kind(code, title, (deed,), f"conferences.{model.__name__}", place, *rest)


KINDS: tuple[Kind, ...] = (
    _kind(
        "conferences", gettext_lazy("Conferences to come"), "conference.chair", Conference,
        _unfinished, _conferences,
    ),
    _kind(
        "invitations", gettext_lazy("Your invitations"), "conference.take-part", Invitee,
        lambda actor: Invitee.objects.visible_to(actor).to_answer_by(actor.user_id), _invitations,
    ),
    _kind(
        "taken-off", gettext_lazy("No longer invited"), "conference.take-part", Invitee,
        lambda actor: Invitee.objects.visible_to(actor).to_hear_of(actor.user_id), _taken_off,
    ),
    _kind(
        "papers", gettext_lazy("Papers you are asked for"), "conference.take-part", Paper,
        lambda actor: Paper.objects.visible_to(actor).waiting_for(actor.organisation_id), _papers,
    ),
    _kind(
        "late-papers", gettext_lazy("Papers that did not come"), "conference.chair", Paper,
        lambda actor: Paper.objects.visible_to(actor).past_its_day(actor.today), _late_papers,
    ),
    _kind(
        "said", gettext_lazy("What your organisation said"), "statement.disclose", Marker,
        lambda actor: Marker.objects.visible_to(actor).waiting_for(actor.organisation_id), _markers,
    ),
    _kind(
        "actions", gettext_lazy("Your actions"), "conference.take-part", Action,
        lambda actor: Action.objects.visible_to(actor).waiting_for(actor.user_id), _actions,
    ),
    _kind(
        "expired-actions", gettext_lazy("Actions past their day"), "conference.chair", Action,
        lambda actor: Action.objects.visible_to(actor).expired(), _expired,
    ),
    _kind(
        "minutes", gettext_lazy("Minutes to write"), "conference.chair", Item,
        lambda actor: Item.objects.visible_to(actor).to_minute(), _minutes,
    ),
    _kind(
        "approve-minutes", gettext_lazy("Minutes to approve"), "conference.take-part", Item,
        lambda actor: Item.objects.visible_to(actor).to_approve_by(actor.organisation), _approving,
    ),
)  # fmt: skip
