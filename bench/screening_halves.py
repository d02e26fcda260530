"""Whether two halves of the benchmark are one task: what matchers that saw neither reach on them, and how
their queries resemble the list. Nothing here asks the library how it scores, unless --ours is given.

    python bench/screening_halves.py [--others PEERS/bin/python] [--ours] [--first 10000] DATA FRESH ...

Each half is a folder with watchlist_real.jsonl and queries_dev.jsonl, or several with a comma between, whose
queries are each asked of the list beside them and counted together. --first: so many queries of each folder
for logic-v2, which does a hundred a second.
"""

import argparse
import json
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from screening_peers import Others, ordered
from screening_quality import INNOCENT, LOWEST, POSITIVE, Floats, look_up, read, report, scores

from screening import Index
from screening.__main__ import FLOOR, NAME_FLOOR
from screening.lines import entry
from screening.spelling import parts_of

Rows = list[dict[str, Any]]
# Persons of whom rapidfuzz's ratio is looked at beside their dates of birth.
NEAREST = 60
STEPS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)


def date_factor(asked: str, dates: list[str]) -> float:
    """The fixed factors that matchers of names get for dates, as the development half came with them."""
    if not asked or not dates:
        return 0.97
    best = 0.8
    for one in dates:
        if one == asked:
            return 1.0
        if len(one) == 4:
            apart = abs(int(one) - int(asked[:4]))
            best = max(best, 0.98 if apart == 0 else 0.93 if apart == 1 else 0.8)
        elif one[:4] == asked[:4]:
            swapped = one[5:7] == asked[8:] and one[8:] == asked[5:7]
            shared = one[5:7] == asked[5:7] or one[8:] == asked[8:]
            best = max(best, 0.985 if swapped else 0.95 if shared else 0.92)
        elif one[5:] == asked[5:]:
            best = max(best, 0.96)
    return best


def ratios(listed: Rows, rows: Rows) -> tuple[list[tuple[Floats, Floats]], Floats]:
    """Best and true person's ratio on sorted parts, with the factors and by name; and how near the nearest.

    The nearest listed name is the true person's own for a positive, anybody's for the others.
    """
    names = [(ordered(name), i) for i, row in enumerate(listed) for name in row["names"]]
    texts, owner = [name for name, _ in names], np.array([i for _, i in names])
    starts = np.flatnonzero(np.append(True, owner[1:] != owner[:-1]))
    at = {row["id"]: i for i, row in enumerate(listed)}
    place = {int(owner[first]): k for k, first in enumerate(starts)}
    found = [np.full((2, len(rows)), LOWEST) for _ in range(2)]
    near = np.zeros(len(rows))
    for first in range(0, len(rows), 500):
        block = rows[first : first + 500]
        asked = [ordered(row["name"]) for row in block]
        all_of = process.cdist(asked, texts, scorer=fuzz.ratio, dtype=np.float32, workers=1) / 100
        best = np.maximum.reduceat(all_of, starts, axis=1)
        nearest = np.argpartition(-best, NEAREST, axis=1)[:, :NEAREST]
        for i, row in enumerate(block):
            true = place.get(at.get(row["label"], -1), -1)
            near[first + i] = best[i, true] if true >= 0 else best[i].max()
            for half, dated in zip(found, (True, False), strict=True):
                for k in {*nearest[i].tolist(), true} - {-1}:
                    dates = listed[owner[starts[k]]]["dobs"]
                    value = float(best[i, k]) * (date_factor(row["dob"], dates) if dated else 1.0)
                    half[0, first + i] = max(half[0, first + i], value)
                    if k == true:
                        half[1, first + i] = value
    return [(one[0], one[1]) for one in found], near


def shares(values: list[Any]) -> dict[str, float]:
    return {str(key): round(count / len(values), 3) for key, count in sorted(Counter(values).items())}


def described(listed: Rows, rows: Rows) -> list[dict[str, Any]]:
    """What there is to know of each query without comparing its name with any: see properties."""
    own = {row["id"]: row for row in listed}
    told = []
    for row in rows:
        parts = parts_of(row["name"])
        beside = len({ordered(name) for name in own[row["label"]]["names"]}) if row["label"] in own else 0
        told.append({"parts": min(len(parts), 7), "letters": len(row["name"]), "beside": beside})
    return told


