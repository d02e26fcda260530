"""My work, the person file and the page of a case, in a real browser: looked at, and walked by keyboard."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from samenhang.cases.models import Case
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Statement
from samenhang.measures import actions as measures
from samenhang.organisations.models import User
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from tests.browser.page_checks import PHONE, check_page, gather_faults
from tests.cast import PASSWORD, ActorOf, World
from tests.weighing import opened_case, signal_by, weighing_by

WORK = "person-centred-approach"


@pytest.fixture
def case(world: World, actor_of: ActorOf) -> Case:
    """A case with a measure, and beside it a weighing, a signal, a link and a fallen statement that wait."""
    case = opened_case(world, actor_of)
    director = replace(actor_of(world.director, WORK), simulated=True)
    measures.suggest(
        case,
        "GW-172A",
        necessity="He returns to the same square and threatens people there.",
        subsidiarity="Two talks and a warning changed nothing at all.",
        intended="No gathering under his leadership for a month.",
        by=director,
    )
    police = actor_of(world.police, "weighing")
    claim = persons.claim(Identity("Fantasia", "Pipi", "2001-04-30", "neighbour"), by=police)
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    persons.propose_link(claim, person, reason="Same day of birth.", by=police)
    signal_by(world.police, actor_of)
    other = weighing_by(world.police, actor_of)
    said = Statement.objects.unscoped("test").filter(signals=other.signal).get()
    exchange.withdraw(said, reason="the source took it back", by=police)
    return case


def sign_in(page: Page, product: str, user: User, purpose: str) -> None:
    page.goto(f"{product}/sign-in/")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation(url="**/task/"):
        page.keyboard.press("Enter")
    page.locator(f"input[name=purpose][value={purpose}]").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Beginnen").click()


def in_english(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="English").click()


def test_my_work_is_looked_at_in_both_languages(page: Page, product: str, world: World, case: Case) -> None:
    faults = gather_faults(page)
    sign_in(page, product, world.police_two, "weighing")
    check_page(page, "my-work")
    page.set_viewport_size({"width": PHONE, "height": 800})
    cell = page.locator(".samenhang-tasks td").first
    assert cell.evaluate("cell => getComputedStyle(cell).display") == "grid", "label and value stand apart"
    in_english(page)
    check_page(page, "my-work-en")

    page.goto(f"{product}/task/")
    page.locator(f"input[name=purpose][value={WORK}]").check()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{product}/")
    check_page(page, "my-work-empty")

    assert faults == []


def test_a_case_director_walks_from_my_work_to_a_measure_by_keyboard(
    page: Page, product: str, world: World, case: Case
) -> None:
    faults = gather_faults(page)
    sign_in(page, product, world.director, WORK)
    page.goto(f"{product}/cases/{case.reference}/")
    check_page(page, "case")

    page.get_by_role("link", name="Een maatregel opperen").focus()
    with page.expect_navigation(url="**/measures/new/**"):
        page.keyboard.press("Enter")

    page.goto(f"{product}/cases/{case.reference}/")
    page.get_by_role("link", name="Persoonsdossier").focus()
    with page.expect_navigation(url="**/persons/**"):
        page.keyboard.press("Enter")
    check_page(page, "person")
    in_english(page)
    check_page(page, "person-en")

    assert faults == []


def test_the_forms_behind_my_work_are_looked_at(page: Page, product: str, world: World, case: Case) -> None:
    faults = gather_faults(page)
    sign_in(page, product, world.police_two, "weighing")
    for name, path in (("link", "/links/"), ("look-again", "/again/")):
        page.goto(product)
        page.goto(product + str(page.locator(f"main a[href^='{path}']").first.get_attribute("href")))
        check_page(page, name)
        in_english(page)
        check_page(page, f"{name}-en")
        with page.expect_navigation():
            page.get_by_role("button", name="Nederlands").click()

    assert faults == []
