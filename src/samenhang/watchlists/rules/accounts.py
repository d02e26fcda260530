"""Listed persons as account holders are compared with them."""

from typing import Any

from screening import Entry


def entry(publisher: str, person: Any) -> Entry:
    """A person of a list. Nationality is left out: it identifies nobody, and would select."""
    names = [person.name, person.original_name, *(alias.name for alias in person.aliases)]
    return Entry(
        key=f"{publisher} {person.number}",
        names=tuple(dict.fromkeys(filter(None, names))),
        birth_dates=tuple(person.birth_dates),
        sex=person.sex,
        documents=tuple(person.documents),
    )
