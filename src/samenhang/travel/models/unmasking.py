"""Requests to show a masked passenger again."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.foundation.keys import KeyDestroyed
from samenhang.journal import Actor
from samenhang.travel import sealing
from samenhang.travel.rules import unmasking
from samenhang.travel.rules.unmasking import Finding, Ground, Status


class UnmaskingQuerySet(ProtectedQuerySet["Unmasking"]):
    """Questions about requests."""

    def undecided(self, at: datetime) -> Self:
        """Waiting for the authority, and not lapsed."""
        return self.filter(status=Status.ASKED, asked_at__gt=at - unmasking.DECIDE_WITHIN).order_by(
            "asked_at", "pk"
        )

    def open_for(self, passenger: str, at: datetime) -> Self:
        """About this passenger: waiting, or still shown."""
        waits = Q(status=Status.ASKED, asked_at__gt=at - unmasking.DECIDE_WITHIN)
        return self.filter(waits | Q(shown_until__gt=at), passenger=passenger)

    def to_decide_by(self, actor: Actor) -> Self:
        """For somebody of another organisation than the one that asked."""
        return self.undecided(actor.now).exclude(provider_id=actor.organisation_id)

    def to_review_by(self, actor: Actor) -> Self:
        """Of which the officer of this organisation was told, and that they did not look at yet."""
        told = self.filter(provider_id=actor.organisation_id, officer_told_at__isnull=False)
        return told.filter(reviewed_at__isnull=True).order_by("officer_told_at", "pk")

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class Unmasking(Protected):
    """Somebody asks to see one masked passenger; the authority decides; the officer is told and looks again.

    Its scope is its own. passenger: the reference, which outlives the passenger. because, answer,
    remark: what each of them wrote, sealed under the key of the passenger, because it may name them. basis:
    the law that names the approver. shown_until: to the requester only. officer_told_at: the data-protection
    officer, in the transaction of the approval. shown: how often the data were opened.
    """

    reference = reference_field("UM")
    passenger = models.CharField(max_length=20, db_index=True)
    ground = models.CharField(max_length=10, choices=Ground)
    because = models.BinaryField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status, default=Status.ASKED)
    basis = models.CharField(max_length=200, blank=True)
    answer = models.BinaryField(default=b"")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    shown_until = models.DateTimeField(null=True, blank=True)
    shown = models.PositiveIntegerField(default=0)
    officer_told_at = models.DateTimeField(null=True, blank=True)
    finding = models.CharField(max_length=12, choices=Finding, blank=True)
    remark = models.BinaryField(default=b"")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = UnmaskingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_unmasking_is_decided_by_somebody_else",
                condition=Q(status=Status.ASKED, decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decided_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="an_unmasking_is_shown_and_told_if_and_only_if_approved",
                condition=Q(status=Status.APPROVED, shown_until__isnull=False, officer_told_at__isnull=False)
                | ~Q(status=Status.APPROVED) & Q(shown_until__isnull=True, officer_told_at__isnull=True),
            ),
            models.CheckConstraint(
                name="an_unmasking_is_reviewed_after_the_officer_was_told",
                condition=Q(reviewed_at__isnull=True, finding="")
                | Q(reviewed_at__isnull=False, officer_told_at__isnull=False) & ~Q(finding=""),
            ),
        ]

    def __str__(self) -> str:
        return f"unmasking:{self.reference}"

    def words(self, sealed: bytes) -> str | None:
        """What somebody wrote; None once the key of the passenger was destroyed."""
        if not sealed:
            return ""
        try:
            return str(sealing.opened(sealed, sealing.of_one(self.passenger))["text"])
        except KeyDestroyed:
            return None
