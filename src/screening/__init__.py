"""Names to comparable form, candidates, scores, explanations.

Compares records, never people: a candidate says that two records resemble each other and
shows, part by part, why and what speaks against it. Scores are bits of evidence: each bit
doubles the odds that both records are of one person. They are additive and unbounded, an
agreement that is added never lowers them, and equal input gives equal output in equal order
on any machine. Knows neither Django nor samenhang.

Read in this order: records, spelling, parts, rarity, listing, query, candidates, likeness,
alignment, persons, search, wording, explanation, writing, changes, index.
"""

from screening.index import Index
from screening.records import Candidate, Entry, Evidence, Part, Query

__all__ = ["DEFAULT_THRESHOLD", "VERSION", "Candidate", "Entry", "Evidence", "Index", "Part", "Query"]

# Part of every stored result. Changes whenever an equal query could get another answer.
VERSION = "11"
# Bits; fewer than 5 false hits on a peak day against 1,000 alerts: bench/screening_innocents.py.
DEFAULT_THRESHOLD = 5.0
