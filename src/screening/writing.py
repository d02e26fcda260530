"""Answers written as JSON by compiled code: as objects of Python they took longer than to be found.

What becomes an object of Python after all is read from JSON too, of fewer words.
"""

from collections.abc import Callable
from itertools import pairwise
from json.encoder import encode_basestring_ascii as quoted
from typing import NamedTuple

import numpy as np

from screening.catalogue import Catalogue
from screening.compiled import Held, compiled, copy, inlined, maker, opened, settled
from screening.dates import WORDS as VERDICTS
from screening.likeness import same_row
from screening.listing import FIRST, A, B, Listing
from screening.parts import Offsets, Texts, pack
from screening.persons import BESIDE, DATE, DATE_AT, DATE_VERDICT, DOCUMENT, NAMES, NATIONALITY, SEX, Persons
from screening.records import Query
from screening.search import (
    ASKED,
    COLUMNS,
    ENTRY,
    L_LISTED,
    L_LISTED_COUNT,
    L_QUERY,
    L_QUERY_COUNT,
    L_WEIGHT,
    L_WORD,
    LINES,
    NAME,
    QUERY,
    SCORE,
)
from screening.spelling import LETTERS_OF_PARTS, MAX_LETTERS, MAX_PARTS, Bytes, Ints, read_parts
from screening.wording import WORDS

# What stands between the values, and after these the words for how parts and dates agree.
(
    ID, SCORED, NAMED, EXPLAINED, PART, PART_LISTED, PART_HOW, BIRTH_DATE, SEXES, NATION, NUMBER,
    LISTED, HOW, WEIGHT, END_LINE, END_MATCH, NEXT, SAME, DIFFERENT, BEGIN, END,
) = range(21)  # fmt: skip
_FIXED = (
    '{"id": ', ', "score": ', ', "name": ', ', "explanation": [',
    '{"what": "name", "query": "', '", "listed": "', '", "how": "',
    '{"what": "birth_date", "query": ', '{"what": "sex", "query": ', '{"what": "nationality", "query": ',
    '{"what": "document", "query": ', ', "listed": ', ', "how": "', '", "weight": ',
    "}", "]}", ", ", "same", "different", "[", "]",
)  # fmt: skip
# The same as lists without words, of the parts of a name first: see explanation.candidates.
_BRIEF = (
    "[", ",", ",", ",[",
    '["', '","', '","',
    '0],[["birth_date",', '["sex",', '["nationality",', '["document",',
    ",", ',"', '",', "]", "]]", ",", "same", "different", "[", "]",
)  # fmt: skip
_HOWS = len(_FIXED)
_VERDICTS = _HOWS + len(WORDS)
IN_FULL, IN_BRIEF = (
    pack([text.encode() for text in (*fixed, *WORDS, *VERDICTS)]) for fixed in (_FIXED, _BRIEF)
)
_NOTHING = np.zeros(0, np.uint8)
_QUOTE, _ESCAPE, _OPEN, _CLOSE, _SPACE, _LETTER, _ZERO, _DASH, _DOT = b'"\\[] A0-.'
# More than the fixed words of a match, and of one of its lines, take up.
_OF_MATCH, _OF_LINE = 800, 120 + 6 * MAX_LETTERS


class Told(NamedTuple):
    """Matches, as search gives them, and what they repeat of their queries, quoted as JSON.

    beside: (q,) date of birth, sex and nationality of each query that has a match
    numbers: (m,) the number of a document that both have, as either has it, else empty
    """

    names: Texts
    matches: Ints
    lines: Ints
    beside: Texts
    numbers: Texts


class _Page(NamedTuple):
    """What is told, beside what it is told of and in."""

    catalogue: Catalogue
    names: Texts
    matches: Ints
    lines: Ints
    beside: Texts
    numbers: Texts
    fragments: Texts


