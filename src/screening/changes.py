"""Entries added to a list and removed from it: what stays is copied, not read and laid out again.

The arrays come out equal to those of the changed list built afresh, so every answer and the
version are equal too. What depends on the whole list (rarities, which names hold a part) is
counted again from numbers; texts, dates and documents of what stays are never looked at.
"""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from screening.catalogue import Catalogue, build, entry_at
from screening.listing import FIRST, LAST, A, B, Births, Listing, arrange
from screening.parts import Offsets, Parts, Texts, distinct, pack_names, read
from screening.persons import DATES, DOCUMENTS, NAMES, NATIONALITIES, Persons, by_document
from screening.rarity import per_mille
from screening.records import Entry
from screening.spelling import Bytes, Ints

Number = TypeVar("Number", bound=np.generic)


class Run(NamedTuple):
    """Entries first:last of a catalogue, which go on after one another in the changed one."""

    source: Catalogue
    first: int
    last: int


def changed(old: Catalogue, added: Iterable[Entry], removed: Iterable[str]) -> Catalogue:
    """The list without those removed (keys that are not there count for nothing), with those added.

    An entry added under a key that is there takes its place; of two added under one key the last counts.
    """
    changes = {entry.key: entry for entry in added}
    new = build(changes.values())
    keys = sorted(changes)
    runs = _runs(old, new, keys, {*removed} - {*keys})
    if not runs:
        return new
    sizes = np.concatenate([np.zeros((1, 4), np.int64), *(np.diff(_of(run), axis=0) for run in runs)])
    persons = _persons(runs, np.cumsum(sizes, axis=0))
    entries = Texts(
        _joined(runs, lambda one: one.entries.data, lambda one: one.entries.starts),
        _starts([np.diff(run.source.entries.starts[run.first : run.last + 1]) for run in runs]),
    )
    return Catalogue(entries, _listing(old, new, runs, persons), persons)


def _of(run: Run) -> Offsets:
    return run.source.persons.starts[run.first : run.last + 1]


def _runs(old: Catalogue, new: Catalogue, added: Sequence[str], removed: Collection[str]) -> list[Run]:
    """In the order of their keys: stretches of the old list, and between them what was added."""
    places = range(len(old.entries.starts) - 1)
    runs: list[Run] = []
    done = 0
    fresh = {key: i for i, key in enumerate(added)}
    for key in sorted([*added, *removed]):
        at = bisect_left(places, key, key=lambda i: entry_at(old, i).key)
        runs.append(Run(old, done, at))
        if key in fresh:
            runs.append(Run(new, fresh[key], fresh[key] + 1))
        done = at + (at < len(places) and entry_at(old, at).key == key)
    runs.append(Run(old, done, len(places)))
    return [run for run in runs if run.first < run.last]


def _starts(sizes: Sequence[Offsets]) -> Offsets:
    return np.cumsum(np.concatenate([np.zeros(1, np.int64), *sizes]))


def _joined(
    runs: Sequence[Run],
    data: Callable[[Catalogue], NDArray[Number]],
    starts: Callable[[Catalogue], Offsets],
) -> NDArray[Number]:
    """What the entries of all runs have in an array, after one another."""
    pieces = [data(source)[starts(source)[first] : starts(source)[last]] for source, first, last in runs]
    return np.concatenate(pieces)


def _persons(runs: Sequence[Run], starts: Offsets) -> Persons:
    """What stands beside the names. starts: (e + 1, 4), each column from 0 on."""
    dates = _joined(runs, lambda one: one.persons.dates, lambda one: one.persons.starts[:, DATES])
    sexes = [run.source.persons.sex[run.first : run.last] for run in runs]
    hashes = [
        _joined(runs, lambda one: one.persons.hashes, partial(_column, of))
        for of in (NATIONALITIES, DOCUMENTS)
    ]
    starts[:, DOCUMENTS] += starts[-1, NATIONALITIES]
    both = np.concatenate(hashes)
    return Persons(starts, dates, np.concatenate(sexes), both, *by_document(starts, both))


def _column(of: int, catalogue: Catalogue) -> Offsets:
    return catalogue.persons.starts[:, of]


def _listing(old: Catalogue, new: Catalogue, runs: Sequence[Run], persons: Persons) -> Listing:
    """Number the parts of both lists as one, and arrange the names anew."""
    used = np.zeros(len(old.listing.parts), np.bool_)
    pieces = [(run.source is old, *_names(run)) for run in runs]
    for from_old, parts, _ in pieces:
        if from_old:
            used[parts] = True
    kept = np.flatnonzero(used)
    world = read(pack_names(list(per_mille())))
    rows = [(old.listing, kept), (new.listing, np.arange(len(new.listing.parts)))]
    letters = [_letters(listing, which) for listing, which in rows]
    every = [*letters, (world.letters, np.diff(world.starts))]
    starts = _starts([sizes for _, sizes in every])
    together = Parts(np.concatenate([text for text, _ in every]), starts, starts[:1])
    spellings, which = distinct(together)
    of_old, of_new = np.zeros(len(used), np.int32), which[len(kept) : len(kept) + len(new.listing.parts)]
    of_old[kept] = which[: len(kept)]
    listed = [(of_old if from_old else of_new)[parts] for from_old, parts, _ in pieces]
    owner = np.repeat(np.arange(len(persons.sex), dtype=np.int32), np.diff(persons.starts[:, NAMES]))
    name_starts = _starts([sizes for _, _, sizes in pieces])
    births = Births(persons.starts[:, DATES], persons.dates)
    return arrange(spellings, np.concatenate(listed), name_starts, owner, births)


def _names(run: Run) -> tuple[Ints, Offsets]:
    """The parts of all names of a run, and how many each name has."""
    listing, starts = run.source.listing, run.source.persons.starts[:, NAMES]
    names = listing.names[starts[run.first] : starts[run.last]]
    if not len(names):
        return np.zeros(0, np.int32), np.zeros(0, np.int64)
    return listing.name_parts[names[0, FIRST] : names[-1, LAST]], (names[:, LAST] - names[:, FIRST]).astype(
        np.int64
    )


def _letters(listing: Listing, which: Offsets) -> tuple[Bytes, Offsets]:
    """The letters of some parts after one another, and how many each has."""
    first, last = listing.parts[which, A].astype(np.int64), listing.parts[which, B].astype(np.int64)
    sizes = last - first
    ends = np.cumsum(sizes)
    at = np.repeat(first - (ends - sizes), sizes) + np.arange(int(sizes.sum()))
    return listing.letters[at], sizes