def properties(rows: Rows, told: list[dict[str, Any]], near: Floats) -> dict[str, Any]:
    """Of a half: kinds, changes, dates, lengths, names beside the one asked for, nearness to the list."""
    kinds = np.array([row["kind"] for row in rows])
    positive = np.isin(kinds, POSITIVE)
    some = [row for row, is_one in zip(rows, positive, strict=True) if is_one]
    noisy = [row for row in some if row["kind"] in ("noise", "variant")]
    out: dict[str, Any] = {
        "queries": len(rows),
        "kinds": {kind: int((kinds == kind).sum()) for kind in (*POSITIVE, *INNOCENT, "namesake")},
        "changes": shares([len(row["ops"]) for row in noisy if row["kind"] == "noise"]),
        "which": shares([op for row in noisy for op in row["ops"] if op != "variant"]),
        "dates": shares([row["dobkind"] for row in some]),
        "sexes": shares([row["sex"] for row in rows]),
    }
    for kind in (*POSITIVE, *INNOCENT, "namesake"):
        of = np.flatnonzero(kinds == kind)
        if not len(of):
            continue
        counts = np.histogram(near[of], (-1.0, *STEPS, 2.0))[0] / len(of)
        one: dict[str, Any] = {
            "parts": shares([told[i]["parts"] for i in of]),
            "letters": round(float(np.mean([told[i]["letters"] for i in of])), 1),
            "names beside": round(float(np.mean([told[i]["beside"] for i in of])), 2),
            "one name beside": round(float(np.mean([told[i]["beside"] == 1 for i in of])), 3),
            "nearness": [round(share, 3) for share in counts.tolist()],
        }
        out[kind] = one
    return out


def asked_of(others: Others, engine: str, count: int, dated: bool) -> tuple[Floats, Floats]:
    answer = others.score(engine, count, dated)
    return np.array(answer["top"]), np.array(answer["hit"])


def measured(folder: Path, python: str | None, first: int, own: bool) -> tuple[dict[str, Any], Rows, Any]:
    """Scores of one folder by matcher and whether dates counted; its queries; and what describes them."""
    listed, rows = read(folder / "watchlist_real.jsonl"), read(folder / "queries_dev.jsonl")
    fuzzy, near = ratios(listed, rows)
    found = {("rapidfuzz", dated): one for dated, one in zip((True, False), fuzzy, strict=True)}
    if python:
        others = Others(python, folder)
        for dated in (True, False):
            found["GTAS's rule", dated] = asked_of(others, "gtas", len(rows), dated)
            found["logic-v2", dated] = asked_of(others, "logic-v2", first, dated)
        others.close()
    if own:
        index = Index.build(map(entry, listed))
        for dated in (True, False):
            floor = FLOOR if dated else NAME_FLOOR
            found["this library", dated] = scores(rows, look_up(index, rows, dated, floor))
    return found, rows, (described(listed, rows), near)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("halves", nargs="*", help="folders; a half of several has commas between")
    parser.add_argument("--others", help="the python of an environment with nomenklatura")
    parser.add_argument("--first", type=int, default=10_000)
    parser.add_argument("--ours", action="store_true")
    options = parser.parse_args()
    if not options.halves:
        print("bench/screening_halves.py: name the folders of one half or more")
    for half in options.halves:
        folders = [Path(one) for one in half.split(",")]
        parts = [measured(one, options.others, options.first, options.ours) for one in folders]
        told = list(chain.from_iterable(part[2][0] for part in parts))
        near = np.concatenate([part[2][1] for part in parts])
        rows = list(chain.from_iterable(part[1] for part in parts))
        print(json.dumps({"half": half, **properties(rows, told, near)}), flush=True)
        for key in parts[0][0]:
            each = [part[0][key] for part in parts]
            top, hit = (np.concatenate([one[i] for one in each]) for i in (0, 1))
            asked = (part[1][: len(one[0])] for part, one in zip(parts, each, strict=True))
            of = list(chain.from_iterable(asked))
            figures = report(of, top, hit)
            wanted = {name: figures[name] for name in figures if name[:2] in ("R@", "AP", "na")}
            print(json.dumps({"matcher": key[0], "dated": key[1], "queries": len(of), **wanted}), flush=True)


if __name__ == "__main__":
    main()
