"""Another authority or member state gets a record case by case, once people judged, as a disclosure."""

from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotThere, NotYours
from samenhang.exchange.models import Disclosure
from samenhang.exchange.rules import NotLawful
from samenhang.foundation.once import forget
from samenhang.grounds.models import Approval
from samenhang.grounds.rules.countries import subject_of
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer, service_account
from samenhang.organisations.models import Organisation
from samenhang.travel import actions as travel
from samenhang.travel.models import Passenger
from samenhang.watchlists import actions
from samenhang.watchlists.models import Hit
from samenhang.watchlists.rules.transfers import Mode, NotTransferable
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.watchlists import MATCH, every_alert, every_hit, one_hit

pytestmark = pytest.mark.django_db
WHY = "The border police meet this flight and must know whom to expect there."
FORM = {"necessity": WHY, "mode": "system", "met-case-by-case": "on", "met-purpose-bound": "on"}


@pytest.fixture
def confirmed(world: World, actor_of: ActorOf) -> Hit:
    hit = one_hit(actor_of(world.police))
    actions.judge(hit, "match", why=MATCH, by=actor_of(world.travel))
    actions.confirm(hit, agree=True, why=MATCH, by=actor_of(world.travel_two))
    found: Hit = every_hit().get()
    return found


def abroad(world: World, actor_of: ActorOf, authority: str) -> Organisation:
    by = installer(actor_of(world.travel).now)
    return organisations.found(authority, f"Imaginary {authority}", region="XX", by=by)


def allow(country: str) -> None:
    Approval.objects.create(
        subject=subject_of(country), lawyer="A minister", given_by="t", starts_on=date(2026, 1, 1)
    )
    forget()


def passenger_of(hit: Hit) -> Passenger:
    found: Passenger = Passenger.objects.unscoped("a test looks").get(pk=hit.passenger_id)
    return found


def given_to(body: Organisation) -> list[Disclosure]:
    return list(Disclosure.objects.unscoped("a test looks").filter(recipient=body))


def test_who_gets_it_can_read_the_record_and_the_disclosure_says_on_which_basis(
    confirmed: Hit, world: World, client_of: ClientOf
) -> None:
    border = world.border.organisation
    page = f"/travel/passengers/{passenger_of(confirmed).reference}/"
    before = client_of(world.border).get(page).status_code
    address = f"/hits/{confirmed.reference}/transfers/"
    assert border.name in client_of(world.travel).get(address).text

    done = client_of(world.travel).post(f"{address}{border.reference}/", FORM)

    after = client_of(world.border).get(page)
    assert (before, done.status_code, after.status_code) == (404, 302, 200)
    assert "FANTASIO" in after.text
    (made,) = given_to(border)
    assert (made.rule, made.purpose, made.mode) == ("PINL-KMAR", "investigation", "system")
    assert made.basis in client_of(world.travel).get(address).text
    entry = Entry.objects.get(event="passenger.transferred")
    assert (entry.subject, entry.user) == (confirmed.reference, world.travel.reference)


