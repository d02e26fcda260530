"""The yearly numbers of art. 20: collected, identified for further examination, used; and nobody named."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from samenhang.access.rules import NotYours
from samenhang.criteria import actions as criteria
from samenhang.national_picture.actions import travel_year
from samenhang.organisations.acting import service_account
from samenhang.travel import actions as travel
from samenhang.travel.rules.territory import WithinTheUnion
from samenhang.watchlists import actions
from samenhang.watchlists.rules.transfers import Mode
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.criteria import UNEXPLAINED, one_match
from tests.integration.test_passing_a_passenger_on import WHY
from tests.messages import BOOKINGS
from tests.watchlists import BRAM, FANTASIO, FLIGHT, MATCH, alert, arrive, every_hit, listed, screener

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_year(world: World, actor_of: ActorOf, clock: StandingClock) -> World:
    """Three in lists, of whom one resembles two alerts and goes to two bodies; bookings; one turned away."""
    alert(actor_of(world.police))
    actions.issue(listed(documents=("X0000001",)), _other_request(), by=actor_of(world.police))
    arrive(FANTASIO, BRAM, now=clock.moment)
    arrive(BRAM, now=clock.moment, flight=replace(FLIGHT, number="999"), reference="2")
    by = service_account("receiving", now=clock.moment)
    travel.take_in(BOOKINGS.encode(), name="b", by=by)
    with pytest.raises(WithinTheUnion):
        arrive_within(clock)
    actions.screen_waiting(by=screener(clock.moment))
    first, second = every_hit()
    for hit in (first, second):
        actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(first, agree=True, why=MATCH, by=actor_of(world.travel_two))
    border = world.border.organisation
    actions.transfer(first, border, necessity=WHY, mode=Mode.SYSTEM, by=actor_of(world.travel))
    return world


def _other_request() -> object:
    from tests.watchlists import request

    return request(criteria=("serious-threat",))


def arrive_within(clock: StandingClock) -> None:
    import edifact

    assert FLIGHT.departs_at
    flight = replace(FLIGHT, departure_airport="VIE", number="200")
    data = edifact.write_paxlst(flight, [BRAM], FLIGHT.departs_at, "XX", "3")
    travel.take_in(data, name="c", by=service_account("receiving", now=clock.moment))


def test_each_passenger_is_counted_once_however_many_alerts_they_resemble(
    a_year: World, actor_of: ActorOf
) -> None:
    told = travel_year(2026, by=actor_of(a_year.statistician))

    assert (told.in_lists, told.turned_away, told.identified) == (3, 1, 1)
    assert (told.hits["found"], told.hits["confirmed"], told.hits["no-match"]) == (2, 1, 0)
    assert told.in_bookings > 0
    assert told.collected == told.in_lists + told.in_bookings
    assert told.given == {"POL": 1, "KMAR": 1}
    assert told.exchanged == 1


def test_matches_of_rules_are_counted_without_a_rule_or_a_passenger(
    world: World, actor_of: ActorOf, clock: StandingClock, client_of: ClientOf
) -> None:
    match = one_match(world, actor_of, screener(clock.moment))
    criteria.judge(match, "pass_on", why=UNEXPLAINED, by=actor_of(world.travel))
    criteria.confirm(match, agree=True, why=UNEXPLAINED, by=actor_of(world.travel_two))
    name = match.about["name"]
    told = travel_year(2026, by=actor_of(world.statistician))
    clock.moment += timedelta(days=190)
    criteria.forget(by=screener(clock.moment))
    travel.mask(by=service_account("receiving", now=clock.moment))

    assert told.matches == {"found": 1, "confirmed": 1}
    assert travel_year(2026, by=actor_of(world.statistician)) == told
    page = client_of(world.statistician).get("/report/travel/2026/").text
    assert "Overeenkomsten met regels" in page
    assert name not in page


def test_the_numbers_stay_when_the_passengers_are_gone(
    a_year: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    before = travel_year(2026, by=actor_of(a_year.statistician))
    clock.moment += timedelta(days=190)
    actions.forget(by=screener(clock.moment))
    travel.mask(by=service_account("receiving", now=clock.moment))

    assert travel_year(2026, by=actor_of(a_year.statistician)) == before
    assert travel_year(2027, by=actor_of(a_year.statistician)).collected == 0


def test_the_page_of_the_ministry_names_nobody(a_year: World, client_of: ClientOf) -> None:
    page = client_of(a_year.statistician).get("/report/travel/2026/").text

    assert "nader onderzoek" in page
    assert not re.search(r"FANTASIO|BEDACHT|VERZONNEN|\b[QHAB]-[0-9A-Z]{4}-", page)
    assert client_of(a_year.statistician).get("/report/travel/2027/").status_code == 404


def test_nobody_else_sees_the_numbers(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    for who in (world.travel, world.police, world.school, world.administrator, world.travel_privacy):
        with pytest.raises(NotYours):
            travel_year(2026, by=actor_of(who))
        assert client_of(who).get("/report/travel/2026/").status_code == 403
