"""PNRGOV-XML (IATA PADIS, guides 13.1 and later) to the same records as PNRGOV.

IATA_PNRGOV_NotifRQ holds Originator, FlightLeg and PNRs; a PNR its BookingRefID, Passenger and
Flight elements. Attributes and elements are found by name, wherever they stand.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import BinaryIO

from edifact import dates, ssr
from edifact.flights import flight_number
from edifact.persons import Draft, owner_of
from edifact.records import Address, Contact, Document, Flight, Message, Problem, Record, Service
from edifact.xml_tree import NOTHING, Node, Rejected, documents
from edifact.xml_tree import Document as Tree

MOST_RECORDS = 2000  # given in one Message; a larger document is given in parts
_MOMENT = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?(\d\d):?(\d\d))?")


def stream(file: BinaryIO, received: date | None) -> Iterator[Message]:
    """The messages of an XML file. A document that is refused is a Message without records."""
    partial = False
    try:
        for tree, ended in documents(file):
            if ended or len(tree.records) >= MOST_RECORDS:
                yield _message(tree, received, partial=partial or not ended)
                partial = not ended
                tree.records, tree.problems = [], []
    except Rejected as refusal:
        yield Message(type="not EDIFACT: XML", problems=(Problem(0, "", f"refused: {refusal}"),))


def _message(tree: Tree, received: date | None, *, partial: bool) -> Message:
    root = next((node for node in tree.root.walk() if node.name.startswith("IATA_PNRGOV")), tree.root)
    originator, leg = root.one("Originator"), root.one("FlightLeg")
    flights = (_flight(leg),) if leg is not NOTHING else ()
    sent_at = _moment(root.get("TimeStamp"))
    sent = sent_at.date() if sent_at else None
    if sent is None and flights and flights[0].departs_at:
        sent = flights[0].departs_at.date()
    problems = list(tree.problems)
    records = tuple(_record(node, flights, sent or received, problems) for node in tree.records)
    said = root.one("PNRs").get("NumberOfPnrs")
    if said.isdigit() and not partial and int(said[:9]) != len(records):
        problems.append(Problem(root.offset, "PNRs", f"NumberOfPnrs says {said}, {len(records)} found"))
    if partial:
        problems.append(Problem(root.offset, root.name, "a very large message: given in parts"))
    return Message(
        type="PNRGOV",
        version=f"XML {root.get('Version')}".strip(),
        sender=originator.get("AirlineCode", "SystemCode"),
        sent_at=sent_at,
        control_reference=root.get("TransactionIdentifier", "EchoToken"),
        access_reference=root.get("CorrelationID"),
        offset=tree.offset,
        flights=flights,
        passengers=tuple(person for record in records for person in record.passengers),
        records=records,
        problems=tuple(sorted(problems, key=lambda problem: problem.offset)),
    )


def _flight(node: Node) -> Flight:
    marketing, operating = node.one("MarketingAirline"), node.one("OperatingAirline")
    carrier = node.get("CarrierCode") or marketing.get("Code", "CompanyShortName") or operating.get("Code")
    number = marketing.get("FlightNumber") or node.get("FlightNumber") or operating.get("FlightNumber")
    carrier, number = flight_number(number, carrier)
    operator = operating.get("Code").upper()
    other = flight_number(operating.get("FlightNumber"), operator)[1]
    shared = (operator, other) if operator and (operator, other) != (carrier, number) else ("", "")
    return Flight(
        carrier=carrier,
        number=number,
        departure_airport=node.one("DepartureAirport").get("LocationCode").upper(),
        arrival_airport=node.one("ArrivalAirport").get("LocationCode").upper(),
        departs_at=_moment(node.get("DepartureDateTime")),
        arrives_at=_moment(node.get("ArrivalDateTime")),
        operating_carrier=shared[0] if shared[0] != carrier else "",
        operating_number=shared[1],
        booking_class=node.get("ResBookDesigCode").upper(),
        status=node.get("Status").upper() if node.name == "Flight" else "",
    )


def _moment(text: str) -> datetime | None:
    match = _MOMENT.match(text)
    try:
        year, month, day, hour, minute = (int(part or 0) for part in match.groups()) if match else [0] * 5
        return datetime(year, month, day, hour, minute)  # noqa: DTZ001  (local times have no zone)
    except ValueError:
        return None


def _record(node: Node, flights: tuple[Flight, ...], sent: date | None, problems: list[Problem]) -> Record:
    booked = node.all("BookingRefID")
    locators = [one.get("ID").upper() for one in booked] or [""]
    people = [_draft(one, sent, problems) for one in node.all("Passenger")]
    if not locators[0]:
        problems.append(Problem(node.offset, node.name, "a record without a locator"))
    legs = node.all("Flight")
    for leg in legs:
        _seats(leg, flights, people)
    unfit: list[Node] = []
    for holder in (node, *legs):  # documents that stand beside no passenger
        for one in holder.children:
            if one.name in ("SSR", "DOC_SSR") and not _give(one, people, sent):
                problems.append(Problem(one.offset, one.name, "DOCS fits no passenger of the record"))
                unfit.append(one)
    requests = (one for one in node.walk() if one.name == "SSR")
    return Record(
        locator=locators[0],
        carrier=booked[0].one("CompanyName").get("Code").upper() if booked else "",
        offset=node.offset,
        other_locators=tuple(locator for locator in locators[1:] if locator),
        created_at=_moment(node.get("PNR_CreationDate")),
        passengers=tuple(draft.passenger(locators[0]) for draft in people),
        itinerary=tuple(_flight(leg) for leg in legs),
        agency=node.one("POS").line(),
        contacts=tuple(filter(None, (one.line() for one in node.all("ContactInfo")))),
        payments=tuple(one.line() for one in node.walk() if one.name in ("PaymentInfo", "FOP")),
        remarks=tuple(
            one.line() for one in node.children if one.name in ("OSI", "OtherServiceInfo", "GeneralRemark")
        ),
        services=tuple(
            Service(one.get("SSR_Code").upper(), _text(one))
            for one in requests
            if one.get("SSR_Code").upper() != "DOCS" or one in unfit
        ),
    )


def _draft(node: Node, sent: date | None, problems: list[Problem]) -> Draft:
    given = " ".join(filter(None, (one.text for one in node.all("GivenName"))))
    kind = node.one("FareInfo").get("PTC_Code") or node.get("PassengerType", "PTC_Code")
    infant = kind.upper() in ("IN", "INF")
    draft = Draft(node.one("Surname").text, given, node.get("RPH"), "infant" if infant else "passenger")
    if not draft.told.surname:
        problems.append(Problem(node.offset, node.name, "a passenger without a surname"))
    for one in node.walk():
        match one.name:
            case "DOCS":
                draft.learn(_docs(one, "", sent, problems))
            case "DOCO":
                _doco(draft, one)
            case "DOCA":
                address = Address(
                    one.get("AddressType"), one.get("Address"), one.get("CityName"),
                    one.get("StateProvCounty", "StateProv"), one.get("PostalCode"), one.get("Country"),
                )  # fmt: skip
                draft.add("addresses", address if address != Address() else None)
            case "CustLoyalty":
                draft.add("frequent_flyer", f"{one.get('ProgramID')} {one.get('MembershipID')}".strip())
            case "TicketDocument":
                draft.add("tickets", one.get("TicketDocumentNbr"))
            case "SSR" | "DOC_SSR" if one.get("SSR_Code").upper() == "DOCS" and _text(one):
                draft.learn(ssr.docs_of(_text(one), (), sent))
            case "ContactInfo":
                draft.add("contacts", _contact("TE", one.get("PhoneNumber")))
                draft.add("contacts", _contact("EM", one.get("EmailAddress")))
    return draft


def _contact(kind: str, value: str) -> Contact | None:
    return Contact(kind, value) if value else None


def _text(node: Node) -> str:
    return next((child.text for child in node.children if child.name.lower() == "text"), "")


def _docs(node: Node, key: str, sent: date | None, problems: list[Problem]) -> ssr.Docs:
    """The attributes in the order of the text of an SSR DOCS, which is then read as any other."""
    names = (
        "TravelDocType", "IssuingLoc", "TravelDocNbr", "PaxNationality", "DateOfBirth", "Gender",
        "ExpiryDate", "Surname", "FirstGivenName", "SecondGivenName",
    )  # fmt: skip
    values = [node.get(name).replace("/", " ") for name in names]
    for day in (4, 6):
        values[day] = values[day][:10].replace("-", "") if values[day][:4].isdigit() else values[day]
    docs = ssr.docs_of("/".join(["", *values]), (key,) if key else (), sent)
    if docs.unreadable:
        problems.append(Problem(node.offset, node.name, "unreadable date in DOCS"))
    return docs


def _give(node: Node, people: list[Draft], sent: date | None) -> bool:
    """A document of a record or a leg, to the passenger whose name or key it has; whether there is one."""
    key, text = node.get("RPH"), _text(node)
    found = [_docs(one, key, sent, []) for one in node.all("DOCS")]
    if node.get("SSR_Code").upper() == "DOCS" and text:
        found.append(ssr.docs_of(text, (key,) if key else (), sent))
    for docs in found:
        owner = owner_of(people, docs, None)
        if owner is None:
            return False
        owner.learn(docs)
    return True


def _doco(draft: Draft, node: Node) -> None:
    if node.get("BirthLocation"):
        draft.told.birth_place = draft.told.birth_place or node.get("BirthLocation")
    if node.get("TravelDocNbr"):
        visa = Document(
            node.get("TravelDocType").upper(), node.get("TravelDocNbr"), node.get("PlaceOfIssue").upper()
        )
        try:
            expiry = dates.expiry_date(node.get("ExpiryDate"), None) if node.get("ExpiryDate") else None
        except ValueError:
            expiry = None
        draft.learn_document(replace(visa, expiry=expiry))


def _seats(leg: Node, flights: tuple[Flight, ...], people: list[Draft]) -> None:
    """Seats on the flight that the message is about."""
    airports = tuple(
        leg.one(name).get("LocationCode").upper() for name in ("DepartureAirport", "ArrivalAirport")
    )
    if not flights or airports != (flights[0].departure_airport, flights[0].arrival_airport):
        return
    for node in leg.walk():
        seat, key = node.get("SeatNumber", "Seat", "SeatNbr"), node.get("RPH")
        for draft in people:
            if seat and key and draft.told.reference == key:
                draft.take_seat(seat)
