"""Conferences, the items of their agenda, who is invited, and who was there at which item."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.conferences import rules


class ConferenceQuerySet(ProtectedQuerySet["Conference"]):
    def latest_first(self) -> Self:
        return self.order_by("-starts_at", "-pk")

    def to_come(self) -> Self:
        """Still to be prepared or held, the nearest first."""
        coming = (rules.Stage.PREPARED, rules.Stage.INVITED, rules.Stage.UNDER_WAY)
        return self.filter(stage__in=coming).order_by("starts_at", "pk")

    def to_prepare_by(self, organisation_id: int) -> Self:
        """Called by this organisation and still to be prepared or held."""
        return self.to_come().filter(organisation_id=organisation_id)


class Conference(Protected):
    """One meeting of a region's case conference. Names no case and nobody it is about.

    organisation: who calls and chairs it. revision: of the invitation, for calendars.
    """

    reference = reference_field("CG")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.CharField(max_length=80)
    place = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=rules.Stage, default=rules.Stage.PREPARED)
    revision = models.PositiveSmallIntegerField(default=0)

    objects = ConferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_conference_ends_after_it_starts", condition=Q(ends_at__gt=models.F("starts_at"))
            )
        ]

    def __str__(self) -> str:
        return self.reference


class InviteeQuerySet(ProtectedQuerySet["Invitee"]):
    def of(self, conference: Conference) -> Self:
        return self.filter(conference=conference).order_by("pk")

    def in_room(self) -> Self:
        return self.filter(in_room=True)


class Invitee(Protected):
    """A person who is asked to come, and whether they are in the room now."""

    reference = reference_field("CP")
    conference = models.ForeignKey("conferences.Conference", models.PROTECT, related_name="invitees")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    basis = models.CharField(max_length=60)
    in_room = models.BooleanField(default=False)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "user"], name="a_person_is_invited_once")
        ]

    def __str__(self) -> str:
        return self.reference


class ItemQuerySet(ProtectedQuerySet["Item"]):
    def of(self, conference: Conference) -> Self:
        return self.filter(conference=conference).order_by("number")

    def open(self) -> Self:
        return self.filter(stage=rules.ItemStage.OPEN)

    def to_minute(self) -> Self:
        return self.filter(stage=rules.ItemStage.DISCUSSED).order_by("closed_at", "pk")

    def to_approve_by(self, organisation: str) -> Self:
        """Minutes that wait for this organisation: it was there and did not approve yet. A reference."""
        return (
            self.filter(stage=rules.ItemStage.MINUTED, must_approve__contains=f",{organisation},")
            .exclude(approved_by__contains=f",{organisation},")
            .order_by("minuted_at", "pk")
        )


class Item(Protected):
    """One case on the agenda. Its scope is the case's, so who sits at the case reads it.

    question: what the conference must answer. minutes: of this item alone.
    must_approve, approved_by: references of organisations, packed.
    """

    reference = reference_field("CA")
    conference = models.ForeignKey("conferences.Conference", models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    question = models.TextField()
    stage = models.CharField(max_length=10, choices=rules.ItemStage, default=rules.ItemStage.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.TextField(blank=True)
    minuted_at = models.DateTimeField(null=True, blank=True)
    must_approve = models.CharField(max_length=600, blank=True)
    approved_by = models.CharField(max_length=600, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "case"], name="a_case_is_on_an_agenda_once"),
            models.UniqueConstraint(
                fields=["conference"], condition=Q(stage="open"), name="one_item_is_open_at_a_time"
            ),
            models.CheckConstraint(
                name="minuted_items_have_minutes",
                condition=~Q(stage__in=["minuted", "approved"]) | ~Q(minutes=""),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AttendanceQuerySet(ProtectedQuerySet["Attendance"]):
    def of(self, item: Item) -> Self:
        return self.filter(item=item).order_by("from_at", "pk")

    def at(self, moment: datetime) -> Self:
        """Who was there at that moment."""
        return self.filter(from_at__lte=moment).filter(Q(until_at__isnull=True) | Q(until_at__gt=moment))


class Attendance(Protected):
    """That somebody was in the room while an item was open, from when until when."""

    reference = reference_field("CT")
    item = models.ForeignKey("conferences.Item", models.PROTECT, related_name="attendances")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference
