"""Whether a text names somebody: for what must hold no name, such as the place of a meeting or a desk."""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+")


def names_anybody(text: str, names: Iterable[str]) -> bool:
    """Whether a name stands in the text whole, or its last word does: by that people are called.

    names: one may be several of one person, joined by " / ".
    """
    said = _in_words(text)
    for name in (one for joined in names for one in joined.split(" / ")):
        words = _in_words(name).split()
        if words and (_in_words(name) in said or f" {words[-1]} " in said):
            return True
    return False


def _in_words(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.casefold()))} "
