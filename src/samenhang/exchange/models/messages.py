"""The register of official messages."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.exchange.rules.messages import Course, Topic


class OfficialMessageQuerySet(ProtectedQuerySet["OfficialMessage"]):
    """Questions about official messages."""

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def latest_first(self) -> Self:
        return self.order_by("-dated_on", "-pk")

    def sent_between(self, since: date, until: date) -> Self:
        """Dated in the window, both days included, and not withdrawn by the service since."""
        return self.standing().filter(dated_on__gte=since, dated_on__lte=until)

    def without_follow_up(self) -> Self:
        return self.standing().filter(followed_up_at__isnull=True).order_by("dated_on", "pk")


class OfficialMessage(Protected):
    """What a service gave one addressee in writing, under one rule of that day. Its scope is its own.

    The service is the provider and keeps control; the addressee registers it,
    so that no service needs an account here. rule: the disclosure rule that let
    the service give it. purpose: the only one for which it is read.
    """

    reference = reference_field("L")
    number = models.CharField(max_length=40)
    dated_on = models.DateField()
    addressee = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    person = models.ForeignKey("persons.Person", models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.CharField(max_length=12, choices=Topic)
    text = models.TextField()
    reliability = models.TextField()
    purpose = models.CharField(max_length=40)
    rule = models.CharField(max_length=60)
    basis = models.CharField(max_length=200)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=40)
    follow_up = models.TextField(blank=True)
    followed_up_at = models.DateTimeField(null=True, blank=True)
    followed_up_by = models.CharField(max_length=40, blank=True)

    objects = OfficialMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "number"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_service_gives_a_number_once",
            ),
            models.CheckConstraint(
                name="an_official_message_says_how_reliable_it_is", condition=~Q(reliability="")
            ),
            models.CheckConstraint(
                name="a_follow_up_says_what_and_by_whom",
                condition=Q(followed_up_at__isnull=True, follow_up="", followed_up_by="")
                | (Q(followed_up_at__isnull=False) & ~Q(follow_up="") & ~Q(followed_up_by="")),
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def course(self) -> Course:
        if self.withdrawn_at is not None:
            return Course.WITHDRAWN
        return Course.FOLLOWED_UP if self.followed_up_at is not None else Course.REGISTERED
