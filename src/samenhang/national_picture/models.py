"""What people decided about figures: releases, reports, keys trusted; what others delivered or entered."""

from datetime import date, datetime
from functools import partial
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from samenhang.foundation.identifiers import new_reference
from samenhang.national_picture.rules import Counted, Window
from samenhang.national_picture.rules.differencing import Total
from samenhang.national_picture.rules.effort import Quarter, quarter_of


class ReleaseQuerySet(models.QuerySet["Release"]):
    def standing(self) -> Self:
        return self.filter(revoked_at__isnull=True).order_by("released_at", "pk")

    def holding(self, key: str, window: Window, counted: Counted) -> "Release | None":
        """The release for this window, if the count is still what the official saw."""
        found = self.standing().filter(key=key, since=window.since, until=window.until)
        return found.filter(counted=Release.pack(counted)).last()


class Release(models.Model):
    """That a named official let one small total leave, for one window, as they saw it.

    counted: the count they saw; when it changes the release no longer holds.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "V"))
    key = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    counted = models.CharField(max_length=60)
    reason = models.TextField()
    released_by = models.CharField(max_length=40)
    released_at = models.DateTimeField()
    revoked_by = models.CharField(max_length=40, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_release_is_for_a_window_that_has_begun", condition=Q(since__lte=F("until"))
            ),
            models.UniqueConstraint(
                fields=["key", "since", "until", "counted"],
                condition=Q(revoked_at__isnull=True),
                name="a_total_is_released_once",
            ),
        ]
        ordering = ["released_at", "pk"]

    def __str__(self) -> str:
        return self.reference

    @staticmethod
    def pack(counted: Counted) -> str:
        """A count as text: ``4``, or ``90,60,`` for terms one by one."""
        return "".join(f"{part}," for part in counted) if isinstance(counted, tuple) else str(counted)

    def seen(self) -> tuple[Window, Counted]:
        """The window and the count for which it was given."""
        parts = [int(part) for part in self.counted.split(",") if part]
        window = Window(self.since, self.until)
        return window, tuple(parts) if self.counted.endswith(",") else parts[0]


class PublicationQuerySet(models.QuerySet["Publication"]):
    def latest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def totals(self, key: str, by: datetime) -> list[Total]:
        """The exact totals of one figure in all reports published by that moment, oldest first."""
        rows = self.filter(published_at__lte=by).order_by("published_at", "pk")
        return [
            Total(date.fromisoformat(start), date.fromisoformat(end), counted)
            for known in rows.values_list("totals", flat=True)
            for name, start, end, counted in known
            if name == key
        ]


class Publication(models.Model):
    """A report as it was published: its texts and figures in both languages, for ever the same.

    totals: the exact totals that it made known, each as key, start, end and
    count, so that later reports let nobody subtract. contents: what every file
    of it is made from; holds nothing that was not published.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "R"))
    edition = models.CharField(max_length=40)
    until = models.DateField()
    contents = models.JSONField()
    totals = models.JSONField(default=list)
    published_by = models.CharField(max_length=40)
    published_at = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["published_at", "pk"]

    def __str__(self) -> str:
        return self.reference

    def keep(self, totals: dict[str, Total]) -> None:
        self.totals = [
            [key, one.start.isoformat(), one.end.isoformat(), one.counted] for key, one in totals.items()
        ]

    def in_language(self, language: str) -> dict[str, Any]:
        told: dict[str, Any] = self.contents[language]
        return told


class SourceKeyQuerySet(models.QuerySet["SourceKey"]):
    def trusted(self, authority: str) -> Self:
        """Confirmed by a second person and not taken back."""
        return self.filter(authority=authority, confirmed_at__isnull=False, ended_at__isnull=True)


class SourceKey(models.Model):
    """The public key with which an organisation signs its figures: two people answer for it."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "Q"))
    authority = models.CharField(max_length=20)
    public = models.BinaryField(max_length=32)
    proposed_by = models.CharField(max_length=40)
    proposed_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SourceKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_key_is_trusted_by_two_people", condition=~Q(confirmed_by=F("proposed_by"))
            ),
            models.UniqueConstraint(fields=["public"], name="a_key_is_of_one_organisation"),
        ]
        ordering = ["proposed_at", "pk"]

    def __str__(self) -> str:
        return self.reference

    @property
    def hexadecimal(self) -> str:
        return bytes(self.public).hex()


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def last_word(self, key: str, until: date) -> "Delivery | None":
        """The last word about this figure for a window that had ended by that day, by a key still trusted."""
        rows = self.filter(key=key, until__lte=until, source_key__ended_at__isnull=True)
        return rows.select_related("source_key").order_by("until", "received_at", "pk").last()


class Delivery(models.Model):
    """A figure as an organisation delivered it: the bytes it signed, its signature, and whose key."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "W"))
    key = models.CharField(max_length=40)
    until = models.DateField()
    statement = models.BinaryField()
    signature = models.BinaryField(max_length=64)
    source_key = models.ForeignKey(SourceKey, models.PROTECT, related_name="deliveries")
    received_by = models.CharField(max_length=40)
    received_at = models.DateTimeField()

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signature"], name="a_delivery_is_received_once"),
        ]
        ordering = ["received_at", "pk"]

    def __str__(self) -> str:
        return self.reference


class EntryQuerySet(models.QuerySet["Entry"]):
    """Questions about what bodies entered of their own effort."""

    def about(self, key: str, quarter: Quarter) -> Self:
        return self.filter(key=key, since=quarter.window.since)

    def by_quarter(self, key: str, now: datetime) -> dict[Quarter, "Entry"]:
        """The entry that stands for each quarter, as was known at that moment."""
        rows = self.filter(key=key, entered_at__lte=now).select_related("organisation").order_by("pk")
        return {quarter_of(row.since): row for row in rows}


class Entry(models.Model):
    """A number of one quarter that a body entered of its own work: never changed, never removed.

    source, source_on: the document it comes from, and its day. follows: the entry that this one corrects.
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "EF"))
    key = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    value = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    source_on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    entered_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "since"],
                condition=Q(follows__isnull=True),
                name="a_quarter_is_entered_once_and_then_corrected",
            ),
            models.CheckConstraint(
                name="a_correction_has_a_reason_and_a_first_entry_none",
                condition=Q(follows__isnull=True, reason="") | Q(follows__isnull=False) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="a_number_of_a_quarter_comes_from_a_later_document",
                condition=Q(source_on__gt=F("until")),
            ),
        ]
        ordering = ["entered_at", "pk"]

    def __str__(self) -> str:
        return self.reference
