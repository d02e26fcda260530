"""The words by which one name is looked up in a register: exact look-ups that still find its variants.

Where a list is compared, ``Index`` weighs every part. A register of people is asked by equal words
instead, so that its database answers from an index and nothing is loaded that the asker may not see.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from screening.parts import distinct, pack_names, read
from screening.spelling import MAX_LETTERS, Bytes, bones


class Word(NamedTuple):
    """One part of a name. letters: as written, in upper case; fold: one spelling for its transliterations;
    bones: the consonants of the fold, empty when there are fewer than two."""

    letters: str
    fold: str
    bones: str


def words_of(names: Sequence[str]) -> list[tuple[Word, ...]]:
    """The parts of each name in order. Titles are left out; never raises."""
    parts = read(pack_names(names))
    if len(parts.starts) == 1:
        return [() for _name in names]
    spellings, which = distinct(parts)
    room = np.empty(MAX_LETTERS, np.uint8)
    words = [
        Word(
            _text(spellings.letters[spellings.starts[i] : spellings.starts[i + 1]]),
            _text(spellings.folds[spellings.fold_starts[i] : spellings.fold_starts[i + 1]]),
            _bones(spellings.folds, spellings.fold_starts[i], spellings.fold_starts[i + 1], room),
        )
        for i in range(len(spellings.starts) - 1)
    ]
    return [tuple(words[i] for i in which[parts.names[n] : parts.names[n + 1]]) for n in range(len(names))]


def _bones(folds: Bytes, a: int, b: int, room: Bytes) -> str:
    size = bones(folds, a, b, room, 0)
    return _text(room[:size]) if size >= 2 else ""


def _text(letters: Bytes) -> str:
    return (letters + 65).tobytes().decode("ascii")