def beside(query: Query) -> str:
    """What the lines beside the name repeat of a query."""
    return f"{quoted(query.birth_date or '')}{quoted(query.sex or '')}{quoted(query.nationality or '')}"


def numbers(one: str, other: str) -> str:
    """The number of a document as the query has it, and as the entry."""
    return f"{quoted(one)}{quoted(other)}"


def no_numbers(matches: int) -> Texts:
    """As many empty texts."""
    return Texts(_NOTHING, np.zeros(matches + 1, np.int64))


class Writer:
    """Writes matches with one list, in full or in brief."""

    def __init__(self, catalogue: Catalogue, fragments: Texts) -> None:
        self._held = Held(catalogue, fragments)
        self._write: Callable[..., tuple[Bytes, Offsets]] | None = None

    def written(self, told: Told) -> list[str]:
        """The matches of each query as a JSON array, best first."""
        self._write = self._write or settled(_written, self._held, told)
        data, starts = self._write(self._held.address, told)
        text, ends = str(data.data, "ascii"), starts.tolist()
        return [text[a:b] for a, b in pairwise(ends)]


@maker
def _written(held: int, matched: Told) -> tuple[Bytes, Offsets]:
    catalogue, fragments = opened(held)
    told = _Page(
        catalogue,
        matched.names,
        matched.matches,
        matched.lines,
        matched.beside,
        matched.numbers,
        fragments,
    )
    names, matches = told.names, told.matches
    # As much as most matches take up, so that it is seldom copied.
    out, end, at, line = np.empty((1 << 16) + 2 * _OF_MATCH * len(matches), np.uint8), 0, 0, 0
    letters = np.empty(LETTERS_OF_PARTS, np.uint8)
    cuts = np.empty(MAX_PARTS + 2, np.int32)
    starts = np.zeros(len(told.beside.starts), np.int64)
    for q in range(len(starts) - 1):
        end = _put(out, end, told.fragments, BEGIN)
        first, read = at, -1
        while at < len(matches) and matches[at, QUERY] == q:
            e, name = matches[at, ENTRY], matches[at, ASKED]
            need = (
                _OF_MATCH
                + _OF_LINE * matches[at, LINES]
                + 2 * (_size(told.catalogue.entries, e) + _size(told.beside, q) + _size(told.numbers, at))
            )
            if end + need > len(out):
                more = np.empty(max(2 * len(out), end + need), np.uint8)
                more[:end] = out[:end]
                out = more
            if name != read:
                read_parts(names.data, names.starts[name], names.starts[name + 1], letters, cuts)
                read = name
            if at > first:
                end = _put(out, end, told.fragments, NEXT)
            end = _match(out, end, told, (letters, cuts), (q, at, line))
            line += matches[at, LINES]
            at += 1
        if end + _OF_MATCH > len(out):
            more = np.empty(2 * len(out), np.uint8)
            more[:end] = out[:end]
            out = more
        end = _put(out, end, told.fragments, END)
        starts[q + 1] = end
    return out[:end], starts


@inlined
def _match(out: Bytes, end: int, told: _Page, asked: tuple[Bytes, Ints], place: tuple[int, int, int]) -> int:
    """One match. asked: letters of the queried name, and where its parts begin; place: query, match, line."""
    fragments, catalogue, matches, lines = told.fragments, told.catalogue, told.matches, told.lines
    q, at, line = place
    data, listing, e = catalogue.entries.data, catalogue.listing, matches[at, ENTRY]
    key = catalogue.entries.starts[e] + 1
    past = _past(data, key)
    name = past + 2
    for _ in range(matches[at, NAME] - catalogue.persons.starts[e, NAMES]):
        name = _past(data, name) + 1
    end = _copy(out, _put(out, end, fragments, ID), data, key, past)
    end = _thousandths(out, _put(out, end, fragments, SCORED), matches[at, SCORE])
    end = _copy(out, _put(out, end, fragments, NAMED), data, name, _past(data, name))
    end = _put(out, end, fragments, EXPLAINED)
    first = listing.names[matches[at, NAME], FIRST]
    for k in range(line, line + matches[at, LINES]):
        end = _put(out, end, fragments, PART)
        end = _parts(out, end, asked, lines[k, L_QUERY], lines[k, L_QUERY_COUNT])
        end = _put(out, end, fragments, PART_LISTED)
        end = _listed(out, end, listing, first + lines[k, L_LISTED], lines[k, L_LISTED_COUNT])
        end = _put(out, end, fragments, PART_HOW)
        end = _weighed(out, end, fragments, _HOWS + lines[k, L_WORD], lines[k, L_WEIGHT])
        end = _put(out, end, fragments, NEXT)
    end = _beside(out, end, told, (q, at, key))
    return _put(out, end, fragments, END_MATCH)


