"""Draws how many listed persons are found against how many innocents are alerted.

    python bench/screening_plot.py DATA OUT.svg [--fresh FOLDER ...]

DATA and each FOLDER hold watchlist_real.jsonl and queries_dev.jsonl; the folders are what
bench/screening_fair.py or bench/screening_made.py wrote, and count together.
Each curve is one half of the queries, with or without dates of birth; the marks stand at 1 in 1,000 and
1 in 100.
"""

import argparse
import json
import math
from collections.abc import Sequence
from html import escape
from pathlib import Path

import numpy as np
from screening_quality import INNOCENT, POSITIVE, Floats, look_up, read, scores

from screening import Index
from screening.__main__ import FLOOR, NAME_FLOOR
from screening.lines import entry

WIDTH, HEIGHT = 720, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 190, 44, 56
RATES = (1e-4, 1e-3, 1e-2, 1e-1)
MARKS = (1e-3, 1e-2)
LEAST = 0.3
# Told apart by dashes as well as by colour, for those who see no colours and for print.
STYLES = (("#154273", ""), ("#a90061", "8 4"), ("#275937", "2 3"), ("#8a4b00", "10 3 2 3"))

Curve = list[tuple[float, float]]


def curve(folders: Sequence[Path], dated: bool) -> Curve:
    """(share of innocents alerted, share of listed persons found) at every threshold of the innocents."""
    innocents, hits = [], []
    for folder in folders:
        rows = read(folder / "queries_dev.jsonl")
        index = Index.build(map(entry, read(folder / "watchlist_real.jsonl")))
        floor = FLOOR if dated else NAME_FLOOR
        top, hit = scores(rows, look_up(index, rows, dated, floor))
        kind = np.array([row["kind"] for row in rows])
        innocents.append(top[np.isin(kind, INNOCENT)])
        hits.append(hit[np.isin(kind, POSITIVE)])
    return at_rates(np.sort(np.concatenate(innocents))[::-1], np.concatenate(hits))


def at_rates(innocents: Floats, hits: Floats) -> Curve:
    """innocents: their best scores, the highest first; hits: those of the true persons."""
    found = []
    for step in range(121):
        rate = 10 ** (-4 + step * 3 / 120)
        threshold = innocents[int(rate * len(innocents))]
        found.append((rate, float((hits > threshold).mean())))
    return found


def x_of(rate: float) -> float:
    low, high = math.log10(RATES[0]), math.log10(RATES[-1])
    return LEFT + (math.log10(rate) - low) / (high - low) * (WIDTH - LEFT - RIGHT)


def y_of(share: float) -> float:
    return TOP + (1 - max(share, LEAST)) / (1 - LEAST) * (HEIGHT - TOP - BOTTOM)


def text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{escape(words)}</text>'


def axes() -> list[str]:
    """The grid, and what stands beside it."""
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    drawn = []
    for rate in RATES:
        x = x_of(rate)
        drawn.append(f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#ccc"/>')
        drawn.append(text(x, bottom + 20, f"1 in {round(1 / rate):,}", "middle"))
    for tenth in range(round(LEAST * 10), 11):
        y = y_of(tenth / 10)
        drawn.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#ccc"/>')
        drawn.append(text(LEFT - 8, y + 4, f"{tenth / 10:.1f}", "end"))
    drawn.append(text((LEFT + right) / 2, HEIGHT - 12, "innocents with any alert", "middle"))
    drawn.append(text(12, 22, "listed persons found"))
    return drawn


def line(points: Curve, style: tuple[str, str]) -> list[str]:
    """One curve, with its marks."""
    colour, dashes = style
    path = "L".join(f"{x_of(rate):.1f} {y_of(share):.1f}" for rate, share in points)
    drawn = [
        f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'
    ]
    for mark in MARKS:
        rate, share = min(points, key=lambda point: abs(math.log(point[0] / mark)))
        drawn.append(f'<circle cx="{x_of(rate):.1f}" cy="{y_of(share):.1f}" r="4" fill="{colour}"/>')
    return drawn


def svg(curves: Sequence[tuple[str, Curve]]) -> str:
    """curves: what each is called, and its points."""
    title = "Listed persons found against innocents alerted"
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'aria-label="{title}" font-family="sans-serif" font-size="13" fill="#222">',
        f'<title>{title}</title><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *axes(),
    ]
    for i, (name, points) in enumerate(curves):
        style = STYLES[i % len(STYLES)]
        drawn += line(points, style)
        x, y = WIDTH - RIGHT + 16, TOP + 24 + 28 * i
        drawn.append(
            f'<path d="M{x} {y}h30" stroke="{style[0]}" stroke-width="2" stroke-dasharray="{style[1]}"/>'
        )
        drawn.append(text(x + 38, y + 4, name))
    return "\n".join([*drawn, "</svg>", ""])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--fresh", nargs="+", type=Path)
    options = parser.parse_args()
    if options.data is None or options.out is None:
        print("bench/screening_plot.py: name the data folder and the file to write")
        return
    curves = [
        ("with date of birth", curve([options.data], True)),
        ("name only", curve([options.data], False)),
    ]
    if options.fresh:
        curves.append(("fresh, with date", curve(options.fresh, True)))
        curves.append(("fresh, name only", curve(options.fresh, False)))
    options.out.write_text(svg(curves), encoding="utf-8")
    for name, points in curves:
        print(json.dumps({name: {f"{rate:.0e}": round(share, 4) for rate, share in points[::40]}}))


if __name__ == "__main__":
    main()
