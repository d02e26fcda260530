"""Who has what, and what passes to the next shift: nothing stays with somebody who went home."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.judging import actions
from samenhang.judging.models import Shift
from samenhang.judging.rules import AlreadyJudged, AlreadyTaken, ColleagueNeeded, ReasonMissing
from samenhang.watchlists import actions as watchlists
from samenhang.watchlists.models import Hit
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import ASK, FANTASIO, MATCH, NO_MATCH, alert, arrive, every_hit, one_hit, screener

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
NOTE = "Called the invented desk at four; they call back about the date of birth."


@pytest.fixture
def hit(world: World, actor_of: ActorOf) -> Hit:
    return one_hit(actor_of(world.police))


def holder() -> int | None:
    found: int | None = every_hit().get().claimed_by_id
    return found


def test_what_somebody_took_is_not_offered_to_a_colleague_who_may_take_it_over(
    hit: Hit, world: World, actor_of: ActorOf
) -> None:
    first, second = actor_of(world.travel), actor_of(world.travel_two)
    rows = Hit.objects.unscoped("a test")

    actions.claim(hit, by=first)
    assert (list(rows.to_judge_by(first)), list(rows.to_judge_by(second))) == ([hit], [])
    with pytest.raises(NotYours):
        actions.let_go(hit, by=second)
    actions.claim(hit, by=second)
    actions.let_go(hit, by=second)

    assert holder() is None
    assert list(rows.to_judge_by(first)) == [hit]


def test_a_shift_passes_to_whoever_takes_it_over_and_until_then_to_nobody(
    hit: Hit, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    watchlists.judge(hit, "ask", why=ASK, by=actor_of(world.travel))
    assert holder() == world.travel.pk  # whoever asked waits for the answer
    leaver, stayer = client_of(world.travel), client_of(world.travel_two)

    assert leaver.post("/shift/", {"note": " "}).status_code == 422
    leaver.post("/shift/", {"note": NOTE})
    left = holder()
    work, page = (stayer.get(path, headers=ENGLISH).text for path in ("/", "/shift/"))
    shift = Shift.objects.unscoped("a test").get()
    with pytest.raises(ColleagueNeeded):
        actions.take_over(shift, by=actor_of(world.travel))
    stayer.post(f"/shift/{shift.reference}/taking-over/")

    assert left is None
    assert "Take over a shift" in work
    assert NOTE in page
    assert hit.reference in page
    assert holder() == world.travel_two.pk
    with pytest.raises(AlreadyTaken):
        actions.take_over(shift, by=actor_of(world.travel_two))
    assert "Nothing waits to be taken over" in stayer.get("/shift/", headers=ENGLISH).text


def test_nothing_stays_with_somebody_who_forgot_to_hand_over(
    hit: Hit, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    actions.claim(hit, by=actor_of(world.travel))
    clock.moment += timedelta(hours=12)
    by = actor_of(world.travel_two)

    assert list(Hit.objects.unscoped("a test").to_judge_by(by)) == [hit]
    assert every_hit().get().holder(by.now) is None


def test_what_was_decided_is_nobodys_and_cannot_be_taken(hit: Hit, world: World, actor_of: ActorOf) -> None:
    actions.claim(hit, by=actor_of(world.travel))
    watchlists.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))

    assert holder() is None
    with pytest.raises(AlreadyJudged):
        actions.claim(hit, by=actor_of(world.travel_two))


def test_a_note_is_sealed_needs_words_and_is_deleted_after_fourteen_days(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    with pytest.raises(ReasonMissing):
        actions.hand_over(note="  ", by=actor_of(world.travel))
    shift = actions.hand_over(note=NOTE, by=actor_of(world.travel))

    assert NOTE.encode() not in bytes(shift.note)
    assert actions.forget(by=screener(clock.moment)) == 0
    clock.moment += timedelta(days=14)
    assert actions.forget(by=screener(clock.moment)) == 1
    assert not Shift.objects.unscoped("a test").exists()


@pytest.mark.parametrize("who", ["police", "border", "administrator", "school"])
def test_outsiders_see_no_shift_and_take_nothing(
    who: str, hit: Hit, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    shift = actions.hand_over(note=NOTE, by=actor_of(world.travel))
    outsider = getattr(world, who)

    with pytest.raises((NotThere, NotYours)):
        actions.take_over(shift, by=actor_of(outsider))
    with pytest.raises((NotThere, NotYours)):
        actions.claim(hit, by=actor_of(outsider))
    client = client_of(outsider)
    assert client.get("/shift/").status_code == 403
    assert client.post(f"/shift/claims/{hit.reference}/").status_code == 404


def test_what_else_was_found_in_the_booking_is_shown_as_far_as_one_may_see_it(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    alert(actor_of(world.police))
    alert(actor_of(world.border), names=("Reisgenoot Ingebeeld",), documents=(), birth_dates=("1980-01-02",))
    companion = replace(
        FANTASIO, surname="INGEBEELD", given_names="REISGENOOT", documents=(),
        birth_date=date(1980, 1, 2),
    )  # fmt: skip
    stranger = replace(companion, record_locator="ZZZZZZ")
    arrive(FANTASIO, companion, now=clock.moment)
    arrive(stranger, now=clock.moment, reference="2")
    watchlists.screen_waiting(by=screener(clock.moment))
    mine = every_hit().get(issuer=world.police.organisation)
    others = every_hit().exclude(pk=mine.pk)

    unit = client_of(world.travel).get(f"/hits/{mine.reference}/", headers=ENGLISH).text
    watchlists.judge(mine, "match", why=MATCH, by=actor_of(world.travel))
    watchlists.confirm(mine, agree=True, why=MATCH, by=actor_of(world.travel_two))
    police = client_of(world.police, "investigation").get(f"/hits/{mine.reference}/", headers=ENGLISH).text

    assert "Also found in this booking" in unit
    assert sum(one.reference in unit for one in others) == 1
    assert "Also found in this booking" not in police
    assert not any(one.reference in police for one in others)
