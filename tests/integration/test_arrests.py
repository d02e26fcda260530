"""Arrests and terms: reported by the police, held by decisions of others, never a judgement."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from samenhang.access.rules import NotYours
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Movement
from samenhang.exchange.rules import NotYourData
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.journal import Actor
from samenhang.measures import actions
from samenhang.measures.models import Arrest, Custody
from samenhang.measures.rules.custody import Arrested, BadArrest, BadTerm, Held, NotHeld, Stage
from samenhang.organisations.rules import purposes_of
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from tests.cast import HOME, ActorOf, ClientOf, World

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 11, 23, 9, tzinfo=ZONE)
ARRESTED = Arrested(date(2026, 11, 10), "Nergenshuizen", "Sr 46, 134a", "Preparing to join the fight.")
POLICE = Held(Stage.POLICE, date(2026, 11, 10), date(2026, 11, 10), 3)
REMAND = Held(Stage.REMAND, date(2026, 11, 13), date(2026, 11, 13), 14)
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@dataclass
class Start:
    police: Actor
    prosecutor: Actor
    person: Person


@pytest.fixture
def start(world: World, actor_of: ActorOf) -> Start:
    police = actor_of(world.police, "investigation")
    claim = persons.claim(Identity("Fantasia", "Pippi", "1990-04-30"), by=police)
    person = persons.open_person(claim, home_municipality=HOME, reason="a new report", by=police)
    return Start(police, actor_of(world.prosecutor, "prosecution"), person)


@pytest.fixture
def arrest(start: Start) -> Arrest:
    return actions.report_arrest(start.person, ARRESTED, by=start.police)


def moved(start: Start, status: Whereabouts, on: date) -> Movement:
    return exchange.record_movement(start.person, Seen(status, on, "Politiewet 2012 art. 3"), by=start.police)


def of_returnees() -> int:
    between = Arrest.objects.unscoped("test").between(*YEAR)
    return between.of_returnees(known_by=NOW).count()


def test_what_the_police_report_the_prosecution_reads_with_who_it_is(
    start: Start, arrest: Arrest, world: World, actor_of: ActorOf
) -> None:
    for purpose in ("investigation", "prosecution"):
        prosecutor = actor_of(world.prosecutor, purpose)
        assert Arrest.objects.visible_to(prosecutor).get() == arrest
        assert start.person.display_for(prosecutor) == "Pippi Fantasia"


def test_nobody_else_sees_an_arrest_or_a_term(
    start: Start, arrest: Arrest, world: World, actor_of: ActorOf
) -> None:
    actions.record_custody(arrest, POLICE, by=start.prosecutor)

    bodies = (world.police.organisation, world.prosecutor.organisation)
    outsiders = [user for user in world.users() if user.organisation not in bodies]
    for user in outsiders:
        for purpose in purposes_of(frozenset(user.mandates.values_list("role", flat=True))):
            actor = actor_of(user, purpose)
            assert not Arrest.objects.visible_to(actor).exists(), user
            assert not Custody.objects.visible_to(actor).exists(), user


def test_a_returnee_is_somebody_who_had_come_back_by_the_day_of_arrest(start: Start, arrest: Arrest) -> None:
    assert of_returnees() == 0
    late = moved(start, Whereabouts.RETURNED, date(2026, 11, 11))
    assert of_returnees() == 0
    exchange.withdraw_movement(late, reason="Another day.", by=start.police)

    back = moved(start, Whereabouts.RETURNED, date(2026, 11, 10))

    assert of_returnees() == 1
    exchange.withdraw_movement(back, reason="It was somebody else.", by=start.police)
    assert of_returnees() == 0


def test_an_arrest_counts_from_its_first_day_to_its_last_and_not_when_withdrawn(
    start: Start, arrest: Arrest
) -> None:
    def count(since: date, until: date) -> int:
        return Arrest.objects.unscoped("test").between(since, until).count()

    day = ARRESTED.arrested_on
    assert count(day, day) == 1
    assert count(date(2026, 11, 11), date(2026, 12, 1)) == count(date(2026, 1, 1), date(2026, 11, 9)) == 0

    actions.withdraw_arrest(arrest, reason="It was somebody else.", by=start.police)

    assert count(day, day) == 0


def test_terms_follow_one_another_and_say_until_when(start: Start, arrest: Arrest) -> None:
    actions.record_custody(arrest, POLICE, by=start.prosecutor)
    term = actions.record_custody(arrest, REMAND, by=start.prosecutor)

    assert term.ends_on == date(2026, 11, 27)
    assert Arrest.objects.unscoped("test").get().held_until == date(2026, 11, 27)
    with pytest.raises(BadTerm):
        actions.record_custody(arrest, REMAND, by=start.prosecutor)


def test_extensions_are_those_of_the_court_in_order(start: Start, arrest: Arrest) -> None:
    start.prosecutor = replace(start.prosecutor, now=datetime(2026, 12, 1, 9, tzinfo=ZONE))
    detention = Held(Stage.DETENTION, date(2026, 11, 27), date(2026, 11, 27), 60)
    for held in (POLICE, REMAND, detention):
        actions.record_custody(arrest, held, by=start.prosecutor)

    def days(since: date, until: date) -> list[int]:
        rows = Custody.objects.unscoped("test").extended_between(since, until)
        return [row.days for row in rows]

    assert days(*YEAR) == [60]
    assert days(date(2026, 11, 27), date(2026, 11, 27)) == [60]
    assert days(date(2026, 1, 1), date(2026, 11, 26)) == days(date(2026, 11, 28), date(2026, 12, 31)) == []

    actions.withdraw_arrest(arrest, reason="It was somebody else.", by=start.police)

    assert days(*YEAR) == []


def test_only_the_prosecution_records_terms_and_releases(start: Start, arrest: Arrest) -> None:
    with pytest.raises(NotYours):
        actions.record_custody(arrest, POLICE, by=start.police)
    with pytest.raises(NotYours):
        actions.release_person(arrest, reason="No reason to hold.", by=start.police)
    with pytest.raises(NotYourData):
        actions.withdraw_arrest(arrest, reason="I know better.", by=start.prosecutor)

    actions.release_person(arrest, reason="No reason to hold.", by=start.prosecutor)

    with pytest.raises(NotHeld):
        actions.record_custody(arrest, POLICE, by=start.prosecutor)


@pytest.mark.parametrize(
    "fault", [{"place": " "}, {"offences": ""}, {"suspected_of": ""}, {"arrested_on": date(2026, 11, 24)}]
)
def test_an_incomplete_report_is_refused(start: Start, fault: dict[str, object]) -> None:
    with pytest.raises(BadArrest):
        actions.report_arrest(start.person, replace(ARRESTED, **fault), by=start.police)  # type: ignore[arg-type]


def test_the_pages_from_arrest_to_release(start: Start, world: World, client_of: ClientOf) -> None:
    police, prosecutor = client_of(world.police, "investigation"), client_of(world.prosecutor, "prosecution")
    typed = {
        "arrested_on": "10-11-2026",
        "place": "Nergenshuizen",
        "offences": "Sr 134a",
        "suspected_of": "Preparing to join the fight.",
    }

    kept = police.post(f"/persons/{start.person.reference}/arrests/new/", typed)
    page = kept["Location"]
    for stage, starts, days in (("police", "10-11-2026", 3), ("remand", "13-11-2026", 14)):
        term = {"stage": stage, "decided_on": starts, "starts_on": starts, "days": days, "number": "XX-1"}
        assert prosecutor.post(f"{page}terms/new/", term).status_code == 302
    wrong = prosecutor.post(f"{page}terms/new/", {**term, "days": 91})
    shown = prosecutor.get(page)
    waits = prosecutor.get("/")
    prosecutor.post(f"{page}release/", {"reason": "No reason to hold any longer."})

    assert kept.status_code == 302
    assert wrong.status_code == 422
    assert "Bewaring" in shown.text
    assert "Pippi Fantasia" in shown.text
    assert "Mensen die vastzitten" in waits.text
    assert "No reason to hold any longer." in police.get(page).text
    assert "Mensen die vastzitten" not in prosecutor.get("/").text
    assert "Nergenshuizen" in police.get(f"/persons/{start.person.reference}/").text
    assert police.post(f"{page}withdraw/", {"reason": "It was somebody else."}).status_code == 302
    assert prosecutor.get(page).status_code == 404


def test_an_outsider_cannot_tell_whether_the_arrest_exists(
    start: Start, arrest: Arrest, world: World, client_of: ClientOf
) -> None:
    for user in (world.school, world.director, world.mayor, world.child_protection, world.administrator):
        client = client_of(user)
        for reference in (arrest.reference, "X-NOBODY"):
            for url in (f"/arrests/{reference}/", f"/arrests/{reference}/terms/new/"):
                assert client.get(url).status_code == 404
            assert client.post(f"/arrests/{reference}/withdraw/", {"reason": "Because."}).status_code == 404
        assert client.get(f"/persons/{start.person.reference}/arrests/new/").status_code == 404
    assert (
        client_of(world.police, "investigation").get(f"/arrests/{arrest.reference}/release/").status_code
        == 404
    )
