"""Taking a list of travellers in: all rows or none."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.exchange import actions as exchange
from samenhang.foundation.spreadsheets import NotASheet, Problem
from samenhang.journal import Actor, record
from samenhang.persons import actions as persons
from samenhang.risk.rules.sheets import Entry


def known_already(entries: Iterable[Entry], *, by: Actor) -> list[Problem]:
    """Rows about somebody who, by name and day of birth, may be known here already to this actor."""
    known = persons.known_already({entry.row: entry.identity for entry in entries}, by=by)
    text = _("Somebody of this name and day of birth is known here. Write the movement on that page.")
    return [Problem(row, text) for row in known]


@transaction.atomic
def import_travellers(entries: list[Entry], *, reason: str, by: Actor) -> int:
    """Open a person for each row and write the movement down. Given to nobody yet. How many came in.

    Raises NotYours, and NotASheet when somebody is known here already.
    """
    policy.require_function(by, "movement.record")
    policy.require_function(by, "person.open")
    problems = known_already(entries, by=by)
    if problems:
        raise NotASheet(_("Row %(row)d: %(text)s") % {"row": problems[0].row, "text": problems[0].text})
    for entry in entries:
        claim = persons.claim(entry.identity, by=by)
        person = persons.open_person(claim, home_municipality=entry.municipality, reason=reason, by=by)
        exchange.record_movement(person, entry.seen, by=by)
    record("travellers.imported", "", by=by, reason=reason)
    return len(entries)
