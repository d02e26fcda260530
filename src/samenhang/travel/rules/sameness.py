"""When two entries for one flight are the same person. In doubt they are two.

A rule about records of one flight, not about people in the world: nothing is
compared across flights here.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

# A change in one of these must be compared with the alerts again.
COMPARED = frozenset({"other_names", "birth_date", "sex", "nationality", "documents"})
# Where both sides know something, what was sent last holds.
_LATEST = (
    "sex", "nationality", "record_locator", "embarkation", "debarkation", "border_crossing", "seat",
)  # fmt: skip
# People moved to make room for one: more namesakes on one flight than this are test data.
MOVES = 100
# In the booking: names of the same booking at other carriers, and names it had in earlier messages.
_LOCATORS = ("other_locators", "earlier_locators")


@dataclass(frozen=True, slots=True)
class Mark:
    """By what an entry is told from others of its flight."""

    name: str
    birth_date: str
    numbers: frozenset[str]
    locators: frozenset[str]


def mark(entry: Mapping[str, Any]) -> Mark:
    """From the fields of a Traveller or of a stored passenger."""
    infant = "infant" if entry["kind"] == "infant" else ""
    locators = chain([entry["record_locator"]], *(entry["booking"].get(name, ()) for name in _LOCATORS))
    return Mark(
        name=f"{folded(entry['surname'])}/{folded(entry['given_names'])}/{infant}",
        birth_date=entry["birth_date"],
        numbers=_folded_all(one.get("number", "") for one in entry["documents"]),
        locators=_folded_all(locators),
    )


def closeness(one: Mark, other: Mark) -> int:
    """0: not the same person, or not known to be. Higher: better known to be the same."""
    if one.name != other.name or _contradict(one.birth_date, other.birth_date):
        return 0
    if one.numbers & other.numbers:
        return 4
    if one.locators & other.locators:
        return 3
    # Another document or another booking, and nothing but the name and the birthday alike: two people
    # born on a 1 January may share both.
    if (one.numbers and other.numbers) or (one.locators and other.locators):
        return 0
    if one.birth_date and other.birth_date:
        return 2
    return 1 if _bare(one) and _bare(other) else 0


def paired(told: Sequence[Mark], known: Sequence[Mark]) -> dict[int, int]:
    """For as many as possible of ``told``, each another of ``known`` that is the same person; by index.

    As many as possible, so that a message that comes again finds everyone it named before:
    what is known of somebody only grows, and what was close once stays close.
    Among equals the closest, then the one known longest.
    """
    by_name: dict[str, list[int]] = {}
    for index, mark_known in enumerate(known):
        by_name.setdefault(mark_known.name, []).append(index)
    choices: list[list[int]] = []
    for one in told:
        close = {index: closeness(one, known[index]) for index in by_name.get(one.name, ())}
        choices.append(sorted((i for i in close if close[i]), key=lambda i: -close[i]))
    taken: dict[int, int] = {}
    # Whoever finds no place leaves none for another who looks the same.
    hopeless: set[Mark] = set()
    for person, one in enumerate(told):
        if one not in hopeless and not _seat(person, choices, taken, set()):
            hopeless.add(one)
    return {person: index for index, person in taken.items()}


def _seat(person: int, choices: list[list[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Give this person a free choice, moving others to another choice of theirs where needed (Kuhn)."""
    free = [index for index in choices[person] if index not in taken]
    if free:
        taken[free[0]] = person
        return True
    for index in choices[person]:
        if index not in tried and len(tried) < MOVES:
            tried.add(index)
            if _seat(taken[index], choices, taken, tried):
                taken[index] = person
                return True
    return False


def _contradict(one: str, other: str) -> bool:
    return not (one.startswith(other) or other.startswith(one))


def _bare(one: Mark) -> bool:
    return not (one.birth_date or one.numbers or one.locators)


def news(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of ``known`` that change by what is told now. Nothing known is ever emptied."""
    merged: dict[str, Any] = {name: told[name] or known[name] for name in _LATEST}
    merged["birth_date"] = max(known["birth_date"], told["birth_date"], key=len)
    merged["documents"] = _united(known["documents"], told["documents"])
    merged["other_names"] = _united(known["other_names"], told["other_names"])
    merged["bags"] = {**known["bags"], **told["bags"]}
    merged["booking"] = _booking(known, told)
    return {name: value for name, value in merged.items() if value != known[name]}


def _booking(known: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """What is told now holds, but no locator is forgotten: an earlier push may come again."""
    locators = {
        name: sorted({*known["booking"].get(name, ()), *told["booking"].get(name, ())}) for name in _LOCATORS
    }
    if known["record_locator"] and told["record_locator"]:
        earlier = {*locators["earlier_locators"], known["record_locator"]}
        locators["earlier_locators"] = sorted(earlier - {told["record_locator"]})
    filled = {name: values for name, values in locators.items() if values}
    return {**known["booking"], **told["booking"], **filled}


def _united(old: Iterable[dict[str, str]], new: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    united = list(old)
    return united + [one for one in new if one not in united]


def _folded_all(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(folded, texts)))


def folded(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    if text.isascii():
        return text.lower() if text.isalnum() else "".join(filter(str.isalnum, text.lower()))
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in apart if character.isalnum())
