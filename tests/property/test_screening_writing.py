"""What is written in compiled code is what is found, for any text that a list or a query may hold."""

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from screening import Candidate, Entry, Evidence, Index, Part, Query
from screening.catalogue import build, entry_at
from screening.dates import WORDS as VERDICTS
from screening.dates import date_text
from screening.explanation import document
from screening.index import CANDIDATES, lay_out_queries
from screening.persons import (
    DATE,
    DATE_AT,
    DATE_VERDICT,
    DATES,
    DOCUMENT,
    DOCUMENTS,
    NAMES,
    NATIONALITIES,
    NATIONALITY,
    SEX,
)
from screening.search import ASKED, ENTRY, LINES, NAME, QUERY, SCORE, new_room, search
from screening.spelling import parts_of
from screening.weights import weights
from screening.wording import WORDS

LEAST, LIMIT = -1_000_000, 20

# Parts that merge, lose an article or a title, or are keyed wrong; and any text at all.
part = st.sampled_from(["MOLLY", "MOLLYMRS", "MOLY", "AL", "ALKHALID", "KHALID", "Fantom", 'O"N\\É', "мария"])
name = st.lists(part | st.text(max_size=4), min_size=1, max_size=4).map(" ".join)
text = st.sampled_from(["", "M", "F", "NLD", "BEL", '"', "\\", "é\n", "\ud800"])
dates = st.sampled_from(["1970-02-03", "1970-02", "1970", "0001-01-01", "no date", '"'])
documents = st.lists(st.sampled_from(["X123456", "x-12 3456", "1234", '"12345"', "12"]), max_size=2).map(
    tuple
)
entries = st.builds(
    Entry,
    key=st.text(min_size=1, max_size=3),
    names=st.lists(name, max_size=3).map(tuple),
    birth_dates=st.lists(dates, max_size=2).map(tuple),
    sex=st.none() | text,
    nationalities=st.lists(text, max_size=3).map(tuple),
    documents=documents,
)
queries = st.builds(
    Query,
    key=st.just("q"),
    names=st.lists(name, max_size=2).map(tuple),
    birth_date=st.none() | dates,
    sex=st.none() | text,
    nationality=st.none() | text,
    documents=documents,
)


def as_written(found: Candidate) -> dict[str, Any]:
    names = [("name", one.query, one.listed, one.how, one.weight) for one in found.parts]
    beside = [(one.kind, one.query, one.listed, one.verdict, one.weight) for one in found.evidence]
    keys = ("what", "query", "listed", "how", "weight")
    return {
        "id": found.entry_key,
        "score": found.score,
        "name": found.listed_name,
        "explanation": [dict(zip(keys, line, strict=True)) for line in names + beside],
    }


def in_plain_words(listed: list[Entry], asked: Sequence[Query]) -> list[list[Candidate]]:
    """What a search finds, put into words without compiled code."""
    catalogue, batch, w = build(listed), lay_out_queries(asked), weights()
    persons, answers = catalogue.persons, [list[Candidate]() for _ in asked]
    room = new_room(catalogue.listing, persons, w, CANDIDATES)
    matches, rows = search(
        room, catalogue.listing, persons, batch.names, batch.persons, w, LEAST * 1000, LIMIT
    )
    lines = iter(rows.tolist())
    for row in matches.tolist():
        query, entry = asked[row[QUERY]], entry_at(catalogue, row[ENTRY])
        name = entry.names[row[NAME] - int(persons.starts[row[ENTRY], NAMES])]
        own = parts_of(query.names[row[ASKED] - int(batch.persons.starts[row[QUERY], NAMES])])
        known, beside = parts_of(name), row[LINES + 1 :]
        parts = [
            Part(" ".join(own[i : i + m]), " ".join(known[j : j + n]), WORDS[word], weight / 1000)
            for word, i, m, j, n, weight in islice(lines, row[LINES])
        ]
        date = date_text(int(persons.dates[beside[DATE_AT]])) if beside[DATE_AT] >= 0 else ""
        evidence = tuple(beside_the_name(beside, query, entry, date))
        answers[row[QUERY]].append(
            Candidate(query.key, entry.key, name, row[SCORE] / 1000, tuple(parts), evidence)
        )
    return answers


