"""How good the hits of a list are stays known when the hits themselves are forgotten."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenhang.judging.rules import AlreadyJudged
from samenhang.national_picture.questions import QUESTIONS, Ask
from samenhang.national_picture.rules.windows import Window
from samenhang.watchlists import actions
from samenhang.watchlists.models import HitTally
from samenhang.watchlists.rules.quality import What
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import (
    FANTASIO,
    FLIGHT,
    MATCH,
    NO_MATCH,
    UNDECIDED,
    alert,
    arrive,
    every_alert,
    every_hit,
    screener,
)

pytestmark = pytest.mark.django_db

FIGURES = ("hits", "hits_judged", "hits_confirmed")


def counted() -> Counter[str]:
    rows = HitTally.objects.values_list("what", "count")
    return sum((Counter({what: times}) for what, times in rows), Counter())


def figures(now: StandingClock) -> list[int]:
    window = Window(date(2026, 11, 1), date(2026, 11, 30))
    return [QUESTIONS[name](Ask(window, (), now.moment)) for name in FIGURES]


def four_hits(world: World, actor_of: ActorOf, clock: StandingClock) -> None:
    """One confirmed, one no match, one that nobody can decide, one that waits; judged after 40 minutes."""
    alert(actor_of(world.police))
    for number in ("123", "124", "125", "126"):
        known = replace(FANTASIO, given_names=f"FANTASIO {chr(65 + int(number) % 10)}")
        arrive(known, now=clock.moment, flight=replace(FLIGHT, number=number), reference=number)
    actions.screen_waiting(by=screener(clock.moment))
    clock.moment += timedelta(minutes=40)
    first, second = actor_of(world.travel), actor_of(world.travel_two)
    confirmed, no_match, undecided, _waits = every_hit()
    actions.judge(confirmed, "match", why=MATCH, by=first)
    actions.confirm(confirmed, agree=True, why=MATCH, by=second)
    actions.judge(no_match, "no_match", why=NO_MATCH, by=first)
    actions.judge(undecided, "undecided", why=UNDECIDED, by=first)


def test_what_is_found_and_judged_is_counted_once_in_its_own_transaction(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    four_hits(world, actor_of, clock)

    assert counted() == {
        What.FOUND: 4, What.JUDGEMENT: 4, What.FIRST: 3,
        What.CONFIRMED: 1, What.NO_MATCH: 1, What.UNDECIDED: 1,
    }  # fmt: skip
    assert set(HitTally.objects.filter(what=What.FIRST).values_list("minutes", "count")) == {(60, 3)}
    assert set(HitTally.objects.values_list("issuer", flat=True)) == {world.police.organisation_id}


def test_a_refused_judgement_is_not_counted(world: World, actor_of: ActorOf, clock: StandingClock) -> None:
    four_hits(world, actor_of, clock)
    before = counted()

    with pytest.raises(AlreadyJudged):
        actions.judge(every_hit()[1], "match", why=MATCH, by=actor_of(world.travel_two))

    assert counted() == before


def test_a_lifted_alert_and_a_changed_record_are_counted(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    alert(actor_of(world.police))
    arrive(replace(FANTASIO, nationality=""), now=clock.moment)
    actions.screen_waiting(by=screener(clock.moment))
    actions.judge(every_hit().get(), "no_match", why=NO_MATCH, by=actor_of(world.travel))
    arrive(FANTASIO, now=clock.moment, reference="2")
    actions.screen_waiting(by=screener(clock.moment))

    actions.lift(every_alert().get(), reason="found", by=actor_of(world.police))

    found = counted()
    assert (found[What.FOUND], found[What.REOPENED], found[What.LAPSED]) == (1, 1, 1)


def test_figures_of_a_past_period_do_not_fall_when_hits_are_forgotten(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    four_hits(world, actor_of, clock)
    before, days = figures(clock), counted()

    clock.moment += timedelta(days=4_000)
    actions.forget(by=screener(clock.moment))

    assert every_hit().count() == 0
    assert (before, figures(clock), counted()) == ([4, 4, 1], [4, 4, 1], days)


def test_the_page_of_the_list_shows_each_month_in_words_and_as_a_plot(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    page = f"/screening/lists/{world.police.organisation.reference}/"
    english = {"accept-language": "en"}
    empty = client_of(world.travel).get(page, headers=english).content.decode()
    four_hits(world, actor_of, clock)

    text = client_of(world.travel).get(page, headers=english).content.decode()

    assert "This list found nothing yet" in empty
    assert "November 2026" in text
    assert "50 % (9–91 %)" in text
    assert "1 hour" in text
    assert 'aria-hidden="true"><rect' in text
