"""Trusting the key of an organisation, and receiving what it signed."""

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access.rules import NotThere
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.national_picture.actions.reporting import require
from samenhang.national_picture.models import Delivery, SourceKey
from samenhang.national_picture.rules import delivering, edition_on, releasing


@transaction.atomic
def propose_key(authority: str, public: str, *, reason: str, by: Actor) -> SourceKey:
    """Say that this key is the organisation's. Nothing signed with it counts until somebody else agrees.

    public: 64 hexadecimal digits. reason: how the key came. Raises NotYours, BadKey, NoReason.
    """
    require("report.trust-key", by=by)
    releasing.check_reason(reason)
    raw = delivering.read_public(public)
    if SourceKey.objects.filter(public=raw).exists():
        raise delivering.BadKey(_("This key is known already."))
    row = SourceKey.objects.create(authority=authority, public=raw, proposed_by=by.user, proposed_at=by.now)
    record("source-key.proposed", row, by=by, operation=Operation.ADMIN, reason=reason)
    return row


@transaction.atomic
def confirm_key(key: SourceKey, *, by: Actor) -> SourceKey:
    """A second person compared it with what the organisation told by another way. Raises SamePerson."""
    require("report.trust-key", by=by)
    row = SourceKey.objects.select_for_update().get(pk=key.pk)
    delivering.check_somebody_else(by.user, row.proposed_by)
    if row.confirmed_at is not None or row.ended_at is not None:
        raise delivering.BadKey(_("This key was confirmed or ended before."))
    row.confirmed_by, row.confirmed_at = by.user, by.now
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    record("source-key.confirmed", row, by=by, operation=Operation.DECISION)
    return row


@transaction.atomic
def end_key(key: SourceKey, *, reason: str, by: Actor) -> SourceKey:
    """Trust it no longer: what it signed counts no more from now on, in no report."""
    require("report.trust-key", by=by)
    releasing.check_reason(reason)
    row = SourceKey.objects.select_for_update().get(pk=key.pk)
    row.ended_by, row.ended_at = by.user, by.now
    row.save(update_fields=["ended_by", "ended_at"])
    record("source-key.ended", row, by=by, operation=Operation.DECISION, reason=reason)
    return row


@transaction.atomic
def receive(data: bytes, *, by: Actor) -> Delivery:
    """Take in a signed figure. The same file twice is once.

    Raises NotYours, BadDelivery: unreadable, not this body's figure, given in the
    future, or signed by no key that two people trust for that body.
    """
    require("report.receive", by=by)
    statement, signature = delivering.opened(data)
    delivering.check_fits(statement, edition_on(statement.window.until).find(statement.key))
    if statement.given_on > by.today or statement.window.until > by.today:
        raise delivering.BadDelivery(_("The statement is dated in the future."))
    keys = SourceKey.objects.trusted(statement.authority)
    signer = next(
        (key for key in keys if delivering.is_signed(statement.canonical, signature, bytes(key.public))), None
    )
    if signer is None:
        raise delivering.BadDelivery(
            _("No trusted key of %s signed this. Ask that organisation which key it used.")
            % statement.authority
        )
    if known := Delivery.objects.filter(signature=signature).first():
        return known
    row = Delivery.objects.create(
        key=statement.key,
        until=statement.window.until,
        statement=statement.canonical,
        signature=signature,
        source_key=signer,
        received_by=by.user,
        received_at=by.now,
    )
    record("figure.delivered", row, by=by, operation=Operation.COLLECTION)
    return row


def source_keys(*, by: Actor) -> list[SourceKey]:
    """All keys, oldest first. Raises NotYours."""
    require("report.trust-key", by=by)
    return list(SourceKey.objects.order_by("proposed_at", "pk"))


def find_key(reference: str, *, by: Actor) -> SourceKey:
    """Raises NotYours, NotThere."""
    require("report.trust-key", by=by)
    row = SourceKey.objects.filter(reference=reference).first()
    if row is None:
        raise NotThere
    return row
