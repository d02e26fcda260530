"""Any spelling in any script to comparable Latin parts, and the keys by which parts find each other."""

import re
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

# Longest name that is compared; real listed names stay below it. Bounds the work per pair.
MAX_PARTS = 10
# ICAO 9303: the name field of a passport's machine-readable zone holds 39 characters.
MRZ_NAME_LENGTH = 39

TITLES = frozenset({"MR", "MRS", "MS", "MISS", "MSTR", "MSTER", "DR", "PROF"})
GLUED_TITLES = ("MSTR", "MISS", "MRS", "MR", "DR")
ARTICLES = ("AL", "EL", "UL")

_APOSTROPHES = re.compile(r"['`´‘’ʻʼʾʿ]")
_NOT_LETTERS = re.compile(r"[^A-Z]+")

# Transliteration habits, longest first. The aim is that spellings of one name fall
# together, not that the result can be pronounced.
_FOLDS = (
    ("TSCH", "C"),
    ("TCH", "C"),
    ("SHCH", "S"),
    ("SCH", "S"),
    ("DZH", "J"),
    ("OUA", "VA"),
    ("DJ", "J"),
    ("DZ", "Z"),
    ("KH", "H"),
    ("GH", "G"),
    ("PH", "F"),
    ("TH", "T"),
    ("DH", "D"),
    ("ZH", "Z"),
    ("SH", "S"),
    ("CH", "S"),
    ("CZ", "S"),
    ("CK", "K"),
    ("QU", "K"),
    ("CE", "SE"),
    ("CI", "SI"),
    ("TZ", "Z"),
    ("TS", "Z"),
    ("OU", "U"),
    ("OO", "U"),
    ("EE", "I"),
    ("IE", "I"),
    ("EI", "I"),
    ("EY", "I"),
    ("AI", "I"),
    ("AY", "I"),
    ("IY", "I"),
    ("IJ", "I"),
    ("X", "KS"),
)
_FOLD_PATTERN = re.compile("|".join(pattern for pattern, _ in _FOLDS))
_FOLD_TABLE = dict(_FOLDS)
_LETTERS = str.maketrans("CQWJYEO", "KKVIIAU")
_DOUBLES = re.compile(r"(.)\1+")
_DOUBLE_CONSONANTS = re.compile(r"([^AEIOU])\1+")
_SILENT = re.compile(r"(?<=.)H$|(?<=[^AIUH])H(?=[^AIU])")
_VOWELS = str.maketrans("", "", "AIUH")


@lru_cache(maxsize=65_536)
def parts_of(name: str) -> tuple[str, ...]:
    """Split a name into upper-case A-Z parts, at most MAX_PARTS, titles left out.

    Hyphens and spaces divide, apostrophes vanish. A name of titles only keeps them;
    text without any letter gives no parts.
    """
    latin = anyascii(_APOSTROPHES.sub("", name)).upper()
    words = [word for word in _NOT_LETTERS.split(latin.replace("'", "").replace("`", "")) if word]
    bare = [word for word in words if word not in TITLES]
    return tuple((bare or words)[:MAX_PARTS])


def may_be_truncated(parts: tuple[str, ...]) -> bool:
    """Whether the name fills the passport's name field, so that its tail may be cut off."""
    return sum(map(len, parts)) + len(parts) - 1 >= MRZ_NAME_LENGTH - 1


@lru_cache(maxsize=262_144)
def fold(part: str) -> str:
    """One spelling for the transliteration variants of a part: MOHAMMED and MUHAMAD both MUHAMAD."""
    folded = _FOLD_PATTERN.sub(lambda match: _FOLD_TABLE[match[0]], _DOUBLE_CONSONANTS.sub(r"\1", part))
    return _DOUBLES.sub(r"\1", _SILENT.sub("", folded.translate(_LETTERS))) or part


@lru_cache(maxsize=262_144)
def skeleton(folded: str) -> str:
    """The consonants of a folded part: what is left when vowels are written by ear, or not at all."""
    return _DOUBLES.sub(r"\1", folded.translate(_VOWELS))


@lru_cache(maxsize=262_144)
def forms(part: str) -> tuple[str, ...]:
    """The part itself, then itself without a glued title (MOLLYMRS), then without an article (ALNASSER)."""
    bare = without_title(part)
    found = (part,) if bare == part else (part, bare)
    return (*found, bare[2:]) if bare.startswith(ARTICLES) and len(bare) >= 6 else found


def without_title(part: str) -> str:
    """The part without a title that was glued to its end; a short rest is no name."""
    for title in GLUED_TITLES:
        if part.endswith(title) and len(part) >= len(title) + 2:
            return part[: -len(title)]
    return part


def _less_any(text: str) -> Iterator[str]:
    yield text
    if len(text) >= 3:
        for i in range(len(text)):
            yield text[:i] + text[i + 1 :]


def folded_keys(part: str) -> Iterator[str]:
    """The fold of a part, and the fold less any one letter.

    By these one wrong, lost, doubled or swapped letter is found wherever it stands, the
    first included.
    """
    return _less_any(fold(part))


def merged_keys(part: str) -> Iterator[str]:
    """The keys for parts that are joined for the look-up, with and without a glued title."""
    yield from folded_keys(part)
    if (bare := without_title(part)) != part:
        yield from folded_keys(bare)


def keys(part: str) -> Iterator[str]:
    """The keys under which a part finds its neighbours: two parts are compared if they share one.

    Of each of its forms the folded keys, the same for the letters as written (a slip can make
    the fold look quite different: BAUD and BQUD), the consonants, and long rows of them less any one.
    """
    for form in forms(part):
        yield from folded_keys(form)
        yield from ("+" + key for key in _less_any(form))
        bones = skeleton(fold(form))
        if len(bones) >= 2:
            yield "-" + bones
        if len(bones) >= 4:
            for i in range(len(bones)):
                yield "-" + bones[:i] + bones[i + 1 :]
