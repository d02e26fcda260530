"""G45: no data where torture may follow: only to countries that a minister allowed (CTIVD 56, ECHR 3)."""

from datetime import date, timedelta

import pytest

from samenhang.access.rules import NotYours
from samenhang.exchange import actions
from samenhang.exchange.models import Disclosure, Statement
from samenhang.exchange.rules import Item, NotLawful, Provision
from samenhang.grounds.rules import countries
from samenhang.journal import Actor
from samenhang.journal.models import Entry
from samenhang.organisations.acting import installer
from samenhang.organisations.actions import found
from samenhang.organisations.models import Organisation
from tests.cast import ActorOf, ClientOf, StandingClock, World
from tests.weighing import SAID, signal_by

pytestmark = pytest.mark.django_db
UNTIL = date(2027, 6, 1)
FOUND = "No torture and no death penalty were found by the mission of this year."


@pytest.fixture
def abroad(world: World, clock: StandingClock) -> Organisation:
    return found("FPOL3", "Police of an imaginary country", region="XX", by=installer(clock.moment))


@pytest.fixture
def ministry(world: World, actor_of: ActorOf) -> Actor:
    return actor_of(world.minister, "investigation")


@pytest.fixture
def provision(world: World, actor_of: ActorOf) -> Provision:
    """What the police know, with every condition of the law ticked."""
    person = signal_by(world.police, actor_of).person
    by = actor_of(world.police, "investigation")
    said: Statement = actions.state(
        SAID, about=person, category="police-data", purposes=["investigation"], by=by
    )
    return Provision(world.police.organisation, (Item(said.scope, "police-data"),), "investigation")


def test_what_is_ticked_does_not_help_only_the_assessment_of_the_country(
    provision: Provision, abroad: Organisation, ministry: Actor, world: World, actor_of: ActorOf
) -> None:
    police = actor_of(world.police, "investigation")

    with pytest.raises(NotLawful, match="POL-FPOL3-26"):
        actions.disclose(provision, to=abroad, by=police)
    assert not Disclosure.objects.unscoped("test").filter(recipient=abroad).exists()

    allowed = actions.assess_country(
        "XX", minister="Minister of Fantasia", findings=FOUND, until=UNTIL, by=ministry
    )
    assert actions.disclose(provision, to=abroad, by=police)
    actions.prohibit_country(allowed.reference, reason="The law there changed.", by=ministry)
    with pytest.raises(NotLawful, match="POL-FPOL3-26"):
        actions.disclose(provision, to=abroad, by=police)
    events = Entry.objects.filter(event__startswith="country.").values_list("event", flat=True)
    assert sorted(events) == ["country.assessed", "country.prohibited"]


def test_after_its_day_and_in_another_country_it_is_prohibited(
    provision: Provision, abroad: Organisation, ministry: Actor, world: World, actor_of: ActorOf
) -> None:
    actions.assess_country("YY", minister="Minister of Fantasia", findings=FOUND, until=UNTIL, by=ministry)
    with pytest.raises(NotLawful):
        actions.disclose(provision, to=abroad, by=actor_of(world.police, "investigation"))

    assert countries.not_met("FPOL3", "XX", {"COUNTRY-YY"}) == {countries.CHECK}
    assert countries.not_met("POL", "", set()) == frozenset()
    late = ministry.today + timedelta(days=400)
    with pytest.raises(countries.BadAssessment):
        actions.assess_country("XX", minister="M.", findings=FOUND, until=late, by=ministry)


def test_only_an_official_of_a_ministry_decides_on_the_page(
    world: World, client_of: ClientOf, actor_of: ActorOf
) -> None:
    typed = {"country": "XX", "minister": "Minister of Fantasia", "findings": FOUND, "until": "01-06-2027"}
    official = client_of(world.minister)

    assert client_of(world.police, "investigation").get("/countries/").status_code == 403
    assert client_of(world.police, "investigation").post("/countries/", typed).status_code == 403
    with pytest.raises(NotYours):
        actions.assessed_countries(by=actor_of(world.mayor))
    assert official.post("/countries/", {**typed, "findings": ""}).status_code == 422
    assert official.post("/countries/", typed).status_code == 302
    page = official.get("/countries/").content.decode()
    assert "Minister of Fantasia" in page
