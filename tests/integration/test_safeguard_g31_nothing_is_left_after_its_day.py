"""G31: what is not needed any more is destroyed on its day, within five years (Wet PGA art. 9)."""

from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from samenhang.access.rules import NotYours
from samenhang.cases import actions as cases
from samenhang.cases.models import Case, Certificate
from samenhang.cases.rules.ending import Ground, Outcome
from samenhang.conferences import actions as conferences
from samenhang.conferences.rules import DecisionStage
from samenhang.desk.destroying import destroy_due
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.foundation.keys import key_store
from samenhang.grounds.models import Approval
from samenhang.journal import Actor
from samenhang.measures import actions as measures
from samenhang.measures.actions import report_arrest
from samenhang.measures.rules import Ruling, Term, Upload
from samenhang.measures.rules.custody import Arrested
from samenhang.national_picture.questions import QUESTIONS, Ask
from samenhang.national_picture.rules import Window
from samenhang.organisations.acting import service_account
from samenhang.persons.models import Person
from samenhang.persons.models.looking import NameWord
from samenhang.risk import actions as risk
from tests.assessing import planned
from tests.cast import HOME, ActorOf, ClientOf, World
from tests.conference import APPROACH, PROPOSAL, Table, discussing
from tests.integration.test_masking_passengers import cells
from tests.weighing import NO, SAID, YES, judge, opened_case, signal_by, weighing_by

WHY = "Hij zei bij GEHEIMPJE dat hij het zou doen."
NAMES = (b"Fantasia", b"Pippi", b"2001-04-30", b"GEHEIMPJE", b"answer the demonstration")
LAST_DAY = date(2031, 11, 23)


def filled(world: World, actor_of: ActorOf) -> Case:
    """A case in which every area wrote something, with a name or a secret in every free text."""
    table = discussing(world, actor_of)
    _confer(table, world, actor_of)
    police, director = actor_of(world.police, APPROACH), actor_of(world.director, APPROACH)
    planned(world, actor_of, case=table.case).made()
    person = Person.objects.unscoped("test").get(pk=table.case.person_id)
    seen = Seen(Whereabouts.LEFT, date(2026, 11, 1), "Politiewet 2012 art. 3", text=WHY)
    movement = exchange.record_movement(person, seen, by=police)
    cases.share_movement(table.case, movement, by=police)
    risk.open_trajectory(table.case, true_on=date(2026, 11, 1), words=WHY, added_value=WHY, by=police)
    Approval.objects.create(subject="PASS-ALERT", lawyer="L.", given_by="t", starts_on=date(2025, 1, 1))
    row = measures.suggest(
        table.case, "PASS-ALERT", necessity=WHY, subsidiarity=WHY, intended=WHY, by=director
    )
    row = measures.check(row, holds=True, legality=WHY, by=actor_of(world.lawyer, APPROACH))
    term = Term(date(2026, 11, 20), date(2027, 11, 20))
    ruling = Ruling("JENV", "Ministry", date(2026, 11, 20), "2026-000", WHY, term)
    measures.record_decision(row, ruling, Upload("letter.pdf", b"%PDF-1.7 GEHEIMPJE"), by=director)
    return table.case


def _confer(table: Table, world: World, actor_of: ActorOf) -> None:
    police = actor_of(world.police, APPROACH)
    marker = conferences.mark(table.item, world.police, wording="GEHEIMPJE", by=table.chair)
    conferences.confirm(marker, SAID, category="police-data", by=police)
    decision = conferences.propose(table.item, PROPOSAL, by=table.chair)
    conferences.decide(decision, DecisionStage.TAKEN, by=table.chair)
    conferences.dissent(decision, reasons=WHY, by=police)
    conferences.assign(table.item, world.police, what=WHY, due_on=date(2026, 12, 1), by=table.chair)
    conferences.close_item(table.item, by=table.chair)
    conferences.draft_minutes(table.now().item, text=WHY, by=table.chair)


