"""G5: one national set of criteria, none added by anybody, and unequal use of it is seen (Inspectie 2024)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenhang.cases import actions
from samenhang.cases.actions.destroying import forget_signals
from samenhang.cases.models import Position, Weighing
from samenhang.cases.rules import criteria
from samenhang.exchange.models import Signal
from samenhang.national_picture.actions import compare_regions
from samenhang.national_picture.rules.regions import Weighed, compare
from samenhang.organisations.acting import service_account
from tests.cast import ActorOf, ClientOf, World
from tests.weighing import NO, REASONS, YES, judge, signal_by, weighing_by


@pytest.mark.django_db
def test_on_a_day_without_a_national_set_nothing_is_weighed(
    world: World, actor_of: ActorOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    signal = signal_by(world.police, actor_of)
    ended = replace(criteria.NATIONAL[0], until=date(2026, 11, 22))
    monkeypatch.setattr(criteria, "NATIONAL", (ended,))

    with pytest.raises(criteria.NoCriteria):
        actions.open_weighing(signal, by=actor_of(world.police, "weighing"))

    assert not Weighing.objects.unscoped("test").exists()
    assert Signal.objects.unscoped("test").get(pk=signal.pk).status == "received"


@pytest.mark.django_db
def test_a_criterion_of_ones_own_is_refused_and_the_version_stands_on_the_page(
    world: World, actor_of: ActorOf, client_of: ClientOf
) -> None:
    weighing = weighing_by(world.police, actor_of)
    local = replace(YES, reasons={**REASONS, "neighbourhood": "Lives in the wrong street."})

    with pytest.raises(criteria.NotNational, match="neighbourhood"):
        actions.take_position(weighing, local, by=actor_of(world.mayor, "weighing"))
    assert not Position.objects.unscoped("test").exists()

    page = client_of(world.mayor, "weighing").get(f"/weighings/{weighing.reference}/").content.decode()
    assert weighing.criteria.version in page
    columns = {field.name for field in Position._meta.get_fields()}
    assert set(weighing.criteria.criteria) <= columns


def test_a_municipality_more_than_two_standard_deviations_away_is_pointed_out() -> None:
    usual = [Weighed(f"Imaginair {number}", 20, 10) for number in range(9)]

    found = {
        one.weighed.municipality: one
        for one in compare([*usual, Weighed("Streng", 20, 18), Weighed("Klein", 2, 2)])
    }

    assert [place for place, one in found.items() if one.far] == ["Streng"]
    assert next(iter(found)) == "Streng"
    assert found["Streng"].deviation > 2
    assert compare([]) == []
    assert not compare([Weighed("Alleen", 5, 5)])[0].far


def test_where_signals_belonged_is_compared_and_no_small_number_can_be_worked_out() -> None:
    def one(place: str, criminal: int, care: int, nothing: int) -> Weighed:
        there = {"criminal": criminal, "care": care, "nothing": nothing}
        return Weighed(place, 10 + sum(there.values()), 10, there)

    usual = [one(f"Imaginair {number}", 5, 5, 30) for number in range(9)]
    found = {
        row.weighed.municipality: row
        for row in compare([*usual, one("Streng", 30, 5, 5), one("Klein", 4, 6, 30), one("Geen", 0, 0, 40)])
    }

    assert found["Streng"].far_elsewhere["criminal"] > 2
    assert found["Streng"].far_elsewhere["nothing"] < -2
    # One small number hides all three: the two others would tell it, beside how many were not taken up.
    assert {said.word for said in found["Klein"].shown.values()} == {"suppressed"}
    assert not found["Klein"].far_elsewhere
    assert [said.value for said in found["Geen"].shown.values()] == [0, 0, 40]


@pytest.mark.parametrize(
    ("decided", "taken_up", "shown"),
    [(2, 1, (None, None)), (10, 1, (10, None)), (10, 8, (10, None)), (10, 5, (10, 5)), (10, 10, (10, 10))],
)
def test_how_many_were_weighed_and_taken_up_never_tells_of_one_to_four(
    decided: int, taken_up: int, shown: tuple[int | None, ...]
) -> None:
    (row,) = compare([Weighed("Klein", decided, taken_up)])

    assert tuple(said.value for said in row.shown_decided) == shown


@pytest.mark.django_db
def test_the_ministry_compares_and_nobody_else(world: World, actor_of: ActorOf, client_of: ClientOf) -> None:
    judge(
        weighing_by(world.police, actor_of),
        {world.police: YES, world.prosecutor: NO, world.mayor: YES},
        actor_of,
    )

    (row,) = compare_regions(by=actor_of(world.statistician))
    assert (row.weighed.municipality, row.weighed.decided, row.weighed.taken_up) == ("Nergenshuizen", 1, 0)
    assert row.weighed.elsewhere == {"criminal": 0, "care": 0, "nothing": 1}
    # The weighing is destroyed after four weeks; what it came to stays counted.
    late = actor_of(world.police).now + timedelta(days=40)
    assert forget_signals(by=service_account("terms", now=late)) == 1
    page = client_of(world.statistician).get("/report/weighings/").content.decode()
    assert "Nergenshuizen" in page
    assert page.count("niet gepubliceerd") == len(row.shown) + len(row.shown_decided)
    for outsider in (world.mayor, world.police, world.privacy):
        assert client_of(outsider).get("/report/weighings/").status_code == 403
