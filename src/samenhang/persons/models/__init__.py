"""Persons, identity claims and the links between them; how a name is found."""

from samenhang.persons.models.contacts import Contact, ContactQuerySet
from samenhang.persons.models.identity import (
    IdentityClaim,
    IdentityClaimQuerySet,
    IdentityLink,
    IdentityLinkQuerySet,
    Person,
    PersonQuerySet,
    is_child,
    kind_of,
    names_for,
)
from samenhang.persons.models.looking import Found, NameWord, StoppedLookUp, people_named, put_words

__all__ = [
    "Contact",
    "ContactQuerySet",
    "Found",
    "IdentityClaim",
    "IdentityClaimQuerySet",
    "IdentityLink",
    "IdentityLinkQuerySet",
    "NameWord",
    "Person",
    "PersonQuerySet",
    "StoppedLookUp",
    "is_child",
    "kind_of",
    "names_for",
    "people_named",
    "put_words",
]
