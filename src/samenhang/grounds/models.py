"""What people decided about the law: which kinds and rules a named lawyer approved."""

from datetime import date
from functools import partial
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.foundation.identifiers import new_reference
from samenhang.foundation.once import once


class ApprovalQuerySet(models.QuerySet["Approval"]):
    """Questions about approvals."""

    def standing(self, on: date) -> Self:
        """Given, not ended and not taken back; taking back works at once, on its own day already."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            Q(taken_back_on__isnull=True) | Q(taken_back_on__gt=on),
            starts_on__lte=on,
        )

    def enabled_on(self, on: date) -> frozenset[str]:
        """Ids of disclosure rules and codes of measure kinds that stand approved that day."""
        return once(
            f"approvals on {on}", lambda: frozenset(self.standing(on).values_list("subject", flat=True))
        )


class Approval(models.Model):
    """A named lawyer approved a measure kind for use, or a rule that was general knowledge."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "L"))
    subject = models.CharField(max_length=60)
    lawyer = models.CharField(max_length=120)
    given_by = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    taken_back_on = models.DateField(null=True, blank=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_approval_ends_after_it_starts",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]
        ordering = ["subject", "starts_on", "pk"]

    def __str__(self) -> str:
        return f"approval:{self.subject}"
