"""Which fields of a message may be kept, why, and what becomes of the rest.

The list is closed: Directive (EU) 2016/681, annex I, read strictly as CJEU
C-817/19 (128-140) asks; the same in PNR-wet, annex. Anything else is deleted at
once (art. 6(1); PNR-wet art. 20(1)(b)): here it never reaches the database, and
its number is kept so that it can be answered for.

Address and contact (5), payment (6) and agency (9) stand in the annex as well.
Carriers send them as free text that may hold anything, so they are not kept
until a reader takes them apart. Remarks (12) are permitted only for
unaccompanied minors, which no sender marks reliably: not kept either.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from edifact import Flight, Message, Passenger, Record

TEXT = 200  # characters; a longer name is a fault of the sender
CREW = frozenset({"crew", "crew in transit"})

# Service codes that reveal health or conviction (Directive art. 13(4)): IATA meal and assistance codes.
SENSITIVE_SERVICES = frozenset(
    {
        *("AVML", "BLML", "DBML", "GFML", "HNML", "JNML", "KSML", "LCML", "LFML", "LPML", "LSML", "MOML"),
        *("NLML", "RVML", "SPML", "VGML", "VJML", "VLML", "VOML"),
        *("BLND", "DEAF", "DPNA", "ESAN", "LEGB", "LEGL", "LEGR", "MAAS", "MEDA", "OXYG", "PPOC", "STCR"),
        *("SVAN", "WCBD", "WCBW", "WCHC", "WCHR", "WCHS", "WCLB", "WCMP", "WCOB"),
    }
)

# Field that is kept: the point of annex I that permits it.
PERMITTED: dict[str, str] = {
    "surname": "4, 18",
    "given_names": "4, 18",
    "other_names": "4, 18",
    "birth_date": "18",
    "sex": "18",
    "nationality": "18",
    "documents": "18",
    "record_locator": "1",
    "kind": "10",
    "embarkation": "7, 18",
    "debarkation": "7, 18",
    "border_crossing": "7, 18",
    "seat": "14",
    "bags": "16",
    "booking": "2, 3, 7, 8, 11, 13, 15",
}

# What is left behind, by the name under which it is counted.
LEFT_BEHIND = {
    "crew": _("Crew members"),
    "agency": _("Travel agencies"),
    "contact": _("Addresses and contact details"),
    "payment": _("Payments"),
    "remark": _("Remarks"),
    "service": _("Service requests"),
    "sensitive-service": _("Service requests that reveal health or conviction"),
    "within-the-union": _("People on flights within the EU that no decision lets in"),
    "history": _("Changes of the booking"),
    "loose-document": _("Documents of nobody in the booking"),
    "capture-code": _("Codes of how data were captured"),
    "passenger-reference": _("The carrier’s own numbers of passengers"),
}


@dataclass(frozen=True, slots=True)
class Traveller:
    """What is kept of one passenger: exactly the fields of PERMITTED."""

    surname: str = ""
    given_names: str = ""
    other_names: list[dict[str, str]] = field(default_factory=list)
    birth_date: str = ""
    sex: str = ""
    nationality: str = ""
    documents: list[dict[str, str]] = field(default_factory=list)
    record_locator: str = ""
    kind: str = ""
    embarkation: str = ""
    debarkation: str = ""
    border_crossing: str = ""
    seat: str = ""
    bags: dict[str, Any] = field(default_factory=dict)
    booking: dict[str, Any] = field(default_factory=dict)


# The same as plain data, by field, as it is compared and stored.
Told = dict[str, Any]
FIELDS = tuple(one.name for one in fields(Traveller))


def told_of(traveller: Traveller) -> Told:
    """Its fields by name; their contents are shared, not copied."""
    return {name: getattr(traveller, name) for name in FIELDS}


NOTHING: Told = told_of(Traveller())


def travellers(message: Message) -> list[Traveller]:
    """The passengers of one EDIFACT message, in its order, without the crew."""
    return [_traveller(person, record) for person, record in _people(message) if person.kind not in CREW]


def left_behind(message: Message) -> Counter[str]:
    """How many things of each sort the message held that are not kept. Counts, never contents."""
    counts: Counter[str] = Counter()
    for record in message.records:
        sensitive = sum(service.code.upper() in SENSITIVE_SERVICES for service in record.services)
        counts["agency"] += bool(record.agency)
        counts["contact"] += len(record.contacts)
        counts["payment"] += len(record.payments)
        counts["remark"] += len(record.remarks)
        counts["sensitive-service"] += sensitive
        counts["service"] += len(record.services) - sensitive
        counts["history"] += record.history_entries
        counts["loose-document"] += len(record.unassigned_documents)
    for person, _record in _people(message):
        counts["crew"] += person.kind in CREW
        counts["contact"] += len(person.addresses) + len(person.contacts)
        counts["capture-code"] += len(person.capture_codes)
        counts["passenger-reference"] += bool(person.reference)
    return +counts


def _people(message: Message) -> Iterator[tuple[Passenger, Record | None]]:
    if message.records:
        for record in message.records:
            yield from ((person, record) for person in record.passengers)
    else:
        yield from ((person, None) for person in (*message.passengers, *message.listed_in_pdt))


def _traveller(person: Passenger, record: Record | None) -> Traveller:
    return Traveller(
        surname=plain(person.surname),
        given_names=plain(person.given_names),
        other_names=[
            {"surname": plain(name.surname), "given_names": plain(name.given_names)}
            for name in person.other_names
        ],
        birth_date=_birth_date(person),
        sex=plain(person.sex, 1),
        nationality=plain(person.nationality, 3),
        documents=[
            {
                "type": plain(document.type, 10),
                "number": plain(document.number, 40),
                "issuer": plain(document.issuer, 10),
                "expiry": _iso(document.expiry),
            }
            for document in person.documents
        ],
        record_locator=plain(person.record_locator, 20),
        kind=person.kind,
        embarkation=plain(person.embarkation, 5),
        debarkation=plain(person.debarkation, 5),
        border_crossing=plain(person.border_crossing, 5),
        seat=plain(person.seat, 10),
        bags=_filled(
            count=person.bag_count,
            weight_kg=person.bag_weight_kg,
            tags=[plain(tag, 40) for tag in person.bag_tags],
        ),
        booking=_booking(person, record),
    )


def _booking(person: Passenger, record: Record | None) -> dict[str, Any]:
    record = record or Record()
    return _filled(
        created_at=_iso(record.created_at),
        itinerary=[flight_fields(leg) for leg in record.itinerary],
        other_locators=[plain(locator, 20) for locator in record.other_locators],
        split_locators=[plain(locator, 20) for locator in record.split_locators],
        tickets=[plain(ticket, 40) for ticket in person.tickets],
        frequent_flyer=[plain(number, 40) for number in person.frequent_flyer],
    )


def flight_fields(flight: Flight) -> dict[str, str]:
    """A leg as text; times local to the airport, to the minute, empty when unknown."""
    return dict(_flight_fields(flight))


@lru_cache(maxsize=1000)
def _flight_fields(flight: Flight) -> dict[str, str]:
    """The same legs stand in all bookings of a message, and say nothing about anybody."""
    return {
        "carrier": plain(flight.carrier, 3),
        "number": plain(flight.number, 8),
        "departure_airport": plain(flight.departure_airport, 5),
        "arrival_airport": plain(flight.arrival_airport, 5),
        "departs_at": _iso(flight.departs_at),
        "arrives_at": _iso(flight.arrives_at),
        "operating_carrier": plain(flight.operating_carrier, 3),
        "operating_number": plain(flight.operating_number, 8),
    }


def _birth_date(person: Passenger) -> str:
    """ISO; only the year, or year and month, where the sender knows no more (1980, 19800000, 19800500)."""
    if person.birth_date is not None:
        return person.birth_date.isoformat()
    text = person.birth_text.strip()
    if not (text.isascii() and text.isdigit() and len(text) in (4, 8) and text[:2] in ("19", "20")):
        return ""
    if len(text) == 4 or text[4:] == "0000":
        return text[:4]
    return f"{text[:4]}-{text[4:6]}" if text[6:] == "00" and "01" <= text[4:6] <= "12" else ""


def plain(text: str, size: int = TEXT) -> str:
    """Text that any database stores: no control characters or broken code points, cut at ``size``."""
    if text.isascii() and text.isprintable():
        return text[:size].strip()
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return "".join(character for character in whole if character.isprintable())[:size].strip()


def _iso(moment: date | datetime | None) -> str:
    match moment:
        case None:
            return ""
        case datetime():
            return moment.replace(tzinfo=None).isoformat(timespec="minutes")
        case _:
            return moment.isoformat()


def _filled(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [])}
