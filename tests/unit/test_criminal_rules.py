"""The tables and rules of the criminal track: what may follow, which ground reaches what, what is apart."""

from copy import deepcopy
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from samenhang.national_picture.rules import editions
from samenhang.prosecution.rules import reach
from samenhang.prosecution.rules.course import ENDS, KEPT, PROOF_GOES, Outcome, Stage
from samenhang.prosecution.rules.evidence import (
    BadEvidence,
    KeptApart,
    Kind,
    Noted,
    Route,
    State,
    check_noted,
    checklist,
)
from samenhang.prosecution.rules.reach import AT_HOME, BadOffence, NoReach, Place, Reached
from samenhang.prosecution.rules.tables import Article, Ground, articles, faults, grounds, roles, tables

TODAY = date(2026, 11, 23)
HERE = Place(date(2026, 10, 1), "Nergenshuizen", "NL")
THERE = Place(date(2026, 5, 1), "Imaginaria", "SY")
BEFORE = Place(date(2014, 6, 30), "Imaginaria", "SY")
AFTER = Place(date(2014, 7, 1), "Imaginaria", "SY")
NOTED = Noted("part", Kind.OFFICER, "report 12, page 3")
ARTICLE = articles()["SR-140A"]


def codes(article: str, where: Place, *, demonstration: bool = False) -> set[str]:
    return {one.code for one in reach.grounds_for(article, where, demonstration=demonstration)}


def test_the_roles_are_those_of_the_letter_and_each_has_its_figure_in_every_edition() -> None:
    assert list(roles()) == [
        "traveller", "intended-traveller", "returnee", "recruiter", "facilitator", "financer",
    ]  # fmt: skip
    for edition in editions():
        named = {one.question for one in edition.figures if one.question.startswith("criminal_cases_")}
        assert named == {f"criminal_cases_{code.replace('-', '_')}" for code in roles()}
        assert all(one.small == "suppress" for one in edition.figures if one.question in named)


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("reach", {"mark": "X"}),
        ("reach", {"conditions": []}),
        ("reach", {"offences": ["SR-1"]}),
        ("reach", {"valid_from": "2020-01-01", "valid_until": "2019-01-01"}),
        ("offences", {"elements": []}),
        ("offences", {"name": {"nl": "alleen Nederlands"}}),
    ],
)
def test_a_fault_in_a_table_is_named(name: str, fault: dict[str, object]) -> None:
    broken = deepcopy(dict(tables()))
    broken[name][-1].update(fault)

    assert list(faults(broken))
    assert not list(faults(tables()))


def test_every_row_of_law_says_its_source_and_how_well_it_was_read() -> None:
    rows: list[Article | Ground] = [*articles().values(), *grounds().values()]
    for one in rows:
        assert one.mark in ("V", "V-part", "G")
        assert one.source
        assert (one.mark == "G") == one.source["en"].startswith("general knowledge")


def test_an_offence_in_the_netherlands_needs_no_ground_but_that_it_was_here() -> None:
    assert codes("SR-140A", HERE) == {AT_HOME}
    assert reach.check_reached("SR-140A", HERE, Reached(AT_HOME), demonstration=False).code == AT_HOME


def test_an_offence_abroad_is_never_reached_as_if_it_were_here() -> None:
    with pytest.raises(NoReach):
        reach.check_reached("SR-140A", THERE, Reached(AT_HOME), demonstration=False)
    with pytest.raises(NoReach):
        reach.check_reached("SR-140A", THERE, Reached(""), demonstration=False)


def test_the_law_of_the_day_of_the_offence_says_which_grounds_there_are() -> None:
    old, new = codes("SR-140A", BEFORE), codes("SR-140A", AFTER)

    assert "SR-5-2-OLD" in old
    assert "SR-7-1" not in old
    assert "SR-7-1" in new
    assert not any(code.endswith("OLD") for code in new)


def test_a_ground_is_only_for_its_articles() -> None:
    assert "WIM-2-A" in codes("WIM-4", THERE)
    assert "WIM-2-A" not in codes("SR-140A", THERE)
    assert "SR-6-2F" in codes("SR-421", THERE)
    assert "SR-6-2F" not in codes("SR-205", THERE)


