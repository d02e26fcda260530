"""Names are left unpaired only where pairing would not have lifted them to the threshold."""

import random

import numpy as np
import pytest

from screening import Entry, Index, Query
from screening.search import SHORT_LIST
from screening.spelling import _BEGINS, _written
from screening.weights import LENIENT, weights

GIVEN = ("Amira", "Bilal", "Bilel", "Abdel Karim", "Abdelkarim", "Dirk", "Fatma", "Fatima", "J", "Goran")
FAMILY = ("Aaldenberg", "Benfictief", "Ben Fiktief", "Cavalcanti", "van den Dorp", "Vandendorp", "Ferrand")


def written(chance: random.Random, name: str) -> str:
    """A name as it may come: parts in another order or lost, a letter wrong."""
    parts = name.split()
    chance.shuffle(parts)
    parts = parts[: chance.randint(max(1, len(parts) - 1), len(parts))]
    i = chance.randrange(len(parts))
    at = chance.randrange(len(parts[i]))
    parts[i] = parts[i][:at] + chance.choice("aeiklmnr") + parts[i][at + chance.randint(0, 1) :]
    return " ".join(parts)


@pytest.mark.parametrize("threshold", [-8, -2, 4])
def test_a_name_that_is_not_paired_would_not_have_reached_the_threshold(threshold: float) -> None:
    chance = random.Random(11)
    names = [f"{chance.choice(GIVEN)} {chance.choice(GIVEN)} {chance.choice(FAMILY)}" for _ in range(700)]
    entries = [
        Entry(f"E{i}", (name,), (f"{chance.randint(1950, 1990)}",), chance.choice("MF"))
        for i, name in enumerate(names)
    ]
    asked = [
        Query("", (written(chance, chance.choice(names)),), chance.choice(("", "1970")) or None)
        for _ in range(60)
    ]
    index = Index.build(entries)
    sieved = index.search_written(asked, threshold=threshold, limit=200)
    # Names shorter than a passport's field are weighed alike, and nothing is left out with such weights.
    rest = weights().rest.copy()
    rest[LENIENT] = 1001
    index._weights = weights()._replace(rest=rest)
    assert index.search_written(asked, threshold=threshold, limit=200) == sieved
    assert any(answer != "[]" for answer in sieved)


def test_a_row_of_letters_that_stands_for_another_letter_begins_as_the_table_says() -> None:
    for one, two, three in np.ndindex(26, 27, 27):
        for four in (7, 26):
            if _written.py_func(one, two, three, four) != (one, 1):  # type: ignore[attr-defined]
                assert _BEGINS[one] >> two & 1


def made_up(chance: random.Random) -> str:
    return "".join(
        chance.choice(("ba", "do", "fi", "ka", "lu", "mer", "nos", "ri", "su", "tev")) for _ in range(3)
    )


@pytest.mark.parametrize("born", ["1970-05-12", None])
def test_a_higher_threshold_leaves_out_only_who_does_not_reach_it(born: str | None) -> None:
    chance = random.Random(5)
    # So long a list that names are chosen by what they promise.
    names = [tuple(made_up(chance) for _ in range(3)) for _ in range(SHORT_LIST + 400)]
    index = Index.build(Entry(f"E{i}", (" ".join(parts),), ("1970-05-12",)) for i, parts in enumerate(names))
    glued = [Query("", (f"{one}{two} {three}",), born) for one, two, three in names[::40]]
    all_found = index.search_many(glued, threshold=-8)
    reached = [[(one.entry_key, one.score) for one in found if one.score >= 5] for found in all_found]
    found = index.search_many(glued, threshold=5)
    assert [[(one.entry_key, one.score) for one in answer] for answer in found] == reached
    assert sum(map(len, reached)) > len(glued) // 2
