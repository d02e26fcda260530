"""G32: after closing nobody who took part reads the case or its conferences (Wet PGA art. 6(3))."""

from datetime import timedelta

import pytest

from samenhang.cases import actions as cases
from samenhang.cases.models import Case
from samenhang.conferences import actions as conferences
from samenhang.conferences.models import Decision, Item, Marker
from samenhang.exchange.models import Statement
from samenhang.organisations.acting import service_account
from tests.cast import ActorOf, ClientOf, World
from tests.conference import APPROACH, PROPOSAL, discussing, prepared
from tests.weighing import SAID

pytestmark = pytest.mark.django_db


def test_what_was_said_about_it_goes_with_it_confirmed_or_not(world: World, actor_of: ActorOf) -> None:
    table = discussing(world, actor_of)
    police = actor_of(world.police, APPROACH)
    confirmed, waiting = (
        conferences.mark(table.item, world.police, wording="An imaginary line.", by=table.chair)
        for _number in range(2)
    )
    statement = conferences.confirm(confirmed, SAID, category="police-data", by=police).statement
    assert statement is not None
    cases.close(table.case, reason="It is no longer needed.", by=table.chair)

    later = table.chair.now + timedelta(minutes=1)
    assert conferences.lapse_markers(by=service_account("terms", now=later)) == 1
    conferences.end(table.conference, by=actor_of(world.director, APPROACH, now=later))

    assert Marker.objects.unscoped("test").get(pk=waiting.pk).wording == ""
    for user in (world.prosecutor, world.mayor, world.director):
        by = actor_of(user, APPROACH, now=later)
        assert not Statement.objects.visible_to(by).filter(pk=statement.pk).exists()
    assert Statement.objects.visible_to(police).filter(pk=statement.pk).exists()  # it keeps what it brought


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
