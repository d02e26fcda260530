"""G33: a case is reviewed within half a year and stays only with reasons; a late review stops new work."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions, rules
from samenhang.cases.models import Case, Review
from samenhang.cases.rules import Status, Verdict
from samenhang.cases.rules.ending import Outcome
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import gather
from samenhang.grounds.models import Approval
from samenhang.journal import Actor
from samenhang.measures import actions as measures
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import User
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.ending import MAY_END, STAYS, fresh, review
from tests.weighing import SAID, opened_case

pytestmark = pytest.mark.django_db
APPROACH = "person-centred-approach"
WHY = "Talks changed nothing, and the threat was made twice."
LAST_DAY = date(2027, 5, 23)  # half a year after the case opens in these tests


def lapse(at: datetime) -> int:
    return actions.lapse_reviews(by=service_account("terms", now=at))


def suggest(case: Case, by: Actor) -> object:
    return measures.suggest(fresh(case), "GW-172A", necessity=WHY, subsidiarity=WHY, intended=WHY, by=by)


def test_a_new_case_must_be_reviewed_within_half_a_year(world: World, actor_of: ActorOf) -> None:
    assert opened_case(world, actor_of).review_on == LAST_DAY


@pytest.mark.parametrize(
    "lacks",
    [
        {"reasons": " "},
        {"lighter": ""},
        {"next_on": None},
        {"next_on": date(2026, 11, 23)},
        {"next_on": date(2027, 5, 24)},
    ],
)
def test_without_reasons_and_a_next_day_a_case_does_not_stay(
    world: World, actor_of: ActorOf, lacks: dict[str, Any]
) -> None:
    case, director = opened_case(world, actor_of), actor_of(world.director, APPROACH)

    with pytest.raises(rules.NotReviewed):
        review(case, director, replace(STAYS, **lacks))
    assert not Review.objects.unscoped("test").exists()


def test_a_case_that_was_reviewed_stays_until_the_day_that_was_chosen(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    case = opened_case(world, actor_of)
    review(case, actor_of(world.director, APPROACH))

    assert lapse(moment + timedelta(days=98)) == 0  # 1 March 2027, the day itself
    assert lapse(moment + timedelta(days=99)) == 1
    assert fresh(case).status == Status.CLOSING


def test_a_case_rests_only_with_reasons_and_its_term_runs_on(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    case, director = opened_case(world, actor_of), actor_of(world.director, APPROACH)
    review(case, director, replace(STAYS, verdict=Verdict.SUSPEND))
    with pytest.raises(rules.NotOpen):
        suggest(case, director)
    assert fresh(case).status == Status.SUSPENDED
    assert Case.objects.visible_to(actor_of(world.police, APPROACH)).filter(pk=case.pk).exists()

    assert lapse(moment + timedelta(days=99)) == 1

    assert fresh(case).status == Status.CLOSING


def test_a_case_that_rested_goes_on_after_a_review(world: World, actor_of: ActorOf) -> None:
    case, director = opened_case(world, actor_of), actor_of(world.director, APPROACH)
    Approval.objects.create(subject="GW-172A", lawyer="L. Maginary", given_by="t", starts_on=date(2026, 1, 1))
    review(case, director, replace(STAYS, verdict=Verdict.SUSPEND))
    review(case, director)

    assert suggest(case, director)


def test_when_twice_no_criterion_holds_the_case_can_only_be_closed(world: World, actor_of: ActorOf) -> None:
    case, director = opened_case(world, actor_of), actor_of(world.director, APPROACH)
    nothing_holds = replace(STAYS, criteria_hold=False)
    review(case, director, nothing_holds)

    with pytest.raises(rules.NoCriterionTwice):
        review(case, director, nothing_holds)
    review(case, director, MAY_END)
    assert fresh(case).status == Status.CLOSING


def test_of_whom_nothing_became_known_for_a_year_is_proposed_for_closing_unless_the_mayor_says_why_not(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    case = opened_case(world, actor_of)
    half, later = moment + timedelta(days=180), moment + timedelta(days=366)
    soon = replace(STAYS, next_on=half.date() + timedelta(days=184))
    review(case, actor_of(world.director, APPROACH, now=half), soon)
    on = replace(STAYS, next_on=later.date() + timedelta(days=90))
    director = actor_of(world.director, APPROACH, now=later)

    with pytest.raises(rules.NothingNew):
        review(case, director, on)
    review(case, actor_of(world.mayor, APPROACH, now=later), on)
    assert fresh(case).status == Status.OPEN
    actions.bring(fresh(case), SAID, category="police-data", by=actor_of(world.police, APPROACH, now=later))
    review(case, director, on)  # something new is known
    review(case, replace(director, now=later + timedelta(days=80)), MAY_END)
    assert fresh(case).status == Status.CLOSING


def test_nobody_reviewed_it_so_it_is_proposed_for_closing_once_and_nothing_new_is_done(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    case = opened_case(world, actor_of)
    late = moment + timedelta(days=182)
    director, police = (
        actor_of(world.director, APPROACH, now=late),
        actor_of(world.police, APPROACH, now=late),
    )

    with pytest.raises(rules.NotOpen):  # already before the service of terms came by
        suggest(case, director)
    assert (lapse(late), lapse(late)) == (1, 0)

    with pytest.raises(rules.NotOpen):
        suggest(case, director)
    with pytest.raises(rules.NotOpen):
        actions.bring(fresh(case), SAID, category="police-data", by=police)
    with pytest.raises(rules.NotOpen):
        actions.admit(fresh(case), world.child_protection.organisation, reason="A brother.", by=director)


def test_what_was_proposed_for_closing_stays_only_by_the_mayor(world: World, actor_of: ActorOf) -> None:
    case, director = opened_case(world, actor_of), actor_of(world.director, APPROACH)
    review(case, director, MAY_END)

    with pytest.raises(NotYours):
        review(case, director)
    review(case, actor_of(world.mayor, APPROACH))
    Approval.objects.create(subject="GW-172A", lawyer="L. Maginary", given_by="t", starts_on=date(2026, 1, 1))

    assert (fresh(case).status, fresh(case).review_on) == (Status.OPEN, STAYS.next_on)
    suggest(case, director)


def test_a_closed_case_is_not_reviewed_back_to_life(world: World, actor_of: ActorOf) -> None:
    case, mayor = opened_case(world, actor_of), actor_of(world.mayor, APPROACH)
    actions.close(case, outcome=Outcome.GOALS_MET, reason="It is no longer needed.", by=mayor)

    with pytest.raises(NotThere):
        review(case, mayor)


def test_an_outsider_neither_reviews_nor_reads_why_a_case_stays(world: World, actor_of: ActorOf) -> None:
    case = opened_case(world, actor_of)
    review(case, actor_of(world.director, APPROACH))

    for user in (world.other_director, world.school, world.child_protection):
        by = actor_of(user, APPROACH)
        with pytest.raises(NotThere):
            review(case, by)
        assert not Review.objects.visible_to(by).exists()
    assert Review.objects.visible_to(actor_of(world.police, APPROACH)).count() == 1
    with pytest.raises(NotYours):
        review(case, actor_of(world.police, APPROACH))


def waiting(user: User, actor_of: ActorOf, at: datetime) -> list[tuple[str, bool]]:
    """What each task is about and whether it is late; who is to lead the case is asked elsewhere."""
    tasks = [task for group in gather(KINDS, actor_of(user, APPROACH, now=at)) for task in group.tasks]
    return [(what, task.late) for task in tasks if (what := task.url.split("/")[3]) != "lead"]


def test_my_work_asks_for_it_two_weeks_before_and_then_for_a_decision(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    opened_case(world, actor_of)
    early, soon, late = (moment + timedelta(days=days) for days in (166, 167, 182))

    assert waiting(world.director, actor_of, early) == []
    for user in (world.director, world.mayor):
        assert waiting(user, actor_of, soon) == [("review", False)]
    assert waiting(world.police, actor_of, soon) == []
    assert waiting(world.other_director, actor_of, soon) == []
    lapse(late)
    assert waiting(world.mayor, actor_of, late) == [("", False)]
    assert waiting(world.mayor, actor_of, late + timedelta(days=29)) == [("", True)]


def test_the_page_says_what_lacks_and_then_shows_why_the_case_stays(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    case = opened_case(world, actor_of)
    browser, page = client_of(world.director, APPROACH), f"/cases/{case.reference}/review/"
    typed = {"criteria_hold": "yes", "verdict": Verdict.LIGHTER, "reasons": "He still looks for the group."}

    assert browser.post(page, typed).status_code == 422
    answer = browser.post(page, typed | {"lighter": "Not yet.", "next_on": "1-3-2027"}, follow=True)
    assert "He still looks for the group." in answer.content.decode()
    clock.moment += timedelta(days=100)
    late = client_of(world.director, APPROACH).get(f"/cases/{case.reference}/").content.decode()
    assert "Deze casus is niet op tijd geëvalueerd" in late
