"""Names to comparable form, candidates, scores, explanations.

Compares records, never people: a candidate says that two records resemble each other and
shows, part by part, why and what speaks against it. Scores are bits of evidence against
chance: 10 bits is a resemblance that one in about a thousand unrelated records would
have. They are additive and unbounded, an agreement that is added never lowers them, and
equal input gives equal output in equal order. Knows neither Django nor samenhang.
"""

from screening.index import Index
from screening.records import Candidate, Entry, Evidence, Part, Query

__all__ = ["DEFAULT_THRESHOLD", "VERSION", "Candidate", "Entry", "Evidence", "Index", "Part", "Query"]

# Part of every stored result. Changes whenever an equal query could get another answer.
VERSION = "2"
# Bits; measured in bench/screening_quality.py.
DEFAULT_THRESHOLD = 17.0
