"""Made journeys with what bookings tell of them, as many for each culture of names.

For trying what a rule about journeys would do, and to whom. Everything is invented: how long
before people book, how long they stay and what they carry are round numbers, the same for everybody.
One thing differs, as it does in life: where people with some names go when they visit family. So a
rule that in truth singles out where families live is seen to do so, before it meets anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from edifact.made_people import CULTURES, Culture, Invented, somebody
from edifact.making import AWAY, CARRIERS, STATE
from edifact.records import Document, Flight, Message, Passenger, Record

HOME = "AMS"
HUBS = ("VIE", "FRA", "CDG", "IST", "LHR")
# How many of the journeys are visits to family.
VISITS = 0.4
# What brings people away, how many of the other journeys, days booked ahead, days away, bags.
REASONS = (
    (0.5, (10, 150), (5, 21), (1, 2)),  # holiday
    (0.35, (1, 20), (1, 5), (0, 1)),  # work
    (0.15, (0, 200), (20, 300), (1, 3)),  # long stay
)
VISIT = ((7, 120), (7, 45), (1, 3))
ONE_WAY, CONNECTING, SPLIT, FLYER, SOON = 0.06, 0.3, 0.02, 0.2, 0.03


@dataclass(frozen=True, slots=True)
class Journey:
    """Somebody on a flight, as bookings tell it. culture: of the made name; nobody real has one."""

    culture: str
    message: Message


def journeys(each: int, *, on: date, seed: int = 1) -> Iterator[Journey]:
    """So many of each culture, flying in the month from that day; the same again for a seed."""
    for culture in CULTURES:
        random = Random(f"{seed} {culture.name}")  # noqa: S311  (nothing secret: the same again for a seed)
        for _ in range(each):
            yield Journey(culture.name, _message(random, culture, on))


def _message(random: Random, culture: Culture, on: date) -> Message:
    who = somebody(random, on, culture=culture)
    visiting = random.random() < VISITS
    destination = random.choice(culture.visits if visiting else AWAY)
    ahead, stay, bags = VISIT if visiting else _reason(random)
    leaves = datetime.combine(on, time(6)) + timedelta(minutes=random.randrange(0, 30 * 24 * 60, 5))
    flights = _out(random, destination, leaves)
    if random.random() >= ONE_WAY:
        flights += _back(random, flights, timedelta(days=random.randint(*stay)))
    # Whatever brings people away, some must leave at once.
    days = random.randint(0, 2) if random.random() < SOON else random.randint(*ahead)
    record = Record(
        locator="".join(random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6)),
        carrier=flights[0].carrier,
        split_locators=("SPLIT2",) if random.random() < SPLIT else (),
        created_at=leaves - timedelta(days=days, hours=random.randrange(1, 24)),
        passengers=(_passenger(random, who, bags),),
        itinerary=flights,
    )
    return Message(
        "PNRGOV", "13:1:IA", flights[0].carrier, "PIU", leaves - timedelta(hours=1), "1", "1", "1",
        function="22", flights=flights[:1], records=(record,),
    )  # fmt: skip


def _reason(random: Random) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
    ((_, ahead, stay, bags),) = random.choices(REASONS, [share for share, *_ in REASONS])
    return ahead, stay, bags


def _out(random: Random, destination: str, leaves: datetime) -> tuple[Flight, ...]:
    carrier = random.choice(CARRIERS)
    stop = random.choice([hub for hub in HUBS if hub != destination])
    if random.random() >= CONNECTING:
        return (_leg(random, carrier, HOME, destination, leaves),)
    first = _leg(random, carrier, HOME, stop, leaves)
    assert first.arrives_at
    onward = first.arrives_at + timedelta(minutes=random.randrange(60, 600, 5))
    return first, _leg(random, carrier, stop, destination, onward)


def _back(random: Random, out: tuple[Flight, ...], stay: timedelta) -> tuple[Flight, ...]:
    leaves = out[-1].arrives_at
    assert leaves
    carrier, destination = out[0].carrier, out[-1].arrival_airport
    return (_leg(random, carrier, destination, HOME, leaves + stay),)


def _leg(random: Random, carrier: str, here: str, there: str, leaves: datetime) -> Flight:
    lands = leaves + timedelta(minutes=random.randrange(60, 600, 5))
    return Flight(carrier, str(random.randrange(1, 3000)), here, there, leaves, lands)


def _passenger(random: Random, who: Invented, bags: tuple[int, int]) -> Passenger:
    count = random.randint(*bags)
    return Passenger(
        surname=who.surname,
        given_names_raw=who.titled(random),
        given_names=who.given_names,
        birth_date=who.born,
        sex=who.sex,
        nationality=STATE,
        documents=(Document("P", who.document, STATE, who.expiry),),
        bag_count=count,
        bag_weight_kg=count * random.randrange(8, 30),
        tickets=(f"999{random.randrange(10**10):010}",),
        frequent_flyer=("XX1",) if random.random() < FLYER else (),
    )
