"""The one script of the face: single keys, drafts, a form sent once."""

import pytest
from playwright.sync_api import Page

from tests.browser.gallery import ADDRESS, Step, draw, pieces, serve
from tests.browser.page_checks import check_page, gather_faults

pytestmark = pytest.mark.django_db


def gallery(form: Step | None = None, **changes: object) -> str:
    return draw("foundation/gallery.html", {**pieces(form or Step()), **changes})


def sent_forms(page: Page) -> list[str]:
    """A list that fills with the bodies of the forms this tab sends."""
    bodies: list[str] = []
    page.on(
        "request",
        lambda request: bodies.append(request.post_data or "") if request.method == "POST" else None,
    )
    return bodies


def test_one_key_takes_the_decision(page: Page) -> None:
    serve(page, {"/": gallery()})
    sent = sent_forms(page)
    page.goto(ADDRESS)

    with page.expect_navigation():
        page.keyboard.press("3")

    assert [body for body in sent if "decision=unclear" in body]


def test_a_key_typed_in_a_field_is_only_a_letter(page: Page) -> None:
    serve(page, {"/": gallery()})
    sent = sent_forms(page)
    page.goto(ADDRESS)

    page.get_by_label("Naam van de stap").press_sequentially("1?3")

    assert page.get_by_label("Naam van de stap").input_value() == "1?3"
    assert sent == []
    assert not page.locator("dialog[open]").count()


def test_the_question_mark_tells_the_keys_and_they_can_be_switched_off(page: Page) -> None:
    faults = gather_faults(page)
    serve(page, {"/": gallery()})
    sent = sent_forms(page)
    page.goto(ADDRESS)

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    told = dialog.inner_text()
    check_page(page, "keys")
    dialog.get_by_label("Losse toetsen gebruiken").uncheck()
    dialog.get_by_role("button", name="Sluiten").click()
    page.keyboard.press("3")

    assert "Geen overeenkomst" in told
    assert not page.locator("[data-key] kbd").count()
    assert (sent, faults) == ([], [])


def test_a_form_is_sent_once_however_often_the_key_is_pressed(page: Page) -> None:
    serve(page, {"/": gallery()})
    page.goto(ADDRESS)
    page.evaluate(
        "window.sent = 0;"
        "window.addEventListener('submit', (event) => { event.preventDefault(); sent += 1; });"
    )

    page.keyboard.press("2")
    page.keyboard.press("2")

    assert page.evaluate("sent") == 1


def test_a_draft_survives_a_lost_session_and_goes_when_the_form_is_accepted(page: Page) -> None:
    form_page, outside = gallery(), draw("404.html", {})
    pages = {"/": form_page, "/elsewhere": gallery(form=Step())}
    serve(page, pages)
    page.goto(ADDRESS)

    page.get_by_label("Reden").fill("Een reden van meer dan tien letters")
    pages["/gallery/"] = pages["/"] = outside
    with page.expect_navigation():
        page.get_by_role("button", name="Opslaan").click()
    pages["/gallery/"] = pages["/"] = form_page
    page.goto(ADDRESS)
    assert page.get_by_label("Reden").input_value() == "Een reden van meer dan tien letters"

    with page.expect_navigation():
        page.get_by_role("button", name="Opslaan").click()
    page.goto(ADDRESS)
    assert page.get_by_label("Reden").input_value() == ""


def test_a_draft_is_gone_for_the_next_person_in_the_same_tab(page: Page) -> None:
    pages = {"/": gallery()}
    serve(page, pages)
    page.goto(ADDRESS)

    page.get_by_label("Reden").fill("Iets dat alleen ik mag lezen")
    pages["/"] = pages["/"].replace('data-user="u-1"', 'data-user="u-2"')
    page.goto(ADDRESS)

    assert page.get_by_label("Reden").input_value() == ""
    assert "alleen ik" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")


def test_a_draft_is_gone_after_signing_out(page: Page) -> None:
    pages = {"/": gallery(), "/out": draw("404.html", {})}
    serve(page, pages)
    page.goto(ADDRESS)

    page.get_by_label("Reden").fill("Iets dat alleen ik mag lezen")
    with page.expect_navigation():
        page.get_by_role("button", name="Afmelden").click()

    assert "alleen ik" not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
