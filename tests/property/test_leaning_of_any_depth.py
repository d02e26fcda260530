"""Whatever leans on what fell is found, at any depth, in any order of leaning and falling, round any loop."""

import random
from collections import defaultdict

import pytest

from samenhang.exchange import actions
from samenhang.exchange.models import Reconsideration, Statement
from samenhang.exchange.rules import Content
from samenhang.journal import Actor
from tests.cast import ActorOf, World

pytestmark = pytest.mark.django_db
SAID = Content("An imaginary sentence.", basis="Politiewet 2012 art. 3")
Edges = dict[str, set[str]]


@pytest.mark.parametrize("seed", range(5))
def test_exactly_what_can_be_reached_from_what_fell_must_be_reconsidered(
    world: World, actor_of: ActorOf, seed: int
) -> None:
    dice = random.Random(seed)
    police = actor_of(world.police, "weighing")
    things = [actions.state(SAID, about=None, by=police) for _each in range(8)]
    edges: Edges = defaultdict(set)
    fallen: set[str] = set()

    for _step in range(22):
        one, other = dice.sample(things, 2)
        if dice.random() < 0.2 and one.reference not in fallen:
            actions.withdraw(one, reason="It was somebody else.", by=police)
            fallen.add(one.reference)
        else:
            actions.rely(one, other, by=police)
            edges[one.reference].add(other.reference)
        withdrawn = dict(Statement.objects.unscoped("test").values_list("pk", "withdrawn_at"))
        for thing in things:
            thing.withdrawn_at = withdrawn[thing.pk]

    expected = {(thing, cause) for cause in fallen for thing in reached(cause, edges)}
    duties = Reconsideration.objects.unscoped("test")
    assert fallen
    assert set(duties.values_list("thing", "cause")) == expected
    assert all(duty.through in under(duty.thing, edges) and duty.depth >= 1 for duty in duties.all())


def test_thirty_steps_deep_and_round_a_loop(world: World, actor_of: ActorOf) -> None:
    police = actor_of(world.police, "weighing")
    chain = chain_of(30, police)
    actions.rely(chain[-1], chain[0], by=police)

    actions.withdraw(chain[0], reason="It was somebody else.", by=police)

    duties = Reconsideration.objects.visible_to(police)
    assert {duty.thing: duty.depth for duty in duties} == {
        thing.reference: step for step, thing in enumerate(chain) if step
    }


def chain_of(length: int, by: Actor) -> list[Statement]:
    chain = [actions.state(SAID, about=None, by=by)]
    while len(chain) < length:
        chain.append(actions.state(SAID, about=None, derived_from=[chain[-1]], by=by))
    return chain


def reached(cause: str, edges: Edges) -> set[str]:
    found: set[str] = set()
    frontier = {cause}
    while frontier:
        frontier = {after for thing in frontier for after in edges[thing]} - found
        found |= frontier
    return found - {cause}


def under(thing: str, edges: Edges) -> set[str]:
    return {below for below, above in edges.items() if thing in above}
