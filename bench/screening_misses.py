"""Who is missed at 1 in 1,000 innocents alerted, in kinds with counts: what their names and dates say.

    python bench/screening_misses.py DATA [FOLDER ...]

DATA and each FOLDER hold watchlist_real.jsonl and queries_dev.jsonl. The kinds are told from the
explanation of the listed person's score, however low it is.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from screening_quality import POSITIVE, look_up, read, report, scores

from screening import Candidate, Index
from screening.__main__ import FLOOR, NAME_FLOOR
from screening.lines import entry, query

# Down to here a listed person is looked for, among so many.
LEAST, MOST = -60.0, 400


def kind_of(found: Candidate | None) -> str:
    """What sets a queried name apart from the listed one that it resembles most."""
    if found is None:
        return "no part resembles enough"
    hows = {one.how for one in found.parts}
    if "missing" in hows and "extra" in hows:
        return "parts left over on both sides"
    if "missing" in hows:
        return "listed parts left out"
    if "extra" in hows:
        return "parts that the list lacks"
    return "all parts alike, too common" if hows <= {"same"} else "all parts there, spelt otherwise"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path)
    for folder in parser.parse_args().folders:
        rows = read(folder / "queries_dev.jsonl")
        index = Index.build(map(entry, read(folder / "watchlist_real.jsonl")))
        for dated in (True, False):
            top, hit = scores(rows, look_up(index, rows, dated, FLOOR if dated else NAME_FLOOR))
            threshold = report(rows, top, hit)["threshold@1e-3"]
            missed = [
                row
                for row, score in zip(rows, hit, strict=True)
                if row["kind"] in POSITIVE and score <= threshold
            ]
            answers = index.search_many([query(row, dated) for row in missed], threshold=LEAST, limit=MOST)
            names, both = Counter[str](), Counter[str]()
            for row, answer in zip(missed, answers, strict=True):
                name = kind_of(next((one for one in answer if one.entry_key == row["label"]), None))
                names[name] += 1
                both[f"{name}; date {row['dobkind']}"] += 1
            told = {"half": folder.name, "dated": dated, "missed": len(missed), "names": names.most_common()}
            print(json.dumps({**told, "with dates": both.most_common(12) if dated else []}), flush=True)


if __name__ == "__main__":
    main()
