"""The pieces of the face, in a real browser."""

import pytest
from playwright.sync_api import Page

from tests.browser.gallery import ADDRESS, Step, draw, pieces, serve
from tests.browser.page_checks import check_page, gather_faults

# The context processors ask what this installation is.
pytestmark = pytest.mark.django_db


def gallery(form: Step, language: str = "nl", **changes: object) -> str:
    return draw("foundation/gallery.html", {**pieces(form), **changes}, language)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pieces_have_no_fault_on_a_phone_and_on_a_desktop(page: Page, language: str) -> None:
    faults = gather_faults(page)
    serve(page, {"/": gallery(Step(), language)})

    page.goto(ADDRESS)

    check_page(page, f"gallery-{language}")
    assert faults == []


def test_a_refused_form_has_no_fault_and_leads_to_its_errors(page: Page) -> None:
    serve(page, {"/": gallery(Step({"name": "Gesprek", "until": "31-31-2026"}))})

    page.goto(ADDRESS)
    summary = page.locator(".samenhang-errors")

    assert summary.evaluate("element => element === document.activeElement")
    check_page(page, "gallery-errors")
    for link in summary.get_by_role("link").all():
        link.click()
        assert page.evaluate(
            "location.hash.slice(1) && document.getElementById(location.hash.slice(1)) !== null"
        )


@pytest.mark.parametrize("name", ["404", "403", "403_csrf", "500", "503"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_error_pages_have_no_fault(page: Page, name: str, language: str) -> None:
    serve(page, {"/": draw(f"{name}.html", {}, language)})

    page.goto(ADDRESS)

    check_page(page, f"{name}-{language}")
