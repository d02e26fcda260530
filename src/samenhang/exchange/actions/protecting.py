"""A child's own route: to who protects children, and for nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.exchange import rules
from samenhang.exchange.actions.disclosing import give
from samenhang.exchange.actions.stating import state
from samenhang.exchange.models import Statement
from samenhang.exchange.rules import Item, Provision
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.organisations.models import Organisation
from samenhang.persons.models import Person

PROTECTION = "child-protection"


@dataclass(frozen=True, slots=True)
class Protector:
    """To whom a child may be reported, as which category of data, and on which conditions of the law."""

    body: Organisation
    category: str
    conditions: tuple[str, ...]


def protectors(*, by: Actor) -> list[Protector]:
    """To whom the law lets the actor's organisation report a child today."""
    enabled = Approval.objects.enabled_on(by.today)
    found = []
    for body in Organisation.objects.exclude(pk=by.organisation_id).order_by("name", "pk"):
        allowed = law.permitted_tuples(body.authority, PROTECTION, by.today, enabled)
        mine = sorted(category for provider, category in allowed if provider == by.authority)
        if mine:
            answer = law.ask(by.authority, body.authority, mine[0], PROTECTION, by.today, enabled=enabled)
            found.append(Protector(body, mine[0], tuple(answer.conditions)))
    return found


@transaction.atomic
def report_child(
    person: Person, content: rules.Content, *, to: Organisation, not_met: Iterable[str] = (), by: Actor
) -> Statement:
    """Tell who protects children what is seen of this child. It serves the child's protection alone.

    It waits for nobody: no weighing, no case, no objection of the prosecution. Raises NotThere,
    NotYours, NoChild, and NotLawful with the law's sentence.
    """
    policy.require(by, "child.report", person)
    if not person.is_minor(by.today):
        raise rules.NoChild(_("This person is not known to be a minor."))
    category = next((one.category for one in protectors(by=by) if one.body == to), "")
    if not category:
        raise rules.NotLawful(
            _("No rule of law that is in use lets you report a child to this organisation.")
        )

    said = state(content, about=person, category=category, purposes=(PROTECTION,), by=by)
    items = (Item(said.scope, category, said.special), Item(person.scope, "identity"))
    own = Organisation.objects.get(pk=by.organisation_id)
    give(Provision(own, items, PROTECTION, not_met=frozenset(not_met)), to=to, by=by)

    record("child.reported", said, by=by, operation=Operation.DISCLOSURE, recipients=[to.reference])
    return said
