"""Every address that takes a day answers the ends of the calendar with a sentence, never with a failure."""

import pytest

from samenhang.persons.models import Person
from tests.cast import ActorOf, ClientOf, World
from tests.weighing import opened_case

pytestmark = pytest.mark.django_db

ENDS = ("01-01-0001", "9999-12-31", "01-01-1900", "31-12-2100", "31-02-2027", "x")


def test_no_day_in_an_address_fails(world: World, client_of: ClientOf, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    person = Person.objects.unscoped("test").get(pk=case.person_id).reference
    counts, works = client_of(world.statistician), client_of(world.director, "person-centred-approach")
    report = ("/report/", "/report/progress.csv", "/report/publish/", "/report/figures/signals/release/")

    answers = {}
    for end in ENDS:
        for days in (f"since=&until={end}", f"since={end}&until=23-11-2026", f"since={end}&until={end}"):
            answers |= {(place, days): counts.get(f"{place}?{days}") for place in report}
        for known in ("now", "then"):
            place = f"/travellers/coverage/?on={end}&known={known}"
            answers[place, known] = counts.get(place)
        place = f"/persons/{person}/movements/?known_on={end}"
        answers[place, end] = works.get(place)

    assert {where: answer.status_code for where, answer in answers.items() if answer.status_code >= 500} == {}


@pytest.mark.parametrize("address", ["/report/?until=9999-12-31", "/travellers/coverage/?on=0001-01-01"])
def test_the_page_says_that_it_is_the_year_and_keeps_the_form(
    world: World, client_of: ClientOf, address: str
) -> None:
    page = client_of(world.statistician).get(address)

    shown = page.content.decode()
    assert page.status_code == 422
    assert "Kijk naar het jaar" in shown
    assert "<form" in shown


def test_that_a_report_is_too_early_is_said_in_the_form(world: World, client_of: ClientOf) -> None:
    page = client_of(world.statistician).get("/report/?since=1-1-1950&until=2-1-1950")

    shown = page.content.decode()
    assert page.status_code == 422
    assert "Er is geen rapport voor 2 januari 1950. Het eerste is voor 1 januari 2012." in shown
    assert 'name="until"' in shown
