"""A list of a million persons: built, changed, saved, loaded and searched.

    python bench/screening_million.py DATA [--persons 1000000] [--queries 2000]

The persons beyond those of DATA are invented, of recombined parts. Times are of process time (of the
thread for single look-ups), except for loading.
"""

import argparse
import json
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from screening_made import persons
from screening_quality import read

import screening
from screening.__main__ import FLOOR, MATCHES
from screening.lines import entry, query

INVENTED_AT_A_TIME = 50_000
# Entries added and as many removed.
CHANGES = 50


def invented(listed: list[dict[str, Any]], count: int) -> Iterator[screening.Entry]:
    """As entries one after another: they are never all in memory as records."""
    for seed, start in enumerate(range(0, count, INVENTED_AT_A_TIME)):
        for row in persons(listed, seed, min(INVENTED_AT_A_TIME, count - start)):
            yield entry({**row, "id": f"{row['id']}-{seed}"})


def memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def held() -> int:
    """What the process holds now, MB, without what it only mapped."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["RssAnon"].split()[0]) // 1024


def searched(index: screening.Index, asked: list[screening.Query]) -> dict[str, Any]:
    begun = time.process_time()
    index.search_written(asked, threshold=FLOOR, limit=MATCHES)
    speed = len(asked) / (time.process_time() - begun)
    times = []
    for one in asked:
        start = time.thread_time()
        index.search(one, threshold=FLOOR, limit=MATCHES)
        times.append((time.thread_time() - start) * 1_000)
    times.sort()
    middle, last = times[len(times) // 2], times[int(len(times) * 0.99)]
    return {"qps": round(speed), "p50_ms": round(middle, 3), "p99_ms": round(last, 3)}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", default=os.environ.get("SCREENING_DATA"), type=Path)
    parser.add_argument("--persons", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=2_000)
    options = parser.parse_args()
    if options.data is None:
        print("bench/screening_million.py: name the data folder or set SCREENING_DATA")
        return
    rows = read(options.data / "watchlist_real.jsonl")
    asked = [query(row) for row in read(options.data / "queries_dev.jsonl")[: options.queries]]
    made = list(invented(rows, options.persons - len(rows)))
    small = screening.Index.build(map(entry, rows))
    small.search_many(asked[:10], threshold=FLOOR)
    print(json.dumps({"entries": len(small), **searched(small, asked)}), flush=True)
    before, begun = memory(), time.process_time()
    index = screening.Index.build(chain(map(entry, rows), made))
    spent = time.process_time() - begun
    print(
        json.dumps(
            {
                "entries": len(index),
                "build_seconds": round(spent, 1),
                "mb_before": before,
                "mb_peak": memory(),
            }
        )
    )
    begun = time.process_time()
    index.changed(added=[entry({"id": f"new{i}", "names": ["NIEUW VERZONNEN"]}) for i in range(CHANGES)],
                  removed=[row["id"] for row in rows[:CHANGES]])  # fmt: skip
    print(json.dumps({"changes": 2 * CHANGES, "seconds": round(time.process_time() - begun, 2)}), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = index.save(Path(folder))
        size = sum(file.stat().st_size for file in path.iterdir()) >> 20
        del index, made
        before, begun = held(), time.perf_counter()
        loaded = screening.Index.load(path)
        spent = (time.perf_counter() - begun) * 1_000
        figures = searched(loaded, asked)
        print(
            json.dumps({"files_mb": size, "load_ms": round(spent, 1), **figures, "room_mb": held() - before})
        )


if __name__ == "__main__":
    main()
