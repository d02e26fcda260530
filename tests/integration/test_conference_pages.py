"""The pages of a conference: prepared step by step, chaired from one screen, followed up from my work."""

from dataclasses import asdict, replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenhang.access import actions as access
from samenhang.access.rules import NotYours
from samenhang.conferences import actions
from samenhang.conferences.models import Conference, Decision, Item, Marker
from samenhang.conferences.rules import DecisionStage, IllegalTransition
from samenhang.exchange.models import Statement
from samenhang.measures import actions as measures
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import User
from tests.assessing import planned
from tests.cast import PASSWORD, SINCE, ActorOf, ClientOf, StandingClock, World
from tests.conference import APPROACH, PROPOSAL, discussing, prepared, under_way
from tests.weighing import SAID, opened_case

pytestmark = pytest.mark.django_db
NAME = "Fantasia"


def test_a_director_prepares_a_conference_by_following_the_next_step(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    case = opened_case(world, actor_of)
    director = client_of(world.director, APPROACH)

    when = {"day": "3-12-2026", "starts": "10:00", "ends": "12:00", "place": "Room 3"}
    url = director.post("/conferences/new/", when).headers["Location"]
    assert "agenda/" in director.get(url).text
    director.post(f"{url}agenda/", {"case": case.reference, "question": "Which help comes first?"})
    before = director.get(url).text
    assert before.count(world.prosecutor.organisation.name) == 2  # as who is still missing
    assert director.post(f"{url}invite/", {"person": [world.police.reference, "U-1"]}).status_code == 422
    director.post(f"{url}invite/", {"person": [world.police.reference, world.prosecutor.reference]})
    page = director.get(url).text
    assert "Nog niemand op de lijst" not in page
    assert "send/" in page
    assert "/ask/" in page
    assert NAME in page
    director.post(f"{url}send/")

    conference = Conference.objects.unscoped("test").get()
    assert conference.stage == "invited"
    assert conference.reference in client_of(world.police, APPROACH).get("/conferences/").text
    assert conference.reference in director.get("/").text


def test_a_question_is_changed_a_case_taken_off_and_the_conference_called_off_by_its_chair_alone(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    case = opened_case(world, actor_of)
    director, police = client_of(world.director, APPROACH), client_of(world.police, APPROACH)
    when = {"day": "3-12-2026", "starts": "10:00", "ends": "12:00", "place": "Room 3"}
    url = director.post("/conferences/new/", when).headers["Location"]
    director.post(f"{url}agenda/", {"case": case.reference, "question": "Which help comes first?"})
    director.post(f"{url}invite/", {"person": world.police.reference})
    item = Item.objects.unscoped("test").get()
    change = f"/conferences/items/{item.reference}/change/"

    assert "van de agenda" in director.get(change).text
    assert police.get(change).status_code == police.post(change, {"words": "Mine"}).status_code == 403
    assert director.post(change, {"words": ""}).status_code == 422
    director.post(change, {"words": "Which help comes second?"})
    item = Item.objects.unscoped("test").get()
    assert item.question == "Which help comes second?"
    page = director.get(url).text
    assert "donderdag 10:00–12:00" in page
    director.post(change, {"drop": "yes", "words": ""})
    assert Item.objects.unscoped("test").get().stage == "dropped"
    assert director.post(change, {"words": "Again"}).status_code == 422

    assert police.post(f"{url}call-off/", {"words": "No"}).status_code == 403
    director.post(f"{url}call-off/", {"words": "The chair is ill."})
    assert Conference.objects.unscoped("test").get().stage == "called_off"


def test_the_invitation_names_nobody(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    table = under_way(world, actor_of)

    answer = client_of(world.police, APPROACH).get(f"/conferences/{table.conference.reference}/invitation/")

    text = answer.content.decode()
    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20261126T080000Z" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    for word in (NAME, "Pippi", world.police.name, table.case.reference, table.item.question):
        assert word not in text


def test_the_projector_names_nobody_until_the_item_is_open_and_everybody_may_know(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    """What one person in the room may not read, is not on the screen of the chair who may."""
    table = under_way(world, actor_of)
    url = f"/conferences/{table.conference.reference}/room/"
    chair = client_of(world.director, APPROACH)
    before = chair.get(url).text
    assert NAME not in before
    assert table.item.question not in before

    actions.open_item(table.item, by=table.chair)
    assert SAID.text in chair.get(url).text
    said = Statement.objects.unscoped("test").get(person_id=table.case.person_id)
    access.end_grants(said.scope, organisation=world.prosecutor.organisation, by=table.chair)

    assert SAID.text not in chair.get(url).text
    actions.leave(table.invitee(world.prosecutor), by=table.chair)
    assert SAID.text in chair.get(url).text


def test_the_chair_runs_the_meeting_from_one_screen(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    table = discussing(world, actor_of)
    chair, url = client_of(world.director, APPROACH), f"/conferences/{table.conference.reference}/room/"
    item = {"item": table.item.reference}

    assert chair.post(f"{url}mark/", item).status_code == 422  # nothing was written
    chair.post(f"{url}mark/", {**item, "speaker": world.police.reference, "wording": "Saw a knife."})
    chair.post(f"{url}propose/", {**item, **asdict(PROPOSAL)})
    decision = Decision.objects.unscoped("test").get()
    chair.post(f"{url}decide/", {**item, "decision": decision.reference, "outcome": "taken"})
    chair.post(
        f"{url}assign/",
        {**item, "owner": world.police.reference, "what": "Call the coach.", "due_on": "1-12-2026"},
    )
    chair.post(f"{url}close/", item)
    chair.post(f"{url}end/")

    page = chair.get("/").text  # the minutes wait
    assert table.item.reference in page
    mine = client_of(world.police, APPROACH).get("/").text
    assert "Call the coach." in mine
    assert Marker.objects.unscoped("test").get().reference in mine
    assert Item.objects.unscoped("test").get().stage == "discussed"


def test_the_screen_holds_what_is_known_of_the_case_as_far_as_everybody_in_the_room_may_read_it(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    """Advice, measures and their collision, papers, and what came since; never a rating."""
    table = prepared(world, actor_of)
    ask = {"what": "How often did he come?", "due_on": table.chair.today, "by": table.chair}
    actions.ask_paper(table.item, world.police.organisation, **ask)
    actions.send(table.conference, by=table.chair)
    assessment = planned(world, actor_of, case=table.case).made()
    later = replace(table.chair, now=table.chair.now + timedelta(days=2), simulated=True)
    ban, reporting = (
        measures.suggest(
            table.case,
            kind,
            necessity=f"Because of {kind}.",
            subsidiarity="Talks failed before.",
            intended="That it stops soon.",
            by=later,
        )
        for kind in ("TW-GEB", "TW-MELD")
    )
    url = f"/conferences/{table.conference.reference}/room/"
    clock.moment = later.now
    chair = client_of(world.director, APPROACH)
    known = (
        assessment.protective,
        ban.reference,
        "Because of TW-MELD.",
        ask["what"],
        "Zitten elkaar misschien",
    )

    assert not any(words in chair.get(url).text for words in known)
    page = chair.get(f"{url}?item={table.item.reference}").text
    assert "er is niets begonnen" in page
    assert Conference.objects.unscoped("test").get().stage == "invited"
    assert [words for words in known if words not in page] == []
    assert page.count("Because of TW-MELD.") == 2  # among the measures, and since the assessment
    assert not any(rating in page for rating in ("Vraagt om aandacht", "Duidelijk gezien"))

    access.end_grants(reporting.scope, organisation=world.prosecutor.organisation, by=later)
    page = chair.get(f"{url}?item={table.item.reference}").text
    assert "Because of TW-MELD." not in page
    assert "Zitten elkaar misschien" not in page
    assert ban.reference in page


def test_a_conference_of_another_day_begins_only_when_that_is_said(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    table = prepared(world, actor_of)
    actions.send(table.conference, by=table.chair)
    chair, url = client_of(world.director, APPROACH), f"/conferences/{table.conference.reference}/room/"

    chair.post(f"{url}begin/")
    assert table.now().conference.stage == "invited"
    chair.post(f"{url}begin/", {"other-day": "yes"})
    assert table.now().conference.stage == "under_way"
    assert "Laat eerst binnen" in chair.get(url).text


def test_a_wrong_click_is_withdrawn_with_a_reason_until_the_item_is_closed(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    table = discussing(world, actor_of)
    chair, url = client_of(world.director, APPROACH), f"/conferences/{table.conference.reference}/room/"
    decision = actions.propose(table.item, PROPOSAL, by=table.chair)
    assert decision.stage == "proposed"
    item = {"item": table.item.reference, "decision": decision.reference}

    chair.post(f"{url}decide/", {**item, "outcome": "taken"})
    page = chair.get(url).text
    assert f"{world.police.name} ({world.police.organisation.name})" in page  # who was there
    assert chair.post(f"{url}withdraw/", item).status_code == 422
    chair.post(f"{url}withdraw/", {**item, "words": "A wrong click."})
    assert (
        "A wrong click." in client_of(world.police, APPROACH).get(f"/conferences/items/{item['item']}/").text
    )
    again = actions.propose(table.item, PROPOSAL, by=table.chair)
    actions.decide(again, DecisionStage.REJECTED, by=table.chair)
    actions.close_item(table.item, by=table.chair)

    with pytest.raises(IllegalTransition):
        actions.withdraw_decision(again, reason="Too late.", by=table.chair)
    with pytest.raises(NotYours):
        actions.withdraw_decision(again, reason="Not mine.", by=actor_of(world.police, APPROACH))


def test_nobody_but_the_chair_opens_the_screen(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    table = under_way(world, actor_of)
    url = f"/conferences/{table.conference.reference}/room/"

    assert client_of(world.police, APPROACH).get(url).status_code == 403
    assert client_of(world.other_director, APPROACH).get(url).status_code == 404


def test_the_screen_asks_the_database_no_more_for_a_full_room_than_for_three_people(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    officers = [_officer(world, number, clock) for number in range(9)]
    table = discussing(world, actor_of, guests=officers)
    chair, url = client_of(world.director, APPROACH), f"/conferences/{table.conference.reference}/room/"
    chair.get(url)  # what is loaded once, is loaded

    with CaptureQueriesContext(connection) as three:
        chair.get(url)
    for officer in officers:
        actions.arrive(table.invitee(officer), by=table.chair)
    with CaptureQueriesContext(connection) as full:
        page = chair.get(url)

    assert page.text.count("Imaginary officer") >= 9
    assert len(full) <= len(three), "\n".join(query["sql"][:150] for query in full)


def _officer(world: World, number: int, clock: StandingClock) -> User:
    by, police = installer(clock.moment), world.police.organisation
    name = f"Imaginary officer {number}"
    user = organisations.open_account(f"imaginary.officer{number}", name, police, password=PASSWORD, by=by)
    for mandate in world.police.mandates.all():
        organisations.give_mandate(user, mandate.role, starts_on=SINCE, by=by)
    return user
