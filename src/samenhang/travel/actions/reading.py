"""From bytes to passengers: each message once, whatever stops the reading."""

from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

import edifact
from samenhang.access import policy
from samenhang.access.rules import pack
from samenhang.foundation.errors import Refused
from samenhang.foundation.identifiers import new_reference
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.travel import rules, sealing, spool
from samenhang.travel.actions.contents import Content, Person, content_of, refusal_of
from samenhang.travel.actions.receiving import Receipt, receive, sweep
from samenhang.travel.models import (
    Delivery,
    Flight,
    Message,
    Observation,
    Passenger,
)
from samenhang.travel.models.passengers import Known
from samenhang.travel.rules import State, bases, carriers, quarantine, sameness, territory
from samenhang.travel.rules.airports import instant
from samenhang.travel.rules.keeping import Stay
from samenhang.travel.rules.permitted import Told, flight_fields, plain, told_of
from samenhang.travel.rules.presence import closing_of
from samenhang.travel.rules.router import DIRECTLY, Way, closing_at


def read(message: Message, *, by: Actor) -> Message:
    """Take the passengers out, keep what the law allows, and let the bytes become unreadable.

    Reading what was read changes nothing. What the sender did wrong stands in ``problems``. What
    holds data without a legal basis of today is refused whole, and so is what names only people on
    flights within the Union that no decision lets in; whose reference was used for other content waits.
    Raises NotThere, NotYours, and SpoolLost when the bytes are gone.
    """
    return _read(message, by)[0]


def _read(message: Message, by: Actor) -> tuple[Message, Refused | None]:
    """The message, and why it was refused when it was now."""
    policy.require(by, "message.read", message)
    if message.state != State.RECEIVED:
        return message, None
    try:
        data = spool.open_bytes(message.reference)
    except spool.Gone:
        return _read_elsewhere(message), None
    parts = edifact.read(data, received=timezone.localtime(message.received_at).date())
    content = content_of(message, parts, by=by)
    if refusal := refusal_of(message, content, by=by):
        return _refuse(message, content, by), refusal
    if not message.released and (other := _conflict(message, parts[0])):
        return _hold(message, parts, other, by), None
    size = len(content.people) if len(content.people) <= rules.ONE_TRANSACTION else rules.STEP
    while message.state == State.RECEIVED:
        message = _read_on(message, content, size, by)
    return message, None


def take_in(data: bytes, *, name: str, by: Actor, way: Way = DIRECTLY) -> Receipt:
    """Receive and read at once.

    Raises what both raise; NoLegalBasis, WithinTheUnion, RouterOff or DirectChannelClosed when nothing of
    it may be kept.
    """
    receipt = receive(data, name=name, by=by, way=way)
    message, refusal = _read(receipt.message, by)
    if refusal is not None:
        raise refusal
    return Receipt(message, duplicate=receipt.duplicate)


@transaction.atomic
def _refuse(message: Message, content: Content, by: Actor) -> Message:
    """Let the bytes become unreadable unread; what stays says that something came, of what kind, how many."""
    types = [part.type for part in content.parts]
    turned_away = content.left_behind[territory.TURNED_AWAY]
    message = _locked(message)
    if message.state != State.RECEIVED:
        return message
    rules.check_transition(rules.NEXT, State(message.state), State.REFUSED)

    message.state, message.read_at = State.REFUSED, by.now
    message.kind = plain(rules.kind_of(types), 80)
    message.digest, message.name = "", ""
    message.left_behind = {territory.TURNED_AWAY: turned_away} if turned_away else {}
    message.save(update_fields=["state", "read_at", "kind", "digest", "name", "left_behind"])

    record("message.refused", message, by=by, operation=Operation.ERASURE)
    transaction.on_commit(partial(spool.forget, message.reference))
    return message


def claim_unread(*, by: Actor) -> Message | None:
    """A message to read that no other worker has, or None. A claim lapses after a minute."""
    policy.require_function(by, "message.read")
    for message in Message.objects.unscoped("to find work").unread().free(by.now)[:20]:
        # Two workers may have seen the same row: one conditional UPDATE decides.
        mine = Message.objects.unscoped("to claim one").filter(pk=message.pk, state=State.RECEIVED)
        if mine.free(by.now).update(claimed_until=by.now + rules.LEASE):
            return message
    return None


def read_waiting(*, by: Actor) -> Iterator[Message]:
    """Sweep, then claim and read until nothing waits; gives each message after reading it.

    A message whose bytes are lost keeps waiting for the same file to be sent again.
    """
    sweep(by=by)
    while (message := claim_unread(by=by)) is not None:
        try:
            yield read(message, by=by)
        except rules.SpoolLost:
            continue


