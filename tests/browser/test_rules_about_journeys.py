"""In a browser a rule is written, tried and approved by two others; its match is judged by keys."""

import pytest
from playwright.sync_api import Page

from samenhang.criteria import actions
from samenhang.criteria.rules import trial
from samenhang.organisations.models import User
from tests.browser.page_checks import check_page, gather_faults
from tests.browser.test_reviewing_hits import enter
from tests.cast import StandingClock, World
from tests.criteria import HASTY, REASON, every_match, third_of_unit
from tests.watchlists import arrive, screener

TYPED = {
    "name": "Plotseling vertrek zonder bagage",
    "purpose": "Reizen vinden die zijn geregeld zoals die van mensen die gaan trainen.",
    "when": "document_days_left <= 30 && bags <= 3",
    "unless": "bags >= 1",
    "starts_on": "23-11-2026",
    "ends_on": "01-05-2027",
}


# Half of the walk in each language, and axe at the two fullest pages: each look costs seconds.
def test_a_rule_is_written_tried_approved_and_its_match_judged(
    page: Page,
    product: str,
    world: World,
    clock: StandingClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(trial, "EACH", 200)
    faults, third = gather_faults(page), third_of_unit(world)

    enter(page, product, world.travel, "nl")
    page.goto(f"{product}/criteria/rules/new/")
    for name, text in TYPED.items():
        page.locator(f"[name={name}]").fill(text)
    page.locator("[name=offence]").first.check()
    page.locator("[name=recipient]").first.check()
    send(page, "main form.samenhang-form [type=submit]", "**/criteria/rules/CR-*/")
    address = page.url
    send(page, "#trial button", address)
    check_page(page, "rule-tried-nl")

    for user in (world.travel_two, third):
        approve(page, product, user, address)

    arrive(HASTY, now=clock.moment)
    actions.match_waiting(by=screener(clock.moment))
    match = f"{product}/criteria/matches/{every_match().get().reference}/"
    enter(page, product, world.travel, "en")
    page.goto(match)
    press(page, "p", "**verdict=pass_on**")
    check_page(page, "match-reasons-en")
    press(page, "1", "**/criteria/matches/")
    enter(page, product, world.travel_two, "en")
    page.goto(match)
    press(page, "p", "**verdict=pass_on**")
    press(page, "1", "**/criteria/matches/")
    enter(page, product, world.police, "en")
    page.goto(match)
    page.get_by_text("BEDACHT").wait_for()

    assert faults == []


def approve(page: Page, product: str, user: User, address: str) -> None:
    enter(page, product, user, "nl")
    page.goto(address)
    page.locator("#approve [name=reason]").fill(REASON)
    send(page, "#approve [type=submit]", address)


def send(page: Page, button: str, address: str) -> None:
    with page.expect_navigation(url=address):
        page.locator(button).click()


def press(page: Page, key: str, address: str) -> None:
    with page.expect_navigation(url=address):
        page.keyboard.press(key)
