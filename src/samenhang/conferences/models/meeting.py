"""Conferences, the items of their agenda, who is invited, and who was there at which item."""

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.conferences import rules
from samenhang.conferences.rules.inviting import Answer
from samenhang.journal import Actor


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

    def in_the_way_of(self, starts_at: datetime, ends_at: datetime) -> Self:
        """Still to be held, at the same time."""
        return self.to_come().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def unfinished(self, before: datetime, *waiting: QuerySet[Any]) -> Self:
        """What is not sent, is under way, starts before that moment, or is among these that wait.

        waiting: rows that name a conference. What is prepared and waits for nothing is no work until its day.
        """
        named = [Q(pk__in=rows.order_by().values("conference_id")) for rows in waiting]
        calm = ~Q(stage=rules.Stage.INVITED) | Q(starts_at__lt=before)
        return self.filter(reduce(or_, named, calm))


class Conference(Protected):
    """One meeting of a region's case conference. Names no case and nobody it is about.

    organisation: who calls and chairs it. revision: of the invitation, for calendars. moved_at: when its
    time or place was last changed. notice: why that was, or why it does not take place, for who was invited.
    """

    reference = reference_field("CG")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    municipality = models.CharField(max_length=80)
    place = models.CharField(max_length=120)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=rules.Stage, default=rules.Stage.PREPARED)
    revision = models.PositiveSmallIntegerField(default=0)
    moved_at = models.DateTimeField(null=True, blank=True)
    notice = models.TextField(blank=True)

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

    def on_list(self) -> Self:
        """Whoever was not taken off it."""
        return self.exclude(stage=Answer.TAKEN_OFF)

    def in_room(self) -> Self:
        return self.filter(in_room=True)

    def to_answer_by(self, user_id: int) -> Self:
        """Invitations on which this person did not say yet whether they come."""
        return self.filter(user_id=user_id, stage=Answer.INVITED).order_by("pk")

    def nobody_comes(self) -> Self:
        """Who does not come, while no colleague comes or may still say so: their organisation is missed."""
        colleagues = Invitee.objects.unscoped("whether one of the same organisation comes").order_by()
        coming = colleagues.filter(
            conference_id=OuterRef("conference_id"),
            organisation_id=OuterRef("organisation_id"),
            stage__in=[Answer.LISTED, Answer.INVITED, Answer.ACCEPTED],
        )
        return self.filter(~Exists(coming), stage=Answer.DECLINED)

    def to_hear_of(self, user_id: int) -> Self:
        """Of which this person does not know yet that they were taken off the list."""
        return self.filter(user_id=user_id, stage=Answer.TAKEN_OFF, read_at__isnull=True).order_by("pk")


class Invitee(Protected):
    """A person who is asked to come, how that stands, and whether they are in the room now.

    reason: why they do not come, or why they were taken off. read_at: when they read that they were
    taken off. Its scope is the conference's; of who was taken off its own, so that nothing else is read.
    """

    reference = reference_field("CP")
    conference = models.ForeignKey("conferences.Conference", models.PROTECT, related_name="invitees")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    basis = models.CharField(max_length=60)
    stage = models.CharField(max_length=10, choices=Answer, default=Answer.LISTED)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    in_room = models.BooleanField(default=False)

    objects = InviteeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conference", "user"], name="a_person_is_invited_once"),
            models.CheckConstraint(
                name="who_is_taken_off_is_told_why", condition=~Q(stage="taken_off") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def held_for(self) -> Conference:
        """The conference, for its day alone: whoever holds the invitation had that in their calendar."""
        return Conference.objects.unscoped("when it is, for who was invited").get(pk=self.conference_id)


class ItemQuerySet(ProtectedQuerySet["Item"]):
    def of(self, conference: Conference) -> Self:
        return self.filter(conference=conference).order_by("number", "pk")

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


def next_of(case_id: int, actor: Actor) -> tuple[Conference, Item] | None:
    """The nearest conference to come with this case on its agenda, when the actor may read both."""
    asked = (rules.ItemStage.PLANNED, rules.ItemStage.OPEN)
    items = Item.objects.visible_to(actor).filter(case_id=case_id, stage__in=asked).order_by("number", "pk")
    by_conference = {item.conference_id: item for item in items}
    if not by_conference:
        return None
    coming = Conference.objects.visible_to(actor).to_come().filter(pk__in=list(by_conference))
    nearest = coming.first()
    return (nearest, by_conference[nearest.pk]) if nearest else None


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
