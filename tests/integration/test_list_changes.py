"""A list change screens again only journeys that are not completed, and only what it affects."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from samenhang.travel.models import Passenger
from samenhang.watchlists import actions
from samenhang.watchlists.actions import screening, thresholds
from samenhang.watchlists.models import Alert, Hit, ScreeningRun
from samenhang.watchlists.models.watch import watch
from tests.cast import ActorOf, World
from tests.watchlists import FANTASIO, FLIGHT, alert, arrive, every_alert, every_hit, screener

pytestmark = pytest.mark.django_db

LANDED = replace(
    FLIGHT,
    number="9",
    departs_at=datetime.fromisoformat("2026-11-20T07:10"),
    arrives_at=datetime.fromisoformat("2026-11-20T11:40"),
)


class Compared:
    """Which passengers were searched for and whose pairs counted, search after search."""

    def __init__(self) -> None:
        self.people: set[int] = set()
        self.alerts: set[str] = set()


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Compared:
    seen, search = Compared(), screening._search

    def watched(passengers: Any, asked: Any) -> Any:
        seen.people |= {passenger.pk for passenger in passengers}
        seen.alerts |= {entry.key for entry in asked.watch.index.entries() if asked.counts(entry.key)}
        return search(passengers, asked)

    monkeypatch.setattr(screening, "_search", watched)
    return seen


@pytest.fixture
def standing(world: World, actor_of: ActorOf, moment: datetime) -> Alert:
    """An alert that a completed journey and one under way were compared with before."""
    made = alert(actor_of(world.police))
    arrive(FANTASIO, now=moment, flight=LANDED)
    arrive(FANTASIO, now=moment, reference="2")
    actions.screen_waiting(by=screener(moment))
    return made


def under_way() -> set[int]:
    rows = Passenger.objects.unscoped("a test looks").exclude(flight__number__contains="9")
    return set(rows.values_list("pk", flat=True))


def hits_of(made: Alert) -> list[Hit]:
    return list(every_hit().filter(alert=made))


def test_an_added_alert_alone_is_compared_with_who_is_under_way_alone(
    standing: Alert, compared: Compared, world: World, actor_of: ActorOf, moment: datetime
) -> None:
    before = {hit.pk: (hit.status, hit.revision, hit.run_id) for hit in hits_of(standing)}
    added = alert(actor_of(world.border))

    found = actions.screen_waiting(by=screener(moment))

    assert (compared.people, compared.alerts) == (under_way(), {added.reference})
    assert [hit.passenger_id for hit in hits_of(added)] == list(under_way())
    assert {hit.pk: (hit.status, hit.revision, hit.run_id) for hit in hits_of(standing)} == before
    assert (found.passengers, found.hits) == (0, 1)
    run = ScreeningRun.objects.latest("pk")
    assert (run.again, run.passengers, run.alerts, [one["name"] for one in run.lists]) == (
        True, 1, 1, ["Royal Marechaussee"],
    )  # fmt: skip


def test_nothing_is_screened_again_when_no_alert_was_added_or_changed(
    standing: Alert, compared: Compared, world: World, actor_of: ActorOf, moment: datetime
) -> None:
    police = actor_of(world.police)
    other = alert(police)
    actions.screen_waiting(by=screener(moment))
    runs, compared.people = ScreeningRun.objects.count(), set()
    actions.renew(standing, review_on=date(2027, 1, 1), reason="Still sought.", by=police)
    actions.lift(other, reason="found", by=police)

    actions.screen_waiting(by=screener(moment))

    assert (compared.people, ScreeningRun.objects.count()) == (set(), runs)


def test_an_alert_that_slept_and_is_renewed_is_compared_again_and_no_other(
    standing: Alert, compared: Compared, world: World, actor_of: ActorOf, moment: datetime
) -> None:
    police = actor_of(world.police)
    sleeping = alert(police)
    every_alert().filter(pk=sleeping.pk).update(review_on=date(2026, 11, 22))
    actions.screen_waiting(by=screener(moment))
    compared.people, compared.alerts = set(), set()
    actions.renew(sleeping, review_on=date(2027, 1, 1), reason="Still sought.", by=police)

    actions.screen_waiting(by=screener(moment))

    assert (compared.people, compared.alerts) == (under_way(), {sleeping.reference})
    assert len(hits_of(sleeping)) == 1


def test_a_lower_threshold_compares_its_own_list_again_and_no_other(
    standing: Alert, compared: Compared, world: World, actor_of: ActorOf, moment: datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(thresholds, "sample_size", lambda _entries: 100)
    alert(actor_of(world.border))
    actions.screen_waiting(by=screener(moment))
    compared.people, compared.alerts = set(), set()

    by = actor_of(world.travel)
    actions.set_threshold(world.police.organisation, 4.0, reason="It missed one.", by=by)
    actions.screen_waiting(by=screener(moment))

    assert (compared.people, compared.alerts) == (under_way(), {standing.reference})
    assert every_hit().count() == 3


def test_an_added_alert_resembles_by_as_much_as_if_all_had_been_compared(
    standing: Alert, world: World, actor_of: ActorOf, moment: datetime
) -> None:
    # How rare a name is depends on the whole list: in a list of its own it would be another number.
    police = actor_of(world.police)
    for _ in range(3):
        alert(police, birth_dates=("1950",), documents=())
    actions.screen_waiting(by=screener(moment))
    added = alert(police)
    actions.screen_waiting(by=screener(moment))
    arrive(FANTASIO, now=moment, flight=replace(FLIGHT, number="456"), reference="3")

    actions.screen_waiting(by=screener(moment))

    again, afresh = hits_of(added)
    assert again.flight != afresh.flight
    assert again.resemblance == afresh.resemblance


def test_a_list_that_the_law_does_not_allow_is_compared_once_it_does(
    standing: Alert, compared: Compared, world: World, actor_of: ActorOf, moment: datetime
) -> None:
    added = alert(actor_of(world.border))
    every_alert().filter(pk=added.pk).update(kind="SIS-24")
    actions.screen_waiting(by=screener(moment))
    refused, sizes = (
        set(compared.alerts),
        [one.alerts for one in actions.lists_today(by=actor_of(world.travel))],
    )
    every_alert().filter(pk=added.pk).update(kind="SIS-36")
    watch.cache_clear()

    actions.screen_waiting(by=screener(moment))

    assert (refused, sizes) == (set(), [1, 0])
    assert compared.alerts == {added.reference}
    assert len(hits_of(added)) == 1
