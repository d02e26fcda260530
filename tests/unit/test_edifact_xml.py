"""PNRGOV-XML: the same records as PNRGOV; nothing of a document is fetched, expanded or trusted."""

import time
from datetime import date, datetime

import pytest

from edifact import Address, Contact, Document, Message, read

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<IATA_PNRGOV_NotifRQ xmlns="http://www.iata.org/IATA/2007/00" Version="2.000" '
    'TimeStamp="2026-03-01T08:00:00" CorrelationID="C1" TransactionIdentifier="T9">'
    '<Originator AirlineCode="XX" SystemCode="XXRES"/>'
    '<FlightLeg CarrierCode="XX" FlightNumber="0123" DepartureDateTime="2026-03-01T09:15:00" '
    'ArrivalDateTime="2026-03-01T14:40:00"><DepartureAirport LocationCode="AMS"/>'
    '<ArrivalAirport LocationCode="IST"/></FlightLeg><PNRs NumberOfPnrs="2">'
)
FIRST = (
    '<PNR NumberOfPassengers="2" PNR_CreationDate="2026-02-01T11:20:00">'
    '<BookingRefID ID="ABC123"><CompanyName Code="XX"/></BookingRefID><BookingRefID ID="ZZZ999"/>'
    '<POS><Source AgentSine="12" PseudoCityCode="AMS"/></POS>'
    '<Passenger RPH="1" SurnameRefNumber="1"><GivenName>TESTJEMRS</GivenName><Surname>VOORBEELD</Surname>'
    '<CustLoyalty ProgramID="XX" MembershipID="1234"/><TicketDocument TicketDocumentNbr="0741234567890"/>'
    '<DOC_SSR SSR_Code="DOCS"><DOCS DateOfBirth="1980-02-03" ExpiryDate="01JAN31" FirstGivenName="TESTJE" '
    'SecondGivenName="MARIA" Surname="VOORBEELD" Gender="F" IssuingLoc="UTO" PaxNationality="UTO" '
    'TravelDocNbr="SPECI2014" TravelDocType="P"/></DOC_SSR>'
    '<DOC_SSR SSR_Code="DOCA"><DOCA AddressType="R" Address="DORPSTRAAT 1" CityName="DORP" '
    'PostalCode="1234AB" Country="NLD"/></DOC_SSR><ContactInfo EmailAddress="testje@voorbeeld.example"/>'
    '</Passenger><Passenger RPH="2"><Surname>VOORBEELD</Surname><GivenName>KLEIN</GivenName>'
    '<FareInfo PTC_Code="IN"/></Passenger>'
    '<Flight DepartureDateTime="2026-03-01T09:15:00" ArrivalDateTime="2026-03-01T14:40:00" Status="HK" '
    'ResBookDesigCode="Y" FlightNumber="123"><DepartureAirport LocationCode="AMS"/>'
    '<ArrivalAirport LocationCode="IST"/><OperatingAirline Code="YY" FlightNumber="977"/>'
    '<MarketingAirline Code="XX"/><Seat RPH="1" SeatNumber="12A"/></Flight></PNR>'
)
SECOND = (
    '<PNR><BookingRefID ID="DEF456"/><Passenger RPH="1"><GivenName>PIETMR</GivenName>'
    "<Surname>MODEL</Surname></Passenger></PNR>"
)
TAIL = "</PNRs></IATA_PNRGOV_NotifRQ>"
WHOLE = HEAD + FIRST + SECOND + TAIL


def only(text: str | bytes) -> Message:
    (message,) = read(text if isinstance(text, bytes) else text.encode())
    return message


def people(message: Message) -> list[tuple[str, str]]:
    return [(person.surname, person.given_names) for person in message.passengers]


EVERYBODY = [("VOORBEELD", "TESTJE"), ("VOORBEELD", "KLEIN"), ("MODEL", "PIET")]


def test_a_message_has_heads_and_flight() -> None:
    message = only(WHOLE)

    assert (message.type, message.version, message.sender) == ("PNRGOV", "XML 2.000", "XX")
    assert (message.access_reference, message.control_reference) == ("C1", "T9")
    assert message.sent_at == datetime(2026, 3, 1, 8)  # noqa: DTZ001
    assert (message.flights[0].carrier, message.flights[0].number) == ("XX", "123")
    assert message.flights[0].departs_at == datetime(2026, 3, 1, 9, 15)  # noqa: DTZ001
    assert message.problems == ()


def test_a_record_has_its_passengers_with_all_that_stands_about_them() -> None:
    record, other = only(WHOLE).records
    adult, infant = record.passengers

    assert (record.locator, record.other_locators, other.locator) == ("ABC123", ("ZZZ999",), "DEF456")
    assert (adult.given_names_raw, adult.birth_date, adult.sex) == ("TESTJEMRS", date(1980, 2, 3), "F")
    assert adult.documents == (Document("P", "SPECI2014", "UTO", date(2031, 1, 1)),)
    assert adult.addresses == (Address("R", "DORPSTRAAT 1", "DORP", "", "1234AB", "NLD"),)
    assert adult.contacts == (Contact("EM", "testje@voorbeeld.example"),)
    assert (adult.seat, adult.tickets, adult.frequent_flyer) == ("12A", ("0741234567890",), ("XX 1234",))
    assert (infant.given_names, infant.kind, infant.documents) == ("KLEIN", "infant", ())
    (leg,) = record.itinerary
    assert (leg.carrier, leg.operating_carrier, leg.operating_number, leg.status) == ("XX", "YY", "977", "HK")


