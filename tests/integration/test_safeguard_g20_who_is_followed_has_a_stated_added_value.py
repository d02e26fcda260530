"""G20: nobody enters a register without its added value in words and a second reader (CTIVD 2007)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from samenhang.access.rules import NotThere
from samenhang.journal.models import Entry
from samenhang.organisations.models import User
from samenhang.risk import actions
from samenhang.risk.actions.returning import Offer
from samenhang.risk.models import Trajectory
from samenhang.risk.rules import Incomplete
from samenhang.risk.rules.returns import NotReadYet, PackIncomplete, SecondReaderNeeded, Way, asked_at
from tests.assessing import APPROACH
from tests.cast import ActorOf, ClientOf, World
from tests.returning import followed
from tests.weighing import opened_case

pytestmark = pytest.mark.django_db
LEFT_ON = date(2026, 3, 1)
WORTH = "Nobody else keeps track of when he arrives."


def entered(world: World, actor_of: ActorOf, added_value: str = WORTH) -> Trajectory:
    case, police = opened_case(world, actor_of), actor_of(world.police, APPROACH)
    return actions.open_trajectory(case, true_on=LEFT_ON, words="Told.", added_value=added_value, by=police)


@pytest.mark.parametrize("missing", ["", "  "])
def test_without_an_added_value_nobody_is_entered(world: World, actor_of: ActorOf, missing: str) -> None:
    with pytest.raises(Incomplete):
        entered(world, actor_of, missing)

    assert not Trajectory.objects.unscoped("test").exists()


def test_a_second_person_agrees_and_only_then_is_anything_handed_over(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    way, police = entered(world, actor_of), actor_of(world.police, APPROACH)
    address = f"/travellers/{way.reference}/"
    pack = dict.fromkeys(asked_at(Way.MOVEMENT_KNOWN), "By bus, not sure.")
    handing = Offer(Way.MOVEMENT_KNOWN, date(2026, 11, 22), world.director, pack)

    with pytest.raises(SecondReaderNeeded):
        actions.second_read(way, by=police)
    with pytest.raises(NotReadYet):
        actions.offer(way, handing, by=police)
    director = client_of(world.director, APPROACH)
    assert WORTH in director.get(address).content.decode()
    assert client_of(world.school, APPROACH).post(f"{address}second-read/").status_code == 404
    assert director.post(f"{address}second-read/").status_code == 302

    now = Trajectory.objects.unscoped("test").get()
    with pytest.raises(PackIncomplete):  # read by a second, it now lacks only what was seen of him
        actions.offer(now, handing, by=police)
    assert (now.read_by, now.opened_by) == (world.director.reference, world.police.reference)
    assert Entry.objects.filter(event="return.second-read").count() == 1
    with pytest.raises(SecondReaderNeeded):
        actions.second_read(way, by=actor_of(world.prosecutor, APPROACH))


def test_the_database_refuses_one_person_for_both(world: World, actor_of: ActorOf) -> None:
    back = followed(world, actor_of)
    rows = Trajectory.objects.unscoped("test").filter(pk=back.way.pk)
    user = User.objects.get(pk=back.police.user_id)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(read_by=user.reference)
    with pytest.raises(NotThere):
        actions.second_read(back.way, by=actor_of(world.school, APPROACH))
