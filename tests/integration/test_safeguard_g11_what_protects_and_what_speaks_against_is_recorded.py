"""G11: exculpatory and protective facts are recorded; an assessment without them is not final (CTIVD 29)."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from samenhang.risk import actions, rules
from samenhang.risk.models import Opinion
from samenhang.risk.rules import COMPULSORY
from tests.assessing import opinion_on, planned
from tests.cast import ActorOf, World

pytestmark = pytest.mark.django_db


def test_an_assessment_without_one_of_them_cannot_become_final(world: World, actor_of: ActorOf) -> None:
    assessing = planned(world, actor_of)
    whole = opinion_on(assessing.said)

    for section in COMPULSORY:
        without = replace(whole, sections={**whole.sections, section: "  "})
        with pytest.raises(rules.Incomplete, match=str(rules.SECTIONS[section])[:20]):
            actions.write(assessing.now(), without, give=True, by=assessing.first)
    with pytest.raises(rules.Incomplete):
        actions.finish(assessing.now(), by=assessing.first)

    made = assessing.made()
    assert made.protective == whole.sections["protective"]


def test_the_database_itself_refuses_an_opinion_without_them(world: World, actor_of: ActorOf) -> None:
    assessing = planned(world, actor_of)
    assessing.give()
    opinion = Opinion.objects.unscoped("test").get()

    for section in COMPULSORY:
        with pytest.raises(IntegrityError), transaction.atomic():
            Opinion.objects.unscoped("test").filter(pk=opinion.pk).update(**{section: ""})


def test_an_instrument_that_asks_for_none_of_them_changes_nothing(world: World, actor_of: ActorOf) -> None:
    whole, bare = opinion_on(planned(world, actor_of).said), replace(rules.bundled(), sections=())

    for section in COMPULSORY:
        without = replace(whole, sections={**whole.sections, section: " "})
        with pytest.raises(rules.Incomplete):
            rules.check_complete(without, bare)
    rules.check_complete(whole, bare)
