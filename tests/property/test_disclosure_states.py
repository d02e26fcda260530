"""Answers, corrections and recalls in any order: no forbidden step, nobody forgotten, gone is gone."""

import random
from itertools import pairwise

import pytest

from samenhang.exchange import actions
from samenhang.exchange.models import Disclosure, Recall, Statement
from samenhang.exchange.rules.receiving import NEXT_OF_DISCLOSURE, Standing
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from tests.cast import ActorOf, World
from tests.weighing import SAID, signal_by

pytestmark = pytest.mark.django_db
GONE = (Standing.REFUSED, Standing.RECALLED, Standing.KEPT, Standing.DELETED)


@pytest.mark.parametrize("seed", range(3))
def test_answers_corrections_and_recalls_in_any_order(world: World, actor_of: ActorOf, seed: int) -> None:
    dice = random.Random(seed)
    signal = signal_by(world.police, actor_of)
    police, *recipients = (
        actor_of(user, "weighing") for user in (world.police, world.prosecutor, world.mayor)
    )
    actions.offer(signal, by=police)
    scope = Statement.objects.visible_to(police).get().scope
    seen: dict[int, list[Standing]] = {}
    done = 0

    for _step in range(30):
        try:
            deed(dice, police, dice.choice(recipients), scope)
            done += 1
        except Refused:
            continue
        for row in Disclosure.objects.unscoped("test").of(scope):
            seen.setdefault(row.pk, [Standing.OFFERED]).append(Standing(row.standing))
            actor = next(one for one in recipients if one.organisation_id == row.recipient_id)
            if row.standing in GONE:
                assert not Statement.objects.visible_to(actor).filter(scope=scope).exists()
            asked = Recall.objects.visible_to(actor).open().filter(item=scope)
            assert asked.exists() == (row.standing in (Standing.CHANGED, Standing.RECALLED))

    assert done > 3
    for states in seen.values():
        assert all(after == now or after in NEXT_OF_DISCLOSURE[now] for now, after in pairwise(states))


def deed(dice: random.Random, police: Actor, recipient: Actor, scope: str) -> None:
    given = Disclosure.objects.unscoped("test").of(scope).get(recipient_id=recipient.organisation_id)
    asked = Recall.objects.visible_to(recipient).filter(item=scope).order_by("-pk").first()
    standing = Statement.objects.visible_to(police).standing().filter(scope=scope).first()
    match dice.randrange(8):
        case 0:
            actions.accept(given, by=recipient)
        case 1 if dice.random() < 0.4:
            actions.refuse(given, reason="Not for our task.", by=recipient)
        case 2 if dice.random() < 0.5:
            actions.recall(given, reason="It came by mistake.", by=police)
        case 3 if standing:
            actions.correct(standing, SAID, reason="Misheard.", by=police)
        case 4 if standing and dice.random() < 0.3:
            actions.withdraw(standing, reason="Not true.", by=police)
        case 5 if asked:
            actions.confirm_change(asked, by=recipient)
        case 6 if asked:
            actions.certify(asked, words="Removed everywhere.", by=recipient)
        case 7 if asked:
            actions.keep_despite(asked, reason="A court asked for it.", by=recipient)
