"""What ended as no match can be opened again with a reason; both judgements stay in the history."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.journal.models import Entry
from samenhang.judging.rules import ColleagueNeeded, NotReopened
from samenhang.travel.models import Passenger
from samenhang.watchlists import actions
from samenhang.watchlists.models import Hit, Judgement, RememberedFalseHit
from samenhang.watchlists.rules import ReasonMissing
from samenhang.watchlists.rules.hits import AlertEnded
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import (
    FANTASIO,
    FLIGHT,
    MATCH,
    NO_MATCH,
    arrive,
    every_alert,
    every_hit,
    one_hit,
    screener,
)

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
REASON = "The second given name was not looked at."


@pytest.fixture
def dismissed(world: World, actor_of: ActorOf) -> Hit:
    hit = one_hit(actor_of(world.police))
    return actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))


def verdicts(hit: Hit) -> list[str]:
    return [one.verdict for one in Judgement.objects.unscoped("a test looks").of(hit)]


def test_a_colleague_gives_the_second_opinion_and_both_stay(
    dismissed: Hit, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    page = f"/hits/{dismissed.reference}/"
    before = client_of(world.travel_two).get(page, headers=ENGLISH).content.decode()

    answer = client_of(world.travel_two).post(f"{page}reopening/", {"reason": REASON})

    assert "Ask for a second opinion" in before
    assert answer["Location"] == page
    assert (every_hit().get().status, every_hit().get().finished_at) == ("undecided", None)
    with pytest.raises(ColleagueNeeded):
        actions.judge(dismissed, "match", why=MATCH, by=actor_of(world.travel))
    actions.judge(dismissed, "match", why=MATCH, by=actor_of(world.travel_two))
    actions.confirm(dismissed, agree=True, why=MATCH, by=actor_of(world.travel))
    assert verdicts(dismissed) == ["no_match", "reopened", "match", "match"]
    assert every_hit().get().status == "confirmed"
    told = client_of(world.travel).get(page, headers=ENGLISH).content.decode()
    assert REASON in told
    assert told.index("No match") < told.index("Second opinion asked") < told.rindex("Match")
    entry = Entry.objects.get(event="hit.reopened")
    assert (entry.subject, entry.user) == (dismissed.reference, world.travel_two.reference)


def test_who_doubts_the_own_judgement_leaves_it_to_a_colleague(
    dismissed: Hit, world: World, actor_of: ActorOf
) -> None:
    actions.reopen(dismissed, reason=REASON, by=actor_of(world.travel))

    with pytest.raises(ColleagueNeeded):
        actions.judge(dismissed, "match", why=MATCH, by=actor_of(world.travel))
    mine, theirs = (
        Hit.objects.visible_to(by).to_judge_by(by) for by in map(actor_of, (world.travel, world.travel_two))
    )
    assert (list(mine), list(theirs)) == ([], [dismissed])


def test_until_it_is_judged_again_the_pair_is_no_longer_remembered_as_false(
    dismissed: Hit, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    actions.reopen(dismissed, reason=REASON, by=actor_of(world.travel_two))
    forgotten = RememberedFalseHit.objects.count()
    arrive(FANTASIO, now=clock.moment, flight=replace(FLIGHT, number="456"), reference="2")
    found = actions.screen_waiting(by=screener(clock.moment))

    actions.judge(dismissed, "no_match", why=NO_MATCH, by=actor_of(world.travel_two))

    assert (forgotten, found.hits, found.remembered) == (0, 1, 0)
    assert RememberedFalseHit.objects.count() == 1


def test_only_what_ended_as_no_match_is_opened_again_and_with_a_reason(
    dismissed: Hit, world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.travel_two)

    with pytest.raises(ReasonMissing):
        actions.reopen(dismissed, reason="  ", by=by)
    actions.reopen(dismissed, reason=REASON, by=by)
    with pytest.raises(NotReopened):
        actions.reopen(dismissed, reason=REASON, by=by)
    assert verdicts(dismissed) == ["no_match", "reopened"]


def test_no_longer_once_the_alert_ended(dismissed: Hit, world: World, actor_of: ActorOf) -> None:
    actions.lift(every_alert().get(), reason="found", by=actor_of(world.police))

    with pytest.raises(AlertEnded):
        actions.reopen(dismissed, reason=REASON, by=actor_of(world.travel))


def test_no_longer_once_the_record_is_masked_or_gone(
    dismissed: Hit, world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    Passenger.objects.unscoped("a test").update(masked_at=clock.moment)

    with pytest.raises(NotReopened):
        actions.reopen(dismissed, reason=REASON, by=actor_of(world.travel))
    clock.moment += timedelta(days=4_000)
    actions.forget(by=screener(clock.moment))
    with pytest.raises(Hit.DoesNotExist):
        actions.reopen(dismissed, reason=REASON, by=actor_of(world.travel))


@pytest.mark.parametrize("who", ["police", "border", "prosecutor", "administrator", "school", "mayor"])
def test_outsiders_open_nothing_again(
    who: str, dismissed: Hit, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    user = getattr(world, who)

    with pytest.raises((NotThere, NotYours)):
        actions.reopen(dismissed, reason=REASON, by=actor_of(user))
    answer = client_of(user).post(f"/hits/{dismissed.reference}/reopening/", {"reason": REASON})
    assert answer.status_code == 404
    assert verdicts(dismissed) == ["no_match"]
