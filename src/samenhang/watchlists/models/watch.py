"""The alerts of one moment, ready to be searched."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from samenhang.watchlists.models.alerts import Alert, AlertQuerySet, Edition
from samenhang.watchlists.rules import screening as rules
from screening import Index


@dataclass(frozen=True, slots=True)
class Watch:
    """The alerts of one edition. issuers: how many of them each issuer has, by its key."""

    edition: Edition
    index: Index
    issuers: Mapping[int, int]

    @classmethod
    def of(cls, edition: Edition, alerts: AlertQuerySet) -> "Watch":
        """These alerts, indexed; those of a list that the law of that day does not allow are left out."""
        # One after another: a hundred thousand of them as objects would be half of the memory.
        alerts = alerts.comparable(edition.on)
        rows = alerts.order_by("reference").iterator(chunk_size=2000)
        index = Index.build(map(rules.entry, rows))
        return cls(edition, index, alerts.by_issuer())


def active(on: date) -> AlertQuerySet:
    return Alert.objects.unscoped("passengers are compared with every issuer's alerts").active(on)


def edition(on: date) -> Edition:
    return Alert.objects.unscoped("to know whether alerts changed during a search").edition(on)


@lru_cache(maxsize=2)
def watch(edition: Edition) -> Watch:
    """Alerts never change in what is compared, so the edition says the content."""
    return Watch.of(edition, active(edition.on))
