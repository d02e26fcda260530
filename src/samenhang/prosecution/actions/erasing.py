"""What is over goes: the list of evidence with its case, a case on its day, and what nobody reviewed ends.

No certificate is written, since those are read by who may not know that there was a case. The journal
keeps that records were destroyed, by references that lead nowhere.
"""

from collections.abc import Iterable

from django.db import transaction

from samenhang.access import policy
from samenhang.access.erasing import Gone, erase, forget_scopes
from samenhang.foundation.emptying import cut_the_log
from samenhang.foundation.keys import destroy_on_commit
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.prosecution.models import (
    CriminalCase,
    Evidence,
    EvidenceStep,
    Offence,
    RoleTally,
    SuspectedRole,
)
from samenhang.prosecution.rules.course import Outcome

_OVER = "its time is over"


def erase_proof(case: CriminalCase, *, by: Actor) -> Gone:
    """Every piece of evidence with its history. Inside the transaction of a deed that was itself checked."""
    offences = list(Offence.objects.unscoped(_OVER).filter(criminal_case=case).values_list("pk", flat=True))
    pieces = list(Evidence.objects.unscoped(_OVER).filter(offence__in=offences).values_list("pk", flat=True))
    gone = erase(EvidenceStep.objects.unscoped(_OVER).filter(piece__in=pieces), by=by)
    return gone.add(erase(Evidence.objects.unscoped(_OVER).filter(pk__in=pieces), by=by))


def destroy_due(*, by: Actor, limit: int = 50) -> int:
    """Destroy every criminal case that ended and whose day has come; returns how many. Safe to repeat."""
    policy.require_function(by, "case.destroy")
    due = list(CriminalCase.objects.unscoped(_OVER).over(by.today)[:limit])
    done = sum(_destroy(case, by) for case in due)
    if done:
        cut_the_log()
    return done


@transaction.atomic
def _destroy(case: CriminalCase, by: Actor) -> bool:
    due = CriminalCase.objects.unscoped(_OVER).over(by.today).filter(pk=case.pk)
    claimed = due.select_for_update().first()
    if claimed is None:
        return False
    gone = erase_proof(claimed, by=by)
    roles = SuspectedRole.objects.unscoped(_OVER).filter(criminal_case=claimed)
    if claimed.outcome != Outcome.MISTAKE:
        _tally(claimed, roles.filter(withdrawn_at__isnull=True).values_list("role", flat=True))
    for rows in (roles, Offence.objects.unscoped(_OVER).filter(criminal_case=claimed)):
        gone.add(erase(rows, by=by))
    gone.add(erase(CriminalCase.objects.unscoped(_OVER).filter(pk=claimed.pk), by=by))
    person = Person.objects.unscoped("whether anything else is known").get(pk=claimed.person_id)
    went, _kept = persons.erase(person, by=by)
    gone.add(went)
    forget_scopes(gone.scopes)
    for scope in gone.scopes:
        destroy_on_commit(scope)
    record("criminal-cases.destroyed", "", by=by, operation=Operation.ERASURE)
    return True


def _tally(case: CriminalCase, roles: Iterable[str]) -> None:
    for role in roles:
        row, _made = RoleTally.objects.get_or_create(began_on=case.began_on, role=role)
        RoleTally.objects.filter(pk=row.pk).update(number=row.number + 1)
