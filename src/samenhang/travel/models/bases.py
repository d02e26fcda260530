"""On which days travel data may be processed at all, and who says so."""

from datetime import date
from functools import partial
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.foundation.identifiers import new_reference
from samenhang.organisations.models import User
from samenhang.travel.rules.bases import Kind


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    """Questions about legal bases."""

    def standing(self, on: date) -> Self:
        """Begun, not over and not ended; an end works at once, on its own day already."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), starts_on__lte=on, ends_on__gte=on)

    def kinds_on(self, on: date) -> frozenset[str]:
        """The kinds of data that may be processed that day: none, unless somebody switched it on.

        A home in which no person has an account yet is a bench: nobody can see anybody, and samples
        may be tried on it. From the first account on the switch decides.
        """
        if not User.objects.filter(human=True).exists():
            return frozenset(Kind)
        return frozenset(self.standing(on).values_list("kind", flat=True))

    def newest_first(self) -> Self:
        return self.order_by("-starts_on", "-pk")


class LegalBasis(models.Model):
    """An official says on which statute one kind of travel data may be processed, from when until when.

    Without one that stands, nothing is received or read. basis: the statute, as it is
    printed. starts_on, ends_on: both included. ended_on: the first day of an early end.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "LB"))
    kind = models.CharField(max_length=3, choices=Kind)
    basis = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    starts_on = models.DateField()
    ends_on = models.DateField()
    set_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_legal_basis_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="who_ended_a_legal_basis_is_known_if_and_only_if_it_was_ended",
                condition=Q(ended_on__isnull=True, ended_by__isnull=True)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"legal-basis:{self.reference}"
