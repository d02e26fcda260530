"""Who answers for a case, and how that passes on."""

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.cases.models.casework import Case
from samenhang.cases.rules.keeping import Offer, Part
from samenhang.journal import Actor
from samenhang.organisations.models import Mandate, User


class ChargeQuerySet(ProtectedQuerySet["Charge"]):
    def of(self, case: Case) -> Self:
        """The lead first, then the deputy; then who was it before, the latest first."""
        return self.filter(case=case).order_by(F("until").desc(nulls_first=True), "-part", "pk")

    def standing(self) -> Self:
        return self.filter(until__isnull=True)

    def of_who_left(self, today: date) -> Self:
        """Standing, of people who may not work any more: no mandate in force, or an account that is shut."""
        at_work = Mandate.objects.in_force(today).filter(user__is_active=True)
        return self.standing().exclude(user__in=at_work.values("user")).order_by("pk")


class Charge(Protected):
    """One person's time as lead or as deputy of a case."""

    reference = reference_field("KL")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="charges")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    part = models.CharField(max_length=6, choices=Part)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "part"],
                condition=Q(until__isnull=True),
                name="a_case_has_one_lead_and_one_deputy",
            ),
            models.UniqueConstraint(
                fields=["case", "user"],
                condition=Q(until__isnull=True),
                name="the_lead_is_not_the_deputy",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class TakeoverQuerySet(ProtectedQuerySet["Takeover"]):
    def of(self, case: Case) -> Self:
        return self.filter(case=case).order_by("-offered_at", "-pk")

    def waiting_for(self, user_id: int) -> Self:
        return self.filter(stage=Offer.OFFERED, receiver_id=user_id).order_by("offered_at", "pk")

    def not_taken_from(self, user_id: int) -> Self:
        """Offered by this person and not taken over: the duty is still theirs."""
        return self.filter(stage__in=[Offer.OFFERED, Offer.REFUSED], giver_id=user_id).order_by(
            "offered_at", "pk"
        )

    def to_give_back(self, user_id: int, on: date) -> Self:
        """Taken over by this person for an absence that is over, and still with them."""
        mine = Charge.objects.unscoped("only whether it is still theirs").standing().filter(user_id=user_id)
        return self.filter(
            stage=Offer.TAKEN_OVER, receiver_id=user_id, back_on__lte=on, case__in=mine.values("case")
        ).order_by("back_on", "pk")


class Takeover(Protected):
    """A charge offered to somebody: what only the giver knows, and the receiver's answer."""

    reference = reference_field("KO")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="takeovers")
    charge = models.ForeignKey("cases.Charge", models.PROTECT, related_name="takeovers")
    giver = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    receiver = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    reason = models.TextField()
    promises = models.TextField()
    call_first = models.TextField()
    back_on = models.DateField(null=True, blank=True)
    offered_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=Offer, default=Offer.OFFERED)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = TakeoverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["charge"], condition=Q(stage="offered"), name="a_charge_is_offered_to_one_at_a_time"
            ),
            models.CheckConstraint(
                name="a_refused_hand_over_says_why", condition=~Q(stage="refused") | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference


def people(keys: Iterable[int]) -> dict[int, User]:
    """Colleagues by key: names of people at work, whom everybody on the case may know."""
    return User.objects.in_bulk(keys)


def colleagues(actor: Actor, roles: Iterable[str]) -> list[User]:
    """People of the actor's own organisation who have one of these roles today."""
    mandates = Mandate.objects.in_force(actor.today).filter(role__in=list(roles))
    at_work = User.objects.filter(organisation_id=actor.organisation_id, is_active=True)
    return list(at_work.filter(mandates__in=mandates).distinct())
