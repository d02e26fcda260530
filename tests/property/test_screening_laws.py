"""Laws of the screening library, on invented names and on any text at all."""

import itertools
import math
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from screening import Entry, Index, Query
from screening.dates import compare_dates, date_text, from_text
from screening.glued import divided
from screening.keys import FOLD, MAX_KEYS, folded_keys, key
from screening.parts import pack_names, read
from screening.rarity import UNKNOWN as RARITIES
from screening.spelling import MAX_PARTS, Bytes, parts_of

# Times say nothing on a busy machine.
settings.register_profile("laws", deadline=None, max_examples=60)
settings.load_profile("laws")

LOWEST = -1e6
EVERYTHING = 1_000

# Few letters, so that parts are alike, merge and repeat often.
part = st.text(alphabet="AHMKLO", min_size=1, max_size=8)
near_part = st.sampled_from(
    ["MOHAMMED", "MUHAMAD", "KHALID", "HALID", "AL", "EL", "ALKHALID", "MOLLY", "MOLLYMRS", "LOM"]
)
parts = st.lists(part | near_part, min_size=1, max_size=4)
names = st.builds(" ".join, parts)
dates = st.dates().map(lambda day: day.isoformat()) | st.sampled_from(
    ["1970-01-01", "1970-02-03", "1970-03-02", "1980-02-03", "1973-01-01", "1970", "1971", "1970-02"]
)
entries = st.lists(
    st.builds(
        Entry,
        key=st.text(alphabet="0123456789", min_size=1, max_size=4),
        names=st.lists(names, max_size=3).map(tuple),
        birth_dates=st.lists(dates, max_size=2).map(tuple),
        sex=st.sampled_from([None, "M", "F"]),
        nationalities=st.lists(st.sampled_from(["NLD", "BEL"]), max_size=2).map(tuple),
        documents=st.lists(st.sampled_from(["X123456", "1234"]), max_size=1).map(tuple),
    ),
    max_size=6,
    unique_by=lambda entry: entry.key,
)
queries = st.builds(
    Query,
    key=st.just("q"),
    names=st.lists(names, min_size=1, max_size=2).map(tuple),
    birth_date=st.none() | dates,
    sex=st.sampled_from([None, "M", "F"]),
    nationality=st.sampled_from([None, "NLD", "BEL"]),
    documents=st.lists(st.sampled_from(["x-123456", "1234"]), max_size=1).map(tuple),
)


def score(index: Index, query: Query, key: str) -> float:
    found = index.search(query, threshold=LOWEST, limit=EVERYTHING)
    return next((candidate.score for candidate in found if candidate.entry_key == key), LOWEST)


@given(dates, dates)
def test_dates_compare_symmetrically(one: str, other: str) -> None:
    assert compare_dates(from_text(one), from_text(other)) == compare_dates(from_text(other), from_text(one))


@given(dates)
def test_a_date_reads_back_as_it_was_written(text: str) -> None:
    assert date_text(from_text(text)) == text


@given(st.text())
def test_any_text_gives_a_bounded_number_of_latin_parts(text: str) -> None:
    found = parts_of(text)

    assert len(found) <= MAX_PARTS
    assert all(one.isascii() and one.isalpha() and one.isupper() for one in found)


@given(st.text() | names)
def test_compiled_code_reads_the_parts_that_people_are_shown(text: str) -> None:
    found = read(pack_names([text]))

    letters = "".join(chr(65 + letter) for letter in found.letters)
    starts = found.starts.tolist()
    assert tuple(letters[a:b] for a, b in itertools.pairwise(starts)) == parts_of(text)


@given(st.text(), st.text(), st.text(), st.text())
def test_nothing_written_makes_the_library_raise(name: str, listed: str, date: str, document: str) -> None:
    index = Index.build([Entry("1", (listed, name), (date,), listed, (name,), (document,))])

    found = index.search(Query("q", (name,), date, name, listed, (document,)), threshold=LOWEST)

    assert len(found) <= 1


@given(entries, queries)
def test_a_score_is_the_sum_of_its_lines(listed: list[Entry], query: Query) -> None:
    for found in Index.build(listed).search(query, threshold=LOWEST, limit=EVERYTHING):
        assert found.score == pytest.approx(
            sum(line.weight for line in (*found.parts, *found.evidence)), abs=1e-6
        )
        assert {*found.for_, *found.against} == {
            line for line in (*found.parts, *found.evidence) if line.weight
        }


@given(entries, queries)
def test_every_part_of_both_names_is_accounted_for_once(listed: list[Entry], query: Query) -> None:
    index = Index.build(listed)
    # A whole name in one word may be told in the parts that it was divided into.
    names = divided(query, index._catalogue.listing).names

    for found in index.search(query, threshold=LOWEST, limit=EVERYTHING):
        shown = sorted(" ".join(line.listed for line in found.parts).split())
        asked = sorted(" ".join(line.query for line in found.parts).split())
        assert shown == sorted(parts_of(found.listed_name))
        assert asked in [sorted(parts_of(name)) for name in names]


@given(entries, queries, st.floats(-20, 15), st.integers(0, 4))
def test_a_threshold_and_a_limit_only_cut_off_the_end(
    listed: list[Entry], query: Query, threshold: float, limit: int
) -> None:
    index = Index.build(listed)

    everything = index.search(query, threshold=LOWEST, limit=EVERYTHING)

    above = [found for found in everything if found.score >= threshold]
    assert index.search(query, threshold=threshold, limit=limit) == above[:limit]


