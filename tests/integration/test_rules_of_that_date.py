"""Who sits at a case is who the law of that day lets sit there: in 2014 the service, since July 2025 not."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from samenhang.access.rules import NotThere
from samenhang.cases import actions
from samenhang.cases.models import Case, CaseParty
from samenhang.conferences import actions as conferences
from samenhang.conferences.models import Conference
from samenhang.exchange import actions as exchange
from samenhang.exchange.rules import NotLawful
from samenhang.grounds import rules as law
from samenhang.journal import Actor
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer, service_account
from samenhang.organisations.models import User
from samenhang.persons import actions as persons
from samenhang.persons.rules import Identity
from tests.cast import HOME, ActorOf, World
from tests.weighing import SAID, opened_case

pytestmark = pytest.mark.django_db
APPROACH = "person-centred-approach"
ZONE = ZoneInfo("Europe/Amsterdam")
JUNE_2014 = datetime(2014, 6, 30, 9, 0, tzinfo=ZONE)
THE_ACT = datetime(2025, 7, 1, 9, 0, tzinfo=ZONE)


def somebody(authority: str, name: str) -> User:
    """Who works there in 2014 and still does, with a role that reads cases."""
    by = installer(JUNE_2014)
    body = organisations.found(authority, name, region="", by=by)
    user = organisations.open_account(f"imaginary.{authority}", name, body, password="nobody's word", by=by)
    organisations.give_mandate(user, "police-analyst", starts_on=date(2014, 1, 1), by=by)
    return user


def planned_on(chair: Actor) -> Conference:
    starts = chair.now + timedelta(days=3)
    ends = starts + timedelta(hours=1)
    return conferences.plan(place="Room 1", starts_at=starts, ends_at=ends, by=chair)


@pytest.fixture
def service(world: World) -> User:
    return somebody("AIVD", "Imaginary service")


@pytest.fixture
def coordinator(world: World) -> User:
    return somebody("NCTV", "Imaginary coordinator")


@pytest.fixture
def case(world: World, service: User, coordinator: User, actor_of: ActorOf) -> Case:
    """Opened in June 2014 by a covenant that the service and the coordinator signed as well."""
    for user in (world.police, world.director):
        organisations.give_mandate(
            user, user.mandates.get().role, starts_on=date(2014, 1, 1), by=installer(JUNE_2014)
        )
    police = actor_of(world.police, APPROACH, now=JUNE_2014)
    table = [one.organisation for one in (world.police, world.mayor, service, coordinator)]
    organisations.sign_covenant("Safety", table, signed_on=date(2013, 1, 1), by=police)
    claim = persons.claim(Identity("Fantasia", "Pippi"), by=police)
    person = persons.open_person(claim, home_municipality=HOME, reason="a new report", by=police)
    return actions.open_by_covenant(person, table, municipality=HOME, reason="departure", by=police)


def test_in_2014_the_service_and_the_coordinator_sit_at_the_case_and_at_the_conference(
    case: Case, world: World, service: User, coordinator: User, actor_of: ActorOf
) -> None:
    chair = actor_of(world.director, APPROACH, now=JUNE_2014)
    planned = planned_on(chair)

    for user in (service, coordinator):
        conferences.invite(planned, user, by=chair)
        assert Case.objects.visible_to(actor_of(user, APPROACH, now=JUNE_2014)).get() == case


def test_from_the_first_day_of_the_act_they_leave_the_table_and_read_the_case_no_more(
    case: Case, world: World, service: User, coordinator: User, actor_of: ActorOf
) -> None:
    day_before = THE_ACT - timedelta(days=1)
    assert actions.end_unlawful_seats(by=service_account("terms", now=day_before)) == 0

    assert actions.end_unlawful_seats(by=service_account("terms", now=THE_ACT)) == 2

    for user in (service, coordinator):
        assert not Case.objects.visible_to(actor_of(user, APPROACH, now=THE_ACT)).exists()
    assert Case.objects.visible_to(actor_of(world.police, APPROACH, now=THE_ACT)).exists()
    seated = CaseParty.objects.unscoped("test").of(case).active()
    assert {one.organisation.authority for one in seated} == {"POL", "BURG"}


def test_since_the_act_neither_is_admitted_or_invited_and_nothing_of_theirs_comes_in_but_a_message(
    world: World, service: User, coordinator: User, actor_of: ActorOf
) -> None:
    case, chair = opened_case(world, actor_of), actor_of(world.director, APPROACH)
    planned = planned_on(chair)

    for user in (service, coordinator):
        with pytest.raises(NotLawful):
            actions.admit(case, user.organisation, reason="It knows him.", by=chair)
        with pytest.raises(NotLawful):
            conferences.invite(planned, user, by=chair)
        by = actor_of(user, APPROACH)
        said = exchange.state(SAID, about=None, category="police-data", by=by)
        with pytest.raises(NotThere):
            actions.contribute(case, said, by=by)
    to_the_table = law.permitted_tuples("CASUS", APPROACH, chair.today)
    assert not {category for provider, category in to_the_table if provider in ("AIVD", "NCTV")}
    to_the_mayor = law.permitted_tuples("BURG", "public-order", chair.today)
    assert {what for provider, what in to_the_mayor if provider == "AIVD"} == {"official-message"}
