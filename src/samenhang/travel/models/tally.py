"""How many passengers were identified for further examination: counts that stay when passengers are gone."""

from datetime import date
from typing import Self

from django.db import models


class ExaminationTallyQuerySet(models.QuerySet["ExaminationTally"]):
    def between(self, since: date, until: date) -> Self:
        """Both days included."""
        return self.filter(on__gte=since, on__lte=until)

    def total(self) -> int:
        return int(self.aggregate(together=models.Sum("passengers", default=0))["together"])


class ExaminationTally(models.Model):
    """On one day so many passengers resembled an alert or matched a rule for the first time. Names nobody.

    Each passenger counts once, by however many alerts or rules (Directive (EU) 2016/681 art. 20(2)(b)).
    """

    on = models.DateField(unique=True)
    passengers = models.PositiveIntegerField(default=0)

    objects = ExaminationTallyQuerySet.as_manager()

    class Meta:
        ordering = ["on"]

    def __str__(self) -> str:
        return f"examined:{self.on}"
