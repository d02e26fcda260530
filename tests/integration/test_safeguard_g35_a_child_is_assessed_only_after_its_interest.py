"""G35: children have their own regime (CRC 3): first what serves the child best; none under twelve."""

import pytest

from samenhang.persons.models import Person
from samenhang.risk import actions, rules
from samenhang.risk.rules import bundled
from tests.assessing import APPROACH, train
from tests.cast import ActorOf, World
from tests.weighing import opened_case

pytestmark = pytest.mark.django_db


def test_a_minor_needs_the_best_interest_statement_and_a_young_child_is_never_assessed(
    world: World, actor_of: ActorOf
) -> None:
    case, chair = opened_case(world, actor_of), actor_of(world.mayor, APPROACH)
    train(world.police, world.director)
    person = Person.objects.unscoped("test").filter(pk=case.person_id)
    pair = (world.police, world.director)

    person.update(birth_date="2010-06-01")
    with pytest.raises(rules.Incomplete, match="minderjarig"):
        actions.plan(case, bundled(), *pair, by=chair)
    made = actions.plan(case, bundled(), *pair, best_interest="School goes on.", by=chair)
    assert made.best_interest == "School goes on."

    person.update(birth_date="2015-06-01")
    with pytest.raises(rules.NotForThisPerson):
        actions.plan(case, bundled(), *pair, best_interest="School goes on.", by=chair)
