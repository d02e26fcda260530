"""What is kept of a message, and who is the same person on one flight."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from edifact import Document, Message, Passenger, Record, Service
from samenhang.travel.rules import permitted, sameness, without_quotations

SECRET = "GEHEIM"
secrets = st.text(alphabet="AB '/+", max_size=8).map(lambda text: f"{SECRET}{text}")
many = st.lists(secrets, max_size=3).map(tuple)
# Few values, so that records meet, agree and contradict each other all the time.
names = st.sampled_from(["VERZONNEN", "Verzonnen", "BEDACHT", ""])
days = st.sampled_from([None, date(1990, 1, 1), date(1991, 1, 1)])
documents = st.lists(
    st.builds(Document, st.just("P"), st.sampled_from(["1", "2", "3"]), st.just("NLD"), st.none()), max_size=2
).map(tuple)
kinds = st.sampled_from(["passenger", "crew", "infant", "passenger in transit", "crew in transit"])
people = st.builds(
    Passenger,
    surname=names,
    given_names=st.sampled_from(["A", "B"]),
    birth_date=days,
    documents=documents,
    record_locator=st.sampled_from(["", "AAAAAA", "BBBBBB"]),
    kind=kinds,
    reference=secrets,
    capture_codes=many,
)
services = st.builds(Service, code=st.sampled_from(["MOML", "WCHR", "OTHS"]), text=secrets)
records = st.builds(
    Record,
    locator=st.just("AAAAAA"),
    passengers=st.lists(people, max_size=3).map(tuple),
    agency=secrets,
    contacts=many,
    payments=many,
    remarks=many,
    services=st.lists(services, max_size=3).map(tuple),
)
messages = st.lists(records, max_size=3).map(lambda found: Message(type="PNRGOV", records=tuple(found)))


def entry(person: Passenger) -> dict[str, Any]:
    (kept,) = permitted.travellers(Message(type="PAXLST", passengers=(person,)))
    return {name: getattr(kept, name) for name in permitted.FIELDS}


passengers = people.filter(lambda person: person.kind not in permitted.CREW)
entries = passengers.map(entry)


@given(messages)
def test_nothing_but_what_the_annex_permits_is_kept(message: Message) -> None:
    kept = permitted.travellers(message)

    assert SECRET not in repr(kept)
    assert all(one.kind not in permitted.CREW for one in kept)


@given(messages)
def test_what_is_not_kept_is_counted(message: Message) -> None:
    counts = permitted.left_behind(message)

    people_in_it = [person for record in message.records for person in record.passengers]
    assert counts["crew"] == len(people_in_it) - len(permitted.travellers(message))
    services_in_it = [service for record in message.records for service in record.services]
    assert counts["service"] + counts["sensitive-service"] == len(services_in_it)
    assert counts["sensitive-service"] == sum(one.code != "OTHS" for one in services_in_it)
    assert counts["remark"] == sum(len(record.remarks) for record in message.records)


def test_every_field_that_is_kept_has_its_point_of_the_annex() -> None:
    assert {one.name for one in fields(permitted.Traveller)} == set(permitted.PERMITTED)


@given(st.text())
def test_kept_text_fits_any_database(text: str) -> None:
    kept = permitted.plain(text)

    assert len(kept) <= permitted.TEXT
    assert kept == json.loads(json.dumps(kept)).encode("utf-8").decode("utf-8")
    assert "\x00" not in kept
    assert permitted.plain(kept) == kept


@given(entries, entries)
def test_being_the_same_person_works_both_ways(one: dict[str, Any], other: dict[str, Any]) -> None:
    first, second = sameness.mark(one), sameness.mark(other)

    assert sameness.closeness(first, second) == sameness.closeness(second, first)
    assert sameness.closeness(first, first) > 0


@given(entries, entries)
def test_what_was_told_twice_is_no_news(known: dict[str, Any], told: dict[str, Any]) -> None:
    merged = known | sameness.news(known, told)

    assert sameness.news(merged, told) == {}


@given(st.lists(st.lists(entries, max_size=4), max_size=5))
def test_messages_that_come_again_name_nobody_new(pushes: list[list[dict[str, Any]]]) -> None:
    flight: list[dict[str, Any]] = []
    for push in pushes:
        take(flight, push)
    once = len(flight)

    for push in pushes:
        take(flight, push)

    assert len(flight) == once


@given(st.lists(entries, max_size=6))
def test_two_people_in_one_message_are_never_made_one(push: list[dict[str, Any]]) -> None:
    flight: list[dict[str, Any]] = []

    take(flight, push)

    assert len(flight) == len(push)


@given(st.lists(st.lists(entries, max_size=4), max_size=4))
def test_no_document_and_no_date_of_birth_is_ever_lost(pushes: list[list[dict[str, Any]]]) -> None:
    flight: list[dict[str, Any]] = []
    for push in pushes:
        take(flight, push)

    told = [one for push in pushes for one in push]
    known = [document for row in flight for document in row["documents"]]
    assert all(document in known for one in told for document in one["documents"])
    assert {one["birth_date"] for one in told} - {""} <= {row["birth_date"] for row in flight}


def take(flight: list[dict[str, Any]], push: list[dict[str, Any]]) -> None:
    """What reading does with one message, without a database."""
    same = sameness.paired([sameness.mark(one) for one in push], [sameness.mark(row) for row in flight])
    for index, one in enumerate(push):
        if index in same:
            row = flight[same[index]]
            row |= sameness.news(row, one)
    flight += [dict(one) for index, one in enumerate(push) if index not in same]


@given(st.text(alphabet="AB12'\" "))
def test_a_problem_repeats_no_words_of_the_sender(words: str) -> None:
    told = without_quotations(f"counts {words!r} segments, 3 found")

    assert not {"A", "B"} & set(told)
    assert told.endswith(" segments, 3 found")


@given(st.integers(0, 99_999_999))
def test_a_problem_keeps_its_numbers(number: int) -> None:
    told = f"UNT counts {str(number)!r} segments, 3 found"

    assert without_quotations(told) == told
