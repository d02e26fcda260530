"""What was written in brief becomes what a person reads: which part matched which, how, with what weight."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from screening.persons import document_key
from screening.records import Candidate, Entry, Evidence, Part, Query

_ROWS = json.JSONDecoder()
# As _make of each, which asks in Python how long a row is.
_part: Callable[[list[Any]], Part] = partial(tuple.__new__, Part)
_evidence: Callable[[tuple[Any, ...]], Evidence] = partial(tuple.__new__, Evidence)
_candidate: Callable[[tuple[Any, ...]], Candidate] = partial(tuple.__new__, Candidate)


def candidates(query: Query, matches: str) -> list[Candidate]:
    """The matches of a query as records. matches: written in brief."""
    rows, _ = _ROWS.raw_decode(matches)
    found = []
    for key, score, name, parts, beside in rows:
        parts.pop()  # what ends them
        evidence = [_evidence((kind, how, asked, listed, bits)) for kind, asked, listed, how, bits in beside]
        found.append(_candidate((query.key, key, name, score, tuple(map(_part, parts)), tuple(evidence))))
    return found


def document(query: Query, entry: Entry) -> tuple[str, str]:
    """The number of a document that both have, as each has it."""
    own = {document_key(number): number for number in query.documents}
    number = next(one for one in entry.documents if document_key(one) in own)
    return own[document_key(number)], number
