"""G35: a minor is a child first: own access, own route to child protection, shorter clocks (CRC 3)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions as deeds
from samenhang.cases import rules as cases
from samenhang.cases.models import Case
from samenhang.cases.rules.ending import Outcome
from samenhang.deconfliction.models import Window
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement
from samenhang.exchange.rules import Content, NoChild, NotLawful
from samenhang.grounds import rules as law
from samenhang.grounds.models import Approval
from samenhang.measures import actions as measures
from samenhang.measures.rules import Term
from samenhang.measures.rules.findings import Found, Kind, NotFound
from samenhang.persons import actions
from samenhang.persons.models import IdentityClaim, Person
from samenhang.persons.rules import ChildInNeed, Identity, purposes_for
from tests.cast import HOME, SINCE, ActorOf, ClientOf, World
from tests.deconflicting import two_days_pass
from tests.weighing import YES, judge, opened_case

CHILD, GROWN, TODDLER = "2010-06-01", "1990-06-01", "2016-01-01"
WORK = "person-centred-approach"
ENGLISH = {"accept-language": "en"}
WHY = "An imaginary reason in a full sentence."
SEEN = Content(text="Sleeps at the station.", basis="Politiewet 2012 art. 3", necessity="Needs a bed.")


@pytest.fixture(autouse=True)
def _rule(db: None) -> None:
    Approval.objects.create(subject="POL-RVDK", lawyer="L. Maginary", given_by="test", starts_on=SINCE)


def known(world: World, actor_of: ActorOf, born: str) -> Person:
    by = actor_of(world.police, WORK)
    claim = actions.claim(Identity("Fantasia", "Pippi", born), by=by)
    return actions.open_person(claim, home_municipality=HOME, reason="a report", by=by)


@pytest.mark.parametrize("purpose", ["investigation", "border-check"])
def test_nobody_opens_a_child_to_investigate_or_to_check(
    world: World, actor_of: ActorOf, client_of: ClientOf, purpose: str
) -> None:
    child, grown = known(world, actor_of, CHILD), known(world, actor_of, GROWN)
    browser = client_of(world.police, purpose)

    found = browser.post("/search/", {"name": "Pippi Fantasia", "reason": "To compare."}).content.decode()

    assert grown.reference in found
    assert child.reference not in found
    assert browser.get(f"/persons/{child.reference}/").status_code == 404
    assert client_of(world.police, WORK).get(f"/persons/{child.reference}/").status_code == 200


def test_who_turns_out_to_be_a_child_is_one_from_then_on(world: World, actor_of: ActorOf) -> None:
    person, one, two = (
        known(world, actor_of, ""),
        actor_of(world.police, WORK),
        actor_of(world.police_two, WORK),
    )
    claim = actions.claim(Identity("Fantasia", "Pippi", CHILD), by=one)
    link = actions.propose_link(claim, person, reason="The same document.", by=one)

    actions.decide_link(link, confirm=True, reason="I compared them.", by=two)

    assert not Person.objects.visible_to(actor_of(world.police, "investigation")).exists()
    assert Person.objects.visible_to(one).get().is_minor(one.today)


def test_at_eighteen_the_person_is_an_adult_and_what_was_known_of_the_child_stays_the_childs(
    world: World, actor_of: ActorOf
) -> None:
    child, now = known(world, actor_of, "2008-11-24"), actor_of(world.police, WORK).now
    later = actor_of(world.police, "investigation", now=now + timedelta(days=1))

    sooner, grown = actions.come_of_age(by=actor_of(world.police, WORK)), actions.come_of_age(by=later)

    assert (sooner, grown) == (0, 1)
    assert Person.objects.visible_to(later).get() == child
    assert not IdentityClaim.objects.visible_to(later).exists()
    assert actions.come_of_age(by=later) == 0


def test_purposes_are_only_ever_taken_away() -> None:
    asked, today = ("investigation", "weighing"), date(2026, 11, 23)

    assert purposes_for(GROWN, asked, today) == asked
    assert purposes_for(CHILD, asked, today) == ("weighing",)
    assert purposes_for(CHILD, ("investigation",), today) == ("child-protection",)
    assert purposes_for("2008-11-23", asked, today) == asked
    assert purposes_for("2008", asked, today) == ("weighing",)


def test_a_report_reaches_child_protection_at_once_and_serves_nothing_else(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    child, by = known(world, actor_of, CHILD), actor_of(world.police, WORK)

    said = exchange.report_child(child, SEEN, to=world.child_protection.organisation, by=by)

    protecting = actor_of(world.child_protection, "child-protection")
    assert Statement.objects.visible_to(protecting).get() == said
    assert child.display_for(protecting) == "Pippi Fantasia"
    assert (
        client_of(world.child_protection, "child-protection").get(f"/persons/{child.reference}/").status_code
        == 200
    )
    for name, purpose in (("police", "investigation"), ("police", WORK), ("mayor", WORK), ("school", WORK)):
        assert not Statement.objects.visible_to(actor_of(getattr(world, name), purpose)).exists()
    assert not Signal.objects.unscoped("test").exists()
    assert not Window.objects.unscoped("test").exists()


def test_without_a_rule_in_use_for_a_grown_up_or_by_an_outsider_nothing_is_reported(
    world: World, actor_of: ActorOf
) -> None:
    child, grown, by = (
        known(world, actor_of, CHILD),
        known(world, actor_of, GROWN),
        actor_of(world.police, WORK),
    )
    to = world.child_protection.organisation

    with pytest.raises(NoChild):
        exchange.report_child(grown, SEEN, to=to, by=by)
    with pytest.raises(NotLawful):
        exchange.report_child(child, SEEN, to=world.school.organisation, by=by)
    with pytest.raises(NotLawful):
        exchange.report_child(child, SEEN, to=to, not_met=["necessity-statement"], by=by)
    with pytest.raises(NotThere):
        exchange.report_child(child, SEEN, to=to, by=actor_of(world.school, WORK))
    Approval.objects.all().delete()
    with pytest.raises((NotLawful, NotYours)):
        exchange.report_child(child, SEEN, to=to, by=by)
    assert not Statement.objects.unscoped("test").exists()


def test_a_report_is_made_on_the_page(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    child = known(world, actor_of, CHILD)
    browser, address = client_of(world.police, WORK), f"/persons/{child.reference}/child-protection/"
    page = browser.get(address, headers=ENGLISH).content.decode()
    content = {
        "to": world.child_protection.organisation.reference, "text": SEEN.text, "true_from": "20-11-2026",
        "kind": "fact", "source_evaluation": "B", "information_evaluation": "2", "handling": "H0",
        "basis": SEEN.basis, "necessity": SEEN.necessity,
    }  # fmt: skip
    content |= {f"met-{code}": "on" for code in law.law().conditions}

    unmet = browser.post(address, {code: said for code, said in content.items() if "necessity-" not in code})
    answer = browser.post(address, content)

    assert "Child Protection Board" in page
    assert unmet.status_code == 422
    assert answer.status_code == 302, answer.content.decode()
    assert client_of(world.school, WORK).get(address).status_code == 404


def test_a_young_child_is_never_weighed(world: World, actor_of: ActorOf) -> None:
    child, by = known(world, actor_of, TODDLER), actor_of(world.police, WORK)
    said = exchange.state(SEEN, about=child, by=by)

    with pytest.raises(ChildInNeed):
        exchange.submit_signal(child, [said], municipality=HOME, by=by)


@pytest.mark.parametrize(("born", "last"), [(CHILD, date(2027, 2, 23)), (GROWN, date(2027, 5, 23))])
def test_a_childs_case_is_reviewed_twice_as_often_and_kept_less_long(
    world: World, actor_of: ActorOf, born: str, last: date
) -> None:
    person, by = known(world, actor_of, born), actor_of(world.police, "weighing")
    said = exchange.state(SEEN, about=person, by=by)
    weighing = deeds.open_weighing(exchange.submit_signal(person, [said], municipality=HOME, by=by), by=by)
    yes = replace(YES, best_interest="School goes on.")
    judge(weighing, dict.fromkeys((world.police, world.prosecutor, world.mayor), yes), actor_of)

    case = Case.objects.unscoped("test").get(person=person)
    assert case.review_on == last
    late = cases.Reviewed(
        cases.Verdict.CONTINUE, True, "Still needed.", "Nothing lighter.", date(2027, 5, 1), "School goes on."
    )
    chair = actor_of(world.director, WORK)
    if born == CHILD:
        with pytest.raises(cases.NotReviewed):
            deeds.review(case, late, by=chair)
    else:
        assert deeds.review(case, late, by=chair).next_on == date(2027, 5, 1)
    closed = deeds.close(case, outcome=Outcome.GOALS_MET, reason="It went well.", by=chair)
    assert closed.destroy_on == date(2028 if born == CHILD else 2031, 11, 23)


@pytest.mark.parametrize("born", [CHILD, GROWN])
def test_nothing_is_imposed_on_a_child_before_its_interest_was_written_down(
    world: World, actor_of: ActorOf, client_of: ClientOf, born: str
) -> None:
    case = opened_case(world, actor_of)
    Person.objects.unscoped("test").filter(pk=case.person_id).update(birth_date=born)
    by = {
        name: replace(actor_of(getattr(world, name), WORK), simulated=True) for name in ("director", "mayor")
    }
    row = measures.suggest(case, "GW-172A", necessity=WHY, subsidiarity=WHY, intended=WHY, by=by["director"])
    lawyer = replace(actor_of(world.lawyer, WORK), simulated=True)
    measures.check(row, holds=True, legality=WHY, by=lawyer)
    measures.propose(row, world.municipality, about="Pippi", by=by["director"])
    two_days_pass()
    term = Term(date(2026, 11, 24), date(2026, 12, 24))

    page = client_of(world.director, WORK).get(f"/measures/{row.reference}/", headers=ENGLISH)
    assert ("The interest of the child" in page.content.decode()) == (born == CHILD)
    if born == CHILD:
        with pytest.raises(NotFound):
            measures.decide(row, impose=True, reasons=WHY, term=term, by=by["mayor"])
        measures.find(row, Found(Kind.CHILD, date(2026, 11, 23), WHY), by=by["director"])
    assert measures.decide(row, impose=True, reasons=WHY, term=term, by=by["mayor"]).status == "imposed"
