"""What the screening library promises to be the same both ways, and what it does not.

Promised: dates, sex, nationality and documents weigh the same whichever side is asked and which is
listed; the order in which a person's names are given changes no score; two records of the same name
score the same both ways. Not promised: a name against a shorter one. A part that a carrier left out
weighs less than one that the list does not have.
"""

from hypothesis import given, settings
from hypothesis import strategies as st

from screening import Candidate, Entry, Index, Query

CHEAP = settings(deadline=None, max_examples=30)
LOWEST = -1e6

parts = st.sampled_from(["MOHAMMED", "MUHAMAD", "KHALID", "ALKHALID", "MOLLY", "VERZONNEN"])
names = st.lists(parts, min_size=1, max_size=4).map(" ".join)
people = st.fixed_dictionaries({
    "date": st.sampled_from([None, "1970-01-01", "1970-02-03", "1970-03-02", "1971-02-03", "1970"]),
    "sex": st.sampled_from([None, "M", "F"]),
    "nationality": st.sampled_from([None, "NLD", "BEL"]),
    "document": st.sampled_from([None, "X123456", "1234"]),
})  # fmt: skip
Person = dict[str, str | None]


def compared(asked: tuple[str, ...], one: Person, listed: tuple[str, ...], other: Person) -> Candidate | None:
    def some(value: str | None) -> tuple[str, ...]:
        return (value,) if value else ()

    entry = Entry(
        "1", listed, some(other["date"]), other["sex"], some(other["nationality"]), some(other["document"])
    )
    query = Query("q", asked, one["date"], one["sex"], one["nationality"], some(one["document"]))
    found = Index.build([entry]).search(query, threshold=LOWEST)
    return found[0] if found else None


@CHEAP
@given(names, people, people)
def test_two_records_of_one_name_score_the_same_both_ways(name: str, one: Person, other: Person) -> None:
    there, back = compared((name,), one, (name,), other), compared((name,), other, (name,), one)

    assert there is not None
    assert back is not None
    assert there.score == back.score
    assert [line.weight for line in there.evidence] == [line.weight for line in back.evidence]


@CHEAP
@given(st.lists(names, min_size=2, max_size=3), st.lists(names, min_size=2, max_size=3), people, people)
def test_the_order_in_which_names_are_given_changes_no_score(
    asked: list[str], listed: list[str], one: Person, other: Person
) -> None:
    there = compared(tuple(asked), one, tuple(listed), other)
    back = compared(tuple(reversed(asked)), one, tuple(reversed(listed)), other)

    assert (there and there.score) == (back and back.score)


def test_the_best_of_a_persons_names_is_told_even_when_the_list_has_nobody_else() -> None:
    nobody: Person = dict.fromkeys(("date", "sex", "nationality", "document"))

    found = compared(("MOLLY", "MOLLY VERZONNEN"), nobody, ("MOLLY", "MOLLY LOM", "MOLLY VERZONNEN"), nobody)

    assert found is not None
    assert found.listed_name == "MOLLY VERZONNEN"
    assert all(line.how == "same" for line in found.parts)


def test_a_left_out_name_weighs_less_than_one_that_the_list_does_not_have() -> None:
    nobody: Person = dict.fromkeys(("date", "sex", "nationality", "document"))

    shorter = compared(("MOLLY LOM",), nobody, ("MOLLY LOM VERZONNEN",), nobody)
    longer = compared(("MOLLY LOM VERZONNEN",), nobody, ("MOLLY LOM",), nobody)

    assert shorter is not None
    assert longer is not None
    assert shorter.score > longer.score
