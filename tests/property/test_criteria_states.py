"""Rules and matches: the page is drawn from their tables, and deeds in any order keep to them."""

import random
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest

from samenhang.criteria import actions, rules
from samenhang.criteria.models import Judgement, Match, Rule, Version
from samenhang.criteria.rules import Stage, trial
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.judging.rules import NEXT, Status, Why
from samenhang.organisations.models import User
from tests.cast import ActorOf, World
from tests.criteria import HASTY, REASON, in_force, opened, wording
from tests.watchlists import FLIGHT, arrive, screener

DEEDS = (
    *("open", "reword", "try", "try", "approve", "approve", "approve", "withdraw", "come", "come"),
    *("match", "match", "judge", "judge", "confirm", "confirm", "reopen", "wait"),
)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [0, 2])
def test_deeds_in_any_order_keep_what_must_always_be_true(
    world: World, actor_of: ActorOf, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trial, "EACH", 1)
    dice, _first = random.Random(seed), in_force(world, actor_of)
    third = User.objects.get(username="imaginary.travel_3")
    unit = [actor_of(user) for user in (world.travel, world.travel_two, third)]
    before, done, moment, taken = _stages(), 0, unit[0].now, set[tuple[str, str]]()
    for step in range(80):
        moment += timedelta(days=60 if dice.random() < 0.03 else 0, minutes=1)
        try:
            _deed(dice, [replace(one, now=moment) for one in unit], step)
            done += 1
        except Refused:
            pass
        after = _stages()
        taken |= _steps(before, after)
        _check_approvals()
        _check_judgements(actor_of(world.police, "investigation", now=moment))
        before = after

    assert done > 30  # that it refused everything would prove nothing
    assert len(taken) > 4


def _deed(dice: random.Random, unit: list[Actor], step: int) -> None:
    by, screening = dice.choice(unit), screener(unit[0].now)
    version = Version.objects.unscoped("test").order_by("-pk").first()
    matches = list(Match.objects.unscoped("test").order_by("pk"))
    terms = {"starts_on": by.today, "ends_on": by.today + timedelta(days=dice.choice([0, 150]))}
    deed = dice.choice(DEEDS) if version else "open"
    match deed:
        case "open" if not version or dice.random() < 0.2:
            opened(by, **terms)
        case "reword" if version and dice.random() < 0.3:
            rule = Rule.objects.unscoped("test").get(pk=version.rule_id)
            actions.reword(rule, wording(unless=dice.choice(["bags >= 1", "bags >= 2"]), **terms), by=by)
        case "try" if version:
            actions.try_out(version, by=by)
        case "approve" if version:
            actions.approve(version, reason=REASON, by=by)
        case "withdraw" if version and dice.random() < 0.1:
            actions.withdraw(version, reason=REASON, by=by)
        case "come":
            one = replace(HASTY, surname=f"NR{dice.randrange(3)}", bag_count=dice.choice([0, 0, 1, 2]))
            leaves = datetime.combine(by.today, time(10))
            flight = replace(FLIGHT, departs_at=leaves, arrives_at=leaves + timedelta(hours=3))
            arrive(one, now=by.now, flight=flight, reference=str(step))
        case "match":
            actions.match_waiting(by=screening)
        case "judge" if matches:
            answer = dice.choice(Match.KIND.answers)
            actions.judge(dice.choice(matches), answer.code, why=Why(answer.reasons[0]), by=by)
        case "confirm" if matches:
            agree = dice.random() < 0.7
            why = Why(Match.KIND.of_second(agree=agree).reasons[0])
            actions.confirm(dice.choice(matches), agree=agree, why=why, by=by)
        case "reopen" if matches:
            actions.reopen(dice.choice(matches), reason=REASON, by=by)
        case "wait":
            actions.end_over(by=screening)


def _stages() -> dict[Any, dict[int, str]]:
    versions = Version.objects.unscoped("test").values_list("pk", "stage")
    return {Version: dict(versions), Match: dict(Match.objects.unscoped("test").values_list("pk", "status"))}


def _steps(before: dict[Any, dict[int, str]], after: dict[Any, dict[int, str]]) -> set[tuple[str, str]]:
    """The arrows that were taken, each of which is in its table."""
    taken = set()
    for kind, states, table in ((Version, Stage, rules.NEXT), (Match, Status, NEXT)):
        for pk, then in after[kind].items():
            now = before[kind].get(pk, str(next(iter(table))))
            if now != then:
                assert states(then) in table[states(now)], (kind, now, then)
                taken.add((now, then))
    return taken


def _check_approvals() -> None:
    """What is or was in force was approved by two, and by nobody who wrote it; one version at a time."""
    for version in Version.objects.unscoped("test").filter(stage__in=(Stage.IN_FORCE, Stage.REPLACED)):
        people = {one.user_id for one in version.approvals.all()}
        assert len(people) == 2
        assert version.author_id not in people
        assert len(version.rows) == 12


def _check_judgements(police: Actor) -> None:
    """Nothing is finished without a person, nothing confirmed without two; only that is seen outside."""
    for match in Match.objects.unscoped("test"):
        said = list(Judgement.objects.unscoped("test").of(match))
        confirmed = match.status == Status.CONFIRMED
        if match.status == Status.DISMISSED or confirmed:
            assert said
        if confirmed:
            assert said[-1].second
            assert said[-1].user_id != said[-2].user_id
        assert Match.objects.visible_to(police).filter(pk=match.pk).exists() == confirmed
