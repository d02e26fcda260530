"""Giving chosen statements in writing: why each may go or not, the letter, and answers from abroad."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from samenhang.access.rules import NotThere, NotYours
from samenhang.exchange import actions, rules
from samenhang.exchange.models import Disclosure, Recall, Refusal, Statement
from samenhang.exchange.rules.giving import purposes_by_category
from samenhang.exchange.rules.receiving import Outcome, Standing
from samenhang.journal import Actor
from samenhang.organisations.acting import installer
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from tests.asking import known_to
from tests.cast import HOME, ActorOf, ClientOf, StandingClock, World
from tests.weighing import SAID

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}
INVESTIGATION, ORDER, THREAT = "investigation", "public-order", "threat-assessment"
KNOWN = replace(SAID, text="Bought an imaginary knife.", handling="H2")
REASON = "It came to you by mistake."


@pytest.fixture
def police(world: World, actor_of: ActorOf) -> Actor:
    return actor_of(world.police, INVESTIGATION)


@pytest.fixture
def person(world: World, actor_of: ActorOf) -> Person:
    return known_to(world.police, actor_of)


@pytest.fixture
def said(police: Actor, person: Person) -> Statement:
    wide = (INVESTIGATION, ORDER, THREAT)
    return actions.write_statement(person, KNOWN, category="police-data", purposes=wide, by=police)


def chosen(one: Statement, to: Organisation, purpose: str = INVESTIGATION) -> dict[str, object]:
    return {"items": [one.reference], "to": to.reference, "purpose": purpose}


def going(sent: dict[str, object]) -> dict[str, object]:
    """The same with the button under what was shown of it."""
    items = sent["items"]
    assert isinstance(items, list)
    return sent | {"give": " ".join([str(sent["to"]), str(sent["purpose"]), *sorted(items)])}


def text(browser: Client, path: str) -> str:
    return browser.get(path, headers=ENGLISH).content.decode()


def test_the_screen_says_why_each_item_may_go_or_not_and_gives_nothing_yet(
    world: World, client_of: ClientOf, person: Person, said: Statement, police: Actor
) -> None:
    heard = actions.state(SAID, about=person, purposes=[INVESTIGATION], by=police)
    browser, path = client_of(world.police, INVESTIGATION), f"/persons/{person.reference}/give/"
    both = chosen(said, world.prosecutor.organisation) | {"items": [said.reference, heard.reference]}

    page = browser.post(path, both, headers=ENGLISH).content.decode()

    assert "POL-OM-INV-26" in page
    assert "No rule in force on that day allows it." in page
    assert (page.count("May go<"), page.count("May not go<")) == (1, 1)
    assert browser.post(path, going(both)).status_code == 422
    assert not Disclosure.objects.unscoped("test").exists()


def test_what_is_given_is_read_in_the_letter_by_both_and_by_nobody_else(
    world: World, client_of: ClientOf, person: Person, said: Statement
) -> None:
    browser = client_of(world.police, INVESTIGATION)

    given = browser.post(
        f"/persons/{person.reference}/give/", going(chosen(said, world.prosecutor.organisation))
    )

    # What was not shown is not given: here another purpose than the one that the law was asked about.
    unseen = going(chosen(said, world.prosecutor.organisation, THREAT)) | {"purpose": INVESTIGATION}
    assert browser.post(f"/persons/{person.reference}/give/", unseen).status_code == 200
    letter = given.headers["Location"]
    recipient = client_of(world.prosecutor, INVESTIGATION)
    for reader in (browser, recipient):
        page = text(reader, letter)
        assert "Bought an imaginary knife." in page
        assert "H2: not to be passed on without permission" in page
        assert "Pippi Fantasia" in page
        assert "POL-OM-INV-26" in page
    for outsider in (world.mayor, world.school, world.administrator, world.travel):
        assert client_of(outsider).get(letter).status_code == 404
    reference = letter.split("/")[2]
    assert recipient.post(f"/disclosures/{reference}/refuse/", {"reason": REASON}).status_code == 302
    assert "Bought an imaginary knife." not in text(recipient, letter)
    assert "Bought an imaginary knife." in text(browser, letter)


def test_conditions_are_confirmed_and_a_statement_without_necessity_stays_whatever_is_ticked(
    world: World, client_of: ClientOf, person: Person, said: Statement, police: Actor
) -> None:
    bare = replace(KNOWN, necessity="")
    without = actions.write_statement(person, bare, category="police-data", purposes=[ORDER], by=police)
    browser, path = client_of(world.police, INVESTIGATION), f"/persons/{person.reference}/give/"
    ticked = {"met-necessity-statement": "on"}

    statuses = [
        browser.post(path, going(chosen(one, world.municipality, ORDER)) | sent).status_code
        for one, sent in ((said, {}), (without, ticked), (said, ticked))
    ]

    assert statuses == [422, 422, 302]
    kept = Disclosure.objects.unscoped("test").exclude(category="identity").get()
    assert (kept.scope, kept.mode, kept.rule) == (said.scope, "written", "POL-BURG-PO-26")


def test_only_ones_own_standing_statements_are_given_once_and_for_what_they_were_kept(
    world: World, actor_of: ActorOf, person: Person, said: Statement, police: Actor
) -> None:
    om = world.prosecutor.organisation
    stranger = actor_of(world.school, "weighing")

    actions.give_in_writing(person, [said], to=om, purpose=INVESTIGATION, by=police)

    with pytest.raises(rules.NotLawful, match="al gekregen"):
        actions.give_in_writing(person, [said], to=om, purpose=INVESTIGATION, by=police)
    with pytest.raises(rules.NotLawful, match="andere doelen"):
        actions.give_in_writing(person, [said], to=om, purpose="prosecution", by=police)
    theirs = actor_of(world.prosecutor, INVESTIGATION)
    with pytest.raises(rules.NotYourData):
        actions.give_in_writing(person, [said], to=world.municipality, purpose=ORDER, by=theirs)
    with pytest.raises(NotThere):
        actions.give_in_writing(person, [said], to=om, purpose=INVESTIGATION, by=stranger)


def test_what_is_known_of_a_child_is_given_for_few_purposes(world: World, police: Actor) -> None:
    claim = persons.claim(Identity("Fantasia", "Mio", "2012-01-01"), by=replace(police, purpose="weighing"))
    child = persons.open_person(
        claim, home_municipality=HOME, reason="a report", by=replace(police, purpose="weighing")
    )
    by = replace(police, purpose="weighing")

    with pytest.raises(rules.Incomplete, match="kind"):
        actions.write_statement(child, KNOWN, category="police-data", purposes=[INVESTIGATION], by=by)


def test_which_data_may_be_written_down_to_give_is_what_the_law_of_that_day_says() -> None:
    now = purposes_by_category("POL", date(2026, 11, 26), ())

    assert {INVESTIGATION, ORDER, THREAT} <= set(now["police-data"])
    assert not {"identity", "official-message", "box-advice"} & set(now)
    assert "police-data" not in purposes_by_category("POL", date(1990, 1, 1), ())
    assert not purposes_by_category("CASUS", date(1990, 1, 1), ())


@pytest.fixture
def europol(world: World, clock: StandingClock) -> Organisation:
    return found("EUROPOL", "Europol", region="", by=installer(clock.moment))


def test_a_contribution_to_europol_has_its_code_its_feedback_and_its_certificate(
    world: World, client_of: ClientOf, person: Person, said: Statement, police: Actor, europol: Organisation
) -> None:
    made = actions.give_in_writing(person, [said], to=europol, purpose=THREAT, by=police)[0]
    browser, path = client_of(world.police, INVESTIGATION), f"/disclosures/{made.reference}/note/"

    assert made.rule == "POL-EUROPOL-26"
    assert "H2: not to be passed on" in text(browser, f"/disclosures/{made.reference}/letter/")
    feedback = {"standing": "accepted", "words": "By letter of today: added to their analysis."}
    assert browser.post(path, feedback).status_code == 302
    assert browser.post(path, feedback).status_code == 422
    actions.recall(made, reason=REASON, by=police)
    asked = Recall.objects.unscoped("test").get(item=said.scope)
    assert browser.post(path, {"standing": "kept", "words": "They keep it for a court."}).status_code == 302
    assert Refusal.objects.unscoped("test").filter(recall=asked.reference).exists()
    certificate = {"standing": "deleted", "words": "Certificate of today, by their channel."}
    assert browser.post(path, certificate).status_code == 302
    standing = Disclosure.objects.unscoped("test").get(pk=made.pk)
    assert (standing.standing, standing.answer) == (Standing.DELETED, certificate["words"])
    assert Recall.objects.unscoped("test").get(pk=asked.pk).outcome == Outcome.CERTIFIED


def test_who_answers_here_itself_is_not_answered_for(
    world: World, actor_of: ActorOf, person: Person, said: Statement, police: Actor
) -> None:
    to = world.prosecutor.organisation
    made = actions.give_in_writing(person, [said], to=to, purpose=INVESTIGATION, by=police)[0]

    with pytest.raises(rules.IllegalTransition):
        actions.note_answer(made, Standing.ACCEPTED, words=REASON, by=police)
    by = actor_of(world.prosecutor, INVESTIGATION)
    with pytest.raises(rules.NotYourData):
        actions.note_answer(made, Standing.ACCEPTED, words=REASON, by=by)
    with pytest.raises((NotThere, NotYours)):
        actions.note_answer(made, Standing.ACCEPTED, words=REASON, by=actor_of(world.school, "weighing"))


def test_to_a_country_nothing_goes_before_a_minister_allowed_it_and_the_screen_says_so(
    world: World,
    client_of: ClientOf,
    clock: StandingClock,
    actor_of: ActorOf,
    person: Person,
    said: Statement,
) -> None:
    abroad = found("FPOL3", "Police of an imaginary country", region="XX", by=installer(clock.moment))
    browser, path = client_of(world.police, INVESTIGATION), f"/persons/{person.reference}/give/"
    every = {f"met-{code}": "on" for code in ("adequacy-or-safeguards", "case-by-case", "human-rights-check")}
    sent = going(chosen(said, abroad)) | every

    assert "torture" in browser.post(path, chosen(said, abroad), headers=ENGLISH).content.decode()
    assert browser.post(path, sent).status_code == 422
    actions.assess_country(
        "XX",
        minister="Minister of Fantasia",
        findings="No torture was found this year.",
        until=date(2027, 6, 1),
        by=actor_of(world.minister, INVESTIGATION),
    )
    assert browser.post(path, sent).status_code == 302
