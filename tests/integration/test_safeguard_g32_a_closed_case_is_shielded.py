"""G32: after closing nobody who took part reads the case or its conferences (Wet PGA art. 6(3))."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions as cases
from samenhang.cases.models import Case, Hold
from samenhang.cases.rules.ending import Ground, Outcome
from samenhang.conferences import actions as conferences
from samenhang.conferences.models import Decision, Item, Marker
from samenhang.exchange.models import Statement
from samenhang.organisations.acting import service_account
from tests.cast import ActorOf, ClientOf, World
from tests.conference import APPROACH, PROPOSAL, discussing, prepared
from tests.weighing import SAID, opened_case

pytestmark = pytest.mark.django_db


def test_what_was_said_about_it_goes_with_it_confirmed_or_not(world: World, actor_of: ActorOf) -> None:
    table = discussing(world, actor_of)
    police = actor_of(world.police, APPROACH)
    confirmed, waiting = (
        conferences.mark(table.item, world.police, wording="An imaginary line.", by=table.chair)
        for _number in range(2)
    )
    statement = conferences.confirm(confirmed, SAID, category="police-data", by=police).statement
    assert statement is not None
    cases.close(table.case, outcome=Outcome.GOALS_MET, reason="It is no longer needed.", by=table.chair)

    later = table.chair.now + timedelta(minutes=1)
    assert conferences.lapse_markers(by=service_account("terms", now=later)) == 1
    conferences.end(table.conference, by=actor_of(world.director, APPROACH, now=later))

    assert Marker.objects.unscoped("test").get(pk=waiting.pk).wording == ""
    for user in (world.prosecutor, world.mayor, world.director):
        by = actor_of(user, APPROACH, now=later)
        assert not Statement.objects.visible_to(by).filter(pk=statement.pk).exists()
    assert Statement.objects.visible_to(police).filter(pk=statement.pk).exists()  # it keeps what it brought


def test_closing_takes_the_case_and_what_conferences_made_of_it_from_every_participant(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    table = prepared(world, actor_of)
    conferences.propose(table.item, PROPOSAL, by=table.chair)
    addresses = (f"/cases/{table.case.reference}/", f"/conferences/items/{table.item.reference}/")
    cases.close(table.case, outcome=Outcome.GOALS_MET, reason="It is no longer needed.", by=table.chair)

    for user in (world.police, world.prosecutor, world.mayor, world.director):
        by = actor_of(user, APPROACH)
        for model in (Case, Item, Decision):
            assert not model.objects.visible_to(by).exists()
    for address in addresses:
        assert client_of(world.director, APPROACH).get(address).status_code == 404


def test_who_oversees_asks_for_one_case_with_a_ground_and_reads_it_for_two_weeks(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    table = prepared(world, actor_of)
    conferences.propose(table.item, PROPOSAL, by=table.chair)
    case = cases.close(table.case, outcome=Outcome.GOALS_MET, reason="Not needed.", by=table.chair)
    officer, page = actor_of(world.privacy), f"/cases/{case.reference}/"
    browser = client_of(world.privacy)
    assert browser.get(page).status_code == 404

    asked = {"reference": case.reference, "ground": "complaint", "reason": "The person complains."}
    assert browser.post("/oversight/cases/", asked | {"ground": ""}).status_code == 422
    told = browser.post("/oversight/cases/", asked, follow=True).content.decode()

    assert case.reference in told
    assert "Pippi" not in told
    assert Decision.objects.visible_to(officer).exists()
    assert not Statement.objects.visible_to(officer).exists()
    for user in (world.police, world.mayor, world.director, world.other_director):
        assert not Case.objects.visible_to(actor_of(user, APPROACH)).exists()
    colleague = replace(officer, user="U-OTHER", user_id=world.travel_privacy.pk)
    assert not Case.objects.visible_to(colleague).exists()
    assert not Case.objects.visible_to(replace(officer, now=officer.now + timedelta(days=14))).exists()


def test_nobody_else_may_ask_and_a_case_of_elsewhere_is_not_there(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    officer = actor_of(world.privacy)
    elsewhere = replace(officer, user_id=world.other_director.pk)  # of another municipality

    with pytest.raises(NotThere):
        cases.look_into(case.reference, Ground.COURT, reason="A claim.", by=elsewhere)
    with pytest.raises(NotThere):
        cases.look_into("K-0000-0000-0000", Ground.COURT, reason="A claim.", by=officer)
    for user in (world.mayor, world.police, world.administrator):
        with pytest.raises(NotYours):
            cases.look_into(case.reference, Ground.COURT, reason="A claim.", by=actor_of(user))


def test_an_outsider_neither_holds_a_case_nor_reads_why_it_is_held(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    held = cases.hold(case, Ground.COURT, reason="A claim.", by=actor_of(world.mayor, APPROACH))

    for user in (world.other_mayor, world.school):
        by = actor_of(user, APPROACH)
        with pytest.raises(NotThere):
            cases.hold(case, Ground.COURT, reason="A claim.", by=by)
        with pytest.raises(NotThere):
            cases.lift_hold(held, reason="It is over.", by=by)
        assert not Hold.objects.visible_to(by).exists()
    for user in (world.director, world.police):
        with pytest.raises(NotYours):
            cases.hold(case, Ground.COURT, reason="A claim.", by=actor_of(user, APPROACH))
