"""Asking for a masked passenger, deciding on it, opening what was approved, and looking at it afterwards."""

from django.db import transaction
from django.db.models import F

from samenhang.access import policy
from samenhang.access.actions import grant
from samenhang.access.rules import NotThere, NotYours, may_do, pack
from samenhang.foundation.identifiers import new_reference
from samenhang.foundation.keys import KeyDestroyed, key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Mandate, Organisation
from samenhang.travel import sealing
from samenhang.travel.models import Passenger, Unmasking
from samenhang.travel.rules import unmasking as rules
from samenhang.travel.rules.permitted import Told
from samenhang.travel.rules.unmasking import Approver, Finding, Ground, Status


def may_ask_unmasking(passenger: Passenger, *, by: Actor) -> bool:
    """Whether this analyst's own unit keeps the passenger."""
    return _of_own(passenger.provider_id, by) and may_do("passenger.ask-unmasking", by.roles)


def may_decide_unmasking(row: Unmasking, *, by: Actor) -> bool:
    """Whether this person is of the authority that the law names today, and of no part in the request."""
    approver = rules.approver_on(by.today)
    of_it = by.human and by.authority == approver.authority and approver.role in by.roles
    return of_it and may_do("passenger.approve-unmasking", by.roles) and row.provider_id != by.organisation_id


def may_review_unmasking(row: Unmasking, *, by: Actor) -> bool:
    """Whether this person is the data-protection officer of the unit that asked."""
    return _of_own(row.provider_id, by) and may_do("passenger.review-unmasking", by.roles)


@transaction.atomic
def ask_unmasking(passenger: Passenger, ground: Ground, *, reason: str, by: Actor) -> Unmasking:
    """Ask the authority that the law names to let the requester see this masked passenger.

    reason: read by the authority and the data-protection officer. Raises NotThere, NotYours, NotMasked,
    KeyGone, NoReason, AskedBefore, NobodyToApprove and NobodyToTell.
    """
    rows = Passenger.objects.unscoped("one request at a time").select_for_update()
    passenger = rows.get(pk=passenger.pk)
    policy.require(by, "passenger.ask-unmasking", passenger)
    _require(may=may_ask_unmasking(passenger, by=by))
    rules.check_masked(passenger.masked_at)
    _check_key(passenger.reference)
    rules.check_reason(reason)
    approver = rules.approver_on(by.today)
    bodies = _bodies(approver)
    _check_officer(passenger.provider_id, by)
    asked = Unmasking.objects.unscoped("one request at a time")
    mine = asked.open_for(passenger.reference, by.now).filter(asked_by=by.user_id)
    rules.check_not_asked(open_requests=mine.count())

    row: Unmasking = Unmasking.objects.create(
        reference=(reference := new_reference("UM")),
        scope=reference,
        provider_id=passenger.provider_id,
        category=rules.CATEGORY,
        purposes=pack(rules.PURPOSES),
        passenger=passenger.reference,
        ground=ground,
        because=_sealed(reason, passenger.reference),
        asked_at=by.now,
        asked_by_id=by.user_id,
    )
    for body in bodies:
        grant(row.scope, body, categories=[rules.CATEGORY], basis=approver.rule, by=by)

    record("unmasking.asked", row, by=by, basis=approver.rule)
    return row


