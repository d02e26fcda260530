"""What carriers delivered: counts of a message on a flight, that say nothing about anybody."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Max, Min, Q, Sum

from samenhang.travel.models.passengers import Flight, Message, MessageQuerySet
from samenhang.travel.rules import bases, carriers


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def within(self, messages: MessageQuerySet, since: date, until: date) -> Self:
        """Of these messages, received on these days; both included."""
        return self.filter(message__in=messages, on__gte=since, on__lte=until)

    def by_carrier(self) -> Any:
        """A row for each carrier and kind: ``{carrier, kind, flights, messages, people, <element>…}``."""
        rows = self.values("kind", carrier=F("flight__carrier"))
        return rows.annotate(
            flights=Count("flight", distinct=True),
            messages=Count("message", distinct=True),
            **{"people": Sum("named"), **{name: Sum(f"without_{name}") for name in carriers.ELEMENTS}},
        ).order_by("carrier", "kind")

    def timings(self) -> Any:
        """``{flight, carrier, kind, first, last, departure}`` of flights whose hour is known."""
        rows = self.filter(minutes__isnull=False).values("flight", "kind", carrier=F("flight__carrier"))
        return rows.annotate(first=Min("minutes"), last=Max("minutes"), departure=Max("departs_at")).order_by(
            "flight", "kind"
        )


class Delivery(models.Model):
    """A message named so many people on a flight, of whom so many lack something.

    on: the day it was received. departs_at: the scheduled departure as a moment. minutes: received so long
    after it, negative before it. Both None where no hour is known. A large message that is read in steps
    has a row for each step.
    """

    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    flight = models.ForeignKey(Flight, models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=3, choices=bases.Kind)
    on = models.DateField()
    departs_at = models.DateTimeField(null=True, blank=True)
    minutes = models.IntegerField(null=True, blank=True)
    named = models.PositiveIntegerField()
    without_given_names = models.PositiveIntegerField(default=0)
    without_birth_date = models.PositiveIntegerField(default=0)
    without_sex = models.PositiveIntegerField(default=0)
    without_nationality = models.PositiveIntegerField(default=0)
    without_documents = models.PositiveIntegerField(default=0)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_delivery_names_somebody", condition=Q(named__gt=0)),
        ]
        indexes = [models.Index(fields=["on"], name="delivery_by_day")]

    def __str__(self) -> str:
        return f"delivery:{self.pk}"
