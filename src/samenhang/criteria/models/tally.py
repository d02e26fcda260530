"""How many matches were found and finished each day: counts that stay when matches are forgotten."""

from collections.abc import Mapping
from datetime import date

from django.db import models

from samenhang.criteria.rules.matches import What


class MatchTallyQuerySet(models.QuerySet["MatchTally"]):
    def between(self, since: date, until: date) -> Mapping[str, int]:
        """What happened on these days, both included, and how many times."""
        rows = self.filter(on__gte=since, on__lte=until).order_by().values_list("what")
        return dict(rows.annotate(models.Sum("count")))


class MatchTally(models.Model):
    """So many times something happened on one day to matches of all rules together. Names no rule and nobody.

    Raised in the transaction of what is counted, never lowered and never forgotten.
    """

    on = models.DateField()
    what = models.CharField(max_length=9, choices=What)
    count = models.PositiveIntegerField(default=0)

    objects = MatchTallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["on", "what"], name="a_day_of_matches_is_counted_in_one_row")
        ]
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"match-tally:{self.what} {self.on}"
