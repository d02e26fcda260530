"""What may become of a measure: the law of the day, its term, its states."""

from datetime import date

import pytest

from samenhang.grounds.rules.law import law
from samenhang.grounds.rules.measures import measures_available
from samenhang.measures import rules
from samenhang.measures.rules import NEXT, OPEN, Status

NOVEMBER = date(2026, 11, 23)


def test_a_kind_that_no_lawyer_approved_is_refused_outside_a_demonstration() -> None:
    with pytest.raises(rules.NotApproved):
        rules.check_kind("GW-172A", NOVEMBER, approved=(), demonstration=False)


def test_an_approved_kind_may_be_used_everywhere() -> None:
    kind = rules.check_kind("GW-172A", NOVEMBER, approved=["GW-172A"], demonstration=False)

    assert kind.basis.startswith("Gemeentewet art. 172a")


@pytest.mark.parametrize(
    ("day", "holds"), [(date(2027, 2, 28), True), (date(2027, 3, 1), False), (date(2027, 3, 2), False)]
)
def test_the_temporary_act_ends_on_its_day(day: date, holds: bool) -> None:
    if holds:
        rules.check_kind("TW-MELD", day, approved=(), demonstration=True)
    else:
        with pytest.raises(rules.NotInLaw):
            rules.check_kind("TW-MELD", day, approved=(), demonstration=True)


def test_a_term_longer_than_the_law_is_refused_with_the_last_lawful_day() -> None:
    with pytest.raises(rules.WrongTerm, match="20 februari 2027"):
        rules.check_term("GW-172A", date(2026, 11, 20), date(2027, 2, 21), None)


def test_a_term_up_to_the_last_lawful_day_is_accepted() -> None:
    assert rules.check_term("GW-172A", date(2026, 11, 20), date(2027, 2, 20), None) == date(2027, 2, 20)


def test_a_measure_does_not_outlive_the_act_it_rests_on() -> None:
    with pytest.raises(rules.WrongTerm, match="1 maart 2027"):
        rules.check_term("TW-MELD", date(2026, 12, 1), date(2027, 4, 1), None)


def test_where_the_law_sets_a_term_it_cannot_be_left_open() -> None:
    with pytest.raises(rules.WrongTerm):
        rules.check_term("GW-172A", NOVEMBER, None, date(2027, 1, 1))


def test_without_a_term_in_law_a_day_of_review_is_needed() -> None:
    with pytest.raises(rules.WrongTerm):
        rules.check_term("BRP-DEREG", NOVEMBER, None, None)

    assert rules.check_term("BRP-DEREG", NOVEMBER, None, date(2027, 11, 1)) is None


def test_only_the_body_that_the_law_names_may_decide() -> None:
    rules.check_competent("GW-172A", "BURG", NOVEMBER)
    for body in ("POL", "OM", "JENV", "NCTV", "CASUS"):
        with pytest.raises(rules.NotCompetent):
            rules.check_competent("GW-172A", body, NOVEMBER)


def test_ended_measures_stay_ended_but_for_what_a_court_annuls_afterwards() -> None:
    over = {Status.REFUSED, Status.WITHDRAWN, Status.LIFTED, Status.LAPSED, Status.ANNULLED}

    assert set(Status) - OPEN == over == rules.OVER
    assert NEXT[Status.LIFTED] == NEXT[Status.LAPSED] == {Status.ANNULLED}
    for status in over:
        for wanted in set(Status) - {Status.ANNULLED}:
            with pytest.raises(rules.IllegalTransition):
                rules.check_transition(rules.NEXT, status, wanted)


def test_nothing_comes_into_force_without_a_decision() -> None:
    """From suggested, every way to “in force” leads through “imposed”."""
    reached, edge = set(), {Status.SUGGESTED}
    while edge:
        status = edge.pop()
        reached.add(status)
        edge |= {after for after in NEXT[status] if after not in reached and after != Status.IMPOSED}

    assert Status.IN_FORCE not in reached
    assert Status.NOTIFIED not in reached


def test_every_kind_has_a_purpose_for_the_body_that_decides() -> None:

    purposes = {rules.purpose_of(kind.code) for kind in measures_available(NOVEMBER)}

    assert purposes <= set(law().purposes)
