"""Relatives as contacts: sealed, so that no question of the database can find, compare or join them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.persons.rules import contacts as rules


class ContactQuerySet(ProtectedQuerySet["Contact"]):
    def of(self, person_id: int) -> Self:
        return self.filter(person_id=person_id).order_by("noted_at", "pk")

    def representing(self, person_id: int, on: date) -> Self:
        """Who stands for this child on that day."""
        return self.of(person_id).filter(represents=True, forget_on__gt=on)

    def to_forget(self, on: date) -> Self:
        return self.filter(forget_on__lte=on).order_by("forget_on", "pk")


class Contact(Protected):
    """Somebody round one person. Never a person of their own: no claim, no link, no key to anybody else.

    sealed: ``rules.Whom`` under the key of this row's own reference, so the same mother noted in two files
    is two rows that nothing can tell to be of one woman. represents: the person is a child, and this is who
    stands for it in law.
    """

    reference = reference_field("R")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    relation = models.CharField(max_length=8, choices=rules.Relation)
    represents = models.BooleanField(default=False)
    sealed = models.BinaryField()
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=40)
    forget_on = models.DateField()

    objects = ContactQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_parent_or_a_guardian_represents",
                condition=Q(represents=False) | Q(relation__in=list(rules.MAY_REPRESENT)),
            )
        ]
        indexes = [models.Index(fields=["forget_on"], name="contacts_to_forget")]

    def __str__(self) -> str:
        return self.reference
