"""All listed birth dates by year, to bound in one sweep what a date of birth can add."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from screening.evidence import BIRTH_DATE, ESTIMATED, ESTIMATED_YEARS, read_date
from screening.records import Entry

Floats = NDArray[np.float64]


class BirthDates:
    """One row per readable listed date, ordered by year."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        rows = sorted(
            (*date, i)
            for i, entry in enumerate(entries)
            for date in (read_date(text) for text in entry.birth_dates)
            if date
        )
        table = np.array(rows, dtype=np.int64).reshape(-1, 4)
        self._year, self._month, self._day, self._entry = table.T.copy()
        self._none = np.zeros(len(entries))
        self._different = self._none.copy()
        self._different[self._entry] = BIRTH_DATE["different"]

    def most(self, text: str | None) -> Floats:
        """(n,) per entry an upper bound in bits on what this birth date adds; 0 where nothing is known."""
        date = read_date(text or "")
        if not date:
            return self._none.copy()
        year, month, day = date
        first, last = np.searchsorted(self._year, [year - ESTIMATED_YEARS, year + ESTIMATED_YEARS + 1])
        near = slice(first, last)
        months, days = self._month[near], self._day[near]
        apart = np.abs(self._year[near] - year)
        estimated = (months == 0) | (month == 0)
        alike = (
            (months == month)
            | (days == day)
            | (months == day)
            | (days == month)
            | estimated
            | (days == 0)
            | (day == 0)
        )
        rows = np.select(
            [(apart == 0) & alike, apart == 1, (apart > 1) & estimated],
            [BIRTH_DATE["same"], BIRTH_DATE["off_by_one_year"], ESTIMATED],
            BIRTH_DATE["different"],
        )
        bounds = self._different.copy()
        np.maximum.at(bounds, self._entry[near], rows)
        return bounds
