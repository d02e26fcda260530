"""The screening library beside its peers, in the same run, on the same core.

    python bench/screening_peers.py DATA [--rounds 5] [--peer 1000] [--others PEERS/bin/python]

DATA (or the environment's SCREENING_DATA) is a folder with watchlist_real.jsonl and
queries_dev.jsonl. Nothing of it belongs in the repository. Speeds are of process time, so that
they mean something on a busy machine; rounds are interleaved with the peers' and the median counts.
nomenklatura and GTAS's rule run in an environment of their own: bench/peers/others.py tells how it is
made, --others (or SCREENING_PEERS) where it is. Without it they are left out, and that is said.
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
from screening_quality import INNOCENT, POSITIVE, read, report, scores

import screening
from screening.__main__ import FLOOR, MATCHES
from screening.lines import entry, query

# Queries a round for a peer that does a hundred a second.
SLOW = 200


def ours(index: screening.Index, asked: list[screening.Query]) -> tuple[float, list[str]]:
    """Queries a second with explanations written as JSON, and these."""
    begun = time.process_time()
    lines = index.search_written(asked, threshold=FLOOR, limit=MATCHES)
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


class Others:
    """The peers of bench/peers/others.py, in a process of their own."""

    def __init__(self, python: str, data: Path) -> None:
        script = Path(__file__).parent / "peers" / "others.py"
        self._process = subprocess.Popen(
            [python, str(script), str(data)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, engine: str, first: int, last: int) -> dict[str, Any]:
        """Queries a second, and of each of the queries whether anybody and the true person was found."""
        return self._answer([engine, first, last])

    def score(self, engine: str, count: int, dated: bool) -> dict[str, Any]:
        """Of each of the first queries the highest score of anybody and that of the true person."""
        return self._answer([engine, 0, count, dated])

    def _answer(self, request: list[Any]) -> dict[str, Any]:
        sent, got = self._process.stdin, self._process.stdout
        assert sent is not None
        assert got is not None
        sent.write(json.dumps(request) + "\n")
        sent.flush()
        return dict(json.loads(got.readline()))

    def close(self) -> None:
        self._process.communicate()


def alerts(rows: list[dict[str, Any]], answers: dict[str, Any]) -> dict[str, float]:
    """What a rule with one threshold of its own finds, and whom it alerts."""
    shares = {}
    for name, kinds, what in (
        ("recall", POSITIVE, "true"),
        ("innocents alerted", INNOCENT, "any"),
        ("namesakes alerted", ("namesake",), "any"),
    ):
        of = [hit for row, hit in zip(rows, answers[what], strict=True) if row["kind"] in kinds]
        shares[name] = round(sum(of) / max(1, len(of)), 4)
    return shares


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
    parser.add_argument("--others", default=os.environ.get("SCREENING_PEERS"))
    options = parser.parse_args()
    if options.data is None:
        sys.stdout.write("bench/screening_peers.py: name the data folder or set SCREENING_DATA\n")
        return
    print(json.dumps({"machine": platform.machine(), "python": platform.python_version()}))
    listed = read(options.data / "watchlist_real.jsonl")
    rows = read(options.data / "queries_dev.jsonl")
    asked = [query(row) for row in rows]
    index = screening.Index.build(map(entry, listed))
    ours(index, asked[:10])
    names = [ordered(name) for row in listed for name in row["names"]]
    others = Others(options.others, options.data) if options.others else None
    if others is None:
        print(json.dumps({"not run": "nomenklatura and GTAS's rule, see --others"}))
    else:
        others.ask("logic-v2", 0, 20)
    speeds: list[dict[str, float]] = []
    for i in range(options.rounds):
        some = slice(i * options.peer, (i + 1) * options.peer)
        round_ = {"ours": ours(index, asked)[0], "rapidfuzz sorted ratio": rapidfuzz(names, asked[some])}
        if others is not None:
            round_["logic-v2 on best 20"] = others.ask("logic-v2", i * SLOW, (i + 1) * SLOW)["qps"]
            round_["gtas"] = others.ask("gtas", some.start, some.stop)["qps"]
        print(json.dumps({name: round(speed) for name, speed in round_.items()}), flush=True)
        speeds.append(round_)
    for peer in [name for name in speeds[0] if name != "ours"]:
        ratio = statistics.median(one["ours"] / one[peer] for one in speeds)
        print(json.dumps({f"times {peer}, median": round(ratio, 2)}), flush=True)
    if others is not None:
        for engine, count in (("logic-v2", 10 * SLOW), ("gtas", len(asked))):
            found = others.ask(engine, 0, count)
            print(json.dumps({"peer": engine, "queries": count, **alerts(rows[:count], found)}), flush=True)
        others.close()
    for more in ((), ("--no-birth-date",)):
        figures, quality = contract(options.data, *more)
        print(json.dumps({"command": list(more), **figures}), flush=True)
        print(json.dumps(quality), flush=True)


if __name__ == "__main__":
    main()
