"""From a signal to a closed case through the pages, and what an outsider meets there."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from samenhang.cases.models import Case, Notice, Weighing
from samenhang.cases.rules import CRITERIA
from samenhang.cases.rules.ending import Outcome
from samenhang.exchange.models import Signal, Statement
from samenhang.journal.models import Entry
from samenhang.persons.models import IdentityClaim, Person
from tests.cast import HOME, ActorOf, ClientOf, World
from tests.weighing import NO, YES, judge, opened_case, signal_by, weighing_by

pytestmark = pytest.mark.django_db
APPROACH = "person-centred-approach"
TYPED = {
    "surname": "Fantasia",
    "given_names": "Pippi",
    "birth_date": "30-4-2001",
    "municipality": HOME,
    "origin": "report",
    "triage": "2",
    "text": "Told two colleagues that he will answer the demonstration with fire.",
    "true_from": "20-11-2026",
    "kind": "fact",
    "source_evaluation": "B",
    "information_evaluation": "2",
    "handling": "H0",
    "basis": "Politiewet 2012 art. 3",
    "necessity": "The three must know of the threat to weigh it.",
}
MET = {
    f"met-{code}": "on" for code in ("necessity-statement", "compelling-reasons-test", "home-municipality")
}
POSITION = {"opinion": "approach", **{code: f"Imaginary words about {code}." for code in CRITERIA}}


@pytest.fixture
def police(world: World, client_of: ClientOf) -> Client:
    return client_of(world.police, "weighing")


def test_a_signal_is_written_offered_weighed_and_becomes_a_case(
    world: World, client_of: ClientOf, police: Client
) -> None:
    written = police.post("/signals/new/", TYPED, follow=True)
    assert "Pippi Fantasia" in written.text
    signal = Signal.objects.unscoped("test").get()

    offered = police.post(f"/signals/{signal.reference}/offer/", MET, follow=True)
    assert offered.status_code == 200
    weighing = Weighing.objects.unscoped("test").timed().get()
    assert weighing.due_on == weighing.opened_at.date() + timedelta(days=7)
    assert "Iemand meldde het" in client_of(world.mayor, "weighing").get(offered.request["PATH_INFO"]).text
    for user in (world.police, world.prosecutor, world.mayor):
        answer = client_of(user, "weighing").post(f"/weighings/{weighing.reference}/", POSITION, follow=True)
        assert answer.status_code == 200

    case = Case.objects.unscoped("test").get()
    page = client_of(world.director, APPROACH).get(f"/cases/{case.reference}/")
    assert "Pippi Fantasia" in page.text
    assert TYPED["text"] in page.text
    assert POSITION["violence"] in page.text
    closing = {"outcome": Outcome.GOALS_MET, "reason": "The goals of the plan were met."}
    closed = client_of(world.director, APPROACH).post(f"/cases/{case.reference}/close/", closing, follow=True)
    assert "2031" in closed.text
    assert client_of(world.mayor, APPROACH).get(f"/cases/{case.reference}/").status_code == 404


def test_the_date_of_birth_is_kept_as_far_as_known(police: Client) -> None:
    police.post("/signals/new/", {**TYPED, "birth_date": "4-2001"})

    assert IdentityClaim.objects.unscoped("test").get().birth_date == "2001-04"


@pytest.mark.parametrize("field", ["text", "necessity", "basis", "municipality", "true_from"])
def test_a_signal_without_what_it_needs_is_not_written(police: Client, field: str) -> None:
    answer = police.post("/signals/new/", {**TYPED, field: ""})

    assert answer.status_code == 422
    assert not Signal.objects.unscoped("test").exists()


def test_a_signal_about_nobody_is_not_written(police: Client) -> None:
    answer = police.post("/signals/new/", {**TYPED, "surname": "", "given_names": ""})

    assert answer.status_code == 422


def test_a_second_signal_may_be_about_a_person_known_here(
    world: World, actor_of: ActorOf, police: Client
) -> None:
    signal_by(world.police, actor_of)
    known = _person_of_the_only_signal()

    police.post("/signals/new/", {**TYPED, "surname": "", "given_names": "", "person": known})

    assert Signal.objects.unscoped("test").values("person_id").distinct().count() == 1
    assert Signal.objects.unscoped("test").count() == 2


def test_a_person_of_another_organisation_cannot_be_named_by_reference(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    signal_by(world.police, actor_of)

    answer = client_of(world.mayor, "weighing").post(
        "/signals/new/", {**TYPED, "person": _person_of_the_only_signal()}
    )

    assert answer.status_code == 422
    assert Signal.objects.unscoped("test").count() == 1


@pytest.mark.parametrize("unticked", list(MET))
def test_a_condition_that_is_not_ticked_refuses_with_the_law(
    world: World, actor_of: ActorOf, police: Client, unticked: str
) -> None:
    signal = signal_by(world.police, actor_of)
    ticked = {name: "on" for name in MET if name != unticked}

    answer = police.post(f"/signals/{signal.reference}/offer/", ticked)

    assert answer.status_code == 422
    assert "POL-WEEG-SIG" in answer.text
    assert not Weighing.objects.unscoped("test").exists()


def test_another_organisation_cannot_offer_a_signal_it_reads(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    weighing_by(world.police, actor_of)
    signal = Signal.objects.unscoped("test").get()

    assert (
        client_of(world.mayor, "weighing").post(f"/signals/{signal.reference}/offer/", MET).status_code == 422
    )


def test_the_form_is_gone_once_the_seat_is_taken_and_others_words_are_not_shown(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    weighing = weighing_by(world.police, actor_of)
    address = f"/weighings/{weighing.reference}/"
    client_of(world.police, "weighing").post(address, {**POSITION, "violence": "Secret until the end."})

    assert 'name="opinion"' not in client_of(world.police, "weighing").get(address).text
    mayor = client_of(world.mayor, "weighing").get(address).text
    assert 'name="opinion"' in mayor
    assert "Secret until the end." not in mayor


def test_a_colleague_who_votes_for_a_taken_seat_gets_a_refusal(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    weighing = weighing_by(world.police, actor_of)
    address = f"/weighings/{weighing.reference}/"
    client_of(world.police, "weighing").post(address, POSITION)

    assert client_of(world.police, "weighing").post(address, POSITION).status_code == 422
    assert client_of(world.police_two, "weighing").post(address, POSITION).status_code == 422


@pytest.mark.parametrize("criterion", list(CRITERIA))
def test_an_empty_criterion_is_refused_beside_its_field(
    world: World, actor_of: ActorOf, client_of: ClientOf, criterion: str
) -> None:
    weighing = weighing_by(world.police, actor_of)

    answer = client_of(world.mayor, "weighing").post(
        f"/weighings/{weighing.reference}/", {**POSITION, criterion: ""}
    )

    assert answer.status_code == 422
    assert f'href="#id_{criterion}"' in answer.text


def test_who_submitted_reads_that_it_was_not_taken_up(
    world: World, actor_of: ActorOf, police: Client
) -> None:
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES, world.prosecutor: NO, world.mayor: YES}, actor_of)
    signal = Signal.objects.unscoped("test").get()
    notice = Notice.objects.unscoped("test").get()

    assert f"/notices/{notice.reference}/read/" in police.get(f"/signals/{signal.reference}/").text
    police.post(f"/notices/{notice.reference}/read/")
    assert "/notices/" not in police.get(f"/signals/{signal.reference}/").text


def test_a_participant_is_admitted_and_brings_something_in(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)
    board = world.child_protection.organisation
    typed = {"organisation": board.reference, "reason": "There are young brothers at home."}

    admitted = client_of(world.director, APPROACH).post(f"/cases/{case.reference}/admit/", typed, follow=True)

    assert board.name in admitted.text
    assert client_of(world.child_protection, APPROACH).get(f"/cases/{case.reference}/").status_code == 200


def test_what_is_brought_in_asks_each_condition_of_its_rule(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)
    client = client_of(world.police, APPROACH)
    address = f"/cases/{case.reference}/contribute/police-data/"
    conditions = re.findall(r'name="(met-[^"]+)"', client.get(address).text)

    refused = client.post(address, {**TYPED, **dict.fromkeys(conditions[1:], "on")})
    brought = client.post(address, {**TYPED, **dict.fromkeys(conditions, "on")})

    assert "met-competent-authority-agreement" in conditions
    assert (refused.status_code, brought.status_code) == (422, 302)
    assert Statement.objects.visible_to(actor_of(world.mayor, APPROACH)).count() == 2


def test_a_kind_of_data_the_law_does_not_give_is_not_a_page(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)

    for category in ("passenger-data", "health", "no-such-thing"):
        address = f"/cases/{case.reference}/contribute/{category}/"
        assert client_of(world.police, APPROACH).get(address).status_code == 404


def test_every_page_of_a_stranger_is_the_page_of_what_does_not_exist(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)
    weighing, signal = Weighing.objects.unscoped("test").get(), Signal.objects.unscoped("test").get()
    pages = {
        f"/signals/{signal.reference}/": f"/signals/{signal.reference[:-1]}Z/",
        f"/signals/{signal.reference}/withdraw/": "/signals/G-0000-0000-0000/withdraw/",
        f"/weighings/{weighing.reference}/": "/weighings/W-0000-0000-0000/",
        f"/cases/{case.reference}/": "/cases/K-0000-0000-0000/",
        f"/cases/{case.reference}/admit/": "/cases/K-0000-0000-0000/admit/",
        f"/cases/{case.reference}/close/": "/cases/K-0000-0000-0000/close/",
        f"/cases/{case.reference}/contribute/": "/cases/K-0000-0000-0000/contribute/",
    }
    for purpose in ("weighing", APPROACH):
        client = client_of(world.school, purpose)
        for hidden, missing in pages.items():
            one, other = client.get(hidden), client.get(missing)

            assert (one.status_code, one.content) == (404, other.content)
            assert dict(one.headers) == dict(other.headers)


def test_the_lists_of_a_stranger_are_empty(world: World, client_of: ClientOf, actor_of: ActorOf) -> None:
    opened_case(world, actor_of)

    for purpose, page in (("weighing", "/signals/"), ("weighing", "/weighings/"), (APPROACH, "/cases/")):
        answer = client_of(world.school, purpose).get(page)
        assert answer.status_code == 200
        assert not re.search(r"[GWK]-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", answer.text)


def test_reading_a_case_is_written_down_with_everything_that_was_shown(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)

    client_of(world.mayor, APPROACH).get(f"/cases/{case.reference}/")

    told = bytes(
        Entry.objects.filter(event__in=["page.GET.cases:case", "page.GET.desk:case"]).latest("pk").envelope
    ).decode()
    said = Statement.objects.unscoped("test").get()
    assert case.reference in told
    assert said.reference in told


def _person_of_the_only_signal() -> str:
    return Person.objects.unscoped("test").get().reference
