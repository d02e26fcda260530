"""Trajectories of return, their gates and stages in time; reviews by a prosecutor; who looked when."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.exchange.models import Movement
from samenhang.journal import Actor
from samenhang.organisations.models import User
from samenhang.risk.models.assessments import Assessment
from samenhang.risk.models.instruments import who_may
from samenhang.risk.rules.returns import Found, Gate, Way


class TrajectoryQuerySet(ProtectedQuerySet["Trajectory"]):
    def ongoing(self) -> Self:
        return self.exclude(stage=Way.CLOSED)

    def of_people(self, people: "list[int]") -> Self:
        """The latest last, so that a dictionary by person holds that one."""
        return self.filter(person_id__in=people).order_by("opened_at", "pk")

    def to_read_by(self, user: str) -> Self:
        """Entered by somebody else, and not read by a second person yet. user: a reference."""
        return self.filter(read_at__isnull=True).exclude(opened_by=user).order_by("opened_at", "pk")


class Trajectory(Protected):
    """The way back of one person. Its scope is the case's; it is the case conference's own.

    added_value: what following this person here adds. read_by: the second person who agreed.
    """

    reference = reference_field("RW")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=16, choices=Way, default=Way.ABROAD)
    holder = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    added_value = models.TextField(blank=True)
    opened_by = models.CharField(max_length=40, blank=True)
    opened_at = models.DateTimeField()
    read_by = models.CharField(max_length=40, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()

    objects = TrajectoryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "case"], condition=~Q(stage="closed"), name="one_way_back_at_a_time"
            ),
            models.CheckConstraint(
                name="a_second_person_read_why_somebody_is_followed",
                condition=Q(read_at__isnull=True, read_by="")
                | (Q(read_at__isnull=False) & ~Q(read_by="") & ~Q(read_by=F("opened_by"))),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class HandoverQuerySet(ProtectedQuerySet["Handover"]):
    def on(self, trajectory: Trajectory) -> Self:
        return self.filter(trajectory=trajectory).order_by("offered_at", "pk")

    def waiting(self) -> Self:
        return self.filter(outcome=Gate.OFFERED).order_by("offered_at", "pk")

    def waiting_for(self, user_id: int) -> Self:
        return self.waiting().filter(receiver_id=user_id)


class Handover(Protected):
    """One gate: from whom to whom, to which stage, with what, and the receiver's answer.

    pack: what the offerer wrote, by code of the rules. true_on: the day on which the stage begins.
    """

    reference = reference_field("RH")
    trajectory = models.ForeignKey("risk.Trajectory", models.PROTECT, related_name="handovers")
    stage = models.CharField(max_length=16, choices=Way)
    true_on = models.DateField()
    pack = models.JSONField()
    offered_by = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    receiver = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Gate, default=Gate.OFFERED)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["trajectory"], condition=Q(outcome="offered"), name="one_gate_is_open_at_a_time"
            ),
            models.CheckConstraint(
                name="nobody_hands_over_to_themselves", condition=~Q(offered_by=F("receiver"))
            ),
            models.CheckConstraint(
                name="a_refusal_has_a_reason", condition=~Q(outcome="refused") | ~Q(reason="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class PassageQuerySet(ProtectedQuerySet["Passage"]):
    def on(self, trajectory: Trajectory) -> Self:
        return self.filter(trajectory=trajectory).order_by("true_on", "pk")

    def latest_on(self, on: date, *, known_by: datetime) -> Self:
        """For each trajectory the stage of that day, as it was known at that moment."""
        known = self.filter(true_on__lte=on, known_at__lte=known_by)
        last = known.filter(trajectory=OuterRef("trajectory")).order_by("-true_on", "-pk")
        return known.filter(pk=Subquery(last.values("pk")[:1]))


class Passage(Protected):
    """That somebody reached a stage: when that was so, and when it was known. Never changed."""

    reference = reference_field("RP")
    trajectory = models.ForeignKey("risk.Trajectory", models.PROTECT, related_name="passages")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=16, choices=Way)
    true_on = models.DateField()
    known_at = models.DateTimeField()
    words = models.TextField(blank=True)

    objects = PassageQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference


class ProsecutionReviewQuerySet(ProtectedQuerySet["ProsecutionReview"]):
    def of_people(self, people: "list[int]") -> Self:
        """The latest last, so that a dictionary by person holds that one."""
        return self.filter(person_id__in=people).order_by("reviewed_at", "pk")

    def standing(self, on: date, *, known_by: datetime) -> Self:
        """Made by that moment, and on that day not yet time to look again."""
        made = self.filter(reviewed_at__lte=known_by, reviewed_on__lte=on)
        return made.filter(Q(next_on__isnull=True) | Q(next_on__gte=on))


class ProsecutionReview(Protected):
    """What a prosecutor found about the possibility to prosecute one traveller. The prosecution's own."""

    reference = reference_field("RV")
    person = models.ForeignKey("persons.Person", models.PROTECT, related_name="+")
    found = models.CharField(max_length=12, choices=Found)
    reasons = models.TextField()
    reviewed_on = models.DateField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=40)
    next_on = models.DateField(null=True, blank=True)

    objects = ProsecutionReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_review_has_its_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="who_does_not_prosecute_looks_again",
                condition=Q(found="prosecute") | Q(next_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class Look(models.Model):
    """When somebody last said that they had read the list of travellers."""

    user = models.OneToOneField("organisations.User", models.CASCADE, related_name="+")
    looked_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"look:{self.user_id}"


def last_look(user_id: int) -> datetime | None:
    return Look.objects.filter(user_id=user_id).values_list("looked_at", flat=True).first()


def changed_since(moment: datetime, actor: Actor) -> set[int]:
    """Keys of the persons about whom the actor may read something that is newer than this moment."""
    moved = Movement.objects.visible_to(actor).filter(
        Q(known_at__gt=moment) | Q(superseded_at__gt=moment) | Q(withdrawn_at__gt=moment)
    )
    ways = Trajectory.objects.visible_to(actor).filter(changed_at__gt=moment)
    reviews = ProsecutionReview.objects.visible_to(actor).filter(reviewed_at__gt=moment)
    assessed = Assessment.objects.visible_to(actor).filter(
        Q(planned_at__gt=moment) | Q(final_at__gt=moment) | Q(ended_at__gt=moment)
    )
    found: set[int] = set()
    for rows in (moved, ways, reviews, assessed):
        found |= set(rows.order_by().values_list("person_id", flat=True))
    return found


def users_of(keys: "Iterable[int]") -> dict[int, User]:
    """The people of a hand-over, by key: for who may read it."""
    return User.objects.select_related("organisation").in_bulk(set(keys))


def receivers(organisations: "list[int]", on: date, *, but: int) -> dict[str, User]:
    """People of these organisations besides one who may take a hand-over that day, by reference."""
    people = who_may("return.receive", on).filter(organisation_id__in=organisations).exclude(pk=but)
    people = people.select_related("organisation").order_by("organisation__name", "name", "pk")
    return {user.reference: user for user in people}