@inlined
def _beside(out: Bytes, end: int, told: _Page, place: tuple[int, int, int]) -> int:
    """The lines beside the name. place: query, match, and where the entry's key stands."""
    q, at, key = place
    fragments, catalogue, matches = told.fragments, told.catalogue, told.matches
    asked, data, column = told.beside.data, catalogue.entries.data, COLUMNS - BESIDE
    # The query's date, sex and nationality, and the entry's sex and nationalities.
    date = told.beside.starts[q]
    sex = _past(asked, date)
    nation = _past(asked, sex)
    own = _past_list(data, _past_list(data, _past(data, key) + 1) + 1) + 1
    nations = (_past(data, own) if data[own] == _QUOTE else own + 4) + 1

    end = _copy(out, _put(out, end, fragments, BIRTH_DATE), asked, date, sex)
    end = _date(out, _put(out, end, fragments, LISTED), catalogue.persons, matches[at, column + DATE_AT])
    end = _put(out, end, fragments, HOW)
    verdict = _VERDICTS + matches[at, column + DATE_VERDICT]
    end = _weighed(out, end, fragments, verdict, matches[at, column + DATE])
    if nation - sex > 2 and data[own] == _QUOTE and data[own + 1] != _QUOTE:
        end = _copy(out, _put(out, _put(out, end, fragments, NEXT), fragments, SEXES), asked, sex, nation)
        end = _copy(out, _put(out, end, fragments, LISTED), data, own, _past(data, own))
        end = _put(out, end, fragments, HOW)
        same = same_row(asked, sex, nation, data, own, _past(data, own))
        end = _weighed(out, end, fragments, SAME if same else DIFFERENT, matches[at, column + SEX])
    if _past(asked, nation) - nation > 2 and data[nations + 1] == _QUOTE:
        end = _put(out, _put(out, end, fragments, NEXT), fragments, NATION)
        end = _put(out, _copy(out, end, asked, nation, _past(asked, nation)), fragments, LISTED)
        out[end] = _QUOTE
        end, same, one = end + 1, False, nations + 1
        while data[one] == _QUOTE:
            past = _past(data, one)
            same = same or same_row(asked, nation, _past(asked, nation), data, one, past)
            end = _copy(out, end, data, one + 1, past - 1)
            out[end] = _SPACE if data[past] != _CLOSE else _QUOTE
            end, one = end + 1, past + 1
        end = _put(out, end, fragments, HOW)
        end = _weighed(out, end, fragments, SAME if same else DIFFERENT, matches[at, column + NATIONALITY])
    if matches[at, column + DOCUMENT]:
        numbers, one = told.numbers.data, told.numbers.starts[at]
        other = _past(numbers, one)
        end = _put(out, _put(out, end, fragments, NEXT), fragments, NUMBER)
        end = _put(out, _copy(out, end, numbers, one, other), fragments, LISTED)
        end = _put(out, _copy(out, end, numbers, other, _past(numbers, other)), fragments, HOW)
        end = _weighed(out, end, fragments, SAME, matches[at, column + DOCUMENT])
    return end


