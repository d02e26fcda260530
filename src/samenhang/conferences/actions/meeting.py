"""The meeting itself: who comes in and goes out, and which item is open."""

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.conferences import rules
from samenhang.conferences.actions.chairing import advance, locked, locked_item
from samenhang.conferences.actions.inviting import lapse_invitations
from samenhang.conferences.actions.papers import close_papers
from samenhang.conferences.models import Attendance, Conference, Decision, Invitee, Item
from samenhang.conferences.models.room import in_the_room, must_leave
from samenhang.conferences.rules import ItemStage, Stage
from samenhang.conferences.rules.inviting import check_invited
from samenhang.conferences.rules.papers import PaperStage
from samenhang.journal import Actor, record
from samenhang.organisations.models import User


@transaction.atomic
def begin(conference: Conference, *, by: Actor) -> Conference:
    """The meeting begins, with the chair in the room."""
    conference = advance(locked(conference, by=by), Stage.UNDER_WAY, by=by)
    here = Invitee.objects.unscoped("the chair is there").of(conference).filter(user_id=by.user_id)
    here.update(in_room=True)
    lapse_invitations(conference, by=by)
    return conference


@transaction.atomic
def arrive(invitee: Invitee, *, by: Actor) -> Invitee:
    """Somebody comes in. Raises MustLeave when the open item is not for them, NotInvited."""
    conference = _under_way(invitee, by)
    check_invited(invitee.stage)
    user = User.objects.get(pk=invitee.user_id)
    item = _open_item(conference)
    if item is not None:
        rules.check_room([one.name for one in must_leave(item, [user], by.now)])
    invitee.in_room = True
    invitee.save(update_fields=["in_room"])
    if item is not None:
        _attend(item, user, by)
    record("conference.person-came-in", invitee, by=by)
    return invitee


@transaction.atomic
def leave(invitee: Invitee, *, by: Actor) -> Invitee:
    """Somebody goes out."""
    conference = _under_way(invitee, by)
    invitee.in_room = False
    invitee.save(update_fields=["in_room"])
    item = _open_item(conference)
    if item is not None:
        there = Attendance.objects.unscoped("who goes out").of(item).filter(user_id=invitee.user_id)
        there.filter(until_at__isnull=True).update(until_at=by.now)
    record("conference.person-went-out", invitee, by=by)
    return invitee


@transaction.atomic
def open_item(item: Item, *, by: Actor) -> Item:
    """Begin with an item. Raises MustLeave with the names, AnotherItemIsOpen, NotInTheRoom."""
    item, conference = locked_item(item, by=by)
    if conference.stage != Stage.UNDER_WAY:
        raise rules.IllegalTransition(_("The conference has not begun, or it is over."))
    if _open_item(conference) is not None:
        raise rules.AnotherItemIsOpen(_("First close the item that is open."))
    rules.check_transition(rules.NEXT_OF_ITEM, ItemStage(item.stage), ItemStage.OPEN)
    present = in_the_room(conference)
    rules.check_room([user.name for user in must_leave(item, present, by.now)])
    if by.user_id not in {user.pk for user in present}:
        raise rules.NotInTheRoom(_("You are not in the room yourself."))

    item.stage, item.opened_at = ItemStage.OPEN, item.opened_at or by.now
    item.save(update_fields=["stage", "opened_at"])
    for user in present:
        _attend(item, user, by)
    record("conference.item-opened", item, by=by)
    return item


@transaction.atomic
def close_item(item: Item, *, by: Actor) -> Item:
    """The item was discussed. A decision that is still open is deferred: say so first."""
    item, _conference = locked_item(item, by=by)
    rules.check_transition(rules.NEXT_OF_ITEM, ItemStage(item.stage), ItemStage.DISCUSSED)
    undecided = Decision.objects.unscoped("nothing stays open").of(item)
    if undecided.filter(stage__in=rules.UNDECIDED).exists():
        raise rules.IllegalTransition(_("A proposal is still open. Take it, defer it or reject it first."))
    _leave_item(item, by)
    return item


@transaction.atomic
def end(conference: Conference, *, by: Actor) -> Conference:
    """The meeting is over. What was not discussed, is dropped."""
    conference = locked(conference, by=by)
    opened = _open_item(conference)
    if opened is not None:
        if policy.decide(by, "read", opened).allowed:
            raise rules.AnotherItemIsOpen(_("First close the item that is open."))
        _leave_item(opened, by)  # its case closed meanwhile, so nobody can close it by hand
    conference = advance(conference, Stage.ENDED, by=by)
    left = Item.objects.unscoped("what was not discussed").of(conference)
    close_papers(left.filter(stage=ItemStage.PLANNED), PaperStage.WITHDRAWN, by=by)
    left.filter(stage=ItemStage.PLANNED).order_by().update(stage=ItemStage.DROPPED)
    Invitee.objects.unscoped("all go home").of(conference).order_by().update(in_room=False)
    return conference


def _under_way(invitee: Invitee, by: Actor) -> Conference:
    conference = locked(Conference.objects.unscoped("of the invitee").get(pk=invitee.conference_id), by=by)
    if conference.stage != Stage.UNDER_WAY:
        raise rules.IllegalTransition(_("The conference has not begun, or it is over."))
    return conference


def _leave_item(item: Item, by: Actor) -> None:
    item.stage, item.closed_at = ItemStage.DISCUSSED, by.now
    item.save(update_fields=["stage", "closed_at"])
    there = Attendance.objects.unscoped("all leave the item").of(item).filter(until_at__isnull=True)
    there.order_by().update(until_at=by.now)
    close_papers([item], PaperStage.MISSING, by=by)
    record("conference.item-closed", item, by=by)


def _open_item(conference: Conference) -> Item | None:
    return Item.objects.unscoped("which item is open").of(conference).open().first()


def _attend(item: Item, user: User, by: Actor) -> None:
    there = Attendance.objects.unscoped("who is there already").of(item)
    if not there.filter(user=user, until_at__isnull=True).exists():
        Attendance.objects.create(
            **item.protection(),
            item=item,
            user=user,
            organisation_id=user.organisation_id,
            from_at=by.now,
        )
