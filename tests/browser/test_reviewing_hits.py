"""A hit is judged and confirmed by keys alone, in both languages, on a phone and on a desktop."""

import pytest
from playwright.sync_api import Page

from samenhang.organisations.acting import actor_for
from samenhang.organisations.models import User
from samenhang.watchlists import actions
from tests.browser.page_checks import check_page, gather_faults
from tests.cast import PASSWORD, StandingClock, World
from tests.watchlists import FANTASIO, NO_MATCH, alert, arrive, every_hit, one_hit, screener

WORDS = {
    "nl": {"hit": "Treffer", "done": "Uw beslissing is vastgelegd."},
    "en": {"hit": "Hit", "done": "Your decision was recorded."},
}


def enter(page: Page, product: str, user: User, language: str) -> None:
    """Sign in and start work for investigation, at the queue of hits."""
    page.context.clear_cookies()
    page.goto(f"{product}/sign-in/")
    if language == "en":
        page.get_by_role("button", name="English").click()
        page.get_by_role("heading", name="Sign in").wait_for()
    page.locator("[name=username]").fill(user.username)
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation(url="**/task/"):
        page.keyboard.press("Enter")
    page.goto(f"{product}/task/?next=/hits/")
    page.locator("[name=purpose][value=investigation]").check()
    with page.expect_navigation(url="**/hits/"):
        page.locator("main form [type=submit]").click()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_two_colleagues_judge_and_confirm_by_keys_and_the_police_see_it(
    language: str, page: Page, product: str, world: World, clock: StandingClock
) -> None:
    police = actor_for(world.police, purpose="investigation", now=clock.moment)
    alert(police)
    arrive(FANTASIO, now=clock.moment)
    actions.screen_waiting(by=screener(clock.moment))
    hit = every_hit().get()
    faults = gather_faults(page)

    enter(page, product, world.travel, language)
    page.goto(f"{product}/hits/")
    check_page(page, f"hits-{language}")
    page.goto(f"{product}/hits/{hit.reference}/")
    page.get_by_role("heading", name=WORDS[language]["hit"], exact=False).first.wait_for()
    with page.expect_navigation(url="**/hits/**"):
        page.keyboard.press("t")
    page.locator("[data-key=l]").wait_for()
    check_page(page, f"hit-{language}")
    with page.expect_navigation(url="**verdict=match**"):
        page.keyboard.press("m")
    check_page(page, f"hit-reasons-{language}")
    with page.expect_navigation(url="**/hits/"):
        page.keyboard.press("2")
    page.get_by_text(WORDS[language]["done"]).wait_for()

    enter(page, product, world.travel_two, language)
    page.goto(f"{product}/hits/{hit.reference}/")
    check_page(page, f"hit-second-{language}")
    page.goto(f"{product}/shift/")
    check_page(page, f"shift-{language}")
    page.goto(f"{product}/hits/{hit.reference}/")
    with page.expect_navigation(url="**verdict=match**"):
        page.keyboard.press("m")
    with page.expect_navigation(url="**/hits/"):
        page.keyboard.press("3")

    enter(page, product, world.police, language)
    page.goto(f"{product}/hits/{hit.reference}/")
    check_page(page, f"hit-given-{language}")
    assert faults == []
    assert every_hit().get().status == "confirmed"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_of_alerts_have_no_fault(
    language: str, page: Page, product: str, world: World, clock: StandingClock
) -> None:
    made = alert(actor_for(world.police, purpose="investigation", now=clock.moment))
    faults = gather_faults(page)
    enter(page, product, world.police, language)

    for path, name in (
        ("/alerts/", "alerts"),
        ("/alerts/new/", "alert-new"),
        (f"/alerts/{made.reference}/", "alert"),
    ):
        page.goto(f"{product}{path}")
        check_page(page, f"{name}-{language}")

    assert faults == []


def test_the_pages_of_screening_have_no_fault(
    page: Page, product: str, world: World, clock: StandingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("samenhang.watchlists.actions.thresholds.sample_size", lambda _entries: 300)
    hit = one_hit(actor_for(world.police, purpose="investigation", now=clock.moment))
    by = actor_for(world.travel, purpose="investigation", now=clock.moment)
    actions.judge(hit, "no_match", why=NO_MATCH, by=by)
    actions.set_threshold(hit.issuer, 6.0, reason="A trial of one month.", by=by)
    one_list = f"/screening/lists/{hit.issuer.reference}/"
    faults = gather_faults(page)
    enter(page, product, world.travel, "nl")

    for path, name in (
        ("/screening/", "screening"),
        (one_list, "list"),
        (f"{one_list}threshold/", "threshold"),
        (f"/hits/{hit.reference}/", "hit-ended"),
    ):
        page.goto(f"{product}{path}")
        check_page(page, name)

    assert faults == []
