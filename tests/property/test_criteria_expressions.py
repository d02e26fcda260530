"""No expression whatever makes the evaluator raise anything but its own refusal."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from samenhang.criteria.rules import expressions
from samenhang.criteria.rules.expressions import NotAnExpression
from samenhang.criteria.rules.facts import Facts, facts_of, kinds
from samenhang.travel.rules.permitted import NOTHING

# Mostly what carries meaning, where compilers go wrong.
TOKENS = [
    *kinds(),
    *(
        "&&",
        "||",
        "!",
        "==",
        "!=",
        "<",
        "<=",
        ">",
        ">=",
        " in ",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ".",
        "?",
        ":",
    ),
    *(
        "'AMS'",
        '"',
        "'",
        "r'",
        "b'",
        "0",
        "-1",
        "9223372036854775808",
        "0x7f",
        "1u",
        "1.5e308",
        "null",
        "true",
    ),
    *(
        "size(",
        ".all(a,",
        ".exists(a,",
        ".exists_one(a,",
        ".map(a,",
        "has(",
        "a",
        "dyn(",
        "type(",
        "\\",
        "//",
    ),
    *("google.protobuf.Any{}", "@in", "_&&_", "__class__", "\n", "\x00", "\ud800", "é", "𝟙"),
]
VALUES: dict[type, Any] = {
    str: st.text(max_size=4),
    int: st.integers(-(2**63), 2**63 - 1),
    bool: st.booleans(),
    list[str]: st.lists(st.text(max_size=4), max_size=3),
}
TOLD = st.fixed_dictionaries({}, optional={name: VALUES[kind] for name, kind in kinds().items()})


def ask(text: str, told: dict[str, Any]) -> bool | None:
    try:
        return expressions.read(text).holds(told)
    except NotAnExpression:
        return None


@settings(max_examples=120)
@given(st.one_of(st.text(), st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)), TOLD)
def test_any_text_is_refused_or_answers_yes_no_or_cannot_tell(text: str, told: dict[str, Any]) -> None:
    assert ask(text, told) in (True, False, None)


conditions = st.recursive(
    st.sampled_from(
        ["one_way", "bags > 1", "carrier == 'XX'", "'AMS' in airports", "size(airports) < 3", "true"]
    ),
    lambda inner: st.one_of(
        inner.map(lambda one: f"!({one})"),
        st.tuples(inner, st.sampled_from(["&&", "||"]), inner).map(lambda three: f"({' '.join(three)})"),
        inner.map(lambda one: f"airports.exists(a, a == departure && {one})"),
    ),
    max_leaves=12,
)


@settings(max_examples=50)
@given(conditions, TOLD)
def test_a_missing_fact_never_turns_a_condition_and_its_opposite_both_true(
    text: str, told: dict[str, Any]
) -> None:
    one, other = ask(text, told), ask(f"!({text})", told)

    assert (one, other) in {(True, False), (False, True), (None, None)} or len(text) + 3 > expressions.LONGEST


legs = st.fixed_dictionaries(
    {},
    optional={name: st.text(max_size=16) for name in ("departure_airport", "arrival_airport", "departs_at")},
)


@settings(max_examples=50)
@given(
    st.fixed_dictionaries({}, optional={"created_at": st.text(max_size=16), "itinerary": st.lists(legs)}),
    legs,
    st.lists(st.fixed_dictionaries({"expiry": st.one_of(st.just("2030-01-01"), st.text(max_size=10))})),
)
def test_whatever_a_message_told_there_are_facts_of_it(
    booking: dict[str, Any], flight: dict[str, str], documents: list[dict[str, str]]
) -> None:
    found = facts_of({**NOTHING, "booking": booking, "documents": documents}, flight)

    assert isinstance(found, Facts)
    assert expressions.read("bags > 1 || true").holds(found.told()) is True
