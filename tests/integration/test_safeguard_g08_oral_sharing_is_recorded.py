"""G8: what is said in a meeting is confirmed by its source in time or deleted; the log remains (CTIVD 57)."""

from datetime import date, timedelta

import pytest

from samenhang.conferences import actions
from samenhang.conferences.models import Marker
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from tests.cast import ActorOf, World
from tests.conference import discussing

pytestmark = pytest.mark.django_db


def test_an_unconfirmed_wording_disappears_after_five_working_days_and_the_log_remains(
    world: World, actor_of: ActorOf
) -> None:
    table = discussing(world, actor_of)
    marker = actions.mark(table.item, world.police, wording="Saw him with a knife.", by=table.chair)
    last_day = table.chair.now + timedelta(days=7)  # Monday to Monday: five working days

    assert marker.confirm_by == date(2026, 11, 30)
    assert actions.lapse_markers(by=service_account("terms", now=last_day)) == 0
    assert actions.lapse_markers(by=service_account("terms", now=last_day + timedelta(days=1))) == 1
    assert actions.lapse_markers(by=service_account("terms", now=last_day + timedelta(days=1))) == 0

    left = Marker.objects.unscoped("test").get()
    assert (left.wording, left.stage) == ("", "lapsed")
    afterwards = actor_of(world.director, "person-centred-approach", now=last_day + timedelta(days=2))
    assert not Marker.objects.visible_to(afterwards).exists()
    events = set(Entry.objects.filter(subject__contains=marker.reference).values_list("event", flat=True))
    assert {"conference.said", "conference.said-lapsed"} <= events
