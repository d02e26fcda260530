"""A case has a lead and a deputy; a hand-over keeps the duty with somebody at every moment."""

from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.cases import actions
from samenhang.cases.models import Case, Charge, Takeover
from samenhang.cases.rules.keeping import CannotKeep, Offer, Pack, Part
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import gather
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.organisations.models import Mandate, User
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.chance import by_chance
from tests.ending import fresh
from tests.weighing import opened_case

pytestmark = pytest.mark.django_db
APPROACH = "person-centred-approach"
PACK = Pack(
    "Two weeks of imaginary leave.", "A talk with his mother on Friday.", "Imaginary police, about school."
)


@pytest.fixture
def case(world: World, actor_of: ActorOf) -> Case:
    return opened_case(world, actor_of)


def led(case: Case, world: World, actor_of: ActorOf, *, deputy: User | None = None) -> Charge:
    """The director leads it; perhaps somebody is the deputy."""
    by = actor_of(world.director, APPROACH)
    lead = actions.appoint(case, world.director, Part.LEAD, by=by)
    if deputy is not None:
        actions.appoint(case, deputy, Part.DEPUTY, by=by)
    return lead


def answers(case: Case) -> dict[str, str]:
    standing = Charge.objects.unscoped("test").of(case).standing()
    return {one.part: one.user.name for one in standing}


def waits(by: Actor, code: str) -> int:
    return sum(group.count for group in gather(KINDS, by) if group.kind.code == code)