@compiled
def _past(data: Bytes, i: int) -> int:
    """Where a JSON string ends that begins at data[i]."""
    i += 1
    # Unsigned: a place that could be negative is looked at twice.
    while data[np.uint64(i)] != _QUOTE:
        i += 2 if data[np.uint64(i)] == _ESCAPE else 1
    return i + 1


@compiled
def _past_list(data: Bytes, i: int) -> int:
    """Where a JSON array of strings ends that begins at data[i]."""
    i += 1
    while data[i] != _CLOSE:
        i = _past(data, i) if data[i] == _QUOTE else i + 1
    return i + 1


@inlined
def _copy(out: Bytes, end: int, data: Bytes, a: int, b: int) -> int:
    copy(out, end, data, a, b - a)
    return end + b - a


@inlined
def _put(out: Bytes, end: int, fragments: Texts, which: int) -> int:
    return _copy(out, end, fragments.data, fragments.starts[which], fragments.starts[which + 1])


@inlined
def _size(texts: Texts, i: int) -> int:
    return int(texts.starts[i + 1] - texts.starts[i])


@compiled
def _weighed(out: Bytes, end: int, fragments: Texts, word: int, weight: int) -> int:
    end = _put(out, _put(out, end, fragments, word), fragments, WEIGHT)
    return _put(out, _thousandths(out, end, weight), fragments, END_LINE)


@inlined
def _parts(out: Bytes, end: int, asked: tuple[Bytes, Ints], first: int, count: int) -> int:
    """Parts of the queried name, with spaces between them."""
    letters, cuts = asked
    for i in range(first, first + count):
        if i > first:
            out[end] = _SPACE
            end += 1
        end = _in_capitals(out, end, letters, cuts[i], cuts[i + 1])
    return end


@inlined
def _listed(out: Bytes, end: int, listing: Listing, first: int, count: int) -> int:
    """Parts of a listed name, with spaces between them."""
    for i in range(first, first + count):
        if i > first:
            out[end] = _SPACE
            end += 1
        p = listing.name_parts[i]
        end = _in_capitals(out, end, listing.letters, listing.parts[p, A], listing.parts[p, B])
    return end


@inlined
def _in_capitals(out: Bytes, end: int, letters: Bytes, a: int, b: int) -> int:
    for i in range(b - a):
        out[np.uint64(end + i)] = letters[np.uint64(a + i)] + _LETTER
    return end + b - a


@compiled
def _thousandths(out: Bytes, end: int, number: int) -> int:
    """A number of thousandths as Python writes it: 1.5 for 1500, 0.0 for 0."""
    if number < 0:
        out[end] = _DASH
        end, number = end + 1, -number
    end = _digits(out, end, number // 1000, 1)
    out[end] = _DOT
    rest, places = number % 1000, 3
    while places > 1 and rest % 10 == 0:
        rest, places = rest // 10, places - 1
    return _digits(out, end + 1, rest, places)


@compiled
def _digits(out: Bytes, end: int, number: int, least: int) -> int:
    places, power = 1, 10
    while places < least or number >= power:
        places, power = places + 1, power * 10
    for i in range(places - 1, -1, -1):
        out[end + i] = _ZERO + number % 10
        number //= 10
    return end + places


@inlined
def _date(out: Bytes, end: int, listed: Persons, at: int) -> int:
    """A listed date in ISO form, in quotes; nothing between them if there is none."""
    out[end] = _QUOTE
    end += 1
    if at >= 0:
        date = listed.dates[at]
        end = _digits(out, end, date >> 9, 4)
        if date >> 5 & 15:
            out[end] = _DASH
            end = _digits(out, end + 1, date >> 5 & 15, 2)
        if date & 31:
            out[end] = _DASH
            end = _digits(out, end + 1, date & 31, 2)
    out[end] = _QUOTE
    return end + 1
