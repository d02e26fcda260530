"""The index of a list: every entry that reaches a threshold, best first, with its reasons."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from screening import evidence
from screening.alignment import MOST_AGAINST_DOCUMENT, TRUNCATED_MISSING, extra, lines, pair, soften
from screening.listing import Listing, Look
from screening.records import Candidate, Entry, Evidence, Query

Floats = NDArray[np.float64]

# Bounds are exact but for the rounding of weights; this is always more than that.
SLACK = 0.05


class Index:
    """Screens queries against one list. Immutable for its users; safe to share between threads.

    Bounds only leave out names that cannot reach the threshold, so the answer is that of
    comparing with every name of the list (a property test holds it to that).
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        """entries: sorted by key, keys unique. Use Index.build."""
        self.version = _version_of(entries)
        self._listing = Listing(entries)

    @classmethod
    def build(cls, entries: Iterable[Entry]) -> Self:
        """Index a list. Refuses (ValueError) a key that occurs twice."""
        ordered = sorted(entries, key=lambda entry: entry.key)
        for one, other in pairwise(ordered):
            if one.key == other.key:
                raise ValueError(f"Two entries have the key {one.key!r}.")
        return cls(ordered)

    def __len__(self) -> int:
        return len(self._listing.entries)

    def search_many(
        self, queries: Iterable[Query], *, threshold: float, limit: int = 10
    ) -> list[list[Candidate]]:
        """Search for each query, answers in their order."""
        return [self.search(query, threshold=threshold, limit=limit) for query in queries]

    def search(self, query: Query, *, threshold: float, limit: int = 10) -> list[Candidate]:
        """The entries whose score reaches the threshold (bits), best first, equal scores by key.

        At most limit of them. An entry must agree in a name part or a document to be a
        candidate at all: dates, sex and nationality never select.
        """
        looks = [look for name in dict.fromkeys(query.names) if (look := self._listing.look(name))]
        found = _Search(self._listing, query, threshold, limit)
        for look in looks:
            found.compare_all(look)
        return found.ranked()


class _Search:
    """One query under way: the best candidate so far of each entry."""

    def __init__(self, listing: Listing, query: Query, threshold: float, limit: int) -> None:
        self._listing, self._query = listing, query
        self._threshold, self._limit = threshold, limit
        self._best: dict[int, Candidate] = {}
        self._gathered: dict[int, tuple[tuple[Evidence, ...], float]] = {}
        self._documented = listing.bearing(query.documents)
        self._beside = self._bound_beside()

    def ranked(self) -> list[Candidate]:
        kept = sorted(self._best.values(), key=lambda found: (-found.score, found.entry_key))
        return kept[: self._limit]

    def compare_all(self, look: Look) -> None:
        """Compare one name of the query with all names that can reach the threshold, best bound first.

        Stops once no name left can enter the first `limit`.
        """
        names, bounds = self._promising(look)
        for i, bound in zip(names.tolist(), bounds.tolist(), strict=True):
            if bound < self._floor():
                break
            self._compare(look, i)

    def _bound_beside(self) -> Floats:
        """(entries,) the most bits that all but the name can add; no bound where a document is equal."""
        beside = self._listing.dates.most(self._query.birth_date)
        beside += evidence.SEX["same"] if self._query.sex else 0.0
        beside += evidence.NATIONALITY["same"] if self._query.nationality else 0.0
        beside[list(self._documented)] = np.inf
        return beside + SLACK

    def _promising(self, look: Look) -> tuple[NDArray[np.int64], Floats]:
        """Names that may reach the threshold, with upper bounds of their score, highest first."""
        owner = self._listing.owner
        loose = np.bincount(
            np.concatenate([near.names for near in look.near]),
            np.concatenate([near.most for near in look.near]),
            minlength=len(owner),
        )
        # Names without a part in common only count if they bear an equal document.
        eligible = loose > 0
        if self._documented:
            eligible |= np.isin(owner, list(self._documented))
        base = self._beside[owner] - self._listing.missing * (TRUNCATED_MISSING if look.truncated else 1.0)
        names = np.flatnonzero(eligible & (loose + base >= self._threshold))
        bounds = _tight(look, names) + base[names]
        order = np.lexsort((names, -bounds))
        return names[order], bounds[order]

    def _floor(self) -> float:
        if len(self._best) < self._limit:
            return self._threshold
        scores = sorted((found.score for found in self._best.values()), reverse=True)
        return max(self._threshold, scores[self._limit - 1]) if self._limit else float("inf")

    def _compare(self, look: Look, i: int) -> None:
        owner, listed = int(self._listing.owner[i]), self._listing.names[i]
        entry = self._listing.entries[owner]
        if owner not in self._gathered:
            beside = evidence.gather(self._query, entry)
            self._gathered[owner] = beside, sum(line.weight for line in beside)
        beside, weight = self._gathered[owner]
        bits, links = pair(look.name, listed, [near.texts for near in look.near], look.truncated)
        documented = owner in self._documented
        known = self._best.get(owner)
        floor = max(self._threshold, known.score) if known else self._threshold
        if not documented and (not links or bits + weight + SLACK < floor):
            return
        parts = tuple(lines(look.name, listed, links, look.truncated))
        if documented:
            parts = soften(parts, MOST_AGAINST_DOCUMENT)
        score = round(sum(part.weight for part in parts) + weight, 3)
        if score >= self._threshold and (known is None or score > known.score):
            self._best[owner] = Candidate(self._query.key, entry.key, listed.text, score, parts, beside)


def _tight(look: Look, names: NDArray[np.int64]) -> Floats:
    """(n,) the most bits these names can give the best division of the query into spans.

    Parts that a name does not reach cost what an extra part costs.
    """
    count = len(look.name.parts)
    # best[i]: what the parts from the i-th on can reach
    best = [np.zeros(len(names)) for _ in range(count + 1)]
    starts: list[list[tuple[int, Floats]]] = [[] for _ in range(count)]
    for span, near in zip(look.name.spans, look.near, strict=True):
        if len(near.names):
            at = np.minimum(np.searchsorted(near.names, names), len(near.names) - 1)
            most = np.where(near.names[at] == names, near.most[at], 0.0)
            starts[span.first].append((span.length, most))
    for i in reversed(range(count)):
        best[i] = best[i + 1] - extra(look.name.rarities[i])
        for length, most in starts[i]:
            best[i] = np.maximum(best[i], most + best[i + length])
    return best[0]


def _version_of(entries: Sequence[Entry]) -> str:
    """A hash of the content: equal for equal entries in any order, on any machine."""
    content = json.dumps([asdict(entry) for entry in entries], ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()
