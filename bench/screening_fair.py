"""A fresh half that is as hard as the development half by every measure that is not a score of ours.

    python bench/screening_fair.py DATA OUT [--seed 101] [--times 2.0] [--noise keyed|read] [--half 0|1]

Writes OUT/1 to OUT/4, each with a list and queries in the formats of DATA, which count together: a person's
other names are withheld one at a time, each in another of the four lists; which of them count as true
persons and which as `alias_unrelated`, apart, is told as that half tells it (screening_linked.py). Persons
are none of those that the development half asks for; what befalls their names is of its kinds and shares
(screening_damage.py).
More queries are made than wanted, and of these such are taken that the shares of the development half come
out: how near the nearest listed name is by rapidfuzz's ratio on sorted parts (the person's own for true
ones), by name and with dates; parts of the name; names beside the one that is asked for; what the list says
of birth; and changes made.
--times: how many queries, as a multiple of what screening_made.py makes of its list.
--noise: letters go wrong on a keyboard, or in reading from paper and writing by ear.
--half: only one half of the persons, so that what is learned of the one is judged by the other.
"""

import argparse
import json
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process
from screening_damage import KEYED, READ, changed, fields, spelt
from screening_halves import NEAREST, date_factor
from screening_linked import linked
from screening_made import FIELD, LONG, SHARES, any_date, cultures, date_noise, ordinary, recombined
from screening_peers import ordered
from screening_quality import INNOCENT, POSITIVE, figures, half_of, read

from screening.spelling import parts_of

Row = dict[str, Any]
Rows = list[Row]
LISTS = 4
# Queries of screening_made.py, by kind; and how many are made for one that is taken.
MADE = {"alias": 1116, "variant": 813, "noise": 2195, "exact": 126, "namesake": 1486}
MADE |= {"innocent": 10_000, "innocent_hard": 3_500}
POOL = {"variant": 8, "noise": 6, "exact": 6, "namesake": 2, "innocent": 2, "innocent_hard": 2}
# Of dates that are listed in full, how many of a thousand are missing, a year off, or swapped; of these two
# in three have no such day.
SLIPS = (("missing", 58), ("year1", 109), ("dm_swap", 105))
# Innocents by the sex that is told of them, of a hundred.
SEXES = {"innocent": {"M": 46, "F": 43, "": 11}, "innocent_hard": {"M": 69, "F": 31}}
NOISE = {"keyed": KEYED, "read": READ}
ROUNDS = 60
# Names that are withheld and not linked with any left on the list, beside one that is: reported apart.
UNRELATED = 386 / 1780

Near = tuple[float, float]


def nearest(rows: Rows, listed: Rows) -> list[Near]:
    """By rapidfuzz, to anybody listed: of names, and with the fixed factors of dates of birth."""
    names, owner = list[str](), list[int]()
    for i, one in enumerate(listed):
        names += map(ordered, one["names"])
        owner += [i] * len(one["names"])
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    bearer, found = np.array(owner)[starts], list[Near]()
    for first in range(0, len(rows), 500):
        block = rows[first : first + 500]
        asked = [ordered(row["name"]) for row in block]
        near = process.cdist(asked, names, scorer=fuzz.ratio, dtype=np.float32, workers=1)
        best = np.maximum.reduceat(near, starts, axis=1)
        for row, ratios, some in zip(block, best, np.argpartition(-best, NEAREST)[:, :NEAREST], strict=True):
            dated = (ratios[k] * date_factor(row["dob"], listed[bearer[k]]["dobs"]) for k in some)
            found.append((float(ratios.max()), float(max(dated))))
    return found


def to_own(row: Row, own: Row) -> Near:
    """The same, to a person's own names."""
    asked = ordered(row["name"])
    near = max((fuzz.ratio(asked, ordered(one)) for one in own["names"]), default=0.0)
    return near, near * date_factor(row["dob"], own["dobs"])


