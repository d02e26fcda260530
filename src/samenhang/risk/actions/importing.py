"""Taking a list of travellers in: all rows or none; and back, as far as nothing was built on a row."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.access.erasing import hanging_on_each
from samenhang.access.models import Grant
from samenhang.cases.actions.destroying import certified
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Disclosure, Movement, Question, Reliance
from samenhang.exchange.rules import check_reason
from samenhang.foundation.spreadsheets import NotASheet, Problem
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.persons import actions as persons
from samenhang.persons.models import IdentityClaim, Person
from samenhang.risk.rules.sheets import SOURCE, Entry

# House policy: an older list is set right row by row.
TAKEN_BACK_WITHIN = timedelta(days=90)
# All that an untouched row left behind: one of each.
_OWN = Counter(("persons.IdentityClaim", "persons.IdentityLink", "exchange.Movement"))
_WHY = "whether anything was built on a row of an own list"


@dataclass(frozen=True, slots=True)
class Batch:
    """What came in together and is untouched. movement: the reference of one of its movements."""

    came_in: datetime
    number: int
    movement: str


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


def lists_to_take_back(*, by: Actor) -> list[Batch]:
    """Of each list that came in of late, the rows on which nothing was built, the latest first."""
    rows = _untouched(by)
    number = Counter((row.known_at, row.recorded_by) for row in rows)
    first = {(row.known_at, row.recorded_by): row.reference for row in rows}
    return [Batch(key[0], number[key], first[key]) for key in sorted(number, reverse=True)]


@transaction.atomic
def take_back_travellers(movement: Movement, *, reason: str, by: Actor) -> int:
    """Destroy at once what came in together with this movement and on which nothing was built. How many.

    A row that somebody corrected, gave, asked about or used stays, with its person. Keys go at the next
    round of the service of terms. Raises NotYours, NotThere, Incomplete.
    """
    policy.require(by, "movement.record", movement)
    check_reason(reason)
    rows = [
        row
        for row in _untouched(by)
        if (row.known_at, row.recorded_by) == (movement.known_at, movement.recorded_by)
    ]
    for row in rows:
        person = Person.objects.unscoped(_WHY).select_for_update().get(pk=row.person_id)
        gone = exchange.erase_movement(row, by=by)
        went, kept = persons.erase(person, by=by)
        certified(
            gone.add(went), kept, by=by,
            case=row.reference, municipality="", closed_on=by.today, due_on=by.today,
        )  # fmt: skip
    record("travellers.taken-back", by.organisation, by=by, operation=Operation.ERASURE, reason=reason)
    return len(rows)


def _untouched(by: Actor) -> list[Movement]:
    """Movements of the actor's own organisation that came in with a list and on which nothing was built."""
    named = IdentityClaim.objects.unscoped(_WHY).filter(source=SOURCE, provider_id=by.organisation_id)
    own = Movement.objects.visible_to(by).known_by(by.now).filter(provider_id=by.organisation_id)
    own = own.filter(person__in=named.values("person_id"), known_at__gte=by.now - TAKEN_BACK_WITHIN)
    rows = list(own.order_by("pk"))
    people = Person.objects.unscoped(_WHY).in_bulk({row.person_id for row in rows})
    on_people = hanging_on_each(Person, list(people))
    on_rows = hanging_on_each(Movement, [row.pk for row in rows])
    used = _used([row.reference for row in rows], [person.reference for person in people.values()])
    return [
        row
        for row in rows
        if not on_rows[row.pk]
        and on_people[row.person_id] == _OWN
        and not {row.reference, row.scope, people[row.person_id].reference} & used
    ]


def _used(movements: list[str], about: list[str]) -> set[str]:
    """Which of these were given to somebody, leaned on or asked about. Their scope is their reference."""
    both = [*movements, *about]
    leaning = Reliance.objects.unscoped(_WHY).filter(leans_on__in=movements)
    given = Disclosure.objects.unscoped(_WHY).filter(scope__in=both)
    asked = Question.objects.unscoped(_WHY).filter(about__in=about)
    return {
        *Grant.objects.filter(scope__in=both).values_list("scope", flat=True),
        *given.values_list("scope", flat=True),
        *leaning.values_list("leans_on", flat=True),
        *asked.values_list("about", flat=True),
    }
