"""False alerts among many innocents, and per culture of names; recall where few innocents are alerted.

    python bench/screening_innocents.py DATA [--fresh FOLDER] [--each 60000] [--seed 11]

Cultures are the sections of the library's table of common parts: they exist in this generator only, and
nobody's record has one. Innocents and their dates are made. FOLDER is what bench/screening_made.py wrote.
For recall per culture, made persons of each culture are put on the list, and asked for with that script's
noise; the innocents meet the list without them.
"""

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from screening_made import (
    FIELD,
    any_date,
    by_table,
    cultures,
    date_noise,
    easy,
    frequencies,
    hard,
    noisy,
    varied,
)
from screening_quality import (
    FALSE_HITS,
    PEAK_DAY,
    POSITIVE,
    Floats,
    interval,
    look_up,
    read,
    scores,
    threshold_at,
)

from screening import DEFAULT_THRESHOLD, Entry, Index, Query
from screening.lines import entry
from screening.spelling import parts_of

# Scores under this are not looked at: everything that is printed lies above.
LEAST = 0.0
LISTED_EACH, ASKED_EACH, HARD, ENTRIES = 60, 600, 20_000, 1_000


def innocents(chance: random.Random, kinds: dict[str, list[str]], count: int) -> Iterator[Query]:
    return (innocent(chance, easy(chance, kinds)) for _ in range(count))


def innocent(chance: random.Random, parts: list[str]) -> Query:
    return Query("q", (" ".join(parts)[:FIELD],), any_date(chance), chance.choice("MF"))


def best(index: Index, asked: Iterator[Query]) -> Floats:
    """The best score of each query; LEAST stands for all that lie under it."""
    portions = index.search_stream(asked, threshold=LEAST, limit=1)
    return np.array([answer[0].score if answer else LEAST for _, portion in portions for answer in portion])


def recall(index: Index, rows: list[dict[str, Any]]) -> Floats:
    """The scores of the true persons."""
    rows = [row for row in rows if row["kind"] in POSITIVE]
    return scores(rows, look_up(index, rows, True, LEAST))[1]


def per_culture(listed: list[Entry], tops: dict[str, Floats], threshold: float, seed: int) -> None:
    """False alerts at a threshold that alerts some, recall at the default."""
    chance, kinds = random.Random(seed), cultures()
    made: list[Entry] = []
    asked: dict[str, list[Query]] = {}
    for culture in kinds:
        own = [
            Entry(f"{culture} {i}", (" ".join(easy(chance, kinds[culture])),), (any_date(chance),))
            for i in range(LISTED_EACH)
        ]
        made += own
        asked[culture] = []
        for _ in range(ASKED_EACH):
            one = chance.choice(own)
            parts, _ = noisy(chance, varied(chance, list(parts_of(one.names[0]))))
            date = date_noise(chance, list(one.birth_dates))[0] or None
            asked[culture].append(Query(one.key, (" ".join(parts)[:FIELD],), date))
    index = Index.build([*listed, *made])
    for culture, queries in asked.items():
        answers = index.search_many(queries, threshold=DEFAULT_THRESHOLD, limit=10)
        hits = sum(
            any(found.entry_key == one.key for found in answer)
            for one, answer in zip(queries, answers, strict=True)
        )
        alerted = float((tops[culture] > threshold).mean())
        row: dict[str, Any] = {"culture": culture, "bits": round(threshold, 2), "alerted": round(alerted, 6)}
        half = 1.96 * (alerted * (1 - alerted) / len(tops[culture])) ** 0.5
        row |= {"give or take": round(half, 6), "listed": bearers(listed, kinds[culture])}
        print(json.dumps({**row, "found": round(hits / len(queries), 3)}), flush=True)


