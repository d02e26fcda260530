"""The story of 2026 from passenger message to report, told by the actions that users call."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test.utils import override_settings

from samenhang.desk import demonstration
from samenhang.desk.scenarios.cast import Cast
from samenhang.desk.scenarios.summary import summary
from samenhang.foundation.clock import is_demonstration
from samenhang.foundation.models import Installation
from samenhang.journal.models import Entry
from samenhang.measures import actions as measures
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status
from samenhang.national_picture.actions import make_report
from samenhang.national_picture.rules import Asked
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import User
from samenhang.risk.models.coverage import coverage, every_movement
from samenhang.watchlists import actions as watchlists
from samenhang.watchlists.models import Alert
from tests.cast import ClientOf, World
from tests.chance import decided_by_chance

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
YEAR = Asked(date(2026, 11, 23))


@pytest.fixture(scope="module")
def once(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """Told once for this file, in a transaction that is never committed; gives where its keys are."""
    folder = tmp_path_factory.mktemp("story")
    home = {"KEY_STORE": folder / "keys", "FILES": folder / "files"}
    with django_db_blocker.unblock(), override_settings(**home), transaction.atomic():
        for _step in demonstration.make("2026"):
            pass
        yield home
        transaction.set_rollback(True)


@pytest.fixture
def told(once: dict[str, Any], db: None, _own_keys: None, settings: Any) -> Cast:
    settings.KEY_STORE, settings.FILES = once["KEY_STORE"], once["FILES"]
    return Cast({user.username: user for user in User.objects.filter(human=True)})


# First, while nothing is told yet.
def test_a_home_with_data_of_its_own_never_becomes_a_demonstration(world: World) -> None:
    with pytest.raises(demonstration.NotEmpty):
        list(demonstration.make("2026"))


def counted() -> dict[str, int]:
    by = service_account("reporting", now=NOW, simulated=True)
    figures = make_report(YEAR, by=by).figures
    return {f.definition.key: f.counted for f in figures if isinstance(f.counted, int)}


def changed(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {key: after[key] - before[key] for key in before if after[key] != before[key]}


def test_the_counts_are_those_of_the_story(told: Cast) -> None:
    counts = {name: value for name, value in summary().items() if isinstance(value, int)}

    assert counts == {
        "messages": 7, "passengers": 280, "alerts": 5, "hits": 5, "judgements": 3, "signals": 5, "cases": 1,
        "measures": 4,
    }  # fmt: skip
    expected = {
        "messages": 7, "passengers": 280, "alerts": 5, "hits": 5, "hits_judged": 3, "hits_confirmed": 1,
        "signals": 5, "weighings_not_taken_up": 1, "cases_opened": 1, "passport_alerts": 1, "area_bans": 2,
        "measures_lapsed": 1, "criminal_cases_returnee": 1, "criminal_cases_facilitator": 1,
        "criminal_cases_intended_traveller": 1, "effort_questions": 6,
        # Entered by police and service: three quarters together, or as it was at the end of the last.
        "effort_investigations_opened": 41 + 44 + 39, "effort_investigations_closed": 36 + 41 + 42,
        "effort_investigations_running": 118, "effort_investigators": 92,
        "effort_service_products": 11 + 3 + 12, "effort_service_investigations": 65,
    }  # fmt: skip
    assert counted() == dict.fromkeys(counted(), 0) | expected
    assert Entry.objects.count() > 100
    assert not Entry.objects.filter(simulated=False).exists()


def test_a_stranger_finds_questions_between_partners_and_what_went_abroad(
    told: Cast, client_of: ClientOf
) -> None:
    municipality = client_of(told.users["regisseur"], "public-order").get("/questions/").text
    police = client_of(told.users["politie1"], "investigation")
    asked, given = police.get("/questions/?show=asked").text, police.get("/disclosures/?show=abroad").text

    assert "Gezegd" in municipality
    assert "Verstuurd" in municipality
    assert "Nog niet beantwoord" in asked
    assert "Europol" in given
    assert "Politie van Imaginarië" in given
    pages = [
        police.get(f"/disclosures/{one}/").text for one in re.findall(r"/disclosures/(D-[\w-]+)/", given)
    ]
    assert sum("H1: " in page for page in pages) == 2  # what was said, beside whom it is about
    assert sum("Mensenrechten in dat land" in page for page in pages) == 2
    assert "XX" in client_of(told.users["ministerie"], "investigation").get("/countries/").text


def test_nothing_on_any_page_stands_where_it_stands_by_chance(
    told: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Installation, "now", lambda _home: NOW)
    # Numbers beside the menu and the tasks stand in no order, and take more than half of the time.
    for count in ("context.counted", "context.elsewhere", "views.elsewhere"):
        monkeypatch.setattr(f"samenhang.desk.{count}", lambda _kinds, _actor: {})
    who = ("regisseur", "politie1", "reis1")

    differing, compared = decided_by_chance(client_of(told.users[name]) for name in who)

    assert differing == []
    assert len(compared) > 60


def test_lifting_one_alert_moves_exactly_that_figure(told: Cast) -> None:
    before = counted()
    by = told.at(NOW, "politie1", "investigation")
    alert = Alert.objects.visible_to(by).order_by("pk").last()
    assert alert is not None

    watchlists.lift(alert, reason="De grond bestaat niet meer.", by=by)

    assert changed(before, counted()) == {"alerts": -1}


def test_withdrawing_one_measure_moves_exactly_that_figure(told: Cast) -> None:
    before = counted()
    mayor = told.at(NOW, "burgemeester", "person-centred-approach")
    ban = Measure.objects.visible_to(mayor).get(kind="GW-172A", status=Status.IN_FORCE)

    measures.withdraw(ban, reason="Ten onrechte opgelegd.", by=mayor)

    assert changed(before, counted()) == {"area_bans": -1}


def test_windows_and_publication(told: Cast) -> None:
    by = service_account("reporting", now=NOW, simulated=True)

    def flights(since: date, until: date) -> int:
        figure = make_report(Asked(until, since), by=by).find("messages")
        assert isinstance(figure.counted, int)
        return figure.counted

    assert flights(date(2026, 10, 1), date(2026, 10, 1)) == 1
    assert flights(date(2026, 10, 2), date(2026, 10, 7)) == 0
    assert flights(date(2026, 10, 1), date(2026, 10, 8)) == 2
    published = {row["key"]: row["value"] for row in make_report(YEAR, by=by).rows("en")}
    assert published["cases_opened"] is None
    assert (published["messages"], published["deregistered"]) == (7, 0)


def test_nobody_in_the_story_could_read_without_right(told: Cast) -> None:
    outsider = told.at(NOW, "buitenstaander", "person-centred-approach")
    administrator = told.at(NOW, "beheerder", "oversight")

    for actor in (outsider, administrator):
        assert not Measure.objects.visible_to(actor).exists()
        assert not Alert.objects.visible_to(actor).exists()


def test_a_demonstration_stays_one_and_is_made_once(told: Cast) -> None:
    assert is_demonstration()
    assert list(demonstration.make("2026")) == []
    assert Installation.objects.get().kind == "demonstration"


def test_the_report_pages_are_for_statisticians(told: Cast, client_of: ClientOf) -> None:
    statistician, police = told.users["statisticus"], told.users["politie1"]
    window = "?since=2026-01-01&until=2026-11-23"

    page = client_of(statistician, "statistics").get(f"/report/{window}")
    file = client_of(statistician, "statistics").get(f"/report/progress.json{window}")

    assert page.status_code == 200
    assert {figure["key"]: figure["value"] for figure in file.json()["figures"]}["messages"] == 7
    assert all("counted" not in figure for figure in file.json()["figures"])
    assert client_of(police).get("/report/").status_code == 403


def test_who_came_back_is_met_reviewed_and_assessed(told: Cast) -> None:
    found = coverage(NOW.date(), known_by=NOW, movements=every_movement())

    assert (len(found.returnees), len(found.travellers)) == (1, 1)
    assert not found.unassessed | found.uninvestigated | found.unreviewed
