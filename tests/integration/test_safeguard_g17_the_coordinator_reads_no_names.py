"""G17: the coordinator works without names: whatever reaches it, identity does not go along (Wct&nv 7(2))."""

from datetime import date

import pytest

from samenhang.access import actions as access
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Signal
from samenhang.exchange.rules import Item, NotLawful, Provision
from samenhang.grounds.rules import ask, identity_providers, law, permitted_tuples
from samenhang.organisations import actions as organisations
from samenhang.organisations.acting import installer
from samenhang.persons.models import IdentityClaim, Person
from tests.cast import PASSWORD, SINCE, ActorOf, ClientOf, StandingClock, World
from tests.weighing import opened_case

NAME, BORN = "Fantasia", "2001"
DAYS = (date(2014, 11, 1), date(2025, 7, 1), date(2026, 11, 23))


@pytest.mark.parametrize("day", DAYS)
def test_for_no_purpose_does_the_law_let_a_name_go_to_it(day: date) -> None:
    for purpose in law().purposes:
        assert not identity_providers("NCTV", purpose, day)
        assert "identity" not in {category for _giver, category in permitted_tuples("NCTV", purpose, day)}
    given = ask("BURG", "NCTV", "signal", "coordination", DAYS[-1])
    assert given.permitted
    assert not given.identity_accompanies


@pytest.mark.django_db
def test_its_view_holds_no_name_even_when_somebody_let_it_in(
    world: World, actor_of: ActorOf, client_of: ClientOf, clock: StandingClock
) -> None:
    by = installer(clock.moment)
    coordination = organisations.found("NCTV", "An imaginary coordinator", by=by)
    user = organisations.open_account("nctv", "Imaginary nctv", coordination, password=PASSWORD, by=by)
    for role in ("case-director", "police-analyst", "statistician"):
        organisations.give_mandate(user, role, starts_on=SINCE, by=by)
    case = opened_case(world, actor_of)
    person = Person.objects.unscoped("test").get(pk=case.person_id)
    signal = Signal.objects.unscoped("test").get()
    items = (Item(signal.scope, "signal"), Item(person.scope, "identity"))
    named = Provision(world.municipality, items, "coordination")
    with pytest.raises(NotLawful):
        exchange.disclose(named, to=coordination, by=actor_of(world.mayor, "weighing"))
    for scope in (person.scope, case.scope, signal.scope):  # as if somebody had let it in by mistake
        access.grant(scope, coordination, categories=["identity", "signal", "plan"], basis="test", by=by)

    for purpose in ("weighing", "person-centred-approach", "investigation", "statistics"):
        actor = actor_of(user, purpose)
        assert not Person.objects.visible_to(actor).exists()
        assert not IdentityClaim.objects.visible_to(actor).exists()
        browser = client_of(user, purpose)
        for address in (
            "/",
            "/signals/",
            "/cases/",
            "/travellers/",
            "/search/",
            f"/persons/{person.reference}/",
        ):
            page = browser.get(address).content.decode()
            assert NAME not in page, (purpose, address)
            assert BORN not in page, (purpose, address)
