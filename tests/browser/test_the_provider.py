"""Signing in at a real identity provider, which runs as a process of its own on another site."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route

from samenhang.journal.models import Entry
from samenhang.organisations import actions, oidc
from samenhang.organisations.acting import installer
from samenhang.organisations.models import Session, User
from tests.browser.conftest import NODE
from tests.browser.page_checks import check_page
from tests.cast import StandingClock, World

HERE = Path(__file__).parent


@pytest.fixture
def issuer(product: str, settings: Any) -> Iterator[str]:
    """The address of the provider; the product knows it as its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Another site than localhost, so that Strict cookies stay behind as they do in the world outside.
    address = f"http://127.0.0.1:{port}"
    node = str(NODE) if NODE.exists() else shutil.which("node")
    if node is None:
        pytest.skip("the identity provider of the tests needs node: run make setup")
    process = subprocess.Popen(
        [node, str(HERE / "identity_provider.mjs"), str(port), f"{product}/sign-in/provider/back/"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "NODE_NO_WARNINGS": "1"},
    )
    assert process.stdout
    assert any(line.strip() == "ready" for line in process.stdout), "the provider did not start"
    settings.SECOND_FACTOR_REQUIRED = True
    settings.OIDC = {
        "issuer": address,
        "client": "samenhang",
        "secret": "a secret of nobody",
        "name": "Rijkspas Niemand",
        "strong": frozenset({"mfa"}),
    }
    yield address
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture
def linked(world: World, issuer: str, clock: StandingClock) -> User:
    by = installer(clock.moment)
    actions.link_provider_account(world.police, issuer, "nobody-42", reason="new colleague", by=by)
    return world.police


def faults_of(page: Page, product: str) -> list[str]:
    """What the browser complains of on pages of the product; the provider's are its own."""
    faults: list[str] = []
    page.on(
        "console",
        lambda message: (
            faults.append(message.text)
            if message.type == "error" and message.location["url"].startswith(product)
            else None
        ),
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


def held_back(page: Page, product: str) -> tuple[str, dict[str, list[str]]]:
    """Sign in there, and stop before the browser comes back: its answer, and what it was asked."""
    sent: list[str] = []
    held: list[str] = []

    def hold(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        held.append(route.fetch(max_redirects=0).headers["location"])
        route.fulfill(body="held back")

    page.on("request", lambda request: sent.append(request.url))
    page.route("**/interaction/**", hold)
    sign_in_there(page, product, "nobody-42", amr="mfa")
    page.get_by_text("held back").wait_for()
    answer = page.request.get(held[0], max_redirects=0).headers["location"]
    return answer, parse_qs(urlsplit(next(url for url in sent if "code_challenge" in url)).query)


def sign_in_there(page: Page, product: str, account: str, amr: str = "pwd") -> None:
    page.goto(f"{product}/sign-in/")
    page.get_by_role("link", name="Via Rijkspas Niemand").press("Enter")
    page.get_by_label("Account").fill(account)
    page.get_by_label("Proved with").fill(amr)
    page.get_by_role("button", name="Sign in there").press("Enter")


def test_who_is_linked_comes_in_and_the_journal_says_how(page: Page, product: str, linked: User) -> None:
    faults = faults_of(page, product)
    page.goto(f"{product}/sign-in/")
    check_page(page, "sign-in-with-provider")

    sign_in_there(page, product, "nobody-42", amr="pwd,mfa")
    page.wait_for_url("**/task/")

    session = Session.objects.get()
    assert (session.user, session.authentication, session.strong) == (linked, "oidc amr=pwd,mfa", True)
    assert b'"authentication":"oidc amr=pwd,mfa"' in bytes(
        Entry.objects.get(event="sign-in.accepted").envelope
    )
    assert page.get_by_role("heading", name="Kies uw taak").is_visible()
    assert faults == []


def test_one_factor_there_still_asks_for_a_second_one_here(page: Page, product: str, linked: User) -> None:
    sign_in_there(page, product, "nobody-42")

    page.wait_for_url("**/account/second-factor/")

    assert Session.objects.get().strong is False


@pytest.mark.parametrize("english", [False, True], ids=["nl", "en"])
def test_who_is_not_linked_gets_a_page_that_says_what_to_do(
    page: Page, product: str, world: World, issuer: str, english: bool
) -> None:
    # The user name of an account here, at the provider: names link nobody.
    sign_in_there(page, product, world.police.username, amr="mfa")
    page.get_by_role("heading", name="Niet aangemeld").wait_for()
    if english:
        page.goto(f"{product}/sign-in/")
        page.get_by_role("button", name="English").press("Enter")
        page.get_by_role("link", name="Through Rijkspas Niemand").press("Enter")
        page.get_by_role("heading", name="Not signed in").wait_for()

    check_page(page, f"provider-unknown-{'en' if english else 'nl'}")
    assert page.get_by_text(world.police.username, exact=True).is_visible()
    assert page.get_by_text(issuer, exact=True).is_visible()
    assert not Session.objects.exists()
    assert not User.objects.filter(name="").exists()


def test_who_refuses_there_is_not_signed_in_here(page: Page, product: str, linked: User) -> None:
    sign_in_there(page, product, "")

    page.get_by_role("heading", name="Niet aangemeld").wait_for()
    check_page(page, "provider-refused")
    assert not Session.objects.exists()


def test_state_nonce_and_pkce_go_along_and_an_answer_for_another_browser_is_refused(
    page: Page, product: str, linked: User
) -> None:
    answer, asked = held_back(page, product)
    mine = [cookie for cookie in page.context.cookies() if cookie["name"] == "samenhang-provider"]

    page.context.clear_cookies(name="samenhang-provider")
    page.goto(answer)
    without = Session.objects.count()
    page.context.add_cookies(mine)  # type: ignore[arg-type]
    page.goto(answer)
    page.wait_for_url("**/task/")
    page.goto(answer)
    page.get_by_role("heading", name="Niet aangemeld").wait_for()

    assert asked["code_challenge_method"] == ["S256"]
    assert len(asked["state"][0]) >= 32
    assert len(asked["nonce"][0]) >= 32
    assert (mine[0]["sameSite"], mine[0]["httpOnly"]) == ("Lax", True)
    assert (without, Session.objects.count()) == (0, 1)


def test_a_provider_that_does_not_answer_is_a_page_and_no_fault(
    page: Page, product: str, world: World, settings: Any
) -> None:
    settings.OIDC = {
        "issuer": "http://127.0.0.1:9",
        "client": "samenhang",
        "secret": "x",
        "name": "Rijkspas Niemand",
        "strong": frozenset(),
    }
    oidc._description.cache_clear()
    page.goto(f"{product}/sign-in/")

    page.get_by_role("link", name="Via Rijkspas Niemand").press("Enter")

    page.get_by_role("heading", name="Niet aangemeld").wait_for()
    check_page(page, "provider-silent")
