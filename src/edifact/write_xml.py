"""PNRGOV-XML, as pnrgov_xml reads it. Characters that XML cannot hold are left out."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from xml.sax.saxutils import escape, quoteattr

from edifact.records import Document, Flight, Message, Name, Passenger, Record
from edifact.write_pnr import spelled

_NEVER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NAMESPACE = "http://www.iata.org/IATA/2007/00"


def write_xml(message: Message) -> bytes:
    sent = f"{message.sent_at:%Y-%m-%dT%H:%M:00}" if message.sent_at else ""
    version = message.version.removeprefix("XML").strip()
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _open("IATA_PNRGOV_NotifRQ", xmlns=NAMESPACE, Version=version, TimeStamp=sent,
              TransactionIdentifier=message.control_reference, CorrelationID=message.access_reference),
        _empty("Originator", AirlineCode=message.sender),
        *(line for flight in message.flights[:1] for line in _leg("FlightLeg", flight)),
        _open("PNRs", NumberOfPnrs=str(len(message.records))),
        *(line for record in message.records for line in _record(record, message.flights[:1])),
        "</PNRs>",
        "</IATA_PNRGOV_NotifRQ>",
    ]  # fmt: skip
    return "\n".join(lines).encode("utf-8")


def _open(name: str, **attributes: str) -> str:
    told = "".join(f" {key}={quoteattr(_NEVER.sub('', value))}" for key, value in attributes.items() if value)
    return f"<{name}{told}>"


def _empty(name: str, **attributes: str) -> str:
    return _open(name, **attributes)[:-1] + "/>"


def _text(name: str, text: str) -> str:
    return f"<{name}>{escape(_NEVER.sub('', text))}</{name}>"


def _leg(name: str, flight: Flight, *seats: str) -> Iterator[str]:
    departs = f"{flight.departs_at:%Y-%m-%dT%H:%M:00}" if flight.departs_at else ""
    arrives = f"{flight.arrives_at:%Y-%m-%dT%H:%M:00}" if flight.arrives_at else ""
    leg = name == "FlightLeg"
    yield _open(name, CarrierCode=flight.carrier if leg else "", FlightNumber=flight.number,
                DepartureDateTime=departs, ArrivalDateTime=arrives,
                ResBookDesigCode=flight.booking_class, Status="" if leg else flight.status)  # fmt: skip
    yield _empty("DepartureAirport", LocationCode=flight.departure_airport)
    yield _empty("ArrivalAirport", LocationCode=flight.arrival_airport)
    if flight.operating_carrier or flight.operating_number:
        code = flight.operating_carrier or flight.carrier
        yield _empty("OperatingAirline", Code=code, FlightNumber=flight.operating_number)
    if not leg:
        yield _empty("MarketingAirline", Code=flight.carrier)
    yield from seats
    yield f"</{name}>"


def _record(record: Record, push: tuple[Flight, ...]) -> Iterator[str]:
    created = f"{record.created_at:%Y-%m-%dT%H:%M:00}" if record.created_at else ""
    yield _open("PNR", PNR_CreationDate=created)
    yield (
        _open("BookingRefID", ID=record.locator)
        + _empty("CompanyName", Code=record.carrier)
        + "</BookingRefID>"
    )
    yield from (_empty("BookingRefID", ID=locator) for locator in record.other_locators)
    if record.agency:
        yield "<POS>" + _empty("Source", AgentSine=record.agency) + "</POS>"
    yield from (_text("ContactInfo", contact) for contact in record.contacts)
    yield from (_text("PaymentInfo", payment) for payment in record.payments)
    yield from (_text("OSI", remark) for remark in record.remarks)
    for service in record.services:
        yield _open("SSR", SSR_Code=service.code) + _text("Text", service.text) + "</SSR>"
    for person in record.passengers:
        yield from _passenger(person)
    for flight in record.itinerary:
        seats = [
            _empty("Seat", RPH=person.reference, SeatNumber=person.seat)
            for person in record.passengers
            if person.seat and push and _places(flight) == _places(push[0])
        ]
        yield from _leg("Flight", flight, *seats)
    yield "</PNR>"


def _places(flight: Flight) -> tuple[str, str]:
    return flight.departure_airport, flight.arrival_airport


def _passenger(person: Passenger) -> Iterator[str]:
    yield _open("Passenger", RPH=person.reference)
    yield _text("GivenName", person.given_names_raw or person.given_names) + _text("Surname", person.surname)
    for number in person.frequent_flyer:
        yield _empty("CustLoyalty", MembershipID=number)
    if person.kind == "infant":
        yield _empty("FareInfo", PTC_Code="IN")
    yield from (_empty("TicketDocument", TicketDocumentNbr=ticket) for ticket in person.tickets)
    own = Name(person.surname, person.given_names)
    told = person.birth_date or person.sex or person.nationality
    documents = person.documents or ((Document(),) if told else ())
    for document, name in zip_longest(documents, person.other_names):
        yield _docs(person, document or Document(), name or own)
    if person.birth_place:
        yield "<DOC_SSR>" + _empty("DOCO", BirthLocation=person.birth_place) + "</DOC_SSR>"
    for one in person.addresses:
        yield "<DOC_SSR>" + _empty(
            "DOCA", AddressType=one.kind, Address=one.street, CityName=one.city,
            StateProvCounty=one.region, PostalCode=one.postcode, Country=one.country,
        ) + "</DOC_SSR>"  # fmt: skip
    for contact in person.contacts:
        email = contact.kind == "EM"
        yield _empty("ContactInfo", **{"EmailAddress" if email else "PhoneNumber": contact.value})
    yield "</Passenger>"


def _docs(person: Passenger, document: Document, name: Name) -> str:
    born = person.birth_text or spelled(person.birth_date)
    return '<DOC_SSR SSR_Code="DOCS">' + _empty(
        "DOCS", TravelDocType=document.type, IssuingLoc=document.issuer, TravelDocNbr=document.number,
        PaxNationality=person.nationality, DateOfBirth=born,
        Gender=person.sex + ("I" if person.kind == "infant" and person.sex else ""),
        ExpiryDate=spelled(document.expiry), Surname=name.surname, FirstGivenName=name.given_names,
    ) + "</DOC_SSR>"  # fmt: skip
