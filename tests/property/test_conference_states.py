"""Any order of deeds: no forbidden step, no orphan, nothing on the screen that the policy denies."""

import random
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from samenhang.cases import actions as cases
from samenhang.cases.rules.ending import Outcome
from samenhang.conferences import actions, rules
from samenhang.conferences.models import (
    Action,
    Attendance,
    Conference,
    Decision,
    Invitee,
    Item,
    Marker,
    Paper,
)
from samenhang.conferences.models.room import in_the_room, must_leave, on_screen, reader
from samenhang.conferences.rules import ActionStage, DecisionStage, ItemStage
from samenhang.conferences.rules.inviting import NEXT_OF_INVITATION, Answer
from samenhang.conferences.rules.papers import NEXT_OF_PAPER
from samenhang.exchange.models import Statement
from samenhang.foundation.errors import Refused
from samenhang.organisations.models import User
from tests.cast import ActorOf, World
from tests.conference import APPROACH, PROPOSAL, Table, prepared
from tests.weighing import SAID

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 25)
MODELS: dict[type, Mapping[Any, set[Any]]] = {
    Conference: rules.NEXT,
    Item: rules.NEXT_OF_ITEM,
    Marker: rules.NEXT_OF_MARKER,
    Decision: rules.NEXT_OF_DECISION,
    Action: rules.NEXT_OF_ACTION,
    Invitee: NEXT_OF_INVITATION,
    Paper: NEXT_OF_PAPER,
}
DEEDS = (
    "begin", "arrive", "leave", "open", "close", "mark", "confirm", "take back", "propose", "decide",
    "assign", "follow", "minutes", "approve", "end", "send", "answer", "take off", "invite", "ask", "bring",
    "refuse", "withdraw",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
def test_deeds_in_any_order_keep_what_must_always_be_true(world: World, actor_of: ActorOf, seed: int) -> None:
    dice = random.Random(seed)
    table = prepared(world, actor_of, guests=[world.child_protection])
    actions.ask_paper(table.item, world.police.organisation, what="How often?", due_on=DUE, by=table.chair)
    actions.send(table.conference, by=table.chair)
    before = _states()
    done = 0
    for _step in range(60):
        try:
            _deed(dice, table, world, actor_of)
            done += 1
        except Refused:
            _check_steps(before, after := _states())  # a deed on several may be done for the first of them
        else:
            _check_steps(before, after := _states())
            _check_room(table)
        _check_who_was_taken_off(table, world, actor_of)
        before = after

    assert done > 8  # that it refused everything would prove nothing


def _deed(dice: random.Random, table: Table, world: World, actor_of: ActorOf) -> None:
    deed, chair = dice.choice(DEEDS), table.chair
    user = dice.choice([world.police, world.prosecutor, world.child_protection])
    item = table.now().item
    match deed:
        case "send" | "begin":
            getattr(actions, deed)(table.conference, by=chair)
        case "end":
            if dice.random() < 0.2:
                actions.end(table.conference, by=chair)
        case "arrive" | "leave":
            getattr(actions, deed)(table.invitee(user), by=chair)
        case "open" | "close":
            getattr(actions, f"{deed}_item")(item, by=chair)
        case "mark":
            actions.mark(item, user, wording="An imaginary line.", by=chair)
        case "confirm" | "take back":
            marker = dice.choice([*Marker.objects.unscoped("test").order_by("pk")] or [None])
            if marker and deed == "confirm":
                actions.confirm(marker, SAID, category="police-data", by=actor_of(world.police, APPROACH))
            elif marker:
                actions.take_back(marker, reason="Not so.", by=actor_of(user, APPROACH))
        case "propose":
            actions.propose(item, PROPOSAL, by=chair)
        case "decide":
            for decision in Decision.objects.unscoped("test").order_by("pk"):
                actions.decide(decision, dice.choice(list(DecisionStage)), by=chair)
        case "assign":
            actions.assign(item, user, what="Call.", due_on=date(2026, 12, 1), by=chair)
        case "follow":
            for action in Action.objects.unscoped("test").order_by("pk"):
                actions.follow(
                    action, dice.choice(list(ActionStage)), result="Done so.", by=actor_of(user, APPROACH)
                )
        case "answer" | "take off" | "invite":
            _invite(deed, dice, table, user, actor_of)
        case "ask" | "bring" | "refuse" | "withdraw":
            _paper(deed, table, user, actor_of)
        case "minutes":
            actions.draft_minutes(item, text="It was said that …", by=chair)
        case "approve":
            actions.approve_minutes(item, by=actor_of(user, APPROACH))


def _invite(deed: str, dice: random.Random, table: Table, user: User, actor_of: ActorOf) -> None:
    if deed == "answer":
        actions.answer(table.invitee(user), dice.choice(list(Answer)), by=actor_of(user, APPROACH))
    elif deed == "take off":
        actions.take_off(table.invitee(user), reason="It is not needed.", by=table.chair)
    else:
        actions.invite(table.conference, user, by=table.chair)


def _paper(deed: str, table: Table, user: User, actor_of: ActorOf) -> None:
    if deed == "ask":
        actions.ask_paper(table.item, user.organisation, what="How often?", due_on=DUE, by=table.chair)
    for paper in Paper.objects.unscoped("test").order_by("pk"):
        if deed == "bring":
            actions.bring_paper(paper, SAID, category="police-data", by=actor_of(user, APPROACH))
        elif deed == "refuse":
            actions.refuse_paper(paper, reason="There is nothing.", by=actor_of(user, APPROACH))
        elif deed == "withdraw":
            actions.withdraw_paper(paper, by=table.chair)


def _check_who_was_taken_off(table: Table, world: World, actor_of: ActorOf) -> None:
    """Who is on the list reads the conference, and who was taken off reads that and nothing else."""
    for user in (world.police, world.prosecutor, world.child_protection):
        row, by = table.invitee(user), actor_of(user, APPROACH)
        reads = Conference.objects.visible_to(by).filter(pk=table.conference.pk).exists()
        assert reads == (row.stage != Answer.TAKEN_OFF), user.username
        rows = {one.user_id for one in Invitee.objects.visible_to(by)}
        assert user.pk in rows
        assert reads or rows == {user.pk}, user.username


def _states() -> dict[tuple[type, int], str]:
    return {
        (model, pk): stage
        for model in MODELS
        for pk, stage in model.objects.unscoped("test").values_list("pk", "stage")  # type: ignore[attr-defined]
    }


def _check_steps(before: dict[tuple[type, int], str], after: dict[tuple[type, int], str]) -> None:
    for (model, pk), stage in after.items():
        was = before.get((model, pk))
        if was is not None and was != stage:
            steps = MODELS[model]
            # One deed may take two steps, such as minutes that nobody else has to approve.
            assert any(_leads(steps, (was, *way, stage)) for way in [(), *((one,) for one in steps)])


def _leads(steps: Mapping[Any, set[Any]], way: tuple[str, ...]) -> bool:
    return all(then in steps[now] for now, then in pairwise(way))


def _check_room(table: Table) -> None:
    """While an item is open nobody is there who may not read it, and the screen holds what all may read."""
    item, present = table.now().item, in_the_room(table.conference)
    there = Attendance.objects.unscoped("test").filter(until_at__isnull=True)
    if item.stage != ItemStage.OPEN:
        assert not there.exists()
        return
    assert {one.user_id for one in there} == {user.pk for user in present}
    assert not must_leave(item, present, table.chair.now)
    screen = on_screen(item, table.chair, present)
    for user in present:
        by = reader(user, table.chair.now)
        assert by is not None
        readable = set(Statement.objects.visible_to(by).values_list("pk", flat=True))
        assert {one.pk for one in screen.statements} <= readable
        assert {one.pk for one in screen.markers} <= {one.pk for one in Marker.objects.visible_to(by)}


def test_a_case_that_closes_takes_its_item_from_everybody(world: World, actor_of: ActorOf) -> None:
    table = prepared(world, actor_of)
    cases.close(table.case, outcome=Outcome.GOALS_MET, reason="It is no longer needed.", by=table.chair)

    assert must_leave(table.item, [world.police, world.director], table.chair.now) == [
        world.police,
        world.director,
    ]
    assert on_screen(table.item, table.chair, []).statements == []
