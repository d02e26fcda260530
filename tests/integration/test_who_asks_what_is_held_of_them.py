"""A person asks what is held of them, with their flight: nobody else's data are shown."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.travel import actions
from samenhang.travel.rules.answering import Asked, is_of
from samenhang.travel.rules.permitted import NOTHING
from tests.cast import ClientOf, StandingClock, World
from tests.watchlists import BRAM, FANTASIO, arrive

pytestmark = pytest.mark.django_db
PAGE = "/travel/of-a-person/"
FORM = {
    "carrier": "xx", "number": "0123", "on": "23-11-2026", "surname": "Bedacht", "birth_date": "02-01-1970",
    "document": "", "proof": "He came with his passport to the desk.",
}  # fmt: skip


def test_the_officer_sees_all_that_is_held_of_who_asks_and_nobody_else(
    world: World, client_of: ClientOf, clock: StandingClock
) -> None:
    bram = arrive(BRAM, FANTASIO, now=clock.moment)[0]

    page = client_of(world.travel_privacy, "oversight").post(PAGE, FORM)

    assert page.status_code == 200
    for told in ("BEDACHT", "BRAM", "Z9999999", "BBBBBB"):
        assert told in page.text
    assert "VERZONNEN" not in page.text
    entry = Entry.objects.get(event="passenger.told-to-the-person")
    assert (entry.subject, entry.user) == (bram.reference, world.travel_privacy.reference)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"birth_date": "03-01-1970"}, 200),
        ({"surname": "Bedach"}, 200),
        ({"number": "124"}, 200),
        ({"birth_date": ""}, 422),
        ({"proof": "Passport."}, 422),
    ],
)
def test_with_another_date_name_or_flight_or_without_proof_nothing_is_shown(
    world: World, client_of: ClientOf, clock: StandingClock, change: dict[str, str], status: int
) -> None:
    arrive(BRAM, now=clock.moment)

    page = client_of(world.travel_privacy, "oversight").post(PAGE, FORM | change)

    assert (page.status_code, "Z9999999" in page.text) == (status, False)


def test_who_is_masked_is_found_no_more(world: World, client_of: ClientOf, clock: StandingClock) -> None:
    arrive(BRAM, now=clock.moment)
    clock.moment += timedelta(days=182)
    actions.mask(by=service_account("receiving", now=clock.moment))

    assert "Z9999999" not in client_of(world.travel_privacy, "oversight").post(PAGE, FORM).text


@pytest.mark.parametrize("who", ["travel", "police", "administrator", "minister"])
def test_nobody_else_looks(world: World, client_of: ClientOf, clock: StandingClock, who: str) -> None:
    arrive(BRAM, now=clock.moment)

    assert client_of(getattr(world, who)).post(PAGE, FORM).status_code == 403


def test_the_officer_of_another_body_finds_nothing(
    world: World, client_of: ClientOf, clock: StandingClock
) -> None:
    arrive(BRAM, now=clock.moment)

    assert "Z9999999" not in client_of(world.privacy, "oversight").post(PAGE, FORM).text


def test_the_number_of_a_document_is_enough_beside_the_name() -> None:
    told: dict[str, Any] = {**NOTHING, "surname": "VAN DER TEST", "documents": [{"number": "sp 1"}]}
    asked = Asked("XX", "1", date(2026, 11, 23), "van-der Test", None, "SP1")

    assert is_of(asked, told)
    assert not is_of(replace(asked, document=""), told)
    assert not is_of(replace(asked, surname="Test"), told)
