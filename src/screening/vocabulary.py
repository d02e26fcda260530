"""The listed parts: how rare each is, and which of them a queried part resembles."""

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from screening.frequency import most_bits
from screening.likeness import Likeness, likeness
from screening.spelling import fold, folded_keys, keys, merged_keys

# A list is a small and peculiar sample of names. Its counts are blended with this many
# unseen people, among whom a part nobody listed has this chance.
BACKGROUND = 5_000
UNSEEN = 2.0**-13
TRUNCATED = Likeness("truncated", 2.0)
SHORTEST_PREFIX = 3


class Rarity:
    """How many bits a part says: the chance that a traveller bears it, from the list or the world.

    The higher chance counts, so that a common name stays common on a list of three.
    """

    def __init__(self, persons: Sequence[Iterable[str]]) -> None:
        """persons: for each person all parts of all names."""
        self._counts = Counter(folded for parts in persons for folded in {fold(part) for part in parts})
        self._total = len(persons) + BACKGROUND

    def __call__(self, part: str) -> float:
        return min(self._bits(self._counts[fold(part)]), most_bits(part))

    def of_all(self, parts: Iterable[str]) -> float:
        """Bits for having any of these parts."""
        return self._bits(sum(self._counts[folded] for folded in {fold(part) for part in parts}))

    def _bits(self, count: int) -> float:
        return math.log2(self._total / (count + BACKGROUND * UNSEEN))


class Vocabulary:
    """All listed spans by the keys under which they are found. Immutable after construction."""

    def __init__(self, singles: Iterable[str], compounds: Iterable[str]) -> None:
        self._singles = sorted(set(singles))
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for text in self._singles:
            for key in set(keys(text)):
                self._by_key[key].append(text)
        # Parts written as one must agree closely, and are many: fewer keys each.
        for text in sorted(set(compounds).difference(self._singles)):
            for key in set(folded_keys(text)):
                self._by_key[key].append(text)

    def neighbours(self, text: str, merged: bool) -> Mapping[str, Likeness]:
        """Every listed span that resembles this text; closely, if it is of parts merged for the look-up."""
        near: set[str] = set()
        for key in set(merged_keys(text) if merged else keys(text)):
            near.update(self._by_key.get(key, ()))
        found = ((other, likeness(text, other)) for other in near)
        return {other: alike for other, alike in found if alike and (alike.close or not merged)}

    def beginning_with(self, prefix: str) -> list[str]:
        """Listed single parts that are longer than this prefix and begin with it."""
        if len(prefix) < SHORTEST_PREFIX:
            return []
        first = bisect_left(self._singles, prefix)
        last = bisect_left(self._singles, prefix + "[")  # "[" follows "Z"
        return [text for text in self._singles[first:last] if text != prefix]
