"""The letter's words for how exact a figure is, and the rounding that each word promises."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices

from samenhang.foundation import small

TABLE = Path(__file__).parents[1] / "data" / "precision.json"

# One to four are not published: somebody could recognise a person.
SMALLEST_PUBLISHED = small.SMALLEST

Value = int | str | tuple[int, ...]


class Word(TextChoices):
    EXACT = "exact"
    CIRCA = "circa"
    RUIM = "ruim"
    ONGEVEER = "ongeveer"
    ESTIMATE = "estimate"
    UNKNOWN = "unknown"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Stated:
    """A value as it may leave, with its word. No value when it is suppressed."""

    value: Value | None
    word: Word


SUPPRESSED = Stated(None, Word.SUPPRESSED)
UNKNOWN = Stated(None, Word.UNKNOWN)


def is_small(counted: int | tuple[int, ...]) -> bool:
    """A count that could point at a person. A list says something of each person in it, so it always is."""
    if isinstance(counted, tuple):
        return bool(counted)
    return small.is_small(counted)


def stated(word: Word, counted: int | tuple[int, ...]) -> Stated:
    """What the word makes of a count.

    ``ruim`` is the ten below; exactly on a ten it would be untrue, and below ten
    it would be “over zero”: there the word is ``circa``. Nothing counted is
    exactly nothing, whatever the word.
    """
    if isinstance(counted, tuple) or counted == 0 or word == Word.EXACT:
        return Stated(counted, Word.EXACT)
    if word == Word.RUIM and counted > 10 and counted % 10:
        return Stated(counted // 10 * 10, Word.RUIM)
    if word in {Word.RUIM, Word.CIRCA}:
        return Stated(_nearest(counted, 10), Word.CIRCA)
    if word == Word.ONGEVEER:
        return Stated(_nearest(counted, 100), Word.ONGEVEER)
    raise ValueError(f"no count is stated with the word {word}")


def _nearest(counted: int, step: int) -> int:
    """To the nearest step, halves upwards."""
    return (counted + step // 2) // step * step


@cache
def words() -> Mapping[str, Mapping[str, Any]]:
    """The words with their place in the letter, how they are printed, and the rule in two languages."""
    table: dict[str, dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table["words"]


def printed(said: Stated, language: str, *, spelled: bool = False) -> str:
    """As the letter would print it: “ruim dertig”, “29”, “circa 130”, “90 en 60”."""
    word = words()[said.word]["printed"][language]
    if said.value is None:
        return str(word)
    return f"{word} {_value(said.value, language, spelled=spelled)}".strip()


def _value(value: Value, language: str, *, spelled: bool) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        *first, last = [_value(part, language, spelled=False) for part in value] or ["–"]
        both = {"nl": " en ", "en": " and "}[language]
        return both.join([", ".join(first), last]) if first else last
    if spelled and (numeral := _numerals()[language].get(str(value))):
        return numeral
    thousands = {"nl": ".", "en": ","}[language]
    return f"{value:,}".replace(",", thousands)


@cache
def _numerals() -> Mapping[str, Mapping[str, str]]:
    table: dict[str, dict[str, dict[str, str]]] = json.loads(TABLE.read_text(encoding="utf-8"))
    return table["numerals"]
