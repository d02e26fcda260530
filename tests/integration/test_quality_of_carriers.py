"""What carriers deliver is counted for whoever speaks with them: missing, late, faulty; and nobody named."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from samenhang.access import actions as access
from samenhang.access.models import Block
from samenhang.travel import actions, rules
from samenhang.travel.models import Delivery, Message
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.messages import BOOKINGS
from tests.watchlists import BRAM, FANTASIO, FLIGHT, arrive

pytestmark = pytest.mark.django_db


def test_what_is_missing_is_counted_for_each_element_and_names_nobody(
    world: World, clock: StandingClock, client_of: ClientOf
) -> None:
    arrive(FANTASIO, replace(BRAM, documents=(), nationality=""), now=clock.moment)

    (delivery,) = Delivery.objects.all()
    assert (delivery.named, delivery.without_documents, delivery.without_nationality) == (2, 1, 1)
    assert (delivery.without_birth_date, delivery.without_given_names, delivery.without_sex) == (0, 0, 0)
    client = client_of(world.travel)
    assert "/travel/carriers/XX/" in client.get("/travel/carriers/").text
    page = client.get("/travel/carriers/XX/").text
    assert "1 (50,0 %)" in page
    assert "VERZONNEN" not in page
    assert "BEDACHT" not in page


def test_a_flight_without_a_message_after_closing_is_named_once_it_is_over(
    world: World, clock: StandingClock, client_of: ClientOf
) -> None:
    local = clock.moment.astimezone(ZoneInfo("Europe/Istanbul")).replace(tzinfo=None)
    for number, minutes in (("11", -10), ("12", 700)):
        flight = replace(FLIGHT, departs_at=local + timedelta(minutes=minutes), number=number)
        arrive(BRAM, now=clock.moment, flight=flight, reference=number)

    before = client_of(world.travel).get("/travel/carriers/XX/").text
    clock.moment += timedelta(minutes=700 + 61)
    after = client_of(world.travel).get("/travel/carriers/XX/").text

    assert "alle op tijd" in before
    assert "XX12 IST-AMS" in after
    assert "11 uur voor vertrek" in after
    assert "XX11 IST-AMS" not in after


def test_the_commonest_faults_stand_there_with_a_message_to_show_the_carrier(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    spoilt = BOOKINGS.replace("UNT+37+1", "UNT+99+1").encode()
    message = actions.take_in(spoilt, name="b", by=actor_of(world.travel)).message
    assert message.problem_count

    page = client_of(world.travel).get("/travel/carriers/XX/").text

    assert "UNT" in page
    assert f"/travel/messages/{message.reference}/#problems" in page


def test_a_large_message_read_in_steps_counts_each_person_once(
    clock: StandingClock, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "ONE_TRANSACTION", 1)
    monkeypatch.setattr(rules, "STEP", 1)
    arrive(FANTASIO, BRAM, now=clock.moment)

    assert [row["people"] for row in Delivery.objects.by_carrier()] == [2]
    assert [row["messages"] for row in Delivery.objects.by_carrier()] == [1]


def test_who_may_not_see_the_messages_sees_no_carrier(
    world: World, clock: StandingClock, client_of: ClientOf
) -> None:
    arrive(BRAM, now=clock.moment)

    client = client_of(world.police)

    assert "/travel/carriers/XX/" not in client.get("/travel/carriers/").text
    assert client.get("/travel/carriers/XX/").status_code == 404
    assert client.get("/travel/carriers/QQ/").status_code == 404


def test_a_blocked_message_counts_for_nobody_whom_the_block_keeps_out(
    world: World, clock: StandingClock, client_of: ClientOf, actor_of: ActorOf
) -> None:
    arrive(BRAM, now=clock.moment)
    scope = Message.objects.unscoped("a test looks").get().scope
    body = world.travel.organisation
    access.block(scope, Block.Kind.CONFLICT, organisation=body, by=actor_of(world.police))

    assert client_of(world.travel).get("/travel/carriers/XX/").status_code == 404


def test_nobody_has_delivered_yet_says_so(world: World, client_of: ClientOf) -> None:
    assert "Nog niets" in client_of(world.travel).get("/travel/carriers/").text
