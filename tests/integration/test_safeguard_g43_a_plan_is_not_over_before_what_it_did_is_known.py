"""G43: outcome, not activity: no case closes before somebody wrote down what its measures did (ECA 2018)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions as cases
from samenhang.cases.models import Case
from samenhang.cases.rules.ending import Outcome
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.measures import actions, rules
from samenhang.measures.models import Effect, Measure
from samenhang.measures.rules import Seen, Status
from tests.cast import ActorOf, ClientOf, World
from tests.weighing import opened_case

pytestmark = pytest.mark.django_db
APPROACH = "person-centred-approach"
WHY = "An imaginary reason in a full sentence."
SEEN = Seen(
    date(2026, 11, 23), "He did not come to the square again.", "His mother does not dare to go out any more."
)


@pytest.fixture
def director(world: World, actor_of: ActorOf) -> Actor:
    return replace(actor_of(world.director, APPROACH), simulated=True)


@pytest.fixture
def running(world: World, actor_of: ActorOf, director: Actor) -> Measure:
    """In force since this morning; how it comes there is told elsewhere."""
    case = opened_case(world, actor_of)
    row = actions.suggest(case, "GW-172A", necessity=WHY, subsidiarity=WHY, intended=WHY, by=director)
    rows = Measure.objects.unscoped("test").filter(pk=row.pk)
    day = date(2026, 11, 23)
    rows.update(status=Status.IN_FORCE, decided_on=day, starts_on=day, notified_on=day)
    return rows.get()


def case_of(measure: Measure) -> Case:
    found: Case = Case.objects.unscoped("test").get(pk=measure.case_id)
    return found


def test_without_an_intended_effect_nothing_is_suggested(
    world: World, actor_of: ActorOf, director: Actor
) -> None:
    case = opened_case(world, actor_of)

    with pytest.raises(rules.NoReason):
        actions.suggest(case, "GW-172A", necessity=WHY, subsidiarity=WHY, intended="  ", by=director)


def test_a_case_closes_only_after_what_its_measures_did_was_seen(
    running: Measure, director: Actor, client_of: ClientOf, world: World
) -> None:
    case, browser = case_of(running), client_of(world.director, APPROACH)
    typed = {"outcome": "goals-met", "reason": "The goals were met."}

    refused = browser.post(f"/cases/{case.reference}/close/", typed)
    assert refused.status_code == 422
    assert running.reference in refused.content.decode()
    assert case_of(running).status == "open"
    with pytest.raises(rules.EffectMissing):
        cases.close(case, outcome=Outcome.CARE, reason=WHY, by=director)

    words = {"observed_on": "23-11-2026", "reached": SEEN.reached, "adverse": SEEN.adverse}
    assert browser.post(f"/measures/{running.reference}/observe/", words).status_code == 302
    page = browser.get(f"/measures/{running.reference}/").content.decode()
    assert SEEN.reached in page
    assert SEEN.adverse in page
    assert Entry.objects.filter(event="measure.effect-observed").count() == 1
    assert browser.post(f"/cases/{case.reference}/close/", typed).status_code == 302
    assert case_of(running).status == "closed"


def test_what_it_did_besides_is_said_too_and_only_of_what_was_felt(
    running: Measure, director: Actor, world: World, actor_of: ActorOf
) -> None:
    for lacking in (replace(SEEN, adverse=" "), replace(SEEN, reached="")):
        with pytest.raises(rules.NoReason):
            actions.observe(running, lacking, by=director)
    with pytest.raises(rules.NoEffectYet):
        actions.observe(running, replace(SEEN, observed_on=date(2026, 11, 24)), by=director)
    planned = actions.suggest(
        case_of(running), "GW-172A", necessity=WHY, subsidiarity=WHY, intended=WHY, by=director
    )
    with pytest.raises(rules.NoEffectYet):
        actions.observe(planned, SEEN, by=director)

    made = actions.observe(running, SEEN, by=director)
    with pytest.raises(IntegrityError), transaction.atomic():
        Effect.objects.unscoped("test").filter(pk=made.pk).update(adverse="")


def test_an_outsider_neither_writes_nor_reads_it(
    running: Measure, director: Actor, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    actions.observe(running, SEEN, by=director)
    school = actor_of(world.school, APPROACH)

    with pytest.raises((NotThere, NotYours)):
        actions.observe(running, SEEN, by=school)
    assert not Effect.objects.visible_to(school).exists()
    assert Effect.objects.visible_to(actor_of(world.police, APPROACH)).exists()
    assert client_of(world.school, APPROACH).get(f"/measures/{running.reference}/observe/").status_code == 404


def test_a_case_that_was_a_mistake_waits_for_nothing(running: Measure, director: Actor) -> None:
    closed = cases.close(case_of(running), outcome=Outcome.MISTAKE, reason=WHY, by=director)

    assert closed.status == "closed"
