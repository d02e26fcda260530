# ruff: noqa: DTZ001  (local times of airports have no zone in these messages)
from datetime import date, datetime

import pytest

from edifact import Document, Message, Passenger, Record, read
from edifact.names import cleaned

HEAD = (
    "UNA:+.?*'UNB+IATA:1+XX++260301:0800+9'UNH+1+PNRGOV:13:1:IA+A9'MSG+:22'ORG+XX:AMS'"
    "TVL+010326:0915:010326:1440+AMS+IST+XX+123'EQN+1'"
)
START = "SRC'RCI+XX:ABC123::010226:1120+YY:ZZZ999'DAT+700:010326:0700'ORG+XX:AMS+12345678'"
TIF = "TIF+VOORBEELD+TESTJEMRS:A:1'FTI+XX:1234'"
DOCS = "SSR+DOCS:HK:1:XX:::::/P/UTO/SPECI2014/UTO/03FEB80/F/01JAN31/VOORBEELD/TESTJEMRS/MARIA+::1'"
TICKET = "TKT+0741234567890:T:1'MON+B:10.00:EUR'FOP+CC:::VI:XXXXXXXX1186:0211'"
LEG = "TVL+010326:0915::1440+AMS+IST+XX+123:Y'RPI+1+HK'SSR+SEAT:HK:1:XX:::AMS:IST+12A::1'RCI+XX:ABC123'"
CHECK_IN = (
    "DAT+2:010326:0700'TRI++88:::1'TIF+VOORBEELD+TESTJEMRS:A:1'SSD+14C++++Y'"
    "TBD++2:34:700++MP+618:1000001:2:IST'"
)
HISTORY = "ABI+1+:AMSRR+AMS++XX'DAT+ZT:010226:1010'SAC+++X'TIF+VERVALLEN+NAAM:A:1'"
TAIL = "UNT+9+1'UNZ+1+9'"


def only(*parts: str) -> Message:
    (message,) = read("".join(parts).encode())
    return message


def record(*parts: str) -> Record:
    (found,) = only(HEAD, START, *parts, TAIL).records
    return found


def person(*parts: str) -> Passenger:
    (found,) = record(*parts).passengers
    return found


def test_the_message_has_its_flight_and_function() -> None:
    message = only(HEAD, START, TIF, LEG, TAIL)

    assert (message.type, message.version, message.function) == ("PNRGOV", "13:1:IA", "22")
    assert message.flights[0].departs_at == datetime(2026, 3, 1, 9, 15)
    assert (message.flights[0].carrier, message.flights[0].number) == ("XX", "123")


def test_a_record_has_locators_and_its_making() -> None:
    found = record(TIF, LEG)

    assert (found.locator, found.carrier, found.other_locators) == ("ABC123", "XX", ("ZZZ999",))
    assert found.created_at == datetime(2026, 2, 1, 11, 20)
    assert [(leg.departure_airport, leg.arrival_airport) for leg in found.itinerary] == [("AMS", "IST")]


@pytest.mark.parametrize(
    "order", [(DOCS, TIF, LEG), (TIF, DOCS, LEG), (TIF, LEG, DOCS), (TIF, LEG, CHECK_IN, DOCS)]
)
def test_a_document_finds_its_passenger_wherever_it_stands(order: tuple[str, ...]) -> None:
    passenger = person(*order)

    assert passenger.documents == (Document("P", "SPECI2014", "UTO", date(2031, 1, 1)),)
    assert (passenger.birth_date, passenger.sex, passenger.nationality) == (date(1980, 2, 3), "F", "UTO")


def test_a_glued_title_is_cut_off_and_the_raw_name_kept() -> None:
    passenger = person(TIF, DOCS)

    assert (passenger.given_names, passenger.given_names_raw) == ("TESTJE", "TESTJEMRS")
    assert [name.given_names for name in passenger.other_names] == ["TESTJE MARIA"]
    assert passenger.record_locator == "ABC123"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("MOLLYMRS", "MOLLY"),
        ("SE JOON MR", "SE JOON"),
        ("JONATHONMR", "JONATHON"),
        ("MRJONATHON", "JONATHON"),
        ("AMR", "AMR"),
        ("SAMR", "SAMR"),
        ("OMAR", "OMAR"),
        ("ADAMS", "ADAMS"),
        ("ALEXANDR", "ALEXANDR"),
        ("LIMR", "LI"),
        ("MRS", "MRS"),
        ("JAN-PIETMSTR", "JAN-PIET"),
        ("ÖZLEMMRS", "ÖZLEM"),
        ("MRINAL", "MRINAL"),
        ("FNU", ""),
        ("", ""),
    ],
)
def test_titles_are_told_from_names(raw: str, clean: str) -> None:
    assert cleaned(raw, glued=True) == clean


def test_who_checks_in_is_not_counted_again_and_history_names_nobody() -> None:
    found = record(TIF, DOCS, LEG, CHECK_IN, HISTORY)

    assert [passenger.surname for passenger in found.passengers] == ["VOORBEELD"]
    assert found.history_entries == 1


def test_seat_and_bags_are_those_of_the_flight_of_the_message() -> None:
    onward = "TVL+010326:1800::2000+IST+ESB+XX+9:Y'TRI++88:::1'TIF+VOORBEELD+TESTJEMRS:A:1'SSD+99Z++++Y'"

    passenger = person(TIF, LEG, CHECK_IN, onward)

    assert passenger.seat == "14C"
    assert (passenger.bag_count, passenger.bag_weight_kg) == (2, 34)
    assert passenger.bag_tags == ("6181000001", "6181000002")  # the tag of two in a row


