"""Messages come in, are read once, and only what the law allows stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import edifact
from edifact import Document, Flight, Passenger, Record
from samenhang.access.rules import NotYours
from samenhang.desk.worker import read_all
from samenhang.foundation.keys import key_store
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.travel import actions, rules, spool
from samenhang.travel import models as stored
from samenhang.travel.models import Message
from tests.cast import ActorOf, World

pytestmark = pytest.mark.django_db


def local(text: str) -> datetime:
    """Local to the airport: messages carry no zone."""
    return datetime.fromisoformat(text)


SENT = local("2026-11-22T18:00")
FLIGHT = Flight(
    carrier="XX",
    number="123",
    departure_airport="IST",
    arrival_airport="AMS",
    departs_at=local("2026-11-23T07:10"),
    arrives_at=local("2026-11-23T09:40"),
)
ANNA = Passenger(
    surname="VERZONNEN",
    given_names="ANNA",
    birth_date=date(1990, 4, 1),
    sex="F",
    nationality="NLD",
    documents=(Document("P", "XX0000001", "NLD", date(2030, 1, 1)),),
    record_locator="AAAAAA",
    seat="12A",
)
BRAM = replace(
    ANNA,
    surname="BEDACHT",
    given_names="BRAM",
    sex="M",
    documents=(Document("P", "XX0000002", "NLD", None),),
    record_locator="BBBBBB",
)


def paxlst(*people: Passenger, flight: Flight = FLIGHT, reference: str = "1") -> bytes:
    return edifact.write_paxlst(flight, people, SENT, "XX", reference)


@pytest.fixture
def take(receiving: Actor) -> Callable[[bytes], Message]:
    """Receive and read at once."""

    def receive_and_read(data: bytes) -> Message:
        return actions.read(actions.receive(data, name="file.edi", by=receiving).message, by=receiving)

    return receive_and_read


Take = Callable[[bytes], Message]


def passengers() -> list[stored.Passenger]:
    return list(stored.Passenger.objects.unscoped("a test looks").order_by("pk"))


def messages() -> list[Message]:
    return list(Message.objects.unscoped("a test looks").order_by("pk"))


def events() -> list[str]:
    return list(Entry.objects.order_by("pk").values_list("event", flat=True))


def test_a_passenger_list_becomes_a_flight_and_its_passengers(take: Take) -> None:
    message = take(paxlst(ANNA, BRAM))

    anna, bram = passengers()
    assert (message.state, message.kind, message.passengers) == ("read", "PAXLST", 2)
    assert (anna.told["surname"], anna.told["given_names"], anna.told["birth_date"]) == (
        "VERZONNEN",
        "ANNA",
        "1990-04-01",
    )
    assert anna.told["documents"] == [
        {"type": "P", "number": "XX0000001", "issuer": "NLD", "expiry": "2030-01-01"}
    ]
    assert str(anna.flight) == "XX123 IST-AMS"
    assert anna.flight.departs_on == date(2026, 11, 23)
    assert (anna.scope, bram.scope) == (anna.reference, bram.reference)
    assert [event for event in events() if event.startswith("message.")] == [
        "message.received",
        "message.read",
    ]


def test_the_same_bytes_again_are_the_same_message(receiving: Actor) -> None:
    first = actions.receive(paxlst(ANNA), name="a", by=receiving)
    again = actions.receive(paxlst(ANNA), name="b", by=receiving)

    assert (first.duplicate, again.duplicate) == (False, True)
    assert first.message.pk == again.message.pk
    assert len(messages()) == 1


def test_reading_twice_changes_nothing(receiving: Actor, take: Take) -> None:
    message = take(paxlst(ANNA))
    stale = actions.receive(paxlst(ANNA), name="a", by=receiving).message

    again = actions.read(stale, by=receiving)

    assert (again.pk, again.state, len(passengers())) == (message.pk, "read", 1)


def test_a_later_push_updates_who_is_known_and_doubles_nobody(take: Take) -> None:
    take(paxlst(replace(ANNA, seat=""), BRAM))
    second = take(paxlst(replace(ANNA, seat="14C"), BRAM, reference="2"))

    assert [row.told["seat"] for row in passengers()] == ["14C", "12A"]
    assert second.passengers == 2
    assert list(stored.Passenger.objects.unscoped("a test").named_in(second)) == passengers()


def test_a_change_in_what_is_compared_makes_the_passenger_wait_for_screening_again(
    take: Take, moment: datetime
) -> None:
    take(paxlst(ANNA))
    screening = service_account("screening", now=moment)
    actions.mark_screened(passengers(), by=screening)
    seat_only = take(paxlst(replace(ANNA, seat="1A"), reference="2"))
    assert seat_only.state == "read"
    assert passengers()[0].screened_at == moment

    take(paxlst(replace(ANNA, documents=(*ANNA.documents, Document("I", "ID1", "NLD"))), reference="3"))

    assert passengers()[0].screened_at is None


def test_a_passenger_who_changed_while_being_screened_stays_waiting(take: Take, moment: datetime) -> None:
    take(paxlst(ANNA))
    as_screened = passengers()
    take(paxlst(replace(ANNA, documents=(*ANNA.documents, Document("I", "ID1", "NLD"))), reference="2"))

    marked = actions.mark_screened(as_screened, by=service_account("screening", now=moment))

    assert marked == 0
    assert passengers()[0].screened_at is None


def test_namesakes_in_one_message_stay_two_people(take: Take) -> None:
    namesake = replace(ANNA, documents=())
    take(paxlst(namesake, namesake))
    take(paxlst(namesake, namesake, reference="2"))

    assert len(passengers()) == 2


def test_namesakes_with_other_documents_and_bookings_stay_two_people(take: Take) -> None:
    take(paxlst(ANNA))
    take(paxlst(replace(ANNA, documents=BRAM.documents, record_locator="CCCCCC"), reference="2"))

    assert len(passengers()) == 2


def test_the_same_person_on_another_day_is_another_passenger(take: Take) -> None:
    tomorrow = replace(FLIGHT, departs_at=local("2026-11-24T07:10"), arrives_at=None)
    take(paxlst(ANNA))
    take(paxlst(ANNA, flight=tomorrow, reference="2"))

    assert len(passengers()) == 2


def test_flights_without_a_day_are_never_taken_for_one(take: Take) -> None:
    undated = replace(FLIGHT, departs_at=None, arrives_at=None)
    take(paxlst(ANNA, flight=undated))
    take(paxlst(ANNA, flight=undated, reference="2"))

    assert len(passengers()) == 2
    assert stored.Flight.objects.count() == 2


def test_a_booking_and_a_passenger_list_of_one_flight_meet(take: Take) -> None:
    booking = Record(locator="AAAAAA", carrier="XX", passengers=(replace(ANNA, documents=(), seat=""),))
    take(edifact.write_pnrgov(FLIGHT, [booking], SENT, "XX", "7"))
    take(paxlst(ANNA))

    (anna,) = passengers()
    assert anna.told["documents"][-1]["number"] == "XX0000001"


def test_other_content_under_the_same_control_reference_is_kept_and_named(take: Take) -> None:
    first = take(paxlst(ANNA, reference="77"))
    second = take(paxlst(BRAM, reference="77"))

    assert (second.state, second.conflicts_with) == ("held", first.reference)
    assert len(passengers()) == 1
    assert "message.held" in events()


def test_crew_are_no_passengers_and_are_counted_only(take: Take) -> None:
    message = take(paxlst(replace(ANNA, kind="crew"), replace(BRAM, kind="crew")))

    assert passengers() == []
    assert (message.passengers, message.left_behind["crew"]) == (2, 2)


def test_what_is_no_passenger_message_is_named_as_what_it_is(take: Take) -> None:
    message = take(b"# A file that explains other files\n")

    assert (message.state, message.kind) == ("unreadable", "not EDIFACT: plain text")
    assert message.problem_count == 1


def test_several_messages_in_one_file_are_all_read(take: Take) -> None:
    other = replace(FLIGHT, number="456")
    message = take(paxlst(ANNA) + paxlst(BRAM, flight=other, reference="2"))

    assert [part["passengers"] for part in message.parts] == [1, 1]
    assert [str(row.flight)[:5] for row in passengers()] == ["XX123", "XX456"]


def test_a_long_message_is_read_in_steps_with_the_same_result(
    take: Take, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ONE_TRANSACTION", 5)
    monkeypatch.setattr(rules, "STEP", 3)
    crowd = [replace(ANNA, documents=(), record_locator="", birth_date=None) for _ in range(10)]

    message = take(paxlst(*crowd))
    take(paxlst(*crowd, reference="2"))

    assert (message.state, len(passengers())) == ("read", 10)


def test_after_reading_the_bytes_and_their_key_are_gone(
    take: Take, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        message = take(paxlst(ANNA))

    assert not key_store().holds(spool.SCOPE + message.reference)
    assert spool.references() == set()


def test_before_reading_the_bytes_are_on_disk_and_cannot_be_read_there(
    receiving: Actor, settings: Any
) -> None:
    message = actions.receive(paxlst(ANNA), name="a", by=receiving).message

    sealed = (Path(settings.FILES) / "spool" / message.reference).read_bytes()
    assert b"VERZONNEN" not in sealed
    assert spool.open_bytes(message.reference) == paxlst(ANNA)


def test_a_sweep_removes_what_a_stopped_process_left_and_nothing_else(receiving: Actor) -> None:
    waiting = actions.receive(paxlst(ANNA), name="a", by=receiving).message
    spool.keep("B-LEFT-OVER-0001", b"written, and killed before its row")
    key_store().seal(spool.SCOPE + "B-LEFT-OVER-0002", b"killed before its file", context="x")

    assert actions.sweep(by=receiving) == 2
    assert spool.references() == {waiting.reference}
    assert actions.sweep(by=receiving) == 0


def test_a_sweep_waits_while_somebody_is_receiving(receiving: Actor) -> None:
    spool.keep("B-UNDER-WAY-0001", b"its row comes in a moment")

    with spool.arriving():
        swept = actions.sweep(by=receiving)

    assert swept == 0
    assert spool.holds("B-UNDER-WAY-0001")


def test_bytes_that_were_lost_are_taken_from_the_same_file_sent_again(receiving: Actor) -> None:
    message = actions.receive(paxlst(ANNA), name="a", by=receiving).message
    spool.forget(message.reference)
    with pytest.raises(rules.SpoolLost):
        actions.read(message, by=receiving)

    again = actions.receive(paxlst(ANNA), name="a", by=receiving)

    assert again.duplicate
    assert actions.read(again.message, by=receiving).state == "read"


def test_two_workers_never_claim_the_same_message(receiving: Actor) -> None:
    actions.receive(paxlst(ANNA), name="a", by=receiving)

    first, second = actions.claim_unread(by=receiving), actions.claim_unread(by=receiving)
    later = actions.claim_unread(by=replace(receiving, now=receiving.now + rules.LEASE * 2))

    assert first is not None
    assert second is None
    assert later == first


def test_a_worker_reads_all_that_waits(receiving: Actor) -> None:
    for number in range(3):
        actions.receive(paxlst(ANNA, reference=str(number)), name="a", by=receiving)

    assert [message.state for message in actions.read_waiting(by=receiving)] == ["read"] * 3


def test_a_message_whose_bytes_are_lost_stops_no_other(receiving: Actor) -> None:
    lost = actions.receive(paxlst(ANNA), name="a", by=receiving).message
    actions.receive(paxlst(BRAM, reference="2"), name="b", by=receiving)
    spool.forget(lost.reference)

    assert [message.state for message in actions.read_waiting(by=receiving)] == ["read"]
    assert [message.state for message in messages()] == ["received", "read"]


def test_terms_run_from_receipt_and_evidence_makes_them_longer(
    take: Take, world: World, actor_of: ActorOf
) -> None:
    take(paxlst(ANNA))
    (anna,) = passengers()
    assert (anna.mask_on, anna.delete_on) == (date(2027, 5, 23), date(2027, 5, 23))

    kept = actions.keep_longer(anna, reason="A confirmed hit.", by=actor_of(world.travel))

    assert kept.delete_on == date(2031, 11, 23)


def test_the_police_may_receive_no_message(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(NotYours):
        actions.receive(paxlst(ANNA), name="a", by=actor_of(world.police))


def test_an_address_in_a_passenger_list_does_not_reach_the_database(take: Take) -> None:
    data = paxlst(ANNA).replace(b"VERZONNEN:ANNA", b"VERZONNEN:ANNA+GEHEIMSTRAAT 1+GEHEIMSTAD")

    take(data)

    (anna,) = passengers()
    assert b"GEHEIM" in data
    assert "GEHEIM" not in repr([anna.told, vars(anna), [vars(message) for message in messages()]])


def test_a_meal_or_a_wheelchair_in_a_booking_is_destroyed_and_the_journal_says_so(take: Take) -> None:
    booking = Record(locator="AAAAAA", carrier="XX", passengers=(ANNA,))
    data = edifact.write_pnrgov(FLIGHT, [booking], SENT, "XX", "7")
    services = b"SSR+MOML:HK:1:XX:::::GEHEIM'SSR+WCHR:HK:1:XX:::::GEHEIM'"
    data = data.replace(b"TIF+VERZONNEN", services + b"TIF+VERZONNEN", 1)

    message = take(data)

    assert message.left_behind["sensitive-service"] == 2
    assert "message.sensitive-data-destroyed" in events()
    (anna,) = passengers()
    assert "GEHEIM" not in repr([anna.told, vars(anna), vars(message)])


def test_the_list_of_fields_that_hold_personal_data_is_closed(take: Take) -> None:
    kept_otherwise = {
        *("id", "reference", "scope", "provider", "category", "purposes", "classification", "withdrawn_at"),
        *(
            "flight",
            "message",
            "revision",
            "screened_at",
            "mask_on",
            "delete_on",
            "masked_at",
            "kept_for",
            "identified_at",
            "presence",  # annex I, 10: no-show information; identifies nobody
        ),
    }

    take(paxlst(ANNA))

    (anna,) = passengers()
    columns = {column.name for column in stored.Passenger._meta.concrete_fields}
    assert columns - kept_otherwise == {"sealed", "sealed_under"}
    assert set(anna.told) == set(rules.permitted.PERMITTED)


def test_the_worker_asks_once_what_holds_that_day_and_not_for_each_message(
    world: World, receiving: Actor
) -> None:
    for number in range(3):
        actions.receive(paxlst(ANNA, reference=str(number)), name="", by=receiving)

    with CaptureQueriesContext(connection) as asked:
        assert read_all(by=receiving) == 3

    tables = ("travel_routeruse", "travel_legalbasis", "travel_keepingterm", "travel_flightselection")
    for table in tables:
        assert sum(f'FROM "{table}"' in query["sql"] for query in asked.captured_queries) == 1