@transaction.atomic
def decide_unmasking(row: Unmasking, *, approve: bool, reason: str, by: Actor) -> Unmasking:
    """Approve or not, as the authority that the law names. The officer is told with the approval.

    Raises NotThere, NotYours, SamePerson, DecidedBefore, NoReason, KeyGone and NobodyToTell.
    """
    row = _locked(row)
    policy.require(by, "passenger.approve-unmasking", row)
    approver = rules.approver_on(by.today)
    _require(may=may_decide_unmasking(row, by=by))
    rules.check_four_eyes(row.asked_by_id, row.provider_id, by.user_id, by.organisation_id)
    rules.check_undecided(row.status, row.asked_at, by.now)
    rules.check_reason(reason)
    _check_key(row.passenger)
    if approve:
        _check_officer(row.provider_id, by)

    row.status = Status.APPROVED if approve else Status.REFUSED
    row.decided_at, row.decided_by_id, row.basis = by.now, by.user_id, approver.basis
    row.answer = _sealed(reason, row.passenger)
    if approve:
        row.shown_until, row.officer_told_at = by.now + rules.SHOWN_FOR, by.now
    row.save()

    event = "unmasking.approved" if approve else "unmasking.not-approved"
    record(event, row, by=by, operation=Operation.DECISION, basis=approver.rule)
    if approve:
        record("unmasking.officer-told", row, by=by, basis="Directive (EU) 2016/681 art. 12(3)")
    return row


@transaction.atomic
def open_unmasked(row: Unmasking, *, by: Actor) -> Told:
    """What messages told of the passenger, for who asked, within the time; each time it is in the journal.

    Raises NotThere, NotYours, NotShown, and KeyGone once the passenger's own time was over.
    """
    row = _locked(row)
    policy.require(by, "passenger.ask-unmasking", row)
    rules.check_shown(row.asked_by_id, by.user_id, row.shown_until, by.now)
    _check_key(row.passenger)
    kept = Passenger.objects.unscoped("approved to be shown").filter(reference=row.passenger).first()
    if kept is None:
        raise NotThere
    try:
        told = sealing.opened(bytes(kept.sealed), kept.sealed_under)
    except KeyDestroyed:
        rules.check_key(holds=False)
        raise

    Unmasking.objects.unscoped("counted").filter(pk=row.pk).update(shown=F("shown") + 1)
    record(
        "passenger.unmasked",
        kept,
        by=by,
        operation=Operation.CONSULTATION,
        basis=f"unmasking {row.reference}",
    )
    return told


@transaction.atomic
def review_unmasking(row: Unmasking, finding: Finding, *, remark: str, by: Actor) -> Unmasking:
    """Say afterwards, as the data-protection officer of the unit, whether it was in order.

    What was found not in order ends at once. Raises NotThere, NotYours, NoReason and ReviewedBefore.
    """
    row = _locked(row)
    policy.require(by, "passenger.review-unmasking", row)
    _require(may=may_review_unmasking(row, by=by))
    rules.check_reason(remark)
    rules.check_reviewable(row.officer_told_at, row.reviewed_at)

    row.finding, row.reviewed_at, row.reviewed_by_id = finding, by.now, by.user_id
    if key_store().holds(sealing.of_one(row.passenger)):
        row.remark = _sealed(remark, row.passenger)
    if finding == Finding.NOT_IN_ORDER and row.shown_until and row.shown_until > by.now:
        row.shown_until = by.now
    row.save()

    record(f"unmasking.found-{finding}", row, by=by, operation=Operation.DECISION)
    return row


def _locked(row: Unmasking) -> Unmasking:
    found: Unmasking = Unmasking.objects.unscoped("decided once").select_for_update().get(pk=row.pk)
    return found


def _of_own(provider: int, by: Actor) -> bool:
    return by.human and provider == by.organisation_id


def _require(*, may: bool) -> None:
    if not may:
        raise NotYours


def _check_key(passenger: str) -> None:
    rules.check_key(key_store().holds(sealing.of_one(passenger)))


def _bodies(approver: Approver) -> list[Organisation]:
    found = list(Organisation.objects.filter(authority=approver.authority).order_by("pk"))
    rules.check_approvers(len(found))
    return found


def _check_officer(unit: int, by: Actor) -> None:
    """A notice to nobody is none."""
    officers = Mandate.objects.in_force(by.today).filter(role=rules.OFFICER, user__organisation_id=unit)
    rules.check_officers(officers.count())


def _sealed(text: str, passenger: str) -> bytes:
    return sealing.sealed({"text": text.strip()}, sealing.of_one(passenger))