def test_who_is_named_only_at_check_in_is_kept_with_a_problem() -> None:
    message = only(HEAD, START, LEG, CHECK_IN, TAIL)

    assert [passenger.surname for passenger in message.passengers] == ["VOORBEELD"]
    assert any("only at check-in" in problem.message for problem in message.problems)


INFANT = "TIF+VOORBEELD+KLEIN:IN:2'"
INFANT_DOCS = "SSR+DOCS:HK:1:XX:::::/P/UTO/SPECI2020/UTO/10AUG25/FI/01JAN31/VOORBEELD/KLEIN+::1'"


@pytest.mark.parametrize("parts", [(TIF, DOCS, INFANT_DOCS, INFANT), (TIF, INFANT_DOCS, DOCS, INFANT)])
def test_the_document_of_an_infant_is_not_given_to_the_adult(parts: tuple[str, ...]) -> None:
    adult, infant = record(*parts).passengers

    assert (adult.documents[0].number, adult.kind) == ("SPECI2014", "passenger")
    assert (infant.documents[0].number, infant.kind) == ("SPECI2020", "infant")
    assert infant.birth_date == date(2025, 8, 10)


@pytest.mark.parametrize(
    "ssr",
    [
        INFANT_DOCS,
        "SSR+INFT:HK:1:XX:::::VOORBEELD/KLEIN 10AUG25+::1'",
        "SSR+INFT:HK:1:XX:::::VOORBEELD/KLEIN/10AUG25'",
    ],
)
def test_an_infant_named_only_in_a_service_request_is_kept(ssr: str) -> None:
    adult, infant = record(TIF, DOCS, ssr).passengers

    assert (infant.surname, infant.given_names, infant.kind) == ("VOORBEELD", "KLEIN", "infant")
    assert infant.birth_date == date(2025, 8, 10)
    assert len(adult.documents) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/////03FEB80/F//VOORBEELD/TESTJE", "no document"),
        ("P/UTO/SPECI2014/UTO/03FEB80/F/01JAN31/VOORBEELD/TESTJE", "no first slash"),
        ("/P/UTO/SPECI2014/03FEB80/F/01JAN31/VOORBEELD/TESTJE", "no nationality, nor its slash"),
        ("/P/UTO/SPECI2014/UTO/03FEB80/F/VOORBEELD/TESTJE", "no expiry, nor its slash"),
        ("/P/UTO/SPECI2014/UTO/03FEB1980/F/01JAN2031/VOORBEELD/TESTJE", "whole years"),
        ("/P/UTO/SPECI2014/UTO/03feb80/f/01jan31/voorbeeld/testje", "lower case"),
    ],
)
def test_documents_are_read_when_slashes_are_missing(text: str, name: str) -> None:
    passenger = person(TIF, f"SSR+DOCS:HK:1:XX:::::{text}+::1'")

    assert (passenger.birth_date, passenger.sex) == (date(1980, 2, 3), "F"), name
    assert passenger.other_names == ()


def test_a_document_that_fits_nobody_stays_on_the_record() -> None:
    other = "TIF+MODEL+PIETMR:A:2'"
    strange = "SSR+DOCS:HK:1:XX:::::/P/UTO/SPECI99/UTO/03FEB80/F/01JAN31/ANDERS/NIEMAND'"

    found = record(TIF, other, LEG, strange)

    assert [document.number for document in found.unassigned_documents] == ["SPECI99"]
    assert [passenger.documents for passenger in found.passengers] == [(), ()]


def test_the_same_document_twice_is_one() -> None:
    assert len(person(TIF, DOCS, LEG, DOCS.replace("/P/UTO/", "/P/UT/")).documents) == 1


def test_a_code_share_keeps_both_numbers() -> None:
    found = record(TIF, "TVL+010326:0915::1440+AMS+IST+XX:YY+123:Y'TVL+++++977:M'")

    (leg,) = found.itinerary
    assert (leg.carrier, leg.number, leg.operating_carrier, leg.operating_number) == (
        "XX",
        "123",
        "YY",
        "977",
    )


def test_split_records_and_hotels_are_no_legs() -> None:
    found = record(
        TIF, LEG, "EQN+1'RCI+XX:DEF456'MSG+8'TVL+010326:1500:040326+IST:HOTEL VOORBEELD++VN+6:ROH'"
    )

    assert found.split_locators == ("DEF456",)
    assert len(found.itinerary) == 1


def test_several_records_each_have_their_own_people() -> None:
    second = START.replace("ABC123", "DEF456") + "TIF+MODEL+PIETMR:A:1'"

    message = only(HEAD.replace("EQN+1", "EQN+2"), START, TIF, DOCS, LEG, second, LEG, TAIL)

    assert [(found.locator, len(found.passengers)) for found in message.records] == [
        ("ABC123", 1),
        ("DEF456", 1),
    ]
    assert [passenger.record_locator for passenger in message.passengers] == ["ABC123", "DEF456"]
    assert not any(problem.segment == "EQN" for problem in message.problems)


def test_a_record_without_its_trigger_is_still_a_record() -> None:
    message = only(HEAD, START.removeprefix("SRC'"), TIF, LEG, TAIL)

    assert [found.locator for found in message.records] == ["ABC123"]
    assert any("without SRC" in problem.message for problem in message.problems)


def test_dates_of_travel_may_be_the_other_way_round() -> None:
    message = only(HEAD.replace("010326:0915:010326", "260301:0915:260301"), START, TIF, TAIL)

    assert message.flights[0].departs_at == datetime(2026, 3, 1, 9, 15)
