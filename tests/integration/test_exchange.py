"""What is known, and who has it: statements, signals, disclosures, recall."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samenhang.exchange import actions, rules
from samenhang.exchange.models import Disclosure, Reconsideration, Signal, Statement
from samenhang.exchange.rules import Content, Item, Provision
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from tests.cast import HOME, ActorOf, World

SAID = Content(
    "Told two colleagues that he will answer the demonstration with fire.",
    basis="Politiewet 2012 art. 3",
    necessity="The mayor must know of the threat to weigh it.",
    source_evaluation="B",
    information_evaluation="2",
    true_from=date(2026, 11, 20),
)
BEFORE_THE_ACT = datetime(2025, 6, 30, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@dataclass
class Start:
    police: Actor
    person: Person
    statement: Statement
    signal: Signal


@pytest.fixture
def start(world: World, actor_of: ActorOf) -> Start:
    """The police wrote down one statement about one person and made a signal of it."""
    police = actor_of(world.police, "weighing")
    claim = persons.claim(Identity("Fantasia", "Pippi", "2001-04-30"), by=police)
    person = persons.open_person(claim, home_municipality=HOME, reason="a new report", by=police)
    statement = actions.state(SAID, about=person, by=police)
    signal = actions.submit_signal(person, [statement], municipality=HOME, by=police)
    return Start(police, person, statement, signal)


def sees(actor: Actor) -> dict[str, int]:
    return {
        "signal": Signal.objects.visible_to(actor).count(),
        "statement": Statement.objects.visible_to(actor).count(),
        "person": Person.objects.visible_to(actor).count(),
    }


NOTHING = {"signal": 0, "statement": 0, "person": 0}
ALL = {"signal": 1, "statement": 1, "person": 1}


def test_a_submitted_signal_is_seen_by_nobody_else(start: Start, world: World, actor_of: ActorOf) -> None:
    assert sees(start.police) == ALL
    for user in (world.prosecutor, world.mayor, world.director, world.school):
        assert sees(actor_of(user, "weighing")) == NOTHING


def test_an_offered_signal_is_seen_by_the_three_who_weigh_and_by_no_other(
    start: Start, world: World, actor_of: ActorOf
) -> None:
    actions.offer(start.signal, by=start.police)

    for user in (world.prosecutor, world.mayor):
        assert sees(actor_of(user, "weighing")) == ALL
        assert start.person.display_for(actor_of(user, "weighing")) == "Pippi Fantasia"
    for user in (world.other_mayor, world.school, world.child_protection):
        assert sees(actor_of(user, "weighing")) == NOTHING


def test_what_was_given_for_weighing_is_not_read_for_public_order(
    start: Start, world: World, actor_of: ActorOf
) -> None:
    actions.offer(start.signal, by=start.police)

    assert sees(actor_of(world.mayor, "public-order")) == NOTHING


def test_every_disclosure_is_kept_with_its_rule_and_recipient(start: Start, world: World) -> None:
    actions.offer(start.signal, by=start.police)

    kept = Disclosure.objects.unscoped("test")
    assert {row.rule for row in kept} == {"POL-WEEG-SIG"}
    assert {row.recipient for row in kept} == {world.prosecutor.organisation, world.municipality}
    told = Entry.objects.filter(event="data.disclosed", operation="disclosure")
    assert told.count() == kept.count() == 6


@pytest.mark.parametrize("condition", ["necessity-statement", "compelling-reasons-test", "home-municipality"])
def test_a_condition_that_is_not_met_refuses_with_the_sentence_and_gives_nothing(
    start: Start, world: World, actor_of: ActorOf, condition: str
) -> None:
    with pytest.raises(rules.NotLawful) as refused:
        actions.offer(start.signal, not_met=[condition], by=start.police)

    assert "POL-WEEG-SIG" in str(refused.value)
    assert sees(actor_of(world.mayor, "weighing")) == NOTHING
    assert not Disclosure.objects.unscoped("test").exists()


def test_a_statement_without_necessity_is_refused_whatever_was_ticked(start: Start) -> None:
    bare = actions.state(
        Content("He was seen there.", basis="Politiewet art. 3"), about=start.person, by=start.police
    )
    signal = actions.submit_signal(start.person, [bare], municipality=HOME, by=start.police)

    with pytest.raises(rules.NotLawful):
        actions.offer(signal, by=start.police)


def test_a_signal_for_another_municipality_than_home_is_refused(start: Start) -> None:
    signal = actions.submit_signal(start.person, [start.statement], municipality="Elderstad", by=start.police)

    with pytest.raises(rules.NotLawful):
        actions.offer(signal, by=start.police)


@pytest.mark.parametrize("category", ["passenger-data", "police-data"])
def test_passenger_data_and_police_files_do_not_ride_along_in_a_signal(start: Start, category: str) -> None:
    data = actions.state(SAID, about=start.person, category=category, by=start.police)
    signal = actions.submit_signal(start.person, [data], municipality=HOME, by=start.police)

    with pytest.raises(rules.NotLawful):
        actions.offer(signal, by=start.police)


def test_before_the_act_there_is_no_triage_panel_to_offer_to(
    start: Start, world: World, actor_of: ActorOf
) -> None:
    earlier = actor_of(world.police, "weighing", now=BEFORE_THE_ACT)

    with pytest.raises(rules.NotLawful):
        actions.offer(start.signal, by=earlier)


def test_special_data_needs_its_necessity(start: Start) -> None:
    special = Content("He is under treatment.", basis="Wpg art. 5", special=True)

    with pytest.raises(rules.NecessityMissing):
        actions.state(special, about=start.person, by=start.police)


def test_an_organisation_discloses_only_what_is_its_own(
    start: Start, world: World, actor_of: ActorOf
) -> None:
    mayor = actor_of(world.mayor, "weighing")
    theirs = Provision(
        world.police.organisation, (Item(start.statement.scope, "signal"),), "weighing", "WEEG"
    )

    with pytest.raises(rules.NotYourData):
        actions.disclose(theirs, to=world.municipality, by=mayor)


def test_identity_alone_needs_a_rule_of_its_own(start: Start, world: World) -> None:
    alone = Provision(world.police.organisation, (Item(start.person.scope, "identity"),), "weighing", "WEEG")

    with pytest.raises(rules.NotLawful):
        actions.disclose(alone, to=world.municipality, by=start.police)


def test_withdrawing_hides_the_statement_from_others_and_asks_to_reconsider(
    start: Start, world: World, actor_of: ActorOf
) -> None:
    actions.offer(start.signal, by=start.police)
    actions.rely(start.statement, start.signal, by=start.police)
    mayor = actor_of(world.mayor, "weighing")

    actions.withdraw(start.statement, reason="the witness took it back", by=start.police)

    assert sees(mayor) == {**ALL, "statement": 0}
    duty = Reconsideration.objects.visible_to(mayor).open().get()
    assert duty.reconsider_by == start.police.today + timedelta(days=14)
    assert (
        world.municipality.reference
        in bytes(Entry.objects.get(event="statement.withdrawn").envelope).decode()
    )


def test_a_correction_reaches_everyone_who_had_the_wrong_one(
    start: Start, world: World, actor_of: ActorOf
) -> None:
    actions.offer(start.signal, by=start.police)
    actions.rely(start.statement, start.signal, by=start.police)
    right = Content("Told one colleague.", basis=SAID.basis, necessity=SAID.necessity)

    actions.correct(start.statement, right, reason="misheard", by=start.police)

    mayor = actor_of(world.mayor, "weighing")
    assert [said.text for said in Statement.objects.visible_to(mayor)] == ["Told one colleague."]
    assert Reconsideration.objects.visible_to(mayor).open().count() == 1


def test_what_leaned_on_a_corrected_statement_is_found_again_when_the_right_one_falls(start: Start) -> None:
    actions.rely(start.statement, start.signal, by=start.police)
    right = Content("Told one colleague.", basis=SAID.basis, necessity=SAID.necessity)
    corrected = actions.correct(start.statement, right, reason="misheard", by=start.police)
    duties = Reconsideration.objects.visible_to(start.police).open()
    assert duties.count() == 1

    actions.withdraw(corrected, reason="not true at all", by=start.police)

    assert duties.all().count() == 2


def test_only_the_provider_corrects(start: Start, world: World, actor_of: ActorOf) -> None:
    actions.offer(start.signal, by=start.police)

    with pytest.raises(rules.NotYourData):
        actions.withdraw(start.statement, reason="I do not like it", by=actor_of(world.mayor, "weighing"))


def test_looking_again_closes_the_duty_with_its_outcome(start: Start) -> None:
    actions.rely(start.statement, start.signal, by=start.police)
    actions.withdraw(start.statement, reason="wrong person", by=start.police)
    duty = Reconsideration.objects.visible_to(start.police).get()
    assert (
        Reconsideration.objects.visible_to(start.police)
        .overdue(start.police.today + timedelta(days=15))
        .exists()
    )

    actions.reconsider(duty, stands=True, outcome="The signal stands without it.", by=start.police)

    assert not Reconsideration.objects.visible_to(start.police).open().exists()
    with pytest.raises(rules.IllegalTransition):
        actions.reconsider(duty, stands=True, outcome="Again.", by=start.police)


def test_a_withdrawn_signal_is_seen_by_its_own_organisation_alone(
    start: Start, world: World, actor_of: ActorOf
) -> None:
    actions.offer(start.signal, by=start.police)

    actions.withdraw_signal(start.signal, reason="mistaken identity", by=start.police)

    assert sees(start.police)["signal"] == 1
    assert sees(actor_of(world.mayor, "weighing"))["signal"] == 0
    with pytest.raises(rules.IllegalTransition):
        actions.offer(start.signal, by=start.police)
