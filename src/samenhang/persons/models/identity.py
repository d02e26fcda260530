"""Persons, identity claims, and the links between them."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.journal import Actor
from samenhang.persons import rules


class PersonQuerySet(ProtectedQuerySet["Person"]):
    def living_in(self, municipality: str) -> Self:
        return self.filter(home_municipality=municipality)


class Person(Protected):
    """A peg on which claims hang. It has no name of its own. Human, or a legal person.

    home_municipality: the region of the mayor's organisation, or empty while
    unknown. birth_date: as far as known, from the founding claim; it only serves
    to know a minor.
    """

    reference = reference_field("P")
    kind = models.CharField(max_length=12, choices=rules.Kind, default=rules.Kind.HUMAN)
    home_municipality = models.CharField(max_length=80, blank=True)
    birth_date = models.CharField(max_length=10, blank=True)
    opened_at = models.DateTimeField()

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_a_human_being_was_born", condition=Q(kind="human") | Q(birth_date="")
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_legal(self) -> bool:
        return rules.is_legal(self.kind)

    def display_for(self, actor: Actor) -> str:
        """The names from confirmed claims that this actor may see; the reference when there are none."""
        return names_for(actor, [self.pk]).get(self.pk, self.reference)

    def is_minor(self, on: date) -> bool:
        return rules.is_minor(self.birth_date, on)


class IdentityClaimQuerySet(ProtectedQuerySet["IdentityClaim"]):
    def linked(self) -> Self:
        return self.filter(person__isnull=False)


class IdentityClaim(Protected):
    """What one source says somebody is called and when they were born; or how an organisation is registered.

    surname: of a legal person its whole name. person: set exactly while a link is confirmed. scope: its own
    until then, the person's while linked, so that it is seen by who may see that person's identity.
    """

    reference = reference_field("I")
    kind = models.CharField(max_length=12, choices=rules.Kind, default=rules.Kind.HUMAN)
    person = models.ForeignKey("persons.Person", models.PROTECT, null=True, blank=True, related_name="claims")
    surname = models.CharField(max_length=120, blank=True)
    given_names = models.CharField(max_length=160, blank=True)
    birth_date = models.CharField(max_length=10, blank=True)
    seat = models.CharField(max_length=80, blank=True)
    kvk_number = models.CharField(max_length=8, blank=True)
    source = models.CharField(max_length=200, blank=True)
    claimed_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=40)

    objects = IdentityClaimQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_claim_names_somebody", condition=~Q(surname="", given_names="")),
            models.CheckConstraint(
                name="a_legal_person_is_registered_and_a_human_being_is_born",
                condition=Q(kind="human", seat="", kvk_number="")
                | ~Q(kind="human") & Q(given_names="", birth_date=""),
            ),
        ]
        indexes = [
            models.Index(fields=["kvk_number"], condition=~Q(kvk_number=""), name="claims_by_kvk_number")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def full_name(self) -> str:
        return f"{self.given_names} {self.surname}".strip()


class IdentityLinkQuerySet(ProtectedQuerySet["IdentityLink"]):
    def waiting(self) -> Self:
        return self.filter(state=rules.Link.PROPOSED).order_by("proposed_at", "pk")

    def waiting_for(self, actor: Actor) -> Self:
        """Proposals that this actor may decide: all but their own."""
        return self.waiting().exclude(proposed_by=actor.user)


class IdentityLink(Protected):
    """Somebody's judgement, and somebody else's, that a claim is about a person. Reasons stay."""

    reference = reference_field("J")
    claim = models.ForeignKey("persons.IdentityClaim", models.PROTECT, related_name="links")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="links")
    state = models.CharField(max_length=9, choices=rules.Link, default=rules.Link.PROPOSED)
    founding = models.BooleanField(default=False)
    proposed_by = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    proposed_because = models.TextField()
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.TextField(blank=True)
    undone_by = models.CharField(max_length=40, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.TextField(blank=True)

    objects = IdentityLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_link_needs_two_people_unless_it_founds",
                condition=Q(decided_by="") | Q(founding=True) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_decided_link_says_by_whom",
                condition=~Q(state__in=["confirmed", "rejected"]) | ~Q(decided_by=""),
            ),
            models.UniqueConstraint(
                fields=["claim"], condition=Q(state="confirmed"), name="a_claim_is_about_one_person"
            ),
            models.UniqueConstraint(
                fields=["claim", "person"], condition=Q(state="proposed"), name="one_open_proposal_per_pair"
            ),
        ]

    def __str__(self) -> str:
        return self.reference


def is_child(person_id: int, on: date) -> bool:
    """Whether the person of a record that was itself checked may still be a minor on that day."""
    people = Person.objects.unscoped("only whether they are a minor").filter(pk=person_id)
    return rules.is_minor(people.values_list("birth_date", flat=True).get(), on)


def kind_of(person_id: int) -> rules.Kind:
    """What the person is of a record that was itself checked: human, or which legal person."""
    people = Person.objects.unscoped("only whether they are human").filter(pk=person_id)
    return rules.Kind(people.values_list("kind", flat=True).get())


def names_for(actor: Actor, people: Iterable[int | None]) -> dict[int, str]:
    """Display names by primary key of the person, from confirmed claims that the actor may see. One query.

    Several different names of one person are joined by " / ", the oldest claim first.
    """
    found: dict[int, dict[str, None]] = {}
    claims = IdentityClaim.objects.visible_to(actor).filter(person_id__in={pk for pk in people if pk})
    for claim in claims.order_by("claimed_at", "pk"):
        assert claim.person_id is not None
        found.setdefault(claim.person_id, {})[claim.full_name] = None
    return {pk: " / ".join(names) for pk, names in found.items()}
