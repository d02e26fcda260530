"""Two rows of the law of travel data that hold for all of it: for what it may be read, and what is logged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.organisations.rules import PURPOSE_LABELS
from samenhang.travel import actions as travel
from samenhang.travel.models import Message, Passenger
from samenhang.watchlists import actions
from samenhang.watchlists.rules.transfers import Mode
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.integration.test_passing_a_passenger_on import WHY
from tests.watchlists import MATCH, one_hit, screener

pytestmark = pytest.mark.django_db


def test_travel_data_can_be_read_for_no_other_purpose(world: World, actor_of: ActorOf) -> None:
    hit = one_hit(actor_of(world.police))
    passenger = Passenger.objects.unscoped("a test looks").get(pk=hit.passenger_id)

    by = actor_of(world.travel)

    readable = {
        purpose
        for purpose in PURPOSE_LABELS
        for model, reference in ((Passenger, passenger.reference), (type(hit), hit.reference))
        if model.objects.visible_to(replace(by, purpose=purpose)).filter(reference=reference).exists()
    }

    assert len(PURPOSE_LABELS) > 10
    assert readable == {"investigation", "prosecution", "oversight"}
    assert not Message.objects.visible_to(replace(by, purpose="border-check")).exists()


def test_receiving_looking_passing_on_and_erasing_are_in_the_journal_with_who_and_when(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    hit = one_hit(actor_of(world.police))
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))
    passenger = Passenger.objects.unscoped("a test looks").get(pk=hit.passenger_id).reference
    client_of(world.travel).get(f"/travel/passengers/{passenger}/")
    actions.transfer(
        hit, world.border.organisation, necessity=WHY, mode=Mode.SYSTEM, by=actor_of(world.travel)
    )
    clock.moment += timedelta(days=366 * 5)
    actions.forget(by=screener(clock.moment))
    travel.mask(by=service_account("receiving", now=clock.moment))

    told = {entry.operation: entry for entry in Entry.objects.order_by("pk") if entry.user and entry.acted_at}
    assert {"collection", "consultation", "disclosure", "erasure"} <= set(told)
    seen = Entry.objects.filter(operation="consultation", user=world.travel.reference)
    assert any(passenger.encode() in bytes(entry.envelope) for entry in seen)
    assert told["disclosure"].user == world.travel.reference


def test_the_officer_of_the_unit_sees_all_that_it_processes_and_judges_nothing(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    hit = one_hit(actor_of(world.police))
    message = Message.objects.unscoped("a test looks").get().reference
    passenger = Passenger.objects.unscoped("a test looks").get(pk=hit.passenger_id).reference
    pages = ["/travel/", f"/travel/messages/{message}/", f"/travel/passengers/{passenger}/"]
    pages += ["/hits/", f"/hits/{hit.reference}/"]
    officer, other = (client_of(who, "oversight") for who in (world.travel_privacy, world.privacy))

    seen = [officer.get(page) for page in pages]

    assert [page.status_code for page in seen] == [200] * 5
    assert "VERZONNEN" in seen[1].text
    assert hit.reference in seen[3].text
    assert 'name="verdict"' not in seen[4].text
    assert "beslissen de beoordelaars van de eenheid" in seen[4].text
    assert "u beslist" not in seen[4].text
    assert "beslist u" not in seen[4].text
    refused = officer.post(
        f"/hits/{hit.reference}/judgement/",
        {"verdict": "match", "revision": hit.revision, "reason": "same-name-and-birth"},
    )
    assert refused.status_code == 403
    assert [other.get(page).status_code for page in (pages[1], pages[2], pages[4])] == [404] * 3
