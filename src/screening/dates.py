"""All listed birth dates by year, to bound in one sweep what a date of birth can add."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from screening.evidence import (
    BIRTH_DATE,
    ESTIMATED,
    ESTIMATED_YEARS,
    PARTLY_DIFFERENT,
    Date,
    is_filled_in,
    read_date,
)
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
        # Not full: a lacking day, or one that was filled in.
        self._estimated = (self._month == 0) | (self._month == 1) & (self._day == 1)
        self._partly = self._estimated | (self._day == 0)
        self._none = np.zeros(len(entries))
        self._different = self._none.copy()
        self._different[self._entry] = BIRTH_DATE["different"]
        self._different[self._entry[self._partly]] = PARTLY_DIFFERENT
        self._partly_different = self._none.copy()
        self._partly_different[self._entry] = PARTLY_DIFFERENT

    def most(self, text: str | None) -> Floats:
        """(n,) per entry an upper bound in bits on what this birth date adds; 0 where nothing is known."""
        date = read_date(text or "")
        if not date:
            return self._none.copy()
        year, month, day = date
        estimated = not month or is_filled_in(*date)
        first, last = np.searchsorted(self._year, [year - ESTIMATED_YEARS, year + ESTIMATED_YEARS + 1])
        near = slice(first, last)
        bounds = (self._partly_different if estimated or not day else self._different).copy()
        np.maximum.at(bounds, self._entry[near], self._most_near(near, date, estimated))
        # A slip in the year may lead anywhere.
        slips = self._entry[(self._month == month) & (self._day == day)]
        np.maximum.at(bounds, slips, np.full(len(slips), PARTLY_DIFFERENT if estimated else ESTIMATED))
        return bounds

    def _most_near(self, near: slice, date: Date, estimated: bool) -> Floats:
        """(n,) per row of these years the most bits it can add."""
        year, month, day = date
        months, days = self._month[near], self._day[near]
        apart = np.abs(self._year[near] - year)
        either = self._estimated[near] | estimated
        alike = (months == month) | (days == day) | (months == day) | (days == month)
        alike |= either | (days == 0) | (day == 0)
        return np.select(
            [(apart == 0) & alike, apart == 1, (apart > 1) & either],
            [BIRTH_DATE["same"], BIRTH_DATE["off_by_one_year"], ESTIMATED],
            BIRTH_DATE["different"],
        )
