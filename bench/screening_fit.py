"""Fits src/screening/data/weights.json to labelled queries: a logistic regression with bounds.

    uv run --with scipy python bench/screening_fit.py DATA [--beside FOLDER ...] [--rounds 6] [--write]

--beside: halves of made queries to fit to together with the development queries, each as its maker writes it.

Every weight of the sum is a coefficient: per kind of agreement a constant and a share of the rarity
on either side, what is left over, and how dates and sex compare. The pairing depends on the weights,
so they are fitted again on their own pairings. The bounds keep the sum monotone: rarity never speaks
against, what is left over never for, and a full date is worth no less than its year. Nationality and
documents are not in the data: theirs stand.
Namesakes teach what a date is worth; without dates they say nothing and are left out.
"""

import argparse
import json
import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numba
import numpy as np
from numpy.typing import NDArray
from screening_quality import LOWEST as LEAST
from screening_quality import half_of, read, report

from screening import alignment as al
from screening import listing as li
from screening import query as qu
from screening.catalogue import build, entry_at
from screening.dates import ELSEWHERE, FILLED_IN, SAME_MONTH, SAME_YEAR, SLIP, UNKNOWN, YEAR_ONLY
from screening.dates import SAME as SAME_DATE
from screening.index import CANDIDATES, Batch, lay_out_queries
from screening.likeness import FOLDED, KINDS, NONE, SAME
from screening.lines import entry, query
from screening.persons import BESIDE, DATE_VERDICT
from screening.search import COLUMNS, ENTRY, NAME, QUERY, Room, new_room, search
from screening.weights import LENIENT, Weights, weights_from

TABLE = Path(__file__).parent.parent / "src/screening/data/weights.json"
LEFT, BIRTH, SEX = 3 * KINDS, 3 * KINDS + 6, 3 * KINDS + 19
COUNT = SEX + 2
# Matches per query that are learned from, down to scores that only the fit sees.
PER_QUERY, LOWEST = 3, -30_000
# Sexes always agree in the data; in the world a clerk errs once in a hundred. Bits.
MOST_AGAINST_SEX = 3.0
# No date in the data has one digit wrong in the day, the month or the decade; in the world one in some
# hundred has, and of strangers' dates one in some hundred comes as near. Bits.
MOST_AGAINST_SLIP = 1.0
NAMESAKES = 3.0
# The least that a column counts as, on average: what the data hardly show stays small.
SMALLEST = 0.02

# Dates that agree, from the least that is said to the most: each is worth no less than the one before.
RISING = (YEAR_ONLY, SAME_MONTH, FILLED_IN, SAME_DATE)

Floats = NDArray[np.float64]
Rows = list[dict[str, Any]]


@numba.njit(nogil=True)  # type: ignore[untyped-decorator]
def features(room: Room, listing: Any, listed: Any, batch: Any, w: Weights, pairs: Any, out: Any) -> None:
    """(p, COUNT) what each pair of a query and a listed name has of everything that is weighed."""
    board, look = room.board, room.look
    for r in range(len(pairs)):
        q, name = pairs[r, 0], pairs[r, 1]
        qu.prepare(look, listing, w, batch[0].data, batch[0].starts[q], batch[0].starts[q + 1])
        al.begin(board)
        al.align(board, look, listing, w, name)
        f, first, last = out[r], listing.names[name, li.FIRST], listing.names[name, li.LAST]
        asked_used = listed_used = 0
        for k in range(board.counts[al.CHOSEN]):
            link = board.links[board.order[0, k]]
            asked_used |= link[al.Q_SET]
            listed_used |= link[al.L_SET]
            one, other = 0.0, 0.0
            for i in range(link[al.Q_FIRST], link[al.Q_FIRST] + link[al.Q_COUNT]):
                one += look.forms[i, qu.F_RARITY] / 1000
            for j in range(link[al.L_FIRST], link[al.L_FIRST] + link[al.L_COUNT]):
                other += listing.parts[listing.name_parts[first + j], li.RARITY] / 1000
            f[link[al.KIND]] += 1
            f[KINDS + link[al.KIND]] += max(one, other) if link[al.L_COUNT] > 1 else one
            f[2 * KINDS + link[al.KIND]] += other
        lenient = w.rest[LENIENT] / 1000 if look.whole[qu.FULL_NAME] else 1.0
        missings = extras = 0
        missing, extra = 0.0, 0.0
        for i in range(look.whole[qu.PARTS]):
            if not asked_used >> i & 1:
                extras += 1
                extra += look.forms[i, qu.F_RARITY] / 1000
        for j in range(last - first):
            if not listed_used >> j & 1:
                missings += 1
                missing += listing.parts[listing.name_parts[first + j], li.RARITY] / 1000
        f[LEFT], f[LEFT + 1], f[LEFT + 2], f[LEFT + 3] = (
            -lenient * missings,
            -lenient * missing,
            -extras,
            -extra,
        )
        f[LEFT + 4], f[LEFT + 5] = -lenient * min(extras, missings), -lenient * min(extra, missing)
        e, asked = listing.names[name, li.OWNER], batch[1]
        f[BIRTH + pairs[r, 2]] = 1
        if asked.sex[q] and listed.sex[e]:
            f[SEX + (0 if asked.sex[q] == listed.sex[e] else 1)] = 1


