"""Whether a country may receive data about persons: decided at a ministry, until a day, and ended at once."""

from datetime import date

from django.db import transaction

from samenhang.access import policy
from samenhang.access.rules import NotThere, NotYours
from samenhang.exchange import rules
from samenhang.foundation.once import forget
from samenhang.grounds.models import Approval, ApprovalQuerySet
from samenhang.grounds.rules import authority, countries
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation

MINISTRY = "ministry"


@transaction.atomic
def assess_country(country: str, *, minister: str, findings: str, until: date, by: Actor) -> Approval:
    """Allow that data about persons go to this country, on a named minister's word.

    findings: what was found about torture, the death penalty and repression; kept in the
    journal. A newer assessment takes the place of the one before. Raises NotYours, BadAssessment.
    """
    _require(by)
    countries.check_assessment(country, minister, findings, until=until, today=by.today)
    subject = countries.subject_of(country)
    Approval.objects.standing(by.today).filter(subject=subject).update(taken_back_on=by.today)
    made: Approval = Approval.objects.create(
        subject=subject, lawyer=minister.strip(), given_by=by.user, starts_on=by.today, ends_on=until
    )
    forget()
    record("country.assessed", made, by=by, operation=Operation.DECISION, reason=findings)
    return made


@transaction.atomic
def prohibit_country(reference: str, *, reason: str, by: Actor) -> Approval:
    """From now on nothing goes to this country any more. Raises NotYours, NotThere, Incomplete."""
    _require(by)
    rules.check_reason(reason)
    row = assessed_countries(by=by).select_for_update().filter(reference=reference).first()
    if row is None:
        raise NotThere
    row.taken_back_on = by.today
    row.save(update_fields=["taken_back_on"])
    forget()
    record("country.prohibited", row, by=by, operation=Operation.DECISION, reason=reason)
    return row


def assessed_countries(*, by: Actor) -> ApprovalQuerySet:
    """The assessments that stand today, by country. Raises NotYours."""
    _require(by)
    standing = Approval.objects.standing(by.today)
    return standing.filter(subject__startswith=countries.subject_of("")).order_by("subject", "pk")


def _require(by: Actor) -> None:
    policy.require_function(by, "country.assess")
    if not by.human or authority(by.authority).kind != MINISTRY:
        raise NotYours
