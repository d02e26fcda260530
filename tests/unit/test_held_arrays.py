"""Arrays that are held come into compiled code as they are."""

from typing import Any, NamedTuple

import numpy as np

from screening.compiled import Held, maker, opened, settled


class Pair(NamedTuple):
    rows: Any
    empty: Any


@maker
def made_of(held: int, factor: int) -> Any:
    pair, last = opened(held)
    last[0] += np.uint8(1)
    return pair.rows[1:] * factor, len(pair.empty), pair.empty.shape[1]


def test_tuples_of_arrays_are_opened_as_they_were_given() -> None:
    last = np.array([6, 9], np.uint8)
    held = Held(Pair(np.arange(6, dtype=np.int32).reshape(3, 2), np.zeros((0, 4), np.int64)), last)

    rows, empty, columns = settled(made_of, held, 2)(held.address, 2)

    assert rows.tolist() == [[4, 6], [8, 10]]
    assert (empty, columns) == (0, 4)
    assert last.tolist() == [7, 9]
