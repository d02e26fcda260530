"""The page of screening runs: none yet, the first, many; for who reviews and whose alerts they are."""

import re
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samenhang.watchlists import actions
from samenhang.watchlists.models import ScreeningRun
from tests.cast import ActorOf, ClientOf, World
from tests.watchlists import BRAM, FANTASIO, alert, arrive, screener

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counting_menu")]

ENGLISH = {"accept-language": "en"}


def test_before_the_first_run_the_page_says_that_nobody_was_compared(
    world: World, client_of: ClientOf
) -> None:
    text = client_of(world.travel).get("/screening/", headers=ENGLISH).content.decode()

    assert "No passenger was compared yet" in text
    assert "Alerts of Police" in text
    assert "5.0 bits (default)" in text


def test_the_first_run_says_what_was_compared_with_what_and_how_long_it_took(
    world: World, actor_of: ActorOf, client_of: ClientOf, moment: datetime
) -> None:
    alert(actor_of(world.police))
    actions.catch_up(by=screener(moment))
    arrive(FANTASIO, BRAM, now=moment)
    actions.screen_waiting(by=screener(moment))

    text = client_of(world.police).get("/screening/", headers=ENGLISH).content.decode()

    run = ScreeningRun.objects.get()
    assert (run.passengers, run.hits, run.again, run.by) == (2, 1, False, screener(moment).user)
    assert run.took_ms is not None
    assert "Police: 1 alert, from 5.0 bits" in text
    assert run.alerts_version[:8] in text
    shown = re.search(r"(\d+\.\d\d) s\b", text)
    assert shown is not None
    assert abs(float(shown[1]) * 1_000 - run.took_ms) < 6  # rounded to hundredths
    # Nobody's name: only counts.
    assert "VERZONNEN" not in text


def test_many_runs_come_in_pages_the_latest_first_at_the_price_of_few(
    world: World, client_of: ClientOf, moment: datetime
) -> None:
    def run(number: int) -> ScreeningRun:
        at = moment + timedelta(minutes=number)
        return ScreeningRun(
            at=at,
            by="x",
            alerts=1,
            alerts_version=f"{number:064}",
            library="5",
            threshold=5.0,
            passengers=number,
        )

    client = client_of(world.travel)
    ScreeningRun.objects.bulk_create(run(number) for number in range(2))
    with CaptureQueriesContext(connection) as few:
        client.get("/screening/")
    ScreeningRun.objects.bulk_create(run(number) for number in range(2, 120))
    with CaptureQueriesContext(connection) as many:
        first = client.get("/screening/").content.decode()
    last = client.get("/screening/?page=3").content.decode()

    assert len(many) <= len(few)
    assert first.index("<td>119</td>") < first.index("<td>118</td>")
    assert "<td>70</td>" in first
    assert "<td>69</td>" not in first
    assert "<td>0</td>" in last


@pytest.mark.parametrize("who", ["prosecutor", "mayor", "administrator", "list_manager", "school", "privacy"])
def test_outsiders_see_no_runs(who: str, world: World, client_of: ClientOf) -> None:
    assert client_of(getattr(world, who)).get("/screening/").status_code == 403
