"""The index of a list: entries that reach a threshold, best first, with their reasons."""

import math
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple, Self, TypeVar

import numpy as np

from screening import changes, compiled, explanation, store, writing
from screening.catalogue import Catalogue, build, entry_at, version_of
from screening.glued import divided
from screening.parts import Texts, pack_ascii, pack_names
from screening.persons import DOCUMENT, Persons, lay_out_person, lay_out_persons
from screening.records import Candidate, Entry, Query
from screening.search import ENTRY, LINES, QUERY, Room, new_room, search_held
from screening.spelling import Ints
from screening.weights import weights

# Names compared part by part for a queried name without a date of birth, of those that share rare parts.
CANDIDATES = 400
# Queries handed to a thread at a time: so few that no thread waits long for the last of another.
PORTION = 1_024
_LOWEST = -(1 << 60)

# What is told of a query: its candidates, or these written as JSON.
Answer = TypeVar("Answer")


class Batch(NamedTuple):
    """Queries laid out for compiled code, beside what they were made of."""

    queries: Sequence[Query]
    names: Texts
    persons: Persons


class Found(NamedTuple):
    """(m, COLUMNS) matches in the order of the queries, best first, and the lines of all of them."""

    matches: Ints
    lines: Ints


class Seat(NamedTuple):
    """A room, how many names it can compare for a query, and what it is held with for compiled code."""

    most: int
    room: Room
    held: compiled.Held


