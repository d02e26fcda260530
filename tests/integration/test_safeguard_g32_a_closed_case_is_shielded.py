"""G32: after closing nobody who took part reads the case or its conferences (Wet PGA art. 6(3))."""

import pytest

from samenhang.cases import actions as cases
from samenhang.cases.models import Case
from samenhang.conferences import actions as conferences
from samenhang.conferences.models import Decision, Item
from tests.cast import ActorOf, ClientOf, World
from tests.conference import APPROACH, PROPOSAL, prepared

pytestmark = pytest.mark.django_db


def test_closing_takes_the_case_and_what_conferences_made_of_it_from_every_participant(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    table = prepared(world, actor_of)
    conferences.propose(table.item, PROPOSAL, by=table.chair)
    addresses = (f"/cases/{table.case.reference}/", f"/conferences/items/{table.item.reference}/")
    cases.close(table.case, reason="It is no longer needed.", by=table.chair)

    for user in (world.police, world.prosecutor, world.mayor, world.director):
        by = actor_of(user, APPROACH)
        for model in (Case, Item, Decision):
            assert not model.objects.visible_to(by).exists()
    for address in addresses:
        assert client_of(world.director, APPROACH).get(address).status_code == 404