def close(case: Case, world: World, actor_of: ActorOf, outcome: Outcome = Outcome.GOALS_MET) -> Case:
    return cases.close(case, outcome=outcome, reason=WHY, by=actor_of(world.mayor, APPROACH))


def destroy(on: date = LAST_DAY) -> int:
    return destroy_due(by=by_terms(on))


def left() -> Counter[bytes]:
    written = list(cells())
    return Counter(name for name in NAMES if any(name in cell for cell in written))


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_the_database_and_its_files_holds_a_name_afterwards(
    world: World, actor_of: ActorOf
) -> None:
    case = filled(world, actor_of)
    assert set(left()) == set(NAMES)
    close(case, world, actor_of)

    assert destroy(LAST_DAY - timedelta(days=1)) == 0
    assert set(left()) == set(NAMES)
    assert (destroy(), destroy()) == (1, 0)

    assert not left()
    assert not NameWord.objects.exists()
    assert not list((Path(settings.FILES) / "documents").glob("D-*"))
    certificate = Certificate.objects.get()
    assert (certificate.kept_for, certificate.keys_left) == ([], [])
    assert certificate.counts["risk.Answer"] > 0
    assert {label.split(".")[0] for label in certificate.counts} == {
        "cases", "conferences", "deconfliction", "exchange", "measures", "persons", "risk",
    }  # fmt: skip
    assert not key_store().holds(case.reference)


