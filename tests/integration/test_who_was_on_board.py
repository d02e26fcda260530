"""A carrier that closes a flight with a list says who was on board; nothing else tells it."""

from dataclasses import replace
from datetime import timedelta

import pytest

import edifact
from samenhang.organisations.acting import service_account
from samenhang.travel import actions
from samenhang.travel.models import Passenger
from samenhang.travel.rules.presence import Closing, Presence, closing_of
from tests.cast import ClientOf, StandingClock, World
from tests.watchlists import BRAM, FANTASIO, FLIGHT, arrive

pytestmark = pytest.mark.django_db


def closes(
    function: str, *people: edifact.Passenger, clock: StandingClock, flight: edifact.Flight = FLIGHT
) -> None:
    clock.moment += timedelta(minutes=1)
    assert flight.departs_at
    reference = f"{clock.moment:%H%M}"
    listed = edifact.read(edifact.write_paxlst(flight, people, flight.departs_at, "XX", reference))[0]
    data = edifact.write(replace(listed, code="266", function=function))
    actions.take_in(data, name="closing.edi", by=service_account("receiving", now=clock.moment))


def presences() -> dict[str, str]:
    rows = Passenger.objects.unscoped("a test looks")
    return {row.told["surname"]: row.presence for row in rows}


def test_a_list_of_those_on_board_makes_the_others_no_shows(world: World, clock: StandingClock) -> None:
    arrive(FANTASIO, BRAM, now=clock.moment)
    assert set(presences().values()) == {Presence.UNKNOWN}

    closes("CLOB", BRAM, clock=clock)

    assert presences() == {"BEDACHT": Presence.BOARDED, "VAN DER VERZONNEN": Presence.NO_SHOW}


def test_a_list_of_those_not_on_board_says_it_the_other_way_round_and_the_last_one_holds(
    world: World, clock: StandingClock
) -> None:
    arrive(FANTASIO, BRAM, now=clock.moment)
    closes("CLOB", BRAM, clock=clock)

    closes("CLNB", BRAM, clock=clock)

    assert presences() == {"BEDACHT": Presence.NO_SHOW, "VAN DER VERZONNEN": Presence.BOARDED}


def test_a_closing_without_a_list_and_a_list_of_another_flight_say_nothing(
    world: World, clock: StandingClock
) -> None:
    arrive(BRAM, now=clock.moment)

    closes("CL", clock=clock)
    closes("CLNB", clock=clock, flight=replace(FLIGHT, number="999"))

    assert presences() == {"BEDACHT": Presence.UNKNOWN}


def test_everybody_boarded_when_nobody_is_listed_as_missing(world: World, clock: StandingClock) -> None:
    arrive(BRAM, now=clock.moment)

    closes("CLNB", clock=clock)

    assert presences() == {"BEDACHT": Presence.BOARDED}


def test_the_page_of_a_passenger_says_it(world: World, clock: StandingClock, client_of: ClientOf) -> None:
    (passenger,) = arrive(BRAM, now=clock.moment)
    closes("CLOB", BRAM, clock=clock)

    page = client_of(world.travel).get(f"/travel/passengers/{passenger.reference}/").text

    assert "Aan boord, zegt de vervoerder" in page


def test_only_a_flight_status_with_a_list_closes() -> None:
    assert closing_of("266", "CLOB") == Closing(Presence.BOARDED, Presence.NO_SHOW)
    assert closing_of("745", "CLOB") is None
    assert closing_of("266", "") is None
