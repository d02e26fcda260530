"""A file about a foundation, association or company: from the browser to the case (Wet PGA art. 2)."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samenhang.cases.models import Case, Weighing
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal
from samenhang.exchange.rules import Content, NoChild
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.grounds.rules.measures import measure
from samenhang.journal import Actor
from samenhang.measures import actions as measures
from samenhang.measures.rules.custody import Arrested
from samenhang.measures.rules.suits import FOR_LEGAL_PERSONS, NotSuited, suits
from samenhang.persons import actions as persons
from samenhang.persons import rules
from samenhang.persons.models import IdentityClaim, Person
from samenhang.persons.rules import Identity, Kind, OnlyOfHumans, UnreadableClaim, contacts
from samenhang.persons.rules.contacts import Relation, Whom
from samenhang.risk import actions as risk
from samenhang.risk.actions.instruments import Result
from samenhang.risk.rules import bundled
from tests.cast import HOME, ActorOf, ClientOf, World
from tests.integration.test_weighing_pages import MET, POSITION, TYPED
from tests.weighing import opened_case

WORK, NAME, NUMBER = "person-centred-approach", "Stichting Nergenslicht", "00000000"
ENGLISH = {"accept-language": "en"}
WHY = "An imaginary reason in a full sentence."
WRITTEN = {key: value for key, value in TYPED.items() if key not in ("given_names", "birth_date")} | {
    "surname": NAME, "kind_of_organisation": "foundation", "kvk_number": "0000 0000", "seat": HOME,
    "text": "Its board pays the journey of who goes to the fight.",
}  # fmt: skip
SEEN = Content("Seen.", basis="Art. 3", necessity="Needed.")
FORM = "/signals/new/?about=organisation"


def reported(client: Client) -> Person:
    client.post(FORM, WRITTEN)
    return Person.objects.unscoped("test").get(kind=Kind.FOUNDATION)


def taken_up(world: World, client_of: ClientOf) -> Case:
    police = client_of(world.police, "weighing")
    reported(police)
    signal = Signal.objects.unscoped("test").get()
    police.post(f"/signals/{signal.reference}/offer/", MET)
    weighing = Weighing.objects.unscoped("test").get()
    for user in (world.police, world.prosecutor, world.mayor):
        client_of(user, "weighing").post(f"/weighings/{weighing.reference}/", POSITION)
    return Case.objects.unscoped("test").get()


def test_an_organisation_is_reported_weighed_taken_up_and_read_in_the_browser(
    world: World, client_of: ClientOf
) -> None:
    police = client_of(world.police, "weighing")
    person = reported(police)
    signal = Signal.objects.unscoped("test").get()
    police.post(f"/signals/{signal.reference}/offer/", MET)
    weighing = Weighing.objects.unscoped("test").get()
    page = client_of(world.mayor, "weighing").get(f"/weighings/{weighing.reference}/", headers=ENGLISH)
    assert "This is an organisation" in page.text
    assert "what carries this organisation" in page.text
    assert "this person" not in page.text.split('id="position"')[1].split("</form>")[0]
    for user in (world.police, world.prosecutor, world.mayor):
        client_of(user, "weighing").post(f"/weighings/{weighing.reference}/", POSITION)

    case = Case.objects.unscoped("test").get()
    director = client_of(world.director, WORK)
    of_case = director.get(f"/cases/{case.reference}/", headers=ENGLISH).text
    file = director.get(f"/persons/{person.reference}/", headers=ENGLISH).text

    assert NAME in of_case
    for hidden in ("/assessments/of/", "Follow the way back", "What the assessment advises"):
        assert hidden not in of_case
    for shown in (NAME, NUMBER, "Foundation", f"Is seated in {HOME}"):
        assert shown in file
    for hidden in ("Born", "Minor", "Movements", "Arrests", "child protection"):
        assert hidden not in file
    for outsider in (world.school, world.other_director):
        client = client_of(outsider, WORK)
        assert client.get(f"/persons/{person.reference}/").status_code == 404
        assert client.get(f"/cases/{case.reference}/").status_code == 404


@pytest.mark.parametrize("asked", ["Nergenslicht", NUMBER, "0000 0000"])
def test_it_is_found_by_name_and_by_number_and_by_no_outsider(
    world: World, client_of: ClientOf, asked: str
) -> None:
    person = reported(client_of(world.police, "weighing"))
    typed = {"name": asked, "reason": "To write a signal."}

    own = client_of(world.police, "weighing").post("/search/", typed).text
    other = client_of(world.school, "weighing").post("/search/", typed).text
    at_the_border = client_of(world.police, "border-check").post("/search/", typed).text

    assert person.reference in own
    assert NUMBER in own
    assert person.reference not in other
    assert person.reference not in at_the_border, "an organisation crosses no border"


def test_what_is_only_for_human_beings_is_refused(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    case = taken_up(world, client_of)
    police, mayor = actor_of(world.police, WORK), actor_of(world.mayor, WORK)
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    arrested = Arrested(date(2026, 11, 20), HOME, "Sr 134a", "Preparing.")
    elsewhere = Result("X", "Two", date(2026, 11, 1), "Moderate.", date(2027, 11, 1), "file 1")

    with pytest.raises(OnlyOfHumans):
        risk.plan(case, bundled(), world.police, world.director, by=mayor)
    with pytest.raises(OnlyOfHumans):
        risk.record_result(case, elsewhere, by=police)
    with pytest.raises(OnlyOfHumans):
        risk.open_trajectory(case, true_on=date(2026, 11, 1), words=WHY, added_value=WHY, by=police)
    with pytest.raises(OnlyOfHumans):
        exchange.record_movement(person, Seen(Whereabouts.LEFT, date(2026, 11, 1), "Art. 3"), by=police)
    with pytest.raises(OnlyOfHumans):
        measures.report_arrest(person, arrested, by=replace(police, purpose="investigation"))
    with pytest.raises(NoChild):
        exchange.report_child(person, SEEN, to=world.child_protection.organisation, by=police)


def suggest(case: Case, kind: str, by: Actor) -> None:
    measures.suggest(
        case, kind, necessity=WHY, subsidiarity=WHY, intended=WHY, by=replace(by, simulated=True)
    )


def test_measures_suit_whom_the_case_is_about(world: World, client_of: ClientOf, actor_of: ActorOf) -> None:
    case, director = taken_up(world, client_of), actor_of(world.director, WORK)
    page = client_of(world.director, WORK).get(f"/measures/new/?case={case.reference}").text

    suggest(case, "BW-220", director)

    with pytest.raises(NotSuited):
        suggest(case, "PASS-ALERT", director)
    assert 'value="PASS-ALERT"' not in page
    assert suits("TALK", legal=True)
    assert suits("TALK", legal=False)


def test_nobody_dissolves_a_human_being(world: World, actor_of: ActorOf) -> None:
    with pytest.raises(NotSuited):
        suggest(opened_case(world, actor_of), "BW-220", actor_of(world.director, WORK))


def test_every_kind_said_to_suit_an_organisation_is_in_the_law() -> None:
    assert all(measure(kind) for kind in FOR_LEGAL_PERSONS)


def test_an_organisation_is_never_the_same_as_a_human_being(world: World, actor_of: ActorOf) -> None:
    by = actor_of(world.police, WORK)
    person = persons.open_person(persons.claim(Identity("Fantasia", "Pippi"), by=by), reason=WHY, by=by)
    claim = persons.claim(Identity(NAME, kind=Kind.COMPANY), by=by)

    with pytest.raises(rules.IllegalLink):
        persons.propose_link(claim, person, reason=WHY, by=by)


@pytest.mark.parametrize(
    "said",
    [
        Identity(NAME, "Pippi", kind=Kind.FOUNDATION),
        Identity(NAME, birth_date="2010", kind=Kind.FOUNDATION),
        Identity(NAME, kind=Kind.COMPANY, kvk_number="123"),
        Identity("", kind=Kind.COMPANY),
        Identity("Fantasia", kvk_number=NUMBER),
        Identity("Fantasia", seat=HOME),
    ],
)
def test_what_cannot_be_so_is_not_claimed(said: Identity) -> None:
    with pytest.raises(UnreadableClaim):
        rules.check_identity(said)


def test_the_database_too_keeps_birth_from_organisations(world: World, client_of: ClientOf) -> None:
    person = reported(client_of(world.police, "weighing"))

    for model, key in ((Person, {"pk": person.pk}), (IdentityClaim, {"person_id": person.pk})):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.unscoped("test").filter(**key).update(birth_date="2010")


def test_a_board_stands_beside_an_organisation_and_no_family(world: World, client_of: ClientOf) -> None:
    person = reported(client_of(world.police, "weighing"))
    browser, address = client_of(world.police, WORK), f"/persons/{person.reference}/contacts/"
    typed = {"name": "Imaginary Chair", "reach": "", "needed_for": "To talk with the board."}

    family = browser.post(address, {**typed, "relation_is": "parent"})
    board = browser.post(address, {**typed, "relation_is": "board"}, follow=True)

    assert family.status_code == 422
    assert "Imaginary Chair" in board.text
    with pytest.raises(contacts.TooLittle):
        contacts.check_whom(Whom("A", "", "B"), Relation.BOARD, Kind.HUMAN)


def test_a_form_without_a_name_or_with_half_a_number_is_sent_back(world: World, client_of: ClientOf) -> None:
    police = client_of(world.police, "weighing")

    answers = [police.post(FORM, WRITTEN | wrong) for wrong in ({"surname": ""}, {"kvk_number": "123"})]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert not Person.objects.unscoped("test").exists()
