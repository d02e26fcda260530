"""A signal written down, offered, weighed and become a case, in a real browser; every page is looked at."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from samenhang.cases.models import Case, Weighing
from samenhang.cases.rules import CRITERIA
from samenhang.organisations.models import User
from tests.browser.page_checks import check_page, gather_faults
from tests.cast import HOME, ActorOf, ClientOf, World
from tests.weighing import YES, judge

APPROACH = "person-centred-approach"
Works = Callable[..., None]


@pytest.fixture
def works(page: Page, product: str, client_of: ClientOf) -> Works:
    """``works(user, purpose)``: the browser goes on as this person, with the task chosen."""

    def become(user: User, purpose: str = "weighing") -> None:
        session = client_of(user, purpose).cookies["sessionid"].value
        page.context.clear_cookies()
        host = urlsplit(product).hostname
        cookie = {"name": "sessionid", "value": session, "domain": host or "", "path": "/"}
        page.context.add_cookies([cookie])  # type: ignore[list-item]

    return become


def test_a_signal_is_written_offered_and_weighed_by_keyboard(
    page: Page, product: str, world: World, works: Works, actor_of: ActorOf
) -> None:
    faults = gather_faults(page)
    works(world.police)
    page.goto(f"{product}/signals/")
    check_page(page, "signals-empty")
    page.goto(f"{product}/signals/new/")
    check_page(page, "signal-new")
    page.locator("#id_surname").fill("Fantasia")
    page.locator("#id_given_names").fill("Pippi")
    page.locator("#id_birth_date").fill("30-4-2001")
    page.locator("#id_municipality").select_option(HOME)
    page.locator("#id_text").fill("Zei tegen twee collega's dat hij de betoging met vuur zal beantwoorden.")
    page.locator("#id_true_from").fill("20-11-2026")
    page.locator("#id_basis").fill("Politiewet 2012 art. 3")
    page.locator("#id_necessity").fill("De drie moeten de dreiging kennen om te kunnen wegen.")
    page.locator("#id_necessity").press("Tab")
    page.locator("main form button[type=submit]").press("Enter")
    page.locator("#offer").wait_for()
    check_page(page, "signal")

    page.locator("#offer form button[type=submit]").press("Enter")
    page.locator(".samenhang-errors").wait_for()
    check_page(page, "signal-not-met")
    for box in page.locator("#offer input[type=checkbox]").all():
        box.press("Space")
    page.locator("#offer form button[type=submit]").press("Enter")
    page.locator("#position").wait_for()
    check_page(page, "weighing")

    for code in CRITERIA:
        page.locator(f"#id_{code}").fill(f"Woorden over {code}.")
    page.locator("input[name=within]").first.press("Space")
    page.locator("#position form button[type=submit]").press("Enter")
    page.locator("#seats").wait_for()
    weighing = Weighing.objects.unscoped("test").get()
    judge(weighing, {world.prosecutor: YES, world.mayor: YES}, actor_of)
    page.goto(f"{product}/weighings/{weighing.reference}/")
    check_page(page, "weighing-decided")
    page.goto(f"{product}/weighings/")
    check_page(page, "weighings")

    works(world.director, APPROACH)
    case = Case.objects.unscoped("test").get()
    for name, path in {
        "cases": "/cases/",
        "case": f"/cases/{case.reference}/",
        "case-admit": f"/cases/{case.reference}/admit/",
        "case-close": f"/cases/{case.reference}/close/",
        "case-categories": f"/cases/{case.reference}/contribute/",
    }.items():
        page.goto(f"{product}{path}")
        check_page(page, name)
    works(world.police, APPROACH)
    page.goto(f"{product}/cases/{case.reference}/contribute/police-data/")
    check_page(page, "case-contribute")

    # The browser itself reports the refusal above, and nothing else.
    assert [fault for fault in faults if "422" not in fault] == []
