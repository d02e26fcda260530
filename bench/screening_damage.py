"""What befalls a name between the list and the counter, in the development half's kinds and shares (0201).

A booking has two fields, given names and family name. There, and so here: they are told in the other order,
a part is left out of a field that has more, two parts of one field are written as one, a title is glued to
the given names, a particle is left out, glued or spelt otherwise, all is shuffled, and letters go wrong. How
letters go wrong, and how a part is spelt, is other for each noise: *keyed* on a keyboard by the habits of
screening_made.py, or *read* from paper and spelt by ear.
"""

import random
import re
from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz import fuzz
from screening_made import HABITS, TITLES, Habits, habit, slip

from screening.spelling import parts_of

Fields = tuple[list[str], list[str]]
# How often a change is tried, so that those that can be made come in the shares of the development half; and
# how often a letter that goes wrong is the first of its part.
SHARES = {"letter": 235, "swap": 255, "drop": 175, "merge": 170, "title": 78, "reorder": 77, "particle": 120}
FIRST = 0.04
# Changes of which the development half has none, of some thousand; more than a few would make another task.
OTHERS = {"initial": 10, "cut": 10}
CUT_TO = 4
# How many changes, and how many parts a spelling variant has, of a hundred.
MANY, VARIED = (57, 32, 11), (87, 11, 2)
# A variant resembles the part that it is of, and looks like a word.
LEAST, UNLIKELY = 60, re.compile(r"(.)\1\1|^(.)\2|HH|II|UU|WW|YY")
PARTICLES = {
    "AL": "EL",
    "EL": "AL",
    "ABU": "ABOU",
    "BIN": "BEN",
    "BEN": "BIN",
    "ABD": "ABDUL",
    "DE": "",
    "LA": "",
}

# Spelt by ear, and letters that the eye takes for each other.
HEARD = (
    ("AU", "OU"), ("TH", "T"), ("GH", "G"), ("V", "F"), ("B", "P"), ("D", "T"), ("Z", "S"), ("AI", "EI"),
    ("IA", "YA"), ("U", "YU"), ("SH", "SCH"), ("TS", "C"), ("CH", "TCH"), ("N", "NN"), ("R", "RR"),
    ("A", "AA"), ("A", "O"), ("I", "E"), ("U", "W"), ("G", "J"), ("KH", "K"), ("EV", "IEV"), ("Y", "IY"),
    ("AH", "A"), ("KS", "X"), ("OV", "OFF"),
)  # fmt: skip
READ_AS = (
    "IL", "MN", "UV", "OQ", "CG", "EF", "BD", "PR", "HN",
    "IT", "SZ", "KX", "YV", "AO", "EC", "AE", "IE", "UO",
)  # fmt: skip


class Noise(NamedTuple):
    letter: Callable[[random.Random, str, float], str]
    habits: Habits
    shares: dict[str, int]


def misread(chance: random.Random, part: str, often: float) -> str:
    """One error of the eye: a letter taken for another, passed over, put in, or out of its place."""
    first = 0 if len(part) < 2 or chance.random() < often else 1
    i, kind = chance.randrange(first, len(part)), chance.randrange(6)
    if kind == 0 and len(part) > 2:
        return part[:i] + part[i + 1 :]
    if kind == 1:
        return part[:i] + chance.choice("AEIOUNRSTL") + part[i:]
    if kind == 2 and i + 2 < len(part):
        return part[:i] + part[i + 2] + part[i + 1] + part[i] + part[i + 3 :]
    others = [pair[pair[0] == part[i]] for pair in READ_AS if part[i] in pair]
    return part[:i] + (chance.choice(others) if others else part[i] * 2) + part[i + 1 :]


KEYED = Noise(slip, HABITS, SHARES)
READ = Noise(misread, HEARD, SHARES | OTHERS)


def fields(name: str) -> Fields:
    """Given names and family name: that is what stands in capitals if not all does, or else the last part."""
    told = [(parts_of(word), word == word.upper()) for word in re.split(r"[\s,]+", name)]
    given = [part for parts, large in told for part in parts if not large or len(parts) == len(part) == 1]
    family = [part for parts, large in told for part in parts if large and not len(parts) == len(part) == 1]
    parts = list(parts_of(name))
    if given and family and sorted([*given, *family]) == sorted(parts):
        return given, family
    return parts[:-1], parts[-1:]


def changed(chance: random.Random, both: Fields, noise: Noise) -> tuple[list[str], list[str]]:
    """One to three changes that can be made, and what they were."""
    given, family = list(both[0]), list(both[1])
    done, order = list[str](), ""
    for _ in range(chance.choices((1, 2, 3), MANY)[0]):
        for _ in range(20):
            kind = chance.choices(list(noise.shares), list(noise.shares.values()))[0]
            if kind in ("swap", "reorder"):
                if not order:
                    order = kind
                    done.append(kind)
                    break
            elif one_change(chance, kind, (given, family), noise):
                done.append(kind)
                break
    parts = [*family, *given] if order == "swap" else [*given, *family]
    if order == "reorder":
        chance.shuffle(parts)
    return parts, done


def one_change(chance: random.Random, kind: str, both: Fields, noise: Noise) -> bool:
    """Make it in place, if it can be made."""
    if kind == "title":
        both[0][-1:] = [part + chance.choice(TITLES) for part in both[0][-1:]]
        return bool(both[0])
    some = chance.choice([field for field, i in _places(kind, both)] or [[]])
    if not some:
        return False
    i = chance.choice([i for field, i in _places(kind, both) if field is some])
    before = list(some)
    if kind == "letter":
        some[i] = noise.letter(chance, some[i], FIRST)
    elif kind == "drop":
        del some[i]
    elif kind == "merge":
        some[i : i + 2] = [some[i] + some[i + 1]]
    elif kind == "particle":
        other = chance.choice(("", PARTICLES[some[i]], some[i]))
        some[i : i + 2] = (
            [other + some[i + 1]] if other == some[i] else [one for one in (other, some[i + 1]) if one]
        )
    elif kind == "initial":
        some[i] = some[i][0]
    elif kind == "cut":
        some[i] = some[i][: chance.randint(CUT_TO, len(some[i]) - 1)]
    return some != before


def _places(kind: str, both: Fields) -> list[tuple[list[str], int]]:
    """Where it can be made: in a field, at a part."""
    found = []
    for field in both:
        for i, part in enumerate(field):
            followed = i + 1 < len(field)
            able = {
                "letter": True,
                "drop": len(field) > 1,
                "merge": followed,
                "particle": followed and part in PARTICLES,
                "initial": field is both[0],
                "cut": len(part) > CUT_TO,
            }
            if able[kind]:
                found.append((field, i))
    return found


def spelt(chance: random.Random, both: Fields, noise: Noise) -> Fields:
    """One part, seldom more, spelt by another habit or several, so that it resembles itself."""
    given, family = list(both[0]), list(both[1])
    count = min(chance.choices((1, 2, 3), VARIED)[0], len(given) + len(family))
    for i in chance.sample(range(len(given) + len(family)), count):
        field, k = (given, i) if i < len(given) else (family, i - len(given))
        for _ in range(5):
            part = field[k]
            for _ in range(chance.choice((1, 2, 2, 3, 4))):
                part = habit(chance, part, noise.habits)
            if LEAST <= fuzz.ratio(part, field[k]) < 100 and not UNLIKELY.search(part):
                field[k] = part
                break
    return given, family
