"""Queries and lists that nothing was fitted to, made of a list's own parts at run time.

    python bench/screening_made.py DATA OUT [--seed 32] [--persons 0] [--positives 7000] [--innocents 13500]

Writes OUT/watchlist_real.jsonl and OUT/queries_dev.jsonl in the formats of DATA, so that
bench/screening_peers.py runs on OUT as well. --persons adds invented persons, of recombined parts, to
the list; --half asks for one half of the persons only. The kinds of queries and their shares are those of
the development queries, the persons, the seed and the noise are others: names taken from the list; habits
of spelling; letters lost, doubled, swapped or hit beside the right key, sometimes the first; parts merged,
moved, left out or added; titles glued on; the name cut at 39 characters; dates that slip. Namesakes are of
persons with a listed date.
As in the development queries nobody is asked for by one part alone, no innocent of listed parts has all of
them from one listed name, and most parts of the other innocents stand on no list: rare ones are made up.
"""

import argparse
import json
import random
from importlib.resources import files
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from screening_quality import POSITIVE, half_of, read

from screening.spelling import parts_of

Habits = tuple[tuple[str, str], ...]

KEYBOARD = ("QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM")
HABITS = (
    ("OU", "U"), ("KH", "H"), ("PH", "F"), ("Y", "I"), ("W", "V"), ("EE", "I"), ("CH", "SH"), ("J", "DJ"),
    ("E", "A"), ("O", "U"), ("Q", "K"), ("C", "K"), ("SS", "S"), ("MM", "M"), ("LL", "L"), ("X", "KS"),
)  # fmt: skip
TITLES = ("MR", "MRS", "MS", "MISS", "MSTR")
PARTICLES = ("AL", "EL", "BIN", "ABU", "DE", "VAN")
# How often a change is made, of a hundred.
CHANGES = (
    ("typo", 30), ("swap", 25), ("drop", 13), ("merge", 12), ("title", 10), ("reorder", 8), ("particle", 2),
)  # fmt: skip
# The cultures of the innocents, as among those of the development queries; others two of a hundred.
SHARES = {"English": 40, "Spanish and Portuguese": 24, "French": 5, "German": 5, "Dutch": 4, "Turkish": 3}
# How many of their parts are made up, as the share of parts that no list has is to be as there: .64.
RARE = 0.48
# Innocents are not made of listed names of so many parts: most of those are no person's.
LONG = 11
# A held-out name resembles another of its person at least so much.
ALIKE = 60
FIELD = 38


def slip(random: random.Random, part: str, often: float = 0.1) -> str:
    """One keying error; so often it may be in the first place."""
    first = 0 if len(part) < 2 or random.random() < often else 1
    i, kind = random.randrange(first, len(part)), random.randrange(4)
    if kind == 0 and len(part) > 2:
        return part[:i] + part[i + 1 :]
    if kind == 1:
        return part[:i] + part[i] + part[i:]
    if kind == 2 and i + 1 < len(part):
        return part[:i] + part[i + 1] + part[i] + part[i + 2 :]
    row = next(row for row in KEYBOARD if part[i] in row)
    return part[:i] + row[(row.index(part[i]) + random.choice((1, -1))) % len(row)] + part[i + 1 :]


def habit(random: random.Random, part: str, habits: Habits = HABITS) -> str:
    """Another habit of spelling, where one applies."""
    able = [(a, b) for pair in habits for a, b in (pair, pair[::-1]) if a in part]
    return part.replace(*random.choice(able), 1) if able else part


def noisy(random: random.Random, parts: list[str]) -> tuple[list[str], list[str]]:
    """One to three changes in the shares of the development queries, and what they were."""
    parts, done = list(parts), []
    for _ in range(random.choices((1, 2, 3), (55, 33, 12))[0]):
        i, kind = random.randrange(len(parts)), random.choices(*zip(*CHANGES, strict=True))[0]
        if kind == "typo":
            parts[i] = slip(random, parts[i])
        elif kind == "swap":
            parts = [parts[-1], *parts[:-1]]
        elif kind == "drop" and len(parts) > 2:
            del parts[i]
        elif kind == "merge" and i + 1 < len(parts) > 2:
            parts[i : i + 2] = [parts[i] + parts[i + 1]]
        elif kind == "title":
            parts[-1 if random.random() < 0.5 else 0] += random.choice(TITLES)
        elif kind == "reorder":
            random.shuffle(parts)
        elif kind == "particle":
            parts.insert(i, random.choice(PARTICLES))
        done.append(kind)
    return parts, done


def varied(random: random.Random, parts: list[str]) -> list[str]:
    """One or two parts spelt by another habit."""
    parts = list(parts)
    for i in random.sample(range(len(parts)), min(len(parts), random.choice((1, 1, 2)))):
        parts[i] = habit(random, parts[i])
    return parts


def any_date(random: random.Random) -> str:
    return f"{random.randint(1940, 2005)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"


