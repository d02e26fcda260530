"""Waiting passengers are compared with active alerts: nobody is left out, nothing is kept twice."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenhang.access.rules import NotYours
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.travel.models import Passenger
from samenhang.watchlists import actions, publishers
from samenhang.watchlists.actions import screening
from samenhang.watchlists.models import Hit, RememberedFalseHit, ScreeningRun
from tests.cast import ActorOf, StandingClock, World
from tests.unit.test_publishers import UN
from tests.watchlists import (
    BRAM,
    FANTASIO,
    FLIGHT,
    MATCH,
    NO_MATCH,
    alert,
    arrive,
    every_alert,
    every_hit,
    listed,
    one_hit,
    request,
    screener,
)

pytestmark = pytest.mark.django_db


def waiting() -> int:
    return Passenger.objects.unscoped("a test looks").awaiting_screening().count()


def test_who_resembles_an_alert_becomes_a_hit_that_explains_itself(world: World, actor_of: ActorOf) -> None:
    hit = one_hit(actor_of(world.police))

    assert hit.status == "waiting"
    assert hit.provider == world.travel.organisation
    assert hit.issuer == world.police.organisation
    assert hit.listed["names"] == ["Fantasio van der Verzonnen"]
    assert {part["how"] for part in hit.explanation["parts"]}
    assert {line["kind"] for line in hit.explanation["evidence"]} >= {"birth_date", "sex", "document"}
    weights = [line["weight"] for lines in ("parts", "evidence") for line in hit.explanation[lines]]
    assert round(sum(weights), 3) == hit.resemblance
    assert hit.arrives == "2026-11-23T11:40"
    assert waiting() == 0


def test_the_run_and_the_journal_say_what_was_compared(world: World, actor_of: ActorOf) -> None:
    one_hit(actor_of(world.police))

    run = ScreeningRun.objects.latest("pk")
    assert (run.passengers, run.alerts) == (2, 1)
    assert len(run.alerts_version) == 64
    assert Entry.objects.filter(event="passengers.screened", subject=run.reference).exists()
    assert Entry.objects.filter(event="hit.found", subject=every_hit().get().reference).count() == 1


def test_screening_again_doubles_nothing(world: World, actor_of: ActorOf, moment: datetime) -> None:
    one_hit(actor_of(world.police))
    Passenger.objects.unscoped("a test undoes the mark").update(screened_at=None)

    again = actions.screen_waiting(by=screener(moment))

    assert (again.passengers, again.hits) == (2, 0)
    assert every_hit().count() == 1


def test_lifted_and_overdue_alerts_are_not_compared(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    police = actor_of(world.police)
    actions.lift(alert(police), reason="found", by=police)
    overdue = alert(police)
    every_alert().filter(pk=overdue.pk).update(review_on=date(2026, 11, 22))
    arrive(FANTASIO, now=moment)

    screened = actions.screen_waiting(by=screener(moment))

    assert (screened.passengers, screened.hits, waiting()) == (1, 0, 0)


def test_an_alert_issued_later_is_compared_with_who_is_still_under_way(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    landed = replace(
        FLIGHT,
        number="9",
        departs_at=datetime.fromisoformat("2026-11-20T07:10"),
        arrives_at=datetime.fromisoformat("2026-11-20T11:40"),
    )
    arrive(FANTASIO, now=moment, flight=landed)
    arrive(FANTASIO, now=moment, reference="2")
    actions.screen_waiting(by=screener(moment))
    made = alert(actor_of(world.police))

    found = actions.screen_waiting(by=screener(moment))
    again = actions.screen_waiting(by=screener(moment))

    assert (found.hits, again.hits) == (1, 0)
    assert every_hit().get().flight.number.lstrip("0") == "123"
    assert every_alert().get(pk=made.pk).caught_up_at == moment


def test_an_alert_issued_during_a_search_counts(
    world: World, actor_of: ActorOf, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    police = actor_of(world.police)
    arrive(FANTASIO, now=moment)
    search, issued = screening._search, []

    def meanwhile(*arguments: Any) -> Any:
        found = search(*arguments)
        if not issued:
            issued.append(alert(police))
        return found

    monkeypatch.setattr(screening, "_search", meanwhile)
    batch = list(Passenger.objects.unscoped("a test").select_related("flight"))
    run = actions.screen(batch, by=screener(moment))

    assert run is not None
    assert (run.hits, run.alerts) == (1, 1)


def test_whatever_is_done_to_an_alert_makes_another_edition(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    police, today = actor_of(world.police), moment.date()
    issued = alert(police)
    sleeping = alert(police)
    every_alert().filter(pk=sleeping.pk).update(review_on=date(2026, 11, 22))
    deeds: list[Callable[[], object]] = [
        lambda: None,
        lambda: alert(police),
        lambda: actions.renew(sleeping, review_on=date(2027, 1, 1), reason="looked again", by=police),
        lambda: actions.lift(issued, reason="found", by=police),
    ]

    editions = []
    for deed in deeds:
        deed()
        editions.append(every_alert().edition(today))

    assert len(set(editions)) == len(deeds)
    assert every_alert().edition(today) == editions[-1]
    assert every_alert().edition(today).active == 2


def test_a_passenger_who_changed_during_the_search_keeps_waiting(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    alert(actor_of(world.police))
    before = arrive(replace(FANTASIO, birth_date=None), now=moment)
    arrive(FANTASIO, now=moment, reference="2")

    run = actions.screen(before, by=screener(moment))

    assert run is None
    assert waiting() == 1


def test_stopping_before_the_commit_loses_nothing(
    world: World, actor_of: ActorOf, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopped(BaseException):
        pass

    def stop(*_: Any, **__: Any) -> None:
        raise Stopped

    alert(actor_of(world.police))
    actions.catch_up(by=screener(moment))
    arrive(FANTASIO, BRAM, now=moment)
    with monkeypatch.context() as patched:
        patched.setattr(screening, "mark_screened", stop)
        with pytest.raises(Stopped):
            actions.screen_waiting(by=screener(moment))
    assert (every_hit().count(), waiting()) == (0, 2)

    actions.screen_waiting(by=screener(moment))

    assert (every_hit().count(), waiting()) == (1, 0)


def test_too_many_are_queued_and_counted_and_none_is_dropped(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    for _ in range(12):
        alert(actor_of(world.police))
    arrive(FANTASIO, replace(FANTASIO, record_locator="CCCCCC", documents=()), BRAM, now=moment)

    first = actions.screen_waiting(by=screener(moment), limit=1)

    assert (first.passengers, first.waiting) == (1, 2)
    # More alerts than a page would show: every one is a hit.
    actions.screen_waiting(by=screener(moment))
    assert every_hit().count() == 24


def test_a_false_hit_is_not_shown_again_but_counted(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    hit = one_hit(actor_of(world.police))
    actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))
    later = replace(FLIGHT, number="456")

    arrive(FANTASIO, now=moment, flight=later, reference="2")
    screened = actions.screen_waiting(by=screener(moment))

    assert (screened.hits, screened.remembered) == (0, 1)
    assert RememberedFalseHit.objects.get().met == 1
    assert every_hit().count() == 1


@pytest.mark.parametrize(
    "difference",
    [
        {"given_names": "FANTASIA"},
        {"birth_date": date(1991, 5, 13)},
        {"nationality": "BEL"},
        {"documents": ()},
        {"sex": "F"},
    ],
)
def test_a_false_hit_never_hides_somebody_whose_data_differ(
    difference: dict[str, Any], world: World, actor_of: ActorOf, moment: datetime
) -> None:
    hit = one_hit(actor_of(world.police))
    actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))

    arrive(replace(FANTASIO, **difference), now=moment, flight=replace(FLIGHT, number="456"), reference="2")
    screened = actions.screen_waiting(by=screener(moment))

    assert (screened.hits, screened.remembered) == (1, 0)


def test_a_dismissed_hit_opens_again_when_the_record_changes(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    alert(actor_of(world.police))
    arrive(replace(FANTASIO, nationality=""), now=moment)
    actions.screen_waiting(by=screener(moment))
    actions.judge(every_hit().get(), "no_match", why=NO_MATCH, by=actor_of(world.travel))

    arrive(FANTASIO, now=moment, reference="2")
    screened = actions.screen_waiting(by=screener(moment))

    assert screened.hits == 1
    assert (every_hit().get().status, every_hit().get().finished_at) == ("waiting", None)
    assert Entry.objects.filter(event="hit.reopened").count() == 1


def test_a_false_hit_is_remembered_no_longer_than_alert_and_passenger(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    hit = one_hit(actor_of(world.police))
    actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))
    alert_until = every_alert().get().review_on
    passenger_until = Passenger.objects.unscoped("a test").get(pk=hit.passenger_id).delete_on

    memory = RememberedFalseHit.objects.get()

    assert memory.expires_on == min(alert_until, passenger_until)
    clock.moment += timedelta(days=200)
    actions.forget(by=screener(clock.moment))
    assert not RememberedFalseHit.objects.exists()


def test_a_lifted_alert_forgets_its_false_hits_and_ends_its_open_ones(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    police = actor_of(world.police)
    hit = one_hit(police)
    actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))
    arrive(replace(FANTASIO, sex=""), now=moment, flight=replace(FLIGHT, number="456"), reference="2")
    actions.screen_waiting(by=screener(moment))

    actions.lift(every_alert().get(), reason="found", by=police)

    assert not RememberedFalseHit.objects.exists()
    assert [one.status for one in every_hit()] == ["dismissed", "lapsed"]


def test_hits_go_when_the_time_of_the_passenger_is_over(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    hit = one_hit(actor_of(world.police))
    actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))
    clock.moment += timedelta(days=400)

    gone = actions.forget(by=screener(clock.moment))

    assert (gone, every_hit().count()) == (1, 0)
    assert actions.forget(by=screener(clock.moment)) == 0


def test_a_confirmed_hit_stays_with_the_passenger_who_is_kept_for_it(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    hit = one_hit(actor_of(world.police))
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))
    clock.moment += timedelta(days=400)

    assert actions.forget(by=screener(clock.moment)) == 0
    assert every_hit().count() == 1


def test_only_the_screening_service_screens(world: World, actor_of: ActorOf) -> None:
    for who in (world.travel, world.police, world.administrator):
        with pytest.raises(NotYours):
            actions.screen_waiting(by=actor_of(who))


@contextmanager
def counted() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries


def test_the_number_of_queries_does_not_grow_with_the_passengers(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    alert(actor_of(world.police))
    actions.catch_up(by=screener(moment))
    by = screener(moment)
    people = [replace(BRAM, surname=f"BEDACHT{chr(65 + n)}", record_locator=f"B{n:05}") for n in range(20)]
    arrive(people[0], now=moment)
    with counted() as few:
        actions.screen_waiting(by=by)
    arrive(*people[1:], now=moment, reference="2")

    with counted() as many:
        actions.screen_waiting(by=by)

    assert len(many) <= len(few)


def test_sanctions_lists_are_never_compared_with_passengers(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:

    actions.import_list(publishers.read(UN.encode()), by=service_account("lists", now=moment))
    actions.approve_list("UN", reason="checked", by=actor_of(world.list_manager))
    on_the_list = replace(
        FANTASIO, surname="VERZONNEN", given_names="FANTASIO VAN DER", birth_date=date(1970, 1, 2)
    )
    arrive(on_the_list, now=moment)
    with counted() as queries:
        screened = actions.screen_waiting(by=screener(moment))

    assert (screened.passengers, screened.hits) == (1, 0)
    assert not any("watchlists_listedrecord" in query["sql"] for query in queries)
    assert not Hit.objects.unscoped("a test").exists()


def test_the_document_alone_is_enough_to_be_seen(world: World, actor_of: ActorOf, moment: datetime) -> None:
    actions.issue(listed(names=("Heel Anders",)), request(), by=actor_of(world.police))
    arrive(FANTASIO, now=moment)

    assert actions.screen_waiting(by=screener(moment)).hits == 1
