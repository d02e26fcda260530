"""Each clause of the policy counts: turned round or left out, in either face, an example objects."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db.models import Q

from samenhang.access import policy
from samenhang.access.policy import ALL, CLAUSES, Clause, Question
from tests import policy_examples
from tests.oracle import may_read
from tests.policy_examples import EXAMPLES, FACTS, PEOPLE, wrong
from tests.worlds import Placed, place


@pytest.fixture
def placed(db: None) -> Placed:
    return place(FACTS, PEOPLE)


def test_every_clause_has_examples_that_allow_and_that_refuse() -> None:
    answers = {(example.clause, example.answer) for example in EXAMPLES}

    assert answers >= {(clause.name, False) for clause in CLAUSES}
    assert {clause for clause, _answer in answers} == {clause.name for clause in CLAUSES}
    assert answers >= {(clause.name, True) for clause in CLAUSES}


def test_the_examples_hold_in_both_faces(placed: Placed) -> None:
    assert wrong(placed) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.clause}: {example.says}")
def test_the_oracle_agrees_with_the_examples(example: policy_examples.Example) -> None:
    assert may_read(FACTS, example.who, example.record) is example.answer


def negated_predicate(clause: Clause) -> Clause:
    return replace(clause, holds=lambda question, record: not clause.holds(question, record))


def negated_filter(clause: Clause) -> Clause:
    def turned(question: Question) -> Q:
        asked = clause.q(question)
        # Django reads ~Q() as Q(): the negation of "all" is "none".
        return ~asked if asked else policy.NONE

    return replace(clause, q=turned)


def dropped_predicate(clause: Clause) -> Clause:
    return replace(clause, holds=lambda _question, _record: True)


def dropped_filter(clause: Clause) -> Clause:
    return replace(clause, q=lambda _question: ALL)


CHANGES: dict[str, Callable[[Clause], Clause]] = {
    "predicate negated": negated_predicate,
    "filter negated": negated_filter,
    "both negated": lambda clause: negated_filter(negated_predicate(clause)),
    "predicate dropped": dropped_predicate,
    "filter dropped": dropped_filter,
    "both dropped": lambda clause: dropped_filter(dropped_predicate(clause)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: clause.name)
def test_a_changed_clause_is_noticed_by_the_examples_of_that_clause(
    placed: Placed, monkeypatch: pytest.MonkeyPatch, clause: Clause, change: Callable[[Clause], Clause]
) -> None:
    changed = tuple(change(each) if each is clause else each for each in CLAUSES)
    monkeypatch.setattr(policy, "CLAUSES", changed)

    assert [said for said in wrong(placed) if said.startswith(f"{clause.name}:")]
