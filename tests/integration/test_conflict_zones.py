"""Which areas count as a conflict zone: named by a ministry, dated, and asked wherever somebody is in one."""

from datetime import date

import pytest

from samenhang.access.rules import NotYours
from samenhang.exchange import actions
from samenhang.exchange.models import ConflictZone, Movement
from samenhang.exchange.rules.movements import Seen, Whereabouts
from samenhang.exchange.rules.zones import BadZone, NotAZone, Zone
from samenhang.journal.models import Entry
from samenhang.persons import actions as persons
from samenhang.persons.rules import Identity
from tests.cast import HOME, ActorOf, ClientOf, World

pytestmark = pytest.mark.django_db

THERE = Zone("Imaginaria", date(2026, 3, 1), "The Minister of Fantasia", "Letter of 1 March 2026")
TYPED = {
    "name": THERE.name, "starts_on": "1-3-2026", "decided_by": THERE.decided_by, "source": THERE.source,
    "reason": "There is fighting since this spring.",
}  # fmt: skip
ENDED = {"ends_on": "1-11-2026", "reason": "The fighting is over since a year."}
BASIS = "Politiewet 2012 art. 3"


def test_a_ministry_names_an_area_and_the_police_write_who_is_in_it(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    ministry, police = client_of(world.minister, "investigation"), actor_of(world.police, "weighing")
    claim = persons.claim(Identity("Fantasia", "Pippi", "2001-04-30"), by=police)
    person = persons.open_person(claim, home_municipality=HOME, reason="a new report", by=police)
    on = date(2026, 11, 20)
    with pytest.raises(NotAZone):
        actions.record_movement(person, Seen(Whereabouts.IN_ZONE, on, BASIS, place="Imaginaria"), by=police)

    assert ministry.post("/conflict-zones/", TYPED).status_code == 302
    assert ministry.post("/conflict-zones/", TYPED).status_code == 422  # it counts already
    zone = ConflictZone.objects.get()
    assert Entry.objects.filter(event="conflict-zone.named", subject=zone.reference).count() == 1
    actions.record_movement(person, Seen(Whereabouts.IN_ZONE, on, BASIS, place="imaginaria "), by=police)
    for place, day in (("Elderland", on), ("Imaginaria", date(2026, 2, 28))):
        with pytest.raises(NotAZone):
            actions.record_movement(person, Seen(Whereabouts.IN_ZONE, day, BASIS, place=place), by=police)

    assert ministry.post(f"/conflict-zones/{zone.reference}/end/", ENDED).status_code == 302
    with pytest.raises(NotAZone):
        actions.record_movement(person, Seen(Whereabouts.IN_ZONE, on, BASIS, place="Imaginaria"), by=police)
    # What was written of its days stays.
    assert Movement.objects.unscoped("test").filter(status="in-zone").count() == 1
    with pytest.raises(BadZone):
        actions.end_zone(zone, ends_on=date(2026, 11, 2), reason=ENDED["reason"], by=actor_of(world.minister))


def test_everybody_reads_the_areas_and_nobody_else_names_or_ends_one(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    zone = actions.name_zone(THERE, reason=TYPED["reason"], by=actor_of(world.minister))
    for outsider in (world.police, world.mayor, world.statistician):
        page = client_of(outsider).get("/conflict-zones/").text
        assert THERE.decided_by in page
        assert 'name="decided_by"' not in page
        assert client_of(outsider).post("/conflict-zones/", TYPED | {"name": "Elderland"}).status_code == 403
        assert client_of(outsider).post(f"/conflict-zones/{zone.reference}/end/", ENDED).status_code == 403
        with pytest.raises(NotYours):
            actions.name_zone(THERE, reason=TYPED["reason"], by=actor_of(outsider))
    assert ConflictZone.objects.get().ends_on is None
