"""Second factors in a real browser: an app, a key that Chromium plays, recovery codes; all by keyboard."""

import re
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page

from samenhang.journal.models import Entry
from samenhang.organisations import actions
from samenhang.organisations.acting import installer
from samenhang.organisations.models import Session, User
from samenhang.organisations.rules.signing_in import code_at, step_at
from samenhang.organisations.sealed import opened
from tests.browser.page_checks import check_page, gather_faults
from tests.cast import PASSWORD, StandingClock, World

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _as_installed(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def authenticator(page: Page) -> CDPSession:
    """A security key in this browser, whose holder is always there and verified."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return session


def look(page: Page, name: str) -> None:
    """The page as it stands, in Dutch and in English, on a phone and on a desktop."""
    check_page(page, f"{name}-nl")
    turn(page, "English")
    check_page(page, f"{name}-en")
    turn(page, "Nederlands")


def turn(page: Page, language: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=language).press("Enter")


def press(page: Page, name: str, to: str) -> None:
    """A button or link by its words, with the Enter key."""
    pressed = page.locator("main").get_by_text(name, exact=True)
    with page.expect_navigation(url=to):
        pressed.press("Enter")


def password(page: Page, product: str, user: User, to: str) -> None:
    page.goto(f"{product}/sign-in/")
    page.locator("#id_username").fill(user.username)
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation(url=to):
        page.keyboard.press("Enter")


def sign_out(page: Page) -> None:
    with page.expect_navigation(url="**/sign-in/"):
        page.get_by_role("button", name="Afmelden").press("Enter")


def how() -> str:
    return Session.objects.order_by("-pk")[0].authentication


def test_a_key_is_added_at_the_first_sign_in_and_then_opens_the_door(
    page: Page, product: str, world: World, authenticator: CDPSession
) -> None:
    faults = gather_faults(page)
    password(page, product, world.police, "**/account/second-factor/")
    look(page, "second-factor-needed")
    press(page, "Sleutel toevoegen", "**/account/key/")
    look(page, "add-key")
    page.locator("#id_name").fill("Sleutelbos")
    press(page, "De sleutel toevoegen", "**/account/recovery-codes/")
    look(page, "make-recovery-codes")
    page.goto(f"{product}/account/")
    page.get_by_text("Sleutelbos", exact=True).first.wait_for()
    look(page, "account-with-a-key")
    with page.expect_navigation(url="**/remove/"):
        page.get_by_role("link", name="Verwijderen Sleutelbos").press("Enter")
    look(page, "remove-factor")
    sign_out(page)

    password(page, product, world.police, "**/sign-in/second-factor/")
    look(page, "second-step-with-a-key")
    press(page, "Beveiligingssleutel of passkey gebruiken", "**/task/")
    with_password = how()
    sign_out(page)
    press(page, "Met een passkey, zonder wachtwoord", "**/sign-in/passkey/")
    look(page, "passkey")
    press(page, "Passkey gebruiken", "**/task/")

    assert (with_password, how()) == ("pwd+webauthn", "webauthn")
    assert faults == []


def test_a_key_that_is_not_there_says_so_and_the_form_can_be_tried_again(
    page: Page, product: str, world: World, authenticator: CDPSession
) -> None:
    page.goto(f"{product}/sign-in/passkey/")

    page.get_by_role("button", name="Passkey gebruiken").press("Enter")

    page.get_by_role("alert").get_by_text("De sleutel gaf geen antwoord.").wait_for()
    check_page(page, "passkey-not-there")
    assert page.get_by_role("button", name="Passkey gebruiken").is_enabled()


def test_the_key_of_somebody_whose_account_closed_is_not_accepted(
    page: Page, product: str, world: World, authenticator: CDPSession
) -> None:
    password(page, product, world.police, "**/account/second-factor/")
    page.goto(f"{product}/account/key/")
    press(page, "De sleutel toevoegen", "**/account/recovery-codes/")
    User.objects.filter(pk=world.police.pk).update(is_active=False)
    page.context.clear_cookies()
    page.goto(f"{product}/sign-in/passkey/")

    page.get_by_role("button", name="Passkey gebruiken").press("Enter")

    page.get_by_text("Deze sleutel is niet geaccepteerd.").wait_for()
    check_page(page, "passkey-refused")


def test_an_app_is_added_and_its_codes_open_the_door(
    page: Page, product: str, world: World, clock: StandingClock
) -> None:
    faults = gather_faults(page)
    password(page, product, world.mayor, "**/account/second-factor/")
    press(page, "App toevoegen", "**/account/code/")
    look(page, "add-app")
    page.locator("#id_name").fill("Werktelefoon")
    with page.expect_navigation(url="**/account/code/F-*/"):
        page.keyboard.press("Enter")
    look(page, "scan-code")
    page.get_by_text("Ik kan de code niet scannen").press("Enter")
    factor = world.mayor.factors.get()
    page.locator("#id_code").fill(code_at(opened(factor), step_at(clock.moment)))
    with page.expect_navigation(url="**/account/recovery-codes/"):
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.get_by_role("button", name="Herstelcodes maken").press("Enter")
    check_page(page, "recovery-codes")
    codes = re.findall(r"\b[0-9a-z]{4}-[0-9a-z]{4}\b", page.locator("main ol").inner_text())
    press(page, "Ik heb ze bewaard", "**/account/")
    sign_out(page)

    password(page, product, world.mayor, "**/sign-in/second-factor/")
    page.locator("#id_code").fill("000000")
    page.keyboard.press("Enter")
    page.locator(".samenhang-errors").wait_for()
    check_page(page, "second-step-refused")
    page.locator("#id_code").fill(codes[0])
    with page.expect_navigation(url="**/task/"):
        page.keyboard.press("Enter")

    assert len(codes) == 10
    assert how() == "pwd+recovery"
    assert [fault.partition(":")[0] for fault in faults] == ["Failed to load resource"]  # the 422 above


def test_sessions_are_ended_and_a_factor_removed_after_confirming(
    page: Page, product: str, world: World, clock: StandingClock, settings: Any
) -> None:
    settings.SECOND_FACTOR_REQUIRED = False
    faults = gather_faults(page)
    password(page, product, world.mayor, "**/task/")
    page.context.clear_cookies()
    password(page, product, world.mayor, "**/task/")
    page.goto(f"{product}/account/")
    look(page, "account-two-sessions")
    press(page, "Alle andere sessies beëindigen", "**/account/")
    page.goto(f"{product}/account/password/")
    look(page, "password")
    Session.objects.update(confirmed_at=clock.moment.replace(year=2025))

    page.goto(f"{product}/account/code/")
    look(page, "confirm")
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation(url="**/account/code/"):
        page.keyboard.press("Enter")

    assert Session.objects.filter(ended_at__isnull=True).count() == 1
    assert Entry.objects.filter(event="session.confirmed").count() == 1
    assert faults == []


def test_a_first_password_is_changed_before_anything_else(
    page: Page, product: str, world: World, clock: StandingClock
) -> None:
    by = installer(clock.moment)
    first = actions.give_first_password(world.mayor, reason="forgot it", by=by)
    page.goto(f"{product}/sign-in/")
    page.locator("#id_username").fill(world.mayor.username)
    page.locator("#id_password").fill(first)
    with page.expect_navigation(url="**/account/password/"):
        page.keyboard.press("Enter")
    look(page, "first-password")

    page.locator("#id_present").fill(first)
    page.locator("#id_password").fill("short")
    page.locator("#id_again").fill("shorter")
    page.keyboard.press("Enter")
    page.locator(".samenhang-errors").wait_for()
    page.get_by_text("minstens 12 tekens").first.wait_for()
    check_page(page, "password-refused")
    page.locator("#id_present").fill(first)
    page.locator("#id_password").fill("another phrase of nobody")
    page.locator("#id_again").fill("another phrase of nobody")
    with page.expect_navigation(url="**/account/second-factor/"):
        page.keyboard.press("Enter")


def test_too_many_wrong_passwords_get_a_page_of_our_own(page: Page, product: str, world: World) -> None:
    page.goto(f"{product}/sign-in/")
    for _ in range(10):
        page.locator("#id_username").fill(world.police.username)
        page.locator("#id_password").fill("wrong")
        with page.expect_navigation():
            page.keyboard.press("Enter")

    page.get_by_role("heading", name="Wacht even").wait_for()
    check_page(page, "paused")
