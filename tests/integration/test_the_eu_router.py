"""The EU router (Regulation (EU) 2025/13): what the articles fix, while its format is not published."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

import edifact
from samenhang.access.rules import NotYours
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.travel import actions, spool
from samenhang.travel.models import Message, Observation, Passenger, RouterEvent, RouterFailure
from samenhang.travel.rules import router, router_envelope
from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.router import Event, Moment, NotPossibleYet, Party, Stage, Use
from samenhang.travel.rules.router_envelope import Envelope, NotAnEnvelope
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.messages import BOOKINGS
from tests.watchlists import BRAM, FANTASIO, FLIGHT

pytestmark = pytest.mark.django_db
REASON = "The imaginary carrier and the unit tried the link out."
DAY = date(2026, 11, 23)
LONG_AGO = date(2020, 1, 1)


def lists(*people: edifact.Passenger, reference: str, flight: edifact.Flight = FLIGHT) -> bytes:
    assert FLIGHT.departs_at
    return edifact.write_paxlst(flight, people, FLIGHT.departs_at, "XX", reference)


@pytest.fixture
def by(clock: StandingClock) -> Callable[[], Actor]:
    return lambda: service_account("receiving", now=clock.moment)


def uses(world: World, actor_of: ActorOf, stage: Stage, kind: Kind = Kind.API) -> None:
    since, carriers = (LONG_AGO, "") if stage == Stage.COMPULSORY else (DAY, "XX")
    wanted = Use(kind, stage, carriers, "An imaginary act", since, DAY, DAY + timedelta(days=99))
    actions.use_router(wanted, reason=REASON, by=actor_of(world.minister))


def sent(clock: StandingClock, identity: str, event: Event = Event.DELIVERY, **told: Any) -> bytes:
    """An envelope of this moment, about passenger lists of XX."""
    about_data = {} if event in (Event.FAILS, Event.WORKS) else {"carrier": "XX", "kind": Kind.API}
    return router_envelope.write(Envelope(identity, event, clock.moment, **(about_data | told)))


def people() -> dict[str, str]:
    return {row.told["surname"]: row.presence for row in Passenger.objects.unscoped("a test looks")}


def test_off_until_an_official_switches_it_on_and_then_nothing_is_kept(
    world: World, clock: StandingClock, by: Callable[[], Actor]
) -> None:
    with pytest.raises(router.RouterOff):
        actions.take_from_router(sent(clock, "1", content=lists(BRAM, reference="1")), by=by())

    assert not Message.objects.unscoped("a test looks").exists()
    assert not RouterEvent.objects.exists()
    assert spool.references() == set()


def test_a_passenger_is_seen_at_check_in_and_again_at_closure_and_is_one_passenger(
    world: World, actor_of: ActorOf, clock: StandingClock, by: Callable[[], Actor]
) -> None:
    uses(world, actor_of, Stage.VOLUNTARY)
    for identity, person in (("1", BRAM), ("2", FANTASIO)):
        told = lists(person, reference=identity)
        actions.take_from_router(sent(clock, identity, moment=Moment.CHECK_IN, content=told), by=by())
    assert set(people().values()) == {""}

    # The list itself is an ordinary one: that the flight closed is what the router says of it.
    told = lists(BRAM, reference="3")
    taken = actions.take_from_router(sent(clock, "3", moment=Moment.CLOSURE, content=told), by=by())

    assert people() == {"BEDACHT": "boarded", "VAN DER VERZONNEN": "no-show"}
    assert Observation.objects.count() == 3
    assert json.loads(taken.confirmation)["confirms"] == "3"


def test_the_same_delivery_twice_is_once_and_is_confirmed_again(
    world: World, actor_of: ActorOf, clock: StandingClock, by: Callable[[], Actor]
) -> None:
    uses(world, actor_of, Stage.VOLUNTARY)
    data = sent(clock, "1", content=lists(BRAM, reference="1"))

    first, second = (actions.take_from_router(data, by=by()) for _ in range(2))

    assert (first.before, second.before, first.confirmation) == (False, True, second.confirmation)
    assert RouterEvent.objects.count() == Message.objects.unscoped("a test looks").count() == 1
    with pytest.raises(NotAnEnvelope):
        actions.take_from_router(sent(clock, "1", content=lists(FANTASIO, reference="2")), by=by())


def test_only_of_carriers_with_whom_it_was_agreed_and_only_what_the_law_lets_in(
    world: World, actor_of: ActorOf, clock: StandingClock, by: Callable[[], Actor]
) -> None:
    uses(world, actor_of, Stage.VOLUNTARY)
    within = replace(FLIGHT, departure_airport="VIE")

    for identity, told in {
        "1": {"carrier": "QC", "content": lists(BRAM, reference="1")},
        "2": {"content": BOOKINGS.encode()},
        "3": {"content": lists(BRAM, reference="3", flight=within)},
    }.items():
        # Confirmed all the same: what is not confirmed would stay in the router.
        assert actions.take_from_router(sent(clock, identity, **told), by=by()).confirmation

    refused = list(RouterEvent.objects.order_by("identity").values_list("refused", flat=True))
    assert refused == ["router-off", "router-off", "flight-within-the-union"]
    assert people() == {}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:-20],
        lambda data: data.replace(b'"XX"', b"7"),
        lambda data: data.replace(b'"digest": "', b'"digest": "0'),
        lambda data: data.replace(b'"delivery"', b'"surprise"'),
        lambda data: b"[" * 100_000,
        lambda data: b"UNA:+.? '",
    ],
)
def test_what_is_no_envelope_is_not_confirmed_so_that_it_is_sent_again(
    world: World,
    actor_of: ActorOf,
    clock: StandingClock,
    by: Callable[[], Actor],
    spoil: Callable[[bytes], bytes],
) -> None:
    uses(world, actor_of, Stage.VOLUNTARY)

    with pytest.raises(NotAnEnvelope):
        actions.take_from_router(spoil(sent(clock, "1", content=lists(BRAM, reference="1"))), by=by())
    assert not RouterEvent.objects.exists()


def test_once_it_is_compulsory_a_carrier_cannot_send_past_it(
    world: World, actor_of: ActorOf, clock: StandingClock, by: Callable[[], Actor]
) -> None:
    uses(world, actor_of, Stage.COMPULSORY)

    with pytest.raises(router.DirectChannelClosed):
        actions.take_in(lists(BRAM, reference="1"), name="past it", by=by())
    assert people() == {}
    note = Message.objects.unscoped("a test looks").get()
    assert (note.state, note.digest, note.name) == ("refused", "", "")
    assert actions.take_in(BOOKINGS.encode(), name="bookings may", by=by()).message.state == "read"
    actions.take_from_router(sent(clock, "1", content=lists(BRAM, reference="2")), by=by())
    assert "BEDACHT" in people()


def test_while_it_fails_carriers_may_be_asked_and_what_they_sent_goes_when_the_router_brought_it(
    world: World, actor_of: ActorOf, clock: StandingClock, by: Callable[[], Actor]
) -> None:
    uses(world, actor_of, Stage.COMPULSORY)
    actions.take_from_router(sent(clock, "1", Event.FAILS, party=Party.ROUTER), by=by())
    with pytest.raises(router.DirectChannelClosed):
        actions.take_in(lists(BRAM, reference="1"), name="nobody asked", by=by())
    actions.ask_carriers(reason=REASON, by=actor_of(world.travel))

    clock.moment += timedelta(minutes=5)
    actions.take_in(lists(BRAM, FANTASIO, reference="1"), name="asked", by=by())
    assert set(people()) == {"BEDACHT", "VAN DER VERZONNEN"}

    actions.take_from_router(sent(clock, "2", Event.WORKS, party=Party.ROUTER), by=by())
    with pytest.raises(router.DirectChannelClosed):
        actions.take_in(lists(BRAM, reference="9"), name="closed again", by=by())
    closing = sent(clock, "3", moment=Moment.CLOSURE, content=lists(BRAM, reference="3"))
    actions.take_from_router(closing, by=by())
    actions.mask(by=by())

    # Whom the router named as well stays as the router's.
    assert people() == {"BEDACHT": "boarded"}
    told = {row.channel for row in Message.objects.unscoped("a test looks").filter(observations__gt=0)}
    assert told == {"router"}


def test_the_very_bytes_that_stood_in_become_the_routers(
    world: World, actor_of: ActorOf, clock: StandingClock, by: Callable[[], Actor]
) -> None:
    uses(world, actor_of, Stage.COMPULSORY)
    actions.own_link(fails=True, reason=REASON, by=actor_of(world.travel))
    actions.ask_carriers(reason=REASON, by=actor_of(world.travel))
    actions.take_in(lists(BRAM, reference="1"), name="asked", by=by())
    actions.own_link(fails=False, reason=REASON, by=actor_of(world.travel))

    same = sent(clock, "2", moment=Moment.CLOSURE, content=lists(BRAM, reference="1"))
    actions.take_from_router(same, by=by())
    actions.mask(by=by())

    assert people() == {"BEDACHT": "boarded"}
    row = Message.objects.unscoped("a test looks").get()
    assert (row.channel, row.moment) == ("router", "closure")


def test_a_carriers_own_failure_opens_the_channel_for_that_carrier_alone(
    world: World, actor_of: ActorOf, clock: StandingClock, by: Callable[[], Actor]
) -> None:
    uses(world, actor_of, Stage.COMPULSORY)
    actions.take_from_router(sent(clock, "1", Event.FAILS, party=Party.CARRIER, carrier="QC"), by=by())
    actions.ask_carriers(reason=REASON, by=actor_of(world.travel))

    with pytest.raises(router.DirectChannelClosed):
        actions.take_in(lists(BRAM, reference="1"), name="another carrier", by=by())
    theirs = lists(BRAM, reference="2", flight=replace(FLIGHT, carrier="QC"))
    assert actions.take_in(theirs, name="theirs", by=by()).message.channel == "stand-in"


@pytest.mark.parametrize("who", ["police", "minister", "administrator", "privacy"])
def test_nobody_outside_the_unit_opens_the_channel_and_only_while_something_fails(
    world: World, actor_of: ActorOf, who: str
) -> None:
    uses(world, actor_of, Stage.COMPULSORY)

    with pytest.raises(NotYours):
        actions.ask_carriers(reason=REASON, by=actor_of(getattr(world, who)))
    with pytest.raises(router.NothingFails):
        actions.ask_carriers(reason=REASON, by=actor_of(world.travel))
    assert not RouterFailure.objects.exists()


def test_the_log_names_nobody_and_its_page_shows_flights_to_the_unit_alone(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock, by: Callable[[], Actor]
) -> None:
    uses(world, actor_of, Stage.VOLUNTARY)
    actions.take_from_router(sent(clock, "1", content=lists(BRAM, reference="1")), by=by())
    actions.take_from_router(sent(clock, "2", Event.NOT_SENT, flight="XX477"), by=by())

    told = repr(list(RouterEvent.objects.values()))
    pages = {
        who: client_of(getattr(world, who)).get("/travel/router/log/").text for who in ("travel", "police")
    }

    assert "BEDACHT" not in told
    assert "XX477" in pages["travel"]
    assert "XX477" not in pages["police"]
    assert "XX477" in client_of(world.travel).get("/travel/carriers/XX/").text


@pytest.mark.parametrize(
    ("wanted", "word"),
    [
        (Use(Kind.API, Stage.COMPULSORY, "", "An act", date(2025, 1, 1), DAY, DAY), "2027"),
        (Use(Kind.PNR, Stage.COMPULSORY, "", "An act", date(2023, 1, 1), DAY, DAY), "2027"),
        (Use(Kind.API, Stage.COMPULSORY, "XX", "An act", LONG_AGO, DAY, DAY), "leeg|empty"),
        (Use(Kind.API, Stage.VOLUNTARY, "", "An act", DAY, DAY, DAY), "36"),
        (Use(Kind.API, Stage.VOLUNTARY, "XX", "An act", date(2024, 11, 24), DAY, date(2026, 11, 24)), "2026"),
        (Use(Kind.API, Stage.VOLUNTARY, "XX", "An act", DAY + timedelta(days=1), DAY, DAY), "router"),
    ],
)
def test_the_dates_of_the_regulation_hold_for_every_switch(wanted: Use, word: str) -> None:
    with pytest.raises(NotPossibleYet, match=word):
        router.check_use(wanted)


def test_an_official_switches_it_on_and_off_on_the_page_and_it_says_what_is_not_known(
    world: World, client_of: ClientOf
) -> None:
    form = {
        "kind": "API",
        "stage": "voluntary",
        "carriers": "xx",
        "basis": "An imaginary act",
        "reason": REASON,
    }
    days = {"operates_since": "01-11-2026", "starts_on": "23-11-2026", "ends_on": "31-12-2026"}
    official = client_of(world.minister)
    done = official.post("/travel/router/", form | days)

    page = client_of(world.school).get("/travel/router/").text

    assert done.status_code == 302
    assert "XX" in page
    assert "gepubliceerd" in page
    assert 'name="basis"' not in page
    assert client_of(world.travel).post("/travel/router/", form | days).status_code == 403


def test_the_command_takes_files_in_and_leaves_the_confirmations(
    world: World, actor_of: ActorOf, clock: StandingClock, tmp_path: Path
) -> None:
    uses(world, actor_of, Stage.VOLUNTARY)
    file, wrong = tmp_path / "1.json", tmp_path / "2.json"
    file.write_bytes(sent(clock, "1", content=lists(BRAM, reference="1")))
    wrong.write_bytes(b"{}")
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("router", "take", str(file), str(wrong), "--answers", str(tmp_path / "out"), stdout=out)
    call_command("router", "selection", stdout=out)

    assert [one.name for one in (tmp_path / "out").iterdir()] == ["1.json.confirmed.json"]
    assert json.loads(out.getvalue().splitlines()[-1]) == {"all": False, "routes": []}


def test_what_the_router_sent_goes_with_the_last_passenger_of_it_and_not_before(
    world: World, actor_of: ActorOf, by: Callable[[], Actor], clock: StandingClock
) -> None:
    uses(world, actor_of, Stage.VOLUNTARY)
    for identity, who in (("E1", FANTASIO), ("E2", BRAM)):
        actions.take_from_router(sent(clock, identity, content=lists(who, reference=identity)), by=by())
        told = sent(clock, f"{identity}-NOTICE", Event.UNLAWFUL, about=identity)
        actions.take_from_router(told, by=by())
    actions.take_from_router(sent(clock, "FAILS", Event.FAILS, party=Party.ROUTER), by=by())
    kept = Passenger.objects.unscoped("the one whom the first delivery named").order_by("pk")[0]
    actions.keep_longer(kept, reason=REASON, by=actor_of(world.travel))

    def forgotten_on(day: date) -> int:
        clock.moment = datetime.combine(day, clock.moment.timetz())
        actions.mask(by=by())
        return actions.forget_router_events(by=by())

    assert [forgotten_on(date(2027, 5, day)) for day in (22, 23, 24)] == [0, 3, 0]
    left = RouterEvent.objects.order_by("identity")
    assert [event.identity for event in left] == ["E1", "E1-NOTICE"]
    assert forgotten_on(date(2031, 11, 23)) == 2
    assert Entry.objects.filter(event="router-events.forgotten").count() == 2
    with pytest.raises(NotYours):
        actions.forget_router_events(by=actor_of(world.travel))
