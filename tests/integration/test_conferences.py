"""The case conference: who may come, who must leave, what is shown, said, decided and done."""

from datetime import date, timedelta

import pytest

from samenhang.access import actions as access
from samenhang.access.models import Block
from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions as cases
from samenhang.conferences import actions, rules
from samenhang.conferences.models import Action, Conference, Decision, Dissent, Item
from samenhang.conferences.models.room import in_the_room, must_leave, on_screen
from samenhang.conferences.rules import ActionStage, DecisionStage, ItemStage
from samenhang.exchange.rules import NotLawful, NotYourData
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import User
from tests.cast import ActorOf, World
from tests.conference import APPROACH, PROPOSAL, discussing, prepared, under_way
from tests.weighing import SAID

pytestmark = pytest.mark.django_db


def test_whoever_is_invited_reads_the_conference_and_nobody_else(world: World, actor_of: ActorOf) -> None:
    prepared(world, actor_of)

    for user in (world.director, world.mayor, world.police, world.prosecutor):
        assert Conference.objects.visible_to(actor_of(user, APPROACH)).count() == 1
    for user in (world.other_director, world.school, world.child_protection):
        assert not Conference.objects.visible_to(actor_of(user, APPROACH)).exists()


def test_the_law_of_the_day_says_who_may_be_invited(world: World, actor_of: ActorOf) -> None:
    table = prepared(world, actor_of)

    with pytest.raises(NotLawful):
        actions.invite(table.conference, world.school, by=table.chair)
    with pytest.raises(NotLawful):  # since the Act neither services nor their coordinator sit there
        actions.invite(table.conference, world.minister, by=table.chair)
    actions.invite(table.conference, world.child_protection, by=table.chair)


def test_only_who_calls_it_changes_it(world: World, actor_of: ActorOf) -> None:
    table = prepared(world, actor_of)

    with pytest.raises(NotYours):
        actions.send(table.conference, by=actor_of(world.police, APPROACH))
    with pytest.raises(NotThere):
        actions.send(table.conference, by=actor_of(world.other_director, APPROACH))


def test_who_may_not_read_an_item_must_leave_before_it_opens(world: World, actor_of: ActorOf) -> None:
    table = under_way(world, actor_of, guests=[world.child_protection])
    guest = table.invitee(world.child_protection)
    actions.arrive(guest, by=table.chair)

    assert must_leave(table.item, in_the_room(table.conference), table.chair.now) == [world.child_protection]
    with pytest.raises(rules.MustLeave, match=world.child_protection.name):
        actions.open_item(table.item, by=table.chair)
    actions.leave(guest, by=table.chair)
    actions.open_item(table.item, by=table.chair)
    with pytest.raises(rules.MustLeave):
        actions.arrive(guest, by=table.chair)


def test_a_block_on_the_case_sends_a_person_out_as_well(world: World, actor_of: ActorOf) -> None:
    table = under_way(world, actor_of)
    access.block(table.case.scope, Block.Kind.CONFLICT, user=world.police, by=table.chair)

    with pytest.raises(rules.MustLeave, match=world.police.name):
        actions.open_item(table.item, by=table.chair)


def test_the_screen_never_shows_what_somebody_in_the_room_may_not_read(
    world: World, actor_of: ActorOf
) -> None:
    """Child protection was let in without the police's own word; while they are there it is not shown."""
    table = prepared(world, actor_of)
    board = world.child_protection.organisation
    cases.admit(table.case, board, reason="there are young brothers", by=table.chair)
    actions.invite(table.conference, world.child_protection, by=table.chair)
    screen = on_screen(table.item, table.chair, [world.police, world.prosecutor])
    said = screen.statements
    assert len(said) == 1
    access.end_grants(said[0].scope, organisation=board, by=table.chair)

    together = on_screen(table.item, table.chair, [world.police, world.child_protection])
    stranger = on_screen(table.item, table.chair, [world.police, world.school])

    assert (together.statements, together.hidden) == ([], 1)
    assert (stranger.statements, stranger.markers, stranger.decisions, stranger.actions) == ([], [], [], [])


def test_what_was_said_is_read_by_who_heard_it_only(world: World, actor_of: ActorOf) -> None:
    table = prepared(world, actor_of)
    cases.admit(table.case, world.child_protection.organisation, reason="young brothers", by=table.chair)
    actions.invite(table.conference, world.child_protection, by=table.chair)
    actions.send(table.conference, by=table.chair)
    actions.begin(table.conference, by=table.chair)
    actions.arrive(table.invitee(world.police), by=table.chair)
    actions.open_item(table.item, by=table.chair)

    marker = actions.mark(table.item, world.police, wording="Saw him with a knife.", by=table.chair)

    def reads(user: User) -> bool:
        return type(marker).objects.visible_to(actor_of(user, APPROACH)).exists()

    assert reads(world.police)
    assert reads(world.director)
    assert not reads(world.child_protection)  # sits at the case, was not in the room
    assert not reads(world.prosecutor)


def test_nobody_is_quoted_who_is_not_in_the_room(world: World, actor_of: ActorOf) -> None:
    table = discussing(world, actor_of)
    actions.leave(table.invitee(world.police), by=table.chair)

    with pytest.raises(rules.NotInTheRoom):
        actions.mark(table.item, world.police, wording="Saw him.", by=table.chair)


