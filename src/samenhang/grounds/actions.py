"""A lawyer approves, or takes an approval back. The law itself is data and is not changed here."""

from datetime import date

from django.db import transaction

from samenhang.grounds.models import Approval
from samenhang.grounds.rules.law import law
from samenhang.grounds.rules.vocabulary import UnknownTerm
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation


@transaction.atomic
def approve(subject: str, *, lawyer: str, reason: str, ends_on: date | None = None, by: Actor) -> Approval:
    """Allow the use of a measure kind, or enable a rule marked G, on a named lawyer's word.

    Raises UnknownTerm for a subject the law does not know.
    """
    known = [*law().measures, *(rule.id for rule in law().rules)]
    if subject not in known:
        raise UnknownTerm("measure kind or rule", subject, known)
    approval = Approval.objects.create(
        subject=subject, lawyer=lawyer, given_by=by.user, starts_on=by.today, ends_on=ends_on
    )
    record("law.approved", approval, by=by, operation=Operation.DECISION, reason=reason)
    return approval


@transaction.atomic
def take_back(approval: Approval, *, reason: str, by: Actor) -> Approval:
    """End an approval today; what was already decided keeps its own dates."""
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    approval.ends_on = by.today
    approval.save(update_fields=["ends_on"])
    record("law.approval-ended", approval, by=by, operation=Operation.DECISION, reason=reason)
    return approval
