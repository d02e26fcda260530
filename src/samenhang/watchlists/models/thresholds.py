"""The thresholds that people set, one list at a time."""

from functools import partial

from django.db import models
from django.db.models import Q

from samenhang.foundation.identifiers import new_reference
from samenhang.organisations.models import Organisation
from samenhang.watchlists.rules.thresholds import DEFAULT, Level, Levels


class ListThresholdQuerySet(models.QuerySet["ListThreshold"]):
    """Questions about thresholds."""

    def levels(self) -> Levels:
        """What holds now; few rows, one for each time that somebody chose."""
        rows = list(self)
        own = {row.issuer_id: Level(row.threshold, row.reference) for row in reversed(rows)}
        return Levels(own, min([DEFAULT.bits, *(row.threshold for row in rows)]))


class ListThreshold(models.Model):
    """A named person let the alerts of one issuer become hits from another resemblance on.

    threshold, before: bits of evidence. reason: about the list, of nobody on it. shown:
    what that person was told to expect, see ``rules.thresholds.Forecast.as_shown``.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "LT"))
    issuer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    threshold = models.FloatField()
    before = models.FloatField()
    reason = models.CharField(max_length=500)
    shown = models.JSONField()
    set_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ListThresholdQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_threshold_has_a_reason", condition=~Q(reason="")),
        ]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.reference
