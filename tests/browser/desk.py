"""Where each person of a walk sits down with a browser of their own, and clicks what is there."""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Locator, Page

from samenhang.organisations.models import User
from tests.browser.chromium import PATIENCE
from tests.browser.page_checks import check_page, gather_faults
from tests.cast import StandingClock, signed_in

APPROACH = "person-centred-approach"


@dataclass
class Desk:
    """Where each person sits down with a browser of their own, and looks at what waits."""

    browser: Browser
    product: str
    clock: StandingClock
    outsider: User
    seats: dict[int, Page] = field(default_factory=dict)
    checks: bool = False
    heard: list[list[str]] = field(default_factory=list)
    page: Page = field(init=False)

    def work(self, user: User, purpose: str = APPROACH) -> None:
        """This person opens *my work* for one of their tasks."""
        if user.pk not in self.seats:
            context = self.browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 800})
            context.set_default_timeout(PATIENCE)
            self.seats[user.pk] = context.new_page()
            self.heard.append(gather_faults(self.seats[user.pk]))
        self.page = self.seats[user.pk]
        session = signed_in(user, purpose).cookies["sessionid"].value
        host = urlsplit(self.product).hostname or ""
        cookie = {"name": "sessionid", "value": session, "domain": host, "path": "/"}
        self.page.context.add_cookies([cookie])  # type: ignore[list-item]
        self.page.goto(f"{self.product}/")

    def click(self, selector: str, *, within: str = "main") -> None:
        """Press what stands on the page; a minute later a page follows, and it is one that exists."""
        self.clock.moment += timedelta(minutes=1)
        target = self.page.locator(f"{within} {selector}").first
        with self.page.expect_navigation() as arrived:
            target.click()
        answer = arrived.value
        if answer is not None and answer.status >= 400:
            told = self.page.locator("main").inner_text()
            raise AssertionError(f"{answer.status} after {selector} on {self.page.url}: {told}")

    def menu(self, path: str) -> None:
        self.click(f'a[href="{path}"]', within="nav")

    def fill(self, part: str = "", **fields: str) -> None:
        for name, value in fields.items():
            self.put(self.page.locator(f'main {part} [name="{name}"]'), value)

    def put(self, control: Locator, value: str) -> None:
        kind = control.first.evaluate("e => e.type || e.tagName")
        if kind == "select-one":
            control.select_option(value)
        elif kind in ("radio", "checkbox"):
            control.and_(self.page.locator(f'[value="{value}"]')).check()
        else:
            control.fill(value)

    def confirm_the_law(self) -> None:
        """Tick every condition of the law that the page asks for."""
        boxes = self.page.locator("main input[type=checkbox][name^='met-']").all()
        assert boxes, f"no condition is asked on {self.page.url}"
        for box in boxes:
            box.check()

    def send(self, form: str = "") -> None:
        self.click(f"{form} form :is(button[type=submit], button.utrecht-button--primary-action)")

    def check(self, name: str) -> None:
        """Look at the page with axe, on a phone and on a desktop; under one law, as both share it."""
        if self.checks:
            check_page(self.page, name)

    @property
    def faults(self) -> list[str]:
        """What the browsers complained of."""
        return [fault for heard in self.heard for fault in heard]

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def is_closed_to_the_outsider(self) -> None:
        """Whoever has no part in it gets, at this address, what is there at an address that is not."""
        outside = signed_in(self.outsider, APPROACH)
        here, nowhere = outside.get(self.path), outside.get("/cases/K-0000-0000-0000/")
        assert (here.status_code, nowhere.status_code) == (404, 404), self.path
        assert here.content == nowhere.content
