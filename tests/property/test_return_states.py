"""Any order of hand-overs: no forbidden step, no stage without its passage, and outsiders read nothing."""

import random
from datetime import date
from itertools import pairwise

import pytest

from samenhang.exchange.rules.movements import Whereabouts
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations.models import User
from samenhang.risk import actions
from samenhang.risk.models import Handover, Passage, Trajectory
from samenhang.risk.rules.returns import FACTS, NEXT_OF_WAY, PACKS, Gate, Way
from tests.assessing import APPROACH, planned
from tests.cast import ActorOf, World
from tests.returning import BACK_ON, Returning, followed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(2))
def test_gates_in_any_order_keep_what_must_always_be_true(world: World, actor_of: ActorOf, seed: int) -> None:
    dice, back = random.Random(seed), followed(world, actor_of)
    back.moved(Whereabouts.RETURNED, BACK_ON)
    back.review()
    planned(world, actor_of, case=back.case).made()
    outsider = actor_of(world.school, APPROACH)
    done = 0
    for _step in range(45):
        try:
            _deed(dice, back)
            done += 1
        except Refused:
            pass
        _check(back, outsider)

    assert done > 8  # that it refused everything would prove nothing


def _deed(dice: random.Random, back: Returning) -> None:
    people = [back.police, back.prosecution, back.director]
    by = dice.choice(people)
    waiting = Handover.objects.unscoped("test").waiting().first()
    match dice.choice(("offer", "offer", "answer", "answer", "note")):
        case "offer":
            to = User.objects.get(pk=dice.choice(people).user_id)
            likely = [one for one in NEXT_OF_WAY[Way(back.now().stage)] if one in PACKS]
            stage = dice.choice(likely if likely and dice.random() < 0.8 else list(Way))
            back.offer(stage, to, by=by)
        case "answer" if waiting:
            outcome = dice.choice([Gate.ACCEPTED, Gate.ACCEPTED, Gate.REFUSED, Gate.TAKEN_BACK])
            actions.answer(waiting, outcome, reason="So it is.", by=by)
        case "note" if dice.random() < 0.3:
            actions.note(back.now(), dice.choice([*FACTS, Way.CLOSED]), true_on=BACK_ON, words="Told.", by=by)


def _check(back: Returning, outsider: Actor) -> None:
    way = back.now()
    passed = list(Passage.objects.unscoped("test").filter(trajectory=way).order_by("pk"))
    stages = [Way(one.stage) for one in passed]
    assert stages[0] == Way.ABROAD
    assert stages[-1] == way.stage
    assert all(then in NEXT_OF_WAY[now] for now, then in pairwise(stages))
    gates = Handover.objects.unscoped("test").on(way)
    accepted = [Way(one.stage) for one in gates.filter(outcome=Gate.ACCEPTED).order_by("answered_at", "pk")]
    # Every stage but a fact was accepted by somebody; nobody accepted what did not come about.
    assert sorted(one for one in stages[1:] if one not in FACTS) == sorted(accepted)
    assert gates.waiting().count() <= 1
    for model in (Trajectory, Handover, Passage):
        assert not model.objects.visible_to(outsider).exists()  # type: ignore[attr-defined]
    assert all(date.fromisoformat("2026-01-01") < one.true_on <= back.police.today for one in passed)
