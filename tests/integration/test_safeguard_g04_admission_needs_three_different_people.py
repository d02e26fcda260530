"""G4: admission needs the unanimous judgement of police, prosecution and mayor on objective criteria.

Wet PGA art. 5(3). Two votes leave the state unchanged; one person voting twice is an error.
"""

from collections.abc import Mapping

import pytest
from django.db import IntegrityError, transaction

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions, rules
from samenhang.cases.models import Case, Position, Weighing
from samenhang.cases.rules import CRITERIA, Judgement
from samenhang.exchange.models import Signal
from samenhang.journal.models import Entry
from tests.cast import ActorOf, World
from tests.weighing import NO, REASONS, YES, judge, weighing_by

pytestmark = pytest.mark.django_db


def now(weighing: Weighing) -> Weighing:
    return Weighing.objects.unscoped("test").get(pk=weighing.pk)


def cases() -> int:
    return Case.objects.unscoped("test").count()


def test_two_votes_leave_the_state_unchanged(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)

    judge(weighing, {world.police: YES, world.prosecutor: YES}, actor_of)

    assert now(weighing).stage == "open"
    assert Signal.objects.unscoped("test").get().status == "offered"
    assert cases() == 0


@pytest.mark.parametrize("twice", ["police", "prosecutor", "mayor"])
def test_one_person_voting_twice_is_an_error(world: World, actor_of: ActorOf, twice: str) -> None:
    weighing = weighing_by(world.police, actor_of)
    voter = getattr(world, twice)
    judge(weighing, {voter: YES}, actor_of)

    with pytest.raises(rules.VotedTwice):
        judge(weighing, {voter: YES}, actor_of)
    assert Position.objects.unscoped("test").count() == 1


def test_two_of_one_organisation_do_not_count_as_two(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES}, actor_of)

    with pytest.raises(rules.SeatTaken):
        judge(weighing, {world.police_two: YES}, actor_of)


def test_three_times_yes_opens_a_case_in_the_same_transaction(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)

    judge(weighing, {world.mayor: YES, world.police: YES, world.prosecutor: YES}, actor_of)

    assert now(weighing).stage == "taken_up"
    assert cases() == 1
    assert Entry.objects.filter(event="case.opened").count() == 1


@pytest.mark.parametrize("against", ["police", "prosecutor", "mayor"])
def test_one_contrary_judgement_is_enough_not_to_take_it_up(
    world: World, actor_of: ActorOf, against: str
) -> None:
    weighing = weighing_by(world.police, actor_of)
    three = ("police", "prosecutor", "mayor")

    judge(weighing, {getattr(world, one): NO if one == against else YES for one in three}, actor_of)

    assert now(weighing).stage == "not_taken_up"
    assert cases() == 0


@pytest.mark.parametrize("criterion", list(CRITERIA))
@pytest.mark.parametrize("opinion", [rules.Opinion.APPROACH, rules.Opinion.NOTHING])
def test_a_position_with_an_empty_criterion_is_refused(
    world: World, actor_of: ActorOf, criterion: str, opinion: rules.Opinion
) -> None:
    weighing = weighing_by(world.police, actor_of)
    reasons: Mapping[str, str] = {**REASONS, criterion: "  "}

    with pytest.raises(rules.ReasonsMissing, match=str(CRITERIA[criterion][0])):
        judge(weighing, {world.police: Judgement(opinion, reasons)}, actor_of)


@pytest.mark.parametrize("outsider", ["other_mayor", "school", "child_protection", "border"])
def test_nobody_else_can_vote_or_see_that_there_is_a_vote(
    world: World, actor_of: ActorOf, outsider: str
) -> None:
    weighing = weighing_by(world.police, actor_of)
    by = actor_of(getattr(world, outsider), "" if outsider == "border" else "weighing")

    with pytest.raises(NotThere):
        actions.take_position(weighing, YES, by=by)


def test_the_director_sees_the_weighing_but_the_mayor_judges(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)
    director = actor_of(world.director, "weighing")

    assert Weighing.objects.visible_to(director).get() == weighing
    with pytest.raises(NotYours):
        actions.take_position(weighing, YES, by=director)


def test_a_position_is_not_read_by_the_others_before_all_three_are_in(
    world: World, actor_of: ActorOf
) -> None:
    weighing = weighing_by(world.police, actor_of)
    police, mayor = actor_of(world.police, "weighing"), actor_of(world.mayor, "weighing")

    judge(weighing, {world.police: YES, world.prosecutor: NO}, actor_of)

    assert [one.seat for one in Position.objects.visible_to(police)] == ["POL"]
    assert not Position.objects.visible_to(mayor).exists()
    judge(weighing, {world.mayor: YES}, actor_of)
    assert Position.objects.visible_to(mayor).count() == 3
    assert not Position.objects.visible_to(actor_of(world.school, "weighing")).exists()


def test_after_the_decision_nobody_votes_again(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES, world.prosecutor: YES, world.mayor: NO}, actor_of)

    with pytest.raises(rules.VotedTwice):
        judge(weighing, {world.mayor: YES}, actor_of)
    with pytest.raises(rules.SeatTaken):
        judge(weighing, {world.police_two: YES}, actor_of)
    assert now(weighing).stage == "not_taken_up"


@pytest.mark.parametrize("same", ["user", "seat"])
def test_the_database_itself_refuses_a_second_vote(world: World, actor_of: ActorOf, same: str) -> None:
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES}, actor_of)
    again = Position.objects.unscoped("test").get()
    again.pk = None
    again.reference = "V-other"
    again.user, again.seat = (again.user, "OM") if same == "user" else ("U-other", again.seat)

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_a_case_opens_from_nothing_but_a_unanimous_weighing(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)

    with pytest.raises(rules.NotOpen):
        actions.open_case(weighing, by=actor_of(world.mayor, "weighing"))
    assert cases() == 0
