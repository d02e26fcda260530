"""Third parties in a case, who agreed to each, and the items that one may read."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.cases import rules
from samenhang.cases.models.casework import Case
from samenhang.cases.rules.third_parties import Admission


class ThirdPartyQuerySet(ProtectedQuerySet["ThirdParty"]):
    def of(self, case: Case) -> Self:
        return self.filter(case=case).order_by("-proposed_at", "-pk")

    def proposed(self) -> Self:
        return self.filter(stage=Admission.PROPOSED).order_by("proposed_at", "pk")

    def waiting_for(self, seat: str) -> Self:
        """Proposed, and the seat of this body did not agree yet."""
        agreed = Consent.objects.unscoped("whether the seat agreed").filter(seat=seat)
        return self.proposed().exclude(pk__in=agreed.values("third_party"))


class ThirdParty(Protected):
    """An organisation that reads some items of one case until a day. ``until`` is the last day."""

    reference = reference_field("KP")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="third_parties")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    reason = models.TextField()
    until = models.DateField()
    rule = models.CharField(max_length=60)
    stage = models.CharField(max_length=8, choices=Admission, default=Admission.PROPOSED)
    proposed_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    objects = ThirdPartyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_admitted_third_party_says_since_when",
                condition=~Q(stage="admitted") | Q(admitted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def reads_on(self, today: date) -> bool:
        return self.stage == Admission.ADMITTED and today <= self.until


class ConsentQuerySet(ProtectedQuerySet["Consent"]):
    def to(self, third_party: ThirdParty) -> Self:
        return self.filter(third_party=third_party).order_by("agreed_at", "pk")


class Consent(Protected):
    """That one of the three, police, prosecution or mayor, agrees to a third party (art. 3(3))."""

    reference = reference_field("KC")
    third_party = models.ForeignKey("cases.ThirdParty", models.PROTECT, related_name="consents")
    seat = models.CharField(max_length=20)
    user = models.CharField(max_length=40)
    agreed_at = models.DateTimeField()

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["third_party", "seat"], name="each_seat_agrees_once"),
            models.UniqueConstraint(fields=["third_party", "user"], name="three_different_people_agree"),
            models.CheckConstraint(name="three_seats_agree", condition=Q(seat__in=list(rules.SEATS))),
        ]

    def __str__(self) -> str:
        return self.reference


class SharedItemQuerySet(ProtectedQuerySet["SharedItem"]):
    def of(self, third_party: ThirdParty) -> Self:
        return self.filter(third_party=third_party).order_by("pk")

    def received_by(self, organisation_id: int) -> Self:
        return self.filter(organisation_id=organisation_id).order_by("until", "pk")


class SharedItem(Protected):
    """One thing of the plan, in words for one third party. Its scope is its own, so it is read alone."""

    reference = reference_field("KI")
    third_party = models.ForeignKey("cases.ThirdParty", models.PROTECT, related_name="items")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    text = models.TextField()
    until = models.DateField()

    objects = SharedItemQuerySet.as_manager()

    def __str__(self) -> str:
        return self.reference
