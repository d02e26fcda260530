"""The person file and the page of a case: everything on one page, and nothing for who may not see it."""

import re
from dataclasses import replace

import pytest
from django.urls import reverse

from samenhang.cases.models import Case
from samenhang.desk.person_file import file_of
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement
from samenhang.measures import actions as measures
from samenhang.measures.models import Measure
from samenhang.persons import actions as persons
from samenhang.persons.models import IdentityLink, Person
from samenhang.persons.rules import Identity
from tests.cast import ActorOf, ClientOf, World
from tests.chance import by_chance
from tests.weighing import opened_case, signal_by

WORK = "person-centred-approach"


@pytest.fixture
def case(world: World, actor_of: ActorOf) -> Case:
    return opened_case(world, actor_of)


def person_of(case: Case) -> Person:
    return Person.objects.unscoped("test").get(pk=case.person_id)


def suggested(case: Case, world: World, actor_of: ActorOf) -> Measure:
    return measures.suggest(
        case,
        "GW-172A",
        necessity="He returns to the same square and threatens people there.",
        subsidiarity="Two talks and a warning changed nothing at all.",
        intended="No gathering under his leadership for a month.",
        by=replace(actor_of(world.director, WORK), simulated=True),
    )


def test_the_file_shows_name_signal_statement_case_and_measure(
    case: Case, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    measure = suggested(case, world, actor_of)

    page = client_of(world.director, WORK).get(f"/persons/{person_of(case).reference}/").content.decode()

    assert "Pippi Fantasia" in page
    assert "own observation" in page, "each name with its source"
    assert "answer the demonstration with fire" in page
    assert "B2: bron had meestal gelijk, de bron weet het zelf" in page
    assert "H0: voor het doel waarvoor het is gegeven" in page
    for reference in (case.reference, measure.reference):
        assert reference in page


def test_who_may_not_know_the_person_gets_the_same_404_as_for_nobody(
    case: Case, world: World, client_of: ClientOf
) -> None:
    person = person_of(case)
    for user in (world.school, world.other_director, world.travel, world.administrator):
        client = client_of(user, WORK if user in (world.school, world.other_director) else "")
        known = client.get(f"/persons/{person.reference}/")
        unknown = client.get("/persons/P-AAAA-AAAA-AAAA/")
        assert (known.status_code, unknown.status_code) == (404, 404)
        assert known.content == unknown.content


def test_a_withdrawn_statement_stays_in_the_file_of_its_provider_alone(
    case: Case, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    said = Statement.objects.unscoped("test").get()
    exchange.withdraw(said, reason="the source took it back", by=actor_of(world.police, "weighing"))
    path = f"/persons/{person_of(case).reference}/"

    assert "with fire" not in client_of(world.director, WORK).get(path).content.decode()
    assert "with fire" in client_of(world.police, "weighing").get(path).content.decode()


def test_to_whom_data_went_is_told_to_the_provider_and_not_to_the_recipients(
    case: Case, world: World, client_of: ClientOf
) -> None:
    path = f"/persons/{person_of(case).reference}/"
    statement = Statement.objects.unscoped("test").get()

    def line_of(page: str) -> str:
        return page.partition(f"{statement.reference}")[2].partition("</li>")[0]

    own = line_of(client_of(world.police, "weighing").get(path).content.decode())
    others = line_of(client_of(world.mayor, "weighing").get(path).content.decode())

    assert "Public Prosecution Service" in own
    assert "Public Prosecution Service" not in others
    assert "with fire" in others


def test_a_minor_is_marked(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    police = actor_of(world.police, "weighing")
    claim = persons.claim(Identity("Kleintje", "Klaasje", "2010-05"), by=police)
    person = persons.open_person(claim, reason="a new report", by=police)

    page = client_of(world.police, "weighing").get(f"/persons/{person.reference}/").content.decode()

    assert "Minderjarig" in page


def test_a_file_holds_no_score_and_no_hit(case: Case, world: World, client_of: ClientOf) -> None:
    page = client_of(world.police, "weighing").get(f"/persons/{person_of(case).reference}/").content.decode()

    text = re.sub(r"<[^>]+>", " ", page).lower()
    assert not re.search(r"\b(score|risico|treffer h-)", text)


def test_a_case_director_walks_from_case_to_measure(
    case: Case, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    client = client_of(world.director, WORK)
    measure = suggested(case, world, actor_of)

    page = client.get(reverse("cases:case", args=[case.reference])).content.decode()

    assert f"/measures/new/?case={case.reference}" in page
    assert f"/measures/{measure.reference}/" in page
    assert f"/persons/{person_of(case).reference}/" in page
    assert client.get(f"/measures/new/?case={case.reference}").status_code == 200


def test_the_page_of_a_case_is_404_for_an_outsider(case: Case, world: World, client_of: ClientOf) -> None:
    for user in (world.school, world.other_director):
        assert client_of(user, WORK).get(f"/cases/{case.reference}/").status_code == 404


def test_the_task_page_has_the_case_filled_in(case: Case, world: World, client_of: ClientOf) -> None:
    client = client_of(world.director, WORK)

    page = client.get(f"/task/?case={case.reference}&next=/cases/{case.reference}/").content.decode()
    answer = client.post(f"/task/?next=/cases/{case.reference}/", {"purpose": WORK, "case": case.reference})

    assert f'value="{case.reference}"' in page
    assert answer["Location"] == f"/cases/{case.reference}/"


def test_a_colleague_decides_on_a_link_on_its_page(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    signal = signal_by(world.police, actor_of)
    police = actor_of(world.police, "weighing")
    claim = persons.claim(Identity("Fantasia", "Pipi", "2001-04-30"), by=police)
    link = persons.propose_link(claim, signal.person, reason="Same day of birth.", by=police)
    path = f"/links/{link.reference}/"

    assert client_of(world.school, "weighing").get(path).status_code == 404
    own = client_of(world.police, "weighing")
    assert own.post(path, {"decision": "confirm", "reason": "I say so."}).status_code == 422
    colleague = client_of(world.police_two, "weighing")
    assert colleague.post(path, {"decision": "confirm", "reason": ""}).status_code == 422
    assert colleague.post(path, {"decision": "confirm", "reason": "Day and name agree."}).status_code == 302

    assert IdentityLink.objects.unscoped("test").get(pk=link.pk).state == "confirmed"
    assert "Pipi Fantasia" in colleague.get(f"/persons/{signal.person.reference}/").content.decode()


def test_the_newest_stands_on_top_and_the_later_step_of_one_moment_is_the_newer(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    measure = suggested(case, world, actor_of)
    titles = [
        one.record.reference for one in file_of(person_of(case), actor_of(world.director, WORK)).timeline
    ]

    steps = [titles.index(measure.reference), titles.index(case.reference), titles.index(signal_of(case))]
    assert steps == sorted(steps)


def test_what_was_given_in_one_moment_stands_in_the_same_order_at_each_reading(
    case: Case, world: World, client_of: ClientOf
) -> None:
    assert by_chance(client_of(world.director, WORK), f"/persons/{person_of(case).reference}/") == []


def signal_of(case: Case) -> str:
    return str(Signal.objects.unscoped("test").get(person_id=case.person_id).reference)
