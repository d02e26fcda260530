"""G35: a child is taken up, kept and told of measures only with its interest written down and a guardian."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from samenhang.access.rules import NotYours
from samenhang.cases import actions as deeds
from samenhang.cases import rules
from samenhang.cases.models import Case, Weighing
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import Content
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.measures import actions as measures
from samenhang.measures.models import Measure
from samenhang.measures.rules import Term
from samenhang.measures.rules.findings import Found, Kind, NotRepresented, check_represented
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity, grown_on
from samenhang.persons.rules.contacts import Relation, RepresentsNobody, Whom, check_represents, forget_on
from tests.cast import HOME, ActorOf, ClientOf, World
from tests.deconflicting import two_days_pass
from tests.integration.test_weighing_pages import POSITION
from tests.weighing import CARE, YES, judge

BORN, WORK = "2010-06-01", "person-centred-approach"
ENGLISH = {"accept-language": "en"}
WHY = "An imaginary reason in a full sentence."
INTEREST = "School goes on, and the recruiter is kept away."
YES_TO_A_CHILD = replace(YES, best_interest=INTEREST)
MOTHER = Whom("Wilhelmina Moederberg", "020 555 0100", "Letters about the child go to her.")
COUNSEL = Whom("Mr. Imaginary Counsel", "020 555 0199", "Copies of letters.")


def weighing_of_a_child(world: World, actor_of: ActorOf) -> Weighing:
    by = actor_of(world.police, "weighing")
    claim = persons.claim(Identity("Fantasia", "Pippi", BORN), by=by)
    child = persons.open_person(claim, home_municipality=HOME, reason="a report", by=by)
    said = exchange.state(
        Content("Was recruited.", basis="Art. 3", necessity="To weigh."), about=child, by=by
    )
    return deeds.open_weighing(exchange.submit_signal(child, [said], municipality=HOME, by=by), by=by)


def case_of_a_child(world: World, actor_of: ActorOf) -> Case:
    weighing = weighing_of_a_child(world, actor_of)
    seats = (world.police, world.prosecutor, world.mayor)
    judge(weighing, dict.fromkeys(seats, YES_TO_A_CHILD), actor_of)
    return Case.objects.unscoped("test").get()


def person_of(case: Case) -> Person:
    return Person.objects.unscoped("test").get(pk=case.person_id)


def noted(case: Case, world: World, actor_of: ActorOf) -> None:
    by, child = actor_of(world.director, WORK), person_of(case)
    persons.note_contact(child, MOTHER, relation=Relation.PARENT, represents=True, by=by)
    persons.note_contact(child, COUNSEL, relation=Relation.LAWYER, by=by)


def test_nobody_takes_a_child_up_without_writing_why_it_is_in_its_interest(
    world: World, actor_of: ActorOf
) -> None:
    weighing = weighing_of_a_child(world, actor_of)

    with pytest.raises(rules.InterestMissing):
        judge(weighing, {world.police: YES}, actor_of)
    with pytest.raises(rules.InterestMissing):
        judge(weighing, {world.police: replace(YES, best_interest="  ")}, actor_of)

    judge(weighing, {world.police: CARE, world.prosecutor: YES_TO_A_CHILD}, actor_of)
    assert not Case.objects.unscoped("test").exists()


def test_the_form_asks_it_of_who_weighs_a_child(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    address = f"/weighings/{weighing_of_a_child(world, actor_of).reference}/"
    police = client_of(world.police, "weighing")
    asked = police.get(address, headers=ENGLISH).text

    without = police.post(address, POSITION | {"best_interest": ""})
    taken = police.post(address, POSITION | {"best_interest": INTEREST})

    assert "in the interest of this child" in asked
    assert (without.status_code, taken.status_code) == (422, 302)


def read(client: Client, *paths: str) -> list[str]:
    return [client.get(path, headers=ENGLISH).text for path in paths]


def test_the_statement_stands_on_case_file_and_review_and_who_may_not_see_them_learns_nothing(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    case = case_of_a_child(world, actor_of)
    noted(case, world, actor_of)
    file = f"/persons/{person_of(case).reference}/"
    paths = (f"/cases/{case.reference}/", file, f"/cases/{case.reference}/review/")

    for page in read(client_of(world.director, WORK), *paths):
        assert INTEREST in page
    own, of_partner = (client_of(user, WORK).get(file).text for user in (world.director, world.prosecutor))
    assert MOTHER.name in own
    assert COUNSEL.name in own
    for name in (MOTHER.name, COUNSEL.name):
        assert name not in of_partner
    for outsider in (world.school, world.other_director):
        assert {client_of(outsider, WORK).get(path).status_code for path in paths} == {404}


def test_at_each_review_a_childs_interest_is_written_anew(world: World, actor_of: ActorOf) -> None:
    case, chair = case_of_a_child(world, actor_of), actor_of(world.director, WORK)
    stays = rules.Reviewed(rules.Verdict.CONTINUE, True, "Still.", "Nothing lighter.", date(2027, 2, 1))

    with pytest.raises(rules.InterestMissing):
        deeds.review(case, stays, by=chair)
    kept = deeds.review(case, replace(stays, best_interest="It is back at school."), by=chair)
    ended = deeds.review(case, rules.Reviewed(rules.Verdict.CLOSE, True, "All is well."), by=chair)

    assert (kept.best_interest, ended.best_interest) == ("It is back at school.", "")


def test_only_a_parent_or_a_guardian_represents_and_only_a_child() -> None:
    check_represents(Relation.GUARDIAN, minor=True)
    with pytest.raises(RepresentsNobody):
        check_represents(Relation.PARENT, minor=False)
    with pytest.raises(RepresentsNobody):
        check_represents(Relation.LAWYER, minor=True)


def test_who_represents_is_kept_a_year_and_never_longer_than_childhood() -> None:
    today, year = date(2026, 11, 23), timedelta(days=365)

    assert forget_on(today, Relation.PARENT, grown_on(BORN)) == today + year
    assert forget_on(today, Relation.PARENT, grown_on("2009-01-31")) == date(2027, 1, 31)
    assert grown_on("2009-01") == date(2027, 1, 31)
    assert forget_on(today, Relation.LAWYER) == today + year
    assert forget_on(today, Relation.SIBLING) == today + timedelta(days=180)


def test_a_guardian_is_noted_on_the_page_is_not_found_and_is_noted_by_nobody_else(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    child = person_of(case_of_a_child(world, actor_of))
    address = f"/persons/{child.reference}/contacts/"
    typed = {
        "name": MOTHER.name, "relation_is": "guardian", "represents": "on", "reach": "",
        "needed_for": "Letters.",
    }  # fmt: skip

    page = client_of(world.director, WORK).post(address, typed, follow=True, headers=ENGLISH)
    search = client_of(world.director, WORK).post("/search/", {"name": MOTHER.name, "reason": "To call."})

    assert "stands for the child in law" in page.text
    assert 'href="/persons/' not in search.text.partition('id="found"')[2]
    assert client_of(world.school, WORK).post(address, typed).status_code == 404
    with pytest.raises(NotYours):
        persons.note_contact(child, MOTHER, relation=Relation.PARENT, by=actor_of(world.mayor, WORK))


def imposed(case: Case, world: World, actor_of: ActorOf) -> Measure:
    def by(user: str) -> Actor:
        return replace(actor_of(getattr(world, user), WORK), simulated=True)

    director, mayor, lawyer = by("director"), by("mayor"), by("lawyer")
    row = measures.suggest(case, "GW-172A", necessity=WHY, subsidiarity=WHY, intended=WHY, by=director)
    measures.check(row, holds=True, legality=WHY, by=lawyer)
    measures.propose(row, world.municipality, about="Pippi", by=director)
    two_days_pass()
    measures.find(row, Found(Kind.CHILD, date(2026, 11, 23), WHY), by=director)
    term = Term(date(2026, 11, 24), date(2026, 12, 24))
    return measures.decide(row, impose=True, reasons=WHY, term=term, by=mayor)


def test_a_child_is_told_of_a_measure_together_with_who_represents_it(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    case = case_of_a_child(world, actor_of)
    row = imposed(case, world, actor_of)
    mayor = client_of(world.mayor, WORK)
    address, told = f"/measures/{row.reference}/notify/", {"told_on": "23-11-2026"}

    nobody = mayor.post(address, told | {"represented": "on"})
    noted(case, world, actor_of)
    alone = mayor.post(address, told)
    together = mayor.post(address, told | {"represented": "on"}, follow=True, headers=ENGLISH)

    assert (nobody.status_code, alone.status_code) == (422, 422)
    assert "and to who stands for the child in law" in together.text
    assert MOTHER.name not in together.text, "the mayor has no task with how to reach her"
    assert Entry.objects.filter(event="contact.told").count() == 1


def test_a_notice_that_nobody_stands_for_is_refused() -> None:
    with pytest.raises(NotRepresented):
        check_represented(somebody=False, told=True)
    with pytest.raises(NotRepresented):
        check_represented(somebody=True, told=False)
    check_represented(somebody=True, told=True)
