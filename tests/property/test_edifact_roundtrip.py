# ruff: noqa: DTZ001  (local times have no zone in these messages)
"""Reading what the writer wrote gives equal objects, for every message type and separators."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from edifact import (
    Address,
    Answer,
    Change,
    Contact,
    Document,
    Flight,
    Message,
    Passenger,
    Record,
    Service,
    read,
    write,
)
from edifact.names import cleaned
from edifact.separators import USUAL, Separators

SENT = datetime(2026, 3, 1, 8)
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Characters that carry meaning, and letters outside ASCII.
value = st.text(alphabet="?+:'*AZ 09éŞ’-", min_size=1, max_size=12).map(str.strip).filter(bool)
# Values of an SSR, in which a slash carries meaning too, and that are read as codes.
word = st.text(alphabet="?+:'*AZ09ÉŞ-", min_size=1, max_size=10)
code = st.text(alphabet=LETTERS, min_size=3, max_size=3)
number = st.text(alphabet="ABC0123456789", min_size=5, max_size=9)
days = st.dates(date(1927, 1, 1), date(2026, 2, 28))
ends = st.dates(date(2026, 1, 1), date(2060, 12, 31))
# DDMMYY or YYMMDD: only near the day of the message is it certain which.
minutes = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(
    lambda at: at.replace(second=0, microsecond=0)
)
marks = st.sampled_from([USUAL, replace(USUAL, repetition="*"), Separators("|", "^", "\\", "~")])


def few(what: st.SearchStrategy[object], most: int = 2) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(what, max_size=most, unique=True).map(tuple)


flights = st.builds(
    Flight, st.sampled_from(["KL", "3U"]), st.sampled_from(["1", "1234", "99A"]), code, code, minutes, minutes
)
legs = st.builds(
    Flight, st.sampled_from(["KL", "3U"]), st.sampled_from(["1", "1234"]), code, code, minutes, minutes,
    booking_class=st.sampled_from(["", "Y"]), status=st.sampled_from(["", "HK", "NS"]),
) | st.builds(
    Flight, st.just("KL"), st.just("12"), code, code, minutes, minutes, st.just("DL"),
    st.sampled_from(["", "977"]),
)  # fmt: skip
documents = st.builds(Document, st.sampled_from("PIV"), number, code, ends | st.none())
contacts = st.builds(Contact, st.just("TE"), number) | st.builds(
    Contact, st.just("EM"), st.sampled_from(["a_b-c@voorbeeld.example", "x@model.example"])
)
heads = {
    "sender": value,
    "recipient": value,
    "sent_at": st.just(SENT),
    "control_reference": value,
    "message_reference": number,
    "access_reference": value,
    "sequence": st.sampled_from(["", "01:F"]),
}


@st.composite
def listed(draw: st.DrawFn) -> Passenger:
    raw = " ".join(draw(value).split())
    born = draw(days | st.none())
    return Passenger(
        surname=draw(value),
        given_names=cleaned(raw, glued=False),
        given_names_raw=raw,
        birth_date=born,
        birth_text=draw(st.sampled_from([f"{born:%Y%m%d}", f"{born:%y%m%d}"])) if born else "",
        sex=draw(st.sampled_from(["", "F", "M", "X", "U"])),
        nationality=draw(code | st.just("")),
        documents=tuple(draw(few(documents))),
        record_locator=draw(value | st.just("")),
        reference=draw(value | st.just("")),
        kind=draw(st.sampled_from(["passenger", "crew", "crew in transit", "passenger in transit"])),
        embarkation=draw(code | st.just("")),
        debarkation=draw(code | st.just("")),
        border_crossing=draw(code | st.just("")),
        residence=draw(code | st.just("")),
        birth_place=draw(code | st.just("")),
        seat=draw(value | st.just("")),
        bag_count=draw(st.integers(0, 99) | st.none()),
        bag_weight_kg=draw(st.integers(0, 999) | st.none()),
        bag_tags=tuple(draw(few(number))),
        capture_codes=draw(st.sampled_from([(), ("4:173",), ("4:173", "4:ZZZ")])),
        tickets=tuple(draw(few(number))),
        addresses=draw(st.sampled_from([(), (Address("", "STR+AAT 1", "DORP", "NH", "1234AB", "NLD"),)])),
        contacts=tuple(draw(few(contacts))),
        crew_role=draw(st.sampled_from(["", "CR1"])),
        customer_reference=draw(value | st.just("")),
        government_reference=draw(value | st.just("")),
    )


paxlsts = st.builds(
    Message, st.just("PAXLST"), st.sampled_from(["D:02B:UN:IATA", "D:15B:UN:IATA"]), **heads,
    code=st.just("745"), function=st.sampled_from(["", "CP", "CL", "XR"]), transaction=value | st.just(""),
    listed_in_pdt=st.lists(
        st.builds(
            Passenger, word, st.just("ANNA MARIA"), st.just("ANNA MARIA"),
            birth_date=st.just(date(1980, 2, 3)),
            birth_text=st.sampled_from(["800203", "19800203"]), sex=st.just("F"), embarkation=code,
            documents=st.sampled_from([(), (Document("P", "NR1", "UT", date(2031, 1, 1)),)]),
        ), max_size=1,
    ).map(tuple),
    reporting_party=value | st.just(""), reporting_contacts=few(contacts),
    flights=st.lists(flights, max_size=2).map(tuple), passengers=st.lists(listed(), max_size=3).map(tuple),
)  # fmt: skip
cusres = st.builds(
    Message, st.just("CUSRES"), st.just("D:05B:UN:IATA"), **heads, code=st.just("962"), transaction=value,
    flights=st.tuples(flights),
    answers=st.lists(
        st.builds(
            Answer, value, value, st.sampled_from(["0Z", "1Z"]), value, st.sampled_from(["1", "2"]), value,
            few(st.just("4Z")),
        ), max_size=3,
    ).map(tuple),
)  # fmt: skip
acknowledgements = st.builds(
    Message, st.just("ACKRES"), st.just("13:1:IA"), **heads, function=st.just("23"),
    answers=st.lists(
        st.builds(Answer, code=st.sampled_from(["118", "0"]), text=value), max_size=2
    ).map(tuple),
)  # fmt: skip
requests = st.builds(
    Message, st.just("GOVREQ"), st.just("13:1:IA"), **heads, function=st.just("77"),
    flights=st.tuples(flights),
    requests=st.lists(
        st.builds(
            lambda locator, surname: Record(
                locator, "KL", passengers=(Passenger(surname, "ANNA", "ANNAMRS", record_locator=locator),)
            ),
            number, word,
        ), max_size=2,
    ).map(tuple),
)  # fmt: skip

GIVEN = ["ANNA", "PIET", "KOOS MARIA", "ÇELIK", "FATMA-NUR", "O'TEST"]


@st.composite
def records(draw: st.DrawFn, push: Flight, *, xml: bool = False) -> Record:
    locator, surname = draw(number), draw(word)
    people = []
    for place, given_name in enumerate(draw(st.lists(st.sampled_from(GIVEN), max_size=3, unique=True)), 1):
        born = draw(days)
        people.append(
            Passenger(
                surname=surname,
                given_names=given_name,
                given_names_raw=given_name + draw(st.sampled_from(["", "MRS", " DR"])),
                birth_date=born,
                birth_text=draw(st.sampled_from([f"{born:%d%b%Y}", f"{born:%d%b%y}"])).upper(),
                sex=draw(st.sampled_from("FMX")),
                nationality=draw(code),
                documents=tuple(
                    draw(st.lists(documents, min_size=1, max_size=2, unique_by=lambda d: d.number))
                ),
                record_locator=locator,
                reference=str(place),
                kind=draw(st.sampled_from(["passenger", "infant"])),
                seat=draw(st.sampled_from(["", "12A"])),
                tickets=tuple(draw(few(number))),
                frequent_flyer=draw(st.sampled_from([(), ("KL 1234",)])) if not xml else (),
                birth_place=draw(code | st.just("")),
                addresses=draw(
                    st.sampled_from([(), (Address("R", "STR+AAT 1", "DORP", "", "1234AB", "NLD"),)])
                ),
                contacts=tuple(draw(few(contacts))),
                bag_count=None if xml else draw(st.integers(0, 9) | st.none()),
                bag_weight_kg=None if xml else draw(st.integers(0, 99) | st.none()),
                bag_tags=() if xml else draw(st.sampled_from([(), ("0074123456",)])),
                boarding_number="" if xml else draw(st.sampled_from(["", "AMS-12"])),
                checked_in_at=None if xml else draw(minutes | st.none()),
            )
        )
    changes = [
        Change("ABI+1+:AMSRR+AMS++KL", draw(minutes | st.none()), "X", ("TIF+OUD+NAAM:A:1", "IFT+4:28+A?'B")),
        Change("ABI+1+:AMSRR+AMS++KL", None, "A", ()),
        Change("ABI+9+:RTMRR", None, "A", ("SSR+WCHR:HK:1:KL",)),
    ]
    return Record(
        locator,
        "KL",
        other_locators=tuple(draw(few(number))),
        split_locators=() if xml else tuple(draw(few(number))),
        created_at=draw(minutes | st.none()),
        passengers=tuple(people),
        itinerary=(push, *draw(st.lists(legs, max_size=2))),
        agency=draw(word | st.just("")),
        contacts=tuple(draw(few(word.map(lambda text: "CTC" + text) | word))),
        payments=tuple(draw(few(word))),
        remarks=tuple(draw(few(word.map(lambda text: "R" + text)))),
        services=tuple(draw(few(st.builds(Service, st.sampled_from(["OTHS", "CKIN"]), word)))),
        history=() if xml else tuple(changes[: draw(st.integers(0, 3))]),
        other_segments=()
        if xml
        else draw(st.sampled_from([(), ("PTK+NR++310326", "MSG+8", "TVL+010326+IST")])),
    )


@st.composite
def pushes(draw: st.DrawFn, *, xml: bool = False) -> Message:
    push = draw(flights)
    found = tuple(draw(st.lists(records(push, xml=xml), max_size=2)))
    fields = {name: draw(strategy) for name, strategy in heads.items()}
    if xml:
        fields |= {"recipient": "", "message_reference": "", "sequence": ""}
    return Message(
        "PNRGOV",
        "XML 2.000" if xml else draw(st.sampled_from(["10:1:IA", "18:1:IA"])),
        **fields,
        function="" if xml else "22",
        flights=(push,),
        passengers=tuple(person for record in found for person in record.passengers),
        records=found,
    )


def check(message: Message, separators: Separators = USUAL) -> None:
    (again,) = read(write(message, separators))

    assert again.problems == ()
    assert again == message


@given(paxlsts, marks)
def test_a_passenger_list(message: Message, separators: Separators) -> None:
    check(message, separators)


@given(cusres, marks)
def test_an_answer(message: Message, separators: Separators) -> None:
    check(message, separators)


@given(acknowledgements | requests, marks)
def test_requests_and_acknowledgements(message: Message, separators: Separators) -> None:
    check(message, separators)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(pushes(), marks)
def test_booking_records(message: Message, separators: Separators) -> None:
    check(message, separators)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(pushes(xml=True))
def test_booking_records_as_xml(message: Message) -> None:
    check(message)


def test_what_is_not_read_is_not_written() -> None:
    with pytest.raises(ValueError, match="no writer"):
        write(Message("INVOIC"))
