"""A list of travellers that came in goes back, but for what somebody did with it meanwhile."""

from datetime import date

import pytest

from samenhang.access.rules import NotThere
from samenhang.cases.actions.destroying import destroy_keys
from samenhang.cases.models import Certificate
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Movement
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.foundation.keys import key_store
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import User
from samenhang.persons.models import IdentityClaim, Person
from samenhang.persons.rules import Identity
from samenhang.risk import actions
from samenhang.risk.rules.sheets import SOURCE, Entry
from tests.assessing import APPROACH
from tests.cast import ActorOf, ClientOf, World
from tests.weighing import SAID

pytestmark = pytest.mark.django_db


def test_a_list_that_came_in_is_taken_back_but_for_the_rows_on_which_something_was_built(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    by = actor_of(world.police, APPROACH)
    rows = [(f"Verzonsel{number}", f"Adam{number}") for number in range(4)]
    seen = Seen(Whereabouts.LEFT, date(2026, 2, 1), "Politiewet 2012 art. 3")
    actions.import_travellers(
        [
            Entry(row, Identity(surname, given, "1990-03-02", SOURCE), "Nergenshuizen", seen)
            for row, (surname, given) in enumerate(rows)
        ],
        reason="The wrong list.",
        by=by,
    )
    first, corrected, known, _last = Movement.objects.visible_to(by).order_by("pk")
    exchange.correct_movement(corrected, seen, reason="Another day after all.", by=by)
    person = Person.objects.unscoped("test").get(pk=known.person_id)
    exchange.state(SAID, about=person, by=actor_of(world.police, "weighing"))

    def back(user: User, why: str) -> int:
        typed = {"deed": "back", "movement": first.reference, "why": why}
        return client_of(user, APPROACH).post("/travellers/import/", typed).status_code

    others = (world.prosecutor, world.mayor, world.school)
    assert [back(one, "The wrong list.") for one in others] == [404, 403, 404]
    with pytest.raises(NotThere):
        actions.take_back_travellers(first, reason="The wrong list.", by=actor_of(world.prosecutor, APPROACH))
    back(world.police, " ")
    assert Movement.objects.visible_to(by).count() == 5
    page = client_of(world.police, APPROACH).get("/travellers/import/").text
    assert "2 reizigers" in page.split('id="back"')[1]
    assert back(world.police, "The wrong list.") == 302

    left = set(IdentityClaim.objects.unscoped("test").values_list("surname", flat=True))
    assert left == {"Verzonsel1", "Verzonsel2"}
    assert not actions.lists_to_take_back(by=by)
    assert {one.municipality for one in Certificate.objects.all()} == {""}
    destroy_keys(by=service_account("terms", now=by.now))
    assert not key_store().holds(first.scope)