def step(ratio: float) -> int:
    return 0 if ratio < 50 else 21 if ratio >= 99.99 else int(ratio // 5)


def features(row: Row, near: Near, own: Row | None) -> tuple[int, ...]:
    """Of a query, in steps: nearness by name and with dates, parts, names beside, dates listed, changes."""
    parts = min(len(parts_of(row["name"])), 6)
    if own is None or row["kind"] == "namesake":
        return step(near[0]), step(near[1]), parts
    beside = len({ordered(name) for name in own["names"]})
    longest = max((len(date) for date in own["dobs"]), default=0)
    return (
        step(near[0]),
        step(near[1]),
        parts,
        beside if beside < 5 else 5 if beside < 9 else 9,
        longest,
        len(row["ops"]),
    )


def raked(
    chance: random.Random, pool: list[tuple[int, ...]], like: list[tuple[int, ...]], count: int
) -> list[int]:
    """Which of a pool to take, so that each feature comes as often as among those that it is to be like."""
    columns = [np.array(column) for column in zip(*pool, strict=True)]
    wanted = [Counter(column) for column in zip(*like, strict=True)]
    worth = np.ones(len(pool))
    for _ in range(ROUNDS):
        for column, shares in zip(columns, wanted, strict=True):
            for value in np.unique(column):
                of = column == value
                share = shares[int(value)] / len(like) * count
                worth[of] *= share / max(worth[of].sum(), 1e-9)
        worth = np.minimum(worth, 1.0)
    # Drawn at even distances along a row in which the like stand together.
    row = np.lexsort((np.array([chance.random() for _ in pool]), *reversed(columns)))
    ends = np.cumsum(worth[row]) + chance.random()
    taken = np.floor(ends) > np.floor(np.append(ends[:1] - worth[row[0]], ends[:-1]))
    return [int(i) for i in row[taken]]


def aliases(free: Rows) -> list[tuple[str, Row, str]]:
    """Every name of two parts or more of persons who have others: its kind, the person and the name."""
    found = []
    for row in free:
        names = {ordered(name): name for name in row["names"] if ordered(name)}
        for one, name in names.items():
            others = [other for two, other in names.items() if two != one]
            if " " in one and others:
                found.append(("alias" if linked(name, others) else "alias_unrelated", row, name))
    return found


def tell(half: str, ratios: list[tuple[Row, Near]]) -> None:
    """What rapidfuzz's ratio reaches: by name, and with the fixed factors of dates."""
    groups = [
        np.array([near for row, near in ratios if row["kind"] in kinds])
        for kinds in (INNOCENT, POSITIVE, ("namesake",))
    ]
    for i, name in enumerate(("name only", "with dates")):
        reached = figures(*(one[:, i] for one in groups))
        print(json.dumps({"half": half, "rapidfuzz": name, **{k: round(v, 4) for k, v in reached.items()}}))


def without(listed: Rows, gone: set[tuple[str, str]]) -> Rows:
    """A list without some names: each by its person and its sorted parts."""
    return [
        {**row, "names": [name for name in row["names"] if (row["id"], ordered(name)) not in gone]}
        for row in listed
    ]


class Maker:
    """Makes queries of each kind; of which list an alias was withheld is settled first."""

    def __init__(self, listed: Rows, rows: Rows, options: argparse.Namespace) -> None:
        self.chance = random.Random(options.seed)
        self.noise = NOISE[options.noise]
        self.counts = {kind: int(count * options.times) for kind, count in MADE.items()}
        asked = {row["label"] or row.get("of") for row in rows}
        self.free = [row for row in listed if row["id"] not in asked]
        if options.half is not None:
            self.free = [row for row in self.free if half_of(row["id"]) == options.half]
        self.ratios = list[tuple[Row, Near]]()
        self.like = self._likeness(listed, rows)
        found, self.lists = self._aliases(listed)
        self.rows: list[Rows] = [[] for _ in range(LISTS)]
        for at, row in found:
            self.rows[at].append(row)
        self.open = {row["id"] for row in self.free}

    @staticmethod
    def _likeness(listed: Rows, rows: Rows) -> dict[str, list[tuple[int, ...]]]:
        by_id = {row["id"]: row for row in listed}
        strangers = [row for row in rows if row["kind"] in MADE and not row["label"]]
        like: dict[str, list[tuple[int, ...]]] = {kind: [] for kind in MADE}
        ratios = list[tuple[Row, Near]]()
        for row, near in zip(strangers, nearest(strangers, listed), strict=True):
            like[row["kind"]].append(features(row, near, None))
            ratios.append((row, near))
        for row in rows:
            if row["kind"] in MADE and row["label"]:
                own = by_id[row["label"]]
                ratios.append((row, to_own(row, own)))
                like[row["kind"]].append(features(row, ratios[-1][1], own))
        tell("development half", ratios)
        return like

    def _aliases(self, listed: Rows) -> tuple[list[tuple[int, Row]], list[Rows]]:
        """Queries for names to withhold, each with one of the lists; and these."""
        pool, told, apart = [], [], []
        for kind, row, name in aliases(self.free):
            own = {**row, "names": [one for one in row["names"] if ordered(one) != ordered(name)]}
            query = self._query(kind, list(parts_of(name)), own, [])
            if kind != "alias":
                apart.append(query)
                continue
            pool.append((query, own))
            told.append(features(query, to_own(query, own), own))
        found, before = list[tuple[int, Row]](), Counter[str]()
        taken = raked(self.chance, told, self.like["alias"], self.counts["alias"])
        some = [pool[i][0] for i in taken]
        some += self.chance.sample(apart, min(len(apart), round(len(taken) * UNRELATED)))
        for query in some:
            if before[query["label"]] < LISTS:
                found.append(((int(query["label"][1:]) + before[query["label"]]) % LISTS, query))
                before[query["label"]] += 1
        kept = {id(query) for _, query in found}
        self.ratios += [(query, to_own(query, own)) for query, own in pool if id(query) in kept]
        gone = [{(row["label"], ordered(row["whole"])) for at, row in found if at == k} for k in range(LISTS)]
        return found, [without(listed, one) for one in gone]

    def _query(self, kind: str, parts: list[str], own: Row | None, ops: list[str]) -> Row:
        chance = self.chance
        sex = (own or {}).get("sex") or chance.choice("MF")
        if own is None:
            sexes = SEXES[kind]
            sex = chance.choices(list(sexes), list(sexes.values()))[0]
        whole = " ".join(parts)
        row = {
            "label": "",
            "kind": kind,
            "ops": ops,
            "name": whole[:FIELD].strip(),
            "whole": whole,
            "sex": sex,
        }
        if own is None:
            return row | {"dob": any_date(chance), "dobkind": "own"}
        if kind != "namesake":
            date, how = birth(chance, own["dobs"])
            return row | {"label": own["id"], "dob": date, "dobkind": how}
        date = any_date(chance)
        while date[:4] in {one[:4] for one in own["dobs"]}:
            date = any_date(chance)
        return row | {"dob": date, "dobkind": "other", "of": own["id"]}

    def _take(self, kind: str, make: Callable[[int], tuple[list[str], Row | None, list[str]]]) -> None:
        """Make a pool of a kind, and take of it what is like the development half's."""
        pool = list[tuple[int, Row, Row | None]]()
        # A list's queries stand together.
        for at in range(LISTS):
            for _ in range(self.counts[kind] * POOL[kind] // LISTS):
                parts, own, ops = make(at)
                if len(parts) > 1:
                    pool.append((at, self._query(kind, parts, own, ops), own))
        if kind in POSITIVE:
            near = [to_own(row, own) for _, row, own in pool if own is not None]
        else:
            each = ([row for k, row, _ in pool if k == at] for at in range(LISTS))
            near = [
                one for rows, listed in zip(each, self.lists, strict=True) for one in nearest(rows, listed)
            ]
        told = [features(row, one, own) for (_, row, own), one in zip(pool, near, strict=True)]
        for i in raked(self.chance, told, self.like[kind], self.counts[kind]):
            self.rows[pool[i][0]].append(pool[i][1])
            self.ratios.append((pool[i][1], near[i]))

    def make(self) -> list[Rows]:
        chance, kinds = self.chance, cultures()
        shares = [SHARES.get(name, 2) for name in kinds]
        own = [[row for row in rows if row["id"] in self.open and row["names"]] for rows in self.lists]
        dated = [[row for row in rows if any(len(date) == 10 for date in row["dobs"])] for rows in own]
        said = [parts_of(name) for row in self.lists[0] for name in row["names"]]
        said = [parts for parts in said if 1 < len(parts) < LONG and not set(parts) & {"DATE", "BIRTH"}]
        borne: dict[str, set[int]] = {}
        for i, parts in enumerate(said):
            for part in parts:
                borne.setdefault(part, set()).add(i)

        def of(rows: Rows) -> tuple[Row, str]:
            row = chance.choice(rows)
            return row, chance.choice(row["names"])

        def positive(kind: str, at: int) -> tuple[list[str], Row, list[str]]:
            row, name = of(own[at])
            both, ops = fields(name), list[str]()
            parts = list(parts_of(name))
            if len(parts) > 1 and kind == "variant":
                both, ops = spelt(chance, both, self.noise), ["variant"]
                parts = [*both[0], *both[1]]
            if len(parts) > 1 and (kind == "noise" or (kind == "variant" and chance.random() < 0.45)):
                parts, more = changed(chance, both, self.noise)
                ops += more
            return parts, row, ops

        def same(at: int) -> tuple[list[str], Row, list[str]]:
            row, name = of(dated[at])
            return list(parts_of(name)), row, []

        def easy(_at: int) -> tuple[list[str], None, list[str]]:
            return ordinary(chance, kinds[chance.choices(list(kinds), shares)[0]]), None, []

        def hard(_at: int) -> tuple[list[str], None, list[str]]:
            parts = recombined(chance, said)
            while set.intersection(*(borne.get(part, set()) for part in parts)):
                parts = recombined(chance, said)
            return parts, None, []

        for kind in ("variant", "noise", "exact"):
            self._take(kind, lambda at, kind=kind: positive(kind, at))
        self._take("innocent", easy)
        self._take("innocent_hard", hard)
        self._take("namesake", same)
        tell("this half", self.ratios)
        for rows in self.rows:
            chance.shuffle(rows)
        return self.rows


def birth(chance: random.Random, dates: list[str]) -> tuple[str, str]:
    """As date_noise, in the shares of the development half."""
    full = [date for date in dates if len(date) == 10]
    if not full:
        return date_noise(chance, dates)
    date = chance.choice(full)
    at = chance.random() * 1_000
    for kind, share in SLIPS:
        at -= share
        if at < 0:
            if kind == "missing":
                return "", kind
            if kind == "year1":
                return f"{int(date[:4]) + chance.choice((1, -1))}{date[4:]}", kind
            if int(date[8:]) <= 12 and date[8:] != date[5:7]:
                return f"{date[:5]}{date[8:]}-{date[5:7]}", kind
    return date, "exact"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=101)
    parser.add_argument("--times", type=float, default=2.0)
    parser.add_argument("--noise", choices=list(NOISE), default="keyed")
    parser.add_argument("--half", type=int, choices=(0, 1))
    options = parser.parse_args()
    if options.data is None or options.out is None:
        print("bench/screening_fair.py: name the data folder and one to write to")
        return
    listed = read(options.data / "watchlist_real.jsonl")
    maker = Maker(listed, read(options.data / "queries_dev.jsonl"), options)
    for at, rows in enumerate(maker.make()):
        folder = options.out / str(at + 1)
        folder.mkdir(parents=True, exist_ok=True)
        numbered = [{"qid": f"g{at + 1}{i:06}", **row} for i, row in enumerate(rows)]
        for name, lines in (("watchlist_real.jsonl", maker.lists[at]), ("queries_dev.jsonl", numbered)):
            with (folder / name).open("w") as file:
                file.writelines(json.dumps(row) + "\n" for row in lines)


if __name__ == "__main__":
    main()
