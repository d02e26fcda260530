"""What stands beside the names: dates of birth, sex, nationality and documents, compared in bits.

None of them selects: nobody becomes a candidate by them, except by an equal document number.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from screening.compiled import inlined, maker
from screening.dates import UNKNOWN, compare_dates, from_text, read_date
from screening.keys import Words
from screening.parts import Offsets, ends, pack_ascii
from screening.records import Query
from screening.spelling import Bytes, Ints
from screening.weights import (
    DOCUMENT_LONG,
    DOCUMENT_SHORT,
    NATIONALITY_DIFFERENT,
    NATIONALITY_SAME,
    SEX_DIFFERENT,
    SEX_SAME,
    Weights,
)

# The columns of Persons.starts.
NAMES, DATES, NATIONALITIES, DOCUMENTS = range(4)
# The columns of what is found beside a name.
DATE_VERDICT, DATE_AT, DATE, SEX, NATIONALITY, DOCUMENT, DOCUMENT_AT = range(7)
BESIDE = 7
# The last bit of a document's hash says whether the number is short.
SHORT = np.uint64(1)
LOWEST = -(1 << 40)
# Shorter numbers are given out more than once.
LONG_DOCUMENT = 6
_NOT_ALNUM = re.compile(r"[^0-9A-Z]+")
_SEXES = {"M": 1, "F": 2}
# What one query has, as arrays that nobody writes to.
_NOBODY, _NO_HASHES = np.zeros(0, np.int32), np.zeros(0, np.uint64)
_CODES = [np.array([code], np.uint8) for code in range(3)]

Value = TypeVar("Value", np.int32, np.uint64)


class Persons(NamedTuple):
    """Listed entries or queries, and what each has beside its names.

    starts: (e + 1, 4) names starts[i, NAMES]:starts[i + 1, NAMES] are those of i, and so on
    dates: as read_date gives them; sex: (e,) 0 unknown, 1 M, 2 F
    hashes: of nationalities and documents
    numbers, bearers: of listed entries, the hashes of all documents, ascending, and who bears them
    """

    starts: Offsets
    dates: Ints
    sex: NDArray[np.uint8]
    hashes: Words
    numbers: Words
    bearers: Ints


def lay_out_persons(
    names: Sequence[Sequence[str]],
    dates: Sequence[Sequence[str]],
    sexes: Sequence[str | None],
    nationalities: Sequence[Sequence[str]],
    documents: Sequence[Sequence[str]],
) -> Persons:
    """Lay out persons given by column."""
    starts = np.zeros((len(names) + 1, 4), np.int64)
    starts[:, NAMES] = ends(names)
    read, starts[:, DATES] = _kept(dates, _read_dates(dates))
    found, starts[:, NATIONALITIES] = _kept(nationalities, _each(nation_hash, nationalities))
    numbers, starts[:, DOCUMENTS] = _kept(documents, _each(document_hash, documents))
    if len(numbers):
        starts[:, DOCUMENTS] += len(found)
        found = np.concatenate([found, numbers])
    else:
        starts[:, DOCUMENTS] = len(found)
    codes = np.array([_SEXES.get(sex or "", 0) for sex in sexes], np.uint8)
    return Persons(starts, read, codes, found, *by_document(starts, found))


def lay_out_person(query: Query) -> Persons:
    """One query as lay_out_persons has it, with few calls of numpy: a single look-up waits for each."""
    date = from_text(query.birth_date) if query.birth_date else 0
    dates = np.array((date,), np.int32) if date else _NOBODY
    nation = nation_hash(query.nationality) if query.nationality else 0
    if query.documents:
        found = [nation] if nation else []
        found += filter(None, map(document_hash, query.documents))
        hashes = np.array(found, np.uint64)
    else:
        hashes = np.array((nation,), np.uint64) if nation else _NO_HASHES
    starts = _starts_of_one(len(query.names), len(dates), 1 if nation else 0, len(hashes))
    beside = by_document(starts, hashes) if query.documents else (_NO_HASHES, _NOBODY)
    return Persons(starts, dates, _CODES[_SEXES.get(query.sex or "", 0)], hashes, *beside)


@lru_cache(maxsize=256)
def _starts_of_one(names: int, dates: int, nations: int, hashes: int) -> Offsets:
    return np.array(((0, 0, 0, nations), (names, dates, nations, hashes)), np.int64)


def by_document(starts: Offsets, hashes: Words) -> tuple[Words, Ints]:
    """The hashes of all documents, ascending, and who bears each."""
    borne = hashes[starts[0, DOCUMENTS] :]
    if not len(borne):
        return borne, _NOBODY
    order = np.argsort(borne, kind="stable")
    bearers = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts[:, DOCUMENTS]))
    return borne[order], bearers[order]


def _each(hashed: Callable[[str], int], rows: Sequence[Sequence[str]]) -> Words:
    return np.array(list(map(hashed, chain.from_iterable(rows))), np.uint64)


def _read_dates(dates: Sequence[Sequence[str]]) -> Ints:
    texts = pack_ascii(list(chain.from_iterable(dates)))
    return read_dates(texts.data, texts.starts)


def _kept(rows: Sequence[Sequence[str]], values: NDArray[Value]) -> tuple[NDArray[Value], Offsets]:
    """The values of all rows without those that are 0, and where those of each row begin and end."""
    if not len(values):  # A single look-up waits for each call of numpy.
        return values, np.zeros(1, np.int64)
    if np.count_nonzero(values) == len(values):
        return values, ends(rows)
    told = values != 0
    return values[told], np.append(0, np.cumsum(told))[ends(rows)]


@maker
def read_dates(data: Bytes, starts: Offsets) -> Ints:
    found = np.zeros(len(starts) - 1, np.int32)
    for i in range(len(found)):
        found[i] = read_date(data, starts[i], starts[i + 1])
    return found


def hash_of(kind: str, text: str) -> int:
    digest = blake2b(f"{kind}{text}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") & ~1


def document_key(number: str) -> str:
    """A document number without spaces, hyphens and case; empty under four characters."""
    key = _NOT_ALNUM.sub("", number.upper())
    return key if len(key) >= 4 else ""


@lru_cache(maxsize=4_096)
def nation_hash(text: str) -> int:
    return hash_of("n", text)


@lru_cache(maxsize=65_536)
def document_hash(number: str) -> int:
    """0 for what is too short to be a number."""
    key = document_key(number)
    return hash_of("d", key) | (len(key) < LONG_DOCUMENT) if key else 0


@inlined
def best_date(date: int, dates: Ints, first: int, last: int, worth: Ints) -> tuple[int, int]:
    """How the one of dates[first:last] compares that agrees best, and which it is."""
    best, at, most = UNKNOWN, -1, np.int64(LOWEST)
    for i in range(first, last):
        verdict = compare_dates(date, dates[i])
        if verdict != UNKNOWN and worth[verdict] > most:
            best, at, most = verdict, i, np.int64(worth[verdict])
    return best, at


@inlined
def date_of(asked: Persons, q: int) -> int:
    """The date of birth of a query, 0 if it has none."""
    first = asked.starts[q, DATES]
    return np.int64(asked.dates[first]) if first < asked.starts[q + 1, DATES] else 0


@inlined
def compare_beside(asked: Persons, q: int, listed: Persons, e: int, w: Weights, out: Ints, at: int) -> int:
    """Fill out[at, -BESIDE:] with what is found beside the name, and tell the sum."""
    column = out.shape[1] - BESIDE
    first, last = listed.starts[e, DATES], listed.starts[e + 1, DATES]
    verdict, which = best_date(date_of(asked, q), listed.dates, first, last, w.dates)
    one, other = asked.sex[q], listed.sex[e]
    out[at, column + DATE_VERDICT], out[at, column + DATE_AT] = verdict, which
    out[at, column + DATE] = w.dates[verdict]
    out[at, column + SEX] = 0 if not one or not other else w.rest[SEX_SAME if one == other else SEX_DIFFERENT]
    out[at, column + NATIONALITY] = _nationality(asked, q, listed, e, w)
    out[at, column + DOCUMENT], out[at, column + DOCUMENT_AT] = 0, -1
    for i in range(listed.starts[e, DOCUMENTS], listed.starts[e + 1, DOCUMENTS]):
        for j in range(asked.starts[q, DOCUMENTS], asked.starts[q + 1, DOCUMENTS]):
            if listed.hashes[i] == asked.hashes[j]:
                weight = w.rest[DOCUMENT_SHORT if listed.hashes[i] & SHORT else DOCUMENT_LONG]
                if weight > out[at, column + DOCUMENT]:
                    out[at, column + DOCUMENT], out[at, column + DOCUMENT_AT] = weight, i
    total = np.int64(out[at, column + DATE])
    return total + out[at, column + SEX] + out[at, column + NATIONALITY] + out[at, column + DOCUMENT]


@inlined
def _nationality(asked: Persons, q: int, listed: Persons, e: int, w: Weights) -> int:
    first, last = listed.starts[e, NATIONALITIES], listed.starts[e + 1, NATIONALITIES]
    i, j = asked.starts[q, NATIONALITIES], asked.starts[q + 1, NATIONALITIES]
    if i == j or first == last:
        return 0
    for k in range(first, last):
        if listed.hashes[k] == asked.hashes[i]:
            return np.int64(w.rest[NATIONALITY_SAME])
    return np.int64(w.rest[NATIONALITY_DIFFERENT])
