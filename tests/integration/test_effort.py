"""How much police and service investigate, by quarter: counted, or entered by the body; never by person."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from samenhang.access.rules import NotYours
from samenhang.journal import Actor
from samenhang.journal.models import Entry as JournalEntry
from samenhang.national_picture import actions
from samenhang.national_picture.models import Entry
from samenhang.national_picture.rules import Asked
from samenhang.national_picture.rules.effort import EnteredMeanwhile, NotEnterable, Quarter, Told
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import User
from tests.cast import ActorOf, ClientOf, World

pytestmark = pytest.mark.django_db
OPENED, RUNNING = "effort_investigations_opened", "effort_investigations_running"
SUMMER, SPRING, WINTER = Quarter(2026, 3), Quarter(2026, 2), Quarter(2026, 1)
TOLD = Told(41, "Imaginary quarterly report, table 2", date(2026, 10, 12))
FORM = {"value": "41", "source": TOLD.source, "source_on": "12-10-2026"}


@pytest.fixture
def counter(world: World, moment: datetime) -> User:
    """Who keeps the figures of the police."""
    by = installer(moment)
    user = organisations.open_account(
        "imaginary.counter", "Imaginary counter", world.police.organisation, password="nobody's", by=by
    )
    organisations.give_mandate(user, "statistician", starts_on=date(2025, 1, 1), by=by)
    return user


@pytest.fixture
def police(counter: User, actor_of: ActorOf) -> Actor:
    return actor_of(counter)


def told(value: int, quarter: Quarter, reason: str = "") -> Told:
    return Told(value, TOLD.source, quarter.window.until + timedelta(days=12), reason)


def published(world: World, actor_of: ActorOf, asked: Asked, key: str = OPENED) -> tuple[object, str, str]:
    report = actions.make_report(asked, by=actor_of(world.statistician))
    row = next(one for one in report.rows("nl") if one["key"] == key)
    return row["value"], row["precision"], row["window"]["until"]


def test_the_police_enter_what_no_record_holds_and_the_report_has_it_with_its_source(
    counter: User, world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    page = client_of(counter).post(reverse("national_picture:enter", args=[OPENED, "2026-3"]), FORM)

    assert page.status_code == 302
    report = actions.make_report(SUMMER.asked, by=actor_of(world.statistician))
    row = next(one for one in report.rows("en") if one["key"] == OPENED)
    assert (row["value"], row["origin"]) == (41, "entered")
    assert "Police, Imaginary quarterly report, table 2 (2026-10-12), entered on" in row["source"]
    assert "41" in client_of(world.statistician).get(reverse("national_picture:effort")).text
    assert JournalEntry.objects.filter(event="effort.entered").count() == 1


def test_nobody_enters_for_another_body_and_nobody_else_reads_by_quarter(
    counter: User, police: Actor, world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    address = reverse("national_picture:enter", args=[OPENED, "2026-3"])

    for outsider in (world.police, world.school, world.statistician, world.administrator):
        assert client_of(outsider).post(address, FORM).status_code == 403
    for outsider in (world.police, world.school, world.administrator):
        assert client_of(outsider).get(reverse("national_picture:effort")).status_code == 403
    of_the_service = reverse("national_picture:enter", args=["effort_service_products", "2026-3"])
    assert client_of(counter).post(of_the_service, FORM).status_code == 403
    with pytest.raises(NotYours):
        actions.enter(OPENED, SUMMER, TOLD, by=replace(police, human=False))
    assert not Entry.objects.exists()


def test_a_body_reads_its_own_numbers_alone_so_that_it_can_subtract_nothing(
    counter: User, client_of: ClientOf
) -> None:
    page = client_of(counter).get(reverse("national_picture:effort")).text

    assert reverse("national_picture:enter", args=[OPENED, "2026-3"]) in page
    assert "Inlichtingenproducten" not in page
    assert "Aanhoudingen die" not in page


def test_a_correction_follows_what_stood_there_and_says_why(police: Actor) -> None:
    first = actions.enter(OPENED, SUMMER, TOLD, by=police)

    with pytest.raises(NotEnterable):
        actions.enter(OPENED, SUMMER, replace(TOLD, value=43), follows=first.pk, by=police)
    better = replace(TOLD, value=43, reason="Two were counted twice in that table.")
    second = actions.enter(OPENED, SUMMER, better, follows=first.pk, by=police)

    first.refresh_from_db()
    assert (first.value, second.value, second.follows) == (41, 43, first)


def test_of_two_who_enter_at_once_the_second_must_look_first(police: Actor) -> None:
    actions.enter(OPENED, SUMMER, TOLD, by=police)

    with pytest.raises(EnteredMeanwhile):
        actions.enter(OPENED, SUMMER, replace(TOLD, value=9), by=police)
    again = Entry.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(**{**again, "id": None, "reference": "EF-TWICE"})


def test_nothing_of_a_quarter_that_is_not_over_or_from_a_document_that_is_older(police: Actor) -> None:
    for quarter, wrong in (
        (Quarter(2026, 4), replace(TOLD, source_on=date(2026, 11, 20))),
        (SUMMER, replace(TOLD, source_on=date(2026, 9, 30))),
        (SUMMER, replace(TOLD, source_on=date(2027, 1, 1))),
        (SUMMER, replace(TOLD, source=" ")),
    ):
        with pytest.raises(NotEnterable):
            actions.enter(OPENED, quarter, wrong, by=police)


def test_one_to_four_stays_inside_until_a_named_official_releases_it(
    police: Actor, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    actions.enter(OPENED, SUMMER, told(3, SUMMER), by=police)
    assert published(world, actor_of, SUMMER.asked) == (None, "suppressed", "2026-09-30")

    official = actor_of(world.minister, "statistics")
    actions.release(OPENED, SUMMER.asked, reason="The House asked for it.", by=official)

    assert published(world, actor_of, SUMMER.asked) == (3, "exact", "2026-09-30")


def test_what_published_totals_would_let_a_reader_work_out_is_held_back(
    police: Actor, world: World, actor_of: ActorOf
) -> None:
    actions.enter(OPENED, WINTER, told(3, WINTER), by=police)
    actions.enter(OPENED, SPRING, told(10, SPRING), by=police)
    half_year = Asked(date(2026, 6, 30))
    assert published(world, actor_of, half_year) == (13, "exact", "2026-06-30")

    actions.publish(half_year, reason="As every year.", by=actor_of(world.minister, "statistics"))

    assert published(world, actor_of, SPRING.asked) == (None, "suppressed", "2026-06-30")


def test_a_period_adds_up_its_whole_quarters_and_stops_at_one_that_nobody_entered(
    police: Actor, world: World, actor_of: ActorOf
) -> None:
    for quarter, value in ((WINTER, 20), (SUMMER, 41)):
        actions.enter(OPENED, quarter, told(value, quarter), by=police)
        actions.enter(RUNNING, quarter, told(100 + value, quarter), by=police)
    autumn = Asked(date(2026, 11, 23))

    assert published(world, actor_of, autumn) == (20, "exact", "2026-03-31")
    assert published(world, actor_of, autumn, RUNNING) == (141, "exact", "2026-09-30")
    assert published(world, actor_of, Asked(date(2026, 6, 30), date(2026, 4, 1)))[1] == "unknown"


def test_a_quarter_that_nobody_entered_stays_empty_and_does_not_show_the_one_before(
    counter: User, police: Actor, client_of: ClientOf
) -> None:
    actions.enter(RUNNING, WINTER, told(120, WINTER), by=police)
    actions.enter(OPENED, SUMMER, told(3, SUMMER), by=police)

    _quarters, lines = actions.by_quarter(SUMMER, by=police)

    running = next(line for line in lines if line.definition.key == RUNNING)
    assert [figure.counted for figure in running.figures] == [None, 120, None, None]
    page = client_of(counter).get(reverse("national_picture:effort")).text
    assert page.count("niet bekend") == 14
    assert "Geteld (intern): 3" in page


def test_questions_are_known_for_as_long_as_their_register_is_kept(world: World, actor_of: ActorOf) -> None:
    known = [
        published(world, actor_of, quarter.asked, "effort_questions")[:2]
        for quarter in (SUMMER, Quarter(2025, 3))
    ]

    assert known == [(0, "exact"), (None, "unknown")]


def test_an_unknown_quarter_and_an_unknown_figure(counter: User, client_of: ClientOf) -> None:
    asked = client_of(counter)

    assert asked.get(reverse("national_picture:effort") + "?last=2026-5").status_code == 404
    assert asked.get(reverse("national_picture:enter", args=[OPENED, "soon"])).status_code == 404
    assert asked.get(reverse("national_picture:enter", args=["nothing", "2026-3"])).status_code == 403
