"""Messages as carriers would send them on a day: made up, realistic, and the same for a seed.

    >>> for made in messages(Plan(flights=2, seed=7)): ...

One flight after another is booked, pushed (PNRGOV, several times before departure), checked in
and listed (PAXLST). Each message is made when it is asked for, so that a whole day of a country
costs the memory of one. Routes are those of Dutch airports; carriers and people are invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random

from edifact.made_faults import FAULTS
from edifact.made_people import Invented, somebody
from edifact.records import Document, Flight, Message, Passenger, Record
from edifact.separators import USUAL, Separators
from edifact.write import write

HOME = ("AMS",) * 16 + ("EIN", "EIN", "RTM", "GRQ", "MST")
AWAY = (
    "IST", "SAW", "AYT", "CMN", "NDR", "CAI", "TUN", "AMM", "BEY", "DXB", "DOH", "EBL", "TBS", "LHR", "DUB",
    "JFK", "ATL", "YYZ", "PBM", "CUR", "GRU", "JNB", "NBO", "LOS", "ACC", "ADD", "DEL", "CGK", "SIN", "HKG",
)  # fmt: skip
CARRIERS = ("XA", "XB", "XC", "XX", "ZX")  # no airline has these
STATE = "UTO"
# Hours before departure of each push, the share booked by then, and of those whose document is known.
PUSHES = ((48, 0.85, 0.3), (24, 0.92, 0.6), (6, 0.98, 0.9), (1, 1.0, 1.0), (0, 1.0, 1.0))
MARKS = (Separators(":", "*", "?", "$"), Separators(":", "-", "?", "'"), replace(USUAL, repetition="*"))


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make. people: on a flight, on average. faults: the share of messages that has one."""

    day: date = date(2026, 3, 1)
    flights: int = 10
    people: int = 142
    faults: float = 0.0
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Made:
    """One message. people: how many passengers it names. fault: what is wrong with it, or ""."""

    name: str
    data: bytes
    people: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Traveller:
    """Somebody with a place on the flight. booked, told: between 0 and 1, when that was known."""

    who: Invented
    raw: str
    key: str
    seat: str
    booked: float
    told: float
    bags: int
    appears: bool


@dataclass(frozen=True, slots=True)
class _Booking:
    locator: str
    travellers: tuple[_Traveller, ...]
    back: Flight | None


def messages(plan: Plan) -> Iterator[Made]:
    """All messages of the day in the order of sending."""
    sendings = []
    for number in range(plan.flights):
        leaves = _flight(plan, number).departs_at or datetime.combine(plan.day, time())
        for push, (hours, _, _) in enumerate(PUSHES):
            sendings.append((leaves - timedelta(hours=hours), number, push))
        sendings.append((leaves + timedelta(minutes=1), number, len(PUSHES)))
    for sent, number, push in sorted(sendings):
        yield _made(plan, number, push, sent)


def _made(plan: Plan, number: int, push: int, sent: datetime) -> Made:
    flight, bookings = _flight(plan, number), _bookings(plan, number)
    random = _random(f"{plan.seed} {number} {push}")
    faulty = random.random() < plan.faults
    marks = random.choice(MARKS) if faulty and random.random() < 0.2 else USUAL
    reference = f"{flight.carrier}{number:05}{push}"
    if push == len(PUSHES):
        message = _list(flight, bookings, sent, reference)
    else:
        message = _push(flight, bookings, push, sent, reference)
    data, fault = write(message, marks), ""
    if faulty and marks == USUAL:
        fault = random.choice(sorted(FAULTS))
        data = FAULTS[fault](data, random)
    elif faulty:
        fault = "other separators"
    kind = f"pnr{push + 1}" if push < len(PUSHES) else "api"
    people = len(message.passengers) + sum(len(record.passengers) for record in message.records)
    return Made(f"{number:05}-{flight.carrier}{flight.number}-{kind}.edi", data, people, fault)


def _random(seed: str) -> Random:
    return Random(seed)  # noqa: S311  (nothing secret: the same messages again for a seed)


def _flight(plan: Plan, number: int) -> Flight:
    random = _random(f"{plan.seed} {number} flight")
    here, there = random.choice(HOME), random.choice(AWAY)
    if random.random() < 0.5:
        here, there = there, here
    leaves = datetime.combine(plan.day, time(5)) + timedelta(minutes=random.randrange(0, 18 * 60, 5))
    lands = leaves + timedelta(minutes=random.randrange(60, 700, 5))
    return Flight(CARRIERS[number % len(CARRIERS)], str(1 + number), here, there, leaves, lands)


