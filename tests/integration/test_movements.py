"""Movements: known by whom, counted as known then and as known now, corrected without being changed."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from samenhang.cases import actions as cases
from samenhang.cases.rules.ending import Outcome
from samenhang.exchange import actions, rules
from samenhang.exchange.models import ConflictZone, Movement
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.journal import Actor
from samenhang.organisations.rules import purposes_of
from samenhang.persons import actions as persons
from samenhang.persons.models import Person
from samenhang.persons.rules import Identity
from tests.cast import HOME, ActorOf, ClientOf, World
from tests.weighing import opened_case

ZONE = ZoneInfo("Europe/Amsterdam")
LEFT = Seen(Whereabouts.LEFT, date(2026, 3, 1), "Politiewet 2012 art. 3", place="Imaginaria")
IN_MARCH = (date(2026, 3, 1), date(2026, 3, 31))
TYPED = {
    "status": "left",
    "true_on": "1-3-2026",
    "place": "Imaginaria",
    "text": "",
    "source_evaluation": "B",
    "information_evaluation": "2",
    "basis": "Politiewet 2012 art. 3",
}


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=ZONE)


@dataclass
class Start:
    police: Actor
    person: Person

    def on(self, month: int, day: int) -> Actor:
        return replace(self.police, now=at(month, day))


def somebody(police: Actor, surname: str) -> Person:
    claim = persons.claim(Identity(surname, "Pippi", "2001-04-30"), by=police)
    return persons.open_person(claim, home_municipality=HOME, reason="a new report", by=police)


@pytest.fixture
def start(world: World, actor_of: ActorOf) -> Start:
    police = actor_of(world.police, "weighing")
    return Start(police, somebody(police, "Fantasia"))


def left(known_by: datetime, since: date = IN_MARCH[0], until: date = IN_MARCH[1]) -> int:
    rows = Movement.objects.unscoped("test").left_between(since, until, known_by=known_by)
    return int(rows.count())


def returned(known_by: datetime) -> int:
    year = (date(2026, 1, 1), date(2026, 12, 31))
    return int(Movement.objects.unscoped("test").returned_between(*year, known_by=known_by).count())


def test_a_past_day_is_counted_as_it_was_known_then_and_as_it_is_known_now(start: Start) -> None:
    movement = actions.record_movement(start.person, LEFT, by=start.on(3, 10))
    actions.correct_movement(
        movement, replace(LEFT, true_on=date(2026, 4, 1)), reason="Another day.", by=start.on(5, 1)
    )

    assert left(known_by=at(3, 9)) == 0
    assert left(known_by=at(3, 11)) == 1
    assert left(known_by=at(5, 2)) == 0
    assert left(known_by=at(5, 2), since=date(2026, 4, 1), until=date(2026, 4, 1)) == 1


def test_whoever_leaves_twice_counts_once_and_at_the_first_time(start: Start) -> None:
    for seen in (LEFT, replace(LEFT, status=Whereabouts.RETURNED, true_on=date(2026, 4, 2))):
        actions.record_movement(start.person, seen, by=start.on(5, 1))
    again = replace(LEFT, true_on=date(2026, 5, 1))
    actions.record_movement(start.person, again, by=start.on(5, 2))

    assert left(known_by=at(6, 1), until=date(2026, 12, 31)) == 1
    assert left(known_by=at(6, 1), since=date(2026, 4, 1), until=date(2026, 12, 31)) == 0
    assert returned(known_by=at(6, 1)) == 1


@pytest.mark.parametrize(("day", "counts"), [((2, 28), 0), ((3, 1), 1), ((3, 31), 1), ((4, 1), 0)])
def test_both_days_of_the_window_belong_to_it(start: Start, day: tuple[int, int], counts: int) -> None:
    actions.record_movement(start.person, replace(LEFT, true_on=date(2026, *day)), by=start.on(4, 2))

    assert left(known_by=at(5, 1)) == counts


def test_found_in_the_zone_is_having_left_and_being_stopped_is_not(start: Start) -> None:
    other = somebody(start.police, "Elderpop")
    ConflictZone.objects.create(
        name="Imaginaria",
        starts_on=LEFT.true_on,
        decided_by="A minister",
        source="A letter",
        named_at=at(3, 1),
    )
    actions.record_movement(start.person, replace(LEFT, status=Whereabouts.IN_ZONE), by=start.on(3, 10))
    for status in (Whereabouts.INTENDS, Whereabouts.STOPPED, Whereabouts.UNKNOWN, Whereabouts.DEAD):
        actions.record_movement(other, replace(LEFT, status=status), by=start.on(3, 10))

    assert left(known_by=at(4, 1)) == 1


def test_what_is_withdrawn_counts_no_more_but_was_known_before(start: Start) -> None:
    movement = actions.record_movement(start.person, LEFT, by=start.on(3, 10))
    actions.withdraw_movement(movement, reason="It was somebody else.", by=start.on(4, 10))

    assert left(known_by=at(4, 9)) == 1
    assert left(known_by=at(4, 11)) == 0


def test_the_last_movement_of_each_person_on_a_day(start: Start) -> None:
    other = somebody(start.police, "Elderpop")
    back = replace(LEFT, status=Whereabouts.RETURNED, true_on=date(2026, 4, 1))
    for person, seen in ((start.person, LEFT), (start.person, back), (other, LEFT)):
        actions.record_movement(person, seen, by=start.on(4, 2))

    rows = Movement.objects.unscoped("test").latest_on(date(2026, 4, 1), known_by=at(5, 1))
    before = Movement.objects.unscoped("test").latest_on(date(2026, 3, 31), known_by=at(5, 1))

    assert sorted(row.status for row in rows) == ["left", "returned"]
    assert sorted(row.status for row in before) == ["left", "left"]


def test_what_was_corrected_stays_as_it_was(start: Start) -> None:
    movement = actions.record_movement(start.person, LEFT, by=start.on(3, 10))
    right = actions.correct_movement(
        movement, replace(LEFT, place="Fictionland"), reason="Another country.", by=start.on(4, 1)
    )

    old = Movement.objects.unscoped("test").get(pk=movement.pk)
    assert (old.place, old.known_at, old.superseded_at) == ("Imaginaria", at(3, 10), at(4, 1))
    assert (right.place, right.corrects, right.scope) == ("Fictionland", movement, movement.scope)
    with pytest.raises(rules.IllegalTransition):
        actions.correct_movement(movement, LEFT, reason="Once more.", by=start.on(4, 2))
    old.superseded_at = at(3, 9)
    with pytest.raises(IntegrityError), transaction.atomic():
        old.save(update_fields=["superseded_at"])


@pytest.mark.parametrize("fault", [{"basis": " "}, {"true_on": date(2026, 11, 24)}])
def test_what_may_not_be_written_down(start: Start, fault: dict[str, object]) -> None:
    with pytest.raises(rules.Incomplete):
        actions.record_movement(start.person, replace(LEFT, **fault), by=start.police)  # type: ignore[arg-type]


def test_only_the_organisation_that_knows_it_sees_it(start: Start, world: World, actor_of: ActorOf) -> None:
    actions.record_movement(start.person, LEFT, by=start.police)

    assert Movement.objects.visible_to(start.police).count() == 1
    outsiders = [user for user in world.users() if user.organisation != world.police.organisation]
    for user in outsiders:
        for purpose in purposes_of(frozenset(user.mandates.values_list("role", flat=True))):
            assert not Movement.objects.visible_to(actor_of(user, purpose)).exists(), user


def test_shared_with_a_case_it_is_seen_by_who_sits_there_until_it_closes(
    world: World, actor_of: ActorOf
) -> None:
    case = opened_case(world, actor_of)
    police = actor_of(world.police, "person-centred-approach")
    director = actor_of(world.director, "person-centred-approach")
    person = Person.objects.visible_to(police).get(pk=case.person_id)
    movement = actions.record_movement(person, LEFT, by=police)
    assert not Movement.objects.visible_to(director).exists()

    cases.share_movement(case, movement, by=police)

    assert Movement.objects.visible_to(director).get() == movement
    assert not Movement.objects.visible_to(actor_of(world.other_director, "person-centred-approach")).exists()
    corrected = actions.correct_movement(
        movement, replace(LEFT, place="Fictionland"), reason="Another country.", by=police
    )
    assert corrected in Movement.objects.visible_to(director)
    with pytest.raises(rules.NotYourData):
        actions.correct_movement(corrected, LEFT, reason="I know better.", by=director)

    cases.close(case, outcome=Outcome.GOALS_MET, reason="The plan is done.", by=director)

    assert not Movement.objects.visible_to(director).exists()


def test_the_pages_from_writing_down_to_looking_back(start: Start, world: World, client_of: ClientOf) -> None:
    police = client_of(world.police, "weighing")
    url = f"/persons/{start.person.reference}/movements/"

    kept = police.post(f"{url}new/", TYPED)
    row = Movement.objects.unscoped("test").get()
    corrected = police.post(
        f"/movements/{row.reference}/correct/",
        {**TYPED, "place": "Fictionland", "reason": "Another country."},
    )
    page = police.get(url)
    before = police.get(f"{url}?known_on=22-11-2026")
    file = police.get(f"/persons/{start.person.reference}/")
    new = Movement.objects.unscoped("test").get(corrects=row)
    police.post(f"/movements/{new.reference}/withdraw/", {"reason": "It was somebody else."})

    assert (kept.status_code, corrected.status_code) == (302, 302)
    assert "Fictionland" in page.text
    assert "Imaginaria" not in page.text
    assert "Fictionland" not in before.text
    assert before.status_code == 200
    assert "Fictionland" in file.text
    assert "Fictionland" not in police.get(url).text
    assert police.get(f"{url}?known_on=nonsense").status_code == 422


def test_a_movement_is_shared_on_the_page_of_the_case(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    case = opened_case(world, actor_of)
    approach = "person-centred-approach"
    by = actor_of(world.police, approach)
    person = Person.objects.visible_to(by).get(pk=case.person_id)
    movement = actions.record_movement(person, LEFT, by=by)
    police, director = client_of(world.police, approach), client_of(world.director, approach)
    url = f"/cases/{case.reference}/movements/{movement.reference}/"

    form = police.get(url)
    bare = police.post(url, {"nothing": "ticked"})
    everything = dict.fromkeys(list(form.context["form"].fields), "on")
    shared = police.post(url, everything)

    assert f'href="{url}"' in police.get(f"/cases/{case.reference}/").text
    assert bare.status_code == 422
    assert shared.status_code == 302
    assert "Uitgereisd" in director.get(f"/cases/{case.reference}/").text
    assert director.get(url).status_code == 404


def test_an_outsider_cannot_tell_whether_the_movement_exists(
    start: Start, world: World, client_of: ClientOf
) -> None:
    movement = actions.record_movement(start.person, LEFT, by=start.police)

    for user in (world.school, world.director, world.other_mayor, world.travel, world.administrator):
        client = client_of(user)
        for url in (
            f"/persons/{start.person.reference}/movements/",
            f"/persons/{start.person.reference}/movements/new/",
            f"/movements/{movement.reference}/correct/",
            f"/movements/{movement.reference}/withdraw/",
        ):
            assert client.get(url).status_code == 404
            assert client.post(url, TYPED).status_code in (404, 405)
