# ruff: noqa: DTZ001  (local times of airports have no zone in these messages)
from datetime import date, datetime

import pytest

from edifact import Document, Flight, read
from tests.messages import FLIGHT, HEAD, PERSON, TAIL, WHOLE, only, surnames


def test_the_heads_say_who_sent_what_when() -> None:
    message = only(WHOLE)

    assert (message.type, message.version) == ("PAXLST", "D:05B:UN:IATA")
    assert (message.sender, message.recipient) == ("XX", "PIU")
    assert (message.control_reference, message.access_reference, message.sequence) == ("77", "A1", "01:F")
    assert (message.code, message.function) == ("745", "CP")
    assert message.sent_at == datetime(2026, 3, 1, 8)


def test_a_flight_has_its_carrier_number_airports_and_local_times() -> None:
    (flight,) = only(WHOLE).flights

    assert flight == Flight(
        "XX", "123A", "AMS", "IST", datetime(2026, 3, 1, 9, 15), datetime(2026, 3, 1, 14, 40)
    )


def test_a_passenger_is_read_whole() -> None:
    passenger = only(WHOLE).passengers[0]

    assert (passenger.surname, passenger.given_names) == ("VOORBEELD", "TESTJE MARIA")
    assert (passenger.birth_date, passenger.sex, passenger.nationality) == (date(1980, 2, 3), "F", "UTO")
    assert passenger.documents == (Document("P", "SPECI2014", "UTO", date(2031, 1, 1)),)
    assert (passenger.record_locator, passenger.reference, passenger.seat) == ("ABC123", "77", "12A")
    assert (passenger.bag_count, passenger.bag_weight_kg) == (2, 31)
    assert passenger.bag_tags == ("XX000998", "XX000999", "XX001000")
    assert passenger.capture_codes == ("4:173",)


def test_crew_is_told_from_passengers() -> None:
    assert [person.kind for person in only(WHOLE).passengers] == ["passenger", "crew"]


def test_a_correct_message_has_no_problems() -> None:
    assert only(WHOLE.replace("UNT+34", "UNT+31")).problems == ()


def test_wrong_counts_are_problems_and_cost_nobody() -> None:
    message = only(WHOLE.replace("CNT+42:1", "CNT+42:9"))

    assert len(message.passengers) == 2
    assert [problem.segment for problem in message.problems] == ["CNT", "UNT"]
    assert "CNT says '9'" in message.problems[0].message
    assert WHOLE.replace("CNT+42:1", "CNT+42:9").encode()[message.problems[0].offset :].startswith(b"CNT")


@pytest.mark.parametrize("birth", ["800231", "XXX", "0", "19801301"])
def test_a_passenger_without_readable_birth_date_stays_with_a_problem(birth: str) -> None:
    message = only(WHOLE.replace("DTM+329:800203", f"DTM+329:{birth}").replace("UNT+34", "UNT+31"))

    assert surnames(message) == ["VOORBEELD", "MODEL"]
    assert message.passengers[0].birth_date is None
    assert message.passengers[0].birth_text == birth
    assert [problem.message for problem in message.problems] == ["unreadable date"]


def test_a_two_digit_birth_year_is_never_after_the_message() -> None:
    born_that_day = only(WHOLE.replace("800203", "260301")).passengers[0].birth_date
    born_later_in_the_year = only(WHOLE.replace("800203", "260303")).passengers[0].birth_date

    assert born_that_day == date(2026, 3, 1)
    assert born_later_in_the_year == date(1926, 3, 3)


def test_without_an_envelope_the_flight_gives_the_century() -> None:
    message = only("UNH+1+PAXLST:D:02B:UN:IATA'" + FLIGHT + PERSON + "UNT+26+1'")

    assert message.passengers[0].birth_date == date(1980, 2, 3)
    assert message.sent_at is None


def test_the_day_of_receipt_gives_the_century_where_nothing_else_does() -> None:
    text = f"UNH+1+PAXLST:D:02B:UN:IATA'{PERSON}UNT+19+1'".encode()

    assert read(text)[0].passengers[0].birth_date is None
    assert read(text, received=date(2026, 3, 1))[0].passengers[0].birth_date == date(1980, 2, 3)