def _bookings(plan: Plan, number: int) -> list[_Booking]:
    random = _random(f"{plan.seed} {number} people")
    size = max(1, round(random.triangular(0.4, 1.6, 1.0) * plan.people))
    found: list[_Booking] = []
    seats = 0
    while seats < size:
        party = min(size - seats, random.choice((1, 1, 1, 2, 2, 3, 4)))
        surname, booked, told = "", random.random(), random.random()
        travellers = []
        for place in range(party):
            who = somebody(random, plan.day, surname if random.random() < 0.8 else "")
            surname, seat = who.surname, f"{1 + (seats + place) // 6}{'ABCDEF'[(seats + place) % 6]}"
            bags, appears = random.choice((0, 1, 1, 2)), random.random() > 0.03
            travellers.append(
                _Traveller(who, who.titled(random), str(place + 1), seat, booked, told, bags, appears)
            )
        locator = "".join(random.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6))
        found.append(_Booking(locator, tuple(travellers), _back(plan, number, random)))
        seats += party
    return found


def _back(plan: Plan, number: int, random: Random) -> Flight | None:
    flight = _flight(plan, number)
    if random.random() < 0.3 or flight.departs_at is None or flight.arrives_at is None:
        return None
    days = timedelta(days=random.randrange(2, 30))
    return replace(
        flight,
        number=str(5000 + number),
        departure_airport=flight.arrival_airport,
        arrival_airport=flight.departure_airport,
        departs_at=flight.departs_at + days,
        arrives_at=flight.arrives_at + days,
    )


def _push(flight: Flight, bookings: list[_Booking], push: int, sent: datetime, reference: str) -> Message:
    _, booked, told = PUSHES[push]
    records = tuple(
        Record(
            locator=booking.locator,
            carrier=flight.carrier,
            passengers=tuple(_booked(one, booking.locator, push, told) for one in booking.travellers),
            itinerary=(flight, booking.back) if booking.back else (flight,),
            contacts=(f"CTCM 3160000{index:04}",),
        )
        for index, booking in enumerate(bookings)
        if booking.travellers[0].booked <= booked
    )
    return Message(
        "PNRGOV", "13:1:IA", flight.carrier, "PIU", sent, reference, "1", reference, function="22",
        flights=(flight,), records=records,
    )  # fmt: skip


def _booked(one: _Traveller, locator: str, push: int, told: float) -> Passenger:
    """In a push: the document once it is known, seat and bags once checked in."""
    who, here = one.who, push >= 3 and one.appears
    documents = (Document("P", who.document, STATE, who.expiry),) if one.told <= told else ()
    return Passenger(
        surname=who.surname,
        given_names_raw=one.raw,
        given_names=who.given_names,
        birth_date=who.born if documents else None,
        birth_text=f"{who.born:%d%b%Y}".upper() if documents else "",
        sex=who.sex if documents else "",
        nationality=STATE if documents else "",
        documents=documents,
        record_locator=locator,
        reference=one.key,
        seat=one.seat if here else "",
        bag_count=one.bags if here else None,
    )


def _list(flight: Flight, bookings: list[_Booking], sent: datetime, reference: str) -> Message:
    people = tuple(
        Passenger(
            surname=one.who.surname,
            given_names_raw=one.who.given_names,
            given_names=one.who.given_names,
            birth_date=one.who.born,
            birth_text=f"{one.who.born:%Y%m%d}",
            sex=one.who.sex,
            nationality=STATE,
            documents=(Document("P", one.who.document, STATE, one.who.expiry),),
            record_locator=booking.locator,
            reference=f"{booking.locator}{one.key}",
            embarkation=flight.departure_airport,
            debarkation=flight.arrival_airport,
            seat=one.seat,
            bag_count=one.bags,
        )
        for booking in bookings
        for one in booking.travellers
        if one.appears
    )
    return Message(
        "PAXLST", "D:05B:UN:IATA", flight.carrier, "PIU", sent, reference, "1", reference, code="745",
        flights=(flight,), passengers=people,
    )  # fmt: skip
