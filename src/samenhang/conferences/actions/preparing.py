"""Planning a conference: its agenda, and whom the law of its day lets come."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.cases import rules as cases
from samenhang.cases.models import Case
from samenhang.conferences import rules
from samenhang.conferences.actions.chairing import advance, locked, locked_item
from samenhang.conferences.actions.inviting import SEEN, lapse_invitations, seat
from samenhang.conferences.actions.papers import close_papers
from samenhang.conferences.models import Conference, Invitee, Item
from samenhang.conferences.rules import ItemStage, Stage
from samenhang.conferences.rules.inviting import Answer
from samenhang.conferences.rules.papers import PaperStage
from samenhang.grounds import rules as law
from samenhang.journal import Actor, record
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation, User


@transaction.atomic
def plan(*, place: str, starts_at: datetime, ends_at: datetime, by: Actor) -> Conference:
    """Call a conference of the actor's own municipality. Who plans it, is invited. Raises NotYours."""
    policy.require_function(by, "conference.chair")
    rules.check_words(place)
    if not by.now < starts_at < ends_at:
        raise rules.NotOfThePast(_("A conference starts after now and ends after it starts."))
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
    lapse_invitations(conference, by=by)
    close_papers(Item.objects.unscoped("of the conference").of(conference), PaperStage.WITHDRAWN, by=by)
    return conference