def beside_the_name(row: list[int], query: Query, entry: Entry, date: str) -> Iterator[Evidence]:
    verdict, born = VERDICTS[row[DATE_VERDICT]], query.birth_date or ""
    yield Evidence("birth_date", verdict, born, date, row[DATE] / 1000)
    if query.sex and entry.sex:
        same = query.sex == entry.sex
        yield Evidence("sex", "same" if same else "different", query.sex, entry.sex, row[SEX] / 1000)
    if query.nationality and entry.nationalities:
        same, nations = query.nationality in entry.nationalities, " ".join(entry.nationalities)
        told = "same" if same else "different"
        yield Evidence("nationality", told, query.nationality, nations, row[NATIONALITY] / 1000)
    if row[DOCUMENT]:
        yield Evidence("document", "same", *document(query, entry), row[DOCUMENT] / 1000)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(entries, min_size=1, max_size=5, unique_by=lambda entry: entry.key),
    st.lists(queries, max_size=4),
)
@example(
    [Entry("1", ("MOLLY AL KHALID",), ("1970-02-03",), "M", ("NLD", "BEL"), ("X123456",))],
    [Query("q", ("MOLLYMRS ALKHALID", "KHALID"), "1970-03-02", "F", "BEL", ("x-12 3456",)), Query("r", ())],
)
def test_what_is_written_is_what_is_found(listed: list[Entry], asked: list[Query]) -> None:
    index = Index.build(listed)

    found = index.search_many(asked, threshold=LEAST, limit=LIMIT)
    written = index.search_written(asked, threshold=LEAST, limit=LIMIT)

    assert [json.loads(one) for one in written] == [[as_written(one) for one in some] for some in found]
    assert "".join(written).isascii()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(entries, min_size=1, max_size=5, unique_by=lambda entry: entry.key),
    st.lists(queries, max_size=4),
)
@example(
    [Entry("1", ("MOLLY AL KHALID",), ("1970-02-03",), "M", ("NLD", "BEL"), ("X123456",))],
    [Query("q", ("MOLLYMRS ALKHALID KHALID",), "1970-03-02", "F", "BEL", ("x-12 3456",)), Query("r", ())],
)
def test_what_is_found_is_told_in_plain_words(listed: list[Entry], asked: list[Query]) -> None:
    index = Index.build(listed)
    # A name in one word is looked up in parts too, see glued.py.
    asked = [one for one in asked if all(" " in name for name in one.names)]

    found = [index.search(one, threshold=LEAST, limit=LIMIT) for one in asked]

    assert found == in_plain_words(listed, asked)


@settings(deadline=None, max_examples=60)
@given(st.lists(queries, min_size=1, max_size=3))
def test_one_query_is_laid_out_as_among_others(asked: list[Query]) -> None:
    together = lay_out_queries([*asked, Query("s", ())])

    for i, one in enumerate(asked):
        alone = lay_out_queries([one])
        names, starts = together.names, together.persons.starts
        first, last = starts[i], starts[i + 1]
        assert (alone.persons.starts[1] - alone.persons.starts[0]).tolist() == (last - first).tolist()
        a, b = names.starts[first[NAMES]], names.starts[last[NAMES]]
        assert alone.names.data.tobytes() == names.data[a:b].tobytes()
        assert alone.persons.sex.tolist() == together.persons.sex[i : i + 1].tolist()
        dates = together.persons.dates[first[DATES] : last[DATES]]
        assert alone.persons.dates.tolist() == dates.tolist()
        for column in (NATIONALITIES, DOCUMENTS):
            a, b = alone.persons.starts[:, column]
            hashes = together.persons.hashes[first[column] : last[column]]
            assert alone.persons.hashes[a:b].tolist() == hashes.tolist()