def bounds() -> tuple[Floats, Floats]:
    """What each coefficient may be at the least and at the most."""
    low, high = np.full(COUNT + 1, -20.0), np.full(COUNT + 1, 20.0)
    low[KINDS:LEFT], high[KINDS:LEFT] = 0, 2
    low[LEFT:BIRTH] = 0
    high[FOLDED:KINDS] = 0
    low[SEX], high[SEX], low[SEX + 1], high[SEX + 1] = 0, 0.5, -MOST_AGAINST_SEX * np.log(2), 0
    for how in RISING[1:]:
        low[BIRTH + how] = 0
    low[BIRTH + SAME_YEAR] = low[BIRTH + SLIP] = -MOST_AGAINST_SLIP * np.log(2)
    high[BIRTH + ELSEWHERE] = 0
    for i in (NONE, SAME, KINDS + NONE, 2 * KINDS + NONE, BIRTH + UNKNOWN):
        low[i] = high[i] = 0
    return low, high


def solve(x: Floats, truth: Floats, weight: Floats) -> Floats:
    """The coefficients, and after them what everybody has."""
    from scipy.optimize import minimize

    sign = 2 * truth - 1
    # What is fitted of a date is by how much it is worth more than the one that says less.
    x = x.copy()
    for less, more in reversed(list(pairwise(RISING))):
        x[:, BIRTH + less] += x[:, BIRTH + more]

    # Columns of one size, or the search for the best stops short of it.
    size = np.append(np.maximum(np.sqrt((x**2).mean(axis=0)), SMALLEST), 1.0)
    x /= size[:-1]

    def loss(scaled: Floats) -> tuple[float, Floats]:
        theta = scaled[:-1] / size[:-1]
        margin = -sign * (x @ scaled[:-1] + scaled[-1])
        slope = -weight * sign * np.exp(-np.logaddexp(0, -margin))
        value = float((weight * np.logaddexp(0, margin)).sum() + 1e-3 * (theta**2).sum())
        return value, np.append(x.T @ slope + 2e-3 * theta / size[:-1], slope.sum())

    low, high = bounds()
    limits = list(zip(low * size, high * size, strict=True))
    start = np.clip(np.zeros(COUNT + 1), low * size, high * size)
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": 300, "maxfun": 400}
    )
    theta = np.asarray(found.x / size)
    for less, more in pairwise(RISING):
        theta[BIRTH + more] += theta[BIRTH + less]
    return theta


def to_table(theta: Floats, before: dict[str, Any]) -> dict[str, Any]:
    """Natural logarithms to thousandths of a bit."""
    bits = [round(value * 1_000 / np.log(2)) for value in theta[:COUNT].tolist()]
    pairs = [
        list(one) for one in zip(bits[:KINDS], bits[KINDS : 2 * KINDS], bits[2 * KINDS : LEFT], strict=True)
    ]
    left = [bits[LEFT + i : LEFT + i + 2] for i in (0, 2, 4)]
    rest = before["rest"]
    return {"pairs": pairs, "left": left, "dates": bits[BIRTH:SEX], "rest": [rest[0], *bits[SEX:], *rest[3:]]}


