"""Screen a file of queries against a file of listed persons: `python -m screening evaluate --help`."""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from json.encoder import encode_basestring_ascii as quoted
from pathlib import Path
from typing import IO, Any

from screening import DEFAULT_THRESHOLD, Entry, Index, Query
from screening.cluster import Cluster, NoCluster
from screening.executors import Executor, InProcess, Processes, Task
from screening.lines import entry, merged, query, read
from screening.search import CHOSEN_DATED, CHOSEN_NAMED

# Bits from which on a resemblance is worth writing down, with dates of birth and without: far below any
# threshold for people, and as low as names are chosen anyway (0202).
FLOOR, NAME_FLOOR = CHOSEN_DATED / 1000, CHOSEN_NAMED / 1000
MATCHES = 10
PORTION = 16_384
# Queries that a worker of several takes at a time.
BATCH = 4_096
# Single look-ups that are timed.
TIMED = 2_000


def _answered(query: Query, answer: str) -> str:
    return f'{{"qid": {quoted(query.key)}, "matches": {answer}}}\n'


@contextmanager
def _whole(path: Path) -> Iterator[IO[str]]:
    """A file to write to that appears when all is written, or not at all; a pipe is written to at once."""
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8") as out:
            yield out
        return
    making = path.with_name(f"{path.name}.part")
    try:
        with making.open("w", encoding="utf-8") as out:
            yield out
        making.replace(path)
    finally:
        making.unlink(missing_ok=True)


def evaluate(options: argparse.Namespace) -> dict[str, Any]:
    """Screen everything; what it took. Compiling is done first and counted apart."""
    started = time.perf_counter()
    small = Index.build([Entry("", ("A B",))])
    small.search(Query("", ("A B",)), threshold=0)
    small.search_written([Query("", ("A B",))], threshold=0)
    warmed = time.perf_counter()
    listed = merged(read(options.watchlist, entry))
    begun = time.perf_counter()
    built = Index.build(listed)
    done = time.perf_counter()
    figures: dict[str, Any] = {"warm_up_seconds": round(warmed - started, 2), "entries": len(built)}
    figures["build_seconds"] = round(done - begun, 3)
    del listed
    with tempfile.TemporaryDirectory() as folder:
        path = built.save(Path(folder))
        del built
        begun = time.perf_counter()
        index = Index.load(path)
        figures["load_seconds"] = round(time.perf_counter() - begun, 4)
        return {**figures, **_screen(index, options)}


def _screen(index: Index, options: argparse.Namespace) -> dict[str, Any]:
    asked = read(options.queries, lambda row: query(row, not options.no_birth_date))
    floor = NAME_FLOOR if options.no_birth_date else FLOOR
    count, seconds = 0, 0.0
    first: list[Query] = []
    with _whole(options.out) as out:
        while some := list(islice(asked, PORTION)):
            first = first or some[:TIMED]
            begun = time.perf_counter()
            answers = index.search_written(some, threshold=floor, limit=MATCHES, threads=options.threads)
            lines = [_answered(one, answer) for one, answer in zip(some, answers, strict=True)]
            seconds += time.perf_counter() - begun
            count += len(some)
            out.writelines(lines)
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{count} screened")
    times = sorted(_times(index, first, floor))
    return {
        "queries": count,
        "seconds": round(seconds, 3),
        "qps": round(count / seconds, 1) if seconds else 0,
        "threads": options.threads,
        "rss_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "p50_ms": round(times[len(times) // 2], 3) if times else 0,
        "p99_ms": round(times[int(len(times) * 0.99)], 3) if times else 0,
    }


def _times(index: Index, queries: list[Query], floor: float) -> Iterator[float]:
    """Milliseconds for single look-ups, one after another."""
    for one in queries:
        begun = time.perf_counter()
        index.search(one, threshold=floor, limit=MATCHES)
        yield (time.perf_counter() - begun) * 1_000


def index(options: argparse.Namespace) -> dict[str, Any]:
    """Build an index in files, for many processes and machines."""
    built = Index.build(read(options.watchlist, entry))
    return {"index": str(built.save(options.folder)), "entries": len(built)}


def screen(options: argparse.Namespace) -> dict[str, Any]:
    """Screen a file of any size with processes or a cluster; the matches appear whole or not at all."""
    task = Task(options.index.resolve(), options.threshold, Index.search_written, MATCHES)
    asked = read(options.queries, query)
    flying: deque[list[Query]] = deque()
    begun, done, found = time.perf_counter(), 0, 0

    def batches() -> Iterator[list[Query]]:
        while some := list(islice(asked, BATCH)):
            flying.append(some)
            yield some

    with _executor(task, options) as executor, _whole(options.out) as out:
        for so_far, answers in executor.run(batches()):
            for one, answer in zip(flying.popleft(), answers, strict=True):
                if answer != "[]":
                    found += 1
                    out.write(_answered(one, answer))
            done = so_far
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{done} screened")
    return {"queries": done, "matched": found, "seconds": round(time.perf_counter() - begun, 3)}


def _executor(task: Task[str], options: argparse.Namespace) -> Executor[str]:
    if options.cluster:
        return Cluster(task, options.workers, address=options.cluster)
    return Processes(task, options.workers) if options.workers > 1 else InProcess(task)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m screening", description=__doc__)
    commands = parser.add_subparsers(required=True)
    command = commands.add_parser("evaluate", help="screen a file, and time it")
    command.set_defaults(run=evaluate)
    command.add_argument("--watchlist", type=Path, required=True, help="a listed person a line, as JSON")
    command.add_argument("--queries", type=Path, required=True, help="a person to look up a line, as JSON")
    command.add_argument("--out", type=Path, required=True, help="matches with their reasons, a query a line")
    command.add_argument("--threads", type=int, default=1)
    command.add_argument("--no-birth-date", action="store_true", help="compare without dates of birth")
    command = commands.add_parser("index", help="build an index in files")
    command.set_defaults(run=index)
    command.add_argument("--watchlist", type=Path, required=True, help="a listed person a line, as JSON")
    command.add_argument("--folder", type=Path, required=True, help="where it gets a folder of its own")
    command = commands.add_parser("screen", help="screen a file with processes or a cluster")
    command.set_defaults(run=screen)
    command.add_argument("--index", type=Path, required=True, help="the folder that `index` told")
    command.add_argument("--queries", type=Path, required=True, help="a person to look up a line, as JSON")
    command.add_argument("--out", type=Path, required=True, help="queries that match, one a line")
    command.add_argument("--threshold", type=float, default=DEFAULT_THRESHOLD, help="bits (%(default)s)")
    command.add_argument("--workers", type=int, default=1)
    command.add_argument("--cluster", metavar="ADDRESS", help="of a Ray cluster; `auto` for the one around")
    options = parser.parse_args()
    try:
        figures = options.run(options)
    except (ValueError, NoCluster, OSError) as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
