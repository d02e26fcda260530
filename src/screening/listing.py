"""A list laid out for look-up: names, who bears them, and what each spelling can reach."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from screening.alignment import Name, make_name, missing, most, most_alike
from screening.dates import BirthDates
from screening.evidence import document_key
from screening.likeness import Likeness
from screening.records import Entry
from screening.spelling import may_be_truncated, parts_of
from screening.vocabulary import TRUNCATED, Rarity, Vocabulary

Indices = NDArray[np.int64]
Floats = NDArray[np.float64]

# Travellers share name parts, so what a span reaches is kept for this many spans.
REMEMBERED = 20_000


@dataclass(frozen=True, slots=True)
class Near:
    """What one queried span reaches: (n,) names, ascending, and (n,) the most bits each can give it."""

    texts: Mapping[str, Likeness]
    names: Indices
    most: Floats


NOTHING = Near({}, np.empty(0, np.int64), np.empty(0))


@dataclass(frozen=True, slots=True)
class Look:
    """One name of a query with what each of its spans reaches."""

    name: Name
    near: tuple[Near, ...]
    truncated: bool


class Listing:
    """The entries of one list. Immutable but for a cache that never changes an answer."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.dates = BirthDates(entries)
        # Of names with equal parts the first one listed is shown.
        read = [{parts_of(name): name for name in reversed(entry.names)} for entry in entries]
        self._rarity = Rarity([{part for parts in names for part in parts} for names in read])
        self.names: list[Name] = []
        owner: list[int] = []
        for i, names in enumerate(read):
            for parts, name in reversed(names.items()):
                if parts:
                    self.names.append(make_name(name, parts, tuple(map(self._rarity, parts))))
                    owner.append(i)
        self.owner = np.array(owner, dtype=np.int64)
        self.missing = np.array([missing(name) for name in self.names])
        self._postings = _postings_of(self.names)
        self._vocabulary = Vocabulary(
            (part for name in self.names for part in name.parts),
            (span.text for name in self.names for span in name.spans if span.length > 1),
        )
        self._near: dict[tuple[str, bool, bool], Near] = {}
        self._by_document: dict[str, list[int]] = defaultdict(list)
        for i, entry in enumerate(entries):
            for number in entry.documents:
                if key := document_key(number):
                    self._by_document[key].append(i)

    def bearing(self, documents: Sequence[str]) -> set[int]:
        """The entries that list one of these document numbers."""
        return {i for number in documents for i in self._by_document.get(document_key(number), ())}

    def look(self, text: str) -> Look | None:
        """Prepare a queried name; None if it holds no letter."""
        parts = parts_of(text)
        if not parts:
            return None
        truncated = may_be_truncated(parts)
        rarities = tuple(self._rarity_of(part, truncated) for part in parts)
        name = make_name(text, parts, rarities)
        near = tuple(self._reach(span.text, span.length > 1, truncated) for span in name.spans)
        return Look(name, near, truncated)

    def _rarity_of(self, part: str, truncated: bool) -> float:
        rarity = self._rarity(part)
        if not truncated:
            return rarity
        return min([rarity, self._rarity.of_all([part, *self._vocabulary.beginning_with(part)])])

    def _reach(self, text: str, merged: bool, truncated: bool) -> Near:
        known = self._near.get((text, merged, truncated))
        if known is None:
            if len(self._near) >= REMEMBERED:
                self._near.clear()
            known = self._near[text, merged, truncated] = self._find(text, merged, truncated)
        return known

    def _find(self, text: str, merged: bool, truncated: bool) -> Near:
        texts = dict(self._vocabulary.neighbours(text, merged))
        if truncated and not merged:
            for longer in self._vocabulary.beginning_with(text):
                if longer not in texts or texts[longer].cost > TRUNCATED.cost:
                    texts[longer] = TRUNCATED
        if not texts:
            return NOTHING
        found = [(*self._postings[other], alike.cost) for other, alike in texts.items()]
        names = np.concatenate([names for names, _, _ in found])
        gains = np.concatenate([most_alike(best, cost) for _, best, cost in found])
        order = np.lexsort((-gains, names))
        reached, at = np.unique(names[order], return_index=True)
        return Near(texts, reached, gains[order][at])


def _postings_of(names: Sequence[Name]) -> dict[str, tuple[Indices, Floats]]:
    """Per spelling the names that hold it, each once, with the most it can add there."""
    rows: dict[str, dict[int, float]] = defaultdict(dict)
    for i, name in enumerate(names):
        for span in name.spans:
            row = rows[span.text]
            row[i] = max(most(span), row.get(i, 0.0))
    return {
        text: (np.fromiter(row, np.int64, len(row)), np.fromiter(row.values(), np.float64, len(row)))
        for text, row in rows.items()
    }
