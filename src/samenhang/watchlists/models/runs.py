"""Screening runs, and false hits that are remembered. Neither says anything about anybody."""

from datetime import date, timedelta
from functools import partial
from typing import Self

from django.db import models

from samenhang.foundation.identifiers import new_reference
from samenhang.watchlists.rules.thresholds import TRAFFIC_DAYS


class ScreeningRunQuerySet(models.QuerySet["ScreeningRun"]):
    """Questions about runs."""

    def latest_first(self) -> Self:
        return self.order_by("-at", "-pk")

    def passengers_a_day(self, on: date) -> list[int]:
        """Passengers compared for the first time, of each of the last days that had any, until that day."""
        first = self.filter(again=False, at__date__gt=on - timedelta(days=TRAFFIC_DAYS), at__date__lte=on)
        days = first.order_by().values("at__date").annotate(together=models.Sum("passengers"))
        return [day["together"] for day in days.order_by("at__date") if day["together"]]


class ScreeningRun(models.Model):
    """One batch of passengers compared with the alerts of one moment. Says nothing about anybody.

    alerts_version: hash of the content of all alerts compared with. library: version
    of ``screening``. again: alerts issued since, with everybody who is under way; alerts counts them alone.
    threshold: the lowest in use. lists: for each issuer ``{issuer, name, alerts, threshold,
    setting, hits, remembered}``, of which setting is the reference of who set that threshold.
    remembered: resemblances not shown because they were judged false before. took_ms: until
    it was written; None for runs before this was kept.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "SR"))
    at = models.DateTimeField()
    by = models.CharField(max_length=40)
    alerts = models.PositiveIntegerField()
    alerts_version = models.CharField(max_length=64)
    library = models.CharField(max_length=20)
    threshold = models.FloatField()
    passengers = models.PositiveIntegerField()
    hits = models.PositiveIntegerField(default=0)
    remembered = models.PositiveIntegerField(default=0)
    lists = models.JSONField(default=list)
    again = models.BooleanField(default=False)
    took_ms = models.PositiveIntegerField(null=True)

    objects = ScreeningRunQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.reference


class RememberedFalseHitQuerySet(models.QuerySet["RememberedFalseHit"]):
    def in_force(self, on: date) -> Self:
        return self.filter(expires_on__gte=on)

    def expired(self, on: date) -> Self:
        return self.filter(expires_on__lt=on)


class RememberedFalseHit(models.Model):
    """A pair that somebody judged to be two people, as a fingerprint nobody can read.

    alert: its reference. The key of the fingerprint is with the alert and dies with it.
    expires_on: the last day; the alert's review or the end of the passenger data,
    whichever comes first. met: how often the same pair was met again and not shown.
    """

    alert = models.CharField(max_length=20, db_index=True)
    fingerprint = models.CharField(max_length=64, unique=True)
    expires_on = models.DateField()
    met = models.PositiveIntegerField(default=0)

    objects = RememberedFalseHitQuerySet.as_manager()

    def __str__(self) -> str:
        return f"remembered:{self.alert}"