def between(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Half-way: pairings change with the weights, and without this two tables may take turns for ever."""
    return {name: middle(one[name], other[name]) for name in other}


def middle(one: Any, other: Any) -> Any:
    if isinstance(other, list):
        return [middle(a, b) for a, b in zip(one, other, strict=True)]
    return (one + other) // 2


class Learned(NamedTuple):
    """Matches of all queries, dated or by name alone: what each has, whether it is the true person, how much
    it counts in the fit, and of which query it is."""

    x: Floats
    truth: Floats
    weight: Floats
    query: NDArray[np.int64]


def learn(catalogue: Any, rows: Rows, table: dict[str, Any], recombined: float) -> list[Learned]:
    """What is fitted to: pairings by these weights, with dates and without."""
    keys = {entry_at(catalogue, i).key: i for i in range(len(catalogue.persons.sex))}
    label = np.array([keys.get(row["label"], -1) for row in rows])
    kind = np.array([row["kind"] for row in rows])
    w = weights_from(table)
    room = new_room(catalogue.listing, catalogue.persons, w, CANDIDATES)
    found = []
    for dated in (True, False):
        batch: Batch = lay_out_queries([query(row, dated) for row in rows])
        both = (batch.names, batch.persons)
        matches, _lines = search(room, catalogue.listing, catalogue.persons, *both, w, LOWEST, PER_QUERY)
        x = np.zeros((len(matches), COUNT))
        pairs = np.ascontiguousarray(matches[:, [QUERY, NAME, COLUMNS - BESIDE + DATE_VERDICT]])
        features(room, catalogue.listing, catalogue.persons, both, w, pairs, x)
        asked = matches[:, QUERY].astype(np.int64)
        weight = np.where(kind[asked] == "namesake", NAMESAKES if dated else 0.0, 1.0)
        weight[kind[asked] == "innocent_hard"] = recombined
        found.append(Learned(x, (label[asked] == matches[:, ENTRY]).astype(float), weight, asked))
    return found


def together(halves: list[list[Learned]], chosen: list[list[NDArray[np.bool_]]]) -> Floats:
    """Fitted to some of the matches of each half with dates, and some of those without."""
    parts = [
        (one.x[some], one.truth[some], one.weight[some])
        for found, of in zip(halves, chosen, strict=True)
        for one, some in zip(found, of, strict=True)
    ]
    return solve(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def weighed(found: list[Learned]) -> list[NDArray[np.bool_]]:
    """Those that count at all."""
    return [one.weight > 0 for one in found]


def crossed(found: list[Learned], rows: Rows, beside: list[list[Learned]]) -> None:
    """Print what weights are worth for persons they were not fitted to: each half by those of the other."""
    others = [weighed(one) for one in beside]
    person = [row["label"] or row.get("of") or row["qid"] for row in rows]
    half = np.array([half_of(one) for one in person])
    both = [[half[one.query] != i for one in found] for i in (0, 1)]
    thetas = [together([found, *beside], [of, *others]) for of in both]
    for name, one in zip(("dated", "name only"), found, strict=True):
        sums = [one.x @ theta[:-1] + theta[-1] for theta in thetas]
        bits = np.where(half[one.query] == 0, *sums) / np.log(2)
        top, hit = np.full((2, len(rows)), LEAST)
        np.maximum.at(top, one.query, bits)
        true = one.truth > 0
        np.maximum.at(hit, one.query[true], bits[true])
        print(json.dumps({"cross-validated": name, **report(rows, top, hit)}), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", default=os.environ.get("SCREENING_DATA"), type=Path)
    parser.add_argument("--beside", nargs="*", type=Path, default=[])
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--recombined", type=float, default=5.0, help="weight of innocents of listed parts")
    parser.add_argument("--write", action="store_true", help="replace the table in the library")
    options = parser.parse_args()
    if options.data is None:
        sys.stdout.write("bench/screening_fit.py: name the data folder or set SCREENING_DATA\n")
        return
    folders = [options.data, *options.beside]
    asked = [read(folder / "queries_dev.jsonl") for folder in folders]
    lists = [build(map(entry, read(folder / "watchlist_real.jsonl"))) for folder in folders]
    table = json.loads(TABLE.read_text())
    for turn in range(options.rounds + 1):
        halves = [
            learn(catalogue, rows, table, options.recombined)
            for catalogue, rows in zip(lists, asked, strict=True)
        ]
        if turn < options.rounds:
            table = between(table, to_table(together(halves, list(map(weighed, halves))), table))
            print(json.dumps(table), flush=True)
    crossed(halves[0], asked[0], halves[1:])
    if options.write:
        lines = ",\n".join(f' "{name}": {json.dumps(values)}' for name, values in table.items())
        TABLE.write_text("{\n" + lines + "\n}\n")


if __name__ == "__main__":
    main()
