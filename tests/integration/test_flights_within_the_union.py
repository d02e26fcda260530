"""Flights between member states only under a dated decision with reasons (Directive 2016/681 art. 2)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import edifact
from samenhang.access.rules import NotYours
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.travel import actions, spool
from samenhang.travel.models import Flight, FlightSelection, Message, Passenger
from samenhang.travel.rules import territory
from samenhang.travel.rules.territory import NotSelectable, Scope, Selection, Why, WithinTheUnion
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import BRAM, FANTASIO, FLIGHT

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
REASON = "The imaginary threat is concrete, present and foreseeable."
WITHIN = replace(FLIGHT, departure_airport="VIE", number="200")
FORM = {
    "why": "routes", "routes": "ams-vie, ATH", "basis": "A decision of an imaginary minister",
    "reason": REASON, "starts_on": "23-11-2026", "ends_on": "31-12-2026",
}  # fmt: skip
THREAT = Selection(Why.THREAT, "", "A decision", TODAY, TODAY + timedelta(days=30))


def list_of(flight: edifact.Flight, *people: edifact.Passenger, reference: str = "1") -> bytes:
    assert FLIGHT.departs_at
    return edifact.write_paxlst(flight, people, FLIGHT.departs_at, "XX", reference)


def on_board() -> int:
    return int(Passenger.objects.unscoped("a test looks").count())


def take_in(data: bytes, clock: StandingClock) -> Message:
    by = service_account("receiving", now=clock.moment)
    return actions.take_in(data, name="VERZONNEN.edi", by=by).message


def test_without_a_decision_such_a_list_is_refused_counted_and_nothing_of_it_is_stored(
    world: World, clock: StandingClock, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(WithinTheUnion, match="2"):
        take_in(list_of(WITHIN, FANTASIO, BRAM), clock)

    note = Message.objects.unscoped("a test looks").get()
    assert (note.state, note.digest, note.name, note.sender, note.parts) == ("refused", "", "", "", [])
    assert note.left_behind == {"within-the-union": 2}
    assert (on_board(), Flight.objects.count(), spool.references()) == (0, 0, set())
    assert Entry.objects.filter(event="message.refused", subject=note.reference).count() == 1


def test_the_person_who_uploads_it_is_told_why(world: World, client_of: ClientOf) -> None:
    page = client_of(world.travel).post(
        "/travel/upload/", {"file": SimpleUploadedFile("a.edi", list_of(WITHIN, BRAM))}
    )

    assert page.status_code == 422
    assert "binnen de EU" in page.text


def test_in_one_delivery_only_the_people_on_lawful_flights_are_kept(
    world: World, clock: StandingClock
) -> None:
    both = list_of(WITHIN, FANTASIO) + list_of(FLIGHT, BRAM, reference="2")

    message = take_in(both, clock)

    assert (message.state, on_board()) == ("read", 1)
    assert message.left_behind["within-the-union"] == 1
    assert Entry.objects.filter(event="message.flights-within-the-union-left").count() == 1


@pytest.mark.parametrize(
    ("wanted", "comes_in"),
    [
        (THREAT, True),
        (replace(THREAT, why=Why.ROUTES, routes="VIE-AMS"), True),
        (replace(THREAT, why=Why.ROUTES, routes="vie"), True),
        (replace(THREAT, why=Why.ROUTES, routes="AMS-ATH"), False),
    ],
)
def test_a_decision_lets_in_what_it_names_and_no_more(
    world: World, actor_of: ActorOf, clock: StandingClock, wanted: Selection, comes_in: bool
) -> None:
    actions.select_flights(wanted, reason=REASON, by=actor_of(world.minister))

    if comes_in:
        assert take_in(list_of(WITHIN, BRAM), clock).state == "read"
    else:
        with pytest.raises(WithinTheUnion):
            take_in(list_of(WITHIN, BRAM), clock)
    assert on_board() == comes_in


@pytest.mark.parametrize(("days", "comes_in"), [(-1, False), (30, True), (31, False)])
def test_a_decision_holds_on_its_days(
    world: World, actor_of: ActorOf, clock: StandingClock, days: int, comes_in: bool
) -> None:
    actions.select_flights(THREAT, reason=REASON, by=actor_of(world.minister))
    clock.moment += timedelta(days=days)

    if comes_in:
        take_in(list_of(WITHIN, BRAM), clock)
    else:
        with pytest.raises(WithinTheUnion):
            take_in(list_of(WITHIN, BRAM), clock)


def test_a_decision_that_is_ended_works_no_more_also_for_what_waits(
    world: World, actor_of: ActorOf, clock: StandingClock, client_of: ClientOf
) -> None:
    row = actions.select_flights(THREAT, reason=REASON, by=actor_of(world.minister))
    by = service_account("receiving", now=clock.moment)
    waiting = actions.receive(list_of(WITHIN, BRAM), name="a", by=by).message

    address = f"/travel/flights-within-the-eu/{row.reference}/end/"
    assert client_of(world.minister).post(address, {"reason": REASON}).status_code == 302

    assert (actions.read(waiting, by=by).state, on_board()) == ("refused", 0)


def test_what_waits_in_quarantine_is_refused_when_the_decision_ended_meanwhile(
    world: World, actor_of: ActorOf, clock: StandingClock, client_of: ClientOf
) -> None:
    row = actions.select_flights(THREAT, reason=REASON, by=actor_of(world.minister))
    take_in(list_of(WITHIN, BRAM), clock)
    held = take_in(list_of(WITHIN, FANTASIO), clock)
    actions.switch_off(row, reason=REASON, by=actor_of(world.minister))

    page = client_of(world.travel).post(
        f"/travel/quarantine/{held.reference}/", {"decision": "read", "reason": REASON}, follow=True
    )

    assert (held.state, on_board()) == ("held", 1)
    assert "ongelezen vernietigd" in page.text


def test_an_official_decides_and_everybody_can_see_it(world: World, client_of: ClientOf) -> None:
    done = client_of(world.minister).post("/travel/flights-within-the-eu/", FORM)
    seen = client_of(world.school).get("/travel/flights-within-the-eu/").text

    assert (done.status_code, FlightSelection.objects.get().routes) == (302, "AMS-VIE ATH")
    assert REASON in seen
    assert 'name="routes"' not in seen


def test_nobody_else_decides(world: World, actor_of: ActorOf) -> None:
    for who in (world.travel, world.police, world.border, world.administrator, world.school):
        with pytest.raises(NotYours):
            actions.select_flights(THREAT, reason=REASON, by=actor_of(who))


def test_a_decision_without_end_routes_or_reason_is_refused(world: World, client_of: ClientOf) -> None:
    minister = client_of(world.minister)
    wrong: list[dict[str, str]] = [
        {"routes": "AMS-XQZ"},
        {"routes": ""},
        {"routes": "AMS-AMS"},
        {"why": "threat"},
        {"why": "threat", "routes": "", "ends_on": "23-05-2027"},  # longer than six months
        {"ends_on": "23-11-2027"},  # a review that comes too late
        {"reason": "Because."},
    ]

    pages = [minister.post("/travel/flights-within-the-eu/", FORM | one).status_code for one in wrong]

    assert pages == [422] * len(wrong)
    assert not FlightSelection.objects.exists()


@pytest.mark.parametrize(
    ("airports", "scope"),
    [
        (("AMS", "IST"), Scope.EXTERNAL),
        (("IST", "VIE", "AMS"), Scope.EXTERNAL),  # stops in the Union change nothing
        (("VIE", "AMS"), Scope.WITHIN),
        (("CAY", "AMS"), Scope.WITHIN),  # French Guiana is France to the treaties
        (("CUR", "AMS"), Scope.EXTERNAL),  # Curaçao is not the Netherlands to them
        (("AMS", "EIN"), Scope.INSIDE),
        (("AMS", "XQZ"), Scope.UNPROVEN),
        (("AMS", ""), Scope.UNPROVEN),
        (("AMS", "PAR"), Scope.UNPROVEN),  # a city, no airport
        (("XQZ", "IST"), Scope.EXTERNAL),
        ((), Scope.UNPROVEN),
    ],
)
def test_an_airport_that_nobody_knows_never_helps_to_keep_anybody(
    airports: tuple[str, ...], scope: Scope
) -> None:
    assert territory.scope_of(airports, TODAY) == scope


def test_a_state_is_a_member_on_its_days() -> None:
    assert territory.scope_of(("LHR", "AMS"), date(2020, 12, 31)) == Scope.WITHIN
    assert territory.scope_of(("LHR", "AMS"), date(2021, 1, 1)) == Scope.EXTERNAL
    assert territory.scope_of(("ZAG", "AMS"), date(2013, 6, 30)) == Scope.EXTERNAL


def test_no_decision_lets_in_a_flight_inside_one_state_and_only_a_threat_an_unknown_airport() -> None:
    threat, routes = [("threat", "")], [("routes", "AMS-EIN AMS-VIE AMS")]
    inside = [replace(FLIGHT, departure_airport="EIN")]
    unknown = [replace(FLIGHT, departure_airport="XQZ")]

    assert [territory.allowed(inside, one, TODAY) for one in (threat, routes)] == [[False], [False]]
    assert [territory.allowed(unknown, one, TODAY) for one in (threat, routes)] == [[True], [False]]


def test_legs_of_one_flight_number_are_one_flight() -> None:
    legs = [FLIGHT, replace(FLIGHT, departure_airport="AMS", arrival_airport="VIE"), WITHIN]

    assert territory.allowed(legs, [], TODAY) == [True, True, False]


def test_the_table_knows_every_airport_of_the_netherlands_with_scheduled_flights() -> None:
    assert all(territory.is_known(code) for code in ("AMS", "RTM", "EIN", "MST", "GRQ", "LEY"))
    with pytest.raises(NotSelectable):
        territory.tidy("XQZ")
