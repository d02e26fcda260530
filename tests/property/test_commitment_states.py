"""Commitments: deeds in any order keep to the table, and nothing is kept before it was promised."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang.foundation.errors import Refused
from samenhang.foundation.states import IllegalTransition
from samenhang.programme import rules
from samenhang.programme.models import Commitment
from samenhang.programme.rules import NEXT, NotKeepable, Office, State
from tests.commitments import ANSWER, PROMISE

TODAY = date(2026, 11, 23)
days = st.integers(-40, 40).map(lambda number: PROMISE.made_on + timedelta(days=number))


@pytest.mark.parametrize(("now", "then"), list(product(State, State)))
def test_an_arrow_that_is_not_drawn_is_refused(now: State, then: State) -> None:
    def step() -> None:
        if then == State.OPEN:
            rules.check_reopened(now)
        else:
            rules.check_end(now, then, ANSWER, PROMISE.made_on, TODAY)

    if then in NEXT[now]:
        step()
    else:
        with pytest.raises(IllegalTransition):
            step()


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(State), st.none() | days, days), max_size=12))
def test_whatever_is_tried_it_is_over_by_a_paper_or_a_reason_and_never_before_it_was_promised(
    tried: list[tuple[State, date | None, date]],
) -> None:
    state, by, on = State.OPEN, None, PROMISE.made_on
    for wanted, dated_on, today in tried:
        paper = replace(ANSWER, dated_on=dated_on) if dated_on else None
        before = state
        try:
            if wanted == State.OPEN:
                rules.check_reopened(state)
            else:
                rules.check_end(state, wanted, paper, PROMISE.made_on, today)
        except Refused:
            continue
        state, by, on = wanted, paper, paper.dated_on if paper else today

        assert state in NEXT[before]
        if state in rules.BY_PAPER:
            assert by is not None
            assert PROMISE.made_on <= on <= today


@given(made_on=days, dated_on=days, due_on=st.none() | days, made_by=st.sampled_from(Office))
@settings(max_examples=60)
def test_what_may_be_noted_has_days_in_order_and_a_last_day_unless_the_council_concluded_it(
    made_on: date, dated_on: date, due_on: date | None, made_by: Office
) -> None:
    paper = replace(PROMISE.paper, dated_on=dated_on)
    promise = replace(PROMISE, made_by=made_by, made_on=made_on, paper=paper, due_on=due_on)
    in_order = made_on <= dated_on <= TODAY and (due_on is None or made_on <= due_on)

    try:
        rules.check_promise(promise, TODAY)
    except NotKeepable:
        refused = True
    else:
        refused = False

    assert refused != (in_order and (due_on is not None or made_by == Office.COUNCIL))


def test_late_is_what_is_open_after_its_last_day() -> None:
    row = Commitment(state=State.OPEN, due_on=date(2026, 12, 31))

    labels = [row.label(date(2026, 12, 31)), row.label(date(2027, 1, 1))]

    assert [label.kind for label in labels] == ["neutral", "negative"]


def test_an_office_has_the_name_of_its_day() -> None:
    names = [rules.name_of(Office.JUSTICE, day) for day in (date(2014, 6, 30), date(2017, 10, 26))]

    assert names == ["Minister van Veiligheid en Justitie", "Minister van Justitie en Veiligheid"]
