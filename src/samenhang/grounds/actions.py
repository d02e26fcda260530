"""A lawyer approves, or takes an approval back. The law itself is data and is not changed here."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.foundation.once import forget
from samenhang.grounds.models import Approval
from samenhang.grounds.rules import approvals
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation


@transaction.atomic
def approve(subject: str, *, lawyer: str, reason: str, ends_on: date | None = None, by: Actor) -> Approval:
    """Allow the use of a measure kind, or enable a rule marked G, on a named lawyer's word.

    Raises UnknownTerm for a subject the law does not know, NothingToApprove for
    a bill or a rule whose article was read, NotAnswerable without lawyer or
    reason, AlreadyApproved while another approval stands.
    """
    approvals.check_answerable(lawyer, reason)
    approvals.check_subject(subject)
    if Approval.objects.standing(by.today).filter(subject=subject).exists():
        # Two at once would leave one standing when the other is taken back.
        raise approvals.AlreadyApproved(_("%(code)s is approved already.") % {"code": subject})

    approval = Approval.objects.create(
        subject=subject, lawyer=lawyer, given_by=by.user, starts_on=by.today, ends_on=ends_on
    )

    forget()
    record("law.approved", approval, by=by, operation=Operation.DECISION, reason=reason)
    return approval


@transaction.atomic
def take_back(approval: Approval, *, reason: str, by: Actor) -> Approval:
    """End an approval at once; what was already decided keeps its own dates.

    Raises NotAnswerable without a reason and AlreadyTakenBack.
    """
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    approvals.check_answerable(approval.lawyer, reason)
    if approval.taken_back_on:
        raise approvals.AlreadyTakenBack(_("This approval was taken back before."))

    approval.taken_back_on = by.today
    approval.save(update_fields=["taken_back_on"])

    forget()
    record("law.approval-ended", approval, by=by, operation=Operation.DECISION, reason=reason)
    return approval
