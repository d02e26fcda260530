"""Planning a conference: its agenda, and whom the law of its day lets come."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import NotYours, pack
from samenhang.cases import rules as cases
from samenhang.cases.models import Case, covenant_between
from samenhang.conferences import rules
from samenhang.conferences.models import Conference, Invitee, Item
from samenhang.conferences.rules import ItemStage, Stage
from samenhang.exchange.rules import NotLawful
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.journal import Actor, record
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation, User

# What an invited organisation reads of the conference itself: when, where, and who comes.
SEEN = ("meeting-minutes",)


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
    _seat(conference, User.objects.get(pk=by.user_id), by)
    return conference


@transaction.atomic
def add_item(conference: Conference, case: Case, *, question: str, by: Actor) -> Item:
    """Put a case on the agenda, with what the conference must answer.

    Raises NotThere, NotOpen, AlreadyThere.
    """
    conference = locked(conference, by=by)
    _check_not_over(conference)
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
    record("conference.item-dropped", item, by=by)
    return item


@transaction.atomic
def invite(conference: Conference, user: User, *, by: Actor) -> Invitee:
    """Ask somebody to come, when the law of the conference's day lets their organisation sit there.

    Raises NotLawful with the law's sentence, NoCovenant, AlreadyThere.
    """
    conference = locked(conference, by=by)
    _check_not_over(conference)
    return _seat(conference, user, by)


@transaction.atomic
def send(conference: Conference, *, by: Actor) -> Conference:
    """The invitation goes out: agenda and people are ready."""
    conference = locked(conference, by=by)
    if not Item.objects.unscoped("whether there is an agenda").of(conference).exists():
        raise rules.WordsMissing(_("Put a case on the agenda first."))
    return advance(conference, Stage.INVITED, by=by)


@transaction.atomic
def call_off(conference: Conference, *, reason: str, by: Actor) -> Conference:
    """It does not take place."""
    conference = locked(conference, by=by)
    rules.check_words(reason)
    return advance(conference, Stage.CALLED_OFF, by=by, reason=reason)


def locked(conference: Conference, *, by: Actor) -> Conference:
    """The conference, locked, for who chairs it. Raises NotThere, NotYours."""
    conference = Conference.objects.unscoped("locked").select_for_update().get(pk=conference.pk)
    policy.require(by, "conference.chair", conference)
    if conference.organisation_id != by.organisation_id:
        raise NotYours
    return conference


def locked_item(item: Item, *, by: Actor) -> tuple[Item, Conference]:
    """The item and its conference, locked, for who chairs it. Raises NotThere, NotYours."""
    item = Item.objects.unscoped("locked").select_for_update().get(pk=item.pk)
    policy.require(by, "conference.chair", item)
    return item, locked(Conference.objects.unscoped("of the item").get(pk=item.conference_id), by=by)


def advance(conference: Conference, wanted: Stage, *, reason: str = "", by: Actor) -> Conference:
    rules.check_transition(rules.NEXT, Stage(conference.stage), wanted)
    conference.stage, conference.revision = wanted, conference.revision + 1
    conference.save(update_fields=["stage", "revision"])
    record(f"conference.{wanted.replace('_', '-')}", conference, by=by, reason=reason)
    return conference


def _seat(conference: Conference, user: User, by: Actor) -> Invitee:
    organisation = user.organisation
    basis = _basis(conference, organisation, by)
    known = Invitee.objects.unscoped("a person is invited once").of(conference)
    if known.filter(user=user).exists():
        raise rules.AlreadyThere(_("%s is invited already.") % user.name)
    access.grant(conference.scope, organisation, categories=SEEN, basis=basis, capacity="CASUS", by=by)
    invitee: Invitee = Invitee.objects.create(
        scope=conference.scope,
        provider_id=conference.provider_id,
        category=SEEN[0],
        purposes=conference.purposes,
        conference=conference,
        user=user,
        organisation=organisation,
        basis=basis,
    )
    record("conference.person-invited", invitee, by=by, recipients=[organisation.reference])
    return invitee


def _basis(conference: Conference, organisation: Organisation, by: Actor) -> str:
    """The rule that lets the organisation sit there on that day; a covenant on days before the Act."""
    day = timezone.localtime(conference.starts_at).date()
    if cases.regime_on(day) == cases.Regime.COVENANT:
        together = {conference.organisation_id: conference.organisation, organisation.pk: organisation}
        return f"covenant:{covenant_between(list(together.values()), by).pk}"
    answer = law.ask(
        "CASUS",
        organisation.authority,
        SEEN[0],
        rules.APPROACH,
        day,
        enabled=Approval.objects.enabled_on(day),
    )
    if not answer.permitted:
        raise NotLawful(answer.sentence)
    return answer.rule or ""


def _check_not_over(conference: Conference) -> None:
    if not rules.NEXT[Stage(conference.stage)]:
        raise rules.IllegalTransition(_("This conference is over."))
