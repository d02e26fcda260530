"""The screening library beside its peers, in the same run, on the same core.

    python bench/screening_peers.py DATA [--rounds 5] [--peer 2000]

DATA (or the environment's SCREENING_DATA) is a folder with watchlist_real.jsonl and
queries_dev.jsonl. Nothing of it belongs in the repository. Speeds are of process time, so that
they mean something on a busy machine; rounds are interleaved with the peer's and the median counts.
"""

import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from screening_quality import read, report, scores

import screening
from screening.__main__ import FLOOR, MATCHES, entry, match, query


def ours(index: screening.Index, asked: list[screening.Query]) -> tuple[float, list[str]]:
    """Queries a second with explanations written as JSON, and these."""
    begun = time.process_time()
    answers = index.search_many(asked, threshold=FLOOR, limit=MATCHES)
    lines = [f"[{', '.join(map(match, answer))}]" for answer in answers]
    return len(asked) / (time.process_time() - begun), lines


def ordered(name: str) -> str:
    return " ".join(sorted(re.sub(r"[^A-Z]+", " ", name.upper()).split()))


def rapidfuzz(names: list[str], asked: list[screening.Query]) -> float:
    """Queries a second of its ratio on sorted parts against every name: no dates, no reasons."""
    begun = time.process_time()
    for i in range(0, len(asked), 500):
        block = [ordered(one.names[0]) for one in asked[i : i + 500]]
        process.cdist(block, names, scorer=fuzz.ratio, dtype=np.float32, workers=1).max(axis=1)
    return len(asked) / (time.process_time() - begun)


def contract(data: Path, *more: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures of the command, and the quality of what it wrote; labels are not in its input."""
    rows = read(data / "queries_dev.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        bare, out = Path(folder) / "queries.jsonl", Path(folder) / "out.jsonl"
        bare.write_text(
            "".join(json.dumps({k: row[k] for k in ("qid", "name", "dob", "sex")}) + "\n" for row in rows)
        )
        listed = str(data / "watchlist_real.jsonl")
        command = [sys.executable, "-m", "screening", "evaluate", "--watchlist", listed]
        command += ["--queries", str(bare), "--out", str(out), *more]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        answers = {row["qid"]: row["matches"] for row in read(out)}
    return json.loads(done.stdout), report(rows, *scores(rows, answers))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", default=os.environ.get("SCREENING_DATA"), type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer", type=int, default=1_000, help="queries a round for rapidfuzz")
    options = parser.parse_args()
    if options.data is None:
        sys.stdout.write("bench/screening_peers.py: name the data folder or set SCREENING_DATA\n")
        return
    print(json.dumps({"machine": platform.machine(), "python": platform.python_version()}))
    listed = read(options.data / "watchlist_real.jsonl")
    asked = [query(row) for row in read(options.data / "queries_dev.jsonl")]
    index = screening.Index.build(map(entry, listed))
    ours(index, asked[:10])
    names = [ordered(name) for row in listed for name in row["names"]]
    speeds: list[tuple[float, float]] = []
    for i in range(options.rounds):
        some = asked[i * options.peer : (i + 1) * options.peer]
        speeds.append((ours(index, asked)[0], rapidfuzz(names, some)))
        print(json.dumps({"ours": round(speeds[-1][0]), "rapidfuzz": round(speeds[-1][1])}), flush=True)
    ratio = statistics.median(one / other for one, other in speeds)
    print(json.dumps({"times rapidfuzz sorted ratio, median": round(ratio, 2)}))
    for more in ((), ("--no-birth-date",)):
        figures, quality = contract(options.data, *more)
        print(json.dumps({"command": list(more), **figures}), flush=True)
        print(json.dumps(quality), flush=True)


if __name__ == "__main__":
    main()
