"""Any order of deeds: no forbidden step, what is final stays so, and nobody reads what is not theirs."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest

from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Statement
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import User
from samenhang.risk import actions, rules
from samenhang.risk.models import Answer, Assessment, Contest, Evidence, Opinion
from samenhang.risk.rules import Stage, bundled
from tests.assessing import Assessing, opinion_on, planned
from tests.cast import ActorOf, World
from tests.weighing import SAID

pytestmark = pytest.mark.django_db
DEEDS = (
    "plan",
    "draft",
    "give",
    "give",
    "finish",
    "finish",
    "contest",
    "settle",
    "fall",
    "wait",
    "end",
    "off",
)


@pytest.mark.parametrize("seed", range(2))
def test_deeds_in_any_order_keep_what_must_always_be_true(world: World, actor_of: ActorOf, seed: int) -> None:
    dice, start = random.Random(seed), planned(world, actor_of)
    frozen: dict[int, object] = {}
    before, done = _stages(), 0
    for step in range(40):
        hour = start.first.now + timedelta(hours=step)
        try:
            _deed(dice, start, [replace(one, now=hour) for one in (start.first, start.second, start.chair)])
            done += 1
        except Refused:
            pass
        after = _stages()
        _check_steps(before, after)
        _check_frozen(frozen)
        _check_counting(hour.date())
        _check_readers(world, actor_of)
        before = after

    assert done > 8  # that it refused everything would prove nothing
    assert frozen  # nor that nothing was ever final


def _deed(dice: random.Random, start: Assessing, people: list[Actor]) -> None:
    first, second, chair = people
    row = dice.choice([*Assessment.objects.unscoped("test").order_by("-pk")[:2]])
    match dice.choice(DEEDS):
        case "plan":
            pair = [User.objects.get(pk=one.user_id) for one in (first, second)]
            actions.plan(start.case, bundled(), pair[0], pair[1], by=chair)
        case "draft" | "give" as deed:
            level = dice.choice(["clearly", "partly", "absent"])
            said = exchange.state(SAID, about=_person(start), by=replace(first, now=start.first.now))
            who = first if row.stage in (Stage.PLANNED, Stage.DRAFTING) or dice.random() < 0.1 else second
            on = said if who is first else start.said
            actions.write(row, opinion_on(on, B2=level), give=deed == "give", by=who)
        case "finish":
            actions.finish(row, on_difference=dice.choice(["", "We read it otherwise."]), by=first)
        case "contest":
            actions.contest(row, words="Not so.", by_the_person=dice.random() < 0.5, by=chair)
        case "settle":
            for said in Contest.objects.unscoped("test").unanswered():
                actions.settle(said, answer="Looked again.", upheld=dice.random() < 0.7, by=chair)
        case "fall":
            leaning = Evidence.objects.exclude(statement=start.said).order_by("-pk").first()
            if leaning and dice.random() < 0.3:
                said = Statement.objects.unscoped("test").get(pk=leaning.statement_id)
                exchange.withdraw(said, reason="Heard wrongly.", by=first)
        case "wait":
            actions.end_stale(
                by=service_account("terms", now=first.now + timedelta(days=dice.choice([0, 200])))
            )
        case "end":
            actions.end_stale(by=service_account("terms", now=first.now))
        case "off" if dice.random() < 0.2:
            actions.call_off(row, reason="Not needed.", by=chair)


def _person(start: Assessing) -> Any:
    from samenhang.persons.models import Person

    return Person.objects.unscoped("test").get(pk=start.case.person_id)


def _stages() -> dict[int, str]:
    return dict(Assessment.objects.unscoped("test").values_list("pk", "stage"))


def _check_steps(before: dict[int, str], after: dict[int, str]) -> None:
    for pk, stage in after.items():
        was = before.get(pk, "planned")
        ways = [(was, stage), *((was, one, stage) for one in rules.NEXT)]
        steps = [all(Stage(then) in rules.NEXT[Stage(now)] for now, then in pairwise(way)) for way in ways]
        assert was == stage or any(steps), (was, stage)


def _check_frozen(frozen: dict[int, object]) -> None:
    """What the two said is the same for ever once it is final."""
    for row in Assessment.objects.unscoped("test").filter(stage__in=rules.MADE):
        opinions = Opinion.objects.unscoped("test").on(row)
        answers = Answer.objects.unscoped("test").of(opinions)
        said = [
            list(
                opinions.values_list("user", "judgement", "reasons", "protective", "missing", "on_difference")
            ),
            list(answers.values_list("opinion", "indicator", "level", "words")),
            list(
                Evidence.objects.filter(answer__in=[one.pk for one in answers]).values_list(
                    "answer", "statement"
                )
            ),
            (row.first_id, row.second_id, row.final_at, row.valid_until, row.protective),
        ]
        assert frozen.setdefault(row.pk, said) == said
        assert len({user for user, *_rest in said[0]}) == 2
        leaning = {answer for answer, _statement in said[2]}
        assert all(one.level == "unknown" or one.pk in leaning for one in answers)


def _check_counting(on: Any) -> None:
    """The question for the figures and the one for a page agree."""
    everything = Assessment.objects.unscoped("test")
    assert {row.pk for row in everything.standing(on)} == {row.pk for row in everything if row.counts_on(on)}


def _check_readers(world: World, actor_of: ActorOf) -> None:
    outsider, prosecution = actor_of(world.school, rules.APPROACH), actor_of(world.prosecutor, rules.APPROACH)
    for model in (Assessment, Opinion, Answer, Contest):
        assert not model.objects.visible_to(outsider).exists()  # type: ignore[attr-defined]
    assert not Answer.objects.visible_to(prosecution).exists()
    given = Opinion.objects.visible_to(prosecution)
    assert not given.filter(given_at__isnull=True).exists()
