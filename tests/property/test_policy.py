"""One policy, three tellings: the predicate, the filter, and the oracle, over random worlds."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenhang.organisations.rules import Role
from tests.conftest import MOMENT
from tests.oracle import Barred, Body, Facts, Given, Kept, Somebody, may_read
from tests.worlds import place

pytestmark = pytest.mark.django_db

# Few enough of each that grants, laws, blocks and purposes often meet.
HERE, THERE = Body("BURG", "Nergenshuizen"), Body("BURG", "Elderstad")
BODIES = [Body("POL"), Body("OM"), HERE, THERE, Body("PINL"), Body("KMAR"), Body("CASUS", "Nergenshuizen")]
SCOPES = ["K-1", "K-2", "K-3"]
CATEGORIES = ["signal", "identity", "police-data", "plan", "passenger-data", "judicial-data"]
PURPOSES = ["weighing", "person-centred-approach", "investigation", "public-order"]
ROLES = [Role.POLICE_ANALYST, Role.MAYOR, Role.PROSECUTOR, Role.TRAVEL_ANALYST, Role.ADMINISTRATOR]
# The day of the tests, the last day before the Act, and the first under it.
DAYS = [
    MOMENT,
    datetime(2025, 6, 30, 12, tzinfo=MOMENT.tzinfo),
    datetime(2025, 7, 1, 0, tzinfo=MOMENT.tzinfo),
]
GENERAL_KNOWLEDGE = ["MUN-POL-SIG-14", "MUN-OM-SIG-14"]
TICK = timedelta(microseconds=1)

bodies, scopes, categories = st.sampled_from(BODIES), st.sampled_from(SCOPES), st.sampled_from(CATEGORIES)
purposes = st.sampled_from(PURPOSES)


@st.composite
def somebodies(draw: st.DrawFn, now: datetime) -> Somebody:
    body = draw(bodies)
    return Somebody(
        name=f"{draw(st.sampled_from(['one', 'two']))} of {body.authority} {body.region}",
        body=body,
        roles=draw(st.frozensets(st.sampled_from(ROLES), max_size=2)),
        purpose=draw(st.one_of(purposes, purposes, st.just(""))),
        now=now,
        today=now.date(),
        clearance=draw(st.integers(0, 1)),
    )


@st.composite
def stretches(draw: st.DrawFn, now: datetime) -> tuple[datetime, datetime | None]:
    """In force, over, not begun yet; often by one microsecond."""
    starts = now + draw(st.sampled_from([-timedelta(days=2), -timedelta(0), TICK]))
    ends = draw(st.sampled_from([None, None, now, now + TICK]))
    return starts, ends if ends is None or ends >= starts else None


@st.composite
def records(draw: st.DrawFn, name: str) -> Kept:
    return Kept(
        name=name,
        scope=draw(scopes),
        body=draw(bodies),
        category=draw(categories),
        purposes=tuple(sorted(draw(st.sets(purposes, max_size=3)))),
        classification=draw(st.sampled_from([0, 0, 1])),
        withdrawn=draw(st.sampled_from([False, False, True])),
    )


@st.composite
def grants(draw: st.DrawFn, kept: tuple[Kept, ...], people: tuple[Somebody, ...], now: datetime) -> Given:
    """Mostly for a record and a person that are there."""
    who, record = draw(st.sampled_from(people)), draw(st.sampled_from(kept))
    starts, ends = draw(stretches(now))
    return Given(
        scope=draw(st.one_of(st.just(record.scope), scopes)),
        body=draw(st.one_of(st.just(who.body), bodies)),
        category=draw(st.one_of(st.just(record.category), categories)),
        capacity=draw(st.sampled_from([who.body.authority, "WEEG", "CASUS", "SCHOOL"])),
        starts_at=starts,
        ends_at=ends,
        person=draw(st.sampled_from(["", "", who.name])),
    )


@st.composite
def blocks(draw: st.DrawFn, people: tuple[Somebody, ...], now: datetime) -> Barred:
    who = draw(st.sampled_from(people))
    starts, ends = draw(stretches(now))
    return Barred(
        scope=draw(scopes),
        starts_at=starts,
        ends_at=ends,
        body=draw(st.sampled_from([None, who.body])),
        person=draw(st.sampled_from(["", who.name])),
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Facts, tuple[Somebody, ...]]:
    now = draw(st.sampled_from(DAYS))
    people = tuple(draw(st.lists(somebodies(now), min_size=1, max_size=3)))
    kept = tuple(draw(records(f"record {n}")) for n in range(draw(st.integers(1, 4))))
    facts = Facts(
        kept,
        tuple(draw(st.lists(grants(kept, people, now), max_size=5))),
        tuple(draw(st.lists(blocks(people, now), max_size=2))),
        frozenset(draw(st.sets(st.sampled_from(GENERAL_KNOWLEDGE)))),
    )
    return facts, people


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_one_record_decided_is_the_same_as_many_listed_and_as_the_oracle_says(
    world: tuple[Facts, tuple[Somebody, ...]],
) -> None:
    facts, people = world
    with transaction.atomic():
        placed = place(facts, people)

        for who in people:
            foreseen = {record.name for record in facts.kept if may_read(facts, who, record)}
            decided = {record.name for record in facts.kept if placed.decided(who, record)}

            assert decided == foreseen, who
            assert placed.listed(who, facts.kept) == foreseen, who
        transaction.set_rollback(True)
