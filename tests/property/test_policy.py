"""One policy, three tellings: the predicate, the filter, and the oracle, over random worlds."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samenhang.organisations.rules import Role
from tests.conftest import MOMENT
from tests.oracle import Barred, Body, Facts, Given, Kept, Somebody, may_read
from tests.worlds import place

pytestmark = pytest.mark.django_db

HERE, THERE = Body("BURG", "Nergenshuizen"), Body("BURG", "Elderstad")
POLICE, PROSECUTION, TRAVEL, BORDER = Body("POL"), Body("OM"), Body("PINL"), Body("KMAR")
PLATFORM = Body("CASUS", "Nergenshuizen")
BODIES = [POLICE, PROSECUTION, HERE, THERE, TRAVEL, BORDER, PLATFORM]
APPROACH = "person-centred-approach"
CATEGORIES = ["signal", "identity", "police-data", "plan", "passenger-data", "judicial-data"]
PURPOSES = ["weighing", APPROACH, "investigation", "public-order", "oversight"]
ROLES = [Role.POLICE_ANALYST, Role.MAYOR, Role.PROSECUTOR, Role.TRAVEL_ANALYST, Role.ADMINISTRATOR]
# The day of the tests, the last day before the Act, and the first under it.
DAYS = [
    MOMENT,
    datetime(2025, 6, 30, 12, tzinfo=MOMENT.tzinfo),
    datetime(2025, 7, 1, 0, tzinfo=MOMENT.tzinfo),
]
GENERAL_KNOWLEDGE = ["MUN-POL-SIG-14", "MUN-OM-SIG-14"]
TICK = timedelta(microseconds=1)


class Line(NamedTuple):
    """A road that the law knows on some of the days, or nearly: chance alone seldom finds one."""

    provider: Body
    category: str
    capacity: str
    purpose: str
    recipient: Body


LINES = [
    Line(POLICE, "signal", "WEEG", "weighing", HERE),
    Line(POLICE, "identity", "WEEG", "weighing", PROSECUTION),
    Line(HERE, "signal", "POL", APPROACH, POLICE),
    Line(PLATFORM, "plan", "CASUS", APPROACH, HERE),
    Line(PROSECUTION, "judicial-data", "CASUS", APPROACH, POLICE),
    Line(TRAVEL, "passenger-data", "KMAR", "investigation", BORDER),
    Line(TRAVEL, "identity", "POL", "investigation", POLICE),
    Line(POLICE, "police-data", "BURG", "public-order", THERE),
    Line(POLICE, "police-data", "BURG", APPROACH, HERE),
    Line(TRAVEL, "passenger-data", "WEEG", "weighing", HERE),
    Line(PLATFORM, "plan", "CASUS", "oversight", HERE),
]


def mostly(usual: Any, others: list[Any]) -> st.SearchStrategy[Any]:
    """Everything but one thing right is where a policy goes wrong."""
    return st.integers(0, 9).flatmap(lambda dice: st.sampled_from(others) if dice == 0 else st.just(usual))


@st.composite
def stretches(draw: st.DrawFn, now: datetime) -> tuple[datetime, datetime | None]:
    """In force, over, not begun yet; often by one microsecond."""
    starts = now + draw(mostly(-timedelta(0), [-timedelta(days=2), TICK]))
    ends = draw(mostly(None, [now, now + TICK]))
    return starts, ends if ends is None or ends >= starts else None


@st.composite
def somebodies(draw: st.DrawFn, line: Line, now: datetime) -> Somebody:
    body = draw(mostly(line.recipient, [line.provider, *BODIES]))
    return Somebody(
        name=f"{draw(st.sampled_from(['one', 'two']))} of {body.authority} {body.region}",
        body=body,
        roles=frozenset(draw(mostly({Role.POLICE_ANALYST}, [{role} for role in ROLES] + [set()]))),
        purpose=draw(mostly(line.purpose, ["", *PURPOSES])),
        now=now,
        today=now.date(),
        clearance=draw(mostly(0, [1])),
    )


def kept_for(line: Line) -> str:
    """Nothing is kept for oversight: it reads what is kept for something else."""
    return APPROACH if line.purpose == "oversight" else line.purpose


@st.composite
def records(draw: st.DrawFn, name: str, line: Line) -> Kept:
    return Kept(
        name=name,
        scope=draw(st.sampled_from(["K-1", "K-2", "K-3"])),
        body=draw(mostly(line.provider, BODIES)),
        category=draw(mostly(line.category, CATEGORIES)),
        purposes=draw(
            mostly((kept_for(line),), [(), tuple(PURPOSES), ("weighing",), (APPROACH, "public-order")])
        ),
        classification=draw(mostly(0, [1])),
        withdrawn=draw(mostly(False, [True])),
    )


@st.composite
def grants(draw: st.DrawFn, record: Kept, line: Line, who: Somebody) -> Given:
    starts, ends = draw(stretches(who.now))
    return Given(
        scope=draw(mostly(record.scope, ["K-1", "K-2"])),
        body=draw(mostly(line.recipient, [who.body, *BODIES])),
        category=draw(mostly(record.category, CATEGORIES)),
        capacity=draw(mostly(line.capacity, ["WEEG", "CASUS", "OM", who.body.authority])),
        starts_at=starts,
        ends_at=ends,
        # Who oversees has a right of their own, or none.
        person=draw(mostly(who.name if line.purpose == "oversight" else "", ["", who.name])),
    )


@st.composite
def blocks(draw: st.DrawFn, who: Somebody) -> Barred:
    starts, ends = draw(stretches(who.now))
    return Barred(
        scope=draw(st.sampled_from(["K-1", "K-2", "K-3"])),
        starts_at=starts,
        ends_at=ends,
        body=draw(st.sampled_from([None, who.body, HERE])),
        person=draw(mostly("", [who.name])),
        kind=draw(st.sampled_from(["hold", "shielded"])),
    )


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Facts, tuple[Somebody, ...]]:
    now = draw(st.sampled_from(DAYS))
    lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=3))
    people = tuple(draw(somebodies(line, now)) for line in lines)
    kept = tuple(draw(records(f"record {n}", line)) for n, line in enumerate(lines))
    given_ = tuple(
        draw(grants(record, line, who))
        for record, line, who in zip(kept, lines, people, strict=True)
        if draw(mostly(True, [False]))
    )
    barred = tuple(draw(blocks(who)) for who in people if draw(mostly(False, [True])))
    return Facts(kept, given_, barred, frozenset(draw(st.sets(st.sampled_from(GENERAL_KNOWLEDGE))))), people


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
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