class Index:
    """Screens queries against one list. Immutable for its users; safe to share between threads."""

    def __init__(self, catalogue: Catalogue, version: str) -> None:
        self.version = version
        self._catalogue = catalogue
        self._weights = weights()
        self._seats: list[Seat] = []
        self._lock = threading.Lock()
        self._search: Callable[..., tuple[Ints, Ints]] | None = None
        self._in_full = writing.Writer(catalogue, writing.IN_FULL)
        self._in_brief = writing.Writer(catalogue, writing.IN_BRIEF)

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> Self:
        """Index a list. Refuses (ValueError) a key that occurs twice."""
        catalogue = build(entries)
        return cls(catalogue, version_of(catalogue))

    @classmethod
    def load(cls, path: Path) -> Self:
        """An index that was saved, mapped into memory and so shared by all processes that load it."""
        return cls(store.load(path), path.name)

    def save(self, folder: Path) -> Path:
        """Write the index under its version, and tell where. What is there already is left as it is."""
        return store.save(self._catalogue, folder / self.version)

    def changed(self, added: Iterable[Entry] = (), removed: Iterable[str] = ()) -> Self:
        """An index of the same list with entries added, replaced (equal key) or removed.

        Equal in every answer and in its version to one that is built afresh, at the price of copying.
        """
        catalogue = changes.changed(self._catalogue, added, removed)
        return type(self)(catalogue, version_of(catalogue))

    def entries(self) -> Iterator[Entry]:
        """All entries, by key."""
        return (entry_at(self._catalogue, i) for i in range(len(self)))

    def __len__(self) -> int:
        return len(self._catalogue.entries.starts) - 1

    def search(self, query: Query, *, threshold: float, limit: int = 10) -> list[Candidate]:
        """The entries whose score reaches the threshold (bits), best first, equal scores by key.

        At most limit of them. An entry must agree in a name part or a document to be a
        candidate at all: dates, sex and nationality never select.
        """
        batch = self._laid_out([query])
        found = self.screen(batch, threshold=threshold, limit=limit)
        if not len(found.matches):
            return []
        (answer,) = self._in_brief.written(self._told(batch, found))
        return explanation.candidates(query, answer)

    def search_many(
        self, queries: Iterable[Query], *, threshold: float, limit: int = 10, threads: int = 1
    ) -> list[list[Candidate]]:
        """Search for each query, answers in their order."""

        def answers(portion: Sequence[Query]) -> list[list[Candidate]]:
            batch = self._laid_out(portion)
            found = self.screen(batch, threshold=threshold, limit=limit)
            told = self._in_brief.written(self._told(batch, found))
            return list(map(explanation.candidates, portion, told))

        return _in_portions(answers, list(queries), threads)

    def search_written(
        self, queries: Iterable[Query], *, threshold: float, limit: int = 10, threads: int = 1
    ) -> list[str]:
        """Search for each query; what search_many tells, as the JSON arrays that the command writes."""

        def answers(portion: Sequence[Query]) -> list[str]:
            batch = self._laid_out(portion)
            found = self.screen(batch, threshold=threshold, limit=limit)
            return self._in_full.written(self._told(batch, found))

        return _in_portions(answers, list(queries), threads)

    def search_stream(
        self,
        queries: Iterable[Query],
        *,
        threshold: float,
        limit: int = 10,
        threads: int = 1,
        portion: int = 16_384,
    ) -> Iterator[tuple[int, list[list[Candidate]]]]:
        """Search more queries than fit in memory: how many are done, and the answers of the portion since."""
        waiting, done = iter(queries), 0
        while some := list(islice(waiting, portion)):
            done += len(some)
            yield done, self.search_many(some, threshold=threshold, limit=limit, threads=threads)

    def _laid_out(self, queries: Sequence[Query]) -> Batch:
        """Queries as arrays, a name in one word also in parts."""
        listing = self._catalogue.listing
        whole = [
            query if len(query.names) == 1 and " " in query.names[0] else divided(query, listing)
            for query in queries
        ]
        return lay_out_queries(whole)

    def screen(self, batch: Batch, *, threshold: float, limit: int = 10) -> Found:
        """Search for a whole batch in compiled code, without the interpreter's lock."""
        least = max(_LOWEST, math.ceil(min(threshold * 1000, 2.0**60))) if threshold > -(2.0**50) else _LOWEST
        seat = self._seat(limit)
        given = (batch.names, batch.persons, least, max(0, limit))
        try:
            self._search = self._search or compiled.settled(search_held, seat.held, *given)
            return Found(*self._search(seat.held.address, *given))
        finally:
            self._seats.append(seat)

    def _told(self, batch: Batch, found: Found) -> writing.Told:
        """The matches of a batch, with what they repeat of their queries."""
        matches, queries = found.matches, batch.queries
        beside = [""] * len(queries)
        for q in dict.fromkeys(matches[:, QUERY].tolist()):
            beside[q] = writing.beside(queries[q])
        numbers = writing.no_numbers(len(matches))
        if any(query.documents for query in queries):
            told = [""] * len(matches)
            for i in np.flatnonzero(matches[:, LINES + 1 + DOCUMENT]).tolist():
                entry = entry_at(self._catalogue, int(matches[i, ENTRY]))
                told[i] = writing.numbers(*explanation.document(queries[matches[i, QUERY]], entry))
            numbers = pack_ascii(told)
        return writing.Told(batch.names, *found, pack_ascii(beside), numbers)

    def _seat(self, limit: int) -> Seat:
        """A room for one thread, which is to be given back for the next."""
        most = max(CANDIDATES, min(2 * limit, len(self._catalogue.listing.names)))
        with self._lock:
            for i, seat in enumerate(self._seats):
                if seat.most >= most:
                    return self._seats.pop(i)
        room = new_room(self._catalogue.listing, self._catalogue.persons, self._weights, most)
        held = compiled.Held(room, self._catalogue.listing, self._catalogue.persons, self._weights)
        return Seat(most, room, held)


def _in_portions(
    answers: Callable[[Sequence[Query]], list[Answer]], queries: Sequence[Query], threads: int
) -> list[Answer]:
    """The answers of all portions, in their order."""
    count = -(-len(queries) // PORTION)
    if threads > 1 and count > 1:
        # As many for each thread, or all wait for one.
        count += -count % threads
    size = max(1, -(-len(queries) // max(1, count)))
    portions = [queries[i : i + size] for i in range(0, len(queries), size)]
    if threads > 1 and len(portions) > 1:
        with ThreadPoolExecutor(threads) as pool:
            return list(chain.from_iterable(pool.map(answers, portions)))
    return list(chain.from_iterable(map(answers, portions)))


def lay_out_queries(queries: Sequence[Query]) -> Batch:
    """Queries as arrays."""
    names = pack_names([name for query in queries for name in query.names])
    if len(queries) == 1:
        return Batch(queries, names, lay_out_person(queries[0]))
    persons = lay_out_persons(
        [query.names for query in queries],
        [(query.birth_date,) if query.birth_date else () for query in queries],
        [query.sex for query in queries],
        [(query.nationality,) if query.nationality else () for query in queries],
        [query.documents for query in queries],
    )
    return Batch(queries, names, persons)
