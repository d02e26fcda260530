"""The case: who sits at it, what they may read, what comes in, how it ends."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from samenhang.access.rules import NotThere
from samenhang.cases import actions, rules
from samenhang.cases.models import Case, CaseParty, Notice, Weighing
from samenhang.cases.rules.ending import Outcome
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal, Statement
from samenhang.exchange.rules import NotLawful, NotYourData
from samenhang.journal import Actor
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import User
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from tests.cast import HOME, ActorOf, World
from tests.weighing import NO, SAID, YES, judge, opened_case, signal_by, weighing_by

pytestmark = pytest.mark.django_db
APPROACH = "person-centred-approach"
JUNE_2014 = datetime(2014, 6, 30, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


def reads(actor: Actor) -> dict[str, int]:
    return {
        "case": Case.objects.visible_to(actor).count(),
        "party": CaseParty.objects.visible_to(actor).count(),
        "signal": Signal.objects.visible_to(actor).count(),
        "statement": Statement.objects.visible_to(actor).count(),
        "person": Person.objects.visible_to(actor).count(),
    }


NOTHING = {"case": 0, "party": 0, "signal": 0, "statement": 0, "person": 0}
EVERYTHING = {"case": 1, "party": 3, "signal": 1, "statement": 1, "person": 1}


def test_the_three_and_the_director_read_the_case_and_nobody_else(world: World, actor_of: ActorOf) -> None:
    opened_case(world, actor_of)

    for user in (world.police, world.prosecutor, world.mayor, world.director):
        assert reads(actor_of(user, APPROACH)) == EVERYTHING
    for user in (world.other_mayor, world.other_director, world.school, world.child_protection):
        assert reads(actor_of(user, APPROACH)) == NOTHING
    assert reads(actor_of(world.administrator)) == NOTHING


def test_the_case_is_not_read_for_another_purpose(world: World, actor_of: ActorOf) -> None:
    opened_case(world, actor_of)

    assert reads(actor_of(world.mayor, "public-order")) == NOTHING


def test_each_party_sits_under_a_rule_of_the_day(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)

    assert {party.basis for party in CaseParty.objects.unscoped("test").of(case)} == {"CASUS-PART-PLAN"}
    assert case.regime == "wet-pga"


def test_a_signal_of_the_prosecution_stays_out_of_the_case_but_the_name_goes_in(
    world: World, actor_of: ActorOf
) -> None:
    """No rule lets the prosecution bring its signal to the case conference; its judicial data may."""
    weighing = weighing_by(world.prosecutor, actor_of)
    judge(weighing, {world.police: YES, world.prosecutor: YES, world.mayor: YES}, actor_of)
    mayor = actor_of(world.mayor, APPROACH)

    assert reads(mayor) == {**EVERYTHING, "signal": 0, "statement": 0}
    assert Case.objects.visible_to(mayor).exists()


def test_what_is_not_taken_up_tells_the_submitter_and_nobody_else(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES, world.prosecutor: NO, world.mayor: YES}, actor_of)
    police = actor_of(world.police, "weighing")

    notice = Notice.objects.visible_to(police).unread().get()
    assert notice.due_on == date(2026, 12, 7)
    assert Notice.objects.visible_to(police).overdue(date(2026, 12, 8)).exists()
    assert Signal.objects.visible_to(police).get().status == "not_taken_up"
    assert not Notice.objects.visible_to(actor_of(world.mayor, "weighing")).exists()
    actions.acknowledge(notice, by=police)
    assert not Notice.objects.visible_to(police).unread().exists()


def test_what_was_not_taken_up_is_not_read_for_the_approach(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES, world.prosecutor: NO, world.mayor: YES}, actor_of)

    assert not Weighing.objects.visible_to(actor_of(world.mayor, APPROACH)).exists()


def test_a_withdrawn_signal_calls_the_weighing_off(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)
    signal = Signal.objects.unscoped("test").get()

    actions.call_off(signal, reason="mistaken identity", by=actor_of(world.police, "weighing"))

    with pytest.raises(rules.NotOpen):
        judge(weighing, {world.mayor: YES}, actor_of)


def test_work_that_waits_for_a_seat_disappears_when_it_is_taken(world: World, actor_of: ActorOf) -> None:
    weighing = weighing_by(world.police, actor_of)

    def waits(user: User) -> bool:
        by = actor_of(user, "weighing")
        return Weighing.objects.visible_to(by).waiting_for(by).exists()

    assert waits(world.mayor)
    assert not waits(world.other_mayor)
    judge(weighing, {world.mayor: YES}, actor_of)
    assert not waits(world.mayor)
    assert waits(world.prosecutor)


def test_child_protection_is_admitted_and_then_reads(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    board = world.child_protection.organisation

    actions.admit(case, board, reason="there are young brothers", by=actor_of(world.director, APPROACH))

    by = actor_of(world.child_protection, APPROACH)
    assert reads(by) == {**EVERYTHING, "party": 4, "signal": 0}  # its role reads statements, not signals


def test_a_school_is_no_participant_and_is_refused_with_the_sentence(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)

    with pytest.raises(NotLawful):
        actions.admit(
            case, world.school.organisation, reason="it asked", by=actor_of(world.director, APPROACH)
        )
    assert reads(actor_of(world.school, APPROACH)) == NOTHING


def test_an_outsider_can_neither_admit_nor_close(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    stranger = actor_of(world.other_director, APPROACH)

    with pytest.raises(NotThere):
        actions.admit(case, world.school.organisation, reason="it asked", by=stranger)
    with pytest.raises(NotThere):
        actions.close(case, outcome=Outcome.GOALS_MET, reason="no longer needed", by=stranger)


def test_police_data_comes_in_under_its_own_rule_and_only_with_agreement(
    world: World, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)
    police, mayor = actor_of(world.police, APPROACH), actor_of(world.mayor, APPROACH)
    person = Person.objects.visible_to(police).get()
    statement = exchange.state(SAID, about=person, category="police-data", by=police)

    with pytest.raises(NotLawful):
        actions.contribute(case, statement, not_met=["competent-authority-agreement"], by=police)
    assert reads(mayor)["statement"] == 1
    actions.contribute(case, statement, by=police)
    assert reads(mayor)["statement"] == 2
    assert reads(actor_of(world.school, APPROACH)) == NOTHING


def test_the_mayor_may_not_bring_police_data(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    mayor = actor_of(world.mayor, APPROACH)
    person = Person.objects.visible_to(mayor).get()
    statement = exchange.state(SAID, about=person, category="police-data", by=mayor)

    with pytest.raises(NotLawful):
        actions.contribute(case, statement, by=mayor)


def test_a_closed_case_is_shielded_from_everyone_and_knows_when_it_must_be_gone(
    world: World, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)

    closed = actions.close(
        case, outcome=Outcome.GOALS_MET, reason="the goals were met", by=actor_of(world.director, APPROACH)
    )

    assert closed.destroy_on == date(2031, 11, 23)
    for user in (world.prosecutor, world.mayor, world.director):
        assert reads(actor_of(user, APPROACH)) == NOTHING
    own = reads(actor_of(world.police, APPROACH))
    assert own == {**EVERYTHING, "case": 0, "party": 0}  # what the police brought stays the police's


def test_closing_twice_is_not_there_any_more(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    director = actor_of(world.director, APPROACH)
    actions.close(case, outcome=Outcome.GOALS_MET, reason="the goals were met", by=director)

    with pytest.raises(NotThere):
        actions.close(case, outcome=Outcome.GOALS_MET, reason="again", by=director)


class TestBeforeTheAct:
    """In 2014 there is no triage panel: a case opens between those who signed a covenant."""

    @pytest.fixture
    def then(self, world: World, actor_of: ActorOf) -> Actor:
        by = installer(JUNE_2014)
        for user in (world.police, world.mayor, world.director, world.prosecutor):
            for mandate in user.mandates.all():
                organisations.give_mandate(user, mandate.role, starts_on=date(2014, 1, 1), by=by)
        return actor_of(world.police, APPROACH, now=JUNE_2014)

    @pytest.fixture
    def person(self, then: Actor) -> Person:
        claim = persons.claim(Identity("Fantasia", "Pippi"), by=then)
        return persons.open_person(claim, home_municipality=HOME, reason="a new report", by=then)

    def test_without_a_covenant_no_case_opens(self, world: World, then: Actor, person: Person) -> None:
        bodies = [world.police.organisation, world.municipality]

        with pytest.raises(rules.NoCovenant):
            actions.open_by_covenant(person, bodies, municipality=HOME, reason="departure", by=then)

    def test_a_covenant_signed_later_does_not_help(self, world: World, then: Actor, person: Person) -> None:
        bodies = [world.police.organisation, world.municipality]
        organisations.sign_covenant("Safety", bodies, signed_on=date(2014, 7, 1), by=then)

        with pytest.raises(rules.NoCovenant):
            actions.open_by_covenant(person, bodies, municipality=HOME, reason="departure", by=then)

    def test_those_of_the_covenant_read_the_case_and_its_name(
        self, world: World, then: Actor, person: Person, actor_of: ActorOf
    ) -> None:
        bodies = [world.police.organisation, world.municipality]
        organisations.sign_covenant("Safety", bodies, signed_on=date(2013, 1, 1), by=then)

        case = actions.open_by_covenant(person, bodies, municipality=HOME, reason="departure", by=then)

        mayor = actor_of(world.mayor, APPROACH, now=JUNE_2014)
        assert case.regime == "covenant"
        assert reads(mayor) == {"case": 1, "party": 2, "signal": 0, "statement": 0, "person": 1}
        assert person.display_for(mayor) == "Pippi Fantasia"
        assert reads(actor_of(world.prosecutor, APPROACH, now=JUNE_2014)) == NOTHING
        assert case.needs_fresh_judgement(date(2025, 7, 1))

    def test_police_data_goes_to_the_mayor_in_his_own_name(
        self, world: World, then: Actor, person: Person, actor_of: ActorOf
    ) -> None:
        bodies = [world.police.organisation, world.municipality]
        organisations.sign_covenant("Safety", bodies, signed_on=date(2013, 1, 1), by=then)
        case = actions.open_by_covenant(person, bodies, municipality=HOME, reason="departure", by=then)
        said = exchange.state(SAID, about=person, category="police-data", by=then)

        with pytest.raises(NotLawful):
            actions.contribute(case, said, not_met=["covenant-decision-recorded"], by=then)
        actions.contribute(case, said, by=then)

        assert reads(actor_of(world.mayor, APPROACH, now=JUNE_2014))["statement"] == 1

    def test_a_signal_is_not_weighed_by_a_panel_that_does_not_exist(
        self, world: World, then: Actor, actor_of: ActorOf
    ) -> None:
        signal = signal_by(world.police, actor_of)

        with pytest.raises(NotLawful):
            actions.open_weighing(signal, by=actor_of(world.police, "weighing", now=JUNE_2014))

    def test_the_partners_take_a_signal_up_and_nobody_else_learns_of_it(
        self, world: World, then: Actor, actor_of: ActorOf
    ) -> None:
        bodies = [world.police.organisation, world.municipality]
        organisations.sign_covenant("Safety", bodies, signed_on=date(2013, 1, 1), by=then)
        said = replace(SAID, true_from=date(2014, 5, 1))
        signal = actions.report(Identity("Fantasia", "Pippi"), said, municipality=HOME, by=then)

        mayor = actor_of(world.mayor, APPROACH, now=JUNE_2014)
        with pytest.raises(NotYourData):
            actions.take_up(signal, bodies, reason="both said yes", by=mayor)
        case = actions.take_up(signal, bodies, reason="both said yes", by=then)

        assert Signal.objects.unscoped("test").get(pk=signal.pk).status == "taken_up"
        assert reads(actor_of(world.mayor, APPROACH, now=JUNE_2014))["case"] == 1
        assert reads(actor_of(world.mayor, APPROACH, now=JUNE_2014))["signal"] == 0
        assert reads(actor_of(world.prosecutor, APPROACH, now=JUNE_2014)) == NOTHING
        assert dict(actions.categories_to_bring(case, by=then)).keys() >= {"police-data"}

    def test_under_the_act_a_covenant_opens_nothing(
        self, world: World, actor_of: ActorOf, person: Person
    ) -> None:
        today = actor_of(world.police, APPROACH)
        bodies = [world.police.organisation, world.municipality]
        organisations.sign_covenant("Safety", bodies, signed_on=date(2013, 1, 1), by=today)

        with pytest.raises(rules.WrongRegime):
            actions.open_by_covenant(person, bodies, municipality=HOME, reason="departure", by=today)
