"""From compiled rows to what a person reads: which part matched which, how, and with what weight."""

from screening.dates import WORDS as VERDICTS
from screening.dates import date_text
from screening.persons import (
    DATE,
    DATE_AT,
    DATE_VERDICT,
    DOCUMENT,
    NATIONALITY,
    SEX,
    document_key,
)
from screening.records import Entry, Evidence, Part, Query
from screening.spelling import parts_of
from screening.wording import WORDS


def parts(lines: list[list[int]], query: str, listed: str) -> tuple[Part, ...]:
    """The lines of a match, with the columns of search, in words. query, listed: the names compared."""
    asked, known = parts_of(query), parts_of(listed)
    found = []
    for word, i, m, j, n, weight in lines:
        one = asked[i] if m == 1 else " ".join(asked[i : i + m])
        other = known[j] if n == 1 else " ".join(known[j : j + n])
        found.append(Part(one, other, WORDS[word], weight / 1000))
    return tuple(found)


def evidence(row: list[int], query: Query, entry: Entry, date: int) -> tuple[Evidence, ...]:
    """What stands beside the name. row: the columns beside; date: the listed one, as read."""
    verdict = VERDICTS[row[DATE_VERDICT]]
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
        own, number = document(query, entry)
        lines.append(Evidence("document", "same", own, number, row[DOCUMENT] / 1000))
    return tuple(lines)


def document(query: Query, entry: Entry) -> tuple[str, str]:
    """The number of a document that both have, as each has it."""
    own = {document_key(number): number for number in query.documents}
    number = next(one for one in entry.documents if document_key(one) in own)
    return own[document_key(number)], number
