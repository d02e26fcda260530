"""The way back gate by gate, the list of travellers, and who is not covered."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import gather
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Movement
from samenhang.exchange.rules.movements import Whereabouts
from samenhang.persons.models import Person
from samenhang.risk import actions, rules
from samenhang.risk.models import Assessment, Handover, Passage, ProsecutionReview, Trajectory
from samenhang.risk.models import coverage as coverage_of
from samenhang.risk.models.coverage import coverage, every_movement, every_passage, stages, whereabouts
from samenhang.risk.rules import returns
from samenhang.risk.rules.returns import Found, Gate, Way
from samenhang.risk.rules.sheets import COLUMNS
from tests.assessing import APPROACH, planned
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.returning import BACK_ON, LEFT_ON, Returning, followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def back(world: World, actor_of: ActorOf) -> Returning:
    return followed(world, actor_of)


def test_a_gate_needs_a_complete_pack_a_named_receiver_and_an_acceptance(
    world: World, actor_of: ActorOf, back: Returning
) -> None:
    with pytest.raises(returns.PackIncomplete, match="terugkeer"):
        back.offer(Way.ARRIVED, world.prosecutor, by=back.police)
    back.moved(Whereabouts.RETURNED, BACK_ON)
    with pytest.raises(NotYours):
        back.offer(Way.ARRIVED, world.school, by=back.police)
    with pytest.raises(NotYours):
        back.offer(Way.ARRIVED, world.police, by=back.police)
    with pytest.raises(NotYours):  # sits at the case, and could never accept it
        back.offer(Way.ARRIVED, world.lawyer, by=back.police)
    offered = back.offer(Way.ARRIVED, world.prosecutor, by=back.police)
    assert back.now().stage == Way.ABROAD
    with pytest.raises(returns.AlreadyOffered):
        back.offer(Way.ARRIVED, world.director, by=back.police)
    with pytest.raises(returns.NotTheReceiver):
        actions.answer(offered, Gate.ACCEPTED, by=back.director)
    with pytest.raises(rules.Incomplete):
        actions.answer(offered, Gate.REFUSED, by=back.prosecution)

    actions.answer(offered, Gate.REFUSED, reason="I am away that week.", by=back.prosecution)
    assert back.now().stage == Way.ABROAD
    back.passed(Way.ARRIVED, by=back.police, to=back.prosecution)

    assert (back.now().stage, back.now().holder_id) == (Way.ARRIVED, world.prosecutor.pk)


def test_nobody_reaches_the_approach_without_review_and_an_assessment_made_after_the_return(
    world: World, actor_of: ActorOf, back: Returning
) -> None:
    early = planned(world, actor_of, case=back.case)
    early.made()
    back.moved(Whereabouts.RETURNED, BACK_ON + timedelta(days=2))
    back.police = replace(back.police, now=back.police.now + timedelta(days=5))
    back.prosecution = replace(back.prosecution, now=back.police.now)
    back.moved(Whereabouts.RETURNED, BACK_ON + timedelta(days=4))
    back.passed(Way.ARRIVED, by=back.police, to=back.prosecution)
    with pytest.raises(returns.PackIncomplete):
        back.offer(Way.DECIDED, world.police, by=back.prosecution)
    back.review()
    back.passed(Way.DECIDED, by=back.prosecution, to=back.police)

    with pytest.raises(returns.PackIncomplete, match="twee mensen"):
        back.offer(Way.APPROACH, world.director, by=back.police)
    late = planned(world, actor_of, case=back.case)
    late.first, late.second = (replace(one, now=back.police.now) for one in (late.first, late.second))
    late.made()
    back.director = replace(back.director, now=back.police.now)

    assert back.passed(Way.APPROACH, by=back.police, to=back.director).stage == Way.APPROACH


def test_a_fact_is_noted_with_its_source_and_needs_no_receiver(back: Returning) -> None:
    with pytest.raises(rules.Incomplete):
        actions.note(back.way, Way.UNKNOWN, true_on=BACK_ON, words=" ", by=back.police)
    with pytest.raises(rules.IllegalTransition):
        actions.note(back.way, Way.ARRIVED, true_on=BACK_ON, words="Seen.", by=back.police)

    actions.note(back.way, Way.UNKNOWN, true_on=BACK_ON, words="No sign for a month.", by=back.police)

    assert back.now().stage == Way.UNKNOWN
    assert Passage.objects.unscoped("test").count() == 2


def test_coverage_counts_who_lacks_what_and_removing_an_assessment_makes_it_one(
    world: World, actor_of: ActorOf, back: Returning
) -> None:
    assert (len(back.coverage().travellers), len(back.coverage().unreviewed)) == (1, 1)
    assert not back.coverage().returnees
    back.moved(Whereabouts.RETURNED, BACK_ON)
    found = back.coverage()
    assert (len(found.unassessed), len(found.uninvestigated)) == (1, 1)

    back.passed(Way.ARRIVED, by=back.police, to=back.prosecution)
    back.review()
    assessing = planned(world, actor_of, case=back.case)
    made = assessing.made()
    found = back.coverage()
    assert (len(found.unassessed), len(found.uninvestigated), len(found.unreviewed)) == (0, 0, 0)

    said = actions.contest(made, words="Not so.", by_the_person=True, by=back.prosecution)
    assert len(back.coverage().unassessed) == 1
    actions.settle(said, answer="It is so.", upheld=True, by=back.prosecution)
    assert len(back.coverage().unassessed) == 0
    later = coverage(date(2027, 6, 1), known_by=back.police.now, movements=every_movement())
    assert (len(later.unassessed), len(later.unreviewed)) == (1, 1)
    exchange.withdraw(assessing.said, reason="Heard wrongly.", by=back.police)
    assert len(back.coverage().unassessed) == 1


def test_the_picture_of_a_past_day_as_known_then_and_as_known_now(back: Returning) -> None:
    learned = replace(back.police, now=back.police.now + timedelta(days=3))
    wrong = back.moved(Whereabouts.RETURNED, BACK_ON)
    exchange.withdraw_movement(wrong, reason="It was somebody else.", by=learned)
    then, now = back.police.now, learned.now

    def picture(known_by: object) -> tuple[int, dict[str, int]]:
        found = coverage(BACK_ON, known_by=known_by, movements=every_movement())  # type: ignore[arg-type]
        places = whereabouts(BACK_ON, known_by=known_by, movements=every_movement())  # type: ignore[arg-type]
        return len(found.unassessed), places

    assert picture(then) == (1, {"returned": 1})
    assert picture(now) == (0, {"left": 1})
    assert stages(BACK_ON, known_by=now, passages=every_passage()) == {"abroad": 1}
    assert stages(LEFT_ON, known_by=back.police.now - timedelta(days=9), passages=every_passage()) == {}


def test_who_was_given_nothing_reads_nothing_and_only_prosecutors_read_reviews(
    world: World, actor_of: ActorOf, back: Returning
) -> None:
    back.moved(Whereabouts.RETURNED, BACK_ON)
    back.offer(Way.ARRIVED, world.prosecutor, by=back.police)
    back.review()
    for outsider in (world.school, world.other_director, world.lawyer, world.minister):
        by = actor_of(outsider)
        for model in (Trajectory, Handover, Passage, ProsecutionReview):
            assert not model.objects.visible_to(by).exists()  # type: ignore[attr-defined]
    assert not ProsecutionReview.objects.visible_to(back.police).exists()
    with pytest.raises(NotThere):
        actions.note(
            back.way, Way.UNKNOWN, true_on=BACK_ON, words="x", by=actor_of(world.other_director, APPROACH)
        )
    with pytest.raises(NotYours):
        actions.review_prosecution(
            back.person, Found.NOT_NOW, reasons="x", next_on=date(2027, 1, 1), by=back.police
        )


def test_all_travellers_in_one_list_that_can_show_only_what_changed(
    world: World, client_of: ClientOf, clock: StandingClock, back: Returning
) -> None:
    clock.moment = back.police.now + timedelta(hours=1)
    browser = client_of(world.police, APPROACH)
    page = browser.get("/travellers/")
    assert back.person.reference in page.text
    assert back.way.reference in page.text
    assert "?changed" not in page.text

    assert browser.post("/travellers/read/").status_code == 302
    assert back.person.reference not in browser.get("/travellers/?changed").text
    clock.moment += timedelta(minutes=2)
    back.police = replace(back.police, now=clock.moment)
    actions.note(back.way, Way.UNKNOWN, true_on=BACK_ON, words="No sign.", by=back.police)
    clock.moment += timedelta(minutes=2)

    assert back.person.reference in browser.get("/travellers/?changed").text
    assert back.person.reference not in client_of(world.school, APPROACH).get("/travellers/").text


def test_the_gates_through_the_pages(
    world: World, client_of: ClientOf, actor_of: ActorOf, clock: StandingClock, back: Returning
) -> None:
    back.moved(Whereabouts.RETURNED, BACK_ON)
    clock.moment = back.police.now + timedelta(hours=1)
    police, prosecution = client_of(world.police, APPROACH), client_of(world.prosecutor, APPROACH)
    page = f"/travellers/{back.way.reference}/"
    assert f"{page}hand-over/arrived/" in police.get(page).text
    typed = {
        "receiver": world.prosecutor.reference, "true_on": "22-11-2026", "pack-met": "At the airport.",
        "pack-children": "No children.",
    }  # fmt: skip
    assert police.post(f"{page}hand-over/arrived/", {**typed, "pack-met": ""}).status_code == 422
    assert police.post(f"{page}hand-over/arrived/", typed).status_code == 302
    offered = Handover.objects.unscoped("test").get()
    gate = f"/travellers/handovers/{offered.reference}/"
    by = replace(actor_of(world.prosecutor, APPROACH), now=clock.moment)
    assert gate in [task.url for group in gather(KINDS, by) for task in group.tasks]
    assert police.post(gate, {"outcome": "accepted"}).status_code == 403
    assert "At the airport." in prosecution.get(gate).text
    assert prosecution.post(gate, {"outcome": "refused"}).status_code == 422
    assert prosecution.post(gate, {"outcome": "accepted"}).status_code == 302
    assert back.now().stage == Way.ARRIVED

    review = f"/travellers/prosecution/{back.person.reference}/"
    found = {"found": "investigate", "reasons": "Witnesses abroad.", "next_on": ""}
    assert prosecution.post(review, found).status_code == 422
    assert prosecution.post(review, {**found, "next_on": "1-2-2027"}).status_code == 302
    assert "Witnesses abroad." in prosecution.get(review).text
    shown = police.get("/travellers/coverage/").text
    assert back.person.reference in shown
    counted = (
        client_of(world.statistician, "statistics").get("/travellers/coverage/?on=22-11-2026&known=then").text
    )
    assert back.person.reference not in counted
    assert "Fantasia" not in counted
    today = client_of(world.statistician, "statistics").get("/travellers/coverage/").text
    assert "1 tot 4" in today
    assert "<strong>1</strong>" not in today  # of a day of one's choice, one would be somebody
    assert "<strong>1</strong>" in shown  # who knows the person may count them
    assert client_of(world.administrator).get("/travellers/coverage/").status_code == 403


def test_of_whom_nothing_new_was_heard_for_long_is_counted(back: Returning) -> None:
    def quiet(on: date) -> int:
        return coverage_of.quiet(on, known_by=back.police.now, movements=every_movement())

    last = LEFT_ON + returns.QUIET_AFTER
    assert (quiet(last), quiet(last + timedelta(days=1))) == (0, 1)
    back.moved(Whereabouts.RETURNED, BACK_ON)
    assert quiet(max(last, BACK_ON) + timedelta(days=1)) == 0


def test_a_list_is_tried_first_and_then_taken_in_whole(
    world: World, client_of: ClientOf, actor_of: ActorOf, back: Returning
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    browser = client_of(world.police, APPROACH)
    head = ";".join(names[1] for names in COLUMNS.names.values())
    good = "Verzonsel;Adam;2-3-1990;Nergenshuizen;left;1-2-2026;Imaginaria;B;2;Politiewet 2012 art. 3"
    bad = "Fantasia;Pippi;30-4-2001;Nergenshuizen;left;1-2-2026;;;;Politiewet 2012 art. 3"

    def post(deed: str, *rows: str) -> object:
        file = SimpleUploadedFile("list.csv", "\n".join([head, *rows]).encode())
        return browser.post(
            "/travellers/import/", {"file": file, "reason": "The list of March.", "deed": deed}
        )

    before = Person.objects.unscoped("test").count()
    tried, refused = post("try", good), post("import", good, bad)
    assert (tried.status_code, refused.status_code) == (200, 422)  # type: ignore[attr-defined]
    assert "Verzonsel" in tried.text  # type: ignore[attr-defined]
    assert Person.objects.unscoped("test").count() == before
    assert post("import", good).status_code == 302  # type: ignore[attr-defined]

    assert (
        Movement.objects.visible_to(actor_of(world.police, APPROACH)).filter(place="Imaginaria").count() == 1
    )
    assert not Assessment.objects.unscoped("test").exists()
    assert client_of(world.mayor, APPROACH).get("/travellers/import/").status_code == 403