def test_the_provider_confirms_in_its_own_words_under_a_rule_of_the_day(
    world: World, actor_of: ActorOf
) -> None:
    table = discussing(world, actor_of)
    marker = actions.mark(table.item, world.police, wording="Saw him with a knife.", by=table.chair)
    police = actor_of(world.police, APPROACH)

    with pytest.raises(NotLawful):
        actions.confirm(marker, SAID, category="police-data", not_met=["necessity-statement"], by=police)
    confirmed = actions.confirm(marker, SAID, category="police-data", by=police)

    assert confirmed.wording == ""
    assert confirmed.statement is not None
    mayor = actor_of(world.mayor, APPROACH)
    assert type(confirmed.statement).objects.visible_to(mayor).filter(pk=confirmed.statement.pk).exists()


def test_only_the_provider_confirms_or_takes_back(world: World, actor_of: ActorOf) -> None:
    table = discussing(world, actor_of)
    marker = actions.mark(table.item, world.police, wording="Saw him with a knife.", by=table.chair)

    with pytest.raises(NotYourData):
        actions.take_back(marker, reason="It was not so.", by=table.chair)
    taken = actions.take_back(marker, reason="Not so.", by=actor_of(world.police, APPROACH))
    assert taken.wording == ""


def test_a_decision_needs_its_reasons_and_keeps_the_dissent(world: World, actor_of: ActorOf) -> None:
    table = discussing(world, actor_of)
    with pytest.raises(rules.WordsMissing):
        actions.propose(table.item, type(PROPOSAL)("A ban.", "He threatened.", " "), by=table.chair)
    decision = actions.propose(table.item, PROPOSAL, by=table.chair)
    with pytest.raises(rules.IllegalTransition):  # nothing stays undecided
        actions.close_item(table.item, by=table.chair)

    actions.decide(decision, DecisionStage.TAKEN, by=table.chair)
    actions.dissent(decision, reasons="Too early.", by=actor_of(world.prosecutor, APPROACH))

    assert Dissent.objects.visible_to(actor_of(world.mayor, APPROACH)).get().reasons == "Too early."
    with pytest.raises(rules.AlreadyThere):
        actions.dissent(decision, reasons="Again.", by=actor_of(world.prosecutor, APPROACH))


def test_an_action_waits_for_its_owner_until_it_is_over(world: World, actor_of: ActorOf) -> None:
    table = discussing(world, actor_of)
    action = actions.assign(
        table.item, world.police, what="Call the coach.", due_on=date(2026, 11, 30), by=table.chair
    )
    police = actor_of(world.police, APPROACH)
    assert Action.objects.visible_to(police).waiting_for(police.user_id).get() == action

    with pytest.raises(NotYours):
        actions.follow(action, ActionStage.ACCEPTED, by=actor_of(world.prosecutor, APPROACH))
    colleague = actor_of(world.police_two, APPROACH)  # nothing hangs on one person
    action = actions.follow(action, ActionStage.ACCEPTED, by=colleague)
    with pytest.raises(rules.WordsMissing):
        actions.follow(action, ActionStage.DONE, by=police)
    actions.follow(action, ActionStage.DONE, result="He comes on Monday.", by=police)

    assert not Action.objects.visible_to(police).waiting_for(police.user_id).exists()


def test_an_action_past_its_day_is_told_to_the_chair(world: World, actor_of: ActorOf) -> None:
    table = discussing(world, actor_of)
    action = actions.assign(
        table.item, world.police, what="Call the coach.", due_on=date(2026, 11, 30), by=table.chair
    )
    on_the_day, after = (table.chair.now + timedelta(days=days) for days in (7, 8))

    assert actions.expire_actions(by=service_account("terms", now=on_the_day)) == 0
    assert actions.expire_actions(by=service_account("terms", now=after)) == 1

    assert Action.objects.visible_to(table.chair).expired().get() == action
    actions.follow(action, ActionStage.ESCALATED, by=table.chair)


def test_minutes_are_approved_by_every_organisation_that_was_there(world: World, actor_of: ActorOf) -> None:
    table = discussing(world, actor_of)
    decision = actions.propose(table.item, PROPOSAL, by=table.chair)
    actions.decide(decision, DecisionStage.REJECTED, by=table.chair)
    actions.close_item(table.item, by=table.chair)
    actions.end(table.conference, by=table.chair)
    item = actions.draft_minutes(table.item, text="It was said that …", by=table.chair)
    police, prosecutor = (actor_of(user, APPROACH) for user in (world.police, world.prosecutor))
    assert Item.objects.visible_to(police).to_approve_by(police.organisation).get() == item

    item = actions.approve_minutes(item, by=police)
    assert item.stage == ItemStage.MINUTED
    item = actions.draft_minutes(item, text="It was rather said that …", by=table.chair)
    actions.approve_minutes(item, by=police)
    item = actions.approve_minutes(item, by=prosecutor)

    assert item.stage == ItemStage.APPROVED
    assert Decision.objects.unscoped("test").get().stage == DecisionStage.CONFIRMED
    with pytest.raises(rules.IllegalTransition):
        actions.draft_minutes(item, text="Afterwards.", by=table.chair)
