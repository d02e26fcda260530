"""G12: no automatic decision, and no score of a person. The code, and what it does."""

import ast
import inspect
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps

from samenhang.access.models import Grant
from samenhang.access.rules import functions
from samenhang.judging.rules import OPEN, Status
from samenhang.watchlists import actions
from samenhang.watchlists.models import Hit, Judgement
from tests.cast import ActorOf, StandingClock, World
from tests.watchlists import BRAM, FANTASIO, alert, arrive, every_hit, screener

AREA = Path(inspect.getfile(actions)).parent.parent
TEMPLATES = AREA.parent
# The only functions that may move what was found beyond waiting.
BY_PEOPLE = {"judge", "confirm"}


def test_only_what_people_do_makes_what_was_found_confirmed_or_dismissed() -> None:
    setters = set()
    areas = (TEMPLATES / name for name in ("judging", "watchlists", "criteria"))
    for file in (file for area in areas for file in area.rglob("*.py")):
        if "migrations" in file.parts:
            continue
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                text = ast.unparse(function)
                if re.search(r"(status\b.* = |become\().*(CONFIRMED|DISMISSED|JUDGED|after)\b", text):
                    setters.add(function.name)

    assert setters == BY_PEOPLE


def test_no_service_may_judge_or_confirm() -> None:
    for deed in ("hit.judge", "hit.confirm"):
        assert not any(role.startswith("service") for role in functions()["deeds"][deed])


def test_the_resemblance_stands_with_the_hit_alone() -> None:
    numbers = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if re.search(r"score|resemblance|weight|threshold", field.name)
    }

    # A threshold belongs to a whole list, never to somebody on it.
    thresholds = {"watchlists.ScreeningRun.threshold", "watchlists.ListThreshold.threshold"}
    assert numbers <= {"watchlists.Hit.resemblance", *thresholds}


def test_no_page_but_the_hit_shows_the_resemblance() -> None:
    shown = {
        str(file.relative_to(TEMPLATES))
        for file in TEMPLATES.rglob("*.html")
        if "resemblance" in re.sub(r"\{% (?:translate|blocktranslate).*?%\}|>[^<{]*<", "", file.read_text())
    }

    assert all("watchlists/hit" in name for name in shown)


@pytest.mark.django_db
def test_however_strong_the_resemblance_a_machine_leaves_it_to_people(
    world: World, actor_of: ActorOf, clock: StandingClock, moment: datetime
) -> None:
    alert(actor_of(world.police))
    arrive(FANTASIO, BRAM, now=moment)
    for _ in range(3):
        actions.screen_waiting(by=screener(clock.moment))
        actions.forget(by=screener(clock.moment))
        clock.moment += timedelta(days=30)

    hit = every_hit().get()

    assert hit.resemblance > 50
    assert hit.status == Status.WAITING
    assert Status.WAITING in OPEN
    assert not Judgement.objects.unscoped("a test looks").exists()
    assert not Grant.objects.exists()


def test_there_is_no_way_to_judge_several_hits_at_once() -> None:
    for deed in (actions.judge, actions.confirm):
        first = next(iter(inspect.signature(deed).parameters.values()))
        assert first.annotation is Hit