@transaction.atomic
def _read_on(message: Message, content: Content, size: int, by: Actor) -> Message:
    """One step: the passengers from where reading stopped; with the last ones the message is read."""
    message = _locked(message)
    if message.state != State.RECEIVED:
        return message

    # Read in order; a decision may have changed who is read since the last step, but no place.
    last = message.observations.aggregate(last=Max("place"))["last"]
    left = [one for one in content.people if last is None or one.place > last]
    step = left[:size]
    for part, people in groupby(step, key=lambda person: person.part):
        _take_part(message, content, part, list(people))
    if len(step) == len(left):
        _note_presence(message, content)
        _finish(message, content, by)
    else:
        message.save(update_fields=["newcomers"])

    return message


def _locked(message: Message) -> Message:
    rows = Message.objects.unscoped("to read it, or see that another did").select_for_update()
    return rows.get(pk=message.pk)


def _read_elsewhere(message: Message) -> Message:
    """Another process may have read it since it was loaded; otherwise its bytes are lost."""
    with transaction.atomic():
        message = _locked(message)
    if message.state == State.RECEIVED:
        raise rules.SpoolLost(
            _("The stored bytes of this message are gone. Ask the sender to send the same file again.")
        )
    return message


def _take_part(message: Message, content: Content, part: int, people: list[Person]) -> None:
    legs = content.parts[part].flights
    stay = content.stays[bases.HOLDS[content.parts[part].type]]
    flights = [_flight(leg, message) for leg in legs or (edifact.Flight(),)]
    by_leg: dict[int, list[Person]] = {}
    for person in people:
        by_leg.setdefault(territory.leg_of(person.traveller, legs), []).append(person)
    first = next(person.place for person in content.people if person.part == part)
    for leg in sorted(by_leg, key=lambda leg: flights[leg].pk):
        told = _take_flight(message, flights[leg], by_leg[leg], first, stay)
        _note_delivery(message, flights[leg], bases.HOLDS[content.parts[part].type], told)


def _flight(leg: edifact.Flight, message: Message) -> Flight:
    fields: dict[str, Any] = dict(flight_fields(leg))
    key = {name: fields.pop(name) for name in ("carrier", "number", "departure_airport", "arrival_airport")}
    key["departs_on"] = leg.departs_at.date() if leg.departs_at else None
    key["told_by"] = "" if leg.departs_at else message.reference
    flight, _made = Flight.objects.get_or_create(**key, defaults=fields)
    # Two pushes for one flight may be read at once; the second then sees whom the first named.
    return Flight.objects.select_for_update().get(pk=flight.pk)


def _take_flight(
    message: Message, flight: Flight, people: list[Person], first_of_part: int, stay: Stay
) -> list[Told]:
    """Update who is known on this flight, add who is not, note who was named where; what was told of each."""
    # Two people in one part are never made one, also when the part is read in steps.
    taken = message.observations.filter(place__gte=first_of_part).values_list("passenger_id", flat=True)
    everyone = Passenger.objects.unscoped("to know who is on this flight").filter(flight=flight)
    keys = sealing.Keys()
    known = everyone.exclude(pk__in=list(taken)).known(keys)
    told = [told_of(one.traveller) for one in people]
    same = sameness.paired(
        [sameness.mark(entry) for entry in told], [sameness.mark(row.told) for row in known]
    )
    new: list[Passenger] = []
    changed: list[Known] = []
    named: list[Known | Passenger] = []
    for index, entry in enumerate(told):
        if index in same:
            row = known[same[index]]
            if changes := sameness.news(row.told, entry):
                _update(row, changes, keys)
                changed.append(row)
            named.append(row)
        else:
            new.append(_new(message, flight, entry, keys, stay))
            named.append(new[-1])
    Passenger.objects.bulk_create(new, batch_size=rules.STEP)
    Passenger.objects.save_told(changed)
    message.newcomers += len(new)
    Observation.objects.note(message, ((row.pk, one.place) for row, one in zip(named, people, strict=True)))
    return told


def _note_delivery(message: Message, flight: Flight, kind: bases.Kind, told: list[Told]) -> None:
    """How many were named and what is missing: for the carrier, who can mend it."""
    departs_at = instant(flight.departs_at, flight.departure_airport)
    Delivery.objects.create(
        message=message,
        flight=flight,
        kind=kind,
        on=timezone.localtime(message.received_at).date(),
        departs_at=departs_at,
        minutes=carriers.minutes_after(departs_at, message.received_at),
        named=len(told),
        **{f"without_{element}": number for element, number in carriers.missing(told).items()},
    )


def _note_presence(message: Message, content: Content) -> None:
    """Whoever closes a flight with a list says of everybody known on it whether they were on board."""
    for number, part in enumerate(content.parts):
        closing = closing_at(message.moment, part.code) or closing_of(part.code, part.function)
        if closing is None:
            continue
        places = [person.place for person in content.people if person.part == number]
        within = (min(places), max(places)) if places else (0, -1)
        named = message.observations.filter(place__range=within).values("passenger")
        for leg in part.flights:
            on_board = Passenger.objects.unscoped("whom the closing of their flight tells of")
            those = on_board.filter(flight=_flight(leg, message), masked_at=None)
            those.filter(pk__in=named).update(presence=closing.named)
            those.exclude(pk__in=named).update(presence=closing.others)


