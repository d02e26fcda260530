"""From compiled rows to what a person reads: which part matched which, how, and with what weight."""

from collections.abc import Iterator
from functools import lru_cache

from screening.dates import WORDS, date_text
from screening.likeness import FOLDED, INITIAL, LETTERS, MERGED, MERGED_NEAR, PREFIX, SAME
from screening.persons import (
    DATE,
    DATE_AT,
    DATE_VERDICT,
    DOCUMENT,
    NATIONALITY,
    SEX,
    document_key,
)
from screening.records import Entry, Evidence, How, Part, Query
from screening.search import (
    LEFT_EXTRA,
    LEFT_MISSING,
)
from screening.spelling import parts_of

ARTICLES = ("AL", "EL", "UL")
TITLES = ("MSTER", "MSTR", "MISS", "MRS", "MR", "MS", "DR")
_HOW: dict[int, How] = {
    SAME: "same",
    PREFIX: "truncated",
    INITIAL: "truncated",
    MERGED: "merged",
    MERGED_NEAR: "merged",
    LEFT_EXTRA: "extra",
    LEFT_MISSING: "missing",
}


@lru_cache(maxsize=65_536)
def how(kind: int, query: str, listed: str) -> How:
    """A kind of agreement in a word."""
    if kind in _HOW and (kind != SAME or query == listed):
        return _HOW[kind]
    if listed in (query[2:] if query.startswith(ARTICLES) else "", *_without_title(query)):
        return "affix"
    if query == listed[2:] and listed.startswith(ARTICLES):
        return "affix"
    return "spelling" if FOLDED <= kind < LETTERS else "typo"


def _without_title(part: str) -> Iterator[str]:
    return (part[: -len(title)] for title in TITLES if part.endswith(title))


def parts(lines: list[list[int]], query: str, listed: str) -> tuple[Part, ...]:
    """The lines of a match, with the columns of search, in words. query, listed: the names compared."""
    asked, known = parts_of(query), parts_of(listed)
    found = []
    for kind, i, m, j, n, weight in lines:
        one = asked[i] if m == 1 else " ".join(asked[i : i + m])
        other = known[j] if n == 1 else " ".join(known[j : j + n])
        found.append(Part(one, other, how(kind, one, other), weight / 1000))
    return tuple(found)


def evidence(row: list[int], query: Query, entry: Entry, date: int) -> tuple[Evidence, ...]:
    """What stands beside the name. row: the columns beside; date: the listed one, as read."""
    verdict = WORDS[row[DATE_VERDICT]]
    listed = date_text(date) if row[DATE_AT] >= 0 else ""
    lines = [Evidence("birth_date", verdict, query.birth_date or "", listed, row[DATE] / 1000)]
    if query.sex and entry.sex:
        same = query.sex == entry.sex
        lines.append(Evidence("sex", "same" if same else "different", query.sex, entry.sex, row[SEX] / 1000))
    if query.nationality and entry.nationalities:
        same = query.nationality in entry.nationalities
        text = " ".join(entry.nationalities)
        weight = row[NATIONALITY] / 1000
        lines.append(
            Evidence("nationality", "same" if same else "different", query.nationality, text, weight)
        )
    if row[DOCUMENT]:
        own = {document_key(number): number for number in query.documents}
        number = next(one for one in entry.documents if document_key(one) in own)
        lines.append(Evidence("document", "same", own[document_key(number)], number, row[DOCUMENT] / 1000))
    return tuple(lines)