def test_it_is_said_on_the_case_and_in_my_work_that_all_hangs_on_one_person(
    case: Case, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    director = actor_of(world.director, APPROACH)
    browser, url = client_of(world.director, APPROACH), f"/cases/{case.reference}/"

    assert waits(director, "alone") == 1
    assert "Nobody leads this case" in browser.get(url, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    led(case, world, actor_of)
    assert waits(director, "alone") == 1
    assert (
        "All of this case hangs on one person" in browser.get(url, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    )
    actions.appoint(case, world.director_two, Part.DEPUTY, by=director)
    assert waits(director, "alone") == 0
    page = browser.get(url, HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "hangs on one person" not in page
    assert world.director_two.name in page
    assert waits(actor_of(world.other_director, APPROACH), "alone") == 0


def test_until_it_is_taken_over_the_giver_keeps_the_duty(
    case: Case, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    lead = led(case, world, actor_of)
    giver, receiver = actor_of(world.director, APPROACH), actor_of(world.director_two, APPROACH)

    offered = actions.offer(lead, world.director_two, PACK, by=giver)
    assert answers(case) == {"lead": world.director.name}
    assert (waits(giver, "not-taken-over"), waits(receiver, "hand-overs")) == (1, 1)

    actions.decline(offered, reason="I am away myself.", by=receiver)
    assert answers(case) == {"lead": world.director.name}
    assert (waits(giver, "not-taken-over"), waits(receiver, "hand-overs")) == (1, 0)

    again = actions.offer(lead, world.director_two, PACK, by=giver)
    actions.take_over(again, by=receiver)
    assert answers(case) == {"lead": world.director_two.name}
    assert (waits(giver, "not-taken-over"), waits(receiver, "hand-overs")) == (0, 0)
    events = set(Entry.objects.values_list("event", flat=True))
    assert {"case.hand-over-offered", "case.hand-over-refused", "case.taken-over"} <= events


def test_there_is_no_moment_in_which_nobody_or_two_have_the_duty(
    case: Case, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    lead = led(case, world, actor_of)
    giver = actor_of(world.director, APPROACH)
    offered = actions.offer(lead, world.director_two, PACK, by=giver)
    later = clock.moment + timedelta(hours=5)

    actions.take_over(offered, by=actor_of(world.director_two, APPROACH, now=later))

    spans = Charge.objects.unscoped("test").of(case).filter(part=Part.LEAD)
    assert {(one.since, one.until) for one in spans} == {(clock.moment, later), (later, None)}


def test_what_was_taken_over_for_an_absence_asks_to_be_given_back(
    case: Case, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    lead = led(case, world, actor_of)
    back = Pack(PACK.reason, PACK.promises, PACK.call_first, date(2026, 12, 7))
    offered = actions.offer(lead, world.director_two, back, by=actor_of(world.director, APPROACH))
    actions.take_over(offered, by=actor_of(world.director_two, APPROACH))

    late = clock.moment + timedelta(days=21)
    assert waits(actor_of(world.director_two, APPROACH), "give-back") == 0
    assert waits(actor_of(world.director_two, APPROACH, now=late), "give-back") == 1


def test_the_deputy_steps_in_when_the_lead_cannot_hand_over(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    led(case, world, actor_of, deputy=world.director_two)
    with pytest.raises(NotYours):
        actions.step_in(case, reason="I want it.", by=actor_of(world.mayor, APPROACH))

    actions.step_in(case, reason="The lead fell ill.", by=actor_of(world.director_two, APPROACH))

    assert answers(case) == {"lead": world.director_two.name}
    assert fresh(case).kept_by == 1


def test_one_person_is_not_lead_and_deputy_and_a_charge_is_not_taken_away(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    led(case, world, actor_of)
    mayor = actor_of(world.mayor, APPROACH)

    with pytest.raises(CannotKeep, match="verschillende mensen"):
        actions.appoint(case, world.director, Part.DEPUTY, by=mayor)
    with pytest.raises(CannotKeep, match="heeft deze taak al"):
        actions.appoint(case, world.director_two, Part.LEAD, by=mayor)


def test_nobody_gets_a_charge_of_a_case_that_they_may_not_work_on(
    case: Case, world: World, actor_of: ActorOf
) -> None:
    by = actor_of(world.director, APPROACH)

    for user in (world.other_director, world.police, world.lawyer, world.school):
        with pytest.raises(CannotKeep, match="mag vandaag niet"):
            actions.appoint(case, user, Part.LEAD, by=by)
    for outsider in (world.other_director, world.school):
        with pytest.raises(NotThere):
            actions.appoint(case, outsider, Part.LEAD, by=actor_of(outsider, APPROACH))
    with pytest.raises(NotYours):
        actions.appoint(case, world.police, Part.LEAD, by=actor_of(world.police, APPROACH))


def test_who_may_not_work_any_more_has_no_charge_any_more(
    case: Case, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    led(case, world, actor_of, deputy=world.director_two)
    Mandate.objects.filter(user=world.director_two).update(ends_on=date(2026, 11, 22))

    ended = actions.end_charges_of_who_left(by=service_account("terms", now=clock.moment))

    assert ended == 1
    assert answers(case) == {"lead": world.director.name}
    assert waits(actor_of(world.director, APPROACH), "alone") == 1


def test_the_pack_is_read_by_who_sits_at_the_case_and_answered_by_the_receiver_alone(
    case: Case, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    lead = led(case, world, actor_of)
    offered = actions.offer(lead, world.director_two, PACK, by=actor_of(world.director, APPROACH))
    url = f"/hand-overs/{offered.reference}/"

    page = client_of(world.director_two, APPROACH).get(url)
    assert PACK.promises in page.content.decode()
    for outsider in (world.other_director, world.school):
        assert client_of(outsider, APPROACH).get(url).status_code == 404
        assert (
            client_of(outsider, APPROACH).post(f"{url}answer/", {"answer": "taken_over"}).status_code == 404
        )
    for somebody in (world.mayor, world.police):
        assert (
            client_of(somebody, APPROACH).post(f"{url}answer/", {"answer": "taken_over"}).status_code == 403
        )
    done = client_of(world.director_two, APPROACH).post(f"{url}answer/", {"answer": "taken_over"})
    assert done.status_code == 302
    assert Takeover.objects.unscoped("test").get().stage == Offer.TAKEN_OVER


def test_who_sits_at_the_case_stands_in_the_same_order_at_each_reading_of_a_hand_over(
    case: Case, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    lead = led(case, world, actor_of)
    offered = actions.offer(lead, world.director_two, PACK, by=actor_of(world.director, APPROACH))

    assert by_chance(client_of(world.director_two, APPROACH), f"/hand-overs/{offered.reference}/") == []
