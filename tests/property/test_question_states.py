"""Questions between partners, in any order: no forbidden step, nothing told too soon, gone is gone."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from samenhang.exchange import actions
from samenhang.exchange.models import Question, ReceivedQuestion
from samenhang.exchange.rules.asking import (
    NEXT_OF_QUESTION,
    NEXT_OF_RECEIVED,
    Answering,
    Reply,
    Stage,
    told,
)
from samenhang.foundation.errors import Refused
from samenhang.journal import Actor
from samenhang.organisations.acting import service_account
from tests.asking import ORDER, WHY, known_to
from tests.cast import ActorOf, World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("seed", range(1))
def test_questions_in_any_order(world: World, actor_of: ActorOf, seed: int) -> None:
    dice = random.Random(seed)
    person = known_to(world.director, actor_of)
    ours = [actor_of(user, ORDER) for user in (world.director, world.director_two, world.school)]
    theirs = [actor_of(user, "investigation") for user in (world.police, world.prosecutor)]
    terms = service_account("terms", now=ours[0].now)
    stages: dict[str, list[str]] = {}
    states: dict[str, list[str]] = {}
    later, done = timedelta(0), 0

    for _step in range(60):
        later += timedelta(hours=dice.choice((1, 12, 60)))
        act = [replace(one, now=one.now + later) for one in (dice.choice(ours), dice.choice(theirs), terms)]
        try:
            deed(dice, person, world, *act)
            done += 1
        except Refused:
            pass
        for row in Question.objects.unscoped("test"):
            stages.setdefault(row.reference, []).append(row.stage)
            assert bool(row.told) == (row.stage in (Stage.TOLD, Stage.READ))
            assert not row.told or (row.tells_at and row.tells_at <= act[0].now)
            there = ReceivedQuestion.objects.unscoped("test").filter(question=row.reference).first()
            assert (there is None) == (row.sent_at is None)
            assert not row.told or (there and row.told == told(there.reply))
        for found in ReceivedQuestion.objects.unscoped("test"):
            states.setdefault(found.reference, []).append(found.state)
            assert Question.objects.unscoped("test").filter(reference=found.question).exists()
        for actor in (*ours, *theirs):
            mine = Question.objects.visible_to(actor).exclude(provider_id=actor.organisation_id)
            asked = ReceivedQuestion.objects.visible_to(actor).exclude(provider_id=actor.organisation_id)
            assert not mine.exists()
            assert not asked.exists()

    assert done > 5
    for line in stages.values():
        assert all(
            after == now or Stage(after) in NEXT_OF_QUESTION[Stage(now)] for now, after in pairwise(line)
        )
    for line in states.values():
        steps = pairwise(line)
        assert all(
            after == now or Answering(after) in NEXT_OF_RECEIVED[Answering(now)] for now, after in steps
        )


def deed(dice: random.Random, person: object, world: World, ours: Actor, theirs: Actor, terms: Actor) -> None:
    questions = list(Question.objects.unscoped("test").order_by("pk"))
    there = list(ReceivedQuestion.objects.unscoped("test").order_by("pk"))
    question = dice.choice(questions) if questions else None
    received = dice.choice(there) if there else None
    match dice.randrange(9):
        case 0 | 1:
            actions.propose_question(person, world.police.organisation, reason=WHY, by=ours)  # type: ignore[arg-type]
        case 2 | 3 if question:
            actions.send_question(question, by=ours)
        case 4 if question and dice.random() < 0.5:
            actions.decline_question(question, reason=WHY, by=ours)
        case 5 if question and dice.random() < 0.3:
            actions.withdraw_question(question, by=ours)
        case 6 if received:
            actions.answer_question(received, dice.choice(list(Reply)), reason="Looked for them.", by=theirs)
        case 7:
            actions.tell_answers(by=terms)
        case 8 if question:
            actions.mark_read(question, by=ours)
            actions.forget_questions(by=terms)
