"""Two demonstrations on one machine: each its own home and cookies, a clock on every page."""

import json
import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from samenhang.config import cli
from samenhang.desk.demonstration import accounts
from samenhang.desk.scenarios.cast import PASSWORD
from samenhang.foundation import neighbours
from samenhang.foundation.home import of_demonstration
from samenhang.foundation.models import Installation

NOBODY_RUNS_AS = 2**22 + 1  # beyond the largest number of a process


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SAMENHANG_HOME", str(tmp_path))
    return tmp_path


def note(folder: Path, pid: int, url: str = "http://127.0.0.1:8001/") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / neighbours.NOTE).write_text(json.dumps({"url": url, "pid": pid}))


def test_each_story_has_a_home_of_its_own_whichever_one_asks(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (of_demonstration("2026"), of_demonstration("2014")) == (root, root / "demonstration-2014")

    monkeypatch.setenv("SAMENHANG_HOME", str(root / "demonstration-2014"))

    assert (of_demonstration("2026"), of_demonstration("2014")) == (root, root / "demonstration-2014")


@pytest.mark.parametrize(
    ("arguments", "home", "cookies"),
    [
        (["run"], "", "2026"),
        (["run", "--scenario", "2014"], "demonstration-2014", "2014"),
        (["run", "--scenario=2014", "--bind", "127.0.0.1:9"], "demonstration-2014", "2014"),
        (["demo", "--scenario", "2014"], "", ""),
    ],
)
def test_run_chooses_the_home_before_the_settings_are_read(
    root: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], home: str, cookies: str
) -> None:
    # What the command line changes is put back after the test.
    for name in ("SAMENHANG_COOKIES", "DATABASE_URL"):
        monkeypatch.setenv(name, os.environ.get(name, ""))

    cli._home_first(arguments)

    assert os.environ["SAMENHANG_HOME"] == str(root / home)
    assert os.environ["SAMENHANG_COOKIES"] == cookies


def test_a_neighbour_is_who_is_served_now_and_not_this_home_itself(root: Path) -> None:
    stories = ("2014", "2026")
    assert neighbours.neighbours(stories) == []

    note(root, os.getpid())
    assert neighbours.neighbours(stories) == []
    note(of_demonstration("2014"), os.getpid())

    assert neighbours.neighbours(stories) == [neighbours.Neighbour("2014", "http://127.0.0.1:8001/")]


def test_a_note_of_who_is_gone_or_that_nobody_can_read_leads_nowhere(root: Path) -> None:
    note(of_demonstration("2014"), NOBODY_RUNS_AS)
    assert neighbours.neighbours(["2014"]) == []

    (of_demonstration("2014") / neighbours.NOTE).write_text("no note")

    assert neighbours.neighbours(["2014"]) == []


def test_the_note_goes_when_serving_ends(root: Path) -> None:
    with neighbours.told_where("127.0.0.1:8000"):
        assert json.loads((root / neighbours.NOTE).read_text())["url"] == "http://localhost:8000/"

    assert not (root / neighbours.NOTE).exists()


@pytest.mark.django_db
def test_every_page_of_a_demonstration_shows_its_clock_and_the_way_to_the_other(root: Path) -> None:
    ends = datetime(2014, 6, 30, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
    Installation.objects.create(
        kind=Installation.Kind.DEMONSTRATION, scenario="2014", clock_at=ends, clock_set_at=timezone.now()
    )
    note(of_demonstration("2014"), os.getpid())

    page = Client().get("/sign-in/", headers={"Accept-Language": "nl"})

    assert "Demonstratie van 2014" in page.text
    assert "30 juni 2014, 12:0" in page.text
    assert 'href="http://127.0.0.1:8001/"' in page.text
    # Who comes over from the other story finds the accounts of this one at its door.
    assert PASSWORD in page.text
    assert all(f"<dt>{one.username}</dt>" in page.text for one in accounts("2014"))


@pytest.mark.django_db
def test_the_real_thing_says_nothing_of_demonstrations(root: Path) -> None:
    note(of_demonstration("2014"), os.getpid())

    page = Client().get("/sign-in/")

    assert "samenhang-demonstration" not in page.text
    assert PASSWORD not in page.text
    assert not [one for one in accounts("2014") if f"<dt>{one.username}</dt>" in page.text]
    assert "8001" not in page.text
