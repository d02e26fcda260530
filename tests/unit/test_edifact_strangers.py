"""What messages of strangers had and lost: odd but legal, or as other systems make them."""

# ruff: noqa: DTZ001  (local times of airports have no zone in these messages)
from dataclasses import replace
from datetime import date, datetime

import pytest

from edifact import Address, Message, read, write
from tests.messages import BOOKINGS, HEAD, PERSON, TAIL, WHOLE, only, surnames

LEG = "TVL+010326:0915:010326:1440+AMS+IST+XX+123:Y'"


def booked(*segments: str) -> Message:
    """A PNRGOV with one record of these segments."""
    head = BOOKINGS[: BOOKINGS.index("SRC")]
    return only(head + "SRC'RCI+XX:ABC123'" + "".join(f"{segment}'" for segment in segments) + "UNT+9+1'")


def listed(*segments: str) -> Message:
    """A PAXLST of whom these segments tell."""
    return only(WHOLE[: WHOLE.index("NAD+FL")] + "".join(f"{segment}'" for segment in segments) + TAIL)


@pytest.mark.parametrize(
    "name",
    ["DE<VRIES<<JAN<PIETER", "DE VRIES<<:JAN<PIETER<<", "DE VRIES/JAN PIETER MR", "DE VRIES, JAN PIETER"],
)
def test_a_name_in_one_part_is_parted(name: str) -> None:
    (person,) = listed(f"NAD+FL+++{name}", "ATT+2++M").passengers

    assert (person.surname, person.given_names) == ("DE VRIES", "JAN PIETER")


def test_a_place_or_region_may_be_named_where_it_has_no_code() -> None:
    (person,) = listed(
        "NAD+FL+++TEST:ANNA+STRAAT 1+DORP+:::DRENTHE++NLD", "LOC+180+:::TESTDORP NLD"
    ).passengers

    assert person.birth_place == "TESTDORP NLD"
    assert person.addresses == (Address("", "STRAAT 1", "DORP", "DRENTHE", "", "NLD"),)


@pytest.mark.parametrize("text", ["20260301091500:204", "202603010915UTC:303", "2603010915 LT:301"])
def test_times_may_have_seconds_and_a_zone(text: str) -> None:
    message = only(WHOLE.replace("2603010915:201", text))

    assert message.flights[0].departs_at == datetime(2026, 3, 1, 9, 15)


def test_who_reports_may_be_a_code_or_a_person() -> None:
    told = [only(HEAD + f"NAD+MS+{who}'" + PERSON + TAIL).reporting_party for who in ("XX1", "++JANSEN:JAN")]

    assert told == ["XX1", "JANSEN JAN"]


def test_utf_16_without_a_mark_is_read_too() -> None:
    for charset in ("utf-16-le", "utf-16-be"):
        assert [surnames(message) for message in read(WHOLE.encode(charset))] == [["VOORBEELD", "MODEL"]]


def test_quotation_marks_of_a_word_processor_end_segments_everywhere() -> None:
    (message,) = read(WHOLE.replace("'", "\u2019").encode())
    (booking,) = read(BOOKINGS.replace("'", "\u2019").encode())

    assert (message.passengers, message.flights) == (only(WHOLE).passengers, only(WHOLE).flights)
    assert booking.passengers == only(BOOKINGS).passengers


def test_a_father_and_a_son_of_one_name_each_keep_their_own_document() -> None:
    docs = [f"SSR+DOCS:HK:1:XX:::::/P/UTO/S{n}/UTO/01JAN{60 + 30 * n}/M/01JAN30/TEST/JAN" for n in (0, 1)]
    people = booked(*docs, "TIF+TEST+JANMR:A:1", "TIF+TEST+JANMR:A:2", LEG).passengers

    assert [(person.birth_date, person.documents[0].number) for person in people] == [
        (date(1960, 1, 1), "S0"),
        (date(1990, 1, 1), "S1"),
    ]


