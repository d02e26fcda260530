"""After the meeting: minutes, what people promised, and what was never confirmed."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from samenhang.access import actions as access
from samenhang.access import policy
from samenhang.access.rules import NotYours, pack, unpack
from samenhang.cases.models import Case
from samenhang.cases.rules import Status
from samenhang.conferences import rules
from samenhang.conferences.actions.chairing import locked_item
from samenhang.conferences.models import Action, Attendance, Conference, Decision, Item, Marker
from samenhang.conferences.rules import ActionStage, DecisionStage, ItemStage, MarkerStage
from samenhang.exchange.rules.conduct import check_no_service_quoted
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation


@transaction.atomic
def draft_minutes(item: Item, *, text: str, by: Actor) -> Item:
    """Write the minutes of one item, or change them: then everybody approves afresh."""
    item, _conference = locked_item(item, by=by)
    rules.check_words(text)
    check_no_service_quoted(text)
    rules.check_transition(rules.NEXT_OF_ITEM, ItemStage(item.stage), ItemStage.MINUTED)
    there = Attendance.objects.unscoped("who must approve").filter(item=item)
    bodies = there.exclude(organisation_id=by.organisation_id)
    references = sorted(set(bodies.values_list("organisation__reference", flat=True)))
    item.stage, item.minutes, item.minuted_at = ItemStage.MINUTED, text.strip(), by.now
    item.must_approve, item.approved_by = pack(references), ""
    item.save(update_fields=["stage", "minutes", "minuted_at", "must_approve", "approved_by"])
    decisions = Decision.objects.unscoped("they stand in the minutes").of(item)
    decisions.filter(stage__in=rules.OUTCOMES).order_by().update(stage=DecisionStage.MINUTED)
    record("conference.minutes-drafted", item, by=by, recipients=references)
    return item if references else _approved(item, by)


@transaction.atomic
def approve_minutes(item: Item, *, by: Actor) -> Item:
    """One of the organisations that were there agrees; with the last of them the minutes are final."""
    item = Item.objects.unscoped("locked").select_for_update().get(pk=item.pk)
    policy.require(by, "conference.take-part", item)
    rules.check_transition(rules.NEXT_OF_ITEM, ItemStage(item.stage), ItemStage.APPROVED)
    asked, given = unpack(item.must_approve), unpack(item.approved_by)
    if by.organisation not in asked:
        raise rules.NotInTheRoom(_("Your organisation was not there."))
    if by.organisation not in given:
        item.approved_by = pack([*given, by.organisation])
        item.save(update_fields=["approved_by"])
        record("conference.minutes-agreed", item, by=by, operation=Operation.DECISION)
    return _approved(item, by) if set(unpack(item.approved_by)) == set(asked) else item


@transaction.atomic
def follow(action: Action, wanted: ActionStage, *, result: str = "", by: Actor) -> Action:
    """The owner or a colleague accepts, begins, finishes or cannot; the chair takes up what is past its day.

    Raises NotYours, IllegalTransition, and WordsMissing when an ending says nothing.
    """
    action = Action.objects.unscoped("locked").select_for_update().get(pk=action.pk)
    policy.require(by, "conference.take-part", action)
    if wanted == ActionStage.EXPIRED or not _may_follow(action, wanted, by):
        raise NotYours
    rules.check_transition(rules.NEXT_OF_ACTION, ActionStage(action.stage), wanted)
    if wanted in rules.ENDINGS:
        rules.check_words(result)
        action.result = result.strip()
    action.stage = wanted
    action.save(update_fields=["stage", "result"])
    record(f"conference.action-{wanted.replace('_', '-')}", action, by=by)
    return action


def lapse_markers(*, by: Actor, limit: int = 500) -> int:
    """Delete every wording that its provider did not confirm in time, or whose case closed meanwhile.

    That something was said, stays. Safe to stop, to repeat and to run twice at once. Returns how many.
    """
    waits = Marker.objects.unscoped("the service of terms looks at dates and closed cases").waiting()
    items = Item.objects.unscoped("at which it was said").filter(
        pk__in=list(waits.order_by().values_list("item_id", flat=True))
    )
    closed = Case.objects.unscoped("whether it closed").filter(
        pk__in=list(items.values_list("case_id", flat=True)), status=Status.CLOSED
    )
    shielded = items.filter(case_id__in=list(closed.values_list("pk", flat=True)))
    over = Q(confirm_by__lt=by.today) | Q(item_id__in=list(shielded.values_list("pk", flat=True)))
    return sum(_lapse(marker, by) for marker in waits.filter(over)[:limit])


def expire_actions(*, by: Actor, limit: int = 500) -> int:
    """Mark every action that is past its day. Safe to repeat. Returns how many."""
    late = Action.objects.unscoped("the service of terms looks at dates alone").past_its_day(by.today)
    return sum(_expire(action, by) for action in late[:limit])


@transaction.atomic
def _lapse(marker: Marker, by: Actor) -> int:
    """One conditional update, so that two workers cannot both do it."""
    waits = Marker.objects.unscoped("claimed by its stage").waiting()
    changed = waits.order_by().filter(pk=marker.pk).update(stage=MarkerStage.LAPSED, wording="")
    if changed:
        access.end_grants(marker.scope, by=by)
        record("conference.said-lapsed", marker, by=by, operation=Operation.ERASURE)
    return changed


@transaction.atomic
def _expire(action: Action, by: Actor) -> int:
    waits = Action.objects.unscoped("claimed by stage and date").past_its_day(by.today)
    changed = waits.order_by().filter(pk=action.pk).update(stage=ActionStage.EXPIRED)
    if changed:
        record("conference.action-expired", action, by=by)
    return changed


def _approved(item: Item, by: Actor) -> Item:
    item.stage = ItemStage.APPROVED
    item.save(update_fields=["stage"])
    decisions = Decision.objects.unscoped("confirmed with the minutes").of(item)
    decisions.filter(stage=DecisionStage.MINUTED).order_by().update(stage=DecisionStage.CONFIRMED)
    record("conference.minutes-approved", item, by=by, operation=Operation.DECISION)
    return item


def _may_follow(action: Action, wanted: ActionStage, by: Actor) -> bool:
    if wanted == ActionStage.ESCALATED:
        item = Item.objects.unscoped("of the action").get(pk=action.item_id)
        chair = Conference.objects.unscoped("who chairs").get(pk=item.conference_id)
        return chair.organisation_id == by.organisation_id
    return action.organisation_id == by.organisation_id
