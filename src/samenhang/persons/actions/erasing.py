"""A person about whom nothing is left goes, with every claim and link."""

from django.db import transaction
from django.db.models import Q

from samenhang.access import erasing
from samenhang.access.erasing import Gone
from samenhang.journal import Actor
from samenhang.persons.models import Contact, IdentityClaim, IdentityLink, Person
from samenhang.persons.models.looking import NameWord

_OVER = "nothing is left about them"


@transaction.atomic
def erase(person: Person, *, by: Actor) -> tuple[Gone, set[str]]:
    """The person with every claim and link, unless something of another law still refers to them.

    Returns what went, and the kinds of record for which the person stays.
    """
    own = {model._meta.label for model in (IdentityClaim, IdentityLink, Contact)}
    kept = erasing.hanging_on(person) - own
    if kept:
        return Gone(), kept
    claims = IdentityClaim.objects.unscoped(_OVER).filter(person=person)
    keys = list(claims.values_list("pk", flat=True))
    NameWord.objects.filter(claim_id__in=keys).delete()
    links = IdentityLink.objects.unscoped(_OVER).filter(Q(person=person) | Q(claim__in=keys))
    contacts = Contact.objects.unscoped(_OVER).filter(person=person)
    gone = erasing.erase(contacts, by=by).add(erasing.erase(links, by=by)).add(erasing.erase(claims, by=by))
    return gone.add(erasing.erase(Person.objects.unscoped(_OVER).filter(pk=person.pk), by=by)), set()
