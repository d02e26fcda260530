"""Official lists, published by the UN and OFAC for everybody to read: for account screening alone."""

from datetime import date
from functools import partial
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.foundation.identifiers import new_reference


class OfficialListQuerySet(models.QuerySet["OfficialList"]):
    def for_account_screening(self, on: date) -> Self:
        """Approved by a named person, and not taken back, on that day."""
        return self.filter(
            pk__in=ListApproval.objects.standing(on).values("official_list"), versions__isnull=False
        ).distinct()


class OfficialList(models.Model):
    """One publisher's list. publisher: ``UN`` or ``OFAC``."""

    publisher = models.CharField(max_length=10, unique=True)

    objects = OfficialListQuerySet.as_manager()

    class Meta:
        ordering = ["publisher"]

    def __str__(self) -> str:
        return self.publisher


class ListVersion(models.Model):
    """A list as it was imported once. digest: of the published files. The rest counts."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "V"))
    official_list = models.ForeignKey(OfficialList, models.PROTECT, related_name="versions")
    digest = models.CharField(max_length=64)
    generated_on = models.DateField(null=True, blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=40)
    persons = models.PositiveIntegerField()
    aliases = models.PositiveIntegerField()
    others = models.PositiveIntegerField()
    problems = models.JSONField(default=list)
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    removed = models.PositiveIntegerField()

    class Meta:
        ordering = ["imported_at", "pk"]

    def __str__(self) -> str:
        return self.reference


class ListedRecordQuerySet(models.QuerySet["ListedRecord"]):
    def current(self) -> Self:
        return self.filter(until__isnull=True)


class ListedRecord(models.Model):
    """One person on one list, from the version that brought this content until the one that ended it.

    content: the fields of ``publishers.ListedPerson`` as JSON.
    """

    official_list = models.ForeignKey(OfficialList, models.PROTECT, related_name="records")
    number = models.CharField(max_length=60)
    content = models.JSONField()
    since = models.ForeignKey(ListVersion, models.PROTECT, related_name="+")
    until = models.ForeignKey(ListVersion, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ListedRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["official_list", "number"],
                condition=Q(until__isnull=True),
                name="a_listed_person_has_one_current_record",
            )
        ]
        ordering = ["official_list", "number", "pk"]

    def __str__(self) -> str:
        return f"listed:{self.number}"


class ListApprovalQuerySet(models.QuerySet["ListApproval"]):
    def standing(self, on: date) -> Self:
        return self.filter(starts_on__lte=on).filter(Q(taken_back_on__isnull=True) | Q(taken_back_on__gt=on))


class ListApproval(models.Model):
    """A named person let one list be used for account screening, and for nothing else."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "LA"))
    official_list = models.ForeignKey(OfficialList, models.PROTECT, related_name="approvals")
    approved_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    starts_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)

    objects = ListApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["official_list"],
                condition=Q(taken_back_on__isnull=True),
                name="a_list_has_one_standing_approval",
            )
        ]
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return self.reference
