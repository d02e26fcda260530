"""A named person sets from which resemblance alerts become hits, and sees beforehand what that brings."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from samenhang.access.rules import NotYours
from samenhang.journal.models import Entry
from samenhang.organisations.models import Organisation
from samenhang.travel.models import Passenger
from samenhang.watchlists import actions
from samenhang.watchlists.actions import screening, thresholds
from samenhang.watchlists.models import ListThreshold, ScreeningRun
from samenhang.watchlists.rules import ReasonMissing
from samenhang.watchlists.rules.thresholds import ThresholdStands, UnknownThreshold
from screening import DEFAULT_THRESHOLD
from tests.cast import ActorOf, ClientOf, World
from tests.watchlists import BRAM, FANTASIO, alert, arrive, every_alert, every_hit, screener

pytestmark = pytest.mark.django_db

# Resembles the invented alert by 5.4 bits: just enough by default.
ALMOST = replace(FANTASIO, surname="VAN VERZONNEN", birth_date=None, sex="", documents=())


@pytest.fixture(autouse=True)
def few_made_people(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(thresholds, "sample_size", lambda _entries: 300)
    thresholds._pairs.cache_clear()
    yield
    thresholds._pairs.cache_clear()


def latest_run() -> ScreeningRun:
    return ScreeningRun.objects.latest("pk")


def page_of(issuer: Organisation) -> str:
    return f"/screening/lists/{issuer.reference}/"


def test_a_list_without_a_threshold_of_its_own_uses_the_default_of_the_library(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    alert(actor_of(world.police))
    arrive(ALMOST, BRAM, now=moment)

    actions.screen_waiting(by=screener(moment))

    told = latest_run().lists
    assert [(one["name"], one["threshold"], one["setting"]) for one in told] == [
        ("Police", DEFAULT_THRESHOLD, "")
    ]
    assert every_hit().count() == 1


def test_the_next_run_uses_the_threshold_and_says_who_set_it(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    police, border, by = world.police.organisation, world.border.organisation, actor_of(world.travel)
    alert(actor_of(world.police))
    alert(actor_of(world.border))
    made = actions.set_threshold(police, 5.5, reason="Too many false hits.", by=by)
    lower = actions.set_threshold(border, 4.0, reason="It misses people.", by=by)
    actions.catch_up(by=screener(moment))
    arrive(ALMOST, now=moment)

    actions.screen_waiting(by=screener(moment))

    assert [hit.issuer for hit in every_hit()] == [border]
    told = {one["name"]: one for one in latest_run().lists}
    assert (told["Police"]["threshold"], told["Police"]["setting"]) == (5.5, made.reference)
    assert (told["Police"]["hits"], told["Royal Marechaussee"]["hits"]) == (0, 1)
    assert told["Royal Marechaussee"]["setting"] == lower.reference
    assert (made.before, made.set_by, made.at) == (DEFAULT_THRESHOLD, world.travel, moment)
    entry = Entry.objects.filter(event="threshold.set").earliest("pk")
    assert (entry.subject, entry.user) == (made.reference, world.travel.reference)


def test_a_higher_threshold_lets_no_queued_hit_vanish_nor_go_stale(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    alert(actor_of(world.police))
    arrive(ALMOST, now=moment)
    actions.screen_waiting(by=screener(moment))
    higher = {"reason": "Too many false hits.", "by": actor_of(world.travel)}

    actions.set_threshold(world.police.organisation, 6.0, **higher)
    arrive(replace(ALMOST, nationality="BEL"), now=moment, reference="2")
    actions.screen_waiting(by=screener(moment))

    hit = every_hit().get()
    passenger = Passenger.objects.unscoped("a test looks").get(pk=hit.passenger_id)
    assert (hit.status, hit.revision) == ("waiting", passenger.revision)
    assert passenger.revision > 1
    assert (latest_run().hits, latest_run().lists[0]["threshold"]) == (0, 6.0)


def test_a_lower_threshold_is_compared_again_with_who_is_still_under_way(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    by = actor_of(world.travel)
    alert(actor_of(world.police))
    actions.set_threshold(world.police.organisation, 6.0, reason="Too many.", by=by)
    arrive(ALMOST, now=moment)
    before = actions.screen_waiting(by=screener(moment))

    actions.set_threshold(world.police.organisation, 5.0, reason="It missed one.", by=by)
    after = actions.screen_waiting(by=screener(moment))

    assert (before.hits, after.hits) == (0, 1)
    assert (latest_run().again, latest_run().lists[0]["threshold"]) == (True, 5.0)
    assert [row.threshold for row in ListThreshold.objects.all()] == [5.0, 6.0]


def test_a_threshold_that_is_set_during_a_search_counts(
    world: World, actor_of: ActorOf, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    alert(actor_of(world.police))
    actions.catch_up(by=screener(moment))
    arrive(ALMOST, now=moment)
    search, done = screening._search, []

    def meanwhile(*arguments: Any) -> Any:
        found = search(*arguments)
        if not done:
            by = actor_of(world.travel)
            done.append(actions.set_threshold(world.police.organisation, 7.0, reason="Many.", by=by))
        return found

    monkeypatch.setattr(screening, "_search", meanwhile)
    actions.screen_waiting(by=screener(moment))

    assert every_hit().count() == 0
    assert latest_run().lists[0]["setting"] == done[0].reference


def test_a_lower_threshold_set_while_newer_alerts_are_compared_is_not_lost(
    world: World, actor_of: ActorOf, moment: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = actor_of(world.travel)
    actions.set_threshold(world.police.organisation, 6.0, reason="Too many.", by=by)
    arrive(ALMOST, now=moment)
    actions.screen_waiting(by=screener(moment))
    alert(actor_of(world.police))
    search, done = screening._search, []

    def meanwhile(*arguments: Any) -> Any:
        if not done:
            done.append(actions.set_threshold(world.police.organisation, 5.0, reason="It missed.", by=by))
        return search(*arguments)

    monkeypatch.setattr(screening, "_search", meanwhile)
    first = actions.screen_waiting(by=screener(moment))
    waits_still = every_alert().not_caught_up().count()
    second = actions.screen_waiting(by=screener(moment))

    assert (first.hits, waits_still, second.hits) == (0, 1, 1)


def test_a_threshold_needs_a_reason_a_known_value_and_a_change(world: World, actor_of: ActorOf) -> None:
    police, by = world.police.organisation, actor_of(world.travel)
    actions.set_threshold(police, 6.0, reason="Too many false hits.", by=by)

    with pytest.raises(ReasonMissing):
        actions.set_threshold(police, 7.0, reason="  ", by=by)
    with pytest.raises(UnknownThreshold):
        actions.set_threshold(police, 5.123, reason="Because.", by=by)
    with pytest.raises(ThresholdStands):
        actions.set_threshold(police, 6.0, reason="Again.", by=by)
    assert ListThreshold.objects.count() == 1


@pytest.mark.parametrize("who", ["police", "border", "prosecutor", "list_manager", "administrator", "school"])
def test_who_does_not_review_sets_no_threshold(who: str, world: World, actor_of: ActorOf) -> None:
    by = actor_of(getattr(world, who))

    with pytest.raises(NotYours):
        actions.set_threshold(world.police.organisation, 6.0, reason="Because.", by=by)
    with pytest.raises(NotYours):
        actions.expect(world.police.organisation, by=by)


def test_a_service_sets_no_threshold(world: World, moment: datetime) -> None:
    with pytest.raises(NotYours):
        actions.set_threshold(world.police.organisation, 6.0, reason="Because.", by=screener(moment))


def test_before_confirming_one_sees_the_false_hits_to_expect_and_they_stay_with_the_choice(
    world: World, actor_of: ActorOf, client_of: ClientOf, moment: datetime
) -> None:
    police, client = world.police.organisation, client_of(world.travel)
    for names in ("Jan Bakker", "Maria Smith", "Hans Muller"):
        alert(actor_of(world.police), names=(names,), birth_dates=("1970",), sex="", documents=())
    arrive(BRAM, now=moment)
    actions.screen_waiting(by=screener(moment))
    forecast, traffic = actions.expect(police, by=actor_of(world.travel))

    page = client.get(f"{page_of(police)}threshold/", headers={"accept-language": "en"}).content.decode()
    typed = {"threshold": "3", "reason": "A trial of one week."}
    answer = client.post(f"{page_of(police)}threshold/", typed)

    assert [row.pairs for row in forecast.rows] == sorted((r.pairs for r in forecast.rows), reverse=True)
    assert forecast.entries == 3
    assert (traffic.usual, traffic.known) == (1, True)
    for row in forecast.rows:
        assert f'value="{row.bits:g}"' in page
    assert f"at most one in {round(1 / forecast.rows[-1].at_most(1))} days" in page
    assert answer["Location"] == page_of(police)
    shown = ListThreshold.objects.get().shown
    assert shown["a_day"] == round(forecast.of(3.0).a_day(1), 6)
    assert (shown["sample"], shown["entries"], shown["passengers"]) == (300, 3, 1)
    told = client.get(page_of(police), headers={"accept-language": "en"}).content.decode()
    assert "A trial of one week." in told
    assert world.travel.name in told
    assert "1 passenger a day" in told


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"threshold": "3", "reason": ""}, 422), ({"threshold": "3.3", "reason": "Because."}, 422)],
)
def test_without_a_reason_or_with_another_number_nothing_is_set(
    typed: dict[str, str], status: int, world: World, client_of: ClientOf
) -> None:
    answer = client_of(world.travel).post(f"{page_of(world.police.organisation)}threshold/", typed)

    assert answer.status_code == status
    assert not ListThreshold.objects.exists()


def test_issuers_read_the_list_and_outsiders_do_not(world: World, client_of: ClientOf) -> None:
    page = page_of(world.police.organisation)

    for who in (world.travel, world.police, world.border):
        assert client_of(who).get(page).status_code == 200
    for who in (world.school, world.administrator, world.mayor, world.list_manager, world.prosecutor):
        assert client_of(who).get(page).status_code == 403
        assert client_of(who).get("/screening/lists/O-UNKNOWN/").status_code == 403
    assert client_of(world.police).get(f"{page}threshold/").status_code == 403
    assert client_of(world.travel).get(page_of(world.school.organisation)).status_code == 404
