"""Coming of age: the person is an adult from then on; what was known of the child stays the child's."""

from django.db import transaction

from samenhang.access.rules import pack
from samenhang.journal import Actor, record
from samenhang.persons import rules
from samenhang.persons.models import Person


@transaction.atomic
def come_of_age(*, by: Actor) -> int:
    """Let those who turned eighteen be looked at as adults; how many. For the worker.

    Names and dates that were claimed while they were minors keep their few purposes: who must
    investigate the adult claims anew what is known of the adult.
    """
    of_a_child = [one for one in rules.IDENTITY_PURPOSES if one in rules.CHILD_PURPOSES]
    children = Person.objects.unscoped("who turned eighteen").exclude(birth_date="")
    born_before = str(by.today.year - rules.MAJORITY + 1)
    children = children.filter(purposes=pack(of_a_child), birth_date__lt=born_before).order_by("pk")
    grown = [person for person in children[:500] if not person.is_minor(by.today)]
    for person in grown:
        person.purposes = pack(rules.IDENTITY_PURPOSES)
        person.save(update_fields=["purposes"])
        record("person.came-of-age", person, by=by)
    return len(grown)
