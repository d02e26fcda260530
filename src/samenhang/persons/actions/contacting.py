"""Noting somebody round a person, reading how to reach them, and forgetting them."""

from collections.abc import Iterable

from django.db import transaction

from samenhang.access import policy
from samenhang.access.rules import NotThere, pack
from samenhang.foundation.keys import destroy_on_commit, key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.persons.models import Contact, Person
from samenhang.persons.rules import contacts as rules
from samenhang.persons.rules import grown_on

CONTEXT = "persons.contact"


@transaction.atomic
def note_contact(
    person: Person, whom: rules.Whom, *, relation: rules.Relation, represents: bool = False, by: Actor
) -> Contact:
    """Keep how to reach somebody round this person, for a while.

    represents: they stand for a child in law. Raises NotThere, NotYours, TooLittle, RepresentsNobody.
    """
    policy.require(by, "contact.note", person)
    rules.check_whom(whom, relation, person.kind)
    if represents:
        rules.check_represents(relation, minor=person.is_minor(by.today))
    until_grown = grown_on(person.birth_date) if represents else None

    made = Contact(
        scope=person.scope,
        provider_id=by.organisation_id,
        category="relations",
        purposes=pack(rules.PURPOSES),
        person=person,
        relation=relation,
        represents=represents,
        noted_at=by.now,
        noted_by=by.user,
        forget_on=rules.forget_on(by.today, relation, until_grown),
    )
    made.sealed = key_store().seal(made.reference, whom.as_bytes(), context=CONTEXT)
    made.save()

    record("contact.noted", made, by=by, operation=Operation.COLLECTION)
    return made


def whom(contacts: Iterable[Contact], *, by: Actor) -> list[tuple[Contact, rules.Whom]]:
    """How to reach these. Raises NotThere when one of them is not the actor's to read."""
    asked = list(contacts)
    if Contact.objects.visible_to(by).filter(pk__in=[row.pk for row in asked]).count() < len(asked):
        raise NotThere
    opened = []
    for contact in asked:
        sealed = key_store().open(contact.reference, bytes(contact.sealed), context=CONTEXT)
        opened.append((contact, rules.Whom.of_bytes(sealed)))
    return opened


@transaction.atomic
def forget_contact(contact: Contact, *, by: Actor) -> None:
    """Not needed any more: gone, in copies too."""
    policy.require(by, "contact.note", contact)

    _forget(contact, by)


@transaction.atomic
def forget_contacts(*, by: Actor) -> int:
    """Forget all whose time is up; how many. For the worker."""
    gone = list(Contact.objects.unscoped("whose time is up").to_forget(by.today)[:500])
    for contact in gone:
        _forget(contact, by)
    return len(gone)


def _forget(contact: Contact, by: Actor) -> None:
    record("contact.forgotten", contact, by=by, operation=Operation.ERASURE)
    Contact.objects.unscoped("forgotten").filter(pk=contact.pk).delete()
    destroy_on_commit(contact.reference)