@pytest.mark.parametrize(
    "written",
    [
        WHOLE.replace("<", "<n:").replace("<n:/", "</n:").replace("<n:?", "<?").replace("xmlns=", "xmlns:n="),
        "\ufeff" + WHOLE,
        WHOLE.replace("UTF-8", "UTF-16").encode("utf-16"),
        WHOLE.replace("UTF-8", "ISO-8859-1").replace("VOORBEELD", "VOORB\xe9").encode("latin-1"),
        WHOLE.replace('encoding="UTF-8"', ""),
        '<s:Envelope xmlns:s="x"><s:Body>' + WHOLE[WHOLE.index("<IATA") :] + "</s:Body></s:Envelope>",
    ],
)
def test_prefixes_encodings_and_wrappers_change_nothing(written: str | bytes) -> None:
    assert [name.given_names for name in only(written).passengers] == [given for _, given in EVERYBODY]


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "AAAA"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_document_type_declaration_is_refused_whole(declaration: str) -> None:
    message = only(WHOLE.replace("<IATA", declaration + "<IATA", 1))

    assert (message.type, message.passengers) == ("not EDIFACT: XML", ())
    assert "no DTD" in message.problems[0].message


def test_too_deep_and_too_large_are_refused() -> None:
    deep = HEAD + "<PNR>" + "<a>" * 60 + "</a>" * 60 + "</PNR>" + TAIL
    wide = HEAD + "<PNR>" + "<a/>" * 30_000 + "</PNR>" + TAIL

    assert "deeper" in only(deep).problems[0].message
    assert "more than" in only(wide).problems[0].message


@pytest.mark.parametrize(
    ("damaged", "lost"),
    [
        (WHOLE.replace("PIETMR<", "PIET & CO<"), [2]),
        (WHOLE.replace("<GivenName>KLEIN</GivenName>", "<GivenName>KLEIN</Given>"), []),
        (WHOLE.replace("</PNR><PNR>", "</PNX><PNR>"), []),
        (WHOLE.replace('RPH="2"', 'RPH="2'), [1]),
        (WHOLE.removesuffix(TAIL), []),
        (WHOLE[: WHOLE.index("</Passenger></PNR>") + 5], []),
        (WHOLE.replace("</PNRs>", "</PNRs></oops>"), []),
    ],
)
def test_a_fault_costs_only_whom_it_hits(damaged: str, lost: list[int]) -> None:
    message = only(damaged)

    kept = [name for place, name in enumerate(EVERYBODY) if place not in lost]
    assert [name for name in people(message) if name in kept] == kept
    assert message.problems


@pytest.mark.parametrize("name", ["UF-8", "zlib", "idna", "utf-7", "shift_jis", "undefined", "x"])
def test_a_character_set_that_nobody_has_costs_nobody(name: str) -> None:
    whole = (HEAD + FIRST + SECOND + "</PNRs></IATA_PNRGOV_NotifRQ>").replace("UTF-8", name)

    (message,) = read(whole.encode())

    assert [person.surname for person in message.passengers] == ["VOORBEELD", "VOORBEELD", "MODEL"]


def test_an_interchange_that_quotes_a_document_is_still_an_interchange() -> None:
    quoted = "UNB+UNOA:4+XX+PIU+260301:0800+<IATA_PNRGOV_NotifRQ>'UNH+1+PAXLST:D:05B:UN'NAD+FL+++MODEL:PIET'"

    (message,) = read(quoted.encode())

    assert (message.type, len(message.passengers)) == ("PAXLST", 1)


def test_a_fault_has_its_offset() -> None:
    damaged = WHOLE.replace("PIETMR<", "PIET & CO<").encode()

    (problem, *_) = [one for one in only(damaged).problems if "well-formed" in one.message]

    assert abs(problem.offset - damaged.index(b"& CO")) <= 2


def test_two_documents_in_one_file_are_two_messages() -> None:
    messages = read((WHOLE + WHOLE).encode())

    assert [people(message) for message in messages] == [EVERYBODY, EVERYBODY]


@pytest.mark.usefixtures("no_collecting")
def test_a_large_document_is_given_in_parts_and_time_is_linear() -> None:
    took = []
    for size in (1000, 10_000):
        data = (HEAD + SECOND * size + TAIL).encode()
        begin = time.process_time()
        messages = read(data)
        took.append(time.process_time() - begin)
        assert sum(len(message.passengers) for message in messages) == size
        assert all(message.flights for message in messages)

    assert len(messages) > 1
    assert took[1] < 30 * took[0] + 0.3
