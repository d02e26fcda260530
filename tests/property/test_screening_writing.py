"""What is written in compiled code is what is found, for any text that a list or a query may hold."""

import json
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from screening import Candidate, Entry, Index, Query

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

    found = index.search_many(asked, threshold=-1e6, limit=20)
    written = index.search_written(asked, threshold=-1e6, limit=20)

    assert [json.loads(one) for one in written] == [[as_written(one) for one in some] for some in found]
    assert "".join(written).isascii()
