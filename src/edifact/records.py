"""What the readers hand over: frozen records, and the problems met while reading.

Nothing here decides what may be kept. Text is as the carrier sent it, freed of
escapes and line wraps; codes are not translated. A value that could not be read is
empty ("" or None) and has a Problem. Where something stood in a file is no part of what it
says: two messages or records that differ only in offset are equal.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields, make_dataclass
from datetime import date, datetime
from typing import Any, TypeVar

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the input that is not as it should be; reading went on.

    offset: byte position in the file. segment: its tag, or "" outside segments.
    """

    offset: int
    segment: str
    message: str


@dataclass(frozen=True, slots=True)
class Flight:
    """One leg. Times are local to the airport: the messages carry no zone.

    number: without leading zeros, with its suffix letter. The operating carrier and
    number are filled only for a code share, class and status (HK confirmed, HL waiting,
    XX cancelled, NS no-show) only in the itinerary of a PNR.
    """

    carrier: str = ""
    number: str = ""
    departure_airport: str = ""
    arrival_airport: str = ""
    departs_at: datetime | None = None
    arrives_at: datetime | None = None
    operating_carrier: str = ""
    operating_number: str = ""
    booking_class: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A travel document. type: the code as sent (P passport, I identity card, V visa, ...)."""

    type: str = ""
    number: str = ""
    issuer: str = ""
    expiry: date | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """Another name of the same passenger, for instance the one on the travel document."""

    surname: str = ""
    given_names: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """kind: as SSR DOCA says it (R residence, D destination); "" where a PAXLST gives one."""

    kind: str = ""
    street: str = ""
    city: str = ""
    region: str = ""
    postcode: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How somebody can be reached. kind: TE telephone, EM e-mail, FX fax, as PAXLST codes it."""

    kind: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Passenger:
    """Somebody on board, as one message describes them.

    kind: "passenger", "crew", "passenger in transit", "crew in transit" or "infant".
    given_names_raw: as sent; given_names: without the titles carriers glue to it.
    birth_text: the date of birth as sent, whether or not it could be read.
    reference: what the message calls this passenger (PAXLST RFF+ABO, PNRGOV TIF key).
    government_reference: given by a state in an earlier answer (RFF+AEA). crew_role: EMP.
    """

    surname: str = ""
    given_names: str = ""
    given_names_raw: str = ""
    other_names: tuple[Name, ...] = ()
    birth_date: date | None = None
    birth_text: str = ""
    sex: str = ""
    nationality: str = ""
    documents: tuple[Document, ...] = ()
    record_locator: str = ""
    reference: str = ""
    kind: str = "passenger"
    embarkation: str = ""
    debarkation: str = ""
    border_crossing: str = ""
    seat: str = ""
    bag_count: int | None = None
    bag_weight_kg: int | None = None
    bag_tags: tuple[str, ...] = ()
    capture_codes: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()
    frequent_flyer: tuple[str, ...] = ()
    birth_place: str = ""
    residence: str = ""
    addresses: tuple[Address, ...] = ()
    contacts: tuple[Contact, ...] = ()
    crew_role: str = ""
    boarding_number: str = ""
    checked_in_at: datetime | None = None
    customer_reference: str = ""
    government_reference: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """A special service request (SSR) that is not read further: code and raw text."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry in the history of a PNR. action: A added, X cancelled. by: the ABI segment.

    segments: what was changed, as it stands in the message.
    """

    by: str = ""
    at: datetime | None = None
    action: str = ""
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One passenger name record (PNR) of a PNRGOV message.

    Raw where the parts are not needed: agency, contacts, payments, remarks, services.
    unassigned_documents: SSR DOCS that fit no passenger of the record. other_segments: fares,
    taxes, equipment and the like, as they stand in the message.
    """

    locator: str = ""
    carrier: str = ""
    offset: int = field(default=0, compare=False)
    other_locators: tuple[str, ...] = ()
    split_locators: tuple[str, ...] = ()
    created_at: datetime | None = None
    passengers: tuple[Passenger, ...] = ()
    itinerary: tuple[Flight, ...] = ()
    agency: str = ""
    contacts: tuple[str, ...] = ()
    payments: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    services: tuple[Service, ...] = ()
    unassigned_documents: tuple[Document, ...] = ()
    history: tuple[Change, ...] = ()
    other_segments: tuple[str, ...] = ()

    @property
    def history_entries(self) -> int:
        return len(self.history)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a CUSRES says of one passenger, or an ACKRES of a message. Never acted on here.

    level: "2" a passenger, "1" all of the message. other_codes: where one answer has several.
    """

    record_locator: str = ""
    reference: str = ""
    code: str = ""
    text: str = ""
    level: str = ""
    government_reference: str = ""
    other_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One message, or one file that holds none.

    type: as the message names itself ("PAXLST", "PNRGOV", "CUSRES", ...), "unknown",
    or "not EDIFACT: ..." with what the file is instead.
    code, function: BGM document code and function (PAXLST: 745 passengers, 250 crew;
    CP change, XR cancel, CL close), for PNRGOV the function of MSG (22 push).
    sequence: part number and C(ontinues) or F(inal), as in "02:F"; "" when alone; those of all
    parts where they were joined. requests: what a GOVREQ asks for.
    listed_in_pdt: people whom a US-EDIFACT list has in PDT segments and not in groups of their own.
    """

    type: str
    version: str = ""
    sender: str = ""
    recipient: str = ""
    sent_at: datetime | None = None
    control_reference: str = ""
    message_reference: str = ""
    access_reference: str = ""
    sequence: str = ""
    code: str = ""
    function: str = ""
    transaction: str = ""
    reporting_party: str = ""
    reporting_contacts: tuple[Contact, ...] = ()
    offset: int = field(default=0, compare=False)
    flights: tuple[Flight, ...] = ()
    passengers: tuple[Passenger, ...] = ()
    listed_in_pdt: tuple[Passenger, ...] = ()
    records: tuple[Record, ...] = ()
    requests: tuple[Record, ...] = ()
    answers: tuple[Answer, ...] = ()
    problems: tuple[Problem, ...] = ()


def open_twin(kind: type[Any]) -> type[Any]:
    """A record of the same fields that can be filled one by one; closed() makes it one of that kind.

    A frozen dataclass sets each field through object.__setattr__; that was a third of the time
    of reading.
    """
    said = [
        (one.name, Any) if one.default is MISSING else (one.name, Any, one.default) for one in fields(kind)
    ]
    return make_dataclass(kind.__name__, said, slots=True)


def closed(record: Any, kind: type[R]) -> R:
    """The open twin as what it stands for; nobody changes it from here."""
    record.__class__ = kind
    made: R = record
    return made


def of_all_fields(kind: type[R]) -> Callable[..., R]:
    """A constructor of that record which takes every field, in order, and is ten times as fast."""
    twin = open_twin(kind)

    def made(*values: Any) -> R:
        record: R = twin(*values)
        record.__class__ = kind
        return record

    return made