def date_noise(random: random.Random, dates: list[str]) -> tuple[str, str]:
    """The date of birth a listed person shows, and in a word how it differs from the list."""
    if not dates:
        return any_date(random), "unknown"
    date = random.choice(dates)
    if len(date) != 10:
        return date[:4] + any_date(random)[4:], "year_only"
    chance = random.random()
    if chance < 0.07:
        return "", "missing"
    if chance < 0.18:
        return f"{int(date[:4]) + random.choice((1, -1))}{date[4:]}", "year1"
    # Three of a hundred: two dates in three have no such day to be a month.
    if chance < 0.3 and int(date[8:]) <= 12 and date[8:] != date[5:7]:
        return f"{date[:5]}{date[8:]}-{date[5:7]}", "dm_swap"
    return date, "exact"


def cultures() -> dict[str, dict[str, list[str]]]:
    """The sections of the library's table of common parts: culture, then kind, then parts."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in files("screening").joinpath("data/common_parts.tsv").read_text().splitlines():
        if line.startswith("# =="):
            one = found.setdefault(line.strip("# ="), {"given": [], "family": [], "particle": []})
        elif line and not line.startswith("#"):
            _, kind, parts = line.split("\t")
            one[kind] += parts.split()
    return found


def easy(random: random.Random, kinds: dict[str, list[str]]) -> list[str]:
    """One or two given names and a family name of one culture of the table, sometimes with a particle."""
    particle = [random.choice(kinds["particle"])] if kinds["particle"] and random.random() < 0.1 else []
    given = random.sample(kinds["given"], random.choice((1, 1, 2)))
    return [*given, *particle, random.choice(kinds["family"] or kinds["given"])]


def frequencies() -> dict[str, dict[str, dict[str, float]]]:
    """The sections as cultures() has them, and of a thousand bearers how many the table gives each part."""
    found: dict[str, dict[str, dict[str, float]]] = {}
    for line in files("screening").joinpath("data/common_parts.tsv").read_text().splitlines():
        if line.startswith("# =="):
            one = found.setdefault(line.strip("# ="), {"given": {}, "family": {}, "particle": {}})
        elif line and not line.startswith("#"):
            often, kind, parts = line.split("\t")
            one[kind] |= dict.fromkeys(parts.split(), float(often))
    return found


def weighed(random: random.Random, often: dict[str, float]) -> str:
    """A part as often as the table says; the rest of a thousand bear parts that it lacks, made up here.

    Where spellings of one name come to more than a thousand they share these.
    """
    parts, rest = list(often), max(0.0, 1_000 - sum(often.values()))
    found = random.choices([*parts, ""], [*often.values(), rest])[0]
    return found or made_up(random, parts)


def by_table(random: random.Random, kinds: dict[str, dict[str, float]]) -> list[str]:
    """As easy, with each part as often as the table says."""
    particle = [random.choice(list(kinds["particle"]))] if kinds["particle"] and random.random() < 0.1 else []
    given = [weighed(random, kinds["given"]) for _ in range(random.choice((1, 1, 2)))]
    return [*given, *particle, weighed(random, kinds["family"] or kinds["given"])]


def made_up(random: random.Random, parts: list[str]) -> str:
    """A part that hardly anybody bears: the beginning of one and the end of another."""
    one, other = random.choice(parts), random.choice(parts)
    return one[: (len(one) + 1) // 2] + other[len(other) // 2 :]


def ordinary(random: random.Random, kinds: dict[str, list[str]]) -> list[str]:
    """As easy, of longer names, with rare parts among the common ones."""
    given = random.sample(kinds["given"], random.choices((1, 2), (4, 6))[0])
    family = kinds["family"] or kinds["given"]
    name = [*given, random.choice(family)]
    last = len(name) - 1
    return [
        made_up(random, family if i == last else kinds["given"]) if random.random() < RARE else part
        for i, part in enumerate(name)
    ]


def hard(random: random.Random, names: list[tuple[str, ...]]) -> list[str]:
    """The beginning of one listed name and the end of another's."""
    one, other = random.sample(names, 2)
    return [*one[: max(1, len(one) // 2)], *other[max(1, len(other) // 2) :]]


def recombined(random: random.Random, names: list[tuple[str, ...]]) -> list[str]:
    """The given names of one listed person and the family name of another, by halves of their parts.

    Of three parts two are given names, as in the development queries; hard() has it the other way round.
    """
    one, other = random.sample(names, 2)
    return [*one[: (len(one) + 1) // 2], *other[(len(other) + 1) // 2 :]]


def held_out(random: random.Random, listed: list[dict[str, Any]], count: int) -> list[tuple[str, str]]:
    """Take one name each from so many persons' lists; only names that resemble another of theirs."""
    taken: list[tuple[str, str]] = []
    for row in random.sample(listed, len(listed)):
        if len(taken) == count:
            break
        names = {ordered: name for name in row["names"] if (ordered := " ".join(sorted(parts_of(name))))}
        several = [ordered for ordered in sorted(names) if " " in ordered]
        if len(names) < 2 or not several:
            continue
        gone = random.choice(several)
        if max(fuzz.ratio(gone, other) for other in names if other != gone) >= ALIKE:
            row["names"] = [name for name in row["names"] if " ".join(sorted(parts_of(name))) != gone]
            taken.append((row["id"], names[gone]))
    return taken


def queries(
    listed: list[dict[str, Any]], asked: set[str], seed: int, positives: int, innocents: int
) -> list[dict[str, Any]]:
    """The kinds of the development queries in their shares, of persons whom those do not ask for.

    asked: the persons of the development queries. Held-out names are taken from the list's rows.
    """
    chance, rows = random.Random(seed), list[dict[str, Any]]()
    free = [row for row in listed if row["id"] not in asked]
    aliases = held_out(chance, free, positives * 26 // 100)
    by_id = {row["id"]: row for row in listed}
    names = [parts for row in listed for name in row["names"] if len(parts := parts_of(name)) > 1]
    # Some names of the list are sentences: "Date of birth: 1.1.1973", or several in one.
    said = [parts_of(name) for row in listed for name in row["names"] if not set(name) & set("0123456789:/,")]
    said = [parts for parts in said if 1 < len(parts) < LONG]
    borne: dict[str, set[int]] = {}
    for i, parts in enumerate(names):
        for part in parts:
            borne.setdefault(part, set()).add(i)

    def add(kind: str, parts: list[str], dob: tuple[str, str], row: dict[str, Any], ops: list[str]) -> None:
        name = " ".join(parts)[:FIELD].strip()
        sex = row["sex"] or chance.choice("MMMF")
        label = row["id"] if kind in POSITIVE else ""
        found = {"qid": f"f{len(rows):06}", "label": label, "kind": kind, "ops": ops, "name": name}
        rows.append({**found, "dob": dob[0], "dobkind": dob[1], "sex": sex})

    for key, name in aliases:
        add("alias", list(parts_of(name)), date_noise(chance, by_id[key]["dobs"]), by_id[key], [])
    # No more of the others than goes with the other aliases that the list affords.
    rest = len(aliases) * 74 // 26
    for i in range(rest):
        row = chance.choice(free)
        parts = list(parts_of(chance.choice(row["names"]))) if row["names"] else []
        if len(parts) < 2:
            continue
        kind = "exact" if i < rest * 4 // 100 else "variant" if i < rest * 30 // 100 else "noise"
        ops: list[str] = []
        if kind == "variant":
            parts = varied(chance, parts)
        if kind == "noise" or (kind == "variant" and chance.random() < 0.45):
            parts, ops = noisy(chance, parts)
        add(kind, parts, date_noise(chance, row["dobs"]), row, ops)
    kinds, someone = cultures(), {"id": "", "sex": ""}
    shares = [SHARES.get(name, 2) for name in kinds]
    for i in range(innocents):
        is_hard = i % 27 < 7
        culture = kinds[chance.choices(list(kinds), shares)[0]]
        parts = recombined(chance, said) if is_hard else ordinary(chance, culture)
        while is_hard and set.intersection(*(borne.get(part, set()) for part in parts)):
            parts = recombined(chance, said)
        add("innocent_hard" if is_hard else "innocent", parts, (any_date(chance), "own"), someone, [])
    dated = [row for row in free if row["names"] and any(len(date) == 10 for date in row["dobs"])]
    for _ in range(positives * 3 // 14):
        row, date = chance.choice(dated), any_date(chance)
        while date[:4] in {one[:4] for one in row["dobs"]}:
            date = any_date(chance)
        parts = list(parts_of(chance.choice(row["names"])))
        if len(parts) < 2:
            continue
        add("namesake", parts, (date, "other"), row, [])
    chance.shuffle(rows)
    return rows


def persons(listed: list[dict[str, Any]], seed: int, count: int) -> list[dict[str, Any]]:
    """Invented persons of recombined parts."""
    chance = random.Random(seed)
    names = [parts for row in listed for name in row["names"] if len(parts := parts_of(name)) > 1]
    made = []
    for i in range(count):
        several = [" ".join(hard(chance, names)) for _ in range(chance.choice((1, 2, 2, 3)))]
        date = any_date(chance)
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
    parser.add_argument("--seed", type=int, default=32)
    parser.add_argument("--persons", type=int, default=0)
    parser.add_argument("--half", type=int, choices=(0, 1), help="only one half of the persons")
    parser.add_argument("--positives", type=int, default=7_000)
    parser.add_argument("--innocents", type=int, default=13_500)
    options = parser.parse_args()
    if options.data is None or options.out is None:
        print("bench/screening_made.py: name the data folder and one to write to")
        return
    listed = read(options.data / "watchlist_real.jsonl")
    asked = {row["label"] or row.get("of") for row in read(options.data / "queries_dev.jsonl")}
    if options.half is not None:
        asked |= {row["id"] for row in listed if half_of(row["id"]) != options.half}
    made_queries = queries(listed, asked, options.seed, options.positives, options.innocents)
    options.out.mkdir(parents=True, exist_ok=True)
    made = {
        "watchlist_real.jsonl": [*listed, *persons(listed, options.seed, options.persons)],
        "queries_dev.jsonl": made_queries,
    }
    for name, rows in made.items():
        with (options.out / name).open("w") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)


if __name__ == "__main__":
    main()
