"""The records of a PNRGOV, written group by group in the order of the specification."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import zip_longest

from edifact import dates
from edifact.dates import MONTH_NAMES
from edifact.records import Address, Change, Contact, Document, Flight, Name, Passenger, Record
from edifact.segments import cut
from edifact.separators import USUAL, Separators
from edifact.table import segment_text


def record(pnr: Record, push: Flight, sent: date | None, marks: Separators) -> list[str]:
    """One PNR. push: the flight of the message, to which seats and bags belong.

    sent: the day of the message, by which a two-digit year is read.
    """
    return [
        *_record(pnr, push, marks),
        *(line for person in pnr.passengers for line in _person(person, push.carrier, sent, marks)),
        *_legs(pnr, push, marks),
        *_splits(pnr, marks),
        *(_raw(text, marks) for text in pnr.other_segments),
        *_history(pnr.history, marks),
    ]


def leg(flight: Flight, marks: Separators) -> str:
    """TVL: when, from where to where, by whom, as which number and class."""
    times = [*_moment(flight.departs_at), *_moment(flight.arrives_at)]
    operator = flight.operating_carrier
    number = [flight.number, flight.booking_class]
    places = [[flight.departure_airport], [flight.arrival_airport]]
    return segment_text("TVL", [times, *places, [flight.carrier, operator], number], marks)


def _moment(at: datetime | None) -> list[str]:
    return [f"{at:%d%m%y}", f"{at:%H%M}"] if at else ["", ""]


def _record(pnr: Record, push: Flight, marks: Separators) -> list[str]:  # GR.1
    locators = [[pnr.carrier or push.carrier, pnr.locator, "", *_moment(pnr.created_at)]]
    locators += [["", locator] for locator in pnr.other_locators]
    out = [segment_text("SRC", [], marks), segment_text("RCI", locators, marks)]
    out += [segment_text("ORG", [[pnr.agency]], marks)] if pnr.agency else []
    for service in pnr.services:
        out.append(_request(service.code, push.carrier, service.text, marks))
    for text in pnr.contacts:
        # Contacts stand in free text or in an address; the free text begins with CTC.
        free = text.lstrip().upper().startswith("CTC")
        out.append(
            segment_text("IFT", [["4", "28"], [text]], marks)
            if free
            else segment_text("ADD", [[text]], marks)
        )
    out += [segment_text("FOP", [[text]], marks) for text in pnr.payments]
    out += [segment_text("IFT", [["4", "28"], [text]], marks) for text in pnr.remarks]
    nobody = Passenger(surname="")
    return out + [
        _docs(nobody, document, Name(), push.carrier, None, marks) for document in pnr.unassigned_documents
    ]


def _person(person: Passenger, carrier: str, sent: date | None, marks: Separators) -> list[str]:  # GR.2
    kind = "IN" if person.kind == "infant" else "A"
    raw = person.given_names_raw or person.given_names
    out = [segment_text("TIF", [[person.surname], [raw, kind, person.reference]], marks)]
    out += [segment_text("FTI", [[number]], marks) for number in person.frequent_flyer]
    own = Name(person.surname, person.given_names)
    told = person.birth_date or person.birth_text or person.sex or person.nationality
    documents: Sequence[Document | None] = person.documents or ((Document(),) if told else ())
    for document, name in zip_longest(documents, person.other_names):
        out.append(_docs(person, document or Document(), name or own, carrier, sent, marks))
    if person.birth_place:
        out.append(_request("DOCO", carrier, person.birth_place, marks, person.reference))
    out += [_request("DOCA", carrier, _address(a), marks, person.reference) for a in person.addresses]
    out += [_contact(contact, carrier, person.reference, marks) for contact in person.contacts]
    return out + [segment_text("TKT", [[ticket, "T", "1"]], marks) for ticket in person.tickets]


def _request(code: str, carrier: str, text: str, marks: Separators, key: str = "") -> str:
    """SSR: what is asked for, and for whom."""
    elements = [[code, "HK", "1", carrier, "", "", "", "", text]]
    return segment_text("SSR", elements + ([["", "", key]] if key else []), marks)


def _docs(
    person: Passenger, document: Document, name: Name, carrier: str, sent: date | None, marks: Separators
) -> str:
    sex = person.sex + ("I" if person.kind == "infant" and person.sex else "")
    return _request("DOCS", carrier, _slashed(
        document.type, document.issuer, document.number, person.nationality,
        birth_text(person, sent) or spelled(person.birth_date), sex, spelled(document.expiry),
        name.surname, name.given_names,
    ), marks, person.reference)  # fmt: skip


def _slashed(*parts: str) -> str:
    # A slash inside a value would shift all that follows: the format has no escape for it.
    return "/".join(["", *(part.replace("/", " ") for part in parts)])


def birth_text(person: Passenger, sent: date | None) -> str:
    """As the sender wrote the date, where that still means it; "" where it has to be written anew."""
    try:
        meant = dates.birth_date(person.birth_text, sent)
    except ValueError:
        return "" if person.birth_date else person.birth_text
    return person.birth_text if meant == person.birth_date else ""


def spelled(on: date | None) -> str:
    """13AUG1954: four digits, so that nobody needs to guess the century."""
    return f"{on.day:02d}{MONTH_NAMES[on.month - 1]}{on.year:04d}" if on else ""


def _address(one: Address) -> str:
    return _slashed(one.kind, one.country, one.street, one.city, one.region, one.postcode)


def _contact(contact: Contact, carrier: str, key: str, marks: Separators) -> str:
    if contact.kind != "EM":
        return _request("CTCM", carrier, contact.value.replace("/", " "), marks, key)
    text = contact.value.replace("-", "./").replace("_", "..").replace("@", "//")
    return _request("CTCE", carrier, text, marks, key)


def _legs(pnr: Record, push: Flight, marks: Separators) -> list[str]:  # GR.5 to GR.7
    out: list[str] = []
    check_ins = [line for person in pnr.passengers for line in _check_in(person, marks)]
    for flight in pnr.itinerary or ((push,) if check_ins else ()):
        out.append(leg(flight, marks))
        if flight.operating_number:
            out.append(segment_text("TRA", [[flight.operating_carrier], [flight.operating_number]], marks))
        if flight.status:
            out.append(segment_text("RPI", [["1"], [flight.status]], marks))
        if (flight.departure_airport, flight.arrival_airport) == (
            push.departure_airport,
            push.arrival_airport,
        ):
            out += check_ins
    return out


def _check_in(person: Passenger, marks: Separators) -> Iterable[str]:
    weight = ["", ""] if person.bag_weight_kg is None else [str(person.bag_weight_kg), "700"]
    count = "" if person.bag_count is None else str(person.bag_count)
    if not (
        person.seat or count or weight[0] or person.bag_tags or person.boarding_number or person.checked_in_at
    ):
        return
    yield segment_text("DAT", [["2", *_moment(person.checked_in_at)]] if person.checked_in_at else [], marks)
    yield segment_text("TRI", [[""], [person.boarding_number, "", "", person.reference]], marks)
    raw = person.given_names_raw or person.given_names
    yield segment_text("TIF", [[person.surname], [raw, "A", person.reference]], marks)
    if person.seat:
        yield segment_text("SSD", [[person.seat]], marks)
    if count or weight[0] or person.bag_tags:
        tags = [[tag[:-6], tag[-6:]] for tag in person.bag_tags]
        yield segment_text("TBD", [[""], [count, *weight], *tags], marks)


def _splits(pnr: Record, marks: Separators) -> list[str]:  # GR.8
    if not pnr.split_locators:
        return []
    locators = [[pnr.carrier, locator] for locator in pnr.split_locators]
    return [segment_text("EQN", [[str(len(locators))]], marks), segment_text("RCI", locators, marks)]


def _history(changes: Iterable[Change], marks: Separators) -> list[str]:  # GR.10 to GR.12
    out: list[str] = []
    before = Change()
    for change in changes:
        if (change.by, change.at) != (before.by, before.at) or not before.action:
            out += [_raw(change.by, marks)] if change.by else []
            out += [segment_text("DAT", [["ZT", *_moment(change.at)]], marks)] if change.at else []
        out += [segment_text("SAC", [[""], [""], [change.action]], marks)] if change.action else []
        out += [_raw(text, marks) for text in change.segments]
        before = change
    return out


def _raw(text: str, marks: Separators) -> str:
    """A segment that was kept as it stood, which is in the usual separators."""
    if marks == USUAL:
        return text + marks.terminator
    return segment_text(text[:3], cut(text, USUAL), marks)
