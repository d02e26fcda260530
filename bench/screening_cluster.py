"""How screening scales over workers, what they hold, and what a year of passengers costs.

Run: python bench/screening_cluster.py scale [ray|processes] [rounds]  |  cost [persons …]

scale: one worker and two, and beside them, in the same rounds, a control that computes and shares
nothing; the ratio of both gains is what the executor costs, whatever else the machine does. And the
memory of the workers: pages of the index that each has for itself, and its share of what all map.

cost: process time for a query against lists of so many invented persons, by one worker, and the
processor hours of a year.
"""

import hashlib
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from screening import DEFAULT_THRESHOLD, Entry, Index, Query
from screening.cluster import Cluster
from screening.executors import Executor, Processes, Task

SYLLABLES = [
    one + two for one in "BDFGKLMNPRSTVZ" for two in ("A", "E", "I", "O", "U", "AN", "EL", "IR", "OS")
]
BATCH, BATCHES = 2_048, 24
# Rounds of SHA-256 for a query of the control: about as long as a look-up.
BURN = 400
A_YEAR = 1_100_000_000


def person(random_: random.Random) -> tuple[str, str]:
    """An invented name of three invented parts, and a date of birth."""
    parts = ["".join(random_.choices(SYLLABLES, k=random_.choice((2, 3)))) for _ in range(3)]
    return " ".join(
        parts
    ), f"{random_.randint(1940, 2008)}-{random_.randint(1, 12):02}-{random_.randint(1, 28):02}"


def listed(count: int) -> Iterator[Entry]:
    random_ = random.Random(1)
    for i in range(count):
        name, born = person(random_)
        yield Entry(str(i), (name,), (born,))


def asked(count: int, known: int) -> list[Query]:
    """Mostly nobody on the list; one in a hundred is, with a letter changed."""
    random_, found = random.Random(2), random.Random(1)
    names = [person(random_) for _ in range(count)]
    for i in range(0, min(count, known * 100), 100):
        name, born = person(found)
        names[i] = (name[:4] + "X" + name[5:], born)
    return [Query(str(i), (name,), born) for i, (name, born) in enumerate(names)]


def burn(_index: Index, batch: Sequence[Query], **_options: Any) -> list[str]:
    """The control: computes for as long as there are queries and touches nothing that is shared."""
    digest = b""
    for _ in range(len(batch) * BURN // 8):
        digest = hashlib.sha256(digest).digest()
    return ["[]"] * len(batch)


def seconds(executor: Executor[str], batches: list[list[Query]]) -> float:
    begun = time.perf_counter()
    for _ in executor.run(batches):
        pass
    return time.perf_counter() - begun


def on_ray(task: Task[str], workers: int) -> Executor[str]:
    """All on one cluster of two processors: a single worker takes both for itself."""
    made = Cluster(task, workers, object_store_memory=200 << 20)
    made._work = made._work.options(num_cpus=2 // workers)
    return made


def mapped(pid: int, folder: Path) -> dict[str, int]:
    """Kilobytes of the index in the memory of a process: resident, its share, and its own."""
    totals = dict.fromkeys(("Rss", "Pss", "Private_Dirty"), 0)
    inside = False
    for line in Path(f"/proc/{pid}/smaps").read_text().splitlines():
        name, _, rest = line.partition(":")
        if name in totals:
            totals[name] += int(rest.split()[0]) if inside else 0
        elif "-" in line.split(" ", 1)[0]:
            inside = str(folder) in line
    return totals


def descendants(pid: int) -> Iterator[int]:
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        yield int(child)
        yield from descendants(int(child))


def warm(executor: Executor[str], batches: list[list[Query]], workers: int) -> None:
    """Work until there are so many workers of Ray, which begins each when it is wanted and ends idle ones."""
    names = (b"ray::IDLE", b"ray::work")
    patience = time.perf_counter() + 60
    while time.perf_counter() < patience:
        seconds(executor, batches)
        titles = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in descendants(os.getpid())]
        if sum(title.startswith(names) for title in titles) >= workers:
            return


def scale(kind: str, rounds: int) -> None:
    make = on_ray if kind == "ray" else Processes
    queries = asked(BATCH * BATCHES, 10_000)
    batches = [queries[i : i + BATCH] for i in range(0, len(queries), BATCH)]
    with tempfile.TemporaryDirectory(prefix="ray") as folder:
        if kind == "ray":
            os.environ.update(RAY_USAGE_STATS_ENABLED="0", RAY_ENABLE_UV_RUN_RUNTIME_ENV="0")
            import ray

            ray.init(
                num_cpus=2, include_dashboard=False, object_store_memory=200 << 20, _temp_dir=folder,
                log_to_driver=False,
            )  # fmt: skip
        index = Index.build(listed(10_000)).save(Path(folder))
        runs = {
            (workers, control): make(
                Task(index, DEFAULT_THRESHOLD, burn if control else Index.search_written), workers
            )
            for control in (True, False)
            for workers in (1, 2)
        }
        took: dict[tuple[int, bool], list[float]] = {key: [] for key in runs}
        for executor in runs.values():
            seconds(executor, batches[:8])  # loads what was compiled
        for _ in range(rounds):
            for key, executor in runs.items():
                warm(executor, batches[:4], key[0] if kind == "ray" else 0)
                took[key].append(seconds(executor, batches))
        held = [found for pid in descendants(os.getpid()) if (found := mapped(pid, index))["Rss"]]
        for executor in runs.values():
            executor.close()
        size = sum(file.stat().st_size for file in index.iterdir()) // 1024
    gains = {
        control: [one / two for one, two in zip(took[1, control], took[2, control], strict=True)]
        for control in (True, False)
    }
    each = zip(gains[False], gains[True], strict=True)
    names = {key: f"{'control' if key[1] else 'screening'} {key[0]}" for key in took}
    told = {
        "executor": kind,
        "queries": len(queries),
        "seconds": {names[key]: [round(one, 2) for one in times] for key, times in took.items()},
        "gain_control": round(statistics.median(gains[True]), 3),
        "gain_screening": round(statistics.median(gains[False]), 3),
        "ratio": round(statistics.median(screening / control for screening, control in each), 3),
        "load": os.getloadavg()[0],
        "index_kb": size,
        "workers_kb": held,
    }
    print(json.dumps(told, indent=1))


def cost(sizes: list[int]) -> None:
    queries = asked(20_000, 1_000)
    for size in sizes:
        begun = time.process_time()
        index = Index.build(listed(size))
        built = time.process_time() - begun
        index.search_written(queries[:500], threshold=DEFAULT_THRESHOLD)
        took = []
        for _ in range(3):
            begun = time.process_time()
            index.search_written(queries, threshold=DEFAULT_THRESHOLD)
            took.append((time.process_time() - begun) / len(queries))
        one = statistics.median(took)
        print(
            json.dumps(
                {
                    "persons": size,
                    "built_seconds": round(built, 1),
                    "microseconds": round(one * 1e6, 1),
                    "queries_a_second": round(1 / one),
                    "processor_hours_a_year": round(A_YEAR * one / 3600, 1),
                }
            ),
            flush=True,
        )


if __name__ == "__main__":
    what, *more = sys.argv[1:] or ["scale"]
    if what == "cost":
        cost([int(size) for size in more] or [1_000, 10_000, 100_000, 1_000_000])
    else:
        kind, *rounds = more or ["ray" if find_spec("ray") else "processes"]
        scale(kind, int(rounds[0]) if rounds else 5)
