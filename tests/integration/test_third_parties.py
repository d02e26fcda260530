"""A third party reads the items that all three let it read, until the day, and nothing else."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions
from samenhang.cases.models import Case, SharedItem, ThirdParty
from samenhang.cases.rules import NoSeat, SeatTaken, VotedTwice
from samenhang.cases.rules.ending import Outcome
from samenhang.cases.rules.third_parties import Admission, CannotAdmit
from samenhang.exchange.models import Disclosure, Signal, Statement
from samenhang.grounds import rules as law
from samenhang.journal import Actor
from samenhang.organisations.models import User
from samenhang.persons.models import Person
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.ending import fresh
from tests.weighing import opened_case

pytestmark = pytest.mark.django_db
APPROACH = "person-centred-approach"
UNTIL = date(2026, 12, 7)
ITEMS = ["The coach talks with the pupil every Monday.", "Call the director when he stays away."]


@pytest.fixture
def case(world: World, actor_of: ActorOf) -> Case:
    return opened_case(world, actor_of)


def proposed(case: Case, world: World, actor_of: ActorOf) -> ThirdParty:
    body, by = world.school.organisation, actor_of(world.director, APPROACH)
    return actions.propose_third_party(case, body, ITEMS, until=UNTIL, reason="It sees him daily.", by=by)


def agreed(third: ThirdParty, users: list[User], actor_of: ActorOf) -> ThirdParty:
    for user in users:
        third = actions.agree_to_third_party(third, by=actor_of(user, APPROACH))
    return third


def reads(actor: Actor) -> list[str]:
    return [item.text for item in SharedItem.objects.visible_to(actor)]


def test_only_with_all_three_and_only_these_items(case: Case, world: World, actor_of: ActorOf) -> None:
    third, school = proposed(case, world, actor_of), actor_of(world.school, APPROACH)

    agreed(third, [world.police, world.prosecutor], actor_of)
    assert reads(school) == []
    third = agreed(third, [world.mayor], actor_of)

    assert third.stage == Admission.ADMITTED
    assert reads(school) == ITEMS
    for model in (Case, ThirdParty, Statement, Signal, Person):
        assert not model.objects.visible_to(school).exists(), model
    assert reads(actor_of(world.other_director, APPROACH)) == []
    given = Disclosure.objects.unscoped("test").filter(recipient=world.school.organisation)
    assert {(one.rule, one.capacity) for one in given} == {("CASUS-DERDE", "DERDE")}


def test_it_ends_by_itself_at_the_end_of_its_day(
    case: Case, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    agreed(proposed(case, world, actor_of), [world.police, world.prosecutor, world.mayor], actor_of)
    midnight = datetime(2026, 12, 8, tzinfo=ZoneInfo("Europe/Amsterdam"))

    assert reads(actor_of(world.school, APPROACH, now=midnight - timedelta(minutes=1))) == ITEMS
    assert reads(actor_of(world.school, APPROACH, now=midnight)) == []
    assert reads(actor_of(world.police, APPROACH, now=midnight)) == ITEMS, (
        "who sits there knows what went out"
    )


def test_ending_or_closing_takes_it_away_at_once(case: Case, world: World, actor_of: ActorOf) -> None:
    three = [world.police, world.prosecutor, world.mayor]
    first = agreed(proposed(case, world, actor_of), three, actor_of)
    director, school = actor_of(world.director, APPROACH), actor_of(world.school, APPROACH)

    actions.end_third_party(first, by=director)
    assert reads(school) == []
    agreed(proposed(case, world, actor_of), three, actor_of)
    assert reads(school) == ITEMS
    actions.close(fresh(case), outcome=Outcome.GOALS_MET, reason="It is no longer needed.", by=director)
    for user in (world.school, world.police, world.director):
        assert reads(actor_of(user, APPROACH)) == []


def test_three_different_people_of_the_three_agree_and_one_no_is_enough(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    third = proposed(case, world, actor_of)
    agreed(third, [world.police], actor_of)

    with pytest.raises((SeatTaken, VotedTwice)):
        agreed(third, [world.police_two], actor_of)
    with pytest.raises((NotYours, NoSeat)):
        agreed(third, [world.director], actor_of)
    for outsider in (world.school, world.other_mayor):
        with pytest.raises(NotThere):
            agreed(third, [outsider], actor_of)
    refused = actions.refuse_third_party(third, reason="Too much.", by=actor_of(world.mayor, APPROACH))
    assert refused.stage == Admission.REFUSED
    assert reads(actor_of(world.school, APPROACH)) == []


def test_who_may_sit_at_the_case_is_no_third_party_and_half_a_year_is_the_longest(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.director, APPROACH)

    with pytest.raises(CannotAdmit):
        actions.propose_third_party(
            case, world.child_protection.organisation, ITEMS, until=UNTIL, reason="Help.", by=by
        )
    for until in (by.today, by.today + timedelta(days=200)):
        with pytest.raises(CannotAdmit):
            actions.propose_third_party(
                case, world.school.organisation, ITEMS, until=until, reason="Help.", by=by
            )


def test_before_the_act_there_was_no_such_third_party() -> None:
    assert not law.ask("CASUS", "DERDE", "plan", APPROACH, date(2014, 6, 30)).permitted


def test_the_pages_show_the_rule_and_the_third_party_sees_its_items_alone(
    case: Case, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    browser = client_of(world.director, APPROACH)
    url = f"/cases/{case.reference}/third-party/"
    assert "Wet PGA art. 3(3)-(4)" in browser.get(url).content.decode()
    content = {
        "organisation": world.school.organisation.reference, "texts": "\r\n\r\n".join(ITEMS),
        "until": "7-12-2026", "reason": "It sees him every day.",
    }  # fmt: skip
    where = browser.post(url, content).headers["Location"]
    for user in (world.police, world.prosecutor, world.mayor):
        assert client_of(user, APPROACH).post(where, {"answer": "agree"}).status_code == 302

    school = client_of(world.school, APPROACH)
    assert school.get(where).status_code == 404
    page = school.get("/shared/").content.decode()
    assert all(item in page for item in ITEMS)
    assert case.reference not in page