@pytest.mark.django_db(transaction=True)
def test_what_a_crash_left_of_the_keys_is_finished_at_the_next_round(
    world: World, actor_of: ActorOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = close(opened_case(world, actor_of), world, actor_of)
    with monkeypatch.context() as crash:
        crash.setattr("samenhang.cases.actions.destroying.key_store", lambda: None)
        with pytest.raises(AttributeError):
            destroy()
    assert Certificate.objects.get().keys_left
    assert key_store().holds(case.reference)

    destroy()

    assert Certificate.objects.get().keys_left == []
    assert not key_store().holds(case.reference)


@pytest.mark.django_db
def test_all_of_a_case_goes_or_nothing(
    world: World, actor_of: ActorOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    close(discussing(world, actor_of).case, world, actor_of)
    with monkeypatch.context() as broken:
        broken.setattr("samenhang.persons.actions.erase", None)
        with pytest.raises(TypeError):
            destroy()
    assert Case.objects.unscoped("test").exists()

    assert destroy() == 1
    assert not Case.objects.unscoped("test").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("ground", list(Ground))
def test_a_complaint_supervision_or_a_court_postpones_it_until_somebody_lifts_that(
    world: World, actor_of: ActorOf, ground: Ground
) -> None:
    case, mayor = opened_case(world, actor_of), actor_of(world.mayor, APPROACH)
    held = cases.hold(case, ground, reason=WHY, by=mayor)
    close(case, world, actor_of)

    assert destroy() == 0
    officer = actor_of(world.privacy, now=datetime(2031, 12, 1, 12).astimezone())
    cases.look_into(case.reference, ground, reason=WHY, by=officer)
    cases.lift_hold(held, reason=WHY, by=officer)
    assert destroy() == 1


@pytest.mark.django_db
def test_a_mistake_goes_the_same_day(world: World, actor_of: ActorOf) -> None:
    close(opened_case(world, actor_of), world, actor_of, Outcome.MISTAKE)

    assert destroy(date(2026, 11, 23)) == 1


@pytest.mark.django_db
def test_looking_does_not_put_the_day_off(world: World, actor_of: ActorOf) -> None:
    case = close(opened_case(world, actor_of), world, actor_of)
    later = datetime(2031, 11, 1, 12).astimezone()
    cases.look_into(case.reference, Ground.SUPERVISION, reason=WHY, by=actor_of(world.privacy, now=later))

    assert destroy() == 1


@pytest.mark.django_db
def test_the_person_stays_while_another_signal_about_them_waits(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    police = actor_of(world.police, "weighing")
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    said = exchange.state(SAID, about=person, by=police)
    exchange.submit_signal(person, [said], municipality=case.municipality, by=police)
    close(case, world, actor_of)
    signal_by(world.police, actor_of)  # about somebody else

    assert destroy() == 1
    assert Person.objects.unscoped("test").filter(pk=person.pk).exists()
    assert Certificate.objects.get().kept_for == ["exchange.Signal"]
    assert not Case.objects.unscoped("test").exists()


@pytest.mark.django_db
def test_the_person_stays_for_whom_an_arrest_is_on_record(world: World, actor_of: ActorOf) -> None:
    signal = signal_by(world.police, actor_of)
    person = Person.objects.unscoped("test").get(pk=signal.person_id)
    arrested = Arrested(date(2026, 11, 10), HOME, "Sr 46, 134a", "Preparing to join the fight.")
    report_arrest(person, arrested, by=actor_of(world.police, "investigation"))
    cases.call_off(signal, reason="It was a mistake.", by=actor_of(world.police, "weighing"))

    assert forget(date(2026, 12, 21)) == 1
    assert Certificate.objects.get().kept_for == ["measures.Arrest"]
    assert Person.objects.unscoped("test").filter(pk=person.pk).exists()


def by_terms(on: date) -> Actor:
    at = datetime.combine(on, datetime.min.time()).astimezone() + timedelta(hours=12)
    return service_account("terms", now=at)


def forget(on: date) -> int:
    return cases.forget_signals(by=by_terms(on))


@pytest.mark.django_db(transaction=True)
def test_four_weeks_after_a_signal_was_not_taken_up_no_byte_of_it_is_left(
    world: World, actor_of: ActorOf
) -> None:
    weighing = weighing_by(world.police, actor_of)
    judge(weighing, {world.police: YES, world.prosecutor: NO, world.mayor: YES}, actor_of)
    assert b"Fantasia" in left()

    assert forget(date(2026, 12, 20)) == 0
    assert b"Fantasia" in left()
    assert (forget(date(2026, 12, 21)), forget(date(2026, 12, 22))) == (1, 0)

    assert not left()
    certificate = Certificate.objects.get()
    assert (certificate.case, certificate.due_on) == (weighing.reference, date(2026, 12, 21))
    assert (certificate.kept_for, certificate.keys_left) == ([], [])
    assert not key_store().holds(weighing.scope)
    window = Ask(Window(date(2026, 1, 1), date(2026, 12, 31)), (), by_terms(date(2026, 12, 22)).now)
    assert QUESTIONS["weighings_not_taken_up"](window) == 1  # the figures still know that it was weighed


@pytest.mark.django_db
def test_who_is_named_in_another_signal_stays_and_what_waits_is_not_forgotten(
    world: World, actor_of: ActorOf
) -> None:
    police = actor_of(world.police, "weighing")
    first = signal_by(world.police, actor_of)
    person = Person.objects.unscoped("test").get(pk=first.person_id)
    said = exchange.state(SAID, about=person, by=police)
    second = exchange.submit_signal(person, [said], municipality=first.municipality, by=police)
    cases.open_weighing(second, by=police)
    cases.call_off(first, reason="It was a mistake.", by=police)

    assert forget(date(2026, 12, 21)) == 1

    assert [row.pk for row in Signal.objects.unscoped("test")] == [second.pk]
    assert Person.objects.unscoped("test").filter(pk=person.pk).exists()
    assert Certificate.objects.get().kept_for == ["exchange.Signal"]
    assert forget(date(2027, 12, 21)) == 0  # the three must still decide
    with pytest.raises(NotYours):
        cases.forget_signals(by=police)


@pytest.mark.django_db
def test_a_signal_that_nobody_offers_is_forgotten_after_three_months_and_its_page_said_so(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    signal = signal_by(world.police, actor_of)

    page = client_of(world.police, "weighing").get(f"/signals/{signal.reference}/").content.decode()
    assert "22 feb 2027" in page
    assert (forget(date(2027, 2, 21)), forget(date(2027, 2, 22))) == (0, 1)
    assert not Person.objects.unscoped("test").exists()
