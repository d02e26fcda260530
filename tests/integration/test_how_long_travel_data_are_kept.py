"""Six months; longer only for recorded evidence or on a dated statute; never beyond five years (art. 12)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from samenhang.access.rules import NotYours
from samenhang.journal.models import Entry
from samenhang.organisations.acting import service_account
from samenhang.travel import actions
from samenhang.travel.models import KeepingTerm, Passenger
from samenhang.travel.rules import keeping
from samenhang.travel.rules.bases import Kind
from samenhang.travel.rules.keeping import BeyondTheLaw, NoEvidence, Stay, Term
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import BRAM, FANTASIO, arrive

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
REASON = "The statute of an imaginary year says three years."
FORM = {
    "kind": "API", "months": "36", "basis": "An imaginary statute", "reason": REASON,
    "starts_on": "23-11-2026", "ends_on": "31-12-2026",
}  # fmt: skip
THREE_YEARS = Term(Kind.API, 36, "An imaginary statute", TODAY, TODAY)


def ends() -> list[date]:
    return [row.delete_on for row in Passenger.objects.unscoped("a test looks").order_by("pk")]


def test_without_a_decision_it_is_six_months(world: World, moment: datetime) -> None:
    arrive(FANTASIO, now=moment)

    assert ends() == [date(2027, 5, 23)]


def test_a_statute_that_stands_keeps_what_was_received_on_its_days_longer(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    actions.set_term(THREE_YEARS, reason=REASON, by=actor_of(world.minister))
    arrive(FANTASIO, now=clock.moment)
    clock.moment += timedelta(days=1)
    arrive(BRAM, now=clock.moment, reference="2")

    assert ends() == [date(2029, 11, 23), date(2027, 5, 24)]


def test_a_statute_for_bookings_keeps_no_passenger_list_longer(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    actions.set_term(replace(THREE_YEARS, kind=Kind.PNR), reason=REASON, by=actor_of(world.minister))
    arrive(FANTASIO, now=moment)

    assert ends() == [date(2027, 5, 23)]


def test_who_is_kept_longer_is_masked_after_six_months_all_the_same(
    world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    actions.set_term(THREE_YEARS, reason=REASON, by=actor_of(world.minister))
    arrive(FANTASIO, now=clock.moment)

    actions.mask(by=service_account("receiving", now=clock.moment + timedelta(days=190)))

    row = Passenger.objects.unscoped("a test looks").get()
    assert (row.masked_at is not None, row.told["surname"]) == (True, "")


@pytest.mark.parametrize("after", [30, 190])
def test_when_the_term_is_ended_only_evidence_keeps_anybody(
    world: World, actor_of: ActorOf, clock: StandingClock, after: int
) -> None:
    term = actions.set_term(THREE_YEARS, reason=REASON, by=actor_of(world.minister))
    fantasio, _bram = arrive(FANTASIO, BRAM, now=clock.moment)
    actions.keep_longer(fantasio, reason="H-1234, confirmed", by=actor_of(world.travel))
    clock.moment += timedelta(days=after)

    actions.switch_off(term, reason=REASON, by=actor_of(world.minister))

    assert ends() == [date(2031, 11, 23), date(2027, 5, 23)]
    actions.mask(by=service_account("receiving", now=clock.moment))
    assert len(ends()) == (2 if after == 30 else 1)
    assert Entry.objects.filter(event="keeping-term.ended", subject=term.reference).count() == 1


def test_beyond_what_the_law_allows_is_refused_with_the_law(world: World, client_of: ClientOf) -> None:
    minister = client_of(world.minister)

    for months, said in (("61", "vijf jaar"), ("120", "vijf jaar"), ("6", "Zes maanden")):
        page = minister.post("/travel/retention/", FORM | {"months": months})
        assert page.status_code == 422
        assert said in page.text
    assert not KeepingTerm.objects.exists()


def test_an_official_sets_and_ends_a_term_and_everybody_can_see_it(world: World, client_of: ClientOf) -> None:
    done = client_of(world.minister).post("/travel/retention/", FORM)
    row = KeepingTerm.objects.get()
    seen = client_of(world.school).get("/travel/retention/").text
    ended = client_of(world.minister).post(f"/travel/retention/{row.reference}/end/", {"reason": REASON})

    assert (done.status_code, ended.status_code, row.months) == (302, 302, 36)
    assert REASON in seen
    assert 'name="months"' not in seen
    assert not KeepingTerm.objects.standing(TODAY).exists()


def test_nobody_else_sets_a_term(world: World, actor_of: ActorOf) -> None:
    for who in (world.travel, world.police, world.administrator, world.school, world.travel_privacy):
        with pytest.raises(NotYours):
            actions.set_term(THREE_YEARS, reason=REASON, by=actor_of(who))
    assert not KeepingTerm.objects.exists()


def test_nobody_is_kept_longer_without_evidence_that_is_written_down(
    world: World, actor_of: ActorOf, moment: datetime
) -> None:
    (row,) = arrive(FANTASIO, now=moment)

    with pytest.raises(NoEvidence):
        actions.keep_longer(row, reason=" ", by=actor_of(world.travel))
    assert ends() == [date(2027, 5, 23)]


def test_the_longest_of_several_terms_counts_and_five_years_is_the_end_of_all() -> None:
    assert keeping.stay(TODAY, [("RT-1", 12), ("RT-2", 36)]) == Stay(date(2029, 11, 23), "RT-2")
    assert keeping.stay(TODAY, [("RT-3", 600)]).delete_on == date(2031, 11, 23)
    with pytest.raises(BeyondTheLaw):
        keeping.check_months(61)
