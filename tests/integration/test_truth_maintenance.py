"""A statement falls: whatever was built on it, assessment, decision, measure and letter, is flagged."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotThere
from samenhang.conferences import actions as conferences
from samenhang.conferences.models import Decision, Item
from samenhang.conferences.rules import DecisionStage
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Reconsideration
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.journal import Actor
from samenhang.measures import actions as measures
from samenhang.measures.actions.documents import keep
from samenhang.measures.models import Document, Measure
from samenhang.measures.rules import Upload
from samenhang.national_picture import actions as report
from samenhang.national_picture.rules import Asked
from samenhang.persons.models import Person
from samenhang.risk.models import Assessment
from tests.assessing import APPROACH, Assessing, planned
from tests.cast import ActorOf, ClientOf, World
from tests.conference import PROPOSAL, discussing
from tests.weighing import SAID, opened_case

pytestmark = pytest.mark.django_db
NOTICE = "Iets onder deze pagina houdt geen stand meer"
WHY = {
    "necessity": "The threat was repeated.",
    "subsidiarity": "A conversation did not help.",
    "intended": "No gathering for a month.",
}
LETTER = Upload("letter.pdf", b"%PDF-1.7 an invented letter")


@dataclass
class Built:
    """An assessment, a decision, a measure and its letter, one on the other."""

    assessing: Assessing
    chair: Actor
    assessment: Assessment
    decision: Decision
    measure: Measure
    letter: Document

    def fall(self) -> None:
        exchange.withdraw(self.assessing.said, reason="It was somebody else.", by=self.assessing.first)


@pytest.fixture
def built(world: World, actor_of: ActorOf) -> Built:
    table = discussing(world, actor_of)
    assessing = planned(world, actor_of, case=table.case)
    made = assessing.made()
    decision = conferences.propose(table.item, PROPOSAL, by=table.chair)
    conferences.decide(decision, DecisionStage.TAKEN, by=table.chair)
    measure = measures.suggest(table.case, "GW-172A", **WHY, by=replace(table.chair, simulated=True))
    letter = keep(measure, LETTER, by=table.chair)
    return Built(assessing, table.chair, made, decision, measure, letter)


def test_one_fallen_statement_flags_assessment_decision_measure_and_letter(built: Built) -> None:
    built.fall()

    duties = Reconsideration.objects.visible_to(built.chair).open()
    depths = {duty.thing: duty.depth for duty in duties}
    assert depths[built.assessment.reference] == 1
    assert depths[built.decision.reference] == 2
    assert depths[built.letter.reference] == 1 + depths[built.measure.reference]
    assert {duty.reconsider_by for duty in duties} == {built.assessing.first.today + timedelta(days=14)}


def test_nothing_that_is_flagged_is_changed(built: Built) -> None:
    rows = [(Decision, built.decision), (Measure, built.measure), (Document, built.letter)]
    before = [model.objects.unscoped("test").values().get(pk=row.pk) for model, row in rows]

    built.fall()

    assert [model.objects.unscoped("test").values().get(pk=row.pk) for model, row in rows] == before


def test_the_page_of_each_thing_says_it_and_my_work_asks_it_but_not_of_an_outsider(
    built: Built, world: World, client_of: ClientOf
) -> None:
    pages = [
        f"/assessments/{built.assessment.reference}/",
        f"/conferences/items/{Item.objects.unscoped('test').get(pk=built.decision.item_id).reference}/",
        f"/measures/{built.measure.reference}/",
        f"/cases/{built.assessing.case.reference}/",
    ]
    director = client_of(world.director, APPROACH)
    assert all(NOTICE not in director.get(page).content.decode() for page in pages)

    built.fall()

    for page in pages:
        assert NOTICE in director.get(page).content.decode()
    asked = director.get("/").content.decode()
    for thing in (built.assessment, built.decision, built.measure, built.letter):
        assert f"Kijk opnieuw naar {thing.reference}" in asked
    duty = Reconsideration.objects.unscoped("test").get(thing=built.measure.reference)
    assert director.get(f"/again/{duty.reference}/").status_code == 200
    school = client_of(world.school, APPROACH)
    assert school.get(f"/again/{duty.reference}/").status_code == 404
    assert built.measure.reference not in school.get("/").content.decode()


def test_an_assessment_counts_again_when_what_fell_deeper_down_makes_no_difference(
    world: World, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    police = actor_of(world.police, APPROACH)
    heard = exchange.state(SAID, about=person, by=police)
    concluded = exchange.state(SAID, about=person, derived_from=[heard], by=police)
    assessing = planned(world, actor_of, case=case)
    made = assessing.made()
    exchange.rely(concluded, made, by=assessing.first)

    exchange.withdraw(heard, reason="It was somebody else.", by=assessing.first)

    assert not assessing.now().counts_on(assessing.first.today)
    duty = Reconsideration.objects.visible_to(assessing.first).get(thing=made.reference)
    assert duty.depth == 2
    exchange.reconsider(duty, stands=True, outcome="Two others saw it as well.", by=assessing.first)
    assert assessing.now().counts_on(assessing.first.today)


def test_what_is_built_later_on_something_in_doubt_is_asked_at_once_and_on_something_cleared_is_not(
    world: World, actor_of: ActorOf
) -> None:
    police = actor_of(world.police, "weighing")
    heard = exchange.state(SAID, about=None, by=police)
    concluded = exchange.state(SAID, about=None, derived_from=[heard], by=police)
    exchange.withdraw(heard, reason="It was somebody else.", by=police)

    doubted = exchange.state(SAID, about=None, derived_from=[concluded], by=police)
    duty = Reconsideration.objects.visible_to(police).get(thing=concluded.reference)
    exchange.reconsider(duty, stands=True, outcome="Seen by two others.", by=police)
    cleared = exchange.state(SAID, about=None, derived_from=[concluded], by=police)

    open_ones = set(Reconsideration.objects.visible_to(police).open().values_list("thing", flat=True))
    assert doubted.reference in open_ones
    assert cleared.reference not in open_ones


def test_who_corrects_what_was_to_be_reconsidered_has_done_so(world: World, actor_of: ActorOf) -> None:
    police = actor_of(world.police, "weighing")
    heard = exchange.state(SAID, about=None, by=police)
    concluded = exchange.state(SAID, about=None, derived_from=[heard], by=police)
    exchange.withdraw(heard, reason="It was somebody else.", by=police)

    exchange.correct(concluded, SAID, reason="Now from my own observation.", by=police)

    assert not Reconsideration.objects.visible_to(police).open().exists()


def test_nobody_derives_from_what_they_may_not_read(world: World, actor_of: ActorOf) -> None:
    heard = exchange.state(SAID, about=None, by=actor_of(world.police, "weighing"))

    with pytest.raises(NotThere):
        exchange.state(SAID, about=None, derived_from=[heard], by=actor_of(world.school, "weighing"))


def test_a_corrected_movement_flags_what_was_concluded_from_it(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    police = actor_of(world.police, APPROACH)
    seen = Seen(Whereabouts.LEFT, date(2026, 11, 1), "Politiewet 2012 art. 3")
    movement = exchange.record_movement(person, seen, by=police)
    concluded = exchange.state(SAID, about=person, derived_from=[movement], by=police)

    right = exchange.correct_movement(
        movement, replace(seen, status=Whereabouts.STOPPED), reason="Misread.", by=police
    )

    duty = Reconsideration.objects.visible_to(police).open().get()
    assert (duty.thing, duty.cause) == (concluded.reference, movement.reference)
    exchange.withdraw_movement(right, reason="It was somebody else.", by=police)
    assert Reconsideration.objects.visible_to(police).open().count() == 2


def test_a_published_report_and_its_figure_are_marked_when_something_under_them_falls(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    case = opened_case(world, actor_of)
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    police, official = actor_of(world.police, APPROACH), actor_of(world.minister, "statistics")
    heard = exchange.state(SAID, about=person, by=police)
    seen = Seen(Whereabouts.LEFT, date(2014, 3, 1), "Politiewet 2012 art. 3")
    movement = exchange.record_movement(person, seen, by=police)
    exchange.rely(heard, movement, by=police)
    made = report.publish(Asked(date(2014, 6, 30)), reason="Parliament asked for it in time.", by=official)

    exchange.withdraw(heard, reason="It was somebody else.", by=police)

    duty = Reconsideration.objects.visible_to(official).open().get(thing=made.reference)
    assert duty.depth == 2
    asked = report.make_report(Asked(date(2014, 6, 30)), by=official)
    assert {figure.definition.question for figure in asked.figures if figure.doubted} == {"left"}
    page = client_of(world.minister, "statistics").get("/report/?until=30-06-2014").content.decode()
    assert "Iets eronder houdt geen stand" in page
    assert "1 in twijfel" in page
    assert not Reconsideration.objects.visible_to(actor_of(world.school, APPROACH)).exists()
