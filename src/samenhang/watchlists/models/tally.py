"""How many hits were found and judged each day: counts that stay when hits are forgotten."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models.functions import TruncMonth

from samenhang.organisations.models import Organisation
from samenhang.watchlists.rules.quality import Month, What, by_month


class HitTallyQuerySet(models.QuerySet["HitTally"]):
    """Questions about the counts."""

    def between(self, since: date, until: date) -> Self:
        """Both days included."""
        return self.filter(on__gte=since, on__lte=until)

    def months_of(self, issuer: Organisation) -> list[Month]:
        """What was counted for this issuer's list, the latest month first."""
        rows = self.filter(issuer=issuer).annotate(month=TruncMonth("on")).order_by()
        counted = rows.values_list("month", "what", "minutes").annotate(models.Sum("count"))
        return by_month(counted)

    def total(self, what: What) -> int:
        return int(self.filter(what=what).aggregate(together=models.Sum("count", default=0))["together"])


class HitTally(models.Model):
    """So many times something happened on one day to hits with the alerts of one issuer. Names nobody.

    Raised in the transaction of what is counted, never lowered and never forgotten. minutes: of
    first judgements, the upper bound of how long the hit had waited, see ``quality.WAITED``; else 0.
    """

    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    on = models.DateField()
    what = models.CharField(max_length=9, choices=What)
    minutes = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)

    objects = HitTallyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "on", "what", "minutes"], name="a_day_of_a_list_is_counted_in_one_row"
            )
        ]
        indexes = [models.Index(fields=["on", "what"], name="tally_by_day")]
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return f"tally:{self.what} {self.on}"
