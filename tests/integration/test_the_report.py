"""The report to Parliament: counted from states, small counts kept inside."""

import csv
import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from samenhang.access.rules import NotYours
from samenhang.national_picture.actions import make_report
from samenhang.national_picture.rules import Window, definitions, published
from tests.cast import ActorOf, ClientOf, World

pytestmark = pytest.mark.django_db
WINDOW = Window(date(2026, 1, 1), date(2026, 11, 23))


@pytest.mark.parametrize(("counted", "value"), [(0, 0), (1, None), (4, None), (5, 5), (31, 31)])
def test_counts_of_one_to_four_are_not_published(counted: int, value: int | None) -> None:
    assert published("small", counted) == value


def test_an_exact_figure_is_always_published() -> None:
    assert published("exact", 3) == 3


def test_every_figure_says_what_it_counts_in_both_languages() -> None:
    for definition in definitions():
        for text in (definition.unit, definition.definition):
            assert text["nl"].strip()
            assert text["en"].strip()
        assert definition.source
        assert definition.window in {"period", "day"}


def test_a_measure_stands_in_one_figure_only() -> None:
    kinds = [kind for definition in definitions() for kind in definition.kinds]

    assert len(kinds) == len(set(kinds))


def test_an_empty_home_counts_nothing(world: World, actor_of: ActorOf) -> None:
    figures = make_report(WINDOW, by=actor_of(world.statistician, purpose="statistics"))

    assert {figure.counted for figure in figures} == {0}


def test_who_has_another_role_makes_no_report(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    with pytest.raises(NotYours):
        make_report(WINDOW, by=actor_of(world.police, purpose="investigation"))

    for user in (world.police, world.mayor, world.administrator, world.school):
        for path in ("/report/", "/report/progress.csv", "/report/progress.json"):
            assert client_of(user).get(path).status_code == 403, (user, path)


def test_a_window_that_ends_before_it_begins_is_explained(world: World, client_of: ClientOf) -> None:
    page = client_of(world.statistician).get("/report/?since=2026-02-01&until=2026-01-01")

    assert page.status_code == 422


@pytest.mark.parametrize("form", ["json", "csv", "html"])
def test_the_command_gives_the_same_figures_in_every_form(
    form: str, world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("report", "progress", "--until", "2026-11-23", "--format", form)
    text = capsys.readouterr().out

    keys = [definition.key for definition in definitions()]
    if form == "json":
        assert [figure["key"] for figure in json.loads(text)["figures"]] == keys
    elif form == "csv":
        assert [row["key"] for row in csv.DictReader(io.StringIO(text))] == keys
    else:
        assert text.count("<tr>") == len(keys) + 1
