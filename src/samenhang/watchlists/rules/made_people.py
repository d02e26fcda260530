"""Travellers who do not exist, to count beforehand how many would resemble a list by chance."""

import random
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from screening import Query

SEED = 20261125
# As much of a name as a machine-readable passport holds.
FIELD = 39


def made_people(count: int) -> Iterator[Query]:
    """So many of them, the same ones every time: names of common parts, any date of birth, no document.

    The parts of one name come from one stretch of the library's table, because parts that go
    together resemble a listed name together. Every stretch counts the same: who really travels,
    and from where, this does not know, and nobody is told apart by it.
    """
    chance = random.Random(SEED)  # noqa: S311  (an experiment that can be repeated, no secret)
    stretches = _stretches()
    for number in range(count):
        kinds = stretches[number % len(stretches)]
        particle = [chance.choice(kinds["particle"])] if kinds["particle"] and chance.random() < 0.1 else []
        given = chance.sample(kinds["given"], chance.choice((1, 1, 2)))
        name = " ".join([*given, *particle, chance.choice(kinds["family"] or kinds["given"])])
        born = f"{chance.randint(1940, 2008)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        yield Query(str(number), (name[:FIELD],), born, chance.choice("MF"))


@cache
def _stretches() -> tuple[dict[str, list[str]], ...]:
    """The table between two of its headings, by kind of part; what the headings say is not read."""
    found: list[dict[str, list[str]]] = []
    text = files("screening").joinpath("data/common_parts.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("# =="):
            found.append({"given": [], "family": [], "particle": []})
        elif line and not line.startswith("#"):
            _often, kind, parts = line.split("\t")
            found[-1][kind] += parts.split()
    return tuple(found)
