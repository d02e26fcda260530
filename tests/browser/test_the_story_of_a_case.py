"""One case from the report to its destruction, clicked by who must do each step, under two laws."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from playwright.sync_api import Browser

from samenhang.access.sentinel import suspended
from samenhang.cases.models import Case
from samenhang.cases.rules import CRITERIA
from samenhang.cases.rules.ending import KEPT
from samenhang.desk.worker import work_once
from samenhang.grounds.models import Approval
from samenhang.grounds.rules import Duration
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.organisations.models import User
from samenhang.risk.models import Accreditation
from samenhang.risk.rules import SECTIONS, bundled
from tests.browser.desk import APPROACH, Desk
from tests.browser.page_checks import check_page
from tests.cast import HOME, StandingClock, World, signed_in

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# In every text that is typed, so that what is left of it afterwards can be found.
MARK = "zilverpapegaai"
NAME, GIVEN = "Fantasiazomer", "Pippilottaroos"
WORDS = f"Een zin over een {MARK}, met een feit en een dag erin."
MEASURE = "GW-172A"  # of 2010: the mayor's own, in both years
SAID = f"Zei tegen twee collega's dat hij de {MARK} zal steken."
LAWS = {
    "2014": datetime(2014, 3, 3, 9, tzinfo=AMSTERDAM),
    "2026": datetime(2026, 11, 23, 9, tzinfo=AMSTERDAM),
}


@pytest.fixture(params=LAWS)
def law(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def moment(law: str) -> datetime:
    return LAWS[law]


@pytest.fixture
def desk(browser: Browser, product: str, world: World, clock: StandingClock, law: str) -> Iterator[Desk]:
    since = date(2014, 1, 1)
    by = installer(clock.moment)
    if law == "2014":
        for user in world.users():
            for mandate in list(user.mandates.all()):
                organisations.give_mandate(user, mandate.role, starts_on=since, by=by)
        table = [world.police.organisation, world.prosecutor.organisation, world.municipality]
        organisations.sign_covenant("Casusoverleg", table, signed_on=since, by=by)
    for user in (world.police, world.director):
        Accreditation.objects.create(
            user=user, what="reflection-guide", starts_on=since, ends_on=date(2040, 1, 1), proof="file 1",
            given_by="test",
        )  # fmt: skip
    Approval.objects.create(subject=MEASURE, lawyer="L. Verzonnen", given_by="test", starts_on=since)
    made = Desk(browser, product, clock, world.other_director, checks=law == "2026")
    yield made
    for page in made.seats.values():
        page.context.close()


def test_a_case_is_walked_from_report_to_destruction(
    law: str, desk: Desk, world: World, clock: StandingClock
) -> None:
    police_report_somebody(desk, world)
    if law == "2026":
        three_people_weigh_it(desk, world)
    else:
        the_partners_of_the_covenant_take_it_up(desk, world)
    both = (world.police, world.prosecutor)
    a_conference_is_held(desk, world, both, lambda: hear_something(desk, world))
    police_disclose_what_was_said(desk, world)
    two_people_assess(desk, world)
    a_conference_is_held(desk, world, (world.police,), lambda: make_a_plan(desk, world))
    a_measure_is_proposed(desk, world)
    police_carry_the_plan_out(desk, world)
    the_mayor_imposes_it(desk, world)
    the_case_is_reviewed(desk, world)
    what_the_measure_did_is_seen(desk, world)
    the_case_is_closed_and_shielded(desk, world)
    the_case_is_destroyed(desk, world)

    assert len(desk.seats) >= 5
    assert desk.faults == []


def police_report_somebody(desk: Desk, world: World) -> None:
    desk.work(world.police, "weighing")
    desk.menu("/signals/")
    desk.check("signals-empty")
    desk.click('a[href="/signals/new/"]')
    desk.check("signal-new")
    desk.fill(
        surname=NAME, given_names=GIVEN, birth_date="30-4-1990", municipality=HOME, text=SAID, triage="1",
        true_from=days_ago(desk, 3), necessity=WORDS, basis="Politiewet 2012 art. 3",
    )  # fmt: skip
    desk.send()
    desk.is_closed_to_the_outsider()


def three_people_weigh_it(desk: Desk, world: World) -> None:
    desk.work(world.police, "weighing")
    desk.click("a[href^='/signals/']")
    desk.check("signal")
    desk.confirm_the_law()
    desk.send("#offer")
    desk.check("weighing")
    desk.is_closed_to_the_outsider()
    for user in (world.police, world.prosecutor, world.mayor):
        desk.work(user, "weighing")
        desk.click("a[href^='/weighings/']")
        desk.fill(opinion="approach", **dict.fromkeys(CRITERIA, WORDS))
        desk.send("#position")
        desk.is_closed_to_the_outsider()
    desk.check("weighing-decided")


def the_partners_of_the_covenant_take_it_up(desk: Desk, world: World) -> None:
    desk.work(world.police, "weighing")
    desk.click("a[href^='/signals/']")
    desk.click("a[href$='/take-up/']")
    check_page(desk.page, "signal-take-up")
    for partner in desk.page.locator("main input[name=partners]").all():
        partner.check()
    desk.fill(reason=WORDS)
    desk.send()
    desk.is_closed_to_the_outsider()


def a_conference_is_held(
    desk: Desk, world: World, partners: Sequence[User], talk: Callable[[], None]
) -> None:
    """The director prepares it, chairs it three days later and writes the minutes; the others approve."""
    desk.work(world.director)
    desk.menu("/conferences/")
    desk.click('a[href="/conferences/new/"]')
    desk.fill(day=days_ago(desk, -3), starts="10:00", ends="12:00", place="Kamer 3")
    desk.send()
    desk.click("a[href$='/agenda/']")
    desk.put(desk.page.locator("main [name=case]"), str(the_case().reference))
    desk.fill(question=WORDS)
    desk.send()
    desk.click("a[href$='/invite/']")
    for user in partners:
        desk.page.locator(f"main input[name=person][value={user.reference}]").check()
    desk.send()
    for without in desk.page.locator("main .samenhang-first summary").all():
        without.click()  # not of everybody at the case somebody comes
    desk.click("form[action$='/send/'] button")
    desk.is_closed_to_the_outsider()

    desk.clock.moment += timedelta(days=3, hours=1)
    desk.work(world.director)
    desk.click("a[href^='/conferences/']")
    desk.click("a[href$='/room/']")
    desk.click("form[action$='/begin/'] button")
    for _user in partners:
        desk.click("form[action$='/arrive/'] button")
    desk.click("form[action$='/open/'] button")
    talk()
    desk.click("form[action$='/close/'] button")
    desk.click("form[action$='/end/'] button")

    desk.work(world.director)
    desk.click("a[href$='/minutes/']")
    desk.fill(words=WORDS)
    desk.send()
    for user in partners:
        desk.work(user)
        desk.click("a[href^='/conferences/items/']")
        desk.is_closed_to_the_outsider()
        desk.click("form[action$='/approve/'] button")


def hear_something(desk: Desk, world: World) -> None:
    desk.page.locator("main #said summary").click()
    desk.fill("#said", speaker=world.police.reference, wording=WORDS)
    desk.click("form[action$='/mark/'] button")


def make_a_plan(desk: Desk, world: World) -> None:
    desk.page.locator("main #decisions > details > summary").click()
    desk.fill("#decisions", wording=WORDS, proportionality=WORDS, subsidiarity=WORDS)
    desk.click("form[action$='/propose/'] button")
    desk.page.locator("main #decisions article summary").first.click()
    desk.click("#decisions button[value=taken]")
    desk.page.locator("main #actions summary").click()
    desk.fill(owner=world.police.reference, what=WORDS, due_on=days_ago(desk, -20))
    desk.click("form[action$='/assign/'] button")


def police_disclose_what_was_said(desk: Desk, world: World) -> None:
    """Said aloud it was a line of the chair; confirmed it is a statement of the police, under a rule."""
    desk.work(world.prosecutor)
    desk.menu("/cases/")
    desk.click("a[href^='/cases/']")
    before = desk.page.locator("#statements").inner_text().count(MARK)

    desk.work(world.police)
    desk.click("a[href^='/conferences/said/']")
    desk.is_closed_to_the_outsider()
    desk.click("a[href$='/police-data/']")
    desk.check("said-confirm")
    desk.fill(text=SAID, necessity=WORDS, basis="Wpg art. 8")
    desk.confirm_the_law()
    desk.send()

    desk.menu("/cases/")
    desk.click("a[href^='/cases/']")
    desk.click("a[href$='/contribute/']")
    desk.check("case-categories")
    desk.click("a[href$='/police-data/']")
    desk.check("case-contribute")

    desk.work(world.prosecutor)
    desk.menu("/cases/")
    desk.click("a[href^='/cases/']")
    assert desk.page.locator("#statements").inner_text().count(MARK) > before
    desk.check("case")


def two_people_assess(desk: Desk, world: World) -> None:
    desk.work(world.mayor)
    desk.menu("/cases/")
    desk.click("a[href^='/cases/']")
    desk.click("a[href$='/admit/']")
    desk.check("case-admit")
    desk.page.go_back()
    desk.click("a[href^='/assessments/of/']", within="body")
    desk.click("a[href^='/assessments/new/']")
    desk.page.locator("main [name=instrument]").select_option(index=1)
    desk.fill(first=world.police.reference, second=world.director.reference)
    desk.send()
    desk.clock.moment += timedelta(days=1)
    for user in (world.police, world.director):
        desk.work(user)
        desk.click("a[href^='/assessments/']")
        desk.is_closed_to_the_outsider()
        desk.click("a[href$='/write/']")
        give_an_opinion(desk)
    desk.work(world.police)
    desk.click("a[href^='/assessments/']")
    desk.click("a[href$='/finish/']")
    desk.send()


def give_an_opinion(desk: Desk) -> None:
    for number, one in enumerate(bundled().indicators):
        desk.fill(**{f"level-{one.code}": "unknown" if number else "clearly"})
        if not number:
            desk.page.locator(f"main [name='on-{one.code}']").first.check()
            desk.fill(**{f"words-{one.code}": WORDS})
    desk.fill(judgement="attention", reasons=WORDS, **dict.fromkeys(SECTIONS, WORDS))
    desk.click("button[value=give]")


def a_measure_is_proposed(desk: Desk, world: World) -> None:
    """A measure that both laws know: the director suggests it, a lawyer checks it, then it is proposed."""
    desk.work(world.director)
    desk.menu("/cases/")
    desk.click("a[href^='/cases/']")
    desk.click("a[href^='/measures/new/']")
    desk.fill(kind=MEASURE, necessity=WORDS, subsidiarity=WORDS, intended=WORDS)
    desk.send()
    desk.is_closed_to_the_outsider()
    steps: dict[str, tuple[User, dict[str, str]]] = {
        "check": (world.lawyer, {"holds": "yes", "legality": WORDS}),
        "propose": (world.director, {"authority": world.municipality.reference, "about": NAME}),
    }
    for step, (user, typed) in steps.items():
        take_step(desk, user, step, typed)


def the_mayor_imposes_it(desk: Desk, world: World) -> None:
    """After the two days in which, under the Act, the prosecution may object to every such step."""
    days = {"starts_on": days_ago(desk, 0), "lapses_on": days_ago(desk, -20)}
    take_step(desk, world.mayor, "decide", {"impose": "yes", "reasons": WORDS, **days})
    take_step(desk, world.mayor, "notify", {"told_on": days_ago(desk, 0)})
    desk.check("measure")


def take_step(desk: Desk, user: User, step: str, typed: dict[str, str]) -> None:
    desk.work(user)
    desk.menu("/measures/")
    desk.click("a[href^='/measures/M-']")
    desk.click(f"a[href$='/{step}/']")
    desk.fill(**typed)
    desk.send()


def what_the_measure_did_is_seen(desk: Desk, world: World) -> None:
    """It lapsed by itself at its term; the case does not close before somebody wrote down what it did."""
    seen = {"observed_on": days_ago(desk, 0), "reached": WORDS, "adverse": WORDS}
    desk.work(world.director)
    desk.menu("/measures/")
    desk.click("a[href^='/measures/M-']")
    assert "Vervallen op de einddatum" in desk.page.locator("main").inner_text()
    take_step(desk, world.director, "observe", seen)
    desk.is_closed_to_the_outsider()


def police_carry_the_plan_out(desk: Desk, world: World) -> None:
    desk.clock.moment += timedelta(days=2)
    for step in ("accepted", "done"):
        desk.work(world.police)
        desk.click("a[href^='/conferences/actions/']")
        desk.is_closed_to_the_outsider()
        desk.fill(words=WORDS)
        desk.click(f"button[name=step][value={step}]")


def the_case_is_reviewed(desk: Desk, world: World) -> None:
    """Half a year later it stays, with reasons; and half a year after that it may end."""
    desk.clock.moment = at(desk, the_case().review_on - timedelta(days=7))
    work_once()
    desk.work(world.director)
    desk.click("a[href$='/review/']")
    desk.check("case-review")
    desk.is_closed_to_the_outsider()
    next_on = the_case().review_on + timedelta(days=90)
    desk.fill(criteria_hold="yes", verdict="continue", reasons=WORDS, lighter=WORDS, next_on=said(next_on))
    desk.send()

    desk.clock.moment = at(desk, next_on - timedelta(days=3))
    work_once()
    desk.work(world.director)
    desk.click("a[href$='/review/']")
    desk.fill(criteria_hold="no", verdict="close", reasons=WORDS)
    desk.send()


def the_case_is_closed_and_shielded(desk: Desk, world: World) -> None:
    desk.work(world.director)
    desk.click("#closings a[href^='/cases/']")
    page = desk.path
    desk.click("a[href$='/close/']")
    desk.check("case-close")
    desk.is_closed_to_the_outsider()
    desk.fill(outcome="goals-met", reason=WORDS)
    desk.send()
    for user in (world.police, world.prosecutor, world.mayor, world.director):
        assert signed_in(user, APPROACH).get(page).status_code == 404

    desk.work(world.privacy, "oversight")
    desk.menu("/oversight/cases/")
    desk.fill(reference=page.split("/")[2], ground="complaint", reason=WORDS)
    desk.send()
    assert NAME not in desk.page.content()
    desk.is_closed_to_the_outsider()


def the_case_is_destroyed(desk: Desk, world: World) -> None:
    reference, last = the_case().reference, the_case().destroy_on
    assert last == Duration.read(KEPT).after(desk.clock.moment.date())
    assert traces(), "nothing was written at all"

    desk.clock.moment = at(desk, last)
    work_once()

    assert traces() == []
    desk.work(world.privacy, "oversight")
    desk.menu("/oversight/cases/")
    assert reference in desk.page.locator("#certificates").inner_text()


def the_case() -> Case:
    found: Case = Case.objects.unscoped("a test looks").get()
    return found


def days_ago(desk: Desk, days: int) -> str:
    return said((desk.clock.moment - timedelta(days=days)).date())


def said(day: date) -> str:
    return f"{day.day}-{day.month}-{day.year}"


def at(desk: Desk, day: date) -> datetime:
    return datetime.combine(day, desk.clock.moment.time(), AMSTERDAM)


def traces() -> list[str]:
    """Each table that still holds a name or a word that somebody typed."""
    found = []
    with suspended("a test looks at every row"), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            words = str(cursor.fetchall())
            if any(word in words for word in (MARK, NAME, GIVEN)):
                found.append(table)
    return found
