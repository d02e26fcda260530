"""Planning a conference: its agenda, and whom the law of its day lets come."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.cases import rules as cases
from samenhang.cases.models import Case
from samenhang.conferences import rules
from samenhang.conferences.actions.chairing import advance, locked, locked_item
from samenhang.conferences.actions.inviting import SEEN, ask_again, lapse_invitations, seat
from samenhang.conferences.actions.papers import close_papers
from samenhang.conferences.models import Conference, Invitee, Item, Paper
from samenhang.conferences.rules import ItemStage, Stage
from samenhang.conferences.rules.inviting import Answer
from samenhang.conferences.rules.papers import PaperStage
from samenhang.grounds import rules as law
from samenhang.journal import Actor, record
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation, User
from samenhang.persons.models import names_for


@transaction.atomic
def plan(*, place: str, starts_at: datetime, ends_at: datetime, by: Actor) -> Conference:
    """Call a conference of the actor's own municipality. Who plans it, is invited. Raises NotYours."""
    policy.require_function(by, "conference.chair")
    _check_plan(place, starts_at, ends_at, by)
    own = Organisation.objects.get(pk=by.organisation_id)
    name = f"{law.authority('CASUS').name_nl} {own.region}"
    conference = Conference(
        provider=found("CASUS", name, region=own.region, by=by),
        category=SEEN[0],
        purposes=pack([rules.APPROACH]),
        organisation=own,
        municipality=own.region,
        place=place.strip(),
        starts_at=starts_at,
        ends_at=ends_at,
    )
    conference.scope = conference.reference
    conference.save()
    record("conference.planned", conference, by=by)
    seat(conference, User.objects.get(pk=by.user_id), Answer.ACCEPTED, by=by)
    return conference


@transaction.atomic
def move(
    conference: Conference, *, place: str, starts_at: datetime, ends_at: datetime, reason: str, by: Actor
) -> Conference:
    """Another time or place: agenda, list and papers stay, and whoever was invited is asked again.

    The law of the new day is asked for everybody on the list. Raises NotYours, NotLawful, NotOfThePast,
    NameInPlace, WordsMissing, AlreadyThere when nothing changes, IllegalTransition once it began.
    """
    conference = locked(conference, by=by)
    rules.check_words(reason)
    if conference.stage not in (Stage.PREPARED, Stage.INVITED):
        raise rules.IllegalTransition(_("The conference began or is over. It cannot be moved any more."))
    _check_plan(place, starts_at, ends_at, by)
    wanted = (place.strip(), starts_at, ends_at)
    if wanted == (conference.place, conference.starts_at, conference.ends_at):
        raise rules.AlreadyThere(_("Nothing changes: this is the same time and place."))
    conference.place, conference.starts_at, conference.ends_at = wanted
    conference.moved_at, conference.notice = by.now, reason.strip()
    # A calendar takes a change over only for a later revision than the one that put it in.
    conference.revision += 1
    conference.save(update_fields=["place", "starts_at", "ends_at", "moved_at", "notice", "revision"])
    ask_again(conference, by=by)
    day = timezone.localtime(starts_at).date()
    items = Item.objects.unscoped("of the conference").of(conference)
    papers = Paper.objects.unscoped("none is due after it").on(items).filter(stage=PaperStage.ASKED)
    papers.order_by().filter(due_on__gt=day).update(due_on=day)
    record("conference.moved", conference, by=by, reason=reason)
    return conference


@transaction.atomic
def add_item(conference: Conference, case: Case, *, question: str, by: Actor) -> Item:
    """Put a case on the agenda, with what the conference must answer.

    Raises NotThere, NotOpen, AlreadyThere.
    """
    conference = locked(conference, by=by)
    rules.check_not_over(Stage(conference.stage))
    policy.require(by, "case.work", case)
    rules.check_words(question)
    if case.status not in cases.RUNNING:
        raise cases.NotOpen(_("This case is closed."))
    items = Item.objects.unscoped("the numbers of the agenda").of(conference)
    if items.filter(case=case).exists():
        raise rules.AlreadyThere(_("This case is on the agenda already."))
    item: Item = Item.objects.create(
        scope=case.scope,
        provider_id=case.provider_id,
        category="meeting-minutes",
        purposes=pack([rules.APPROACH]),
        conference=conference,
        case=case,
        number=items.count() + 1,
        question=question.strip(),
    )
    record("conference.item-added", item, by=by)
    return item


@transaction.atomic
def reword_item(item: Item, *, question: str, by: Actor) -> Item:
    """Ask the conference something else. Raises IllegalTransition once the item was opened."""
    item, _conference = locked_item(item, by=by)
    rules.check_words(question)
    if item.stage == ItemStage.DROPPED:
        raise rules.IllegalTransition(
            _("This case was taken off the agenda. Nothing more is asked about it here.")
        )
    if item.stage != ItemStage.PLANNED:
        raise rules.IllegalTransition(_("This item was discussed, so its question stays as it was."))
    item.question = question.strip()
    item.save(update_fields=["question"])
    record("conference.item-reworded", item, by=by)
    return item


@transaction.atomic
def drop_item(item: Item, *, by: Actor) -> Item:
    """Do not discuss it after all."""
    item, _conference = locked_item(item, by=by)
    rules.check_transition(rules.NEXT_OF_ITEM, ItemStage(item.stage), ItemStage.DROPPED)
    item.stage = ItemStage.DROPPED
    item.save(update_fields=["stage"])
    close_papers([item], PaperStage.WITHDRAWN, by=by)
    record("conference.item-dropped", item, by=by)
    return item


@transaction.atomic
def send(conference: Conference, *, by: Actor) -> Conference:
    """The invitation goes out: agenda and people are ready."""
    conference = locked(conference, by=by)
    agenda = Item.objects.unscoped("whether there is an agenda").of(conference)
    if not agenda.filter(stage=ItemStage.PLANNED).exists():
        raise rules.WordsMissing(_("Put a case on the agenda first."))
    conference = advance(conference, Stage.INVITED, by=by)
    Invitee.objects.unscoped("all of them are asked").of(conference).order_by().filter(
        stage=Answer.LISTED
    ).update(stage=Answer.INVITED)
    return conference


@transaction.atomic
def call_off(conference: Conference, *, reason: str, by: Actor) -> Conference:
    """It does not take place: nobody answers any more, and no paper is waited for."""
    conference = locked(conference, by=by)
    rules.check_words(reason)
    conference = advance(conference, Stage.CALLED_OFF, by=by, reason=reason)
    conference.notice = reason.strip()
    conference.save(update_fields=["notice"])
    lapse_invitations(conference, by=by)
    close_papers(Item.objects.unscoped("of the conference").of(conference), PaperStage.WITHDRAWN, by=by)
    return conference


def _check_plan(place: str, starts_at: datetime, ends_at: datetime, by: Actor) -> None:
    rules.check_words(place)
    rules.check_moments(starts_at, ends_at, by.now)
    running = Case.objects.visible_to(by).ongoing()
    known = names_for(by, [key for key in running.order_by().values_list("person_id", flat=True) if key])
    rules.check_place(place, known.values())
