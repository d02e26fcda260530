"""Issuing, renewing and lifting alerts."""

import os
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.foundation.identifiers import new_reference
from samenhang.foundation.keys import key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.judging.actions import become
from samenhang.judging.rules import Status
from samenhang.watchlists import rules
from samenhang.watchlists.actions.counting import count
from samenhang.watchlists.models import Alert, Hit, RememberedFalseHit
from samenhang.watchlists.rules import alerts as asked
from samenhang.watchlists.rules import false_hits
from samenhang.watchlists.rules.quality import What

KEY = 32


@transaction.atomic
def issue(listed: asked.Listed, request: asked.Request, *, by: Actor) -> Alert:
    """Ask for a person. Passengers still on their way are compared with it at the next run.

    Raises NotYours, NotAnIssuer, NoGround, Incomplete and ReviewTooLate.
    """
    policy.require_function(by, "alert.issue")
    asked.check_issuer(by.authority)
    asked.check_listed(listed)
    asked.check_request(request, by.today)

    reference = new_reference("A")
    key = key_store().seal(reference, os.urandom(KEY), context=false_hits.KEY_CONTEXT)
    alert = Alert.objects.create(
        reference=reference,
        scope=reference,
        provider_id=by.organisation_id,
        category="police-data",
        purposes=pack(asked.PURPOSES),
        names=_filled(listed.names),
        birth_dates=_filled(listed.birth_dates),
        sex=listed.sex,
        nationalities=_filled(listed.nationalities),
        documents=_filled(listed.documents),
        kind=request.kind,
        legal_basis=asked.ground_on(request.kind, request.action, by.today),
        criteria=sorted(set(request.criteria)),
        action=request.action,
        contact=request.contact.strip(),
        issued_at=by.now,
        issued_by=by.user,
        review_on=request.review_on,
        fingerprint_key=key,
    )

    record("alert.issued", alert, by=by, operation=Operation.COLLECTION, basis=alert.legal_basis[:60])
    return alert


@transaction.atomic
def renew(alert: Alert, *, review_on: date, reason: str, by: Actor) -> Alert:
    """Look again and let the alert stand until another day, overdue or not.

    Raises AlreadyLifted, NoGround, Incomplete without a reason and ReviewTooLate.
    """
    alert = _locked(alert, by, "alert.issue")
    rules.check_reason(reason)
    asked.ground_on(alert.kind, alert.action, by.today)
    asked.check_review(alert.kind, review_on, by.today)

    if alert.is_overdue(by.today):
        # Whoever was screened while it slept has not been compared with it.
        alert.caught_up_at = None
    alert.review_on = review_on
    alert.save(update_fields=["review_on", "caught_up_at"])

    record("alert.renewed", alert, by=by, reason=reason)
    return alert


@transaction.atomic
def lift(alert: Alert, *, reason: str, by: Actor) -> Alert:
    """End the alert: from now on nobody is compared with it, its false hits are forgotten, open hits lapse.

    Raises AlreadyLifted, and Incomplete without a reason.
    """
    alert = _locked(alert, by, "alert.lift")
    rules.check_reason(reason)

    alert.lifted_at = by.now
    alert.fingerprint_key = b""
    alert.save(update_fields=["lifted_at", "fingerprint_key"])
    RememberedFalseHit.objects.filter(alert=alert.reference).delete()
    _lapse_hits(alert, by)

    record("alert.lifted", alert, by=by, reason=reason)
    return alert


def _lapse_hits(alert: Alert, by: Actor) -> None:
    hits = Hit.objects.unscoped("an alert that ends takes its open hits with it").select_for_update()
    for hit in hits.unfinished().filter(alert=alert):
        become(hit, Status.LAPSED, by=by)
        count(hit.issuer_id, What.LAPSED, by=by)
        record("hit.lapsed", hit, by=by)


def _locked(alert: Alert, by: Actor, deed: str) -> Alert:
    found = Alert.objects.unscoped("an action locks what its actor may read").select_for_update()
    alert = found.get(pk=alert.pk)
    policy.require(by, deed, alert)
    if alert.provider_id != by.organisation_id:
        raise asked.NotAnIssuer(_("Only the organisation that issued this alert may change it."))
    if alert.lifted_at is not None:
        raise asked.AlreadyLifted(_("This alert was lifted before."))
    return alert


def _filled(texts: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))
