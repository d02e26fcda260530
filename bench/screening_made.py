"""Queries and lists that nothing was fitted to, made of a list's own parts at run time.

    python bench/screening_made.py DATA OUT [--seed 7] [--persons 0] [--positives 7000] [--innocents 13500]

Writes OUT/watchlist_real.jsonl and OUT/queries_dev.jsonl in the formats of DATA, so that
bench/screening_peers.py runs on OUT as well. --persons adds invented persons, of recombined parts, to
the list. The noise is another than that of the development queries: letters are lost, doubled, swapped
or hit beside the right key, in the first place too; habits of spelling change; parts merge, split, move,
are left out or added; titles are glued on; the name is cut at 39 characters; dates slip.
"""

import argparse
import json
import random
from pathlib import Path
from typing import Any

from screening_quality import read

from screening.rarity import per_mille
from screening.spelling import parts_of

KEYBOARD = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
HABITS = (
    ("OU", "U"), ("KH", "H"), ("PH", "F"), ("Y", "I"), ("W", "V"), ("EE", "I"), ("CH", "SH"), ("J", "DJ"),
    ("E", "A"), ("O", "U"), ("Q", "K"), ("C", "K"), ("SS", "S"), ("MM", "M"), ("LL", "L"), ("X", "KS"),
)  # fmt: skip
TITLES = ("MR", "MRS", "MS", "MISS", "MSTR")
FIELD = 38


def slip(random: random.Random, part: str) -> str:
    """One keying error, anywhere in the part."""
    i, kind = random.randrange(len(part)), random.randrange(4)
    if kind == 0 and len(part) > 2:
        return part[:i] + part[i + 1 :]
    if kind == 1:
        return part[:i] + part[i] + part[i:]
    if kind == 2 and i + 1 < len(part):
        return part[:i] + part[i + 1] + part[i] + part[i + 2 :]
    row = next(row for row in KEYBOARD if part[i] in row)
    return part[:i] + row[(row.index(part[i]) + random.choice((1, -1))) % len(row)] + part[i + 1 :]


def habit(random: random.Random, part: str) -> str:
    """Another habit of spelling, where one applies."""
    able = [(a, b) for pair in HABITS for a, b in (pair, pair[::-1]) if a in part]
    return part.replace(*random.choice(able), 1) if able else part


def noisy(random: random.Random, parts: list[str]) -> list[str]:
    """One to three changes."""
    parts = list(parts)
    for _ in range(random.choice((1, 1, 2, 3))):
        i, kind = (
            random.randrange(len(parts)),
            random.choice(["slip", "habit", "habit", "merge", "move", "drop", "title"]),
        )
        if kind == "slip":
            parts[i] = slip(random, parts[i])
        elif kind == "habit":
            parts[i] = habit(random, parts[i])
        elif kind == "merge" and i + 1 < len(parts):
            parts[i : i + 2] = [parts[i] + parts[i + 1]]
        elif kind == "move":
            random.shuffle(parts)
        elif kind == "drop" and len(parts) > 2:
            del parts[i]
        elif kind == "title":
            parts[i] += random.choice(TITLES)
    return parts


def date_noise(random: random.Random, dates: list[str]) -> tuple[str, str]:
    """The date of birth a traveller shows, and in a word how it differs from the list."""
    full = f"{random.randint(1945, 2005)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    if not dates:
        return full, "unknown"
    date = random.choice(dates)
    if len(date) != 10:
        return date[:4] + full[4:], "year_only"
    chance = random.random()
    if chance < 0.08:
        return "", "missing"
    if chance < 0.18:
        return f"{int(date[:4]) + random.choice((1, -1))}{date[4:]}", "year1"
    if chance < 0.22 and int(date[8:]) <= 12:
        return f"{date[:5]}{date[8:]}-{date[5:7]}", "dm_swap"
    return date, "exact"


def easy(random: random.Random, common: list[str]) -> list[str]:
    return random.sample(common, random.choice((2, 2, 3)))


def hard(random: random.Random, names: list[tuple[str, ...]]) -> list[str]:
    """The beginning of one listed name and the end of another's."""
    one, other = random.sample(names, 2)
    return [*one[: max(1, len(one) // 2)], *other[max(1, len(other) // 2) :]]


def queries(listed: list[dict[str, Any]], seed: int, positives: int, innocents: int) -> list[dict[str, Any]]:
    chance = random.Random(seed)
    common = [part for part in per_mille() if len(part) > 3]
    names = [parts for row in listed for name in row["names"] if len(parts := parts_of(name)) > 1]
    rows: list[dict[str, Any]] = []

    def add(kind: str, parts: list[str], date: tuple[str, str], sex: str, label: str = "") -> None:
        name = " ".join(parts)[:FIELD].strip()
        rows.append({
            "qid": f"f{len(rows):06}", "label": label, "kind": kind, "name": name,
            "dob": date[0], "dobkind": date[1], "sex": sex,
        })  # fmt: skip

    for _ in range(positives):
        row = chance.choice(listed)
        parts = list(parts_of(chance.choice(row["names"])))
        if parts:
            add("noise", noisy(chance, parts), date_noise(chance, row["dobs"]), row["sex"] or "M", row["id"])
    for i in range(innocents):
        parts = hard(chance, names) if i % 4 == 0 else easy(chance, common)
        add("innocent_hard" if i % 4 == 0 else "innocent", parts, date_noise(chance, []), chance.choice("MF"))
    for _ in range(positives // 5):
        row = chance.choice(listed)
        add("namesake", list(parts_of(row["names"][0])), date_noise(chance, []), chance.choice("MF"))
    chance.shuffle(rows)
    return rows


def persons(listed: list[dict[str, Any]], seed: int, count: int) -> list[dict[str, Any]]:
    """Invented persons of recombined parts."""
    chance = random.Random(seed)
    names = [parts for row in listed for name in row["names"] if len(parts := parts_of(name)) > 1]
    made = []
    for i in range(count):
        several = [" ".join(hard(chance, names)) for _ in range(chance.choice((1, 2, 2, 3)))]
        date = date_noise(chance, [])[0]
        made.append(
            {"id": f"S{i:07}", "names": several, "dobs": [date], "sex": chance.choice("MF"), "nats": []}
        )
    return made


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="?", type=Path)
    parser.add_argument("out", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--persons", type=int, default=0)
    parser.add_argument("--positives", type=int, default=7_000)
    parser.add_argument("--innocents", type=int, default=13_500)
    options = parser.parse_args()
    if options.data is None or options.out is None:
        print("bench/screening_made.py: name the data folder and one to write to")
        return
    listed = read(options.data / "watchlist_real.jsonl")
    options.out.mkdir(parents=True, exist_ok=True)
    made = {
        "watchlist_real.jsonl": [*listed, *persons(listed, options.seed, options.persons)],
        "queries_dev.jsonl": queries(listed, options.seed, options.positives, options.innocents),
    }
    for name, rows in made.items():
        with (options.out / name).open("w") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)


if __name__ == "__main__":
    main()