def test_several_legs_come_from_one_flight_segment_or_from_several() -> None:
    one = "TDT+20+XX9+++XX'LOC+92+AMS'DTM+189:2603010915:201'LOC+92+VIE'DTM+232:2603011100:201'"
    two = "LOC+125+VIE'DTM+189:2603011200:201'LOC+87+IST'DTM+232:2603011440:201'"
    for text in (one + two, one + "TDT+20+XX9+++XX'" + two):
        legs = only(HEAD + text + PERSON + TAIL).flights

        assert [(leg.departure_airport, leg.arrival_airport) for leg in legs] == [
            ("AMS", "VIE"),
            ("VIE", "IST"),
        ]


def test_airports_without_times_still_make_legs() -> None:
    legs = only(HEAD + "TDT+20+XX9'LOC+92+AMS'LOC+92+VIE'LOC+125+VIE'LOC+87+IST'" + TAIL).flights

    assert [(leg.departure_airport, leg.arrival_airport) for leg in legs] == [("AMS", "VIE"), ("VIE", "IST")]


@pytest.mark.parametrize(
    ("text", "carrier", "number"),
    [
        ("TDT+20+KL1234", "KL", "1234"),
        ("TDT+20+KL0034A", "KL", "34A"),
        ("TDT+20+3U8881+++3U", "3U", "8881"),
        ("TDT+20+KLM1234", "KLM", "1234"),
        ("TDT+20+0123+++XX", "XX", "123"),
        ("TDT+20+????", "", "??"),
    ],
)
def test_flight_numbers_are_taken_apart(text: str, carrier: str, number: str) -> None:
    (flight,) = only(HEAD + text + "'" + TAIL).flights

    assert (flight.carrier, flight.number) == (carrier, number)


def test_empty_mandatory_segments_are_no_documents_and_raise_nothing() -> None:
    message = only(HEAD + FLIGHT + "NAD+FL+++LEEG'DTM+329'ATT+2'DOC++'DTM+36:'LOC+91'RFF'NAT'" + TAIL)

    assert message.passengers[0].documents == ()
    assert surnames(message) == ["LEEG"]


def test_the_reporting_party_is_no_passenger() -> None:
    assert surnames(only(HEAD + "NAD+MS+++HELPDESK'COM+123:TE'" + FLIGHT + PERSON + TAIL)) == ["VOORBEELD"]


def test_a_given_name_unknown_is_empty_and_kept_raw() -> None:
    passenger = only(WHOLE.replace("TESTJE:MARIA", "FNU")).passengers[0]

    assert (passenger.given_names, passenger.given_names_raw) == ("", "FNU")


AMERICAN = (
    "UNB+UNOA:1+XX:ZZ+PIU:ZZ+020131:2359+1++CEDIPAX'UNG+PAXLST+XX+PIU+020131:2359+1+NZ+001:000'"
    "UNH+1+PAXLST:001:000:NZ'CTA+IC+:DESK+31-20-0000:TE'TDT++XX812+40+XX'LOC+005+NLAMS:50'LOC+008+TRIST:50'"
    "UNS+D'PDT+P/SPECI2014:310909:UT+VOORBEELD:TESTJE:MARIA:590429:F+PAX+NLAMS:TRIST'"
    "PDT+P/SPECI2015+MODEL:PIET+CRW+NLAMS:TRIST'UNT+9+1'UNE+1+1'UNZ+1+1'"
)


def test_us_edifact_has_a_passenger_in_one_segment() -> None:
    (message,) = read(AMERICAN.encode())

    first, second = message.listed_in_pdt
    assert message.passengers == ()
    assert (first.surname, first.given_names, first.birth_date) == (
        "VOORBEELD",
        "TESTJE MARIA",
        date(1959, 4, 29),
    )
    assert first.documents == (Document("P", "SPECI2014", "UT", date(2031, 9, 9)),)
    assert (first.embarkation, first.debarkation, first.sex) == ("AMS", "IST", "F")
    assert (second.kind, second.documents[0].number) == ("crew", "SPECI2015")
    assert (message.flights[0].departure_airport, message.flights[0].arrival_airport) == ("AMS", "IST")
    assert message.problems == ()