def test_the_alert_of_another_body_does_not_go_with_it(
    confirmed: Hit, world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    border = world.border.organisation
    actions.transfer(confirmed, border, necessity=WHY, mode=Mode.SYSTEM, by=actor_of(world.travel))

    assert client_of(world.border).get(f"/hits/{confirmed.reference}/").status_code == 404


def test_abroad_it_goes_when_every_condition_of_the_law_is_met_and_not_otherwise(
    confirmed: Hit, world: World, actor_of: ActorOf
) -> None:
    for authority in ("EUPIU", "FPOL3", "EUROPOL"):
        _abroad_when_all_is_met(
            confirmed, abroad(world, actor_of, authority), authority, actor_of(world.travel)
        )


def _abroad_when_all_is_met(confirmed: Hit, body: Organisation, authority: str, by: Actor) -> None:
    found = [one for one in actions.recipients(confirmed, by=by) if one.organisation == body]
    if authority == "FPOL3":  # a third country: nothing goes there before a minister allowed it
        assert found == []
        with pytest.raises(NotLawful):
            actions.transfer(confirmed, body, necessity=WHY, mode=Mode.WRITTEN, by=by)
        allow(body.region)
    (recipient,) = [one for one in actions.recipients(confirmed, by=by) if one.organisation == body]
    assert "case-by-case" in recipient.conditions

    for lacking in recipient.conditions:
        with pytest.raises(NotLawful):
            actions.transfer(confirmed, body, necessity=WHY, mode=Mode.WRITTEN, not_met=[lacking], by=by)
    assert given_to(body) == []
    made = actions.transfer(confirmed, body, necessity=WHY, mode=Mode.WRITTEN, by=by)

    assert (made.rule, made.mode) == (f"PINL-{authority}", "written")


def test_whom_no_law_names_gets_nothing(
    confirmed: Hit, world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    by, client = actor_of(world.travel), client_of(world.travel)

    for who in (world.school, world.mayor, world.statistician, world.list_manager):
        body = who.organisation
        with pytest.raises(NotLawful):
            actions.transfer(confirmed, body, necessity=WHY, mode=Mode.SYSTEM, by=by)
        page = client.get(f"/hits/{confirmed.reference}/transfers/{body.reference}/")
        assert (page.status_code, given_to(body)) == (404, [])


def test_before_two_people_confirmed_nothing_is_passed_on(world: World, actor_of: ActorOf) -> None:
    hit = one_hit(actor_of(world.police))
    border, by = world.border.organisation, actor_of(world.travel)

    with pytest.raises(NotTransferable):
        actions.transfer(hit, border, necessity=WHY, mode=Mode.SYSTEM, by=by)
    actions.judge(hit, "match", why=MATCH, by=by)
    with pytest.raises(NotTransferable):
        actions.transfer(hit, border, necessity=WHY, mode=Mode.SYSTEM, by=by)


def test_nothing_is_passed_on_without_necessity_a_standing_alert_or_once_masked(
    confirmed: Hit, world: World, actor_of: ActorOf, clock: StandingClock
) -> None:
    border, by = world.border.organisation, actor_of(world.travel)

    with pytest.raises(NotTransferable):
        actions.transfer(confirmed, border, necessity="Because.", mode=Mode.SYSTEM, by=by)
    every_alert().update(review_on=clock.moment.date() - timedelta(days=1))
    with pytest.raises(NotTransferable):
        actions.transfer(confirmed, border, necessity=WHY, mode=Mode.SYSTEM, by=by)
    every_alert().update(review_on=clock.moment.date() + timedelta(days=300))
    clock.moment += timedelta(days=190)
    travel.mask(by=service_account("receiving", now=clock.moment))
    with pytest.raises(NotTransferable):
        actions.transfer(confirmed, border, necessity=WHY, mode=Mode.SYSTEM, by=actor_of(world.travel))


def test_to_a_body_where_nobody_could_open_it_it_goes_in_writing(
    confirmed: Hit, world: World, actor_of: ActorOf
) -> None:
    prosecution, by = world.prosecutor.organisation, actor_of(world.travel)

    with pytest.raises(NotTransferable):
        actions.transfer(confirmed, prosecution, necessity=WHY, mode=Mode.SYSTEM, by=by)
    actions.transfer(confirmed, prosecution, necessity=WHY, mode=Mode.WRITTEN, by=by)

    assert [made.mode for made in given_to(prosecution)] == ["written"]


def test_only_an_analyst_of_the_unit_passes_it_on(confirmed: Hit, world: World, actor_of: ActorOf) -> None:
    body = world.border.organisation

    for who, refusal in ((world.police, NotYours), (world.border, NotThere), (world.school, NotThere)):
        with pytest.raises(refusal):
            actions.transfer(confirmed, body, necessity=WHY, mode=Mode.SYSTEM, by=actor_of(who))
