"""Which withheld names the development half counts as true persons: its rule, found again from its labels.

    python bench/screening_linked.py DATA [FOLDER ...]

That half tells withheld names that resemble another of their person (`alias`) from those that resemble none
(`alias_unrelated`, reported apart). How it does was not handed down; linked() is what separates them best
among simple rules (0201). Prints how well, with the thresholds chosen on one half of the persons and judged
on the other, and for each FOLDER of made queries what share of its aliases are linked.
"""

import argparse
import json
import re
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz import fuzz
from screening_quality import half_of, read

from screening.spelling import parts_of

# Parts that many names have and that link none.
LITTLE = {"AL", "EL", "AD", "UL", "ABU", "BIN", "BEN", "IBN", "ABD", "DE"}
VOWELS, TWICE = re.compile("[AEIOUYWH]"), re.compile(r"(.)\1+")


class Rule(NamedTuple):
    """Names are linked that are so alike, written without spaces; or of which every part of the shorter has
    a part of its own in the other that is so alike or has the same consonants, two parts at the least."""

    whole: float = 74.0
    part: float = 60.0


RULE = Rule()
GRID = [Rule(*one) for one in product((70.0, 72.0, 74.0, 76.0, 78.0), (55.0, 60.0, 65.0, 70.0))]


def consonants(part: str) -> str:
    return TWICE.sub(r"\1", VOWELS.sub("", part))


def alike(one: str, other: str) -> float:
    """Of two parts, in percent; parts of the same two consonants or more are always."""
    same = consonants(one)
    return 100.0 if len(same) > 1 and same == consonants(other) else float(fuzz.ratio(one, other))


def paired(one: list[str], other: list[str], least: float) -> int:
    """How many parts have one of their own in the other name, the most alike first."""
    both = sorted(
        ((alike(a, b), i, k) for (i, a), (k, b) in product(enumerate(one), enumerate(other))), reverse=True
    )
    used: tuple[set[int], set[int]] = set(), set()
    for ratio, i, k in both:
        if ratio >= least and i not in used[0] and k not in used[1]:
            used[0].add(i)
            used[1].add(k)
    return len(used[0])


def linked(name: str, others: Iterable[str], rule: Rule = RULE) -> bool:
    """Whether a name resembles one of the others so much that a matcher of names may be asked for it."""
    asked = parts_of(name)
    for other in others:
        parts = parts_of(other)
        if not parts:
            continue
        if fuzz.ratio("".join(asked), "".join(parts)) >= rule.whole:
            return True
        one, two = ([part for part in all_of if part not in LITTLE] for all_of in (asked, parts))
        least = min(len(one), len(two))
        if least > 1 and paired(one, two, rule.part) == least:
            return True
    return False


def withheld(folder: Path) -> list[tuple[dict[str, Any], list[str]]]:
    """Queries for names that were withheld, with the names left on the list."""
    own = {row["id"]: row["names"] for row in read(folder / "watchlist_real.jsonl")}
    rows = read(folder / "queries_dev.jsonl")
    return [(row, own[row["label"]]) for row in rows if row["kind"] in ("alias", "alias_unrelated")]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("folders", nargs="*", type=Path)
    options = parser.parse_args()
    if options.data is None:
        print("bench/screening_linked.py: name the data folder")
        return
    some = withheld(options.data)
    truth = np.array([row["kind"] == "alias" for row, _ in some])
    half = np.array([half_of(row["label"]) for row, _ in some])
    said = {rule: np.array([linked(row["name"], own, rule) for row, own in some]) for rule in (*GRID, RULE)}
    told, judged = said[RULE], np.zeros(len(some), bool)
    print(json.dumps({"alias": float(told[truth].mean()), "unrelated": float(told[~truth].mean())}))
    for i in (0, 1):
        best = max(said, key=lambda rule: float((said[rule] == truth)[half != i].mean()))
        judged[half == i] = said[best][half == i]
        print(json.dumps({"chosen": best, "right on the other": float((judged == truth)[half == i].mean())}))
    print(json.dumps({"alias": float(judged[truth].mean()), "unrelated": float(judged[~truth].mean())}))
    for folder in options.folders:
        rows = withheld(folder)
        share = [linked(row["whole"] if "whole" in row else row["name"], own) for row, own in rows]
        print(json.dumps({"folder": str(folder), "aliases": len(share), "linked": float(np.mean(share))}))


if __name__ == "__main__":
    main()
