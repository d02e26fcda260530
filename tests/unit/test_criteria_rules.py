"""Rules about journeys: what they can see, what may be written, and how a version comes into force."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from edifact.made_people import CULTURES
from samenhang.criteria import rules
from samenhang.criteria.rules import expressions, facts, matches, trial
from samenhang.criteria.rules.expressions import NotAnExpression
from samenhang.criteria.rules.facts import ANNEX, Facts, facts_of
from samenhang.criteria.rules.trial import Row
from samenhang.travel.rules.permitted import NOTHING, PERMITTED

TODAY = date(2026, 11, 23)
WORDING = rules.Wording(
    purpose="To find journeys that are arranged as those of people who leave to train.",
    offence="2017/541-8",
    when="one_way && days_booked_ahead <= 2",
    unless="bags >= 2",
    starts_on=TODAY,
    ends_on=date(2027, 5, 1),
)
LEGS = [
    {"departure_airport": "AMS", "arrival_airport": "VIE", "departs_at": "2026-11-23T07:10"},
    {"departure_airport": "VIE", "arrival_airport": "XXA", "departs_at": "2026-11-24T07:10"},
]
FLIGHT = {"carrier": "XX", "departure_airport": "AMS", "arrival_airport": "VIE", "departs_at": "2026-11-23"}


def told(**changes: Any) -> dict[str, Any]:
    return {**NOTHING, **changes}


def test_the_record_of_a_journey_has_these_facts_and_no_other() -> None:
    assert {one.name for one in fields(Facts)} == {
        *("carrier", "departure", "arrival", "airports", "legs", "one_way", "days_booked_ahead"),
        *("days_away", "bags", "baggage_kg", "split_booking", "document_days_left"),
    }
    assert set(ANNEX) == {one.name for one in fields(Facts)}


@pytest.mark.parametrize(
    "name",
    sorted({*PERMITTED, "issuer", "birth_place", "residence", "age", "meal", "name"} - {"bags"}),
)
def test_nothing_else_that_is_kept_of_a_passenger_can_be_asked_for(name: str) -> None:
    for text in (
        f"{name} == ''",
        f"{name} == 'UTO' && one_way",
        f"has(passenger.{name})",
        f"size({name}) > 0",
    ):
        with pytest.raises(NotAnExpression):
            expressions.read(text)


def test_facts_come_from_what_a_booking_tells_of_the_journey() -> None:
    found = facts_of(
        told(
            nationality="UTO",
            bags={"count": 1, "weight_kg": 12},
            documents=[{"number": "SPECI1", "issuer": "UTO", "expiry": "2026-12-03"}],
            booking={"created_at": "2026-11-21T23:50", "itinerary": LEGS},
        ),
        FLIGHT,
    )

    assert found == Facts(
        carrier="XX",
        departure="AMS",
        arrival="VIE",
        airports=["AMS", "VIE", "XXA"],
        legs=2,
        one_way=True,
        days_booked_ahead=2,
        days_away=1,
        bags=1,
        baggage_kg=12,
        split_booking=False,
        document_days_left=10,
    )


def test_what_no_message_told_is_no_fact_and_matches_nothing() -> None:
    listed = facts_of(told(), FLIGHT).told()

    assert listed == {"carrier": "XX", "departure": "AMS", "arrival": "VIE"}
    assert expressions.read("bags == 0").holds(listed) is None
    assert expressions.read("bags != 0").holds(listed) is None
    assert expressions.read("!(bags > 0)").holds(listed) is None
    assert expressions.read("bags > 0 || departure == 'AMS'").holds(listed) is True


def test_a_match_needs_that_the_one_holds_and_the_other_surely_does_not() -> None:
    when, unless = expressions.read("legs > 1"), expressions.read("bags >= 2")

    assert trial.matches(when, unless, {"legs": 2, "bags": 1})
    assert not trial.matches(when, unless, {"legs": 2, "bags": 2})
    assert not trial.matches(when, unless, {"legs": 2})
    assert not trial.matches(when, unless, {"bags": 1})


@pytest.mark.parametrize(
    "text",
    [
        *("", "  ", "legs", "'legs'", "legs > '1'", "legs + 1 > 2", "carrier + carrier == ''", "legs > 1.5"),
        *("carrier.matches('X.*')", "type(legs) == int", "dyn(legs) == 1", "airports.map(a, a) == []"),
        *("airports.filter(a, a == '') == []", "airports[0] == 'AMS'", "timestamp('x') == timestamp('x')"),
        *("__import__('os').system('true')", "(" * 200, "one_way" + " || one_way" * 60, "\ud800"),
    ],
)
def test_what_is_no_condition_in_the_declared_language_is_refused(text: str) -> None:
    with pytest.raises(NotAnExpression):
        expressions.read(text)


def test_an_expression_that_would_take_too_many_steps_is_stopped_and_matches_nothing() -> None:
    nested = "true"
    for depth in range(12):
        nested = f"['0','1','2','3','4','5','6','7'].all(a{depth},{nested})"

    assert expressions.read(nested).holds({}) is None


@pytest.mark.parametrize(
    "when", ["arrival == 'XXA'", "airports.exists(a, a == 'XXA') && carrier != 'XX'", "true"]
)
def test_a_rule_may_not_rest_on_places_alone(when: str) -> None:
    with pytest.raises(expressions.PlacesAlone):
        rules.check_wording(replace(WORDING, when=when), TODAY)
    rules.check_wording(replace(WORDING, when=f"({when}) && days_away > 100"), TODAY)


def test_a_rule_says_which_fact_speaks_against() -> None:
    with pytest.raises(expressions.NothingAgainst):
        rules.check_wording(replace(WORDING, unless="false"), TODAY)


def test_a_rule_runs_for_six_months_at_most() -> None:
    rules.check_wording(replace(WORDING, ends_on=date(2027, 5, 23)), TODAY)
    with pytest.raises(rules.TermTooLong):
        rules.check_wording(replace(WORDING, ends_on=date(2027, 5, 24)), TODAY)
    with pytest.raises(rules.TermOver):
        rules.check_wording(replace(WORDING, ends_on=date(2026, 11, 22)), TODAY)


def test_who_wrote_it_never_approves_it_and_nobody_approves_twice() -> None:
    rules.check_approver(3, author=1, approved_by=[2])
    with pytest.raises(rules.ColleagueNeeded):
        rules.check_approver(1, author=1, approved_by=[2])
    with pytest.raises(rules.ColleagueNeeded):
        rules.check_approver(2, author=1, approved_by=[2])


def test_a_trial_meets_as_many_of_each_culture_of_names_and_is_the_same_again() -> None:
    once = trial.run(WORDING.when, WORDING.unless, on=TODAY, each=20)

    assert [(row.culture, row.travellers) for row in once] == [(one.name, 20) for one in CULTURES]
    assert trial.run(WORDING.when, WORDING.unless, on=TODAY, each=20) == once
    assert trial.rows_of(trial.stored(once)) == once
    assert set(trial.LABELS) == {row.culture for row in once}


def test_a_trial_shows_that_a_rule_leans_on_where_families_live() -> None:
    fair = trial.run("one_way && days_away > 3 || bags == 0", "split_booking", on=TODAY, each=150)
    leans = trial.run("arrival in ['CMN', 'NDR', 'TNG'] && legs >= 1", "split_booking", on=TODAY, each=150)

    assert trial.leaning(fair) == []
    assert [row.culture for row in trial.leaning(leans)] == ["Moroccan"]


def test_chance_is_not_taken_for_leaning() -> None:
    few = [Row("A", 1000, 3), Row("B", 1000, 1), Row("C", 1000, 0)]

    assert trial.leaning(few) == []
    assert [row.culture for row in trial.leaning([replace(few[0], matches=30), *few[1:]])] == ["A"]


def test_a_rule_that_matches_more_than_one_in_a_hundred_is_not_targeted() -> None:
    trial.check_narrow([Row("A", 1000, 10)])
    with pytest.raises(trial.TooWide):
        trial.check_narrow([Row("A", 1000, 11)])


def test_an_interval_holds_the_share_and_stays_within_nothing_and_all() -> None:
    for row in (Row("A", 100, 0), Row("A", 100, 100), Row("A", 100, 7), Row("A", 0, 0)):
        low, high = (round(end, 9) for end in row.interval)
        assert 0 <= low <= round(row.share, 9) <= round(high, 9) <= 1


def test_precision_is_told_once_something_was_finished() -> None:
    assert matches.Precision().percent is None
    assert matches.Precision(confirmed=1, dismissed=5).percent == 17


def test_every_fact_has_a_type_that_the_language_knows() -> None:
    assert set(facts.kinds().values()) <= set(expressions.TYPES)
