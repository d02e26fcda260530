"""How good an answer is: recall where so many innocents have an alert, and average precision."""

import json
import math
from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from screening import Index
from screening.__main__ import MATCHES
from screening.lines import query

INNOCENT = ("innocent", "innocent_hard")
POSITIVE = ("alias", "variant", "noise", "exact")
LOWEST = -1e9
# True persons to innocents in the development queries, for which average precision is told of every half.
RATIO = 6_980 / 13_500
# Innocents alerted at which recall is told.
RATES = {"1e-2": 1e-2, "1e-3": 1e-3, "1e-4": 1e-4}
# How often queries are drawn again for a confidence interval, and with what seed.
DRAWN, DRAWN_WITH = 200, 1
# A peak day's passengers, and fewer false hits than this among them.
PEAK_DAY, FALSE_HITS = 252_000, 5

Floats = NDArray[np.float64]
# By query, whom it found and with what score.
Matches = dict[str, list[dict[str, Any]]]


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def half_of(person: str) -> int:
    """Which half of the persons somebody is in, told by the key."""
    return blake2b(person.encode(), digest_size=1).digest()[0] & 1


def look_up(index: Index, rows: Sequence[dict[str, Any]], dated: bool, floor: float) -> Matches:
    """What an index finds for rows of queries, down to so many bits."""
    answers = index.search_many([query(row, dated) for row in rows], threshold=floor, limit=MATCHES)
    return {
        row["qid"]: [{"id": one.entry_key, "score": one.score} for one in answer]
        for row, answer in zip(rows, answers, strict=True)
    }


def scores(rows: Sequence[dict[str, Any]], matches: Matches) -> tuple[Floats, Floats]:
    """Per query the best score of anybody, and that of the true person."""
    top, hit = np.full(len(rows), LOWEST), np.full(len(rows), LOWEST)
    for i, row in enumerate(rows):
        for found in matches.get(row["qid"], ()):
            top[i] = max(top[i], found["score"])
            if found["id"] == row["label"]:
                hit[i] = max(hit[i], found["score"])
    return top, hit


def interval(share: float, count: int) -> str:
    """The 95 % confidence interval (Wilson) of a share of so many."""
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    return f"{middle - half:.3f}-{middle + half:.3f}"


def report(rows: Sequence[dict[str, Any]], top: Floats, hit: Floats) -> dict[str, Any]:
    """Recall at rates of innocents alerted, namesakes alerted at 1 in 1,000, and average precision.

    Each with the 95 % confidence interval that drawing again gives: of true persons, each with all queries
    that ask for the person, and of the innocents on which the threshold rests, at 1 in 1,000 of 13,500 but
    thirteen.
    """
    kind = np.array([row["kind"] for row in rows])
    innocent, positive = np.isin(kind, INNOCENT), np.isin(kind, POSITIVE)
    groups = top[innocent], hit[positive], top[kind == "namesake"]
    out: dict[str, Any] = {"innocents": int(innocent.sum()), "positives": int(positive.sum())}
    for name, rate in RATES.items():
        out[f"threshold@{name}"] = round(threshold_at(groups[0], rate), 2)
    measured, chance = figures(*groups), np.random.default_rng(DRAWN_WITH)
    persons = np.array([row["label"] for row in rows])[positive]
    again = []
    for _ in range(DRAWN):
        drawn = groups[1][of_persons(persons, chance)]
        others = (chance.choice(one, len(one)) for one in (groups[0], groups[2]))
        again.append(figures(next(others), drawn, next(others)))
    for name, value in measured.items():
        low, high = np.percentile([one[name] for one in again], (2.5, 97.5))
        out |= {name: round(value, 4), f"{name} 95 %": f"{low:.3f}-{high:.3f}"}
    out["misses@1e-3"] = _misses(rows, hit <= out["threshold@1e-3"], positive)
    return out


def of_persons(persons: NDArray[np.str_], chance: np.random.Generator) -> NDArray[np.int64]:
    """The queries of as many persons, drawn from all who are asked for."""
    _, which, counts = np.unique(persons, return_inverse=True, return_counts=True)
    by_person, starts = np.argsort(which, kind="stable"), np.cumsum(counts) - counts
    drawn = chance.integers(0, len(counts), len(counts))
    many = counts[drawn]
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return np.asarray(by_person[np.repeat(starts[drawn], many) + within])


def threshold_at(tops: Floats, rate: float) -> float:
    """The score above which at most this share of innocents has an alert."""
    return float(np.sort(tops)[::-1][int(rate * len(tops))])


def figures(innocent: Floats, found: Floats, namesake: Floats) -> dict[str, float]:
    """What is reported, of the best scores of innocents, those of the true persons, and of namesakes."""
    out = {}
    for name, rate in RATES.items():
        threshold = threshold_at(innocent, rate)
        out[f"R@{name}"] = float((found > threshold).mean())
        out[f"namesakes@{name}"] = float((namesake > threshold).mean()) if len(namesake) else 0.0
    # Precision depends on how many innocents there are: a half that has more counts each for less.
    worth = len(found) / max(1, len(innocent)) / RATIO
    both, truth = np.concatenate([found, innocent]), np.repeat([1.0, 0.0], [len(found), len(innocent)])
    truth = truth[np.lexsort((truth, -both))]
    hits = np.cumsum(truth)
    precision = hits / (hits + worth * np.cumsum(1 - truth))
    return out | {"AP": float(precision[truth == 1].mean())}


def _misses(
    rows: Sequence[dict[str, Any]], missed: NDArray[np.bool_], positive: NDArray[np.bool_]
) -> dict[str, Any]:
    """Of the true persons not found at 1 in 1,000, the share missed by what their list says of birth."""
    states = np.array([row.get("dobkind", "") for row in rows])
    return {
        str(state): [
            int((missed & positive & (states == state)).sum()),
            int((positive & (states == state)).sum()),
        ]
        for state in np.unique(states[positive])
    }
