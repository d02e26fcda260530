"""Requests for the names behind a pseudonym."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.coordination.rules import FORGET_AFTER, Status
from samenhang.journal import Actor


class ReidentificationQuerySet(ProtectedQuerySet["Reidentification"]):
    def waiting_for(self, actor: Actor) -> Self:
        """What this person may decide on: all but their own."""
        return self.filter(status=Status.ASKED).exclude(asked_by=actor.user).order_by("asked_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")

    def over(self, at: datetime) -> Self:
        return self.filter(asked_at__lte=at - FORGET_AFTER)


class Reidentification(Protected):
    """Somebody of the coordinator asks who one item is about; a colleague agrees or does not.

    Its scope is its own. item, person: references, because both may go before it. rule: by which the
    item was given. shown_until: to who asked, and nobody else.
    """

    reference = reference_field("RI")
    item = models.CharField(max_length=20, db_index=True)
    person = models.CharField(max_length=20)
    rule = models.CharField(max_length=60)
    because = models.TextField()
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)
    answer = models.TextField(blank=True)
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    shown_until = models.DateTimeField(null=True, blank=True)

    objects = ReidentificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="names_are_asked_and_agreed_by_two_people",
                condition=Q(status=Status.ASKED, decided_by="")
                | ~Q(decided_by="") & ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="names_are_shown_if_and_only_if_agreed",
                condition=Q(status=Status.AGREED, shown_until__isnull=False)
                | ~Q(status=Status.AGREED) & Q(shown_until__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
