"""The cast itself: everybody can start work, and the outsider differs by organisation alone."""

import pytest

from samenhang.organisations.models import Mandate
from tests.cast import ActorOf, ClientOf, StandingClock, World


def test_everybody_in_the_cast_acts_under_a_mandate(world: World, actor_of: ActorOf) -> None:
    for user in world.users():
        actor = actor_of(user)

        assert actor.purpose
        assert actor.authority == user.organisation.authority


def test_a_client_arrives_with_its_task_chosen(world: World, client_of: ClientOf) -> None:
    client = client_of(world.police, "weighing")

    assert client.session["purpose"] == "weighing"
    assert client.get("/task/").status_code == 200


def test_the_outsider_has_the_role_of_the_case_director(world: World) -> None:
    roles = {user: Mandate.objects.get(user=user).role for user in (world.school, world.director)}

    assert len(set(roles.values())) == 1
    assert world.school.organisation != world.director.organisation


def test_the_clock_of_the_pages_stands_where_the_test_puts_it(world: World, clock: StandingClock) -> None:
    from samenhang.foundation.clock import now

    clock.moment = clock.moment.replace(year=2024)

    assert now().year == 2024
    with pytest.raises(AttributeError):
        world.police = world.mayor  # type: ignore[misc]
