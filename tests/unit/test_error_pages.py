"""The pages for what went wrong say the same to everybody."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["404", "500", "503"])
def test_an_error_page_holds_nothing_of_the_request(name: str) -> None:
    one, other = RequestFactory().get("/one-path/"), RequestFactory().get("/other-path/?q=secret")

    pages = {render_to_string(f"{name}.html", {}, request) for request in (one, other, None)}

    assert len(pages) == 1
    [page] = pages
    assert "csrf" not in page
    assert "-path" not in page


def test_a_refusal_gives_its_reason() -> None:
    assert "Geen mandaat" in render_to_string("403.html", {"reason": "Geen mandaat"})
