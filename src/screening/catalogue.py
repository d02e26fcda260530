"""A list as it was given, an entry a row, beside the arrays that it is searched by."""

import hashlib
import json
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from screening.listing import Births, Listing, lay_out
from screening.parts import Texts, pack, pack_names
from screening.persons import DATES, NAMES, Persons, lay_out_persons
from screening.records import Entry

# Raised when the arrays of an index change their meaning, so that an older one is not taken for it.
LAYOUT = b"12"
_ROWS = json.JSONDecoder()


class Catalogue(NamedTuple):
    """entries: each as JSON, by key; listing: their names; persons: what they have beside these."""

    entries: Texts
    listing: Listing
    persons: Persons


def as_row(entry: Entry) -> str:
    fields = [entry.key, entry.names, entry.birth_dates, entry.sex, entry.nationalities, entry.documents]
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":"))


def entry_at(catalogue: Catalogue, i: int) -> Entry:
    texts = catalogue.entries
    # As text, and without looking for what follows: bytes take twice as long, and a look-up waits for ten.
    row = str(texts.data[texts.starts[i] : texts.starts[i + 1]].data, "ascii")
    (key, names, dates, sex, nationalities, documents), _ = _ROWS.raw_decode(row)
    return Entry(key, tuple(names), tuple(dates), sex, tuple(nationalities), tuple(documents))


def build(entries: Iterable[Entry]) -> Catalogue:
    """Lay out a list, whatever its order. Refuses (ValueError) a key that occurs twice.

    Holds a few hundred bytes for each entry; never all entries as objects.
    """
    keys: list[str] = []
    rows: list[bytes] = []
    sexes: list[str | None] = []
    # Names, dates of birth, nationalities and documents.
    columns: tuple[list[tuple[str, ...]], ...] = ([], [], [], [])
    for entry in entries:
        keys.append(entry.key)
        rows.append(as_row(entry).encode())
        sexes.append(entry.sex)
        fields = (entry.names, entry.birth_dates, entry.nationalities, entry.documents)
        for column, field in zip(columns, fields, strict=True):
            column.append(field)
    order = sorted(range(len(keys)), key=keys.__getitem__)
    for i, j in pairwise(order):
        if keys[i] == keys[j]:
            raise ValueError(f"Two entries have the key {keys[i]!r}.")
    names, dates, nationalities, documents = ([column[i] for i in order] for column in columns)
    persons = lay_out_persons(names, dates, [sexes[i] for i in order], nationalities, documents)
    owner = np.repeat(np.arange(len(order), dtype=np.int32), np.diff(persons.starts[:, NAMES]))
    texts = pack_names([name for several in names for name in several])
    listing = lay_out(texts, owner, Births(persons.starts[:, DATES], persons.dates))
    return Catalogue(pack([rows[i] for i in order]), listing, persons)


def version_of(catalogue: Catalogue) -> str:
    """A hash of the content: equal for equal entries in any order, on any machine."""
    entries = catalogue.entries
    return hashlib.sha256(LAYOUT + entries.data.tobytes() + entries.starts.tobytes()).hexdigest()
