"""Which names are compared part by part: those that promise most, whatever was left unread to find them."""

import random

import numpy as np
import pytest

from screening.candidates import GAIN, PART, RANK, find_near
from screening.catalogue import Catalogue, build
from screening.choosing import Choice, choose, new_choice
from screening.dates import compare_dates, from_text
from screening.listing import FIRST, LAST, OWNER, TOTAL
from screening.parts import pack_names
from screening.persons import DATES
from screening.posts import Need, need_of
from screening.query import F_COUNT, F_FIRST, PARTS, Look, new_look, prepare
from screening.records import Entry
from screening.weights import MISSING, SEX_DIFFERENT, SEX_SAME, Weights, weights

GIVEN = ("Amira", "Bilal", "Bilel", "Chiara", "Dirk", "Dirck", "Esmee", "Fatma", "Fatima", "Goran")
# The first is borne by so many that it is read by years, without a date too.
OFTEN = (9, 1, 1, 1, 1, 1, 1, 1, 1, 1)
FAMILY = ("Aaldenberg", "Benfictief", "Benfiktief", "Cavalcanti", "Dorpstraat", "Elzinga", "Ferrand")


def persons(seed: int, count: int) -> list[Entry]:
    chance = random.Random(seed)

    def date() -> str:
        year = chance.randint(1948, 2004)
        return chance.choice(
            (f"{year}", f"{year}-01-01", f"{year}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}")
        )

    return [
        Entry(
            f"E{i:05}",
            (" ".join([*chance.choices(GIVEN, OFTEN, k=chance.randint(1, 2)), chance.choice(FAMILY)]),),
            tuple(date() for _ in range(chance.choice((0, 1, 1, 1, 2)))),
            chance.choice(("M", "F", None)),
            (),
            (),
        )
        for i in range(count)
    ]


def promise(catalogue: Catalogue, near: dict[int, dict[int, int]], w: Weights, need: Need, name: int) -> int:
    """What one name promises, told without any short cut."""
    listing, listed = catalogue.listing, catalogue.persons
    row = listing.names[name]
    entry, count = int(row[OWNER]), int(row[LAST] - row[FIRST])
    price = int(w.left[MISSING, 0]) * count + int(w.left[MISSING, 1]) * int(row[TOTAL]) // 1000
    verdicts = [
        int(w.dates[compare_dates(need.date, int(date))])
        for date in listed.dates[listed.starts[entry, DATES] : listed.starts[entry + 1, DATES]]
        if need.date
    ]
    sex = int(listed.sex[entry])
    gains: dict[int, int] = {}
    for part in listing.name_parts[row[FIRST] : row[LAST]].tolist():
        for queried, share in near.get(part, {}).items():
            gains[queried] = max(gains.get(queried, 0), share)
    total = sum(gains.values()) - price * need.lenient // 1000 + max(verdicts, default=0)
    return total + (int(w.rest[SEX_SAME if sex == need.sex else SEX_DIFFERENT]) if sex and need.sex else 0)


def ranked(
    catalogue: Catalogue, look: Look, room: Choice, asked: tuple[str, str, int], least: int, most: int
) -> tuple[list[int], list[int]]:
    """Names as chosen, and as they would be if every name were looked at; best first."""
    w, (text, date, sex) = weights(), asked
    name, near = pack_names([text]), room.near
    prepare(look, catalogue.listing, w, name.data, 0, int(name.starts[1]))
    find_near(near, look, catalogue.listing, w)
    need = Need(*map(int, need_of(look, w, from_text(date) if date else 0, sex, least, most)))
    found: dict[int, dict[int, int]] = {}
    for form in np.flatnonzero(near.count[: len(look.forms)]).tolist():
        for i in range(near.at[form], near.at[form] + near.count[form]):
            rank = int(look.memory.near[i, RANK])
            p, gain = PART - (rank & PART), rank >> GAIN
            first, count = int(look.forms[form, F_FIRST]), int(look.forms[form, F_COUNT])
            for queried in range(first, first + count):
                shares = found.setdefault(p, {})
                shares[queried] = max(shares.get(queried, 0), gain // count)
    chosen = choose(room, look, catalogue.listing, catalogue.persons, w, need)
    names = [int(room.heap[k, 1]) for k in range(chosen)]
    every = [
        (-promise(catalogue, found, w, need, n), n)
        for n, row in enumerate(catalogue.listing.names)
        if set(catalogue.listing.name_parts[row[FIRST] : row[LAST]].tolist()) & set(found)
    ]
    wanted = [n for worth, n in sorted(every) if -worth >= need.least][:most]
    assert look.whole[PARTS] > 0
    return sorted(names), sorted(wanted)


@pytest.mark.parametrize("least", [-9_000, -2_000, 3_000])
@pytest.mark.parametrize("most", [5, 40])
def test_the_names_chosen_are_those_that_promise_most_of_all_that_share_a_part(least: int, most: int) -> None:
    listed = persons(3, 900)
    catalogue = build(listed)
    look, room = new_look(), new_choice(catalogue.listing, catalogue.persons, weights(), most)
    chance, seen = random.Random(least + most), 0
    asked = [(one, chance.choice(("", *one.birth_dates, "1975-06-30"))) for one in persons(4, 40)]
    # A digit of the year wrong.
    asked += [(one, f"{date[:2]}0{date[3:]}") for one in listed[:120] for date in one.birth_dates if date[5:]]
    for one, date in asked:
        chosen, wanted = ranked(
            catalogue, look, room, (one.names[0], date, chance.randint(0, 2)), least, most
        )
        assert chosen == wanted
        seen += len(chosen)
    assert seen > 20
