"""Any order of deeds on a criminal case: no forbidden step, no end without its days, no outsider reads."""

import random
from datetime import timedelta
from itertools import pairwise

import pytest

from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations.acting import service_account
from samenhang.prosecution import actions
from samenhang.prosecution.models import CriminalCase, Evidence, EvidenceStep, Offence, SuspectedRole
from samenhang.prosecution.rules.course import ENDS, KEPT, NEXT, PROOF_GOES, Outcome, Stage
from samenhang.prosecution.rules.evidence import NEXT as NEXT_OF_EVIDENCE
from samenhang.prosecution.rules.evidence import State
from tests.cast import ActorOf, World
from tests.criminal import Track, later, now_of, track

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(2))
def test_deeds_in_any_order_keep_what_must_always_be_true(world: World, actor_of: ActorOf, seed: int) -> None:
    dice, start = random.Random(seed), track(world, actor_of)
    outsiders = [actor_of(world.school, "person-centred-approach"), actor_of(world.mayor, "weighing")]
    case, done, day = start.opened(), 0, 0
    for _step in range(60):
        before = now_of(case)
        day += dice.choice((0, 0, 1, 20))
        try:
            _deed(dice, start, before, day)
            done += 1
        except Refused:
            pass
        by = service_account("terms", now=start.police.now + timedelta(days=day))
        actions.lapse_unreviewed(by=by)
        _check(before, now_of(case), outsiders)

    assert done > 4  # that it refused everything would prove nothing


def _deed(dice: random.Random, start: Track, case: CriminalCase, day: int) -> None:
    by = later(dice.choice([start.police, start.prosecutor, start.second]), day)
    offences = list(Offence.objects.unscoped("test").of(case))
    pieces = list(Evidence.objects.unscoped("test").of(offences))
    match dice.choice(("move", "move", "offence", "evidence", "state", "review", "roles", "close")):
        case "move":
            actions.move_on(case, dice.choice(list(Stage)), by=by)
        case "offence":
            start.offence(case)
        case "evidence" if offences:
            start.evidence(dice.choice(offences), by=by)
        case "state" if pieces:
            actions.move_evidence(dice.choice(pieces), dice.choice(list(State)), words="So it is.", by=by)
        case "review":
            actions.review(case, reason="It still runs.", by=by)
        case "roles":
            actions.name_roles(case, roles=dice.sample(["returnee", "recruiter", "financer"], 2), by=by)
        case "close" if dice.random() < 0.3:
            actions.close(case, dice.choice(list(Outcome)), reason="So it ended.", by=by)


def _check(before: CriminalCase, after: CriminalCase, outsiders: list[Actor]) -> None:
    then, now = Stage(before.stage), Stage(after.stage)
    assert now == then or now in NEXT[then]
    if now == Stage.CLOSED:
        outcome = Outcome(after.outcome)
        assert then == Stage.CLOSED or outcome in ENDS[then]
        assert after.closed_on is not None
        assert after.destroy_on == after.closed_on + timedelta(days=KEPT[outcome])
        if outcome in PROOF_GOES:
            assert not Evidence.objects.unscoped("test").exists()
    for piece in Evidence.objects.unscoped("test"):
        states = [State(one.state) for one in EvidenceStep.objects.unscoped("test").of(piece)]
        assert states[-1] == piece.state
        assert all(b in NEXT_OF_EVIDENCE[a] for a, b in pairwise(states))
    for model in (CriminalCase, SuspectedRole, Offence, Evidence, EvidenceStep):
        for outsider in outsiders:
            assert not model.objects.visible_to(outsider).exists()
