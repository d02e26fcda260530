"""Taking a caseload of before in: each person becomes a signal to be weighed. All rows or none."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.cases.actions.reporting import report
from samenhang.exchange.rules.caseloads import Entry
from samenhang.foundation.spreadsheets import NotASheet, Problem
from samenhang.journal import Actor, record
from samenhang.persons import actions as persons


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
