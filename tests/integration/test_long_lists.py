"""A long list by pages: nothing is left out, nothing comes twice, and deep pages ask what the first asks."""

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from samenhang.foundation.paging import page_of
from samenhang.organisations.models import Organisation
from tests.cast import ClientOf, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting_menu")]
SIZE = 7
ORDERS = [("name", "pk"), ("-name", "-pk"), ("name", "-authority", "pk"), ("-pk",)]


@pytest.fixture
def bodies() -> None:
    """Fifty, of which many share a name."""
    Organisation.objects.bulk_create(
        Organisation(authority="SCHOOL", name=f"School {n % 5}", region=f"Town {n}") for n in range(50)
    )


def asking(**where: str) -> HttpRequest:
    return RequestFactory().get("/", where)


@pytest.mark.usefixtures("bodies")
@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_walking_forth_and_back_gives_every_row_once_in_order(order: tuple[str, ...]) -> None:
    found = Organisation.objects.order_by(*order)
    page, forth = page_of(found, asking(), SIZE), []
    assert not page.before
    while True:
        forth += page.rows
        if not page.after:
            break
        page = page_of(found, asking(after=page.after), SIZE)
    back: list[Organisation] = []
    while True:
        back = page.rows + back
        if not page.before:
            break
        page = page_of(found, asking(before=page.before), SIZE)

    assert forth == list(found)
    assert back == list(found)


@pytest.mark.usefixtures("bodies")
@pytest.mark.parametrize("where", [{"after": "O-0000-0000-0000"}, {"before": "nonsense"}, {"after": ""}])
def test_a_row_that_is_gone_or_was_never_there_leads_to_the_first_page(where: dict[str, str]) -> None:
    found = Organisation.objects.order_by("name", "pk")

    assert page_of(found, asking(**where), SIZE) == page_of(found, asking(), SIZE)


@pytest.mark.usefixtures("bodies")
def test_a_row_outside_what_may_be_seen_is_no_place_to_go_on_from() -> None:
    hidden = Organisation.objects.earliest("pk")
    found = Organisation.objects.exclude(pk=hidden.pk).order_by("name", "pk")

    assert page_of(found, asking(after=hidden.reference), SIZE) == page_of(found, asking(), SIZE)


def test_an_empty_list_is_one_empty_page() -> None:
    assert page_of(Organisation.objects.none().order_by("pk"), asking(), SIZE).rows == []


@pytest.mark.parametrize("address", ["/cases/", "/signals/", "/official-messages/"])
def test_a_list_asks_the_database_at_most_twelve_times(
    world: World, client_of: ClientOf, address: str
) -> None:
    browser = client_of(world.director, "person-centred-approach")
    with CaptureQueriesContext(connection) as asked:
        page = browser.get(address)

    assert page.status_code == 200
    assert len(asked) <= 12, "\n".join(query["sql"][:120] for query in asked)
