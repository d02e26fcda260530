"""How a batch scales from one thread to two, beside work that only computes.

    python bench/screening_cores.py DATA [--rounds 5]

Wall clock, since that is what a second core saves; the control (hashing, without the interpreter's lock)
is measured between the rounds, and what counts is the ratio of both. On a busy machine the rounds differ
widely: all are printed.
"""

import argparse
import hashlib
import json
import os
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from screening_quality import read

import screening
from screening.__main__ import FLOOR
from screening.lines import entry, query

# Enough for a second of one core, in as many shares as a batch has portions.
SHARE, SHARES = bytes(1 << 24), 24


def control(threads: int) -> None:
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(lambda _: hashlib.sha256(SHARE).digest(), range(SHARES)))


def seconds(work: Callable[[int], object], threads: int) -> float:
    begun = time.perf_counter()
    work(threads)
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", default=os.environ.get("SCREENING_DATA"), type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    if options.data is None:
        print("bench/screening_cores.py: name the data folder or set SCREENING_DATA")
        return
    index = screening.Index.build(map(entry, read(options.data / "watchlist_real.jsonl")))
    # Some 90,000: a batch as a desk has it, so long that where it begins and ends counts for little.
    asked = [query(row) for row in read(options.data / "queries_dev.jsonl")] * 4

    def ours(threads: int) -> None:
        index.search_written(asked, threshold=FLOOR, threads=threads)

    ours(2)
    gains: list[tuple[float, float]] = []
    for _ in range(options.rounds):
        gains.append((seconds(ours, 1) / seconds(ours, 2), seconds(control, 1) / seconds(control, 2)))
        print(
            json.dumps(
                {"two threads are faster by": round(gains[-1][0], 2), "control": round(gains[-1][1], 2)}
            )
        )
    share = statistics.median(one / other for one, other in gains)
    print(json.dumps({"share of the control's gain, median": round(share, 2), "load": os.getloadavg()[0]}))


if __name__ == "__main__":
    main()
