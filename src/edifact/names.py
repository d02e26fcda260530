"""Given names without the titles that reservation systems glue to them."""

import re
from collections.abc import Sequence

from edifact.records import Name

TITLES = frozenset({
    "MR", "MRS", "MS", "MISS", "MSTR", "MST", "MSTER", "DR", "PROF", "SIR", "REV", "CAPT", "CHD",
    "INF", "DHR", "MEVR", "MME", "MLLE", "HERR", "FRAU",
})  # fmt: skip
UNKNOWN = frozenset({"FNU", "LNU", "NFN", "FNUMR", "FNUMRS", "FNUMS"})  # "first name unknown"
# (title, letters it needs before it). DR is absent: ALEXANDR. MR needs two: AMR is a name, and JMR may be
# initials.
GLUED = (("MSTR", 1), ("MISS", 2), ("MRS", 1), ("PROF", 3), ("MR", 2), ("MS", 2))
ENDS = frozenset(title[-2:] for title, _ in GLUED)
_LEADING = re.compile(r"^(?:MRS|MR)(?=[BCDFGHJKLNPQSTVWXZ][A-Z]{2})")
# Given names that end in letters which look like a title.
WHOLE = frozenset({
    "ADAMS", "ABRAMS", "WILLIAMS", "SIMS", "SIMMS", "SYMS", "HELMS", "TOMS", "JAMS", "HAMS", "SAMR",
    "QAMR", "ZAMR", "TAMR", "NIMR", "GHAMR",
})  # fmt: skip
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")


def cleaned(raw: str, *, glued: bool) -> str:
    """The given names freed of titles; "" for "first name unknown".

    glued: also titles without a blank before them (MOLLYMRS), as PNRs have them. What is
    cut off cannot be known for certain: keep the raw form beside it.
    """
    if raw.isalpha():  # one word, as most are
        capitals = raw.upper()
        if capitals in UNKNOWN:
            return ""
        if not glued or (capitals[-2:] not in ENDS and raw[:2] != "MR"):
            return raw
        word = _unglued(raw)
        return _LEADING.sub("", word) if word[:2] == "MR" else word
    words = raw.split()
    while len(words) > 1 and words[-1].upper().rstrip(".") in TITLES:
        words.pop()
    while len(words) > 1 and words[0].upper().rstrip(".") in TITLES:
        words.pop(0)
    if len(words) == 1 and words[0].upper() in UNKNOWN:
        return ""
    if glued and words:
        words[-1] = _unglued(words[-1])
        words[0] = _LEADING.sub("", words[0])
    return " ".join(words)


def parted(parts: Sequence[str]) -> tuple[str, str]:
    """Surname and given names as sent, from the parts of a name.

    Some fill one part as a travel document (DE<VRIES<<JAN), a ticket (DE VRIES/JAN) or a telephone book
    (DE VRIES, JAN) has it.
    """
    surname, *given = [part.strip() for part in parts] or [""]
    raw = " ".join(part for part in given if part)
    if not raw:
        mark = next((mark for mark in ("<<", "/", ",") if mark in surname.strip("<")), "")
        surname, _, raw = surname.partition(mark) if mark else (surname, "", "")
    return _unfilled(surname), _unfilled(raw)


def _unfilled(text: str) -> str:
    """Without the fillers of the machine readable zone."""
    return " ".join(text.replace("<", " ").split()) if "<" in text else text.strip()


def _unglued(word: str) -> str:
    capitals = word.upper()
    if capitals[-2:] not in ENDS or capitals in WHOLE:
        return word
    for title, needs in GLUED:
        if capitals.endswith(title) and len(word) - len(title) >= needs:
            return word[: -len(title)]
    return word


def squeezed(name: str) -> str:
    """Letters and digits only, in capitals: to compare names that wraps and blanks disturbed."""
    return name.upper() if name.isalnum() else _NOT_ALPHANUMERIC.sub("", name.upper())


def both(name: Name) -> tuple[str, str]:
    """Surname and given names, squeezed."""
    return squeezed(name.surname), squeezed(name.given_names)
