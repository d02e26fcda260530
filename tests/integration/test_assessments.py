"""An assessment by two people: what it needs, who reads what, and when it counts no longer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions as cases
from samenhang.cases.rules.ending import Outcome
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import gather
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Reconsideration, Reliance, Statement
from samenhang.journal import Actor
from samenhang.organisations.acting import service_account
from samenhang.persons.models import Person
from samenhang.risk import actions, rules
from samenhang.risk.actions.instruments import Result
from samenhang.risk.models import Accreditation, Answer, Assessment, Contest, ExternalResult, Opinion
from samenhang.risk.rules import UNKNOWN, Said, Stage, bundled
from tests.assessing import APPROACH, Assessing, opinion_on, planned, train, typed
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.weighing import SAID, opened_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessing(world: World, actor_of: ActorOf) -> Assessing:
    return planned(world, actor_of)


def standing(on: date = date(2026, 12, 1)) -> int:
    return Assessment.objects.unscoped("test").standing(on).count()


def test_two_people_write_alone_then_compare_and_it_counts(assessing: Assessing) -> None:
    assessing.give()
    assert not Opinion.objects.visible_to(assessing.second).exists()
    assert not Answer.objects.visible_to(assessing.chair).exists()

    assessing.review()
    assert Opinion.objects.visible_to(assessing.second).count() == 2
    assert standing() == 0

    made = actions.finish(assessing.now(), by=assessing.first)

    assert (made.stage, made.valid_until) == (Stage.FINAL, date(2027, 5, 24))
    assert standing() == 1
    assert (
        Reliance.objects.unscoped("test")
        .filter(dependant=made.reference, leans_on=assessing.said.reference)
        .count()
        == 1
    )


def test_the_same_person_twice_or_somebody_untrained_cannot_assess(
    world: World, actor_of: ActorOf, assessing: Assessing
) -> None:
    with pytest.raises(rules.TwoAssessors):
        actions.plan(assessing.case, bundled(), world.police, world.police, by=assessing.chair)
    with pytest.raises(rules.NotAccredited):
        actions.plan(assessing.case, bundled(), world.police, world.prosecutor, by=assessing.chair)
    train(world.child_protection)
    with pytest.raises(NotYours):
        actions.plan(assessing.case, bundled(), world.police, world.child_protection, by=assessing.chair)


def test_an_accreditation_that_ended_stops_the_pen(assessing: Assessing) -> None:
    Accreditation.objects.update(ends_on=date(2026, 11, 23))

    with pytest.raises(rules.NotAccredited):
        assessing.give()


def test_nobody_but_the_assessor_whose_turn_it_is_writes(
    world: World, actor_of: ActorOf, assessing: Assessing
) -> None:
    draft = opinion_on(assessing.said)
    colleague = replace(actor_of(world.police_two, APPROACH), now=assessing.first.now)
    with pytest.raises(NotYours):
        actions.write(assessing.assessment, draft, give=True, by=colleague)
    with pytest.raises(rules.IllegalTransition):
        actions.write(assessing.assessment, draft, give=True, by=assessing.second)
    assessing.give()
    with pytest.raises(rules.IllegalTransition):
        assessing.give()


def test_what_an_answer_leans_on_was_written_down_before_it_and_may_be_read(
    world: World, actor_of: ActorOf, assessing: Assessing
) -> None:
    at_that_moment = replace(assessing.first, now=assessing.said.known_at)
    with pytest.raises(rules.Incomplete, match="daarvoor"):
        actions.write(assessing.assessment, opinion_on(assessing.said), give=False, by=at_that_moment)

    prosecution = actor_of(world.prosecutor, APPROACH)
    person = Person.objects.unscoped("test").get(pk=assessing.case.person_id)
    hidden = exchange.state(SAID, about=person, category="judicial-data", by=prosecution)
    with pytest.raises(NotThere):
        actions.write(assessing.assessment, opinion_on(hidden), give=False, by=assessing.first)


def test_unknown_needs_no_statement_and_absent_does(assessing: Assessing) -> None:
    draft = opinion_on(assessing.said)
    absent = replace(draft, answers={**draft.answers, "B1": Said("absent", "Searched the shed.")})
    with pytest.raises(rules.Incomplete, match="B1"):
        actions.write(assessing.assessment, absent, give=True, by=assessing.first)
    left_out = replace(draft, answers={code: said for code, said in draft.answers.items() if code != "B1"})
    with pytest.raises(rules.Incomplete, match="B1"):
        actions.write(assessing.assessment, left_out, give=True, by=assessing.first)

    actions.write(assessing.assessment, draft, give=True, by=assessing.first)

    levels = dict(Answer.objects.unscoped("test").values_list("indicator", "level"))
    assert (levels["B1"], levels["A1"]) == (UNKNOWN, "clearly")


def test_who_differ_both_stand_and_say_why(assessing: Assessing) -> None:
    assessing.give()
    assessing.review(opinion_on(assessing.said, judgement="action", D1="partly"))

    with pytest.raises(rules.Incomplete, match="verschilt"):
        actions.finish(assessing.now(), by=assessing.first)
    actions.finish(
        assessing.now(), on_difference="On D1 we read the same talk otherwise.", by=assessing.first
    )

    judged = list(Opinion.objects.visible_to(assessing.chair).values_list("judgement", flat=True))
    assert sorted(judged) == ["action", "attention"]


def test_what_is_final_is_not_changed_by_any_deed(assessing: Assessing) -> None:
    made = assessing.made()
    for deed in (
        lambda: actions.write(made, opinion_on(assessing.said), give=False, by=assessing.first),
        lambda: actions.finish(made, by=assessing.first),
        lambda: actions.call_off(made, reason="A slip.", by=assessing.chair),
    ):
        with pytest.raises((rules.IllegalTransition, NotYours)):
            deed()


@pytest.mark.parametrize("deed", ["withdraw", "correct"])
def test_it_counts_no_longer_the_moment_a_statement_under_it_falls(assessing: Assessing, deed: str) -> None:
    made = assessing.made()
    if deed == "withdraw":
        exchange.withdraw(assessing.said, reason="It was somebody else.", by=assessing.first)
    else:
        right = replace(SAID, text="He said so once, and laughed.")
        exchange.correct(assessing.said, right, reason="Heard wrongly.", by=assessing.first)

    assert standing() == 0
    assert not assessing.now().counts_on(assessing.first.today)
    assert Reconsideration.objects.unscoped("test").open().filter(thing=made.reference).exists()
    assert actions.end_stale(by=service_account("terms", now=assessing.first.now)) == 1
    assert assessing.now().stage == Stage.STALE


def test_it_ends_by_itself_after_its_term_and_a_later_one_replaces_it(
    world: World, actor_of: ActorOf, assessing: Assessing
) -> None:
    first = assessing.made()
    assert (standing(date(2027, 5, 24)), standing(date(2027, 5, 25))) == (1, 0)
    late = service_account("terms", now=assessing.first.now + timedelta(days=190))
    assert actions.end_stale(by=late) == 1

    again = planned(world, actor_of, case=assessing.case)
    again.made()

    assert Assessment.objects.unscoped("test").get(pk=first.pk).stage == Stage.SUPERSEDED
    assert standing() == 1


def test_a_contested_one_counts_no_longer_until_somebody_else_answered(
    world: World, actor_of: ActorOf, assessing: Assessing
) -> None:
    made = assessing.made()
    prosecution = replace(actor_of(world.prosecutor, APPROACH), now=assessing.first.now)
    said = actions.contest(made, words="He was abroad that day.", by_the_person=True, by=prosecution)
    assert standing() == 0
    with pytest.raises(NotYours):
        actions.settle(said, answer="I stand by it.", upheld=True, by=assessing.second)

    actions.settle(said, answer="The ticket was another day.", upheld=True, by=prosecution)
    assert standing() == 1

    again = actions.contest(assessing.now(), words="The source lied.", by_the_person=False, by=prosecution)
    actions.settle(again, answer="Indeed.", upheld=False, by=assessing.chair)
    assert assessing.now().stage == Stage.STALE


def test_who_reads_what_of_an_assessment(world: World, actor_of: ActorOf, assessing: Assessing) -> None:
    cases.admit(
        assessing.case,
        world.child_protection.organisation,
        reason="There are children.",
        by=actor_of(world.director, APPROACH),
    )
    assessing.made()

    def reads(actor: Actor) -> tuple[int, int, int]:
        models = (Assessment, Opinion, Answer)
        return tuple(model.objects.visible_to(actor).count() for model in models)  # type: ignore[return-value, attr-defined]

    answers = 2 * len(bundled().indicators)
    assert reads(assessing.first) == (1, 2, answers)
    # The mayor works where the second assessor does.
    assert reads(assessing.chair) == (1, 2, answers)
    # At the table, but nobody there assessed: the conclusions and no answer.
    assert reads(actor_of(world.prosecutor, APPROACH)) == (1, 2, 0)
    # Who helps a child: what protects and what is needed.
    assert reads(actor_of(world.child_protection, APPROACH)) == (1, 0, 0)
    for outsider in (world.school, world.other_director, world.lawyer):
        assert reads(actor_of(outsider, APPROACH)) == (0, 0, 0)
    cases.close(assessing.case, outcome=Outcome.GOALS_MET, reason="No longer needed.", by=assessing.second)
    assert reads(assessing.first) == reads(assessing.chair) == (0, 0, 0)


def test_no_list_search_menu_or_file_shows_what_was_judged(
    world: World, client_of: ClientOf, clock: StandingClock, assessing: Assessing
) -> None:
    assessing.give()
    assessing.review(opinion_on(assessing.said, judgement="action"))
    made = actions.finish(assessing.now(), on_difference="Unlike.", by=assessing.first)
    clock.moment = assessing.first.now
    browser = client_of(world.police, APPROACH)
    said = ("Vraagt om aandacht", "Vraagt nu om actie", "Duidelijk gezien", "clearly")

    person = Person.objects.unscoped("test").get(pk=made.person_id)
    for page in (
        "/assessments/", "/", f"/cases/{assessing.case.reference}/", f"/persons/{person.reference}/",
        "/cases/", "/assessments/?order=judgement", "/assessments/?judgement=action", "/conferences/",
    ):  # fmt: skip
        shown = browser.get(page)
        assert shown.status_code == 200, page
        assert not any(word in shown.text for word in said), page
    assert all(word in browser.get(f"/assessments/{made.reference}/").text for word in said[:3])


def test_the_whole_of_it_through_the_pages(
    world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock
) -> None:
    case = opened_case(world, actor_of)
    train(world.police, world.director)
    clock.moment += timedelta(days=1)
    chair, first = client_of(world.mayor, APPROACH), client_of(world.police, APPROACH)
    second, colleague = client_of(world.director, APPROACH), client_of(world.police_two, APPROACH)
    planned_form = {
        "instrument": "reflection-guide:1", "first": world.police.reference,
        "second": world.director.reference,
    }  # fmt: skip
    assert chair.post(f"/assessments/new/{case.reference}/", planned_form).status_code == 302
    row = Assessment.objects.unscoped("test").get()
    page = f"/assessments/{row.reference}/"
    work = [task.url for group in gather(KINDS, actor_of(world.police, APPROACH)) for task in group.tasks]
    assert page in work

    said = Statement.objects.unscoped("test").get(person_id=case.person_id)
    opinion = typed(opinion_on(said))
    assert said.text[:40] in first.get(f"{page}write/").text
    assert first.post(f"{page}write/", {"deed": "give", "level-A1": "clearly"}).status_code == 422
    assert first.post(f"{page}write/", {"deed": "draft", "reasons": "Not yet."}).status_code == 302
    assert "Not yet." in first.get(f"{page}write/").text
    assert first.post(f"{page}write/", {"deed": "give", **opinion}).status_code == 302
    assert colleague.get(f"{page}write/").status_code == 403
    assert "Because of what was said" not in colleague.get(page).text
    assert second.post(f"{page}write/", {"deed": "give", **opinion}).status_code == 302
    assert second.get(f"{page}finish/").status_code == 403
    shown = first.get(f"{page}finish/").text
    assert "Because of what was said" in shown
    assert f"{said.reference} (B2" in shown
    assert first.post(f"{page}finish/", {"on_difference": ""}).status_code == 302

    contested = {"who": "person", "words": "It was a joke."}
    assert first.post(f"{page}contest/", contested).status_code == 302
    contest = Contest.objects.unscoped("test").get()
    answered = {"outcome": "stands", "answer": "A colleague heard it too."}
    assert chair.post(f"/assessments/contests/{contest.reference}/", answered).status_code == 302
    assert "A colleague heard it too." in chair.get(page).text
    profiles = chair.get(f"/assessments/of/{case.reference}/").text
    assert "Duidelijk gezien" in profiles
    assert "Vraagt om aandacht" in profiles


def test_a_result_from_elsewhere_stands_beside_and_counts_for_nothing_here(
    world: World, actor_of: ActorOf, client_of: ClientOf, assessing: Assessing
) -> None:
    result = Result(
        "An instrument of others", "Two imaginary psychologists", date(2026, 11, 1), "Moderate, they write.",
        date(2027, 11, 1), "file 2026/1",
    )  # fmt: skip
    actions.record_result(assessing.case, result, by=actor_of(world.police, APPROACH))

    page = f"/assessments/of/{assessing.case.reference}/"
    assert "Moderate, they write." in client_of(world.prosecutor, APPROACH).get(page).text
    assert standing() == 0
    assert client_of(world.school, APPROACH).get(page).status_code == 404
    assert not ExternalResult.objects.visible_to(actor_of(world.school, APPROACH)).exists()
