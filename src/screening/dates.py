"""All listed birth dates as columns, to bound in one sweep what a date of birth can add."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from screening.evidence import BIRTH_DATE, read_date
from screening.records import Entry

Floats = NDArray[np.float64]


class BirthDates:
    """One row per readable listed date, in the order of the entries."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        rows = [
            (i, *date)
            for i, entry in enumerate(entries)
            for date in (read_date(text) for text in entry.birth_dates)
            if date
        ]
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        self._entries, self._year, self._month, self._day = table.T
        self._dated, self._starts = np.unique(self._entries, return_index=True)
        self._size = len(entries)

    def most(self, text: str | None) -> Floats:
        """(n,) per entry an upper bound in bits on what this birth date adds; 0 where nothing is known."""
        bounds = np.zeros(self._size)
        date = read_date(text or "")
        if not date or not len(self._dated):
            return bounds
        year, month, day = date
        apart = np.abs(self._year - year)
        alike = (self._month == month) | (self._day == day) | (self._month == day) | (self._day == month)
        alike |= (self._month == 0) | (month == 0)
        rows = np.where(
            apart == 0,
            np.where(alike, BIRTH_DATE["same"], BIRTH_DATE["different"]),
            np.where(apart == 1, BIRTH_DATE["off_by_one_year"], BIRTH_DATE["different"]),
        )
        bounds[self._dated] = np.maximum.reduceat(rows, self._starts)
        return bounds
