"""What goes in and what comes out: listed entries, queries, and candidates that explain themselves."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

How = Literal["same", "spelling", "typo", "affix", "merged", "truncated", "missing", "extra"]
Kind = Literal["name", "birth_date", "sex", "nationality", "document"]
Verdict = Literal[
    "same",
    "same_month",
    "year_only",
    "day_month_swapped",
    "off_by_one_year",
    "same_year",
    "different",
    "other_record",
    "unknown",
]


@dataclass(frozen=True)
class Entry:
    """One listed person, as the list has it.

    names: in any script and any order; each is an alternative, not an addition
    birth_dates: ISO "YYYY-MM-DD", "YYYY-MM" or "YYYY"; alternatives likewise
    sex: "M", "F" or None; nationalities: ISO 3166-1 alpha-3; documents: numbers as printed
    """

    key: str
    names: tuple[str, ...]
    birth_dates: tuple[str, ...] = ()
    sex: str | None = None
    nationalities: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """One person to look up; each name holds all parts, in any order."""

    key: str
    names: tuple[str, ...]
    birth_date: str | None = None
    sex: str | None = None
    nationality: str | None = None
    documents: tuple[str, ...] = ()


class Part(NamedTuple):
    """One line of the name comparison: which part beside which, and what it is worth.

    weight: bits (log2 of a likelihood ratio); positive speaks for the same person.
    A missing part has no query text, an extra part no listed text.
    """

    query: str
    listed: str
    how: How
    weight: float


class Evidence(NamedTuple):
    """One line beside the name: dates, sex, nationality or a document, in bits like a Part."""

    kind: Kind
    verdict: Verdict
    query: str
    listed: str
    weight: float


class Candidate(NamedTuple):
    """A resemblance of two records, not a finding about a person.

    score: the sum of all weights, in bits, rounded like them to three decimals. It has
    no upper bound, so candidates stay rankable however strong they are.
    """

    query_key: str
    entry_key: str
    listed_name: str
    score: float
    parts: tuple[Part, ...]
    evidence: tuple[Evidence, ...]

    @property
    def for_(self) -> tuple[Part | Evidence, ...]:
        """What speaks for the same person, in the order of the comparison."""
        return tuple(line for line in self._lines if line.weight > 0)

    @property
    def against(self) -> tuple[Part | Evidence, ...]:
        """What speaks against, in the order of the comparison."""
        return tuple(line for line in self._lines if line.weight < 0)

    @property
    def _lines(self) -> tuple[Part | Evidence, ...]:
        lines: list[Part | Evidence] = [*self.parts]
        return (*lines, *self.evidence)
