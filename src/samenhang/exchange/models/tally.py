"""What became of weighed signals, counted apart from the signals: these are destroyed, the count stays."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Self

from django.db import models


class OutcomeTallyQuerySet(models.QuerySet["OutcomeTally"]):
    """Questions about the counts."""

    def since(self, day: date) -> Self:
        """That day included."""
        return self.filter(on__gte=day)

    def by_municipality(self) -> Mapping[str, Counter[str]]:
        """How often each outcome, for each municipality that weighed anything."""
        found: dict[str, Counter[str]] = {}
        rows = self.order_by("municipality", "outcome").values_list("municipality", "outcome")
        for municipality, outcome, number in rows.annotate(models.Sum("number")):
            found.setdefault(municipality, Counter())[outcome] += number
        return found


class OutcomeTally(models.Model):
    """On one day so many weighings of one municipality came to one outcome. Names nobody.

    Raised in the transaction of the decision, never lowered and never forgotten. outcome: a code of
    whoever weighs; empty where it was decided before outcomes were counted.
    """

    municipality = models.CharField(max_length=80)
    on = models.DateField()
    outcome = models.CharField(max_length=10, blank=True)
    number = models.PositiveIntegerField(default=0)

    objects = OutcomeTallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["on", "municipality", "outcome"], name="an_outcome_of_a_day_is_counted_in_one_row"
            )
        ]
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"outcomes:{self.municipality} {self.on}"
