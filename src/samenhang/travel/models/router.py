"""When the EU router is used, what it sent, and when it failed: about no passenger."""

from collections.abc import Collection
from datetime import date
from functools import partial
from typing import Self

from django.db import models
from django.db.models import Q

from samenhang.foundation.identifiers import new_reference
from samenhang.foundation.once import once
from samenhang.travel.models.bases import Decided, DecidedQuerySet, dated
from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.router import Event, Moment, Party, Stage


class RouterUseQuerySet(DecidedQuerySet["RouterUse"]):
    """Questions about the use of the router."""

    def today(self, on: date) -> Collection[tuple[str, str, str]]:
        """``(kind, stage, carriers)`` of what stands that day; none unless somebody switched it on."""
        uses = self.standing(on).values_list("kind", "stage", "carriers")
        return once(f"uses of the router on {on}", lambda: list(uses))


class RouterUse(Decided):
    """On which act the router brings one kind of data: of some carriers, or of all and then nothing past it.

    operates_since: the day that the Commission set (art. 34 or 35).
    """

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "RU"))
    kind = models.CharField(max_length=3, choices=Kind)
    stage = models.CharField(max_length=10, choices=Stage)
    carriers = models.CharField(max_length=500, blank=True)
    operates_since = models.DateField()

    objects = RouterUseQuerySet.as_manager()

    class Meta:
        constraints = [
            *dated("a_router_use"),
            models.CheckConstraint(
                name="a_router_use_names_carriers_if_and_only_if_it_is_voluntary",
                condition=Q(stage=Stage.COMPULSORY, carriers="") | Q(stage=Stage.VOLUNTARY) & ~Q(carriers=""),
            ),
        ]

    def __str__(self) -> str:
        return f"router-use:{self.reference}"


class RouterEventQuerySet(models.QuerySet["RouterEvent"]):
    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")

    def due(self, on: date) -> Self:
        """Whose last day has come, deliveries before what was said of them."""
        return self.filter(delete_on__lte=on).order_by("delete_on", "about", "pk")

    def complaints(self, carrier: str, since: date) -> Self:
        """What the router had to say of this carrier's data since that day (art. 11(4))."""
        told = self.filter(carrier=carrier, event__in=(Event.NOT_SENT, Event.WRONG_FORMAT))
        return told.filter(received_at__date__gte=since).newest_first()


class RouterEvent(models.Model):
    """The router sent something: when, of which carrier and flight, and what became of it. Names nobody.

    identity: the router's own. about: the identity of the delivery that a notice is about. digest: of the
    whole envelope. message: the reference of the message that was made of it. refused: the code of why
    nothing was kept. delete_on: when it is looked at whether anybody of that message is still kept.
    """

    identity = models.CharField(max_length=60, unique=True)
    event = models.CharField(max_length=12, choices=Event)
    kind = models.CharField(max_length=3, choices=Kind, blank=True)
    carrier = models.CharField(max_length=3, blank=True)
    flight = models.CharField(max_length=12, blank=True)
    moment = models.CharField(max_length=8, choices=Moment, blank=True, default=Moment.NONE)
    about = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64)
    message = models.CharField(max_length=20, blank=True)
    refused = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField()
    received_at = models.DateTimeField()
    delete_on = models.DateField()

    objects = RouterEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], name="router_event_by_moment"),
            models.Index(fields=["delete_on"], name="router_event_by_last_day"),
        ]

    def __str__(self) -> str:
        return f"router-event:{self.identity}"


class RouterFailureQuerySet(models.QuerySet["RouterFailure"]):
    def standing(self) -> Self:
        return self.filter(ended_at__isnull=True)

    def asked(self) -> Collection[tuple[str, str]]:
        """``(party, carrier)`` of what fails now and for which carriers were asked to send directly."""
        rows = self.standing().filter(asked_at__isnull=False).values_list("party", "carrier")
        return once("carriers asked directly", lambda: list(rows))

    def newest_first(self) -> Self:
        return self.order_by("-began_at", "-pk")


class RouterFailure(models.Model):
    """The router cannot be used (art. 16). asked_at: when carriers were asked to send directly."""

    reference = models.CharField(max_length=20, unique=True, default=partial(new_reference, "RF"))
    party = models.CharField(max_length=7, choices=Party)
    carrier = models.CharField(max_length=3, blank=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        "organisations.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)

    objects = RouterFailureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "carrier"],
                condition=Q(ended_at__isnull=True),
                name="what_fails_fails_once_at_a_time",
            ),
            models.CheckConstraint(
                name="who_asked_carriers_directly_is_known_with_the_reason",
                condition=Q(asked_at__isnull=True, asked_by__isnull=True, reason="")
                | Q(asked_at__isnull=False, asked_by__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"router-failure:{self.reference}"
