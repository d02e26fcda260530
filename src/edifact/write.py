"""A writer for every message that is read: reading what it wrote gives equal objects.

The tables of the readers are its templates. Where a format has no place for a field, or
cannot say a value unambiguously, the writer leaves it out: `paxlst_fields` says which parts of
a Passenger a PAXLST carries.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime

from edifact import cusres, paxlst_tables, requests
from edifact.records import Address, Answer, Contact, Document, Flight, Message, Passenger, Record
from edifact.separators import USUAL, Separators
from edifact.table import segment_text
from edifact.write_pnr import birth_text, leg, record
from edifact.write_xml import write_xml

CODES = {kind: code for code, kind in paxlst_tables.KINDS.items()} | {"infant": "FL"}
# Only these of Passenger have no place in a PAXLST.
_ABSENT = {
    "other_names", "given_names", "birth_text", "frequent_flyer", "boarding_number", "checked_in_at",
}  # fmt: skip
# Those that a row of the table names as they are.
SAME = (
    "surname", "sex", "border_crossing", "residence", "embarkation", "debarkation", "birth_place",
    "crew_role", "nationality", "record_locator", "reference", "government_reference",
    "customer_reference", "seat",
)  # fmt: skip
paxlst_fields = frozenset(field.name for field in fields(Passenger)) - _ABSENT


def write(message: Message, marks: Separators = USUAL) -> bytes:
    """The message as an interchange, with other separators if wanted.

    Bytes are ASCII where they can be, else UTF-8 (syntax identifier UNOY). ValueError for a
    type that is not written.
    """
    if message.type == "PNRGOV" and message.version.startswith("XML"):
        return write_xml(message)
    if message.type not in WRITERS:
        raise ValueError(f"no writer for messages of type {message.type!r}")
    return _enveloped(message, WRITERS[message.type](message, marks), marks)


def write_paxlst(
    flight: Flight, passengers: Iterable[Passenger], sent: datetime, sender: str, reference: str
) -> bytes:
    """A PAXLST D.05B of one flight: passengers, or crew when all are crew."""
    people = tuple(passengers)
    crew = bool(people) and all(person.kind.startswith("crew") for person in people)
    return write(
        Message(
            "PAXLST", "D:05B:UN:IATA", sender, "PIU", sent, reference, "1", reference,
            code="250" if crew else "745", flights=(flight,), passengers=people,
        )
    )  # fmt: skip


def write_pnrgov(
    flight: Flight, records: Iterable[Record], sent: datetime, sender: str, reference: str
) -> bytes:
    """A PNRGOV 13.1 push of one flight; a record without itinerary is of that flight."""
    pnrs = tuple(records)
    return write(
        Message(
            "PNRGOV", "13:1:IA", sender, "PIU", sent, reference, "1", reference,
            function="22", flights=(flight,), records=pnrs,
        )
    )  # fmt: skip


def _enveloped(message: Message, body: list[str], marks: Separators) -> bytes:
    sent = message.sent_at
    year = "%y" if sent is not None and 2000 <= sent.year < 2100 else "%Y"
    moment = [f"{sent:{year}%m%d}", f"{sent:%H%M}"] if sent else []
    sender, recipient, kind = message.sender, message.recipient, message.type
    whole = "".join(body) + sender + recipient + message.control_reference + message.access_reference
    syntax = ["UNOA" if whole.isascii() else "UNOY", "4"]
    unh = [[message.message_reference], [kind, *message.version.split(":")]]
    if message.access_reference or message.sequence:
        unh += [[message.access_reference], message.sequence.split(":")]
    control = message.control_reference

    def segment(tag: str, *elements: Sequence[str]) -> str:
        return segment_text(tag, elements, marks)

    heads = [segment("UNB", syntax, [sender], [recipient], moment, [control], [""], [kind])]
    ends = [segment("UNZ", ["1"], [control])]
    if kind in ("PAXLST", "CUSRES"):
        version = message.version.split(":")
        heads.append(segment("UNG", [kind], [sender], [recipient], moment, [control], ["UN"], version[:2]))
        ends.insert(0, segment("UNE", ["1"], [control]))
    out = [
        f"UNA{marks.component}{marks.element}.{marks.release}{marks.repetition or ' '}{marks.terminator}",
        *heads,
        segment("UNH", *unh),
        *body,
        segment("UNT", [str(len(body) + 2)], [message.message_reference]),
        *ends,
    ]
    return "\r\n".join(out).encode("utf-8")


# --- PAXLST -----------------------------------------------------------------------------------


def _paxlst(message: Message, marks: Separators) -> list[str]:
    people, sent = message.passengers, message.sent_at.date() if message.sent_at else None
    head: dict[str, str | Sequence[Mapping[str, str]]] = {
        "code": message.code,
        "function": message.function,
        "transaction": message.transaction,
        "reporting_party": message.reporting_party,
        "COM": _contacts(message.reporting_contacts),
    }
    out = paxlst_tables.HEAD.write(head, marks)
    for flight in message.flights:
        out += _flight(flight, marks)
    for person in people:
        out += _person(person, sent, marks)
    out += [_in_pdt(person, sent, marks) for person in message.listed_in_pdt]
    crew = sum(person.kind.startswith("crew") for person in people)
    counts = {"passengers": str(len(people) - crew) if len(people) > crew or not crew else ""}
    return out + paxlst_tables.END.write(counts | {"crew": str(crew) if crew else ""}, marks)


def _flight(flight: Flight, marks: Separators) -> list[str]:
    tdt, origin, departure, destination, arrival = paxlst_tables.FLIGHT
    out = [
        tdt.write({"flight": flight.carrier + flight.number, "carrier": flight.carrier}, marks, always=True)
    ]
    for place, time, airport, at in (
        (origin, departure, flight.departure_airport, flight.departs_at),
        (destination, arrival, flight.arrival_airport, flight.arrives_at),
    ):
        if airport or at:
            values = {place.names[0][0]: airport} | _moment(time.names[0][0], time.names[1][0], at)
            out += [place.write(values, marks, always=True), time.write(values, marks)]
    return [text for text in out if text]


def _moment(name: str, form: str, at: datetime | None) -> dict[str, str]:
    if at is None:
        return {}
    if 2000 <= at.year < 2100:
        return {name: f"{at:%y%m%d%H%M}", form: "201"}
    return {name: f"{at.year:04d}{at:%m%d%H%M}", form: "203"}


def _contacts(contacts: Iterable[Contact]) -> list[dict[str, str]]:
    return [{"contact": contact.value, "contact_kind": contact.kind} for contact in contacts]


def _person(person: Passenger, sent: date | None, marks: Separators) -> list[str]:
    address = person.addresses[0] if person.addresses else Address()
    values: dict[str, str | Sequence[Mapping[str, str]]] = {
        **{name: getattr(person, name) for name in SAME},
        **{name: getattr(address, name) for name in ("street", "city", "region", "postcode", "country")},
        "kind": CODES[person.kind],
        "given_names_raw": person.given_names_raw or person.given_names,
        "birth_date": birth_text(person, sent) or _day(person.birth_date),
        "bag_count": "" if person.bag_count is None else str(person.bag_count),
        "bag_weight_kg": "" if person.bag_weight_kg is None else str(person.bag_weight_kg),
        "GEI": [
            dict(zip(("capture_list", "capture_code"), code.split(":", 1), strict=False))
            for code in person.capture_codes
        ],
        "FTX BAG": [{"bag_tag": tag} for tag in person.bag_tags],
        "COM": _contacts(person.contacts),
        "RFF YZY": [{"ticket": ticket} for ticket in person.tickets],
    }
    out = paxlst_tables.PERSON.write(values, marks)
    for document in person.documents:
        out += _document(document, marks)
    return out


def _in_pdt(person: Passenger, sent: date | None, marks: Separators) -> str:
    (row,) = paxlst_tables.AMERICAN
    document = person.documents[0] if person.documents else Document()
    values = {
        "document": f"{document.type}/{document.number}" if document.type else document.number,
        "expiry": _day(document.expiry),
        "issuer": document.issuer,
        "surname": person.surname,
        "given": person.given_names_raw or person.given_names,
        "birth_date": birth_text(person, sent) or _day(person.birth_date),
        "sex": person.sex,
        "kind": "CRW" if person.kind.startswith("crew") else "PAX",
        "from": person.embarkation,
        "to": person.debarkation,
    }
    return row.write(values, marks, always=True)


def _document(document: Document, marks: Separators) -> list[str]:
    doc, *others = paxlst_tables.DOCUMENT
    values = {"type": document.type, "number": document.number, "issuer": document.issuer}
    values["expiry"] = _day(document.expiry)
    rest = (row.write(values, marks) for row in others)
    return [doc.write(values, marks, always=True), *(text for text in rest if text)]


def _day(on: date | None) -> str:
    return f"{on.year:04d}{on:%m%d}" if on else ""


# --- the others -------------------------------------------------------------------------------


def _cusres(message: Message, marks: Separators) -> list[str]:
    head: dict[str, str] = {"code": message.code, "function": message.function}
    head["transaction"] = message.transaction
    for flight in message.flights[:1]:
        head |= {"flight": flight.carrier + flight.number}
        head |= {"departure_airport": flight.departure_airport, "arrival_airport": flight.arrival_airport}
        head |= _moment("departs_at", "departs_form", flight.departs_at)
        head |= _moment("arrives_at", "arrives_form", flight.arrives_at)
    out = cusres.HEAD.write(head, marks)
    for answer in message.answers:
        opens, *rows = cusres.ANSWER
        out.append(opens.write(_answer(answer), marks, always=True))
        for row in rows:
            codes = [answer.code, *answer.other_codes] if row.tag == "ERC" else [answer.code]
            out += [row.write(_answer(answer) | {"code": code}, marks) for code in codes]
    return [text for text in out if text]


def _answer(answer: Answer) -> dict[str, str]:
    return {
        field.name: getattr(answer, field.name) for field in fields(Answer) if field.name != "other_codes"
    }


def _pnrgov(message: Message, marks: Separators) -> list[str]:
    push = message.flights[0] if message.flights else Flight()
    sent = message.sent_at.date() if message.sent_at else None
    out = [
        segment_text("MSG", [["", message.function]], marks),
        segment_text("ORG", [[message.sender]], marks),
        *(leg(flight, marks) for flight in message.flights),
        segment_text("EQN", [[str(len(message.records))]], marks),
    ]
    for pnr in message.records:
        out += record(pnr, push, sent, marks)
    return out


def _govreq(message: Message, marks: Separators) -> list[str]:
    function, agency, locator, name = requests.REQUEST
    out = [
        function.write({"function": message.function}, marks),
        agency.write({"agency": message.sender}, marks),
    ]
    out += [leg(flight, marks) for flight in message.flights]
    for asked in message.requests:
        out.append(locator.write({"carrier": asked.carrier, "locator": asked.locator}, marks, always=True))
        out += [
            name.write({"surname": p.surname, "given_names_raw": p.given_names_raw}, marks)
            for p in asked.passengers
        ]
    return [text for text in out if text]


def _ackres(message: Message, marks: Separators) -> list[str]:
    function, agency, *rows = requests.ANSWER
    out = [
        function.write({"function": message.function}, marks),
        agency.write({"agency": message.sender}, marks),
    ]
    out += [leg(flight, marks) for flight in message.flights]
    for answer in message.answers:
        code, *others = rows
        out.append(code.write(_answer(answer), marks, always=True))
        out += [row.write(_answer(answer), marks) for row in others]
    return [text for text in out if text]


WRITERS: dict[str, Callable[[Message, Separators], list[str]]] = {
    "PAXLST": _paxlst, "CUSRES": _cusres, "PNRGOV": _pnrgov, "GOVREQ": _govreq, "ACKRES": _ackres,
}  # fmt: skip
