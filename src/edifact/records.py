"""What the readers hand over: frozen records, and the problems met while reading.

Nothing here decides what may be kept. Text is as the carrier sent it, freed of
escapes and line wraps; codes are not translated. A value that could not be read is
empty ("" or None) and has a Problem.
"""

from dataclasses import dataclass
from datetime import date, datetime


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
    number are filled only for a code share.
    """

    carrier: str = ""
    number: str = ""
    departure_airport: str = ""
    arrival_airport: str = ""
    departs_at: datetime | None = None
    arrives_at: datetime | None = None
    operating_carrier: str = ""
    operating_number: str = ""


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
class Passenger:
    """Somebody on board, as one message describes them.

    kind: "passenger", "crew", "passenger in transit", "crew in transit" or "infant".
    given_names_raw: as sent; given_names: without the titles carriers glue to it.
    birth_text: the date of birth as sent, whether or not it could be read.
    reference: what the message calls this passenger (PAXLST RFF+ABO, PNRGOV TIF key).
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


@dataclass(frozen=True, slots=True)
class Service:
    """A special service request (SSR) that is not read further: code and raw text."""

    code: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One passenger name record (PNR) of a PNRGOV message.

    Raw where the parts are not needed: agency, contacts, payments, remarks, services.
    unassigned_documents: SSR DOCS that fit no passenger of the record.
    """

    locator: str = ""
    carrier: str = ""
    offset: int = 0
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
    history_entries: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What a CUSRES says of one passenger. Recognised, and never acted on here."""

    record_locator: str = ""
    reference: str = ""
    code: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One message, or one file that holds none.

    type: as the message names itself ("PAXLST", "PNRGOV", "CUSRES", ...), "unknown",
    or "not EDIFACT: ..." with what the file is instead.
    code, function: BGM document code and function (PAXLST: 745 passengers, 250 crew;
    CP change, XR cancel, CL close), for PNRGOV the function of MSG (22 push).
    sequence: part number and C(ontinues) or F(inal), as in "02:F"; "" when alone.
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
    offset: int = 0
    flights: tuple[Flight, ...] = ()
    passengers: tuple[Passenger, ...] = ()
    records: tuple[Record, ...] = ()
    answers: tuple[Answer, ...] = ()
    problems: tuple[Problem, ...] = ()
