"""What cannot be read, and a reference used twice, waits sealed for 72 hours and is never lost silently."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

import edifact
from samenhang.access.rules import NotThere
from samenhang.desk.worker import work_once
from samenhang.foundation.clock import now
from samenhang.foundation.keys import key_store
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.travel import actions, spool
from samenhang.travel.models import Message, Passenger
from samenhang.travel.rules.quarantine import NoReason, NotWaiting
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.integration.test_masking_passengers import cells
from tests.integration.test_receiving_messages import ANNA, BRAM, paxlst

# Keys are destroyed once a transaction is committed, so these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)
REASON = "The carrier says that both lists are right."
JUNK = b"VERZONNEN ANNA wrote this by hand, it is no message"


@pytest.fixture
def by(world: World) -> Actor:
    return service_account("receiving", now=now())


@pytest.fixture
def held(by: Actor) -> Message:
    """Anna was read; Bram came under the same control reference."""
    actions.take_in(paxlst(ANNA), name="a", by=by)
    return actions.take_in(paxlst(BRAM), name="b", by=by).message


def state(message: Message) -> str:
    return str(Message.objects.unscoped("a test looks").get(pk=message.pk).state)


def on_board() -> list[str]:
    rows = Passenger.objects.unscoped("a test looks").order_by("pk")
    return [str(row.told["given_names"]) for row in rows]


def trace(event: str, message: Message) -> int:
    return int(Entry.objects.filter(event=event, subject=message.reference).count())


def test_the_same_reference_with_other_content_waits_sealed_and_adds_nobody(held: Message) -> None:
    file = Path(settings.FILES) / "spool" / held.reference

    assert (state(held), on_board(), trace("message.held", held)) == ("held", ["ANNA"], 1)
    assert b"BEDACHT" not in file.read_bytes()
    assert not any(b"BEDACHT" in cell for cell in cells())
    assert b"BEDACHT" in spool.open_bytes(held.reference)


def test_a_reference_that_is_used_again_a_day_later_is_another_message(
    by: Actor, clock: StandingClock
) -> None:
    actions.take_in(paxlst(ANNA), name="a", by=by)
    clock.moment += timedelta(hours=24)
    later = service_account("receiving", now=clock.moment)

    assert actions.take_in(paxlst(BRAM), name="b", by=later).message.state == "read"


def test_what_cannot_be_read_waits_as_well_and_no_sweep_takes_it(by: Actor) -> None:
    message = actions.take_in(JUNK, name="a", by=by).message

    actions.sweep(by=by)

    assert (state(message), spool.holds(message.reference)) == ("unreadable", True)
    assert not any(b"VERZONNEN" in cell for cell in cells())


@pytest.mark.parametrize(("hours", "left"), [(71, True), (72, False)])
def test_after_72_hours_the_worker_destroys_it_with_a_trace(
    held: Message, clock: StandingClock, hours: int, left: bool
) -> None:
    clock.moment += timedelta(hours=hours)

    work_once()

    assert spool.holds(held.reference) is left
    assert (spool.SCOPE + held.reference in key_store().scopes(spool.SCOPE)) is left
    assert state(held) == ("held" if left else "destroyed")
    assert trace("message.destroyed", held) == (0 if left else 1)


def test_reading_it_again_begins_no_new_time(
    by: Actor, actor_of: ActorOf, world: World, clock: StandingClock
) -> None:
    message = actions.take_in(JUNK, name="a", by=by).message
    clock.moment += timedelta(hours=70)
    analyst = actor_of(world.travel)
    again = actions.read(actions.release(message, reason=REASON, by=analyst), by=analyst)
    clock.moment += timedelta(hours=2)

    work_once()

    assert (again.state, state(message)) == ("unreadable", "destroyed")


def test_after_a_fix_it_is_read(
    by: Actor, actor_of: ActorOf, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = edifact.read
    monkeypatch.setattr(edifact, "read", lambda _data, **more: reads(b"nothing", **more))
    message = actions.take_in(paxlst(ANNA), name="a", by=by).message
    monkeypatch.undo()
    analyst = actor_of(world.travel)

    again = actions.read(actions.release(message, reason=REASON, by=analyst), by=analyst)

    assert (message.state, again.state, on_board()) == ("unreadable", "read", ["ANNA"])
    assert not spool.holds(message.reference)


def test_an_analyst_sees_what_waits_and_why_and_lets_it_in(
    held: Message, world: World, client_of: ClientOf
) -> None:
    client = client_of(world.travel)
    address = f"/travel/quarantine/{held.reference}/"

    listed = client.get("/travel/quarantine/").text
    shown = client.get(address).text
    done = client.post(address, {"decision": "read", "reason": REASON})

    assert held.reference in listed
    assert held.conflicts_with in shown
    assert "BEDACHT" not in listed + shown
    assert (done.status_code, state(held), on_board()) == (302, "read", ["ANNA", "BRAM"])
    assert (trace("message.released", held), spool.holds(held.reference)) == (1, False)


def test_an_analyst_refuses_it_and_the_same_file_may_come_again(
    held: Message, world: World, client_of: ClientOf, by: Actor
) -> None:
    page = client_of(world.travel).post(
        f"/travel/quarantine/{held.reference}/", {"decision": "destroy", "reason": REASON}
    )

    again = actions.take_in(paxlst(BRAM), name="b", by=by)
    assert (page.status_code, state(held), spool.holds(held.reference)) == (302, "destroyed", False)
    assert (again.duplicate, again.message.state) == (False, "held")
    assert trace("message.destroyed", held) == 1


@pytest.mark.parametrize("who", ["police", "border", "administrator", "privacy", "school"])
def test_an_outsider_sees_nothing_waiting_and_decides_nothing(
    held: Message, world: World, client_of: ClientOf, actor_of: ActorOf, who: str
) -> None:
    user = getattr(world, who)

    assert held.reference not in client_of(user).get("/travel/quarantine/").text
    assert client_of(user).get(f"/travel/quarantine/{held.reference}/").status_code == 404
    for deed in (actions.release, actions.refuse):
        with pytest.raises(NotThere):
            deed(held, reason=REASON, by=actor_of(user))
    assert state(held) == "held"


def test_a_decision_has_a_reason_and_comes_in_time(
    held: Message, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    with pytest.raises(NoReason):
        actions.release(held, reason="Fine.", by=actor_of(world.travel))
    clock.moment += timedelta(hours=72)
    with pytest.raises(NotWaiting):
        actions.release(held, reason=REASON, by=actor_of(world.travel))


def test_what_was_read_is_not_in_quarantine(by: Actor, world: World, actor_of: ActorOf) -> None:
    message = actions.take_in(paxlst(ANNA), name="a", by=by).message

    for deed in (actions.release, actions.refuse):
        with pytest.raises(NotWaiting):
            deed(message, reason=REASON, by=actor_of(world.travel))


def test_a_hurried_stop_while_destroying_is_finished_by_the_next_sweep(
    held: Message, by: Actor, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_arguments: Any) -> None:
        raise KeyboardInterrupt

    clock.moment += timedelta(hours=72)
    late = service_account("receiving", now=clock.moment)
    monkeypatch.setattr(spool, "forget", stopped)
    with pytest.raises(KeyboardInterrupt):
        actions.empty_quarantine(by=late)
    monkeypatch.undo()

    actions.sweep(by=late)

    assert (state(held), spool.holds(held.reference)) == ("destroyed", False)
