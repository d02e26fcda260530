"""Signing in and choosing a task, in a real browser against the running product."""

from playwright.sync_api import Page

from tests.browser.page_checks import check_page, gather_faults
from tests.cast import PASSWORD, World


def test_someone_signs_in_and_chooses_a_task_by_keyboard(page: Page, product: str, world: World) -> None:
    faults = gather_faults(page)
    page.goto(f"{product}/sign-in/")
    check_page(page, "sign-in")

    page.get_by_label("Gebruikersnaam").focus()
    page.keyboard.type(world.police.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(url="**/task/"):
        page.keyboard.press("Enter")
    check_page(page, "task")

    assert faults == []


def test_a_wrong_password_is_told_in_the_summary(page: Page, product: str, world: World) -> None:
    page.goto(f"{product}/sign-in/")

    page.get_by_label("Gebruikersnaam").fill(world.police.username)
    page.get_by_label("Wachtwoord").fill("not this one")
    page.keyboard.press("Enter")
    page.locator(".samenhang-errors").wait_for()

    check_page(page, "sign-in-refused")


def test_the_language_is_one_press_away(page: Page, product: str) -> None:
    page.goto(f"{product}/sign-in/")

    page.get_by_role("button", name="English").click()

    page.get_by_role("heading", name="Sign in", exact=True).wait_for()
    assert page.locator("html").get_attribute("lang") == "en"
