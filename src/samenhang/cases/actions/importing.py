"""Taking a caseload of before in: each person becomes a signal to be weighed. All rows or none; and back."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.models import ProtectedQuerySet
from samenhang.cases.actions.destroying import destroy_signal
from samenhang.cases.actions.reporting import report
from samenhang.exchange.models import Signal
from samenhang.exchange.rules import check_reason
from samenhang.exchange.rules.caseloads import SOURCE, Entry
from samenhang.foundation.spreadsheets import NotASheet, Problem
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.persons import actions as persons
from samenhang.persons.models import IdentityClaim


def known_in_caseload(entries: Iterable[Entry], *, by: Actor) -> list[Problem]:
    """Rows about somebody who, by name and day of birth, may be known here already to this actor."""
    known = persons.known_already({entry.row: entry.identity for entry in entries}, by=by)
    text = _("Somebody of this name and day of birth is known here. Write a signal about that person.")
    return [Problem(row, text) for row in known]


@transaction.atomic
def import_caseload(entries: list[Entry], *, reason: str, by: Actor) -> int:
    """A person and a signal for each row, of the actor's own organisation alone. How many came in.

    No row becomes a case: that takes the judgement of three (Wet PGA art. 5(3)), whatever list somebody
    was on before. Raises NotYours, and NotASheet when somebody is known here already.
    """
    policy.require_function(by, "signal.submit")
    policy.require_function(by, "person.open")
    problems = known_in_caseload(entries, by=by)
    if problems:
        raise NotASheet(_("Row %(row)d: %(text)s") % {"row": problems[0].row, "text": problems[0].text})
    for entry in entries:
        report(entry.identity, entry.content, municipality=entry.municipality, by=by)
    record("caseload.imported", by.organisation, by=by, reason=reason)
    return len(entries)


def caseloads_to_take_back(*, by: Actor) -> list[dict[str, Any]]:
    """Of each caseload that came in, what nobody did anything with yet, the latest first.

    Each with submitted_at, number, and signal: the reference of one of its signals.
    """
    found = _untouched(by).values("submitted_at", "submitted_by").order_by("-submitted_at", "submitted_by")
    return [dict(one) for one in found.annotate(number=Count("pk"), signal=Max("reference"))]


@transaction.atomic
def take_back_caseload(signal: Signal, *, reason: str, by: Actor) -> int:
    """Destroy at once what came in together with this signal and was offered to nobody. How many signals.

    What was offered meanwhile stays, and so does a person of whom something else was written down. Keys go
    at the next round of the service of terms. Raises NotYours, NotThere, Incomplete.
    """
    policy.require(by, "signal.withdraw", signal)
    check_reason(reason)
    together = _untouched(by).filter(submitted_at=signal.submitted_at, submitted_by=signal.submitted_by)
    rows = list(together.order_by("pk").select_for_update())
    for row in rows:
        destroy_signal(row, by.now, by.today, by=by)
    record("caseload.taken-back", by.organisation, by=by, operation=Operation.ERASURE, reason=reason)
    return len(rows)


def _untouched(by: Actor) -> ProtectedQuerySet[Signal]:
    """Signals of the actor's own organisation that came in with a caseload and that nobody offered."""
    named = IdentityClaim.objects.unscoped("who came in with a caseload").filter(source=SOURCE)
    own = Signal.objects.visible_to(by).not_offered().filter(provider_id=by.organisation_id)
    return own.filter(person__in=named.values("person_id"))
