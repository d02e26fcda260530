"""G7: what comes into a case says why the others must know exactly this (Wet PGA art. 4; CTIVD 57)."""

from dataclasses import replace

import pytest

from samenhang.cases import actions as cases
from samenhang.conferences import actions as conferences
from samenhang.exchange.models import Statement
from samenhang.exchange.rules import NotLawful
from tests.cast import ActorOf, World
from tests.conference import APPROACH, discussing
from tests.weighing import SAID

pytestmark = pytest.mark.django_db
WITHOUT = replace(SAID, necessity=" ")


def test_nothing_is_brought_in_without_its_necessity_in_writing_or_aloud(
    world: World, actor_of: ActorOf
) -> None:
    table = discussing(world, actor_of)
    police = actor_of(world.police, APPROACH)
    marker = conferences.mark(table.item, world.police, wording="An imaginary line.", by=table.chair)
    before = Statement.objects.unscoped("test").count()

    with pytest.raises(NotLawful):
        cases.bring(table.case, WITHOUT, category="police-data", by=police)
    with pytest.raises(NotLawful):
        conferences.confirm(marker, WITHOUT, category="police-data", by=police)

    assert Statement.objects.unscoped("test").count() == before
    conferences.confirm(marker, SAID, category="police-data", by=police)
    assert Statement.objects.unscoped("test").count() == before + 1
