"""How long somebody may be held: the order of the decisions, their days, and no gap between them."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samenhang.measures.rules.custody import LONGEST, NEXT, TOGETHER, BadTerm, Held, Stage, check_term

ARRESTED = date(2014, 4, 22)
TODAY = date(2014, 12, 31)


def chain(*terms: tuple[Stage, int]) -> list[Held]:
    """Terms that follow one another without a gap from the day of arrest."""
    made: list[Held] = []
    for stage, days in terms:
        starts = made[-1].ends_on if made else ARRESTED
        made.append(Held(stage, starts, starts, days))
    return made


def check(made: list[Held]) -> None:
    for place, held in enumerate(made):
        check_term(held, made[:place], arrested_on=ARRESTED, today=TODAY)


FIRST = ((Stage.POLICE, 3), (Stage.REMAND, 14))


@pytest.mark.parametrize(
    "terms",
    [
        ((Stage.POLICE, 3), (Stage.POLICE_AGAIN, 3), (Stage.REMAND, 14)),
        (*FIRST, (Stage.DETENTION, 90)),
        (*FIRST, (Stage.DETENTION, 30), (Stage.DETENTION_AGAIN, 30), (Stage.DETENTION_AGAIN, 30)),
        (*FIRST, (Stage.DETENTION, 60), (Stage.DETENTION_AGAIN, 30), (Stage.BEYOND, 90)),
    ],
)
def test_the_stages_of_the_law_follow_one_another(terms: tuple[tuple[Stage, int], ...]) -> None:
    check(chain(*terms))


@pytest.mark.parametrize(
    "terms",
    [
        ((Stage.DETENTION, 30),),
        ((Stage.POLICE, 4),),
        ((Stage.POLICE, 3), (Stage.REMAND, 15)),
        ((Stage.POLICE, 3), (Stage.REMAND, 0)),
        (*FIRST, (Stage.DETENTION, 60), (Stage.DETENTION_AGAIN, 31)),
        (*FIRST, *((Stage.DETENTION, 10), *((Stage.DETENTION_AGAIN, 10),) * 3)),
        (*FIRST, (Stage.BEYOND, 90)),
        (*FIRST, (Stage.DETENTION, 90), *((Stage.BEYOND, 90),) * 9),
    ],
)
def test_what_the_law_does_not_know_is_refused(terms: tuple[tuple[Stage, int], ...]) -> None:
    with pytest.raises(BadTerm):
        check(chain(*terms))


@pytest.mark.parametrize(("late", "refused"), [(0, False), (1, True)])
def test_a_day_between_two_terms_is_a_day_of_freedom(late: int, refused: bool) -> None:
    (before,) = chain((Stage.POLICE, 3))
    starts = before.ends_on + timedelta(days=late)
    held = Held(Stage.REMAND, starts, starts, 14)

    if refused:
        with pytest.raises(BadTerm):
            check_term(held, [before], arrested_on=ARRESTED, today=TODAY)
    else:
        check_term(held, [before], arrested_on=ARRESTED, today=TODAY)


def test_a_term_of_ninety_days_ends_ninety_days_after_its_first() -> None:
    assert Held(Stage.DETENTION, ARRESTED, date(2014, 5, 9), 90).ends_on == date(2014, 8, 7)


@given(st.lists(st.tuples(st.sampled_from(Stage), st.integers(1, 90)), max_size=12))
def test_nobody_is_held_longer_than_the_law_has(terms: list[tuple[Stage, int]]) -> None:
    made: list[Held] = []
    for stage, days in terms:
        starts = made[-1].ends_on if made else ARRESTED
        try:
            check_term(Held(stage, starts, starts, days), made, arrested_on=ARRESTED, today=date(2030, 1, 1))
        except BadTerm:
            continue
        made.append(Held(stage, starts, starts, days))

    total = sum(held.days for held in made)
    assert total <= 3 + 3 + LONGEST[Stage.REMAND] + TOGETHER[Stage.DETENTION][0] + TOGETHER[Stage.BEYOND][0]
    assert all(after.stage in NEXT[before.stage] for before, after in pairwise(made))
