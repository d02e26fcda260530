"""In a word, how two parts agree: what a person reads of a kind of agreement."""

from typing import Final

from screening.compiled import compiled
from screening.likeness import FOLDED, INITIAL, LETTERS, MERGED, MERGED_NEAR, ONE_SOUND, PREFIX, same_row
from screening.records import How
from screening.spelling import A, Bytes, E, L, U, glued_title

SAME, SPELLING, TYPO, AFFIX, MERGED_AS_ONE, TRUNCATED, MISSING, EXTRA = range(8)
WORDS: Final[tuple[How, ...]] = (
    "same",
    "spelling",
    "typo",
    "affix",
    "merged",
    "truncated",
    "missing",
    "extra",
)


@compiled
def word_of(kind: int, one: Bytes, span: tuple[int, int], other: Bytes, listed: tuple[int, int]) -> int:
    """The word for two parts that agree in this kind. span, listed: where their letters begin and end."""
    a, b = span
    c, d = listed
    if kind == MERGED or kind == MERGED_NEAR:
        return MERGED_AS_ONE
    if kind == PREFIX or kind == INITIAL:
        return TRUNCATED
    if same_row(one, a, b, other, c, d):
        return SAME
    title = glued_title(one, a, b)
    if title and same_row(one, a, b - title, other, c, d):
        return AFFIX
    if _is_article(one, a, b) and same_row(one, a + 2, b, other, c, d):
        return AFFIX
    if _is_article(other, c, d) and same_row(one, a, b, other, c + 2, d):
        return AFFIX
    return SPELLING if FOLDED <= kind < LETTERS or kind == ONE_SOUND else TYPO


@compiled
def _is_article(letters: Bytes, a: int, b: int) -> bool:
    """AL EL UL, and letters after it."""
    first = letters[a]
    return b - a > 2 and letters[a + 1] == L and (first == A or first == E or first == U)
