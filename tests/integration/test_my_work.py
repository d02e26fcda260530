"""My work: what waits for whom, and numbers that are what is listed."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client

from samenhang.cases.models import Case
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import by_place, counted, elsewhere, first_of, gather
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Reconsideration, Statement
from samenhang.measures import actions as measures
from samenhang.measures.models import Measure
from samenhang.organisations.models import User
from samenhang.organisations.rules import PurposeNotAllowed
from samenhang.persons import actions as persons
from samenhang.persons.rules import Identity
from samenhang.watchlists import actions as watchlists
from samenhang.watchlists.rules.hits import Verdict
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import MATCH, NO_MATCH, one_hit
from tests.weighing import opened_case, signal_by, weighing_by

CASE_WORK = "person-centred-approach"
pytestmark = pytest.mark.usefixtures("counting_menu")


def titles(user: User, purpose: str, actor_of: ActorOf) -> list[str]:
    return [task.title for group in gather(KINDS, actor_of(user, purpose)) for task in group.tasks]


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_every_kind_of_work_is_counted_under_a_code_of_its_own() -> None:
    codes = [kind.code for kind in KINDS]

    assert sorted(set(codes)) == sorted(codes)


def test_what_stands_first_among_the_work_of_one_kind_is_never_chance(
    world: World, actor_of: ActorOf
) -> None:
    actor = actor_of(world.police, "weighing")
    asked = {kind.code: kind.ask(actor) for kind in KINDS}
    orders = {code: rows.query.order_by or rows.model._meta.ordering for code, rows in asked.items()}

    assert [code for code, order in orders.items() if not order or str(order[-1]).lstrip("-") != "pk"] == []


def test_a_signal_waits_for_its_own_organisation_until_it_is_offered(world: World, actor_of: ActorOf) -> None:
    signal = signal_by(world.police, actor_of)

    assert [signal.reference in title for title in titles(world.police, "weighing", actor_of)] == [True]
    assert titles(world.prosecutor, "weighing", actor_of) == []
    assert titles(world.school, "weighing", actor_of) == []


def test_a_weighing_waits_for_each_of_the_three_and_for_nobody_else(world: World, actor_of: ActorOf) -> None:
    weighing_by(world.police, actor_of)

    for user in (world.police, world.police_two, world.prosecutor, world.mayor):
        assert len(titles(user, "weighing", actor_of)) == 1
    for user in (world.director, world.other_mayor, world.school, world.child_protection):
        assert titles(user, "weighing", actor_of) == []


def test_a_link_waits_for_a_colleague_and_not_for_who_proposed_it(world: World, actor_of: ActorOf) -> None:
    signal = signal_by(world.police, actor_of)
    police = actor_of(world.police, "weighing")
    claim = persons.claim(Identity("Fantasia", "Pipi", "2001-04-30"), by=police)
    link = persons.propose_link(claim, signal.person, reason="Same day of birth.", by=police)

    def waits(user: User) -> bool:
        return any(link.reference in title for title in titles(user, "weighing", actor_of))

    assert waits(world.police_two)
    assert not waits(world.police)


def test_what_leans_on_a_fallen_statement_waits_with_its_day_and_goes_first_in_the_last_week(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    weighing = weighing_by(world.police, actor_of)
    said = Statement.objects.unscoped("test").get()
    exchange.withdraw(said, reason="the source took it back", by=actor_of(world.police, "weighing"))

    groups = gather(KINDS, actor_of(world.mayor, "weighing"))
    task = next(task for group in groups for task in group.tasks if weighing.reference in task.title)

    assert task.due == date(2026, 12, 7)
    assert task.about == "Pippi Fantasia"
    assert first_of(groups) != task, "a day that is two weeks off presses no more than none"
    later = gather(KINDS, actor_of(world.mayor, "weighing", now=clock.moment + timedelta(days=8)))
    pressing = first_of(later)
    assert pressing is not None
    assert pressing.title == task.title


@pytest.fixture
def case(world: World, actor_of: ActorOf) -> Case:
    return opened_case(world, actor_of)


def suggested(case: Case, world: World, actor_of: ActorOf) -> Measure:
    return measures.suggest(
        case,
        "GW-172A",
        necessity="He returns to the same square and threatens people there.",
        subsidiarity="Two talks and a warning changed nothing at all.",
        intended="No gathering under his leadership for a month.",
        by=replace(actor_of(world.director, CASE_WORK), simulated=True),
    )


def test_a_suggested_measure_waits_for_the_lawyer_and_not_for_who_suggested_it(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    measure = suggested(case, world, actor_of)

    assert [measure.reference in one for one in titles(world.lawyer, CASE_WORK, actor_of)] == [True]
    assert not any(measure.reference in one for one in titles(world.director, CASE_WORK, actor_of))


@pytest.mark.parametrize("who", ["police", "prosecutor", "mayor", "director", "lawyer", "school", "travel"])
def test_the_number_in_the_menu_is_what_the_page_lists(
    who: str, case: Case, world: World, actor_of: ActorOf
) -> None:
    suggested(case, world, actor_of)
    weighing_by(world.police, actor_of)
    user = getattr(world, who)

    for purpose in ("weighing", CASE_WORK, "investigation"):
        try:
            actor = actor_of(user, purpose)
        except PurposeNotAllowed:
            continue
        listed: dict[str, int] = {}
        for group in gather(KINDS, actor):
            listed[group.kind.place] = listed.get(group.kind.place, 0) + len(group.tasks)
        assert listed == {place: n for place, n in by_place(KINDS, counted(KINDS, actor)).items() if n}


def test_the_menu_of_another_page_shows_the_same_number(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    weighing_by(world.police, actor_of)
    number = by_place(KINDS, counted(KINDS, actor_of(world.mayor, "weighing")))["cases:weighings"]

    shown = client_of(world.mayor, "weighing").get("/account/").text

    assert number == 1
    assert re.search(r'href="/weighings/">[^<]+<span class="samenhang-count">1<', shown)


def test_work_under_another_task_is_counted_and_never_named(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    weighing = weighing_by(world.police, actor_of)
    assert elsewhere(KINDS, actor_of(world.mayor, CASE_WORK)) == {"weighing": 1}

    page = text_of(client_of(world.mayor, CASE_WORK), "/")

    assert "Wegen van een signaal 1" in page
    assert weighing.reference not in page
    assert "Fantasia" not in page


def test_where_one_chooses_a_task_it_is_said_where_work_waits(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    weighing_by(world.police, actor_of)

    mayor = text_of(client_of(world.mayor, CASE_WORK), "/task/")
    director = text_of(client_of(world.director, CASE_WORK), "/task/")

    assert "Er wacht werk in: Wegen van een signaal (1)." in mayor
    assert "Er wacht werk in" not in director


def test_who_has_one_task_need_not_choose_it_nor_name_a_case(world: World, client_of: ClientOf) -> None:
    browser = client_of(world.privacy)

    page = browser.get("/task/").text
    chosen = browser.post("/task/", {"purpose": "oversight"})

    assert re.search(r'value="oversight"[^>]*checked', page)
    assert 'name="case"' not in page
    assert chosen.status_code == 302
    assert 'href="/cases/"' not in browser.get("/").text  # these would stay empty for an overseer
    assert "staat in het menu" in text_of(browser, "/")


def test_the_page_says_what_to_begin_with(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    weighing = weighing_by(world.police, actor_of)

    answer = client_of(world.mayor, "weighing").get("/")

    assert f"/weighings/{weighing.reference}/" in answer.content.decode()
    assert "Begin hier" in answer.content.decode()
    assert "Pippi Fantasia" in answer.content.decode()


def test_an_outsider_has_no_work_and_learns_nothing(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    signal = signal_by(world.police, actor_of)

    page = text_of(client_of(world.school, "weighing"), "/")

    assert signal.reference not in page
    assert "Fantasia" not in page


def test_a_late_line_says_how_late_in_words(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    weighing_by(world.police, actor_of)
    said = Statement.objects.unscoped("test").get()
    exchange.withdraw(said, reason="the source took it back", by=actor_of(world.police, "weighing"))
    clock.moment += timedelta(days=17)

    assert "3 dagen te laat" in text_of(client_of(world.mayor, "weighing"), "/")


def test_looking_again_takes_the_line_away(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    weighing_by(world.police, actor_of)
    said = Statement.objects.unscoped("test").get()
    exchange.withdraw(said, reason="the source took it back", by=actor_of(world.police, "weighing"))
    duty = Reconsideration.objects.unscoped("test").get()
    client = client_of(world.mayor, "weighing")
    path = f"/again/{duty.reference}/"

    assert client.get(path).status_code == 200
    assert client_of(world.school, "weighing").get(path).status_code == 404
    assert client.post(path, {"outcome": ""}).status_code == 422
    assert (
        client.post(path, {"verdict": "stands", "outcome": "It still stands on the other one."}).status_code
        == 302
    )
    assert path not in client.get("/").content.decode()


def test_a_hit_waits_for_the_unit_then_for_a_colleague_and_then_for_nobody(
    world: World, actor_of: ActorOf
) -> None:
    hit = one_hit(actor_of(world.police, "investigation"))
    first, second = actor_of(world.travel), actor_of(world.travel_two)

    def kinds(user: User) -> list[str]:
        return [group.kind.code for group in gather(KINDS, actor_of(user, "investigation"))]

    assert (kinds(world.travel), kinds(world.travel_two)) == (["hits"], ["hits"])
    watchlists.judge(hit, Verdict.MATCH, why=MATCH, by=first)
    assert (kinds(world.travel), kinds(world.travel_two)) == ([], ["confirm"])
    watchlists.confirm(hit, agree=False, why=NO_MATCH, by=second)
    assert (kinds(world.travel), kinds(world.travel_two)) == (["hits"], [])
    watchlists.judge(hit, Verdict.MATCH, why=MATCH, by=first)
    watchlists.confirm(hit, agree=True, why=MATCH, by=second)
    assert (kinds(world.travel), kinds(world.travel_two), kinds(world.police)) == ([], [], [])


def test_the_issuer_goes_on_from_a_confirmed_hit_without_any_of_its_data(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    hit = one_hit(actor_of(world.police, "investigation"))
    watchlists.judge(hit, Verdict.MATCH, why=MATCH, by=actor_of(world.travel))
    watchlists.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))
    way_on = "/task/?purpose=weighing&amp;next=%2Fsignals%2Fnew%2F"

    police = client_of(world.police, "investigation")
    assert way_on in police.get(f"/hits/{hit.reference}/").content.decode()
    assert way_on not in client_of(world.travel).get(f"/hits/{hit.reference}/").content.decode()

    choice = police.get("/task/?purpose=weighing&next=/signals/new/").content.decode()
    assert re.search(r'value="weighing"[^>]*checked', choice)
    answer = police.post("/task/?next=/signals/new/", {"purpose": "weighing"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/signals/new/"
    assert "VERZONNEN" not in answer.content.decode().upper()
    assert hit.reference not in answer.content.decode()
