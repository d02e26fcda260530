"""Which part stands for which: the best pairing of two names, and what is left over.

Parts pair in any order, and up to three neighbouring parts together (MERGED NAMES). The
pairing with the highest sum wins, so an agreement that is added can only raise the sum.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from screening.likeness import Likeness
from screening.records import Part

# A part that one record has and the other lacks: records leave out more than they invent,
# and a part on each side that the other lacks is more than an omission: a clash.
MISSING = 0.5
MISSING_PER_BIT = 0.30
EXTRA = 2.0
EXTRA_PER_BIT = 0.50
CLASH_PER_BIT = 2.0
# Who shows a listed document under another name is whom one looks for: with an equal
# document, names that differ speak against by no more than this.
MOST_AGAINST_DOCUMENT = 8.0
TRUNCATED_MISSING = 0.3
LONGEST_MERGE = 3
MERGED = 1.0
# A part that resembles never says nothing at all, however common the part is and whatever the
# difference costs: else a slip in a common part would count as another part.
LEAST_SHARE = 0.1

Floats = NDArray[np.float64]
Found = tuple[float, tuple["Link", ...]]


@dataclass(frozen=True, slots=True)
class Span:
    """One part, or neighbouring parts written as one.

    rarity: bits by which it singles somebody out; first and length: its place in the name
    """

    text: str
    first: int
    length: int
    rarity: float
    mask: int


@dataclass(frozen=True, slots=True)
class Name:
    """A name ready to compare: its parts with the rarity of each, and all its spans."""

    text: str
    parts: tuple[str, ...]
    rarities: tuple[float, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A possible pairing and its bits."""

    query: Span
    listed: Span
    likeness: Likeness
    weight: float


def make_name(text: str, parts: tuple[str, ...], rarities: tuple[float, ...]) -> Name:
    """Lay out a name with all spans of one to LONGEST_MERGE parts."""
    spans = tuple(
        Span("".join(parts[i : i + n]), i, n, sum(rarities[i : i + n]), ((1 << n) - 1) << i)
        for n in range(1, LONGEST_MERGE + 1)
        for i in range(len(parts) - n + 1)
    )
    return Name(text, parts, rarities, spans)


def pair(
    query: Name, listed: Name, neighbours: Sequence[Mapping[str, Likeness]], truncated: bool
) -> tuple[float, tuple[Link, ...]]:
    """The best pairing of two names: its sum in bits, what is left over included, and its links.

    neighbours: for each span of the query, the listed texts that resemble it
    truncated: the query may lack its tail, so that what it misses says little
    """
    starts: list[list[Link]] = [[] for _ in query.parts]
    for span, near in zip(query.spans, neighbours, strict=True):
        if near:
            starts[span.first].extend(_links(span, listed, near))
    return _best(query, listed, starts, truncated)


def _links(span: Span, listed: Name, near: Mapping[str, Likeness]) -> Iterator[Link]:
    for other in listed.spans:
        alike = near.get(other.text)
        if alike and (weight := weigh(alike, span, other)) > 0:
            yield Link(span, other, alike, weight)


def weigh(alike: Likeness, query: Span, listed: Span) -> float:
    """Bits for one pairing: how rare the listed part is, less what the difference costs.

    A cut-off part is as rare as all listed parts that begin so: the query's rarity says that.
    """
    if query.length == listed.length == 1:
        rarity = min(query.rarity, listed.rarity) if alike.how == "truncated" else listed.rarity
        return max(rarity - alike.cost, LEAST_SHARE * rarity)
    # Written as one, parts must agree closely, or neighbours would swallow each other.
    return listed.rarity - alike.cost - MERGED if alike.close else 0.0


def missing(name: Name) -> float:
    """What it costs if nothing of a listed name is paired; positive bits."""
    return MISSING * len(name.parts) + MISSING_PER_BIT * sum(name.rarities)


def most(span: Span) -> float:
    """Bits that pairing this listed span can add at the most, before the cost of differences.

    Its rarity and the omission that it makes good.
    """
    return span.rarity * (1 + MISSING_PER_BIT) + MISSING * span.length


def most_alike(best: Floats, cost: float) -> Floats:
    """(n,) what is left of `most` at the most if the difference costs this."""
    least = (LEAST_SHARE + MISSING_PER_BIT) / (1 + MISSING_PER_BIT)
    return np.maximum(best - cost, MISSING + (best - MISSING) * least)


