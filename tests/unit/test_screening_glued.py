"""A whole name in one word, and a name of very many parts, still find whom they name."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening import Entry, Index, Query
from screening.glued import division
from screening.parts import pack_names, read
from screening.spelling import MAX_PARTS, parts_of

LISTED = [
    Entry("1", ("Abdullah VERZONNEN FANTASI",), ("1970-05-06",), "M"),
    Entry("2", ("Molly PHANTOMSSON",), ("1981-02-03",), "F"),
    Entry("3", ("BEDACHTOVSKI",), ("1965",)),
    Entry(
        "4",
        ("Abu al Abd bin Ali bin Umar bin Zayd al Din ibn al Abu Ibrahim FICTIEVERIUS",),
        ("1950-01-01",),
    ),
]
INDEX = Index.build(LISTED)


@pytest.mark.parametrize(
    ("name", "key", "born"),
    [
        ("ABDULLAHVERZONNENFANTASI", "1", "1970-05-06"),
        ("FANTASIABDULLAHVERZONNEN", "1", "1970-05-06"),
        ("ABDULAHVERZONNENFANTASIMR", "1", "1970-05-06"),
        ("ABDULLAHVERZONENFANTASI", "1", "1970-05-06"),  # one part of it with a typing error
        ("mollyphantomsson", "2", "1981-02-03"),
        ("PHANTOMSSONMOLLYMRS", "2", "1981-02-03"),
    ],
)
def test_a_whole_name_in_one_word_finds_its_bearer(name: str, key: str, born: str) -> None:
    found = INDEX.search(Query("q", (name,), born), threshold=5)

    assert [one.entry_key for one in found] == [key]


@pytest.mark.parametrize("name", ["BEDACHTOVSKI", "KORT", "", "<<<", "QQQQQQQQQQQQ", "Molly PHANTOMSSON"])
def test_a_name_that_is_one_or_has_its_parts_is_not_divided(name: str) -> None:
    assert division(name, INDEX._catalogue.listing) is None


def test_the_reasons_of_a_divided_name_add_up_and_are_written_as_they_are_told() -> None:
    query = Query("q", ("ABDULLAHVERZONNENFANTASI",), "1970-05-06")

    (told,) = INDEX.search(query, threshold=5)
    (written,) = json.loads(INDEX.search_written([query], threshold=5)[0])

    weights = [line["weight"] for line in written["explanation"]]
    assert told.score == round(sum(line.weight for line in (*told.parts, *told.evidence)), 3)
    assert written["score"] == told.score
    assert round(sum(weights), 3) == told.score


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ABDULAHVERZONFTSI", min_size=0, max_size=60))
def test_any_word_is_looked_up_and_a_division_keeps_its_letters(word: str) -> None:
    found = division(word, INDEX._catalogue.listing)

    INDEX.search(Query("q", (word,)), threshold=0)
    assert found is None or parts_of(word)[0].startswith(found.replace(" ", ""))


def test_of_more_parts_than_are_compared_the_longest_are_kept_in_their_order() -> None:
    name = "AL ABD BIN ALI BIN UMAR BIN ZAYD AL DIN IBN AL ABU IBRAHIM FICTIEVERIUS"

    found = parts_of(name)

    assert len(found) == MAX_PARTS
    assert found[-2:] == ("IBRAHIM", "FICTIEVERIUS")
    assert "AL" not in found


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["A", "AL", "BIN", "OMAR", "MR", "IBRAHIM", "X" * 45]), max_size=40))
def test_parts_are_read_by_compiled_code_as_they_are_told_to_people(words: list[str]) -> None:
    name = " ".join(words)

    read_ = read(pack_names([name]))
    told = tuple(
        (read_.letters[a:b] + 65).tobytes().decode()
        for a, b in zip(read_.starts[:-1], read_.starts[1:], strict=True)
    )

    assert told == parts_of(name)


def test_whoever_has_fifteen_parts_is_found_by_the_last_two() -> None:
    found = INDEX.search(Query("q", ("IBRAHIM FICTIEVERIUS",), "1950-01-01"), threshold=0)

    assert [one.entry_key for one in found] == ["4"]
