"""A person about whom nothing is left goes, with every claim and link."""

from django.db import transaction

from samenhang.access import erasing
from samenhang.access.erasing import Gone
from samenhang.access.models import Grant, ProtectedQuerySet
from samenhang.access.rules import JOINT_BODIES, THIRD_PARTY
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
    contacts = Contact.objects.unscoped(_OVER).filter(person=person)
    links = IdentityLink.objects.unscoped(_OVER).filter(person=person)
    gone = erasing.erase(contacts, by=by).add(erasing.erase(links, by=by)).add(_erase_claims(claims, by))
    return gone.add(erasing.erase(Person.objects.unscoped(_OVER).filter(pk=person.pk), by=by)), set()


@transaction.atomic
def let_go(person: Person, *, by: Actor) -> Gone:
    """The person stays for something else; whoever knew them for what is over does not know them any more.

    What partners said of them goes, and what was let in at their table ends: otherwise a name that can still
    be found would tell that there is something else.
    """
    Grant.objects.filter(scope=person.scope, capacity__in=[*JOINT_BODIES, THIRD_PARTY]).delete()
    claims = IdentityClaim.objects.unscoped(_OVER).filter(person=person).exclude(provider=person.provider_id)
    contacts = Contact.objects.unscoped(_OVER).filter(person=person).exclude(provider=person.provider_id)
    gone = erasing.erase(contacts, by=by).add(_erase_claims(claims, by))
    gone.scopes.discard(person.scope)  # theirs, while they stay
    return gone


def _erase_claims(claims: ProtectedQuerySet[IdentityClaim], by: Actor) -> Gone:
    """Claims, with what ties them to somebody and the words by which they are found."""
    keys = list(claims.values_list("pk", flat=True))
    NameWord.objects.filter(claim_id__in=keys).delete()
    gone = erasing.erase(IdentityLink.objects.unscoped(_OVER).filter(claim__in=keys), by=by)
    return gone.add(erasing.erase(IdentityClaim.objects.unscoped(_OVER).filter(pk__in=keys), by=by))
