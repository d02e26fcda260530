"""Areas that count as a conflict zone, as a ministry named them."""

from datetime import date
from functools import partial
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.exchange.rules.zones import Zone
from samenhang.foundation.identifiers import new_reference


class ConflictZoneQuerySet(models.QuerySet["ConflictZone"]):
    """Questions about conflict zones."""

    def counting_on(self, day: date) -> Self:
        """On that day; both ends belong to it."""
        still = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        return self.filter(still, starts_on__lte=day).order_by("name", "pk")

    def latest_first(self) -> Self:
        """What still counts before what does not."""
        return self.order_by(F("ends_on").desc(nulls_first=True), "name", "pk")

    def zones(self) -> list[Zone]:
        """All of them, as the rules read them."""
        return [row.zone for row in self.latest_first()]


class ConflictZone(models.Model):
    """An area that counts as a conflict zone from a day on. About nobody.

    Its row is never taken away: what was written of somebody in its days still names it.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "CZ"))
    name = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    decided_by = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    named_by = models.CharField(max_length=40)
    named_at = models.DateTimeField()

    objects = ConflictZoneQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_conflict_zone_ends_after_it_began",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def zone(self) -> Zone:
        return Zone(self.name, self.starts_on, self.decided_by, self.source, self.ends_on)