@given(entries, queries, st.randoms())
def test_the_order_of_the_list_changes_nothing(listed: list[Entry], query: Query, random: object) -> None:
    shuffled = list(listed)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = Index.build(listed), Index.build(shuffled)

    assert one.version == other.version
    assert one.search(query, threshold=LOWEST) == other.search(query, threshold=LOWEST)


@given(entries, queries, queries)
def test_what_was_searched_before_changes_nothing(listed: list[Entry], before: Query, query: Query) -> None:
    used = Index.build(listed)
    used.search(before, threshold=LOWEST)

    assert used.search(query, threshold=LOWEST) == Index.build(listed).search(query, threshold=LOWEST)


@given(entries, queries)
def test_candidates_come_best_first_and_ties_by_key(listed: list[Entry], query: Query) -> None:
    found = Index.build(listed).search(query, threshold=LOWEST, limit=EVERYTHING)

    assert found == sorted(found, key=lambda one: (-one.score, one.entry_key))


@given(entries, queries, st.data())
def test_an_agreeing_birth_date_never_lowers_a_score(
    listed: list[Entry], query: Query, data: st.DataObject
) -> None:
    dated = [entry for entry in listed if entry.birth_dates]
    assume(dated)
    entry = data.draw(st.sampled_from(dated))
    index, agreeing = Index.build(listed), data.draw(st.sampled_from(entry.birth_dates))

    assert score(index, replace(query, birth_date=agreeing), entry.key) >= score(
        index, replace(query, birth_date=None), entry.key
    )


@given(entries, queries, st.data())
def test_an_agreeing_document_sex_or_nationality_never_lowers_a_score(
    listed: list[Entry], query: Query, data: st.DataObject
) -> None:
    assume(listed)
    entry = data.draw(st.sampled_from(listed))
    index = Index.build(listed)
    bare = replace(query, documents=(), sex=None, nationality=None)
    nationality = next(iter(entry.nationalities), None)

    agreeing = replace(bare, documents=entry.documents, sex=entry.sex, nationality=nationality)

    assert score(index, agreeing, entry.key) >= score(index, bare, entry.key)


@given(parts, parts, parts, st.data())
def test_a_further_agreeing_part_never_lowers_a_score(
    shared: list[str], rest: list[str], other: list[str], data: st.DataObject
) -> None:
    own, listed = shared + other, data.draw(st.permutations(shared + rest))
    index = Index.build([Entry("1", (" ".join(listed),))])
    found = index.search(Query("q", (" ".join(own),)), threshold=LOWEST)
    missing = [line.listed for one in found for line in one.parts if line.how == "missing"]
    assume(missing)

    more = " ".join([*own, data.draw(st.sampled_from(missing))])

    # Each line is rounded to three decimals, and a name has at most ten.
    assert score(index, Query("q", (more,)), "1") >= found[0].score - 0.01


@given(entries, queries)
def test_dates_sex_and_nationality_never_select(listed: list[Entry], query: Query) -> None:
    for found in Index.build(listed).search(query, threshold=LOWEST, limit=EVERYTHING):
        documents = [line for line in found.evidence if line.kind == "document"]
        assert documents or any(line.weight > 0 for line in found.parts)


@given(st.text(alphabet="ABKM", min_size=4, max_size=20))
def test_the_keys_of_a_part_are_those_of_the_part_less_each_letter(part: str) -> None:
    """They are made from one another in a few steps; here each is made anew."""

    def letters(text: str) -> Bytes:
        return np.frombuffer(text.encode(), np.uint8) - np.uint8(ord("A"))

    made = np.zeros(MAX_KEYS, np.uint64)
    count = folded_keys(letters(part), 0, len(part), made)
    shorter = {part[:i] + part[i + 1 :] for i in range(len(part))}

    expected = {int(key(FOLD, letters(one), 0, len(one))) for one in {part} | shorter}
    assert set(made[:count].tolist()) == expected


@given(entries, queries)
def test_no_pair_of_parts_weighs_more_than_its_parts_can_be_rare(listed: list[Entry], query: Query) -> None:
    rarest = -math.log2(RARITIES[-1])

    for found in Index.build(listed).search(query, threshold=LOWEST, limit=EVERYTHING):
        assert all(line.weight <= rarest * max(1, len(line.listed.split())) for line in found.parts)


@settings(max_examples=30)
@given(entries, entries, st.lists(st.text(alphabet="0123456789", min_size=1, max_size=4), max_size=4))
def test_a_changed_list_is_the_list_built_afresh(
    listed: list[Entry], added: list[Entry], others: list[str]
) -> None:
    removed = [*others, *(entry.key for entry in listed[::2])]
    gone = {*removed, *(entry.key for entry in added)}

    changed = Index.build(listed).changed(added=added, removed=removed)

    fresh = Index.build([*added, *(entry for entry in listed if entry.key not in gone)])
    assert changed.version == fresh.version
    for one, other in zip(files_of(changed), files_of(fresh), strict=True):
        assert one == other


def files_of(index: Index) -> list[tuple[str, bytes]]:
    """What the index would write, file by file."""
    with TemporaryDirectory() as folder:
        path = index.save(Path(folder))
        return [(file.name, file.read_bytes()) for file in sorted(path.iterdir())]
