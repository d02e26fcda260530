"""The browser of the tests: one Chromium for the session, one clean context for each test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import ARGUMENTS, PATIENCE, chromium
from tests.browser.chromium import MISSING as NO_CHROMIUM
from tests.browser.page_checks import AXE

HERE = Path(__file__).parent
REQUIRED = "SAMENHANG_REQUIRE_BROWSER"

# Playwright's loop makes Django believe that it runs asynchronously.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
# The node in playwright's wheel needs libatomic, which a bare Debian lacks; that of `make setup` does not.
NODE = HERE.parents[1] / ".tools" / "node" / "bin" / "node"
if NODE.exists():
    os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", str(NODE))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def missing() -> str:
    """What a browser test lacks here, said so that a reader can bring it; "" when all is there."""
    if chromium() is None:
        return NO_CHROMIUM
    return "" if AXE.is_file() else "browser tests need node_modules: run make setup"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A running Chromium. Skips without one, or fails where SAMENHANG_REQUIRE_BROWSER is set."""
    if reason := missing():
        if os.environ.get(REQUIRED, "") not in {"", "0"}:
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page that shares no cookie, cache or storage with other tests."""
    context = browser.new_context(
        locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": 1280, "height": 800}
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture
def product(live_server: LiveServer) -> str:
    """The address of the running product, on a database that is emptied afterwards."""
    return str(live_server.url)
