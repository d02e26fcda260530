"""Quality and speed of the screening library on labelled queries, beside rapidfuzz in the same run.

    python bench/screening_quality.py DATA [--limit N] [--peer N]

DATA (or the environment's SCREENING_DATA) is a folder with watchlist_real.jsonl
({id, names, dobs, sex, nats} a line) and queries_dev.jsonl ({label, kind, name, dob, sex}
a line). Nothing of it belongs in the repository.

R@1e-3 is the share of true persons found at the threshold where at most one in a
thousand innocents has any alert; AP is the average precision of true persons' scores
against innocents' best scores. One process, one core.
"""

import argparse
import json
import os
import re
import time
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

import screening

INNOCENT = ("innocent", "innocent_hard")
POSITIVE = ("alias", "variant", "noise", "exact")
LOWEST = -1e9


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def report(kinds: list[str], top: list[float], hit: list[float]) -> dict[str, float]:
    """Recall at two false-alert rates, the average precision and the thresholds behind them."""
    kind, tops, hits = np.array(kinds), np.array(top), np.array(hit)
    innocent, positive = np.isin(kind, INNOCENT), np.isin(kind, POSITIVE)
    out: dict[str, float] = {"innocents": int(innocent.sum()), "positives": int(positive.sum())}
    ranked = np.sort(tops[innocent])[::-1]
    for name, share in (("1e-3", 1e-3), ("1e-2", 1e-2)):
        threshold = ranked[int(share * len(ranked))]
        out[f"threshold@{name}"] = round(float(threshold), 2)
        out[f"R@{name}"] = round(float((hits[positive] > threshold).mean()), 4)
        out[f"namesakes@{name}"] = round(float((tops[kind == "namesake"] > threshold).mean()), 4)
    scores = np.concatenate([hits[positive], tops[innocent]])
    truth = np.concatenate([np.ones(positive.sum()), np.zeros(innocent.sum())])
    truth = truth[np.lexsort((truth, -scores))]
    precision = np.cumsum(truth) / np.arange(1, len(truth) + 1)
    out["AP"] = round(float(precision[truth == 1].mean()), 4)
    return out


def run(index: screening.Index, rows: list[dict[str, Any]], dated: bool, threshold: float) -> dict[str, Any]:
    queries = [
        screening.Query(
            row["qid"], (row["name"],), (row["dob"] or None) if dated else None, row["sex"] or None
        )
        for row in rows
    ]
    started = time.perf_counter()
    answers = index.search_many(queries, threshold=threshold, limit=5)
    seconds = time.perf_counter() - started
    top = [answer[0].score if answer else LOWEST for answer in answers]
    hit = [
        max((found.score for found in answer if found.entry_key == row["label"]), default=LOWEST)
        for answer, row in zip(answers, rows, strict=True)
    ]
    quality = report([row["kind"] for row in rows], top, hit)
    return {"queries_per_second": round(len(rows) / seconds), "search_threshold": threshold, **quality}


def peer(entries: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """rapidfuzz ratio on sorted tokens against every name: fast, and without dates or reasons."""

    def ordered(name: str) -> str:
        return " ".join(sorted(re.sub(r"[^A-Z]+", " ", name.upper()).split()))

    names = [ordered(name) for entry in entries for name in entry["names"]]
    started = time.perf_counter()
    for i in range(0, len(rows), 500):
        block = [ordered(row["name"]) for row in rows[i : i + 500]]
        process.cdist(block, names, scorer=fuzz.ratio, dtype=np.float32).max(axis=1)
    return {"queries_per_second": round(len(rows) / (time.perf_counter() - started)), "names": len(names)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", default=os.environ.get("SCREENING_DATA"), type=Path)
    parser.add_argument("--limit", type=int, default=None, help="every n-th so many queries only")
    parser.add_argument("--peer", type=int, default=2_000, help="queries for rapidfuzz")
    parser.add_argument(
        "--threshold", type=float, default=5.0, help="bits down to which scores are asked for"
    )
    options = parser.parse_args()
    if options.data is None:
        parser.error("name the data folder or set SCREENING_DATA")
    entries = read(options.data / "watchlist_real.jsonl")
    rows = read(options.data / "queries_dev.jsonl")
    if options.limit:
        rows = rows[:: max(1, len(rows) // options.limit)]
    started = time.perf_counter()
    index = screening.Index.build(
        screening.Entry(entry["id"], tuple(entry["names"]), tuple(entry["dobs"]), entry["sex"] or None)
        for entry in entries
    )
    print(json.dumps({"build_seconds": round(time.perf_counter() - started, 2), "entries": len(index)}))
    for dated in (True, False):
        for threshold in (options.threshold, screening.DEFAULT_THRESHOLD):
            print(json.dumps({"birth_dates": dated, **run(index, rows, dated, threshold)}), flush=True)
    print(json.dumps({"rapidfuzz_ratio_sorted": peer(entries, rows[: options.peer])}))


if __name__ == "__main__":
    main()
