"""When two entries for one flight are the same person. In doubt they are two.

A rule about records of one flight, not about people in the world: nothing is
compared across flights here.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

# A change in one of these must be compared with the alerts again.
COMPARED = frozenset({"other_names", "birth_date", "sex", "nationality", "documents"})
# Where both sides know something, what was sent last holds.
_LATEST = (
    "sex", "nationality", "record_locator", "embarkation", "debarkation", "border_crossing", "seat",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """By what an entry is told from others of its flight."""

    name: str
    birth_date: str
    numbers: frozenset[str]
    locator: str


def mark(entry: Mapping[str, Any]) -> Mark:
    """From the fields of a Traveller or of a stored passenger."""
    infant = "infant" if entry["kind"] == "infant" else ""
    return Mark(
        name=f"{folded(entry['surname'])}/{folded(entry['given_names'])}/{infant}",
        birth_date=entry["birth_date"],
        numbers=frozenset(filter(None, (folded(one.get("number", "")) for one in entry["documents"]))),
        locator=folded(entry["record_locator"]),
    )


def closeness(one: Mark, other: Mark) -> int:
    """0: not the same person, or not known to be. Higher: better known to be the same."""
    if one.name != other.name or _contradict(one.birth_date, other.birth_date):
        return 0
    if one.numbers & other.numbers:
        return 4
    if one.locator and one.locator == other.locator:
        return 3
    # Another document or another booking, and nothing but the name and the birthday alike: two people
    # born on a 1 January may share both.
    if (one.numbers and other.numbers) or (one.locator and other.locator):
        return 0
    if one.birth_date and other.birth_date:
        return 2
    return 1 if _bare(one) and _bare(other) else 0


def _contradict(one: str, other: str) -> bool:
    return not (one.startswith(other) or other.startswith(one))


def _bare(one: Mark) -> bool:
    return not (one.birth_date or one.numbers or one.locator)


def news(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of ``known`` that change by what is told now. Nothing known is ever emptied."""
    merged: dict[str, Any] = {name: told[name] or known[name] for name in _LATEST}
    merged["birth_date"] = max(known["birth_date"], told["birth_date"], key=len)
    merged["documents"] = _united(known["documents"], told["documents"])
    merged["other_names"] = _united(known["other_names"], told["other_names"])
    merged["bags"] = {**known["bags"], **told["bags"]}
    merged["booking"] = {**known["booking"], **told["booking"]}
    return {name: value for name, value in merged.items() if value != known[name]}


def _united(old: Iterable[dict[str, str]], new: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    united = list(old)
    return united + [one for one in new if one not in united]


def folded(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in apart if character.isalnum())