def test_each_condition_of_a_ground_is_confirmed_or_it_does_not_reach() -> None:
    for ground in grounds().values():
        if not ground.abroad:
            continue
        day = ground.valid_from or date(2012, 1, 1)
        article = ground.offences[0] if ground.offences else "SR-205"
        where = replace(THERE, since=day)
        met = tuple(one.code for one in ground.conditions)
        full = Reached(ground.code, met, "Article 1 of an invented code.")

        assert reach.check_reached(article, where, full, demonstration=True) == ground
        for left_out in met:
            some = replace(full, met=tuple(one for one in met if one != left_out))
            with pytest.raises(NoReach):
                reach.check_reached(article, where, some, demonstration=True)
        if ground.dual:
            with pytest.raises(NoReach):
                reach.check_reached(article, where, replace(full, dual_note=" "), demonstration=True)


def test_what_nobody_read_is_offered_in_a_demonstration_alone() -> None:
    unread = {one.code for one in articles().values() if one.mark == "G"}
    assert unread
    assert not unread & {one.code for one in reach.articles_on(TODAY, demonstration=False)}
    assert unread <= {one.code for one in reach.articles_on(TODAY, demonstration=True)}
    with pytest.raises(BadOffence):
        reach.check_offence("SR-289-83", HERE, TODAY, demonstration=False)


@pytest.mark.parametrize(
    "fault",
    [
        {"country": "nl"}, {"country": "N1"}, {"country": "NLD"}, {"place": " "},
        {"since": date(2026, 11, 24)}, {"since": date(1900, 1, 1)},
        {"until": date(2026, 9, 30)}, {"until": date(2026, 11, 24)},
    ],
)  # fmt: skip
def test_an_offence_without_a_day_or_place_that_can_be_is_refused(fault: dict[str, object]) -> None:
    with pytest.raises(BadOffence):
        reach.check_offence("SR-140A", replace(HERE, **fault), TODAY, demonstration=False)  # type: ignore[arg-type]


def test_a_case_can_end_from_every_state_in_which_it_runs_and_every_end_has_its_days() -> None:
    assert all(ENDS[stage] for stage in Stage if stage != Stage.CLOSED)
    assert set(KEPT) == set(Outcome)
    assert {Outcome.ACQUITTED, Outcome.NO_OFFENCE} <= PROOF_GOES
    assert all(KEPT[one] < KEPT[Outcome.CONVICTED] for one in Outcome if one != Outcome.CONVICTED)


@pytest.mark.parametrize(
    "fault",
    [
        {"filed_at": "statement S-7QX4-M2DZ-9F3K"},
        {"filed_at": "see s-7qx4-m2dz-9f3k"},
        {"number": "G-7QX4-M2DZ-9F3K"},
        {"source": "S-7QX4-M2DZ-9F3K"},
        {"route": Route.MESSAGE},
        {"route": Route.PROVISION},
        {"route": Route.DEMAND},
        {"route": Route.DEMAND, "number": "12"},
    ],
)
def test_administrative_material_without_a_route_stays_apart(fault: dict[str, object]) -> None:
    with pytest.raises(KeptApart):
        check_noted(replace(NOTED, **fault), ARTICLE, TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("fault", [{"element": "other"}, {"filed_at": " "}, {"ordered_on": TODAY}])
def test_incomplete_evidence_is_refused(fault: dict[str, object]) -> None:
    with pytest.raises(BadEvidence):
        check_noted(replace(NOTED, **fault), ARTICLE, TODAY)  # type: ignore[arg-type]


def test_what_is_missing_and_what_speaks_for_the_person_shows_by_element() -> None:
    def piece(element: str, state: State, *, exculpatory: bool = False) -> SimpleNamespace:
        return SimpleNamespace(element=element, state=state, exculpatory=exculpatory)

    sought, held = piece("organisation", State.SOUGHT), piece("aim", State.SECURED)
    tested, alibi = piece("part", State.TESTED), piece("part", State.SECURED, exculpatory=True)
    lines = {one.element.code: one for one in checklist(ARTICLE, [sought, held, tested, alibi])}

    assert list(lines) == ["organisation", "aim", "part", "knows"]
    assert [line.missing for line in lines.values()] == [True, False, False, True]
    assert [code for code, line in lines.items() if line.challenged] == ["part"]
    assert lines["part"].exculpatory == (alibi,)
    assert lines["part"].proves == (tested,)
