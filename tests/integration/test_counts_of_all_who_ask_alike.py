"""The query of the menu is written once for all who ask alike, and asks for each what their own would."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import pytest
from django.conf import LazySettings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from samenhang.access.counting import MARKS, counts, counts_for, kept, whoever, written
from samenhang.desk.work.kinds import KINDS
from samenhang.desk.work.waiting import _Elsewhere, _Waiting
from samenhang.exchange.models import Signal
from samenhang.grounds.models import Approval
from samenhang.journal import Actor
from samenhang.organisations.rules import PURPOSES
from tests.cast import ActorOf, World
from tests.weighing import signal_by

WAITING, ELSEWHERE = _Waiting(KINDS), _Elsewhere(KINDS)
# The first and the last moments of a day in the Netherlands, days on which the clock is moved, other law.
MOMENTS = (
    datetime(2026, 6, 30, 22, 0, tzinfo=UTC),
    datetime(2026, 11, 26, 22, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 1, 30, 0, 1, tzinfo=UTC),
    datetime(2014, 9, 5, 10, 15, tzinfo=UTC),
    datetime(2027, 1, 1, 0, 0, tzinfo=UTC),
)
ROLES = [(role, purpose) for role in sorted(PURPOSES) for purpose in PURPOSES[role]]
AUTHORITIES = cycle(("POL", "OM", "BURG", "COLL", "AIVD", "NCTV", "FG", "KMAR", "RVDK"))


def somebody(role: str, purpose: str, authority: str, now: datetime) -> Actor:
    return Actor(
        user="U-1", organisation="O-22", authority=authority, roles=frozenset({role}), purpose=purpose,
        now=now, mandate="M-3", session="S-4", organisation_id=71, user_id=12,
    )  # fmt: skip


def a_colleague(one: Actor) -> Actor:
    """Of the same function, task and day, and otherwise nobody's like."""
    noon = timezone.localtime(one.now).replace(hour=12, minute=31, second=7, microsecond=5)
    return replace(one, user="U-8", organisation="O-9", user_id=4, organisation_id=5, session="S-6", now=noon)


def kept_of(ask: Callable[..., Any], actor: Actor) -> tuple[str, list[Any]]:
    sums = kept(actor, ask)
    return sums.sql, sums.told(actor)


def differing(ask: Callable[..., Any], actor: Actor) -> list[tuple[Any, Any]]:
    """What was kept for a colleague, as told of this actor, beside what would be written for them alone."""
    kept_of(ask, a_colleague(actor))
    (sql, params), anew = kept_of(ask, actor), written(ask(actor))
    pairs = [(sql, anew.sql), *zip(params, anew.params, strict=True)]
    return [(one, other) for one, other in pairs if one != other]


@pytest.mark.django_db
@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_what_is_kept_asks_for_each_role_what_would_be_written_for_somebody(
    moment: datetime,
) -> None:
    for (role, purpose), authority in zip(ROLES[MOMENTS.index(moment) % 6 :: 6], AUTHORITIES, strict=False):
        assert (role, differing(WAITING, somebody(role, purpose, authority, moment))) == (role, [])


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["case-director", "police-analyst", "data-protection-officer"])
def test_what_is_kept_asks_the_same_under_the_other_tasks_of_somebody(role: str) -> None:
    assert differing(ELSEWHERE, somebody(role, PURPOSES[role][0], "POL", MOMENTS[0])) == []


@pytest.mark.django_db
def test_what_is_kept_knows_nobody() -> None:
    one = somebody("case-director", PURPOSES["case-director"][0], "BURG", MOMENTS[0])
    sums = kept(one, WAITING)

    assert not {"U-1", "O-22", "S-4", "M-3", one.now} & set(map(str, sums.params))
    assert whoever(one) == whoever(a_colleague(one))


def mine(actor: Actor) -> list[Any]:
    return [Signal.objects.visible_to(actor).filter(provider_id=actor.organisation_id)]


def test_who_asks_alike_is_not_told_what_another_organisation_has(world: World, actor_of: ActorOf) -> None:
    signal_by(world.police, actor_of)
    others = replace(actor_of(world.police, "weighing"), organisation_id=world.school.organisation_id)

    assert counts_for(actor_of(world.police, "weighing"), mine) == [1]
    assert counts_for(others, mine) == [0]


def test_before_its_first_moment_a_grant_opens_nothing_by_what_is_kept(
    world: World, actor_of: ActorOf
) -> None:
    signal_by(world.police, actor_of)
    police = actor_of(world.police, "weighing")
    before = replace(police, now=police.now - timedelta(days=400))

    assert counts_for(police, mine) == counts(mine(police)) == [1]
    assert counts_for(before, mine) == counts(mine(before))


def test_a_question_that_looks_into_the_database_while_it_is_written_is_not_kept(
    world: World, actor_of: ActorOf
) -> None:
    def looks(actor: Actor) -> list[Any]:
        seen = list(Signal.objects.visible_to(actor).values_list("pk", flat=True))
        return [Signal.objects.visible_to(actor).filter(pk__in=seen)]

    with pytest.raises(RuntimeError, match="must not say what the database held"):
        counts_for(actor_of(world.police, "weighing"), looks)


def test_what_is_kept_follows_an_approval_of_a_lawyer(world: World, actor_of: ActorOf) -> None:
    police = actor_of(world.police, "weighing")
    before = kept(police, mine)
    Approval.objects.create(subject="R-EXAMPLE", lawyer="Imaginary", given_by="X", starts_on=police.today)

    assert kept(police, mine) is not before


@pytest.mark.django_db
def test_a_changed_setting_is_heard(settings: LazySettings) -> None:
    analyst = somebody("travel-analyst", PURPOSES["travel-analyst"][0], "PINL", MOMENTS[0])
    before = kept_of(WAITING, analyst)
    settings.HITS_HOURS += 1

    assert kept_of(WAITING, analyst) != before


def test_counting_costs_one_query_once_the_law_of_the_day_is_known(
    world: World, actor_of: ActorOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    police = actor_of(world.police, "weighing")
    counts_for(police, WAITING)

    with django_assert_num_queries(2):
        counts_for(police, WAITING)


def test_no_mark_resembles_another() -> None:
    marks = list(map(str, MARKS.values()))

    assert not [(one, two) for one in marks for two in marks if one != two and one in two]
