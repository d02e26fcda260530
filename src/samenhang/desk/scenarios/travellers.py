"""Passenger messages of invented airlines, with a few travellers who resemble somebody."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from edifact.records import Document, Flight, Passenger
from edifact.write import write_paxlst
from samenhang.desk.scenarios import names

ORIGINS = ["IST", "CDG", "FCO", "ATH", "BUD", "OTP"]
PER_FLIGHT = 40


@dataclass(frozen=True)
class Traveller:
    """Somebody on a flight whom the story needs."""

    surname: str
    given: str
    born: date
    document: str = ""


def message(day: datetime, number: int, guests: list[Traveller], pick: random.Random) -> bytes:
    """One full flight that arrives at Schiphol on that day, the guests of the story among the others."""
    flight = Flight(
        carrier="XZ",
        number=str(100 + number),
        departure_airport=ORIGINS[number % len(ORIGINS)],
        arrival_airport="AMS",
        departs_at=day.replace(tzinfo=None) + timedelta(hours=3),
        arrives_at=day.replace(tzinfo=None) + timedelta(hours=6),
    )
    people = [_passenger(guest, pick) for guest in guests]
    people += [_passenger(_anybody(pick), pick) for _ in range(PER_FLIGHT - len(guests))]
    pick.shuffle(people)
    return write_paxlst(flight, people, day.replace(tzinfo=None), "XZAIR", f"XZ{day:%y%m%d}{number:03d}")


def _anybody(pick: random.Random) -> Traveller:
    return Traveller(names.surname(pick), names.given_name(pick), names.birth_date(pick))


def _passenger(traveller: Traveller, pick: random.Random) -> Passenger:
    number = traveller.document or f"XF{pick.randrange(10**7):07d}"
    return Passenger(
        surname=traveller.surname.upper(),
        given_names=traveller.given.upper(),
        given_names_raw=traveller.given.upper(),
        birth_date=traveller.born,
        sex=pick.choice(["M", "F"]),
        nationality="NLD",
        documents=(Document(type="P", number=number, issuer="NLD", expiry=date(2031, 1, 1)),),
        record_locator="".join(pick.choices("ABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=6)),
        kind="passenger",
    )
