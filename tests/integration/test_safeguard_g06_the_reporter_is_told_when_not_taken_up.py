"""G6: who submitted a signal is told, in time, that it was not taken up (Wet PGA art. 5(6))."""

from datetime import timedelta

import pytest

from samenhang.cases.models import Notice
from samenhang.cases.rules import TELL_WITHIN
from tests.cast import ActorOf, World
from tests.weighing import NO, YES, judge, weighing_by

pytestmark = pytest.mark.django_db


def test_a_signal_that_is_not_taken_up_makes_a_notice_that_is_listed_when_overdue(
    world: World, actor_of: ActorOf
) -> None:
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES, world.prosecutor: YES, world.mayor: NO}, actor_of)

    police = actor_of(world.police, "weighing")
    notices = Notice.objects.visible_to(police)
    last_day = police.today + TELL_WITHIN
    assert notices.unread().get().due_on == last_day
    assert not notices.overdue(last_day).exists()
    assert notices.overdue(last_day + timedelta(days=1)).count() == 1
    assert not Notice.objects.visible_to(actor_of(world.other_director, "weighing")).exists()
