"""No road to a protected table goes round the policy: no side road of the ORM, no raw SQL, always."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Subquery

from samenhang.access import policy
from samenhang.access.sentinel import Unscoped, watch
from samenhang.exchange import actions as exchange
from samenhang.exchange.models import Statement
from samenhang.exchange.rules import Content
from samenhang.journal import Actor
from samenhang.persons import actions
from samenhang.persons.models import IdentityClaim, IdentityLink, Person
from samenhang.persons.rules import Identity
from tests.cast import ActorOf, World


@dataclass
class Start:
    police: Actor
    person: Person
    claim: IdentityClaim
    statement: Statement


@pytest.fixture
def start(world: World, actor_of: ActorOf) -> Start:
    police = actor_of(world.police, "weighing")
    claim = actions.claim(Identity("Fantasia", "Pippi", "2001-04-30"), by=police)
    person = actions.open_person(claim, reason="a new report", by=police)
    said = exchange.state(Content("Seen.", basis="Politiewet art. 3"), about=person, by=police)
    # Fetched anew, so that no related record is at hand already.
    return Start(
        police,
        Person.objects.visible_to(police).get(),
        IdentityClaim.objects.visible_to(police).get(),
        Statement.objects.visible_to(police).get(pk=said.pk),
    )


Road = Callable[[Start], Any]


def raw(sql: str) -> Road:
    def run(_start: Start) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    return run


SIDE_ROADS: dict[str, Road] = {
    "all": lambda _: list(Person.objects.all()),
    "the default manager": lambda _: list(Person._default_manager.all()),
    "the base manager": lambda _: list(Person._base_manager.all()),
    "get": lambda start: Person.objects.get(pk=start.person.pk),
    "values": lambda _: list(Person.objects.values("reference")),
    "an iterator": lambda _: list(Person.objects.iterator()),
    "many at once": lambda start: Person.objects.in_bulk([start.person.pk]),
    "a count": lambda _: Person.objects.count(),
    "exists": lambda _: Person.objects.exists(),
    "a sum": lambda _: Person.objects.aggregate(n=Count("pk")),
    "a bulk update": lambda _: Person.objects.update(home_municipality="x"),
    "a bulk update of some": lambda _: Person.objects.filter(scope="x").update(home_municipality="x"),
    "a bulk delete": lambda _: Person.objects.all().delete(),
    "a delete of a row": lambda start: start.person.delete(),
    "get or create": lambda start: Person.objects.get_or_create(reference=start.person.reference),
    "an insert that changes": lambda start: Person.objects.bulk_create(
        [start.person], update_conflicts=True, update_fields=["scope"], unique_fields=["id"]
    ),
    "a refresh": lambda start: start.person.refresh_from_db(),
    "a deferred field": lambda start: (
        Person.objects.visible_to(start.police).only("pk", "reference").get().home_municipality
    ),
    "a forward key": lambda start: start.claim.person,
    "a reverse relation": lambda start: list(start.person.claims.all()),
    "the same row once more": lambda start: start.statement.corrects or start.statement.corrected_by,
    "select related": lambda start: list(
        IdentityClaim.objects.visible_to(start.police).select_related("person")
    ),
    "select related to itself": lambda start: list(
        Statement.objects.visible_to(start.police).select_related("corrects")
    ),
    "a column of a related row": lambda start: list(
        IdentityClaim.objects.visible_to(start.police).values_list("person__home_municipality")
    ),
    "a column of another row of the same table": lambda start: list(
        Statement.objects.visible_to(start.police).values_list("corrects__text")
    ),
    "a filter on a related row": lambda start: (
        Person.objects.visible_to(start.police).filter(claims__surname="Fantasia").count()
    ),
    "a filter on a row of the same table": lambda start: (
        Statement.objects.visible_to(start.police).filter(corrects__text="x").count()
    ),
    "an exclusion by related rows": lambda start: (
        Person.objects.visible_to(start.police).exclude(claims__surname="x").count()
    ),
    "an order by a related row": lambda start: list(
        IdentityClaim.objects.visible_to(start.police).order_by("person__opened_at")
    ),
    "a sum over related rows": lambda start: list(
        Person.objects.visible_to(start.police).annotate(n=Count("claims"))
    ),
    "an annotation from a related row": lambda start: list(
        IdentityClaim.objects.visible_to(start.police).annotate(home=F("person__home_municipality"))
    ),
    "a prefetch": lambda start: list(Person.objects.visible_to(start.police).prefetch_related("claims")),
    "a subquery": lambda start: list(
        IdentityClaim.objects.visible_to(start.police).filter(person__in=Person.objects.filter(scope="x"))
    ),
    "a subquery on the same table": lambda start: list(
        Person.objects.visible_to(start.police).filter(
            Exists(Person.objects.exclude(pk=OuterRef("pk")))
        )
    ),
    "a subquery as a column": lambda start: list(
        IdentityClaim.objects.visible_to(start.police).annotate(
            home=Subquery(Person.objects.filter(pk=OuterRef("person")).values("home_municipality"))
        )
    ),
    "or-ed with all": lambda start: list(Person.objects.visible_to(start.police) | Person.objects.all()),
    "or-ed with some": lambda start: list(
        Person.objects.visible_to(start.police) | Person.objects.filter(pk=start.person.pk)
    ),
    "some or-ed with the visible": lambda start: list(
        Person.objects.filter(pk=start.person.pk) | Person.objects.visible_to(start.police)
    ),
    "a union with all": lambda start: list(
        Person.objects.visible_to(start.police).union(Person.objects.all())
    ),
    "a join over many to many": lambda start: list(start.statement.signals.all()),
    "raw SQL of a model": lambda _: list(Person.objects.raw("SELECT * FROM persons_person")),
    "raw SQL": raw("SELECT reference FROM persons_person"),
    "raw SQL in capitals": raw("SELECT REFERENCE FROM PERSONS_PERSON"),
    "raw SQL with a false mark": raw(
        "SELECT reference FROM persons_person WHERE '/*scoped:persons_person:persons_person*/' <> ''"
    ),
    "a mark in a parameter": lambda _: list(
        Person.objects.filter(home_municipality="/*scoped:persons_person:persons_person*/ 1 = 1")
    ),
    "raw SQL for many": lambda _: connection.cursor().executemany(
        "DELETE FROM persons_person WHERE id = %s", [[1]]
    ),
    "validation against other rows": lambda start: start.person.validate_unique(),
}  # fmt: skip

DOORS: dict[str, Road] = {
    "visible": lambda start: list(Person.objects.visible_to(start.police)),
    "visible twice": lambda start: list(
        Person.objects.visible_to(start.police).visible_to(start.police).filter(pk=1)
    ),
    "a count of distinct rows": lambda start: Person.objects.visible_to(start.police).distinct().count(),
    "a page of them": lambda start: list(Person.objects.visible_to(start.police).order_by("pk")[:5]),
    "a count of a page": lambda start: Person.objects.visible_to(start.police).order_by("pk")[:5].count(),
    "a last one": lambda start: Person.objects.visible_to(start.police).last(),
    "a list": lambda start: Person.objects.visible_to(start.police).in_bulk(),
    "a sum": lambda start: Person.objects.visible_to(start.police).aggregate(n=Count("pk")),
    "groups": lambda start: list(
        Person.objects.visible_to(start.police).values("home_municipality").annotate(n=Count("pk"))
    ),
    "two visibles or-ed": lambda start: list(
        Person.objects.visible_to(start.police).filter(pk=1) | Person.objects.visible_to(start.police)
    ),
    "a union of visibles": lambda start: list(
        Person.objects.visible_to(start.police).union(Person.objects.visible_to(start.police).filter(pk=1))
    ),
    "a difference of visibles": lambda start: list(
        Person.objects.visible_to(start.police).difference(Person.objects.visible_to(start.police))
    ),
    "a reverse relation": lambda start: list(start.person.claims.visible_to(start.police)),
    "a prefetch of the visible": lambda start: list(
        Person.objects.visible_to(start.police).prefetch_related(
            Prefetch("claims", IdentityClaim.objects.visible_to(start.police))
        )
    ),
    "a subquery of the visible": lambda start: list(
        IdentityClaim.objects.visible_to(start.police).filter(
            person__in=Person.objects.visible_to(start.police)
        )
    ),
    "an exists of the visible": lambda start: list(
        Person.objects.visible_to(start.police).filter(
            Exists(Person.objects.visible_to(start.police).filter(pk=OuterRef("pk")))
        )
    ),
    "the visible outside a subquery of the visible": lambda start: list(
        Person.objects.visible_to(start.police).exclude(
            pk__in=IdentityClaim.objects.visible_to(start.police).values("person")
        )
    ),
    "attached": lambda start: policy.attach(start.police, [start.claim], "person"),
    "an update through the door": lambda start: (
        Person.objects.unscoped("test").filter(scope="x").update(home_municipality="x")
    ),
    "a delete through the door": lambda start: IdentityLink.objects.unscoped("test").delete(),
    "locked": lambda start: Person.objects.unscoped("test").select_for_update(of=["self"]).get(),
    "one row saved": lambda start: start.person.save(update_fields=["home_municipality"]),
    "a row inserted": lambda start: exchange.state(
        Content("Seen again.", basis="x"), about=start.person, by=start.police
    ),
    "rows inserted": lambda start: Person.objects.bulk_create(
        Person(scope="P-1", provider=start.person.provider, category="identity", opened_at=start.police.now)
        for _ in range(3)
    ),
    "another table": raw("SELECT reference FROM organisations_organisation"),
}  # fmt: skip


def test_the_guard_is_on_as_in_production() -> None:
    assert settings.DEBUG is False
    assert all(watch in each.execute_wrappers for each in connections.all())


@pytest.mark.parametrize("road", SIDE_ROADS.values(), ids=SIDE_ROADS)
def test_a_side_road_is_closed(start: Start, road: Road) -> None:
    with pytest.raises(Unscoped), transaction.atomic():
        road(start)


@pytest.mark.parametrize("road", DOORS.values(), ids=DOORS)
def test_a_door_is_open(start: Start, road: Road) -> None:
    road(start)
