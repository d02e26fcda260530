"""A small writer of PAXLST and PNRGOV messages, for demonstrations and tests.

What it writes, the readers read back equal, as far as the format has a place for it:
see `paxlst_fields` for which parts of a Passenger a PAXLST carries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime

from edifact.dates import MONTH_NAMES
from edifact.records import Document, Flight, Passenger, Record
from edifact.separators import Separators, escape

MARKS = Separators()
CODES = {"passenger": "FL", "crew": "FM", "crew in transit": "DDT", "passenger in transit": "DDU"}
# Only these of Passenger have no place in a PAXLST.
_ABSENT = {"other_names", "given_names", "birth_text", "frequent_flyer"}
paxlst_fields = frozenset(field.name for field in fields(Passenger)) - _ABSENT

Element = str | Sequence[str]


def segment(tag: str, *elements: Element) -> str:
    """One segment with its terminator: values escaped, empty elements at the end left out.

    Control characters are taken out of values: the format has no place for them.
    """
    texts = [_element([element] if isinstance(element, str) else element) for element in elements]
    while texts and not texts[-1]:
        texts.pop()
    return MARKS.element.join([tag, *texts]) + MARKS.terminator


def _element(components: Sequence[str]) -> str:
    texts = [escape("".join(c for c in part if ord(c) > 31 and ord(c) != 127), MARKS) for part in components]
    while texts and not texts[-1]:
        texts.pop()
    return MARKS.component.join(texts)


def write_paxlst(
    flight: Flight, passengers: Iterable[Passenger], sent: datetime, sender: str, reference: str
) -> bytes:
    """A PAXLST D.05B of one flight: passengers, or crew when all are crew.

    sent: also what two-digit years in the flight's times are read by. Bytes are ASCII
    where they can be, else UTF-8 (syntax identifier UNOY).
    """
    people = list(passengers)
    crew = bool(people) and all(person.kind.startswith("crew") for person in people)
    body = [
        segment("BGM", "250" if crew else "745"),
        segment("TDT", "20", flight.carrier + flight.number, "", "", flight.carrier),
        *_place("125", flight.departure_airport, "189", flight.departs_at),
        *_place("87", flight.arrival_airport, "232", flight.arrives_at),
    ]
    for person in people:
        body += _person(person)
    body.append(segment("CNT", ["41" if crew else "42", str(len(people))]))
    return _enveloped("PAXLST", ["D", "05B", "UN", "IATA"], body, sent, sender, reference)


def _place(code: str, airport: str, time_code: str, at: datetime | None) -> list[str]:
    place = segment("LOC", code, airport)
    return [place, segment("DTM", [time_code, f"{at:%y%m%d%H%M}", "201"])] if at else [place]


def _person(person: Passenger) -> list[str]:
    out = [
        segment(
            "NAD", CODES[person.kind], "", "", [person.surname, person.given_names_raw or person.given_names]
        )
    ]
    out += [segment("ATT", "2", "", person.sex)] if person.sex else []
    out += [segment("DTM", ["329", _day(person.birth_date)])] if person.birth_date else []
    out += [segment("MEA", "CT", "", ["", str(person.bag_count)])] if person.bag_count is not None else []
    weight = person.bag_weight_kg
    out += [segment("MEA", "WT", "", ["KGM", str(weight)])] if weight is not None else []
    out += [segment("GEI", *code.split(":")) for code in person.capture_codes]
    out += [segment("FTX", "BAG", "", "", tag) for tag in person.bag_tags]
    places = (("22", person.border_crossing), ("178", person.embarkation), ("179", person.debarkation))
    out += [segment("LOC", code, place) for code, place in places if place]
    out += [segment("NAT", "2", person.nationality)] if person.nationality else []
    references = (
        ("AVF", person.record_locator),
        ("ABO", person.reference),
        ("SEA", person.seat),
        *(("YZY", ticket) for ticket in person.tickets),
    )
    out += [segment("RFF", [code, value]) for code, value in references if value]
    for document in person.documents:
        out.append(segment("DOC", [document.type, "110", "111"], document.number))
        if document.expiry:
            out.append(segment("DTM", ["36", _day(document.expiry)]))
        if document.issuer:
            out.append(segment("LOC", "91", document.issuer))
    return out


def _day(on: date | None) -> str:
    return f"{on.year:04d}{on:%m%d}" if on else ""


def write_pnrgov(
    flight: Flight, records: Iterable[Record], sent: datetime, sender: str, reference: str
) -> bytes:
    """A basic PNRGOV 13.1 push: locators, passengers with their documents (SSR DOCS),
    contacts, and the itinerary. Other parts of a Record are not written."""
    pnrs = list(records)
    body = [
        segment("MSG", ["", "22"]),
        segment("ORG", sender),
        _leg(flight),
        segment("EQN", str(len(pnrs))),
    ]
    for pnr in pnrs:
        body += _record(pnr, flight)
    return _enveloped("PNRGOV", ["13", "1", "IA"], body, sent, sender, reference)


def _record(pnr: Record, flight: Flight) -> list[str]:
    created = [f"{pnr.created_at:%d%m%y}", f"{pnr.created_at:%H%M}"] if pnr.created_at else []
    out = [segment("SRC"), segment("RCI", [pnr.carrier or flight.carrier, pnr.locator, "", *created])]
    out += [segment("IFT", ["4", "28"], contact) for contact in pnr.contacts]
    for number, person in enumerate(pnr.passengers, 1):
        key = person.reference or str(number)
        kind = "IN" if person.kind == "infant" else "A"
        out.append(segment("TIF", person.surname, [person.given_names_raw or person.given_names, kind, key]))
        documents = person.documents or ((Document(),) if person.birth_date else ())
        out += [_docs(person, document, flight.carrier, key) for document in documents]
        out += [segment("TKT", [ticket, "T", "1"]) for ticket in person.tickets]
    for leg in pnr.itinerary or (flight,):
        out.append(_leg(leg))
        if (leg.departure_airport, leg.arrival_airport) == (flight.departure_airport, flight.arrival_airport):
            seats = [
                [person.seat, "", person.reference or str(number)]
                for number, person in enumerate(pnr.passengers, 1)
                if person.seat
            ]
            if seats:
                head = [
                    "SEAT",
                    "HK",
                    str(len(seats)),
                    leg.carrier,
                    "",
                    "",
                    leg.departure_airport,
                    leg.arrival_airport,
                ]
                out.append(segment("SSR", head, *seats))
    return out


def _docs(person: Passenger, document: Document, carrier: str, key: str) -> str:
    sex = person.sex + ("I" if person.kind == "infant" and person.sex else "")
    parts = [
        "", document.type, document.issuer, document.number, person.nationality, _spelled(person.birth_date),
        sex, _spelled(document.expiry), person.surname, person.given_names,
    ]  # fmt: skip
    # A slash inside a value would shift all that follows: the format has no escape for it.
    text = "/".join(part.replace("/", " ") for part in parts)
    return segment("SSR", ["DOCS", "HK", "1", carrier, "", "", "", "", text], ["", "", key])


def _spelled(on: date | None) -> str:
    """13AUG1954: four digits, so that nobody needs to guess the century."""
    return f"{on.day:02d}{MONTH_NAMES[on.month - 1]}{on.year:04d}" if on else ""


def _leg(leg: Flight) -> str:
    times = [
        *([f"{leg.departs_at:%d%m%y}", f"{leg.departs_at:%H%M}"] if leg.departs_at else ["", ""]),
        *([f"{leg.arrives_at:%d%m%y}", f"{leg.arrives_at:%H%M}"] if leg.arrives_at else []),
    ]
    carrier = [leg.carrier, leg.operating_carrier]
    return segment("TVL", times, leg.departure_airport, leg.arrival_airport, carrier, leg.number)


def _enveloped(
    kind: str, version: list[str], body: list[str], sent: datetime, sender: str, reference: str
) -> bytes:
    day, clock = f"{sent:%y%m%d}", f"{sent:%H%M}"
    ascii_only = "".join(body).isascii() and (sender + reference).isascii()
    out = [
        "UNA:+.? '",
        segment(
            "UNB", ["UNOA" if ascii_only else "UNOY", "4"], sender, "PIU", [day, clock], reference, "", kind
        ),
        segment("UNG", kind, sender, "PIU", [day, clock], reference, "UN", version[:2]),
        segment("UNH", "1", [kind, *version], reference),
        *body,
        segment("UNT", str(len(body) + 2), "1"),
        segment("UNE", "1", reference),
        segment("UNZ", "1", reference),
    ]
    return "\r\n".join(out).encode("utf-8")
