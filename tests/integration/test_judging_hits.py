"""People judge hits: one, then a second of the same unit, and only then the issuer may see it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from samenhang.access.models import Grant
from samenhang.access.rules import NotThere, NotYours
from samenhang.exchange.models import Disclosure
from samenhang.exchange.rules import NotLawful
from samenhang.journal.models import Entry
from samenhang.judging.rules import AlreadyJudged, ColleagueNeeded, UnknownVerdict, Why
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import User
from samenhang.travel.models import Passenger
from samenhang.watchlists import actions
from samenhang.watchlists.models import Alert, Hit, Judgement
from samenhang.watchlists.rules.hits import AlertEnded
from tests.cast import ActorOf, World
from tests.watchlists import ASK, MATCH, NO_MATCH, UNDECIDED, every_alert, every_hit, one_hit

pytestmark = pytest.mark.django_db


@pytest.fixture
def hit(world: World, actor_of: ActorOf) -> Hit:
    return one_hit(actor_of(world.police))


@pytest.fixture
def outsiders(world: World, actor_of: ActorOf) -> list[User]:
    """The marechaussee, other roles, and a travel analyst of an organisation that was given nothing."""
    by = installer(actor_of(world.travel).now)
    other = organisations.open_account(
        "imaginary.other", "Other", world.school.organisation, password="x", by=by
    )
    organisations.give_mandate(other, "travel-analyst", starts_on=date(2025, 1, 1), by=by)
    return [world.border, world.administrator, world.prosecutor, world.list_manager, world.mayor, other]


def status() -> str:
    return str(every_hit().get().status)


def test_a_match_leaves_nothing_until_a_second_person_confirms(
    hit: Hit, world: World, actor_of: ActorOf
) -> None:
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))

    assert status() == "judged"
    assert not Grant.objects.exists()
    assert not Hit.objects.visible_to(actor_of(world.police)).exists()
    assert Entry.objects.get(event="hit.judged.match").operation == "decision"


def test_the_same_person_cannot_be_the_second(hit: Hit, world: World, actor_of: ActorOf) -> None:
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))

    with pytest.raises(ColleagueNeeded):
        actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel))

    assert status() == "judged"


def test_a_confirmed_hit_goes_to_the_issuer_and_to_nobody_else(
    hit: Hit, world: World, actor_of: ActorOf, outsiders: list[User]
) -> None:
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))

    police = actor_of(world.police)
    assert list(Hit.objects.visible_to(police)) == [hit]
    assert Passenger.objects.visible_to(police).count() == 1
    for user in outsiders:
        assert not Hit.objects.visible_to(actor_of(user)).exists()
        assert not Passenger.objects.visible_to(actor_of(user)).exists()
    given = Disclosure.objects.unscoped("a test looks")
    assert {(one.recipient_id, one.rule, one.category) for one in given} == {
        (world.police.organisation_id, "PINL-POL", "passenger-data")
    }
    passenger = Passenger.objects.unscoped("a test looks").get(pk=hit.passenger_id)
    assert {one.scope for one in given} == {hit.scope, passenger.scope}
    # What was said inside the unit stays there.
    assert not Judgement.objects.visible_to(police).exists()


def test_a_hit_on_an_alert_of_the_marechaussee_goes_to_the_marechaussee(
    world: World, actor_of: ActorOf
) -> None:
    hit = one_hit(actor_of(world.border))
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))

    assert Hit.objects.visible_to(actor_of(world.border)).exists()
    assert not Hit.objects.visible_to(actor_of(world.police)).exists()
    assert Disclosure.objects.unscoped("a test").first().rule == "PINL-KMAR"  # type: ignore[union-attr]


def test_without_a_rule_of_the_day_everything_stays_as_it_was(
    hit: Hit, world: World, actor_of: ActorOf
) -> None:
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    # A body that no rule lets have passenger data for investigation.
    Hit.objects.unscoped("a test").update(issuer=world.municipality)

    with pytest.raises(NotLawful, match=r"No rule|Geen regel"):
        actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))

    assert status() == "judged"
    assert not Grant.objects.exists()
    assert Judgement.objects.unscoped("a test").count() == 1


def test_the_police_see_it_for_investigation_alone(hit: Hit, world: World, actor_of: ActorOf) -> None:
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))

    for purpose in ("border-check", "weighing", "person-centred-approach"):
        assert not Hit.objects.visible_to(actor_of(world.police, purpose)).exists()


def test_the_issuer_may_not_judge_what_it_was_given(hit: Hit, world: World, actor_of: ActorOf) -> None:
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))

    with pytest.raises(NotYours):
        actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.police))


def test_no_match_by_one_person_ends_it(hit: Hit, world: World, actor_of: ActorOf) -> None:
    actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))

    assert status() == "dismissed"
    with pytest.raises(AlreadyJudged):
        actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel_two))


def test_who_cannot_decide_leaves_it_to_a_colleague(hit: Hit, world: World, actor_of: ActorOf) -> None:
    actions.judge(hit, "undecided", why=UNDECIDED, by=actor_of(world.travel))

    with pytest.raises(ColleagueNeeded):
        actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel_two))
    actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel))

    assert status() == "confirmed"


def test_without_agreement_a_colleague_looks_again(hit: Hit, world: World, actor_of: ActorOf) -> None:
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(hit, agree=False, why=NO_MATCH, by=actor_of(world.travel_two))

    assert status() == "undecided"
    assert not Grant.objects.exists()
    with pytest.raises(ColleagueNeeded):
        actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel_two))


def test_a_question_to_the_issuer_waits_and_gives_nothing(hit: Hit, world: World, actor_of: ActorOf) -> None:
    actions.judge(hit, "ask", why=ASK, by=actor_of(world.travel))

    assert status() == "asked"
    assert not Grant.objects.exists()
    actions.judge(hit, "no_match", why=NO_MATCH, by=actor_of(world.travel))
    assert status() == "dismissed"


@pytest.mark.parametrize(
    ("verdict", "why"),
    [
        ("match", Why("other-birth")),
        ("match", Why("")),
        ("no_match", Why("other", remark=" ")),
        ("suspect", MATCH),
    ],
)
def test_every_judgement_needs_a_reason_that_belongs_to_it(
    verdict: str, why: Why, hit: Hit, world: World, actor_of: ActorOf
) -> None:
    with pytest.raises(UnknownVerdict):
        actions.judge(hit, verdict, why=why, by=actor_of(world.travel))

    assert status() == "waiting"


def test_free_words_are_kept_sealed(hit: Hit, world: World, actor_of: ActorOf) -> None:
    why = Why("other", remark="seen at the desk")
    actions.judge(hit, "no_match", why=why, by=actor_of(world.travel))

    said = Judgement.objects.visible_to(actor_of(world.travel_two)).get()

    assert b"desk" not in bytes(said.remark)
    assert said.words() == "seen at the desk"


@pytest.mark.parametrize("end", ["lifted", "overdue"])
def test_nothing_leaves_on_an_alert_that_ended(end: str, hit: Hit, world: World, actor_of: ActorOf) -> None:
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    if end == "lifted":
        actions.lift(every_alert().get(), reason="found", by=actor_of(world.police))
    else:
        every_alert().update(review_on=date(2026, 11, 22))

    with pytest.raises((AlertEnded, AlreadyJudged)):
        actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))

    assert not Grant.objects.exists()


def test_to_an_outsider_the_hit_does_not_exist(
    hit: Hit, world: World, actor_of: ActorOf, outsiders: list[User]
) -> None:
    deeds: list[Callable[[Any], Hit]] = [
        lambda by: actions.judge(hit, "match", why=MATCH, by=by),
        lambda by: actions.confirm(hit, agree=True, why=MATCH, by=by),
    ]
    for user in [*outsiders, world.police]:
        for deed in deeds:
            with pytest.raises(NotThere):
                deed(actor_of(user))

    assert not Alert.objects.visible_to(actor_of(world.travel)).exists()


def test_a_service_account_cannot_judge_even_with_the_role(hit: Hit, world: World, actor_of: ActorOf) -> None:
    machine = replace(actor_of(world.travel), human=False)

    with pytest.raises(NotYours):
        actions.judge(hit, "no_match", why=NO_MATCH, by=machine)

    assert status() == "waiting"