def test_a_way_to_reach_somebody_of_a_record_is_kept_where_it_does_not_say_whom() -> None:
    message = booked(
        "TIF+TEST+JANMR:A:1", "TIF+TEST+ANNAMS:A:2", LEG,
        "SSR+CTCM:HK:1:XX:::::31600000001", "SSR+CTCE:HK:1:XX:::::JAN//VOORBEELD.NL",
        "SSR+DOCA:HK:1:XX:::::R/NLD/STRAAT 1/DORP",
    )  # fmt: skip

    assert message.records[0].contacts == ("31600000001", "JAN@VOORBEELD.NL", "R/NLD/STRAAT 1/DORP")


def test_of_a_child_the_date_of_birth_is_known_without_a_document() -> None:
    message = booked("TIF+TEST+JANMSTR:C:1", "SSR+CHLD:HK:1:XX:::::16AUG16+::1", LEG)

    assert message.passengers[0].birth_date == date(2016, 8, 16)


def test_other_locators_cards_and_documents_may_stand_in_segments_and_elements_of_their_own() -> None:
    message = booked(
        "RCI+YY:DEF456", "TIF+TEST+JANMR:A:1", "FTI+XX:1:::GOLD+YY:2",
        "SSR+DOCS:HK:1:XX+P/UTO/S1/UTO/1980-02-03/M/2031-01-01/TEST/JAN", LEG, "RCI+ZZ:GHI789",
    )  # fmt: skip
    (person,) = message.passengers

    assert message.records[0].other_locators == ("DEF456", "GHI789")
    assert person.frequent_flyer == ("XX 1", "YY 2")
    assert (person.birth_date, person.documents[0].number) == (date(1980, 2, 3), "S1")
    assert person.documents[0].expiry == date(2031, 1, 1)


def test_a_record_without_a_journey_is_written_without_one() -> None:
    message = booked("TIF+TEST+JANMR:A:1")

    (back,) = read(write(message))
    assert replace(back.records[0], offset=0) == replace(message.records[0], offset=0)


def test_an_answer_keeps_all_its_texts() -> None:
    text = "UNH+1+CUSRES:D:05B:UN:IATA'BGM+962'ERP+2'ERC+1Z'FTX+AAP+++BEL'FTX+AAP+++112:NU'UNT+7+1'"
    head = "UNB+UNOA:4+PIU+XX+260301:0800+9'"

    assert only(head + text).answers[0].text == "BEL 112:NU"


def test_a_wrap_may_stand_between_a_released_character_and_what_releases_it() -> None:
    (clean,) = listed("NAD+FL+++D?'ANGELO:ANNÉ ??", "DOC+P+S?'1??").passengers
    text = WHOLE[: WHOLE.index("NAD+FL")] + "NAD+FL+++D?'ANGELO:ANNÉ ??'DOC+P+S?'1??'" + TAIL
    data = text.encode()

    assert (clean.surname, clean.given_names, clean.documents[0].number) == ("D'ANGELO", "ANNÉ ?", "S'1?")
    for width in range(16, 80):
        wrapped = b"\r\n".join(data[at : at + width] for at in range(0, len(data), width))
        assert read(wrapped)[0].passengers == (clean,), width


def test_in_xml_a_document_of_the_record_finds_its_passenger_too() -> None:
    docs = '<SSR SSR_Code="DOCS"><Text>/P/UTO/S1/UTO/03FEB1980/F/01JAN2031/TEST/ANNA</Text></SSR>'
    docs += (
        '<DOC_SSR RPH="2"><DOCS DateOfBirth="1990-01-02" TravelDocNbr="S2" Surname="T" Gender="M"/></DOC_SSR>'
    )
    people = "".join(
        f'<Passenger RPH="{n}"><GivenName>{name}</GivenName><Surname>TEST</Surname></Passenger>'
        for n, name in enumerate(("ANNA", "JAN"), 1)
    )
    text = f"<IATA_PNRGOV_NotifRQ><PNRs><PNR>{docs}{people}</PNR></PNRs></IATA_PNRGOV_NotifRQ>"
    (message,) = read(text.encode())

    assert [person.documents[0].number for person in message.passengers] == ["S1", "S2"]
    assert [person.birth_date for person in message.passengers] == [date(1980, 2, 3), date(1990, 1, 2)]
