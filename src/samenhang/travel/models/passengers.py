"""Messages, flights, passengers, and who was named where."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.db import connections, models
from django.db.models import F, Q
from django.utils.functional import cached_property

from samenhang.access.models import Protected, ProtectedQuerySet, reference_field
from samenhang.travel import sealing
from samenhang.travel.rules import State, quarantine
from samenhang.travel.rules.permitted import NOTHING, Told
from samenhang.travel.rules.presence import Presence
from samenhang.travel.rules.router import Channel, Moment


class MessageQuerySet(ProtectedQuerySet["Message"]):
    """Questions about messages."""

    def unread(self) -> Self:
        """Waiting to be read, those that failed before last."""
        return self.filter(state=State.RECEIVED).order_by(
            F("claimed_until").asc(nulls_first=True), "received_at", "pk"
        )

    def free(self, at: datetime) -> Self:
        """Claimed by no worker at this moment."""
        return self.filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=at))

    def in_quarantine(self) -> Self:
        """Waiting for a person to decide; whose time is over first comes first."""
        return self.filter(state__in=quarantine.WAITING).order_by("received_at", "pk")

    def overdue(self, at: datetime) -> Self:
        """In quarantine for the longest time already."""
        return self.in_quarantine().filter(received_at__lte=at - quarantine.LONGEST)

    def newest_first(self) -> Self:
        return self.order_by("-received_at", "-pk")


class Message(Protected):
    """One delivery of bytes: what it was and how many it named. Its contents are not here.

    parts: the EDIFACT messages in it, ``{type, version, code, function, sequence,
    reference, offset, passengers, records, answers}``. passengers: people named in it,
    crew and repetitions included. problems: the first of problem_count, ``{offset,
    segment, message}``. newcomers: passengers first named in it; they are counted here because
    they go after six months, and the yearly figures stay. left_behind: numbers of what was not kept, by sort.
    released: somebody decided that it is read although its reference was used before.
    digest: empty for one that was refused, of which nothing is kept but that it came.
    conflicts_with: the message with the same sender and control reference but other content.
    channel, moment: whether the EU router brought it, and when the carrier sent it, as the router says.
    """

    reference = reference_field("B")
    digest = models.CharField(max_length=64, blank=True)
    name = models.CharField(max_length=120, blank=True)
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=80, blank=True)
    sender = models.CharField(max_length=40, blank=True)
    control_reference = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    conflicts_with = models.CharField(max_length=20, blank=True)
    released = models.BooleanField(default=False)
    channel = models.CharField(max_length=8, choices=Channel, blank=True, default=Channel.DIRECT)
    moment = models.CharField(max_length=8, choices=Moment, blank=True, default=Moment.NONE)
    parts = models.JSONField(default=list)
    passengers = models.PositiveIntegerField(default=0)
    newcomers = models.PositiveIntegerField(default=0)
    records = models.PositiveIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    left_behind = models.JSONField(default=dict)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            # Of a message that was refused nothing is known, so that it may come again once it is lawful.
            models.UniqueConstraint(
                fields=["digest"], condition=~Q(digest=""), name="the_same_bytes_are_one_message"
            ),
            models.CheckConstraint(
                name="a_message_has_a_moment_of_reading_if_and_only_if_read",
                condition=Q(state=State.RECEIVED, read_at__isnull=True)
                | (~Q(state=State.RECEIVED) & Q(read_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "control_reference"], name="message_by_sender"),
            models.Index(fields=["received_at"], name="message_unread", condition=Q(state=State.RECEIVED)),
            models.Index(
                fields=["received_at"],
                name="message_in_quarantine",
                condition=Q(state__in=quarantine.WAITING),
            ),
            # Few ever: what came past the router while it failed goes when the router has brought it.
            models.Index(
                fields=["received_at"],
                name="message_instead_of_router",
                condition=Q(channel=Channel.STAND_IN),
            ),
        ]

    def __str__(self) -> str:
        return f"message:{self.reference}"

    @property
    def dropped_fields(self) -> int:
        """How many things in it were not kept."""
        return sum(self.left_behind.values())


class Flight(models.Model):
    """One leg of one day. Says nothing about anybody.

    departs_at, arrives_at: ISO text, local to the airport, because messages carry no
    zone. told_by: for a flight without a day, the message that told of it, so that flights
    of different days are not taken for one; empty otherwise.
    """

    carrier = models.CharField(max_length=3, blank=True)
    number = models.CharField(max_length=8, blank=True)
    departure_airport = models.CharField(max_length=5, blank=True)
    arrival_airport = models.CharField(max_length=5, blank=True)
    departs_on = models.DateField(null=True, blank=True)
    departs_at = models.CharField(max_length=16, blank=True)
    arrives_at = models.CharField(max_length=16, blank=True)
    operating_carrier = models.CharField(max_length=3, blank=True)
    operating_number = models.CharField(max_length=8, blank=True)
    told_by = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "number", "departure_airport", "arrival_airport", "departs_on"],
                condition=Q(departs_on__isnull=False),
                name="a_flight_of_a_day_is_one_flight",
            ),
            models.UniqueConstraint(
                fields=["carrier", "number", "departure_airport", "arrival_airport", "told_by"],
                condition=Q(departs_on__isnull=True),
                name="a_flight_without_a_day_belongs_to_its_message",
            ),
        ]
        ordering = ["departs_on", "carrier", "number", "pk"]

    def __str__(self) -> str:
        return f"{self.carrier}{self.number} {self.departure_airport}-{self.arrival_airport}"


TELL = 'UPDATE "travel_passenger" SET "sealed" = %s, "revision" = %s WHERE "travel_passenger"."id" = %s'
NOTE = 'INSERT INTO "travel_observation" ("message_id", "passenger_id", "place") VALUES (%s, %s, %s)'
LET_WAIT = 'UPDATE "travel_passenger" SET "screened_at" = NULL WHERE "travel_passenger"."id" = %s'


class PassengerQuerySet(ProtectedQuerySet["Passenger"]):
    """Questions about passengers."""

    def awaiting_screening(self) -> Self:
        """New, or changed in what is compared since they were screened. Oldest first."""
        return self.filter(screened_at__isnull=True, masked_at__isnull=True).order_by("pk")

    def named_in(self, message: Message) -> Self:
        """Everyone whom this message named, in its order."""
        return self.filter(observations__message=message).order_by("observations__place", "pk").distinct()

    def known(self, keys: sealing.Keys) -> list["Known"]:
        """Those who have a name, the one known longest first, with no more than reading a message needs."""
        rows = self.filter(masked_at=None).order_by("pk")
        values = rows.values_list("pk", "sealed_under", "sealed", "revision", "screened_at")
        return [
            Known(pk, scope, sealed := bytes(stored), revision, screened_at, keys.open(sealed, scope))
            for pk, scope, stored, revision, screened_at in values
        ]

    def save_told(self, rows: Sequence["Known"]) -> None:
        """What has changed of each, in one statement with many parameters.

        A message changes half of a flight; building as many statements took longer than running them.
        """
        told: list[list[Any]] = [[row.sealed, row.revision, row.pk] for row in rows]
        waiting = [[row.pk] for row in rows if row.screened_at is None]
        with connections[self.db].cursor() as cursor:
            if told:
                cursor.executemany(TELL, told)
            if waiting:
                cursor.executemany(LET_WAIT, waiting)

    def masked(self) -> Self:
        """Kept for evidence, without a name; whose time is over first comes first."""
        return self.filter(masked_at__isnull=False).order_by("delete_on", "pk")

    def due_for_masking(self, on: date) -> Self:
        return self.filter(mask_on__lte=on, masked_at__isnull=True).order_by("mask_on", "pk")

    def due_for_deletion(self, on: date) -> Self:
        return self.filter(delete_on__lte=on).order_by("delete_on", "pk")


@dataclass(slots=True)
class Known:
    """Somebody on a flight whom a message may name again.

    Half of them are only looked at: a Passenger of each cost more than opening and comparing them.
    """

    pk: int
    sealed_under: str
    sealed: bytes
    revision: int
    screened_at: datetime | None
    told: Told

    def tell(self, told: Told, keys: sealing.Keys) -> None:
        """Put this in place of what was told; the caller saves it."""
        self.sealed = keys.seal(told, self.sealed_under)
        self.told = told
        self.revision += 1


class Passenger(Protected):
    """Somebody on one flight. What identifies them is sealed; the database holds no name.

    sealed: the fields of ``rules.permitted``, as ``sealing`` writes them. sealed_under: the
    scope of the key; that of the day on which they were first named, or their own once they
    are kept longer. kept_for: ``evidence``, or the term that keeps them longer. message: the first
    that named them. revision: grows with each change, so that a screening knows whether it saw the last.
    identified_at: when they first resembled an alert or matched a rule. presence: whether they were on
    board, as the last message said that closed the flight.
    """

    reference = reference_field("Q")
    flight = models.ForeignKey(Flight, models.PROTECT, related_name="passengers")
    message = models.ForeignKey(Message, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    sealed_under = models.CharField(max_length=40)
    revision = models.PositiveIntegerField(default=1)
    screened_at = models.DateTimeField(null=True, blank=True)
    identified_at = models.DateTimeField(null=True, blank=True)
    presence = models.CharField(max_length=8, choices=Presence, blank=True, default=Presence.UNKNOWN)
    mask_on = models.DateField()
    delete_on = models.DateField()
    kept_for = models.CharField(max_length=20, blank=True)
    masked_at = models.DateTimeField(null=True, blank=True)

    objects = PassengerQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                name="passenger_awaits_screening",
                condition=Q(screened_at__isnull=True, masked_at__isnull=True),
            ),
            models.Index(fields=["sealed_under"], name="passenger_by_key"),
            # The worker asks every few seconds who is due.
            models.Index(fields=["mask_on"], name="passenger_to_mask", condition=Q(masked_at__isnull=True)),
            models.Index(fields=["delete_on"], name="passenger_by_last_day"),
            # Whom a term keeps, for the day on which it is ended.
            models.Index(fields=["kept_for"], name="passenger_kept_longer", condition=~Q(kept_for="")),
        ]

    def __str__(self) -> str:
        return f"passenger:{self.reference}"

    @cached_property
    def told(self) -> Told:
        """What messages told of them; nothing but empty fields once they are masked."""
        return NOTHING if self.masked_at else sealing.opened(bytes(self.sealed), self.sealed_under)

    def recall(self, keys: sealing.Keys) -> None:
        """Open what was told with keys that others share, where many are looked at together."""
        if not self.masked_at:
            self.told = keys.open(bytes(self.sealed), self.sealed_under)

    def tell(self, told: Told, keys: sealing.Keys | None = None) -> None:
        """Put this in place of what was told; the caller saves ``sealed``."""
        self.sealed = (keys or sealing.Keys()).seal(told, self.sealed_under)
        self.told = told


class ObservationQuerySet(models.QuerySet["Observation"]):
    def note(self, message: Message, places: Iterable[tuple[int, int]]) -> None:
        """``(passenger, place)``: who was named where. One statement with many parameters, as save_told()."""
        rows = [(message.pk, passenger, place) for passenger, place in places]
        if rows:
            with connections[self.db].cursor() as cursor:
                cursor.executemany(NOTE, rows)


class Observation(models.Model):
    """A message named a passenger, at a place counted from 0 over all its parts."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="observations")
    # A cascade would be SQL that no door marked; ``actions.mask`` removes them together.
    passenger = models.ForeignKey(Passenger, models.DO_NOTHING, related_name="observations")
    place = models.PositiveIntegerField()

    objects = ObservationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "place"], name="a_place_in_a_message_is_read_once")
        ]

    def __str__(self) -> str:
        return f"observation:{self.pk}"