def extra(rarity: float) -> float:
    """What an unpaired part of the query costs at the least; positive bits."""
    return EXTRA + EXTRA_PER_BIT * rarity


def _best(query: Name, listed: Name, starts: list[list[Link]], truncated: bool) -> Found:
    """The links that nowhere exclude each other and give the highest sum; the first of equals.

    Walks the query part by part and keeps, for every set of parts used on both sides, the
    best way to get there: what is left over is priced at the end.
    """
    every = [link for links in starts for link in links]
    if (used := _used_together(every)) is not None:
        weight = sum(link.weight for link in every)
        return weight - _price(query, listed, *used, truncated), tuple(every)
    reached: list[dict[tuple[int, int], Found]] = [{} for _ in range(len(starts) + 1)]
    reached[0][0, 0] = 0.0, ()
    for i, links in enumerate(starts):
        for used, found in reached[i].items():
            _keep(reached[i + 1], used, found)
            for link in links:
                if not link.listed.mask & used[1]:
                    both = used[0] | link.query.mask, used[1] | link.listed.mask
                    _keep(reached[i + link.query.length], both, (found[0] + link.weight, (*found[1], link)))
    ends = reached[-1]
    sums = [weight - _price(query, listed, *used, truncated) for used, (weight, _) in ends.items()]
    best = max(sums)
    return best, list(ends.values())[sums.index(best)][1]


def _used_together(links: list[Link]) -> tuple[int, int] | None:
    """What all links use if none excludes another: then all are chosen, since each adds and makes good."""
    used_query = used_listed = 0
    for link in links:
        if link.query.mask & used_query or link.listed.mask & used_listed:
            return None
        used_query |= link.query.mask
        used_listed |= link.listed.mask
    return used_query, used_listed


def _keep(reached: dict[tuple[int, int], Found], used: tuple[int, int], found: Found) -> None:
    known = reached.get(used)
    if known is None or found[0] > known[0]:
        reached[used] = found


def _left(name: Name, used: int) -> list[float]:
    return [rarity for i, rarity in enumerate(name.rarities) if not used >> i & 1]


def _price(query: Name, listed: Name, used_query: int, used_listed: int, truncated: bool) -> float:
    """Bits that the parts left over on both sides cost."""
    extra, missing = _left(query, used_query), _left(listed, used_listed)
    lenient = TRUNCATED_MISSING if truncated else 1.0
    clash = CLASH_PER_BIT * lenient * min(sum(extra), sum(missing))
    omitted = MISSING * len(missing) + MISSING_PER_BIT * sum(missing)
    return EXTRA * len(extra) + EXTRA_PER_BIT * sum(extra) + lenient * omitted + clash


def soften(parts: Sequence[Part], most: float) -> tuple[Part, ...]:
    """The same lines with what speaks against scaled down to `most` bits together."""
    against = -sum(part.weight for part in parts if part.weight < 0)
    if against <= most:
        return tuple(parts)
    return tuple(
        replace(part, weight=round(part.weight * most / against, 3)) if part.weight < 0 else part
        for part in parts
    )


def lines(query: Name, listed: Name, chosen: tuple[Link, ...], truncated: bool) -> Iterator[Part]:
    """A pairing in words: the pairs in the order of the query, then what is left over.

    The price of a clash is shared out over the extra parts by rarity.
    """
    used_query = used_listed = 0
    for link in chosen:
        used_query |= link.query.mask
        used_listed |= link.listed.mask
        merged = link.query.length > 1 or link.listed.length > 1
        left = " ".join(query.parts[link.query.first : link.query.first + link.query.length])
        right = " ".join(listed.parts[link.listed.first : link.listed.first + link.listed.length])
        yield Part(left, right, "merged" if merged else link.likeness.how, round(link.weight, 3))
    unpaired, omitted = sum(_left(query, used_query)), sum(_left(listed, used_listed))
    lenient = TRUNCATED_MISSING if truncated else 1.0
    clash = CLASH_PER_BIT * lenient * min(1.0, omitted / unpaired) if unpaired else 0.0
    for i, part in enumerate(query.parts):
        if not used_query >> i & 1:
            price = extra(query.rarities[i]) + clash * query.rarities[i]
            yield Part(part, "", "extra", -round(price, 3))
    for i, part in enumerate(listed.parts):
        if not used_listed >> i & 1:
            yield Part(
                "", part, "missing", -round(lenient * (MISSING + MISSING_PER_BIT * listed.rarities[i]), 3)
            )
