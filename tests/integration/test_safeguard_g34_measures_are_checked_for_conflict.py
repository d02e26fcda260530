"""G34: measures that get in each other's way are pointed out, and need words on how they go together."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from samenhang.cases.models import Case
from samenhang.grounds.rules import law
from samenhang.journal import Actor
from samenhang.measures import actions
from samenhang.measures.models import Finding, Measure
from samenhang.measures.rules import Term
from samenhang.measures.rules.collisions import PAIRS, NotSaidHow, why_they_collide
from samenhang.measures.rules.findings import Found, Kind
from tests.cast import ActorOf, ClientOf, World
from tests.deconflicting import two_days_pass
from tests.weighing import opened_case

APPROACH = "person-centred-approach"
WHY = "An imaginary reason in a full sentence."
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BEN-BIJSTAND", "REINT"), ("TW-MELD", "TW-GEB"), ("GW-172A", "CR-COND"), ("TW-CONT", "FAM-SUP"),
        ("VW-66A", "TW-UITR"), ("CR-PTD", "TW-MELD"), ("BRP-DEREG", "WORK-HOUSE"),
    ],
)  # fmt: skip
def test_the_table_knows_a_pair_whichever_comes_first(one: str, other: str) -> None:
    assert why_they_collide(one, other)
    assert why_they_collide(one, other) == why_they_collide(other, one)


def test_what_goes_together_is_left_alone_and_every_code_in_the_table_is_one_of_the_law() -> None:
    for one, other in (("MENTOR", "REINT"), ("TW-GEB", "TW-ET"), ("TW-GEB", "TW-GEB"), ("ON-FLAG", "GW-172")):
        assert not why_they_collide(one, other), (one, other)
    codes = list(law().measures)
    for pair in PAIRS:
        for start in (*pair.one, *pair.other):
            assert any(code.startswith(start) for code in codes), start


@pytest.fixture
def director(world: World, actor_of: ActorOf) -> Actor:
    return replace(actor_of(world.director, APPROACH), simulated=True)


def suggested(case: Case, kind: str, director: Actor, lawyer: Actor) -> Measure:
    row = actions.suggest(case, kind, necessity=WHY, subsidiarity=WHY, intended=WHY, by=director)
    return actions.check(row, holds=True, legality=WHY, by=lawyer)


@pytest.mark.django_db
def test_the_later_of_two_waits_until_somebody_wrote_how_they_go_together(
    world: World, actor_of: ActorOf, client_of: ClientOf, director: Actor
) -> None:
    case, lawyer = opened_case(world, actor_of), replace(actor_of(world.lawyer, APPROACH), simulated=True)
    help_first = suggested(case, "REINT", director, lawyer)
    ban = suggested(case, "GW-172A", director, lawyer)
    assert [other.reference for other, _why in actions.colliding(ban, by=director)] == [help_first.reference]
    with pytest.raises(NotSaidHow, match=help_first.reference):
        actions.propose(ban, world.municipality, about="Pippi", by=director)
    found = Found(Kind.TOGETHER, TODAY, "They were looked at beside each other.")
    actions.find(ban, found, by=director)
    with pytest.raises(NotSaidHow):  # it does not say with which
        actions.propose(ban, world.municipality, about="Pippi", by=director)

    browser, page = client_of(world.director, APPROACH), f"/measures/{ban.reference}/"
    shown = browser.get(page).content.decode().split('id="beside"')[1]
    assert f"/measures/{help_first.reference}/" in shown
    assert str(why_they_collide("GW-172A", "REINT")[0]) in shown
    asked = browser.get(f"{page}find/").content.decode()
    assert f"{help_first.reference}:" in asked

    words = f"{help_first.reference}: the coach meets him outside the area of the ban."
    actions.find(ban, replace(found, text=words), by=director)
    proposed = actions.propose(ban, world.municipality, about="Pippi", by=director)

    mayor = replace(actor_of(world.mayor, APPROACH), simulated=True)
    two_days_pass()
    term = Term(TODAY, TODAY + timedelta(days=30))
    Finding.objects.unscoped("test").filter(text=words).update(text="Nothing.")
    with pytest.raises(NotSaidHow):  # who decides is asked again
        actions.decide(proposed, impose=True, reasons=WHY, term=term, by=mayor)
    Finding.objects.unscoped("test").filter(text="Nothing.").update(text=words)
    assert actions.decide(proposed, impose=True, reasons=WHY, term=term, by=mayor).status == "imposed"


@pytest.mark.django_db
def test_what_is_over_gets_in_nobodys_way_and_what_one_may_not_see_is_not_told(
    world: World, actor_of: ActorOf, director: Actor
) -> None:
    case, lawyer = opened_case(world, actor_of), replace(actor_of(world.lawyer, APPROACH), simulated=True)
    help_first = suggested(case, "REINT", director, lawyer)
    ban = suggested(case, "GW-172A", director, lawyer)

    assert not actions.colliding(ban, by=actor_of(world.school, APPROACH))
    assert not actions.colliding(ban, by=replace(director, purpose="public-order"))
    actions.withdraw(help_first, reason=WHY, by=director)
    assert not actions.colliding(ban, by=director)
    assert actions.propose(ban, world.municipality, about="Pippi", by=director).status == "proposed"
