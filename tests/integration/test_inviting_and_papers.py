"""Who is invited answers or is taken off, partners bring papers, and the case says what comes next."""

import re
from dataclasses import asdict
from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.conferences import actions, rules
from samenhang.conferences.models import Conference, Invitee, Item, Paper
from samenhang.conferences.rules.inviting import Answer, NotInvited
from samenhang.conferences.rules.papers import NotBefore
from samenhang.exchange.models import Statement
from tests.assessing import planned
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.conference import APPROACH, PROPOSAL, Table, discussing, prepared
from tests.weighing import SAID

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 25)


@pytest.fixture
def table(world: World, actor_of: ActorOf) -> Table:
    """The invitation is out, to the police and the prosecution."""
    made = prepared(world, actor_of)
    actions.send(made.conference, by=made.chair)
    return made.now()


def test_only_who_is_invited_answers_and_the_chair_sees_who_did_not(
    table: Table, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    row = table.invitee(world.police)
    url, page = f"/conferences/invitations/{row.reference}/", f"/conferences/{table.conference.reference}/"
    police, chair = client_of(world.police, APPROACH), client_of(world.director, APPROACH)

    assert url in police.get("/").text
    assert "2 antwoorden" in chair.get(page).text
    assert "Er wordt nog gewacht op: 2 antwoorden" in chair.get("/").text
    with pytest.raises(NotYours):
        actions.answer(row, Answer.ACCEPTED, by=actor_of(world.police_two, APPROACH))
    assert client_of(world.police_two, APPROACH).post(url, {"answer": "accepted"}).status_code == 403
    assert chair.post(url, {"answer": "accepted"}).status_code == 403
    with pytest.raises(NotThere):
        actions.answer(row, Answer.ACCEPTED, by=actor_of(world.other_director, APPROACH))

    police.post(url, {"answer": "declined", "reason": "My colleague comes."})

    assert url not in police.get("/").text
    seen = chair.get(page).text
    assert "1 antwoord" in seen
    assert "Het is voorbereid" not in seen
    assert "My colleague comes." in seen
    assert "My colleague comes." not in client_of(world.prosecutor, APPROACH).get(page).text
    police.post(url, {"answer": "accepted", "reason": ""})
    assert (table.invitee(world.police).stage, table.invitee(world.police).reason) == ("accepted", "")

    actions.answer(table.invitee(world.prosecutor), Answer.ACCEPTED, by=actor_of(world.prosecutor, APPROACH))
    assert "Het is voorbereid" in chair.get(page).text
    assert page not in chair.get("/").text  # it waits for nothing, and it is not its day


def test_nobody_answers_what_is_not_out_or_has_begun(world: World, actor_of: ActorOf) -> None:
    table, by = prepared(world, actor_of), actor_of(world.police, APPROACH)

    with pytest.raises(rules.IllegalTransition):
        actions.answer(table.invitee(world.police), Answer.ACCEPTED, by=by)
    actions.send(table.conference, by=table.chair)
    actions.begin(table.conference, by=table.chair)
    with pytest.raises(rules.IllegalTransition):
        actions.answer(table.invitee(world.police), Answer.ACCEPTED, by=by)
    assert table.invitee(world.police).stage == Answer.LAPSED


def test_who_is_taken_off_reads_that_and_why_and_nothing_else_at_once(
    table: Table, world: World, client_of: ClientOf
) -> None:
    actions.invite(table.conference, world.police_two, by=table.chair)
    row = table.invitee(world.police)
    chair, police = client_of(world.director, APPROACH), client_of(world.police, APPROACH)
    page, url = f"/conferences/{table.conference.reference}/", f"/conferences/invitations/{row.reference}/"
    sent = police.get(f"{page}invitation/").text

    assert police.post(f"{url}take-off/", {"words": "Mine."}).status_code == 403
    assert chair.post(f"{url}take-off/", {"words": ""}).status_code == 422
    chair.post(f"{url}take-off/", {"words": "It is about a neighbour of yours."})

    assert police.get(page).status_code == police.get(f"{page}invitation/").status_code == 404
    assert "/conferences/CG-" not in police.get("/conferences/").text
    assert client_of(world.police_two, APPROACH).get(page).status_code == 200  # the colleague stays
    chair.get(page)  # which says once that it was done
    assert f"{world.police.name}<" not in chair.get(page).text
    assert url in police.get("/").text
    assert "It is about a neighbour of yours." in police.get(url).text
    cancelled = police.get(f"{url}calendar/").text
    assert "METHOD:CANCEL" in cancelled
    assert re.findall("UID:.*", cancelled) == re.findall("UID:.*", sent)
    assert _sequence(cancelled) > _sequence(sent)
    for word in ("Fantasia", world.police.name, "neighbour", table.case.reference, table.conference.place):
        assert word not in cancelled
    police.post(url, {"read": "yes"})
    assert url not in police.get("/").text
    assert client_of(world.other_director, APPROACH).get(url).status_code == 404

    with pytest.raises(NotInvited):
        actions.take_off(table.invitee(world.director), reason="Mine.", by=table.chair)
    actions.invite(table.conference, world.police, by=table.chair)
    assert police.get(page).status_code == 200
    assert police.get(f"{url}calendar/").status_code == 404


def test_the_last_of_an_organisation_takes_its_sight_along(
    table: Table, world: World, actor_of: ActorOf
) -> None:
    actions.take_off(table.invitee(world.police), reason="Not needed.", by=table.chair)

    for user in (world.police, world.police_two):
        by = actor_of(user, APPROACH)
        assert not Conference.objects.visible_to(by).exists()
        assert {one.user_id for one in Invitee.objects.visible_to(by)} == {world.police.pk}
        assert Item.objects.visible_to(by).exists()  # they sit at the case still


def test_a_conference_that_is_called_off_leaves_the_calendar_too(
    table: Table, world: World, client_of: ClientOf
) -> None:
    actions.call_off(table.conference, reason="The chair is ill.", by=table.chair)

    text = (
        client_of(world.police, APPROACH).get(f"/conferences/{table.conference.reference}/invitation/").text
    )
    assert "METHOD:CANCEL" in text
    assert table.invitee(world.police).stage == Answer.LAPSED


def test_a_partner_is_asked_for_a_paper_and_answers_with_a_statement(
    table: Table, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    chair, police = client_of(world.director, APPROACH), client_of(world.police, APPROACH)
    ask = f"/conferences/items/{table.item.reference}/ask/"
    typed = {"organisation": world.police.organisation.reference, "what": "How often?"}
    assert police.post(ask, {**typed, "due_on": "25-11-2026"}).status_code == 403
    assert chair.post(ask, {**typed, "due_on": "27-11-2026"}).status_code == 422  # after the conference
    chair.post(ask, {**typed, "due_on": "25-11-2026"})
    paper = Paper.objects.unscoped("test").get()
    url = f"/conferences/papers/{paper.reference}/"

    assert "How often?" in police.get("/").text
    bring = f"{url}police-data/"
    assert bring in police.get(url).text
    assert bring not in client_of(world.prosecutor, APPROACH).get(url).text
    met = re.findall(r'name="(met-[^"]+)"', police.get(bring).text)
    said = {
        "text": "Twice in November.", "true_from": "20-11-2026", "kind": "fact", "source_evaluation": "B",
        "information_evaluation": "2", "handling": "H0", "basis": "Politiewet 2012 art. 3",
        "necessity": "The table asked for it.",
    }  # fmt: skip
    assert police.post(bring, {**said, **dict.fromkeys(met[1:], "on")}).status_code == 422
    assert police.post(bring, {**said, **dict.fromkeys(met, "on")}).status_code == 302

    assert Paper.objects.unscoped("test").get().stage == "brought"
    assert "Twice in November." in client_of(world.prosecutor, APPROACH).get(url).text
    assert client_of(world.other_director, APPROACH).get(url).status_code == 404
    assert client_of(world.school, APPROACH).get(url).status_code == 404


def test_a_paper_that_does_not_come_is_told_to_who_asked_and_never_forgotten(
    table: Table, world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    by = actor_of(world.prosecutor, APPROACH)
    first, second = (
        actions.ask_paper(table.item, body, what=f"What does {body.name} know?", due_on=DUE, by=table.chair)
        for body in (world.police.organisation, world.prosecutor.organisation)
    )
    actions.refuse_paper(second, reason="It may not be given yet.", by=by)
    with pytest.raises(NotYours):
        actions.refuse_paper(first, reason="Nothing.", by=by)
    with pytest.raises(rules.NotInTheRoom):
        actions.ask_paper(table.item, world.school.organisation, what="How?", due_on=DUE, by=table.chair)
    with pytest.raises(NotBefore):
        actions.ask_paper(
            table.item, world.police.organisation, what="How?", due_on=date(2026, 11, 22), by=table.chair
        )

    chair = client_of(world.director, APPROACH)
    assert first.what not in chair.get("/").text
    clock.moment += timedelta(days=3)
    assert first.what in client_of(world.director, APPROACH).get("/").text
    chair_then = actor_of(world.director, APPROACH, now=clock.moment)
    actions.begin(table.conference, by=chair_then)
    actions.open_item(table.item, by=chair_then)
    actions.close_item(table.item, by=chair_then)

    stages = Paper.objects.unscoped("test").order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["missing", "refused"]


def test_a_case_that_was_taken_off_the_agenda_is_not_said_to_be_discussed(table: Table) -> None:
    actions.drop_item(table.item, by=table.chair)

    with pytest.raises(rules.IllegalTransition, match=r"van de agenda|taken off"):
        actions.reword_item(table.item, question="Which help?", by=table.chair)


def test_the_case_names_its_next_conference_and_the_advice_to_who_may_see_them(
    table: Table, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    assessment = planned(world, actor_of, case=table.case).made()
    chair, url = client_of(world.director, APPROACH), f"/cases/{table.case.reference}/"

    page = chair.get(url).text
    assert f"/conferences/{table.conference.reference}/" in page
    assert table.item.question in page
    assert assessment.protective in page
    agenda = chair.get(f"/conferences/items/{table.item.reference}/change/").text
    assert assessment.protective in agenda
    actions.take_off(table.invitee(world.police), reason="Not needed.", by=table.chair)
    without = client_of(world.police, APPROACH).get(url).text
    assert f"/conferences/{table.conference.reference}/" not in without
    assert assessment.protective in without
    actions.drop_item(table.item, by=table.chair)
    assert f"/agenda/?case={table.case.reference}" in chair.get(url).text


def _sequence(text: str) -> int:
    return int(re.findall(r"SEQUENCE:(\d+)", text)[0])


def test_what_a_paper_brought_goes_with_the_case(table: Table, world: World, actor_of: ActorOf) -> None:
    paper = actions.ask_paper(
        table.item, world.police.organisation, what="How often?", due_on=DUE, by=table.chair
    )
    actions.bring_paper(paper, SAID, category="police-data", by=actor_of(world.police, APPROACH))

    actions.erase_of(table.case, by=table.chair)

    assert not Paper.objects.unscoped("test").exists()
    assert Statement.objects.unscoped("test").count() == 2  # those go with what leans on them


def test_when_everybody_of_an_organisation_says_no_the_chair_is_told_to_ask_another(
    table: Table, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    page, chair = f"/conferences/{table.conference.reference}/", client_of(world.director, APPROACH)
    actions.answer(table.invitee(world.police), Answer.ACCEPTED, by=actor_of(world.police, APPROACH))

    row, by = table.invitee(world.prosecutor), actor_of(world.prosecutor, APPROACH)
    actions.answer(row, Answer.DECLINED, reason="A hearing; a colleague comes.", by=by)

    seen, body = chair.get(page).text, world.prosecutor.organisation.name
    assert f"Van {body} komt niemand: vraag daar een ander" in seen
    assert "A hearing; a colleague comes." in seen
    assert "Het is voorbereid" not in seen
    assert f"Van {body} komt niemand" in chair.get("/").text
    assert f"Van {body} komt niemand" not in client_of(world.police, APPROACH).get(page).text
    actions.answer(row, Answer.ACCEPTED, by=by)
    assert "Het is voorbereid" in chair.get(page).text


def test_a_conference_moves_with_its_agenda_and_whoever_was_invited_is_asked_again(
    table: Table, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    chair, url = client_of(world.director, APPROACH), f"/conferences/{table.conference.reference}/"
    actions.answer(table.invitee(world.police), Answer.ACCEPTED, by=actor_of(world.police, APPROACH))
    paper = actions.ask_paper(
        table.item, world.police.organisation, what="What happened?", due_on=DUE, by=table.chair
    )
    when = {"day": "24-11-2026", "starts": "14:00", "ends": "15:00", "place": "Room 4"}
    before = table.conference.revision

    assert client_of(world.police, APPROACH).post(f"{url}move/", when).status_code == 403
    assert chair.post(f"{url}move/", when).status_code == 422  # without a reason
    chair.post(f"{url}move/", when | {"reason": "The room is taken."})

    moved = table.now().conference
    assert (moved.place, moved.stage, moved.revision) == ("Room 4", "invited", before + 1)
    assert table.invitee(world.police).stage == Answer.INVITED
    assert table.invitee(world.director).stage == Answer.ACCEPTED
    assert Paper.objects.unscoped("test").get(pk=paper.pk).due_on == date(2026, 11, 24)
    assert "The room is taken." in client_of(world.police, APPROACH).get(url).text
    assert "De tijd of de plaats is veranderd" in client_of(world.police, APPROACH).get("/").text
    with pytest.raises(rules.AlreadyThere):
        actions.move(
            moved,
            place=moved.place,
            starts_at=moved.starts_at,
            ends_at=moved.ends_at,
            reason="Again.",
            by=table.chair,
        )
    actions.begin(moved, by=table.chair)
    with pytest.raises(rules.IllegalTransition):
        actions.move(
            moved,
            place="Room 5",
            starts_at=moved.starts_at,
            ends_at=moved.ends_at,
            reason="Late.",
            by=table.chair,
        )


def test_whoever_was_invited_reads_why_a_conference_is_called_off(
    table: Table, world: World, client_of: ClientOf
) -> None:
    actions.call_off(table.conference, reason="The chair is ill.", by=table.chair)

    seen = client_of(world.police, APPROACH).get(f"/conferences/{table.conference.reference}/").text
    assert "The chair is ill." in seen
    assert "Bestand om het uit uw kalender te halen" in seen
    assert "Bestand voor uw eigen kalender" not in seen


def test_a_plan_far_away_or_with_a_name_in_its_place_is_refused_and_one_at_the_same_time_is_told(
    table: Table, world: World, client_of: ClientOf
) -> None:
    chair = client_of(world.director, APPROACH)
    when = {"day": "26-11-2026", "starts": "10:00", "ends": "12:00", "place": "Room 3"}

    far = chair.post("/conferences/new/", when | {"day": "31-12-2028"})
    assert (far.status_code, "meer dan een jaar" in far.text) == (422, True)
    named = chair.post("/conferences/new/", when | {"place": "At Fantasia at home"})
    assert (named.status_code, "de naam van iemand" in named.text) == (422, True)
    same = chair.post("/conferences/new/", when, follow=True)
    assert "Op deze tijd is nog een overleg gepland" in same.text
    again = chair.post(
        f"{same.redirect_chain[0][0]}agenda/", {"case": table.case.reference, "question": "Q?"}, follow=True
    )
    assert "staat ook op de agenda" in again.text


def test_what_was_typed_in_a_second_tab_stays_on_the_page(
    table: Table, world: World, client_of: ClientOf
) -> None:
    url = f"/conferences/{table.conference.reference}/agenda/"

    answer = client_of(world.director, APPROACH).post(
        url, {"case": table.case.reference, "question": "Typed in the other tab?"}
    )

    assert answer.status_code == 422
    assert "Typed in the other tab?" in answer.text
    assert "Deze casus staat al op de agenda" in answer.text


def test_a_paper_that_was_sent_already_is_shown_and_not_missing(
    table: Table, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    police = client_of(world.police, APPROACH)
    paper = actions.ask_paper(
        table.item, world.police.organisation, what="What happened?", due_on=DUE, by=table.chair
    )
    form = f"/conferences/papers/{paper.reference}/police-data/"
    page = police.get(form).text
    assert "Dit hoeft u niet te bevestigen" in page
    assert 'name="met-case-open"' not in page
    assert 'name="met-compelling-reasons-test"' in page
    said = {field: value for field, value in asdict(SAID).items() if value}
    wrong = police.post(form, said | {"true_from": "31-12-2027"}).text
    assert "vakjes zijn niet aangevinkt" in wrong
    actions.refuse_paper(paper, reason="There is nothing.", by=actor_of(world.police, APPROACH))

    again = police.get(form, follow=True)
    assert "Hieronder staat hoe het nu is" in again.text
    late = police.post(form, said | {"text": "Typed in the other tab."})
    assert (late.status_code, "Typed in the other tab." in late.text) == (422, True)
    assert client_of(world.prosecutor, APPROACH).get(form).status_code == 404


def test_the_agenda_is_printed_with_what_was_agreed_before_for_who_may_read_it(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    made = discussing(world, actor_of)
    decided = actions.propose(made.item, PROPOSAL, by=made.chair)
    actions.decide(decided, rules.DecisionStage.TAKEN, by=made.chair)
    actions.assign(made.item, world.police, what="Call the coach.", due_on=DUE, by=made.chair)
    later = made.chair.now + timedelta(days=20)
    conference = actions.plan(
        place="Room 9", starts_at=later, ends_at=later + timedelta(hours=1), by=made.chair
    )
    actions.add_item(conference, made.case, question="What next?", by=made.chair)
    url = f"/conferences/{conference.reference}/"

    chair = client_of(world.director, APPROACH)
    for page in (chair.get(url).text, chair.get(f"{url}print/").text):
        assert PROPOSAL.wording in page
        assert "Call the coach." in page
    assert client_of(world.other_director, APPROACH).get(f"{url}print/").status_code == 404