def _update(row: Known, changes: Told, keys: sealing.Keys) -> None:
    row.tell(row.told | changes, keys)
    if sameness.COMPARED & changes.keys():
        row.screened_at = None


def _new(message: Message, flight: Flight, told: Told, keys: sealing.Keys, stay: Stay) -> Passenger:
    reference = new_reference("Q")
    received = timezone.localtime(message.received_at).date()
    passenger = Passenger(
        reference=reference,
        scope=reference,
        provider_id=message.provider_id,
        category=rules.CATEGORY,
        purposes=pack(rules.KEPT_FOR),
        flight=flight,
        message=message,
        sealed_under=sealing.of_day(received),
        mask_on=rules.mask_on(received),
        delete_on=stay.delete_on,
        kept_for=stay.kept_for,
    )
    passenger.tell(told, keys)
    return passenger


def _finish(message: Message, content: Content, by: Actor) -> None:
    """With the last passenger: counts, problems, state; and once that is committed, no more bytes."""
    parts = content.parts
    types = [part.type for part in parts]
    state = State.READ if rules.is_understood(types) else State.UNREADABLE
    rules.check_transition(rules.NEXT, State(message.state), state)

    message.state, message.read_at = state, by.now
    _describe(message, parts)
    message.left_behind = dict(content.left_behind)
    message.conflicts_with = _conflict(message, parts[0])
    message.save()

    record(f"message.{state}", message, by=by, operation=Operation.COLLECTION)
    if message.conflicts_with:
        record("message.conflict-found", message, by=by)
    if content.left_behind[territory.TURNED_AWAY]:
        record("message.flights-within-the-union-left", message, by=by, operation=Operation.ERASURE)
    if content.left_behind["sensitive-service"]:
        record("message.sensitive-data-destroyed", message, by=by, operation=Operation.ERASURE)
    if state == State.READ:
        transaction.on_commit(partial(spool.forget, message.reference))


@transaction.atomic
def _hold(message: Message, parts: tuple[edifact.Message, ...], other: str, by: Actor) -> Message:
    """Nobody is taken from it until a person decides; the bytes stay sealed."""
    message = _locked(message)
    if message.state != State.RECEIVED or message.observations.exists():
        return message
    rules.check_transition(rules.NEXT, State(message.state), State.HELD)

    message.state, message.read_at = State.HELD, by.now
    _describe(message, parts)
    message.conflicts_with = other
    message.save()

    record("message.held", message, by=by)
    return message


def _describe(message: Message, parts: tuple[edifact.Message, ...]) -> None:
    """What the delivery is and how many it names; nobody's name."""
    types = [part.type for part in parts]
    problems = [problem for part in parts for problem in part.problems]
    message.kind = plain(rules.kind_of(types), 80)
    message.sender = plain(parts[0].sender, 40)
    message.control_reference = plain(parts[0].control_reference, 40)
    message.parts = [_summary(part) for part in parts]
    message.passengers = sum(len(part.passengers) for part in parts)
    message.records = sum(len(part.records) for part in parts)
    message.answers = sum(len(part.answers) for part in parts)
    message.problem_count = len(problems)
    message.problems = [_told(problem) for problem in problems[: rules.PROBLEMS_KEPT]]


def _summary(part: edifact.Message) -> dict[str, Any]:
    texts = {
        "type": part.type,
        "version": part.version,
        "code": part.code,
        "function": part.function,
        "sequence": part.sequence,
        "reference": part.message_reference,
    }
    return {name: plain(text, 40) for name, text in texts.items()} | {
        "offset": part.offset,
        "passengers": len(part.passengers),
        "records": len(part.records),
        "answers": len(part.answers),
    }


def _told(problem: edifact.Problem) -> dict[str, Any]:
    return {
        "offset": problem.offset,
        "segment": plain(problem.segment, 10),
        "message": plain(rules.without_quotations(problem.message), 300),
    }


def _conflict(message: Message, first: edifact.Message) -> str:
    """The message of the last day that was read under the same control reference, or nothing."""
    sender, control_reference = plain(first.sender, 40), plain(first.control_reference, 40)
    if not (sender and control_reference):
        return ""
    others = Message.objects.unscoped("to find a control reference used twice").filter(
        sender=sender,
        control_reference=control_reference,
        state=State.READ,
        received_at__gt=message.received_at - quarantine.SAME_REFERENCE,
    )
    other = others.exclude(pk=message.pk).order_by("received_at", "pk").first()
    return other.reference if other else ""
