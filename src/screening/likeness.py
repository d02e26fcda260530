"""How alike two name parts are: in words for the reader, in bits for the sum."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA, Indel

from screening.records import How
from screening.spelling import fold, forms, skeleton, without_title


@dataclass(frozen=True, slots=True)
class Likeness:
    """cost: the bits that this kind of agreement is worth less than an equal spelling.

    close: near enough to accept even between parts that were written as one
    """

    how: How
    cost: float
    close: bool = False


SAME = Likeness("same", 0.0, close=True)
SPELLING = 1.0
VOWELS = 1.5
VOWELS_PER_SHARE = 8.0
TYPO = 2.0
TYPO_PER_SHARE = 18.0
AFFIX = 1.0
# Below this likeness of the letters, equal consonants are chance.
LEAST_RATIO = 0.5
# The largest share of wrong letters that is close.
CLOSE = 0.17
# Shorter texts are close only if they fold alike: a letter is too much of them.
CLOSE_LENGTH = 6


def likeness(one: str, other: str) -> Likeness | None:
    """Compare two parts (upper-case A-Z). Symmetric; None when nothing explains the difference."""
    if one == other:
        return SAME
    best = _compare(one, other)
    forms_one, forms_other = forms(one), forms(other)
    if len(forms_one) == len(forms_other) == 1:
        return best
    for i, a in enumerate(forms_one):
        for j, b in enumerate(forms_other):
            if (i or j) and (found := _compare(a, b)):
                cost = found.cost + AFFIX * (bool(i) + bool(j))
                if best is None or cost < best.cost:
                    # A title is no part of the name, an article is: only without the first
                    # may the rest stand for several parts.
                    titled = a in (one, without_title(one)) and b in (other, without_title(other))
                    best = Likeness("affix", cost, found.close and titled)
    return best


def _compare(one: str, other: str) -> Likeness | None:
    if one == other:
        return SAME
    a, b = fold(one), fold(other)
    if a == b:
        return Likeness("spelling", SPELLING, close=True)
    shorter, longer = sorted((len(one), len(other)))
    allowed = allowed_edits(shorter)
    bones = skeleton(a)
    sounds = len(bones) >= 2 and bones == skeleton(b)
    if not sounds and (shorter < 3 or min(longer - shorter, abs(len(a) - len(b))) > allowed):
        return None
    edits = min(OSA.distance(one, other), OSA.distance(a, b))
    share = edits / longer
    close = share <= CLOSE and shorter >= CLOSE_LENGTH
    found: Likeness | None = None
    if sounds and Indel.normalized_similarity(one, other) >= LEAST_RATIO:
        found = Likeness("spelling", VOWELS + VOWELS_PER_SHARE * share, close)
    if shorter >= 3 and edits <= allowed:
        typo = Likeness("typo", TYPO + TYPO_PER_SHARE * share, close)
        found = typo if found is None or typo.cost < found.cost else found
    return found


def allowed_edits(length: int) -> int:
    """One in parts up to six letters, one more for every four letters beyond."""
    return 1 + max(0, length - 3) // 4
