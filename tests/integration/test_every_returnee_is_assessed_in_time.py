"""S19, S50: whoever came back is assessed within four weeks; it is somebody's work, and steps wait for it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import gather
from samenhang.exchange.rules.movements import Whereabouts
from samenhang.measures import actions as measures
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status
from samenhang.risk.models.coverage import to_assess
from samenhang.risk.rules.returns import ASSESSED_WITHIN, NotAssessed
from tests.assessing import APPROACH, planned
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.returning import BACK_ON, followed

pytestmark = pytest.mark.django_db
WHY = "An imaginary reason in a full sentence."


def test_it_waits_with_its_last_day_until_two_people_assessed(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    back = followed(world, actor_of)
    assert not to_assess(back.police).exists()  # abroad is not back
    back.moved(Whereabouts.RETURNED, BACK_ON)
    clock.moment = back.police.now + ASSESSED_WITHIN
    late = actor_of(world.police, APPROACH)

    task = next(
        task for group in gather(KINDS, late) for task in group.tasks if group.kind.code == "returnees"
    )
    assert task.due == BACK_ON + ASSESSED_WITHIN
    assert task.late
    page = client_of(world.police, APPROACH).get("/travellers/coverage/").content.decode()
    assert "1 te laat" in page
    assert not to_assess(actor_of(world.school, APPROACH, now=clock.moment)).exists()  # the outsider

    planned(world, actor_of, case=back.case).made()
    assert not to_assess(replace(late, now=late.now + timedelta(days=3))).exists()


def test_no_step_of_the_administration_is_proposed_about_a_returnee_before(
    world: World, actor_of: ActorOf
) -> None:
    back = followed(world, actor_of)
    back.moved(Whereabouts.RETURNED, BACK_ON)
    director = replace(back.director, simulated=True)
    row = measures.suggest(back.case, "GW-172A", necessity=WHY, subsidiarity=WHY, intended=WHY, by=director)
    row = measures.check(
        row,
        holds=True,
        legality=WHY,
        by=replace(actor_of(world.lawyer, APPROACH), simulated=True, now=director.now),
    )

    with pytest.raises(NotAssessed):
        measures.propose(row, world.municipality, about="Pippi", by=director)
    assert Measure.objects.unscoped("test").get(pk=row.pk).status == Status.CHECKED

    planned(world, actor_of, case=back.case).made()
    later = replace(director, now=director.now + timedelta(days=3))
    assert measures.propose(row, world.municipality, about="Pippi", by=later).status == Status.PROPOSED
