"""A queue that grows larger or older than its limit asks for somebody; nothing is ever dropped for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ImproperlyConfigured

from samenhang.config.settings import _at_least_one
from samenhang.watchlists import actions
from samenhang.watchlists.models import Hit
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import FANTASIO, NO_MATCH, alert, arrive, every_hit, screener

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
DUTY = "Relieve the queue of hits"


@pytest.fixture
def twelve(world: World, actor_of: ActorOf, clock: StandingClock) -> list[Hit]:
    """Hits of four passengers with each of three alerts."""
    for _ in range(3):
        alert(actor_of(world.police))
    people = [replace(FANTASIO, given_names=f"FANTASIO {letter}", documents=()) for letter in "ABCD"]
    arrive(*people, now=clock.moment)
    actions.screen_waiting(by=screener(clock.moment))
    return list(every_hit())


def work_of(client_of: ClientOf, user: Any) -> str:
    text: str = client_of(user).get("/", headers=ENGLISH).content.decode()
    return text


def test_more_than_the_limit_are_all_kept_shown_and_counted_and_somebody_is_asked(
    twelve: list[Hit],
    world: World,
    client_of: ClientOf,
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.HITS_MOST = 11
    monkeypatch.setattr("samenhang.judging.views.deciding.ON_A_PAGE", 5)
    client = client_of(world.travel)

    pages = [client.get(f"/hits/?page={n}", headers=ENGLISH).content.decode() for n in (1, 2, 3)]
    work = work_of(client_of, world.travel)

    assert len(twelve) == 12
    assert all(sum(f"/hits/{hit.reference}/" in page for page in pages) == 1 for hit in twelve)
    assert "12 wait for review" in pages[0]
    assert "none is dropped" in pages[0]
    assert DUTY in work
    assert "12 wait, and the limit is 11." in work


def test_at_the_limit_nobody_is_asked(
    twelve: list[Hit], world: World, client_of: ClientOf, settings: LazySettings
) -> None:
    settings.HITS_MOST = 12

    assert DUTY not in work_of(client_of, world.travel)
    assert "none is dropped" not in client_of(world.travel).get("/hits/", headers=ENGLISH).content.decode()


def test_a_queue_that_waits_too_long_asks_for_somebody_until_the_oldest_is_judged(
    twelve: list[Hit], world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    clock.moment += timedelta(hours=96)
    before = work_of(client_of, world.travel)
    clock.moment += timedelta(minutes=1)
    after = work_of(client_of, world.travel)
    for hit in twelve:
        actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))

    assert (DUTY in before, DUTY in after) == (False, True)
    assert "One has waited for longer than 96 hours." in after
    assert DUTY not in work_of(client_of, world.travel)


def test_who_does_not_review_for_the_unit_gets_no_alarm(
    twelve: list[Hit], world: World, client_of: ClientOf, settings: LazySettings
) -> None:
    settings.HITS_MOST = 1

    for who in (world.police, world.border, world.administrator, world.school):
        assert DUTY not in work_of(client_of, who)


@pytest.mark.parametrize("text", ["0", "-3", "many", "1.5"])
def test_a_limit_that_is_no_limit_stops_the_start(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMENHANG_HITS_MOST", text)

    with pytest.raises(ImproperlyConfigured, match="SAMENHANG_HITS_MOST"):
        _at_least_one("SAMENHANG_HITS_MOST", 200)