def by_frequency(index: Index, threshold: float, seed: int, each: int) -> None:
    """False alerts per culture where common names are drawn as often as the table says, rare ones made up.

    Drawn evenly, a few dozen names make the same full names again and again.
    """
    chance = random.Random(seed + 2)
    for culture, kinds in frequencies().items():
        asked = (innocent(chance, by_table(chance, kinds)) for _ in range(each))
        alerted = float((best(index, asked) > threshold).mean())
        row: dict[str, Any] = {"culture": culture, "drawn": "as the table says", "bits": threshold}
        half = 1.96 * (alerted * (1 - alerted) / each) ** 0.5
        print(json.dumps({**row, "alerted": round(alerted, 6), "give or take": round(half, 6)}), flush=True)


def bearers(listed: list[Entry], kinds: dict[str, list[str]]) -> int:
    """How many listed persons bear two of a culture's common parts in one name."""
    common = {*kinds["given"], *kinds["family"]}
    return sum(any(len(common & {*parts_of(name)}) > 1 for name in one.names) for one in listed)


def peak_day(listed: list[Entry], rows: list[dict[str, Any]], seed: int) -> None:
    """Against every so manieth entry, so that 1,000 are left."""
    chance, kinds = random.Random(seed + 1), list(cultures().values())
    kept = listed[:: max(1, len(listed) // ENTRIES)][:ENTRIES]
    keys, index = {one.key for one in kept}, Index.build(kept)
    tops = best(index, (one for k in kinds for one in innocents(chance, k, PEAK_DAY // len(kinds) + 1)))
    threshold = float(np.sort(tops)[::-1][FALSE_HITS - 1])
    hit = recall(index, [row for row in rows if row["label"] in keys])
    told: dict[str, Any] = {"peak day of": len(tops), "entries": len(kept), "positives": len(hit)}
    for name, least in (("default", DEFAULT_THRESHOLD), ("under 5", threshold)):
        share = float((hit > least).mean())
        told |= {f"{name}: bits": round(least, 2), f"{name}: false hits": int((tops > least).sum())}
        told |= {f"{name}: found": round(share, 4), f"{name}: 95 %": interval(share, len(hit))}
    print(json.dumps(told), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("--fresh", type=Path)
    parser.add_argument("--each", type=int, default=60_000)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--by-table", type=float, metavar="BITS", help="only what by_frequency tells")
    options = parser.parse_args()
    if options.data is None:
        print("bench/screening_innocents.py: name the data folder")
        return
    raw = read(options.data / "watchlist_real.jsonl")
    listed, chance = [entry(row) for row in raw], random.Random(options.seed)
    index = Index.build(listed)
    if options.by_table is not None:
        by_frequency(index, options.by_table, options.seed, options.each)
        return
    rows = read(options.data / "queries_dev.jsonl")
    hits = {"development": recall(index, rows)}
    if options.fresh:
        own = Index.build(map(entry, read(options.fresh / "watchlist_real.jsonl")))
        hits["fresh"] = recall(own, read(options.fresh / "queries_dev.jsonl"))
    peak_day(listed, rows, options.seed)
    tops = {name: best(index, innocents(chance, k, options.each)) for name, k in cultures().items()}
    names = [parts for one in listed for name in one.names if len(parts := parts_of(name)) > 1]
    recombined = (
        Query("q", (" ".join(hard(chance, names))[:FIELD],), any_date(chance), chance.choice("MF"))
        for _ in range(HARD)
    )
    groups = {"ordinary": np.concatenate(list(tops.values())), "recombined": best(index, recombined)}
    for group, found in groups.items():
        for rate in (1e-3, 1e-4):
            threshold = threshold_at(found, rate)
            for half, hit in hits.items():
                share = float((hit > threshold).mean())
                row: dict[str, Any] = {
                    "innocents": group,
                    "of": len(found),
                    "alerted": rate,
                    "bits": round(threshold, 2),
                }
                row |= {"half": half, "found": round(share, 4), "95 %": interval(share, len(hit))}
                print(json.dumps(row), flush=True)
        alerted = float((found >= DEFAULT_THRESHOLD).mean())
        print(json.dumps({"innocents": group, "alerted at the default": round(alerted, 6)}), flush=True)
    per_culture(listed, tops, threshold_at(groups["ordinary"], 1e-3), options.seed)


if __name__ == "__main__":
    main()
